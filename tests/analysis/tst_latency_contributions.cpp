// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/contributions.h"
#include "tests/analysis/latency_inputs.h"

#include <QTest>

#include <numeric>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

class TestLatencyContributions : public QObject
{
    Q_OBJECT

private slots:
    void constants();
    void sumOfExponentials();
    void greatestOfExponentials();
    void sumOfLognormals();
    void stepsOfEvidence();
    void delays_data();
    void delays();
    void fragmentsAndRepeats();
    void sharedFateBinds();
    void nothingToSay();
    void aMemoChangesNothing();
    void manyCalls();
};

namespace {

/// Of p_U: what a part is known to.
constexpr double tolerance = 0.005;

/// The parts in seconds, those of the delays last.
std::vector<double> parts(const analysis::Contributions& contributions)
{
    std::vector<double> result;
    for (const auto& call : contributions.calls)
        result.push_back(call.seconds);
    result.push_back(contributions.delays);
    return result;
}

analysis::Contributions contributionsOf(const ExpressionPtr& root, const journey::Inputs& inputs, double percentile)
{
    return analysis::contributions(journeyOf(root), inputs, percentile, independentOnly()).value();
}

std::string text(const std::vector<double>& got, const std::vector<double>& expected)
{
    std::string result;
    for (std::size_t i = 0; i < std::max(got.size(), expected.size()); ++i) {
        result += (i < got.size() ? std::to_string(got[i]) : "nothing") + " for "
                  + (i < expected.size() ? std::to_string(expected[i]) : "nothing") + "; ";
    }
    return result;
}

/// All parts as expected, but for some thousandths of the whole, and in all the whole.
void compare(const analysis::Contributions& contributions, const std::vector<double>& expected)
{
    const auto got = parts(contributions);
    const double whole = contributions.seconds.value();
    QVERIFY2(got.size() == expected.size(), text(got, expected).c_str());
    for (std::size_t i = 0; i < got.size(); ++i)
        QVERIFY2(std::abs(got[i] - expected[i]) <= tolerance * whole, text(got, expected).c_str());
    QVERIFY(relativeError(std::accumulate(got.begin(), got.end(), 0.0), whole) < 1e-9);
    double shares = contributions.delaysShare;
    for (const auto& call : contributions.calls)
        shares += call.share;
    QVERIFY(std::abs(shares - 1) < 1e-9);
}

journey::Input constant(int milliseconds, double failure = 0)
{
    return timed(failure, journey::LatencyLaw::constant(ms(milliseconds)), immediate());
}

/// Mean time of each stage, in seconds.
const std::vector<double> means{0.005, 0.008, 0.012, 0.020, 0.033};

std::pair<List, journey::Inputs> stages(const std::vector<double>& stageMeans)
{
    List calls;
    journey::Inputs inputs;
    for (std::size_t i = 0; i < stageMeans.size(); ++i) {
        inputs.set(numbered("s", i), timed(0, exponential(stageMeans[i], 4000), immediate()));
        calls.push_back(call(numbered("s", i)));
    }
    return {calls, inputs};
}

/// P(X₁ + … + Xₙ > t) of exponentials with different means: S. M. Ross, "Introduction to probability models", 5.2.4.
double hypoexponentialTail(const std::vector<double>& stageMeans, double t)
{
    double sum = 0;
    for (const double mean : stageMeans) {
        double product = std::exp(-t / mean);
        for (const double other : stageMeans)
            product *= mean == other ? 1 : mean / (mean - other);
        sum += product;
    }
    return sum;
}

double percentileOf(const std::vector<double>& stageMeans, double part)
{
    double low = 0;
    double high = 10;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2;
        (1 - hypoexponentialTail(stageMeans, middle) < part ? low : high) = middle;
    }
    return high;
}

} // namespace

void TestLatencyContributions::constants()
{
    const auto inputs = inputsOf({{"a", constant(10)}, {"b", constant(25, 0.1)}, {"c", constant(65)}});
    compare(contributionsOf(series({call("a"), call("b"), call("c")}), inputs, 0.99), {0.010, 0.025, 0.065, 0});
    compare(contributionsOf(parallel({call("a"), call("b"), call("c")}), inputs, 0.99), {0, 0, 0.065, 0});
    compare(contributionsOf(series({call("a"), parallel({call("b"), call("c")})}), inputs, 0.5), {0.010, 0, 0.065, 0});
    compare(contributionsOf(series({call("a"), optional(call("b"), false), optional(call("c"))}), inputs, 0.5),
            {0.010, 0.065, 0});
}

