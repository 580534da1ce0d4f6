// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/normal.h"
#include "tests/analysis/latency_laws.h"

#include <QTest>

#include <cmath>

using namespace emac;
using namespace emac::tests;

/// The independent law in closed forms, and what is read from it.
class TestLatencyEngine : public QObject
{
    Q_OBJECT

private slots:
    void hypoexponential();
    void erlang();
    void largestAndSmallest();
    void lognormalAlone();
    void manySummands();
    void heavyTails();
    void intervals();
    void farDeadlines();
    void curves();
    void lackingEvidence();
    void openTails();
    void tooManyRepeats();
    void coarse();
    void nodes();
    void expired();
    void upperPercentile();
};

namespace {

analysis::LatencyBand bandOf(const journey::Journey& journey, const journey::Inputs& inputs,
                             const analysis::LatencyOptions& options = {})
{
    auto used = options;
    used.sharedFate = used.envelope = false;
    const auto result = analysis::analyseLatency(journey, inputs, used);
    if (!result || !result->law)
        return {};
    return result->law->independent;
}

/// Exponential with this mean, in a band that holds it.
LatencyLaw exponential(double mean)
{
    return sampled([mean](double t) { return -std::expm1(-t / mean); }, 10us, 60'000);
}

/// The percentiles of a band hold these, and its nominal ones are as close.
void verifyPercentiles(const analysis::LatencyBand& band, const std::vector<double>& exact, double close)
{
    QCOMPARE(band.percentiles.size(), exact.size());
    for (std::size_t i = 0; i < exact.size(); ++i) {
        const auto& percentile = band.percentiles[i];
        QVERIFY(percentile.lower.value() <= exact[i] && exact[i] <= percentile.upper.value());
        QVERIFY(relativeError(percentile.nominal.value(), exact[i]) < close);
    }
    QVERIFY2(band.numericWidth < 0.005, qPrintable(QString::number(band.numericWidth)));
}

} // namespace

/// Means 5, 8, 12, 20, 33 ms, one after the other.
void TestLatencyEngine::hypoexponential()
{
    journey::Inputs inputs;
    List steps;
    for (const double mean : {0.005, 0.008, 0.012, 0.020, 0.033}) {
        const auto name = numbered("c", steps.size());
        inputs.set(name, withLatency(point(0), exponential(mean)));
        steps.push_back(call(name));
    }
    analysis::LatencyOptions options;
    options.percentiles = {0.5, 0.9, 0.99, 0.999};
    const auto band = bandOf(journeyOf(series(steps)), inputs, options);
    verifyPercentiles(band, {69.8706887e-3, 132.742299e-3, 211.498874e-3, 288.040182e-3}, 1e-6);
}

/// Eight exponentials with mean 10 ms: p99 from computation.md § 3.5.
void TestLatencyEngine::erlang()
{
    const auto inputs = inputsOf({{"a", withLatency(independentCalls(point(0)), exponential(0.010))}});
    analysis::LatencyOptions options;
    options.percentiles = {0.99};
    for (const auto& [count, exact] : {std::pair(2, 6.63835), {3, 8.40595}, {5, 11.60462}, {8, 15.99996}}) {
        const auto band = bandOf(journeyOf(series(List(static_cast<std::size_t>(count), call("a")))), inputs, options);
        verifyPercentiles(band, {exact * 0.010}, 1e-6);
    }
}

/// Of four exponentials: P(max ≤ t) = (1 − e^(−t/m))⁴, and the smallest is exponential with a quarter of the mean.
void TestLatencyEngine::largestAndSmallest()
{
    const double mean = 0.012;
    const auto inputs = inputsOf({{"a", withLatency(independentCalls(point(0)), exponential(mean))}});
    const List calls(4, call("a"));
    analysis::LatencyOptions options;
    options.percentiles = {0.5, 0.9, 0.99};
    std::vector<double> largest;
    std::vector<double> smallest;
    for (const double part : options.percentiles) {
        largest.push_back(-mean * std::log1p(-std::pow(part, 0.25)));
        smallest.push_back(-mean / 4 * std::log1p(-part));
    }
    verifyPercentiles(bandOf(journeyOf(parallel(calls)), inputs, options), largest, 1e-5);
    verifyPercentiles(bandOf(journeyOf(kofn(4, calls)), inputs, options), largest, 1e-5);
    const auto first = bandOf(journeyOf(race(calls)), inputs, options);
    for (std::size_t i = 0; i < smallest.size(); ++i) { // the knots of the evidence are 10 µs apart
        QVERIFY(first.percentiles[i].lower.value() <= smallest[i] && smallest[i] <= first.percentiles[i].upper.value());
        QVERIFY(relativeError(first.percentiles[i].nominal.value(), smallest[i]) < 1e-4);
    }
}

void TestLatencyEngine::lognormalAlone()
{
    const auto inputs = inputsOf({{"a", withLatency(point(0.25), lognormal(20, 0.7))}});
    const auto band = bandOf(journeyOf(call("a")), inputs);
    QCOMPARE(band.successLower, 0.75);
    QCOMPARE(band.successUpper, 0.75);
    const std::vector<double> deviations{0, 1.2815515655446004, 1.6448536269514722, 2.3263478740408408,
                                         3.0902323061678132};
    for (std::size_t i = 0; i < deviations.size(); ++i) {
        const auto& percentile = band.percentiles[i];
        const double exact = 0.020 * std::exp(0.7 * deviations[i]);
        QVERIFY(percentile.lower.value() <= exact && exact <= percentile.upper.value());
        QVERIFY(relativeError(percentile.nominal.value(), exact) < 1e-3);
    }
    QVERIFY(band.numericWidth < 0.005);
}

/// 300 lognormals, whose roundings concentrate: the band is narrow, and holds what a finer grid says.
void TestLatencyEngine::manySummands()
{
    journey::Inputs inputs;
    List steps;
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < 300; ++i) {
        const double sigma = 0.3 + 0.05 * (i % 5);
        const double median = 0.002 * (1 + i % 7);
        const auto name = numbered("c", steps.size());
        inputs.set(name, withLatency(point(0), lognormal(1000 * median, sigma)));
        steps.push_back(call(name));
        const double own = median * std::exp(sigma * sigma / 2);
        mean += own;
        variance += own * own * std::expm1(sigma * sigma);
    }
    const auto band = bandOf(journeyOf(series(steps)), inputs);
    QVERIFY(band.numericWidth < 0.005);
    const auto& median = band.percentiles.front();
    // The skew of so long a sum moves its median from the mean by about a sixth of its skewness in deviations.
    QVERIFY(median.lower.value() < mean && mean - 0.05 * std::sqrt(variance) < median.upper.value());
    // The last percentile is narrow only on a grid of its own, on which all are read: they agree.
    auto options = analysis::LatencyOptions();
    options.percentiles = {0.5, 0.01};
    const auto finer = bandOf(journeyOf(series(steps)), inputs, options);
    QVERIFY(finer.percentiles.front().lower.value() <= median.upper.value());
    QVERIFY(median.lower.value() <= finer.percentiles.front().upper.value());
    QVERIFY(relativeError(finer.percentiles.front().nominal.value(), median.nominal.value()) < 1e-4);
}

