// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/envelope.h"
#include "tests/analysis/journeys.h"
#include "tests/base/random.h"

#include <QTest>

#include <numeric>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// The bounds without any assumption on dependence. Failure probabilities: a .1, b .2, c .3, d .9, e between .1 and .4;
/// the calls of i, .1, draw their own.
class TestEnvelope : public QObject
{
    Q_OBJECT

private slots:
    void checkout();
    void operators_data();
    void operators();
    void intervals();
    void endsStayInOrder();
    void sharedFateWithin();
    void linearProgram();
    void ruger();
};

namespace {

journey::Inputs someInputs()
{
    return inputsOf({{"a", point(0.1)},
                     {"b", point(0.2)},
                     {"c", point(0.3)},
                     {"d", point(0.9)},
                     {"e", interval(0.1, 0.4)},
                     {"i", independentCalls(point(0.1))}});
}

analysis::NodeAvailability resultOf(const ExpressionPtr& root, const std::vector<journey::Fragment>& fragments = {})
{
    return analysis::analyse(journeyOf(root, fragments), someInputs()).value().journey.value();
}

bool isAbout(double got, double expected)
{
    return std::abs(got - expected) <= 1e-15 + 1e-12 * expected;
}

/// max c·x, A x = b, x ≥ 0, by two phases of the simplex method with Bland's rule. @pre it is feasible and bounded
class Simplex
{
public:
    Simplex(std::vector<std::vector<double>> rows, std::vector<double> right)
        : m_rows(std::move(rows))
        , m_right(std::move(right))
        , m_columns(m_rows.front().size())
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            for (std::size_t j = 0; j < m_rows.size(); ++j)
                m_rows[i].push_back(i == j ? 1 : 0); // artificial ones
            m_basis.push_back(m_columns + i);
        }
        std::vector<double> feasible(m_columns + m_rows.size(), 0.0);
        std::fill(feasible.begin() + static_cast<std::ptrdiff_t>(m_columns), feasible.end(), -1.0);
        solve(feasible, feasible.size());
    }

    double maximum(std::vector<double> objective)
    {
        objective.resize(m_columns + m_rows.size(), 0.0);
        return solve(objective, m_columns);
    }

private:
    double solve(const std::vector<double>& objective, std::size_t usable)
    {
        constexpr double tiny = 1e-11;
        while (true) {
            std::size_t entering = usable;
            for (std::size_t j = 0; j < usable && entering == usable; ++j) {
                double gain = objective[j];
                for (std::size_t i = 0; i < m_rows.size(); ++i)
                    gain -= objective[m_basis[i]] * m_rows[i][j];
                if (gain > tiny)
                    entering = j;
            }
            std::size_t leaving = m_rows.size();
            for (std::size_t i = 0; i < m_rows.size() && entering < usable; ++i) {
                if (m_rows[i][entering] <= tiny)
                    continue;
                const auto ratio = [&](std::size_t row) { return m_right[row] / m_rows[row][entering]; };
                if (leaving == m_rows.size() || ratio(i) < ratio(leaving)
                    || (ratio(i) == ratio(leaving) && m_basis[i] < m_basis[leaving]))
                    leaving = i;
            }
            if (leaving == m_rows.size())
                break;
            pivot(leaving, entering);
        }
        double value = 0;
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            value += objective[m_basis[i]] * m_right[i];
        return value;
    }

    void pivot(std::size_t row, std::size_t column)
    {
        const double by = m_rows[row][column];
        for (double& value : m_rows[row])
            value /= by;
        m_right[row] /= by;
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            const double factor = i == row ? 0 : m_rows[i][column];
            for (std::size_t j = 0; j < m_rows[i].size(); ++j)
                m_rows[i][j] -= factor * m_rows[row][j];
            m_right[i] -= factor * m_right[row];
        }
        m_basis[row] = column;
    }

    std::vector<std::vector<double>> m_rows;
    std::vector<double> m_right;
    std::size_t m_columns;
    std::vector<std::size_t> m_basis;
};

