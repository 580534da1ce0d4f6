// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "tests/analysis/oracle.h"
#include "tests/analysis/random_journey.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::analysis::DiagramLimits)
Q_DECLARE_METATYPE(emac::journey::Note)

class TestIndependent : public QObject
{
    Q_OBJECT

private slots:
    void randomJourneys_data();
    void randomJourneys();
    void kOfN();
    void greedyChoices();
    void choicesOfRepeatedComponents();
    void fragmentChain_data();
    void fragmentChain();
    void ring_data();
    void ring();
    void limits_data();
    void limits();
    void partsBeyondLimits();
    void fragmentsWrittenOut();
    void retriesDrawAfresh();
    void optionalsDoNotMatterOutside();
    void missing_data();
    void missing();
    void expiredWatch();
};

namespace {

/// c0 … c(n−1) in a ring of races: Race(c0, c1), Race(c1, c2), …, Race(c(n−1), c0).
ExpressionPtr ringOfRaces(const std::string& prefix, int n)
{
    List races;
    for (int i = 0; i < n; ++i)
        races.push_back(race({call(numbered(prefix, i)), call(numbered(prefix, (i + 1) % n))}));
    return series(races);
}

journey::Inputs ringInputs(const std::string& prefix, int n, double q)
{
    journey::Inputs inputs;
    for (int i = 0; i < n; ++i)
        inputs.set(numbered(prefix, i), point(q));
    return inputs;
}

/// P(two neighbours of a ring of n are down), by the complement's count: the first, then one after the other.
long double ringFailure(int n, long double q)
{
    long double good = 0;
    for (const bool firstDown : {false, true}) {
        long double up = firstDown ? 0 : 1 - q;
        long double down = firstDown ? q : 0;
        for (int i = 1; i < n; ++i) {
            const long double nextUp = (up + down) * (1 - q);
            down = up * q;
            up = nextUp;
        }
        good += firstDown ? up : up + down;
    }
    return 1 - good;
}

/// Series(branch(a or b), a) with any probabilities: what is worst for the branch alone is not for the journey.
struct CoupledBranch
{
    ExpressionPtr node = branch({{"0", "1", call("a")}, {"0", "1", call("b")}});
    journey::Journey journey = journeyOf(series({node, call("a")}));
};

analysis::Unavailability independentOf(const journey::Journey& journey, const journey::Inputs& inputs)
{
    return analysis::analyse(journey, inputs).value().journey->independent.value();
}

} // namespace

void TestIndependent::randomJourneys_data()
{
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("components");
    QTest::addColumn<double>("smallest");
    QTest::addColumn<double>("largest");
    for (quint64 seed = 1; seed <= 300; ++seed) {
        // Few of the slow sizes, and every third journey near nine nines.
        const int components = seed % 20 == 0 ? 16 : 2 + static_cast<int>(seed % 11);
        const bool tiny = seed % 3 == 0;
        QTest::addRow("journey %llu", static_cast<unsigned long long>(seed))
            << seed << components << (tiny ? 1e-9 : 1e-4) << (tiny ? 3e-9 : 0.6);
    }
}

/// Against plain enumeration of all outcomes, every node of the smaller ones.
void TestIndependent::randomJourneys()
{
    QFETCH(quint64, seed);
    QFETCH(int, components);
    QFETCH(double, smallest);
    QFETCH(double, largest);
    Random random(seed);
    RandomJourneyOptions options;
    options.repeatable = static_cast<std::size_t>(random.between(1, components));
    options.unique = static_cast<std::size_t>(components) - options.repeatable;
    options.calls = components + random.between(0, components);
    options.smallest = smallest;
    options.largest = largest;
    const auto made = randomJourney(random, options);
    const auto analysis = analysis::analyse(made.journey, made.inputs).value();
    QVERIFY(analysis.journey->independent);

    Oracle best(made.journey, made.inputs, false);
    Oracle worst(made.journey, made.inputs, true);
    const auto check = [&](const ExpressionPtr& node) {
        const auto got = analysis.find(node->id)->independent.value();
        const auto [better, worse] =
            std::minmax({static_cast<double>(best.failure(node)), static_cast<double>(worst.failure(node))});
        QVERIFY(relativeError(got.best, better) <= 1e-10);
        QVERIFY(relativeError(got.worst, worse) <= 1e-10);
    };
    check(made.journey.root);
    if (components > 8)
        return;
    for (const auto& place : journey::nodePlaces(made.journey))
        check(place.node);
}