/// The highest percentile lies thousands of times above the lowest: grids of their own keep each of them narrow.
void TestLatencyEngine::heavyTails()
{
    const auto inputs = inputsOf({{"a", withLatency(point(0), lognormal(1, 2.5))}});
    analysis::LatencyOptions options;
    options.percentiles = {0.01, 0.5, 0.999};
    const auto band = bandOf(journeyOf(call("a")), inputs, options);
    std::vector<double> exact;
    for (const double deviations : {-2.3263478740408408, 0.0, 3.0902323061678132})
        exact.push_back(0.001 * std::exp(2.5 * deviations));
    verifyPercentiles(band, exact, 1e-3);
}

/// lower = inf{t : S⁺(t) ≥ p·S⁻(∞)}, upper = inf{t : S⁻(t) ≥ p·S⁺(∞)}.
void TestLatencyEngine::intervals()
{
    const auto law = discrete({{10ms, 0.5}, {20ms, 0.4}, {30ms, 0.1}});
    const auto inputs = inputsOf({{"a", withLatency(interval(0.1, 0.3), law)}});
    analysis::LatencyOptions options;
    options.percentiles = {0.5, 0.6, 0.7, 0.95};
    options.deadlines = {9ms, 10ms, 20ms, 1h};
    const auto band = bandOf(journeyOf(call("a")), inputs, options);
    QCOMPARE(band.successLower, 0.7);
    QCOMPARE(band.successUpper, 0.9);
    QCOMPARE(band.numericWidth, 0.0);
    // S⁻ = .35, .63, .7 and S⁺ = .45, .81, .9 at 10, 20 and 30 ms.
    const std::vector<std::pair<double, std::optional<double>>> expected{
        {0.010, 0.020}, {0.010, 0.020}, {0.020, 0.020}, {0.020, std::nullopt}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(band.percentiles[i].lower.value(), expected[i].first);
        QCOMPARE(band.percentiles[i].upper, expected[i].second);
    }
    const std::vector<std::pair<double, double>> within{{0, 0}, {0.35, 0.45}, {0.63, 0.81}, {0.7, 0.9}};
    for (std::size_t i = 0; i < within.size(); ++i) {
        QVERIFY(std::abs(band.deadlines[i].lower - within[i].first) < 1e-12);
        QVERIFY(std::abs(band.deadlines[i].upper - within[i].second) < 1e-12);
    }
}