/// Over all joint laws of components that fail with these probabilities, of a set of states (bits: down).
template<typename Holds>
double largestProbability(const std::vector<double>& q, Holds holds)
{
    const std::uint32_t states = 1U << q.size();
    std::vector<std::vector<double>> rows(q.size() + 1, std::vector<double>(states, 1.0));
    std::vector<double> objective;
    for (std::uint32_t state = 0; state < states; ++state) {
        for (std::size_t i = 0; i < q.size(); ++i)
            rows[i][state] = (state >> i) & 1U;
        objective.push_back(holds(state) ? 1 : 0);
    }
    auto right = q;
    right.push_back(1);
    return Simplex(std::move(rows), std::move(right)).maximum(std::move(objective));
}

/// A random tree of operators that are monotone in their calls, with these leaves.
ExpressionPtr coherent(Random& random, std::vector<std::size_t> leaves)
{
    List open;
    for (const auto leaf : leaves)
        open.push_back(call(numbered("c", leaf)));
    while (open.size() > 1) {
        List children;
        for (int i = random.between(2, 4); i > 0 && !open.empty(); --i) {
            const auto place = static_cast<std::ptrdiff_t>(random.below(open.size()));
            children.push_back(open[static_cast<std::size_t>(place)]);
            open.erase(open.begin() + place);
        }
        switch (random.below(4)) {
        case 0:
            open.push_back(series(children));
            break;
        case 1:
            open.push_back(timeout(race(children)));
            break;
        case 2:
            open.push_back(fallback(children.front(), {children.begin() + 1, children.end()}));
            break;
        default:
            open.push_back(kofn(random.between(1, static_cast<int>(children.size())), children));
        }
    }
    return open.front();
}

bool fails(const ExpressionPtr& node, std::uint32_t down)
{
    if (const auto* called = std::get_if<journey::Call>(&node->op))
        return ((down >> static_cast<std::uint32_t>(called->component[1] - '0')) & 1U) != 0;
    const auto below = journey::children(*node);
    const auto failed = std::ranges::count_if(below, [&](const auto& child) { return fails(child, down); });
    const auto succeeded = static_cast<std::ptrdiff_t>(below.size()) - failed;
    switch (journey::typeOf(*node)) {
    case journey::OperatorType::KofN:
        return succeeded < std::get<journey::KofN>(node->op).k;
    case journey::OperatorType::Fallback:
    case journey::OperatorType::Race:
        return succeeded == 0;
    default:
        return failed > 0;
    }
}

} // namespace

/// [0.9925, 0.999], and attained.
void TestEnvelope::checkout()
{
    const auto root =
        series({call("front"), parallel({call("cart"), call("pricing")}), race({call("paya"), call("payb")})});
    const auto inputs = inputsOf({{"front", stated("0.9995")},
                                  {"cart", stated("0.999")},
                                  {"pricing", stated("0.999")},
                                  {"paya", stated("0.995")},
                                  {"payb", stated("0.995")}});
    const auto got = analysis::analyse(journeyOf(root), inputs).value().journey->envelope;
    QVERIFY(relativeError(got.failure.best, 0.001) <= 1e-12);
    QVERIFY(relativeError(got.failure.worst, 0.0075) <= 1e-12);
    QVERIFY(got.sharp);
}