void TestIndependent::kOfN()
{
    Random random(7);
    for (int n = 1; n <= 10; ++n) {
        for (int k = 1; k <= n; ++k) {
            List calls;
            journey::Inputs inputs;
            for (int i = 0; i < n; ++i) {
                const auto name = numbered("c", i);
                calls.push_back(call(name));
                inputs.set(name, point(k % 2 == 0 ? random.unit() : 1e-6 * random.unit()));
            }
            const auto journey = journeyOf(kofn(k, calls));
            Oracle oracle(journey, inputs, true);
            const auto got = independentOf(journey, inputs);
            QVERIFY2(relativeError(got.worst, static_cast<double>(oracle.failure(journey.root))) <= 1e-12,
                     qPrintable(QStringLiteral("%1 of %2").arg(k).arg(n)));
            QCOMPARE(got.best, got.worst);
        }
    }
}

/// The greedy choice of probabilities is the best (worst) vertex, under both laws.
void TestIndependent::greedyChoices()
{
    Random random(11);
    for (int round = 0; round < 200; ++round) {
        std::vector<ChoiceText> choices;
        journey::Inputs inputs;
        const int n = random.between(2, 5);
        int left = 100;
        for (int i = 0; i < n; ++i) {
            const int weight = i + 1 == n ? left : random.between(0, left);
            left -= weight;
            const auto name = numbered("c", i);
            const auto text = [](int value) { return QString::number(value / 100.0).toStdString(); };
            choices.push_back({text(std::max(0, weight - random.between(0, 30))),
                               text(std::min(100, weight + random.between(0, 30))), call(name)});
            inputs.set(name, point(random.unit()));
        }
        const auto journey = journeyOf(branch(choices));
        const auto result = analysis::analyse(journey, inputs).value().journey.value();
        const double best = static_cast<double>(Oracle(journey, inputs, false).failure(journey.root));
        const double worst = static_cast<double>(Oracle(journey, inputs, true).failure(journey.root));
        QVERIFY(relativeError(result.independent->best, best) <= 1e-12);
        QVERIFY(relativeError(result.independent->worst, worst) <= 1e-12);
        QVERIFY(relativeError(result.sharedFate.best, best) <= 1e-12);
        QVERIFY(relativeError(result.sharedFate.worst, worst) <= 1e-12);
    }
}

void TestIndependent::fragmentChain_data()
{
    QTest::addColumn<bool>("independent");
    QTest::addColumn<double>("failure");
    QTest::addColumn<double>("expected");
    QTest::newRow("one event") << false << 0.25 << 0.25;
    // 2⁵⁹ calls that draw afresh
    QTest::newRow("own draws") << true << 1e-20 << -std::expm1(std::ldexp(1.0, 59) * std::log1p(-1e-20));
}

void TestIndependent::choicesOfRepeatedComponents()
{
    const CoupledBranch coupled;
    const auto analysis = analysis::analyse(coupled.journey, inputsOf({{"a", point(0.2)}, {"b", point(0.1)}})).value();
    const auto ofBranch = analysis.find(coupled.node->id)->independent.value();
    QVERIFY(relativeError(ofBranch.best, 0.1) <= 1e-12);
    QVERIFY(relativeError(ofBranch.worst, 0.2) <= 1e-12);
    QVERIFY(relativeError(analysis.journey->independent->best, 0.2) <= 1e-12);
    QVERIFY(relativeError(analysis.journey->independent->worst, 1 - 0.8 * 0.9) <= 1e-12);
}

/// 60 fragments, each using the next twice.
void TestIndependent::fragmentChain()
{
    QFETCH(bool, independent);
    QFETCH(double, failure);
    QFETCH(double, expected);
    std::vector<journey::Fragment> fragments;
    for (int i = 0; i < 59; ++i) {
        const auto next = numbered("f", i + 1);
        fragments.push_back({numbered("f", i), series({use(next), use(next)})});
    }
    fragments.push_back({"f59", call("x")});
    auto input = point(failure);
    input.independentCalls = independent;
    const auto journey = journeyOf(use("f0"), fragments);
    const auto result = analysis::analyse(journey, inputsOf({{"x", input}})).value();
    QVERIFY(relativeError(result.journey->independent->worst, expected) <= 1e-12);
    QCOMPARE(result.nodes.size(), std::size_t{59 * 3 + 1 + 1});
}

void TestIndependent::ring_data()
{
    QTest::addColumn<int>("components");
    for (const int components : {2, 3, 20, 21, 200, 2000})
        QTest::addRow("%d", components) << components;
}