/// Deadlines and timeouts far behind all percentiles are looked at on grids of their own.
void TestLatencyEngine::farDeadlines()
{
    const auto inputs = inputsOf({{"a", withLatency(point(0), lognormal(10, 1.5))}});
    analysis::LatencyOptions options;
    options.percentiles = {0.5};
    const double exact = analysis::normal(std::log(3000.0 / 10) / 1.5);
    options.deadlines = {3s};
    const auto plain = bandOf(journeyOf(call("a")), inputs, options).deadlines.front();
    QVERIFY(plain.lower <= exact && exact <= plain.upper && plain.upper - plain.lower < 1e-6);
    const auto root = journey::makeExpression(journey::Timeout{3s, call("a")});
    const auto cut = bandOf(journeyOf(root), inputs, options);
    QVERIFY(cut.successLower <= exact && exact <= cut.successUpper && cut.successUpper - cut.successLower < 1e-6);
}

/// Few points, and the steps stay on their side.
void TestLatencyEngine::curves()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(interval(0.01, 0.02), lognormal(20, 0.8)));
    inputs.set("b", withLatency(point(0.1), discrete({{5ms, 0.25}, {50ms, 0.5}, {400ms, 0.25}})));
    for (const auto& root : {call("a"), call("b"), series({call("a"), call("b")}), race({call("a"), call("b")})}) {
        const auto journey = journeyOf(root);
        for (const std::size_t points : {20U, 150U}) {
            analysis::LatencyOptions options;
            options.percentiles = {0.5, 0.999};
            options.curvePoints = points;
            for (int t = 0; t <= 600; ++t)
                options.deadlines.emplace_back(t * 1ms);
            const auto band = bandOf(journey, inputs, options);
            for (const auto* curve : {&band.lower, &band.upper, &band.nominal}) {
                QVERIFY(!curve->empty() && curve->size() <= points);
                QVERIFY(std::ranges::is_sorted(*curve, {}, &analysis::CurvePoint::seconds));
                QVERIFY(std::ranges::is_sorted(*curve, {}, &analysis::CurvePoint::probability));
            }
            const auto at = [](const analysis::Curve& curve, double seconds) {
                const auto next = std::ranges::upper_bound(curve, seconds, {}, &analysis::CurvePoint::seconds);
                return next == curve.begin() ? 0 : std::prev(next)->probability;
            };
            double gap = 0;
            for (const auto& deadline : band.deadlines) {
                const double seconds = base::seconds(deadline.limit);
                QVERIFY(at(band.lower, seconds - 1e-12) <= deadline.lower + 1e-12);
                QVERIFY(at(band.upper, seconds + 1e-12) >= deadline.upper - 1e-12);
                gap = std::max(gap,
                               at(band.upper, seconds) - at(band.lower, seconds) - (deadline.upper - deadline.lower));
            }
            QVERIFY2(gap < 4.5 / static_cast<double>(points), qPrintable(QString::number(gap)));
        }
    }
}

void TestLatencyEngine::lackingEvidence()
{
    const auto known = withLatency(point(0.1), lognormal(5, 0.5));
    const auto inputs = inputsOf({{"a", known}, {"b", point(0.1)}, {"c", point(0.1)}});
    const auto lacking = [&](const ExpressionPtr& root) {
        const auto result = analysis::analyseLatency(journeyOf(root), inputs).value();
        return result.law.has_value() == result.lacking.empty() ? result.lacking : std::vector<std::string>{"?"};
    };
    QCOMPARE(lacking(series({call("a"), call("a")})), std::vector<std::string>());
    QCOMPARE(lacking(series({call("c"), call("a"), race({call("b"), call("c")})})),
             (std::vector<std::string>{"c", "b"}));
    QCOMPARE(lacking(series({call("a"), optional(call("b"), false)})), std::vector<std::string>());
    QCOMPARE(lacking(series({call("a"), optional(call("b"))})), std::vector<std::string>{"b"});
    QCOMPARE(lacking(call("nobody")), std::vector<std::string>{"nobody"});
    QVERIFY(!analysis::analyseLatency(journeyOf(nullptr), inputs)->law);
    QVERIFY(!analysis::analyseLatency(journeyOf(use("missing")), inputs)->law);
}

void TestLatencyEngine::openTails()
{
    const LatencyLaw open({{10ms, 0.9, 1, 0.9, 0.9}});
    const auto inputs = inputsOf({{"a", withLatency(point(0), open)}, {"b", withLatency(point(0), lognormal(5, 0.5))}});
    const auto result = analysis::analyseLatency(journeyOf(series({call("b"), call("a")})), inputs).value();
    QCOMPARE(result.openTails, std::vector<std::string>{"a"});
    const auto& band = result.law->independent;
    QVERIFY(band.percentiles[0].upper && !band.percentiles[3].upper && band.percentiles[3].lower);
    QCOMPARE(band.successLower, 1.0);
}