void TestEnvelope::operators_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::addColumn<bool>("sharp");
    const auto row = [](const char* tag, const ExpressionPtr& root, double least, double most, bool sharp = true) {
        QTest::newRow(tag) << root << least << most << sharp;
    };
    const auto a = [] { return call("a"); };
    const auto b = [] { return call("b"); };
    const auto c = [] { return call("c"); };
    const auto d = [] { return call("d"); };
    row("call", a(), 0.1, 0.1);
    row("series", series({a(), b(), c()}), 0.3, 0.6);
    row("series, surely down", series({b(), d()}), 0.9, 1);
    row("parallel", parallel({a(), b()}), 0.2, 0.3);
    row("race", race({a(), b()}), 0, 0.1);
    row("race, both mostly down", race({c(), d()}), 0.2, 0.3);
    row("fallback", fallback(c(), {b()}), 0, 0.2);
    row("2 of 3", kofn(2, {a(), b(), c()}), 0, 0.3);
    row("2 of 3, the most by all three", kofn(2, {b(), b(), d()}), 0.15, 0.4, false);
    row("1 of 2", kofn(1, {c(), d()}), 0.2, 0.3);
    row("2 of 2", kofn(2, {a(), b()}), 0.2, 0.3);
    row("3 of 2", kofn(3, {a(), b()}), 1, 1);
    row("retry", retry(3, d()), 0.7, 0.9);
    row("retry, one attempt", retry(1, b()), 0.2, 0.2);
    row("retry of what fails seldom", retry(2, a()), 0, 0.1);
    row("branch", branch({{"0.25", "0.25", series({a(), b()})}, {"0.75", "0.75", c()}}), 0.275, 0.3);
    row("branch, chosen for itself", branch({{"0", "1", race({c(), d()})}, {"0", "1", b()}}), 0.2, 0.3);
    row("timeout", timeout(series({a(), b()})), 0.2, 0.3);
    row("optional", series({a(), optional(b())}), 0.1, 0.1);
    row("fragment", use("f"), 0.2, 0.3);
    row("fragment twice", series({use("f"), use("f")}), 0.2, 0.6, false);
    row("fragment and its component", series({use("f"), a()}), 0.2, 0.4, false);
    row("component twice", race({a(), a()}), 0, 0.1, false);
    row("component twice, deep", series({c(), race({a(), series({b(), timeout(a())})})}), 0.3, 0.4, false);
    row("own draws twice", race({call("i"), call("i")}), 0, 0.1);
    row("component in a retry, another draw outside", series({a(), retry(2, a())}), 0.1, 0.2);
    row("component twice in a retry", retry(2, series({a(), a()})), 0, 0.2, false);
    row("component in an optional too", series({a(), optional(series({a(), a()}))}), 0.1, 0.1);
    row("missing fragment", series({a(), use("nothing")}), 0.1, 1);
}

void TestEnvelope::operators()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, least);
    QFETCH(double, most);
    QFETCH(bool, sharp);
    const auto got = resultOf(root, {{"f", series({call("a"), call("b")})}}).envelope;
    QVERIFY2(isAbout(got.failure.best, least), qPrintable(QString::number(got.failure.best, 'g', 17)));
    QVERIFY2(isAbout(got.failure.worst, most), qPrintable(QString::number(got.failure.worst, 'g', 17)));
    QCOMPARE(got.sharp, sharp);
}

/// The upper bound with the inputs at their best, the lower one with the inputs at their worst.
/// A race of 0.9 and what never succeeds: both ends are 0.9, rounded differently.
void TestEnvelope::endsStayInOrder()
{
    const auto inputs = inputsOf({{"a", point(0.1)}, {"z", point(1)}});
    const auto root = race({call("a"), call("z"), call("z")});
    const auto envelope = analysis::analyse(journeyOf(root), inputs).value().journey.value().envelope.failure;
    QVERIFY(envelope.best <= envelope.worst);
}

void TestEnvelope::intervals()
{
    const auto got = resultOf(series({call("b"), call("e")})).envelope;
    QVERIFY(isAbout(got.failure.best, 0.2));
    QVERIFY(isAbout(got.failure.worst, 0.6));
}

