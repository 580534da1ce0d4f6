// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_laws.h"

#include <QTest>

#include <cmath>

using namespace emac;
using namespace emac::tests;

/// Closed forms, and the parts of the engine one by one.
class TestLatencyEngine : public QObject
{
    Q_OBJECT

private slots:
    void hypoexponential();
    void lognormalAlone();
};

namespace {

analysis::LatencyBand bandOf(const journey::Journey& journey, const journey::Inputs& inputs,
                             const analysis::LatencyOptions& options = {})
{
    const auto result = analysis::analyseLatency(journey, inputs, options);
    if (!result || !result->law)
        return {};
    return result->law->independent;
}

} // namespace

/// Means 5, 8, 12, 20, 33 ms, one after the other.
void TestLatencyEngine::hypoexponential()
{
    journey::Inputs inputs;
    List steps;
    for (const double mean : {0.005, 0.008, 0.012, 0.020, 0.033}) {
        const auto name = numbered("c", steps.size());
        const auto law = sampled([mean](double t) { return -std::expm1(-t / mean); }, 10us, 60'000);
        inputs.set(name, withLatency(point(0), law));
        steps.push_back(call(name));
    }
    analysis::LatencyOptions options;
    options.percentiles = {0.5, 0.9, 0.99, 0.999};
    const auto band = bandOf(journeyOf(series(steps)), inputs, options);
    const std::vector<double> exact{69.8706887e-3, 132.742299e-3, 211.498874e-3, 288.040182e-3};
    for (std::size_t i = 0; i < exact.size(); ++i) {
        const auto& percentile = band.percentiles[i];
        QVERIFY(percentile.lower.value() <= exact[i] && exact[i] <= percentile.upper.value());
        QVERIFY(relativeError(percentile.nominal.value(), exact[i]) < 1e-4);
    }
    QVERIFY(band.numericWidth < 0.005);
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

QTEST_GUILESS_MAIN(TestLatencyEngine)
#include "tst_latency_engine.moc"
