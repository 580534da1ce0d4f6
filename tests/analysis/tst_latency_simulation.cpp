// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_inputs.h"
#include "tests/analysis/latency_simulation.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// The independent law against executions drawn one by one from the same continuous inputs.
class TestLatencySimulation : public QObject
{
    Q_OBJECT

private slots:
    void closedForms();
    void operators_data();
    void operators();
};

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t executions = 20'000; // slow under the sanitizer, with the margin that belongs to so few
#else
constexpr std::size_t executions = 2'000'000;
#endif

journey::LatencyLaw lognormal(double medianSeconds, double sigma)
{
    return journey::LatencyLaw(journey::LatencyLaw::Lognormal{std::log(medianSeconds), sigma});
}

journey::Inputs someInputs()
{
    return inputsOf({
        {"a", timed(0.1, lognormal(0.040, 0.6), likeSuccess())},
        {"b", timed(0.2, exponential(0.020, 64), immediate())},
        {"c", timed(0.3, exponential(0.060, 100), failsAfter(Milliseconds(33)))},
        {"d", timed(0.4, journey::LatencyLaw::constant(ms(25)), failsAfter(Milliseconds(5)))},
        {"e", timed(0.25, lognormal(0.010, 1.2), likeSuccess())},
        {"E", independentCalls(timed(0.25, lognormal(0.010, 1.2), likeSuccess()))},
        {"zero", timed(0, journey::LatencyLaw::constant(ms(0)), immediate())},
    });
}

/// Finer where most things happen. Not where constants lie: at a step, both sides of it are right to rounding.
std::vector<base::Duration> limits()
{
    std::vector<base::Duration> result;
    for (double seconds = 0.00037; seconds < 2; seconds += std::max(0.0023, seconds / 40))
        result.emplace_back(std::llround(seconds * 1e9));
    return result;
}

} // namespace

/// The simulation by itself: P(min), P(max) and P(sum of two) of exponentials, and the hypoexponential of five stages.
void TestLatencySimulation::closedForms()
{
    journey::Inputs inputs;
    List stages;
    for (const int mean : {5, 8, 12, 20, 33}) {
        const auto name = numbered("s", static_cast<std::size_t>(mean));
        inputs.set(name, timed(0, exponential(mean * 1e-3, 1000), immediate()));
        stages.push_back(call(name));
    }
    const auto at = [](double seconds) { return base::Duration(std::llround(seconds * 1e9)); };
    const std::vector<double> levels{0.5, 0.9, 0.99, 0.999};
    const std::vector<base::Duration> percentiles{at(0.0698706887), at(0.132742299), at(0.211498874), at(0.288040182)};
    const auto sum = simulate(journeyOf(series(stages)), inputs, percentiles, executions, 1);
    // The inputs are given at 1,000 points and linear between, which moves what is beyond the last a little.
    const double margin = dkwMargin(executions) + 0.0005;
    for (std::size_t i = 0; i < levels.size(); ++i)
        QVERIFY(std::abs(sum.successBy[i] - levels[i]) < margin);

    const auto p = [](double seconds, double mean) { return -std::expm1(-seconds / (mean * 1e-3)); };
    const std::vector<base::Duration> times{at(0.004), at(0.030), at(0.100)};
    const auto least = simulate(journeyOf(race(stages)), inputs, times, executions, 2);
    const auto most = simulate(journeyOf(parallel(stages)), inputs, times, executions, 3);
    for (std::size_t i = 0; i < times.size(); ++i) {
        double all = 1;
        double none = 1;
        for (const int mean : {5, 8, 12, 20, 33}) {
            all *= p(base::seconds(times[i]), mean);
            none *= 1 - p(base::seconds(times[i]), mean);
        }
        QVERIFY(std::abs(least.successBy[i] - (1 - none)) < margin);
        QVERIFY(std::abs(most.successBy[i] - all) < margin);
    }
}

void TestLatencySimulation::operators_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    const auto a = [] { return call("a"); };
    const auto b = [] { return call("b"); };
    const auto c = [] { return call("c"); };
    const auto d = [] { return call("d"); };
    const auto e = [] { return call("e"); };
    const auto some = Milliseconds(15);
    QTest::newRow("lognormal") << a();
    QTest::newRow("knots") << c();
    QTest::newRow("series") << series({a(), b(), d(), e()});
    QTest::newRow("parallel") << parallel({a(), b(), c()});
    QTest::newRow("race") << race({a(), c(), e()});
    QTest::newRow("hedged race") << hedged(some, {a(), c(), e()});
    QTest::newRow("2 of 4") << kofn(2, {a(), b(), c(), d()});
    QTest::newRow("branch") << branch({{"0.2", "0.2", a()}, {"0.3", "0.3", b()}, {"0.5", "0.5", series({c(), d()})}});
    QTest::newRow("retry") << retry(3, some, a());
    QTest::newRow("fallback") << fallback(a(), {c(), e()});
    QTest::newRow("timeout") << timeout(Milliseconds(45), series({a(), d()}));
    QTest::newRow("optional") << series({optional(c()), optional(a(), false), e()});
    QTest::newRow("fallback behind a timeout") << fallback(timeout(Milliseconds(50), a()), {b()});
    QTest::newRow("retry of a timeout") << retry(3, Milliseconds(4), timeout(Milliseconds(41), a()));
    QTest::newRow("timeout of a retry") << timeout(Milliseconds(150), retry(3, some, c()));
    QTest::newRow("the same twice") << race({series({a(), c()}), series({c(), e()})});
    QTest::newRow("independent calls") << race({call("E"), series({call("E"), b()})});
    QTest::newRow("nested") << series(
        {a(), parallel({hedged(some, {c(), e()}), retry(2, some, timeout(Milliseconds(60), a()))}),
         fallback(timeout(Milliseconds(80), series({d(), c()})), {b()})});
    QTest::newRow("nested, other way round")
        << timeout(Milliseconds(400), kofn(2, {series({a(), b()}), branch({{"0.6", "0.6", c()}, {"0.4", "0.4", e()}}),
                                               race({series({d(), e()}), fallback(c(), {a()})})}));
}

void TestLatencySimulation::operators()
{
    QFETCH(journey::ExpressionPtr, root);
    const auto inputs = someInputs();
    auto options = independentOnly();
    options.deadlines = limits();
    const auto drawn = simulate(journeyOf(root), inputs, options.deadlines, executions, 42);
    const double margin = dkwMargin(executions);
    // S, and S + D through what succeeds as soon as the rest has failed
    for (const bool ended : {false, true}) {
        const auto journey = journeyOf(ended ? fallback(root, {call("zero")}) : root);
        const auto band = analysis::analyseLatency(journey, inputs, options).value().law.value().independent;
        const auto& expected = ended ? drawn.endedBy : drawn.successBy;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto& at = band.deadlines[i];
            const auto what = base::toString(at.limit) + ": [" + std::to_string(at.lower) + ", "
                              + std::to_string(at.upper) + "], nominal " + std::to_string(at.nominal.value_or(-1))
                              + ", drawn " + std::to_string(expected[i]);
            QVERIFY2(std::abs(at.nominal.value_or(-1) - expected[i]) <= margin, what.c_str());
            QVERIFY2(at.lower <= expected[i] + margin, what.c_str());
            QVERIFY2(at.upper >= expected[i] - margin, what.c_str());
        }
        const double success = ended ? 1 : drawn.success;
        QVERIFY(band.successLower <= success + margin && success - margin <= band.successUpper);
    }
}

QTEST_GUILESS_MAIN(TestLatencySimulation)
#include "tst_latency_simulation.moc"