/// Three of four in one domain: shared fate takes the product of three, and the envelope raises it at the node; the
/// parent goes on with what was not raised.
void TestEnvelope::sharedFateWithin()
{
    journey::Inputs inputs;
    List calls;
    for (int i = 0; i < 4; ++i) {
        calls.push_back(call(numbered("c", static_cast<std::size_t>(i))));
        inputs.set(numbered("c", static_cast<std::size_t>(i)), withDomains(interval(0.1, 0.2), {"zone"}));
    }
    inputs.set("z", point(0.1));
    const auto threeOfFour = kofn(3, calls);
    const auto root = parallel({threeOfFour, call("z")});
    const auto analysis = analysis::analyse(journeyOf(root), inputs).value();
    QVERIFY(1 - 0.8 * 0.8 * 0.8 > 0.4);
    QVERIFY(isAbout(analysis.find(threeOfFour->id)->sharedFate.worst, 0.4)); // not 0.488
    QVERIFY(isAbout(analysis.find(threeOfFour->id)->sharedFate.best, 0.2)); // not 0.271
    QVERIFY(1 - 0.512 * 0.9 > 0.5);
    QVERIFY(isAbout(analysis.journey->sharedFate.worst, 0.5)); // not 1 - 0.6 * 0.9
    QVERIFY(isAbout(analysis.journey->sharedFate.best, 0.3)); // not 1 - 0.729 * 0.9
}

/// Against the linear program over all joint laws (Hailperin 1965): equal where no component repeats, else no tighter.
void TestEnvelope::linearProgram()
{
    Random random(9);
    int looser = 0;
    int repeated = 0;
    for (int round = 0; round < 400; ++round) {
        const auto components = static_cast<std::size_t>(random.between(1, 5));
        journey::Inputs inputs;
        std::vector<double> q;
        for (std::size_t i = 0; i < components; ++i) {
            q.push_back(random.chance(0.5) ? random.unit() : 0.1 * random.unit());
            inputs.set(numbered("c", i), point(q.back()));
        }
        // Each once, or some more often.
        std::vector<std::size_t> leaves(components);
        std::iota(leaves.begin(), leaves.end(), std::size_t{0});
        for (int more = random.chance(0.5) ? 3 : 0; more > 0; --more)
            leaves.push_back(random.below(components));
        const auto root = coherent(random, leaves);
        const auto got = analysis::analyse(journeyOf(root), inputs).value().journey->envelope;
        const double most = largestProbability(q, [&](std::uint32_t down) { return fails(root, down); });
        const double least = 1 - largestProbability(q, [&](std::uint32_t down) { return !fails(root, down); });
        QCOMPARE(got.sharp, leaves.size() == components);
        if (got.sharp) {
            QVERIFY(std::abs(got.failure.worst - most) <= 1e-9 && std::abs(got.failure.best - least) <= 1e-9);
        } else {
            ++repeated;
            QVERIFY(got.failure.worst >= most - 1e-9 && got.failure.best <= least + 1e-9);
            looser += got.failure.worst > most + 1e-6 || got.failure.best < least - 1e-6 ? 1 : 0;
        }
    }
    QVERIFY(repeated > 100 && looser > 50);
}

/// Equal probabilities: at most n p / m, at least (n p − m + 1) / (n − m + 1).
void TestEnvelope::ruger()
{
    for (std::size_t n = 1; n <= 8; ++n) {
        for (std::size_t m = 1; m <= n; ++m) {
            for (const double p : {0.0, 0.01, 0.3, 0.5, 0.9, 1.0}) {
                const std::vector<double> equal(n, p);
                const auto all = static_cast<double>(n);
                const auto few = static_cast<double>(m);
                QVERIFY(isAbout(analysis::mostOfAtLeast(m, equal), std::min(1.0, all * p / few)));
                QVERIFY(
                    std::abs(analysis::leastOfAtLeast(m, equal) - std::max(0.0, (all * p - few + 1) / (all - few + 1)))
                    <= 1e-14);
            }
        }
    }
    QCOMPARE(analysis::mostOfAtLeast(0, {}), 1.0);
    QCOMPARE(analysis::leastOfAtLeast(0, {}), 1.0);
    QCOMPARE(analysis::mostOfAtLeast(1, {}), 0.0);
    QCOMPARE(analysis::leastOfAtLeast(1, {}), 0.0);
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