void TestLatencyContributions::sumOfExponentials()
{
    const auto [calls, inputs] = stages(means);
    for (const double part : {0.5, 0.9, 0.99}) {
        std::vector<double> expected;
        for (std::size_t i = 0; i < means.size(); ++i) {
            auto more = means;
            auto less = means;
            more[i] *= 1 + 1e-4;
            less[i] *= 1 - 1e-4;
            expected.push_back((percentileOf(more, part) - percentileOf(less, part)) / 2e-4);
        }
        expected.push_back(0);
        compare(contributionsOf(series(calls), inputs, part), expected);
    }
}

/// With S = F₁ · F₂ each part is t · fᵢ · Fⱼ / (f₁ · F₂ + f₂ · F₁).
void TestLatencyContributions::greatestOfExponentials()
{
    const std::vector<double> two{0.010, 0.030};
    const auto [calls, inputs] = stages(two);
    for (const double part : {0.5, 0.99}) {
        const auto got = contributionsOf(parallel(calls), inputs, part);
        const double t = got.seconds.value();
        const auto density = [&](double mean) { return std::exp(-t / mean) / mean * t; };
        const auto by = [&](double mean) { return -std::expm1(-t / mean); };
        const double first = density(two[0]) * by(two[1]);
        const double second = density(two[1]) * by(two[0]);
        compare(got, {t * first / (first + second), t * second / (first + second), 0});
    }
}

/// E(Xᵢ | X₁ + X₂ = p_U), by quadrature.
void TestLatencyContributions::sumOfLognormals()
{
    const auto law = [](double median, double sigma) {
        return timed(0.05, journey::LatencyLaw(journey::LatencyLaw::Lognormal{std::log(median), sigma}), immediate());
    };
    const auto inputs = inputsOf({{"a", law(0.040, 0.5)}, {"b", law(0.020, 1.0)}});
    const auto got = contributionsOf(series({call("a"), call("b")}), inputs, 0.99);
    const double t = got.seconds.value();
    const auto density = [](double x, double median, double sigma) {
        const double z = (std::log(x) - std::log(median)) / sigma;
        return std::exp(-z * z / 2) / x / sigma;
    };
    double mass = 0;
    double first = 0;
    const int cells = 200'000;
    for (int i = 0; i < cells; ++i) {
        const double x = t * (i + 0.5) / cells;
        const double weight = density(x, 0.040, 0.5) * density(t - x, 0.020, 1.0);
        mass += weight;
        first += x * weight;
    }
    compare(got, {first / mass, t - first / mass, 0});
}

/// Evidence with few knots makes S⁻ a step function; its parts are those of the executions around p_U.
void TestLatencyContributions::stepsOfEvidence()
{
    const auto inputs = inputsOf({{"a", timed(0, discrete({{10, 0.95}, {100, 0.05}}), immediate())},
                                  {"b", timed(0, discrete({{20, 0.95}, {400, 0.05}}), immediate())}});
    // 30 in .9025, 120 in .0475, 410 in .0475, 500 in .0025
    compare(contributionsOf(series({call("a"), call("b")}), inputs, 0.99), {0.010, 0.400, 0});
    compare(contributionsOf(series({call("a"), call("b")}), inputs, 0.94), {0.100, 0.020, 0});
    compare(contributionsOf(series({call("a"), call("b")}), inputs, 0.999), {0.100, 0.400, 0});
}

void TestLatencyContributions::delays_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("percentile");
    QTest::addColumn<double>("expected"); ///< of the delays, in seconds
    const auto constants = [] { return series({call("ten"), call("fails, twenty")}); };
    QTest::newRow("backoff") << retry(2, Milliseconds(70), constants()) << 0.999 << 0.070;
    QTest::newRow("timeout, then another")
        << fallback(timeout(Milliseconds(15), call("twenty")), {call("ten")}) << 0.9 << 0.015;
    QTest::newRow("hedge") << hedged(Milliseconds(7), {call("fails, twenty"), call("ten")}) << 0.99 << 0.007;
    QTest::newRow("a delay that does not count")
        << hedged(Milliseconds(90), {call("twenty"), call("ten")}) << 0.99 << 0.0;
}

void TestLatencyContributions::delays()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, percentile);
    QFETCH(double, expected);
    const auto inputs =
        inputsOf({{"ten", constant(10)}, {"twenty", constant(20)}, {"fails, twenty", constant(20, 0.3)}});
    const auto got = contributionsOf(root, inputs, percentile);
    QVERIFY2(std::abs(got.delays - expected) <= tolerance * got.seconds.value(), std::to_string(got.delays).c_str());
    auto all = parts(got);
    QVERIFY(relativeError(std::accumulate(all.begin(), all.end(), 0.0), *got.seconds) < 1e-9);
}