/// Eleven components called twice: one more than there are states for.
void TestLatencyEngine::tooManyRepeats()
{
    for (const int repeated : {10, 11}) {
        journey::Inputs inputs;
        List first;
        List second;
        for (int i = 0; i < repeated; ++i) {
            const auto name = numbered("c", first.size());
            inputs.set(name, withLatency(point(0.02), discrete({{1ms, 0.5}, {2ms, 0.5}})));
            first.push_back(call(name));
            second.push_back(call(name));
        }
        const auto result =
            analysis::analyseLatency(journeyOf(series({series(first), series(second)})), inputs).value();
        const bool tooMany = repeated == 11;
        QCOMPARE(result.law->approximate, tooMany);
        QCOMPARE(result.notes.size(), std::size_t(tooMany ? 1 : 0));
        if (tooMany)
            QCOMPARE(result.notes.front().message.code, base::Code::LatencyApproximate);
        // Scaled to A⁺: each component's two calls succeed together.
        QVERIFY(relativeError(result.law->independent.successLower, std::pow(0.98, repeated)) < 1e-9);
        QVERIFY(std::abs(result.law->independent.percentiles.front().nominal.value() - 0.003 * repeated) < 0.002);
    }
}

/// Hundreds of times of which each may be a nanosecond, or days: the grid that holds their sum rounds each of them.
void TestLatencyEngine::coarse()
{
    journey::Inputs inputs;
    List steps;
    for (int i = 0; i < 350; ++i) {
        const auto name = numbered("c", steps.size());
        inputs.set(name, withLatency(point(0), lognormal(1, 7 + 0.001 * i)));
        steps.push_back(call(name));
    }
    analysis::LatencyOptions options;
    options.percentiles = {0.5};
    options.sharedFate = options.envelope = false;
    const auto result = analysis::analyseLatency(journeyOf(series(steps)), inputs, options).value();
    QVERIFY(result.law->independent.numericWidth > 0.005);
    QCOMPARE(result.notes.size(), std::size_t(1));
    QCOMPARE(result.notes.front().message.code, base::Code::LatencyCoarse);
}

/// Each node by itself, also in a fragment.
void TestLatencyEngine::nodes()
{
    const auto inputs = inputsOf({{"a", withLatency(point(0.1), LatencyLaw::constant(10ms))},
                                  {"b", withLatency(point(0.2), LatencyLaw::constant(20ms))}});
    const auto inner = parallel({call("a"), call("b")});
    const auto body = series({inner, call("b")});
    const auto journey = journeyOf(series({use("f"), call("a")}), {{"f", body}});
    const auto of = [&](const ExpressionPtr& node) {
        analysis::LatencyOptions options;
        options.node = node->id;
        const auto band = bandOf(journey, inputs, options);
        return std::pair(band.successLower, band.percentiles.front().nominal.value());
    };
    const auto is = [](const std::pair<double, double>& got, double success, double median) {
        return relativeError(got.first, success) < 1e-12 && relativeError(got.second, median) < 1e-12;
    };
    QVERIFY(is(of(journey.root), 0.9 * 0.8, 0.050));
    QVERIFY(is(of(body), 0.9 * 0.8, 0.040));
    QVERIFY(is(of(inner), 0.9 * 0.8, 0.020));
    analysis::LatencyOptions options;
    options.node = journey::newNodeId();
    QVERIFY(!analysis::analyseLatency(journey, inputs, options)->law);
}

void TestLatencyEngine::expired()
{
    const auto inputs = inputsOf({{"a", withLatency(point(0.1), lognormal(5, 0.5))}});
    std::stop_source source;
    source.request_stop();
    QVERIFY(!analysis::analyseLatency(journeyOf(call("a")), inputs, {}, base::Watch(source.get_token())));
}

void TestLatencyEngine::upperPercentile()
{
    analysis::NodeLatency law;
    law.independent.percentiles = {{0.5, 1, 2, 3}, {0.99, 1, 2, std::nullopt}};
    QCOMPARE(analysis::upperPercentile(law, 0), std::optional(3.0));
    QVERIFY(!analysis::upperPercentile(law, 1));
    law.sharedFate = analysis::LatencyBand();
    law.sharedFate->percentiles = {{0.5, 1, 2, 4}, {0.99, 1, 2, 5}};
    QCOMPARE(analysis::upperPercentile(law, 0), std::optional(4.0));
    QVERIFY(!analysis::upperPercentile(law, 1));
    law.sharedFate->percentiles[0].upper.reset();
    QVERIFY(!analysis::upperPercentile(law, 0));
}

QTEST_GUILESS_MAIN(TestLatencyEngine)
#include "tst_latency_engine.moc"