void TestIndependent::ring()
{
    QFETCH(int, components);
    const auto journey = journeyOf(ringOfRaces("c", components));
    const auto analysis = analysis::analyse(journey, ringInputs("c", components, 0.001)).value();
    const auto expected = static_cast<double>(components == 2 ? 1e-6L : ringFailure(components, 0.001L));
    QVERIFY(relativeError(analysis.journey->independent.value().worst, expected) <= 1e-12);
    QCOMPARE(analysis.notes, journey::Notes());
    for (const auto& child : journey::children(*journey.root))
        QVERIFY(relativeError(analysis.find(child->id)->independent.value().worst, 1e-6) <= 1e-12);
}

void TestIndependent::limits_data()
{
    QTest::addColumn<analysis::DiagramLimits>("limits");
    QTest::addColumn<journey::Note>("note");
    const auto element = journey::Element::journey();
    QTest::newRow("nodes") << analysis::DiagramLimits{100}
                           << journey::Note{{base::Code::DiagramTooLarge, {"100"}}, element};
    QTest::newRow("memory") << analysis::DiagramLimits{std::size_t{1} << 30U, std::size_t{2} << 20U}
                            << journey::Note{{base::Code::DiagramOverMemory, {"2"}}, element};
    QTest::newRow("time") << analysis::DiagramLimits{std::size_t{1} << 30U, std::size_t{1} << 40U, base::Duration(0)}
                          << journey::Note{{base::Code::DiagramOverTime, {"0s"}}, element};
}

/// Past a limit there is no value, but a note; the bounds are there.
void TestIndependent::limits()
{
    QFETCH(analysis::DiagramLimits, limits);
    QFETCH(journey::Note, note);
    // Any two of many: there is no order in which the diagram of all pairs far apart is small.
    constexpr int half = 24;
    List pairs;
    journey::Inputs inputs;
    for (int i = 0; i < 2 * half; ++i)
        inputs.set(numbered("c", static_cast<std::size_t>(i)), point(0.01));
    Random random(5);
    for (int i = 0; i < 6 * half; ++i) {
        const auto pick = [&] { return call(numbered("c", random.below(2 * half))); };
        pairs.push_back(race({pick(), pick(), pick(), pick()}));
    }
    const auto journey = journeyOf(series(pairs));
    analysis::Memo memo;
    for (int run = 0; run < 2; ++run) { // and it is not tried again
        const auto got = analysis::analyse(journey, inputs, {}, &memo, limits).value();
        QVERIFY(!got.journey->independent);
        QCOMPARE(got.notes, journey::Notes{note});
        QVERIFY(got.journey->sharedFate.worst > 0);
        QVERIFY(got.journey->envelope.failure.worst > 0);
        QVERIFY(!got.journey->envelope.sharp);
    }
    QCOMPARE(memo.statistics().computed, std::uint64_t{0});
}

/// Where the whole repeats too much, its parts are still exact.
void TestIndependent::partsBeyondLimits()
{
    const analysis::DiagramLimits limits{100};
    const auto first = ringOfRaces("a", 60);
    const auto second = ringOfRaces("b", 5);
    const auto outer = race({call("z"), series({first, second})});
    auto inputs = ringInputs("a", 60, 0.02);
    for (int i = 0; i < 5; ++i)
        inputs.set(numbered("b", static_cast<std::size_t>(i)), point(0.03));
    inputs.set("z", point(0.5));
    const auto analysis = analysis::analyse(journeyOf(outer), inputs, {}, nullptr, limits).value();
    QVERIFY(!analysis.journey->independent);
    QVERIFY(!analysis.find(first->id)->independent);
    const auto ofSecond = analysis.find(second->id)->independent.value();
    QVERIFY(relativeError(ofSecond.worst, static_cast<double>(ringFailure(5, 0.03L))) <= 1e-12);
    QCOMPARE(analysis.find(journey::children(*outer).front()->id)->independent.value().worst, 0.5);

    // What stands for itself hides its repeats; what is not known inside is not known outside.
    const auto body = series({retry(2, outer), call("z")});
    const auto retried = analysis::analyse(journeyOf(body), inputs, {}, nullptr, limits).value();
    QVERIFY(!retried.journey->independent);
    QCOMPARE(retried.notes.size(), std::size_t{1});
    const auto journey = journeyOf(series({optional(outer), call("z")}));
    const auto best = analysis::analyse(journey, inputs, {}, nullptr, limits).value();
    QCOMPARE(best.journey->independent.value().worst, 0.5);
}