void TestLatencyContributions::fragmentsAndRepeats()
{
    const auto inputs = inputsOf({{"a", constant(10)}, {"b", constant(25)}});
    const auto body = series({call("a"), call("b")});
    const auto first = call("a");
    const auto journey = journeyOf(series({first, use("f"), use("f")}), {{"f", body}});
    const auto got = analysis::contributions(journey, inputs, 0.9, independentOnly()).value();
    compare(got, {0.010, 0.020, 0.050, 0});
    const auto steps = journey::children(*body);
    QVERIFY(got.calls[0].call == first->id && got.calls[1].call == steps[0]->id && got.calls[2].call == steps[1]->id);
    QCOMPARE(got.calls[1].component, std::string("a"));

    auto options = independentOnly();
    options.node = body->id;
    compare(analysis::contributions(journey, inputs, 0.9, options).value(), {0.010, 0.025, 0});
}

/// A race whose branches share their fate is worth, at each time, its best one alone.
void TestLatencyContributions::sharedFateBinds()
{
    const auto near = [](journey::Input input) { return withDomains(std::move(input), {"zone:1"}); };
    const auto inputs = inputsOf({{"a", near(constant(10, 0.4))},
                                  {"b", near(constant(20, 0.4))},
                                  {"c", near(constant(40, 0.3))},
                                  {"d", constant(50)}});
    const auto journey = journeyOf(series({race({call("a"), call("b"), call("c")}), call("d")}));
    analysis::LatencyOptions options;
    // Independent: .6 by 60 ms, .84 by 70 ms, .952 by 90 ms. Shared fate: .6 by 60 ms, .7 by 90 ms.
    const auto got = analysis::contributions(journey, inputs, 0.87, options).value();
    QVERIFY(got.law == analysis::Contributions::Law::SharedFate);
    compare(got, {0, 0, 0.040, 0.050, 0});
    options.sharedFate = false;
    const auto independent = analysis::contributions(journey, inputs, 0.87, options).value();
    QVERIFY(independent.law == analysis::Contributions::Law::Independent);
    compare(independent, {0, 0.020, 0, 0.050, 0});
}

void TestLatencyContributions::nothingToSay()
{
    const auto inputs = inputsOf({{"a", constant(10)},
                                  {"open", timed(0, discrete({{10, 0.5}}), immediate())},
                                  {"silent", point(0.1)},
                                  {"at once", constant(0)}});
    for (const char* name : {"open", "silent"}) {
        const auto got = contributionsOf(series({call("a"), call(name)}), inputs, 0.9);
        QVERIFY(!got.seconds && got.calls.empty() && got.delays == 0 && got.part == 0.9);
    }
    QVERIFY(!contributionsOf(nullptr, inputs, 0.9).seconds);
    const auto none = contributionsOf(call("at once"), inputs, 0.9);
    QCOMPARE(none.seconds, std::optional(0.0));
    QCOMPARE(none.calls.size(), std::size_t(1));
    QCOMPARE(none.calls[0].seconds, 0.0);

    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!analysis::contributions(journeyOf(call("a")), inputs, 0.9, {}, base::Watch(stop.get_token())));
}

void TestLatencyContributions::aMemoChangesNothing()
{
    const auto [calls, inputs] = stages(means);
    const auto journey = journeyOf(series({calls[0], race({calls[1], calls[2]}), parallel({calls[3], calls[4]})}));
    analysis::Memo memo;
    const auto without = analysis::contributions(journey, inputs, 0.99).value();
    QVERIFY(analysis::contributions(journey, inputs, 0.99, {}, {}, &memo).value() == without);
    const auto law = analysis::analyseLatency(journey, inputs).value();
    QVERIFY(analysis::analyseLatency(journey, inputs, {}, {}, &memo).value() == law);
    QVERIFY(analysis::contributions(journey, inputs, 0.99, {}, {}, &memo).value() == without);
}

/// The error of each stays some thousandths where there are many and each is small: alike calls have alike parts.
void TestLatencyContributions::manyCalls()
{
    List calls;
    journey::Inputs inputs;
    for (std::size_t i = 0; i < 60; ++i) {
        const auto law = i % 2 == 0 ? journey::LatencyLaw(journey::LatencyLaw::Lognormal{std::log(0.010), 0.8})
                                    : discrete({{5, 0.5}, {12, 0.4}, {50, 0.1}});
        inputs.set(numbered("c", i), timed(1e-3, law, immediate()));
        calls.push_back(call(numbered("c", i)));
    }
    const auto got = contributionsOf(series(calls), inputs, 0.99);
    for (std::size_t i = 2; i < calls.size(); ++i)
        QVERIFY(std::abs(got.calls[i].seconds - got.calls[i - 2].seconds) < 0.001 * *got.seconds);
    QVERIFY(got.calls[0].share > 1.0 / 90 && got.calls[1].share > 1.0 / 90);
}

QTEST_GUILESS_MAIN(TestLatencyContributions)
#include "tst_latency_contributions.moc"