/// A fragment with its own draws is written out wherever it is used, as far as the limit allows.
void TestIndependent::fragmentsWrittenOut()
{
    const auto chain = [](int length) {
        std::vector<journey::Fragment> fragments;
        for (int i = 0; i + 1 < length; ++i) {
            const auto next = numbered("f", static_cast<std::size_t>(i) + 1);
            fragments.push_back({numbered("f", static_cast<std::size_t>(i)), series({use(next), use(next)})});
        }
        fragments.push_back({numbered("f", static_cast<std::size_t>(length) - 1), series({call("x"), call("own")})});
        return journeyOf(use("f0"), fragments);
    };
    const auto inputs = inputsOf({{"x", point(0.25)}, {"own", independentCalls(point(0.01))}});
    const auto few = analysis::analyse(chain(5), inputs).value();
    QVERIFY(relativeError(few.journey->independent.value().worst, 1 - 0.75 * std::pow(0.99, 16)) <= 1e-12);
    analysis::DiagramLimits limits;
    limits.gates = 5000;
    const auto many = analysis::analyse(chain(60), inputs, {}, nullptr, limits).value();
    QVERIFY(!many.journey->independent);
    QCOMPARE(many.notes, (journey::Notes{{{base::Code::DiagramTooLarge, {"5000"}}, journey::Element::journey()}}));
}

void TestIndependent::retriesDrawAfresh()
{
    const auto inputs = inputsOf({{"a", point(0.1)}, {"b", point(0.2)}});
    // The body repeats a; outside, a is another draw.
    const auto body = series({call("a"), race({call("a"), call("b")})});
    const auto got = independentOf(journeyOf(series({retry(3, body), call("a")})), inputs);
    QVERIFY(relativeError(got.worst, 0.001 + 0.1 * (1 - 0.001)) <= 1e-12);
}

void TestIndependent::optionalsDoNotMatterOutside()
{
    const auto node = optional(series({call("a"), call("b")}));
    const auto analysis =
        analysis::analyse(journeyOf(series({call("a"), node})), inputsOf({{"a", point(0.1)}, {"b", point(0.2)}}))
            .value();
    QCOMPARE(analysis.journey->independent.value(), (analysis::Unavailability{0.1, 0.1}));
    QCOMPARE(analysis.find(node->id)->independent.value(), (analysis::Unavailability{0, 0}));
    const auto body = journey::children(*node).front();
    QVERIFY(relativeError(analysis.find(body->id)->independent->worst, 0.28) <= 1e-12);
}

void TestIndependent::missing_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("no input") << 0;
    QTest::newRow("no fragment") << 1;
    QTest::newRow("fragments in a cycle") << 2;
}

/// What nothing is known of is [0, 1], and nothing hangs.
void TestIndependent::missing()
{
    QFETCH(int, kind);
    const std::vector<journey::Fragment> cycle{{"f", series({use("g"), use("g")})}, {"g", race({use("f"), use("f")})}};
    const auto root = kind == 0 ? call("nobody") : use(kind == 1 ? "nothing" : "f");
    const auto analysis = analysis::analyse(journeyOf(root, cycle), {}).value();
    analysis::NodeAvailability expected;
    expected.independent = analysis::Unavailability{0, 1};
    expected.sharedFate = {0, 1};
    expected.envelope = {{0, 1}, true};
    QCOMPARE(analysis.journey.value(), expected);
}

void TestIndependent::expiredWatch()
{
    const base::Watch watch({}, base::Watch::Clock::duration::zero());
    QVERIFY(!analysis::analyse(journeyOf(call("a")), {}, watch));
    QVERIFY(!analysis::analyse(journeyOf(nullptr), {}).value().journey);

    // In the middle of a diagram
    constexpr int components = 60;
    List races;
    journey::Inputs inputs;
    Random random(3);
    for (int i = 0; i < 4 * components; ++i) {
        List calls;
        for (int j = 0; j < 5; ++j) {
            calls.push_back(call(numbered("c", random.below(components))));
            inputs.set(std::get<journey::Call>(calls.back()->op).component, point(0.1));
        }
        races.push_back(race(calls));
    }
    const auto started = base::Watch::Clock::now();
    analysis::Memo memo;
    const auto journey = journeyOf(series(races));
    QVERIFY(!analysis::analyse(journey, inputs, base::Watch({}, std::chrono::milliseconds(100)), &memo));
    QVERIFY(base::Watch::Clock::now() - started < std::chrono::seconds(5));
    // Nothing is remembered of it: with a limit that is met it says so.
    QVERIFY(!analysis::analyse(journey, inputs, {}, &memo, {1000}).value().journey->independent);
}

QTEST_GUILESS_MAIN(TestIndependent)
#include "tst_independent.moc"
