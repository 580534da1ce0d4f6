// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/quantile_levels.h"
#include "core/analysis/latency/normal.h"
#include "tests/analysis/latency_laws.h"

#include <QTest>

#include <cmath>

using namespace emac;
using namespace emac::tests;

/// Series under shared fate, whose times are large together: against sums of quantiles in closed form.
class TestLargeTogether : public QObject
{
    Q_OBJECT

private slots:
    void levels();
    void calls_data();
    void calls();
    void parallels();
    void openSteps();
    void lastStep();
    void nested();
    void someAlone();
    void edits();
};

namespace {

constexpr double sigma = 0.6;

/// The standard normal quantile, by bisection.
double deviationOf(double part)
{
    double low = -10;
    double high = 10;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (analysis::normal(middle) < part ? low : high) = middle;
    }
    return high;
}

double medianOf(std::size_t number)
{
    return 2 + 3 * static_cast<double>(number % 9); // ms
}

analysis::LatencyOptions optionsFor(std::vector<double> percentiles)
{
    analysis::LatencyOptions options;
    options.percentiles = std::move(percentiles);
    options.envelope = false;
    return options;
}

analysis::LatencyBand sharedFateOf(const journey::Journey& journey, const journey::Inputs& inputs,
                                   const analysis::LatencyOptions& options, analysis::Memo* memo = nullptr)
{
    const auto analysis = analysis::analyseLatency(journey, inputs, options, {}, memo);
    return analysis && analysis->law && analysis->law->sharedFate ? *analysis->law->sharedFate
                                                                  : analysis::LatencyBand();
}

void verify(const analysis::Percentile& percentile, double exact)
{
    QVERIFY2(*percentile.lower <= exact && exact <= *percentile.upper,
             qPrintable(QStringLiteral("%1 in [%2, %3]").arg(exact).arg(*percentile.lower).arg(*percentile.upper)));
    QVERIFY(relativeError(*percentile.nominal, exact) < 0.002);
}

journey::Input inZone(LatencyLaw law)
{
    return withLatency(withDomains(point(0), {"zone:a"}), std::move(law));
}

} // namespace

void TestLargeTogether::levels()
{
    const auto levels = analysis::quantileLevels();
    QVERIFY(std::ranges::is_sorted(levels));
    QVERIFY(levels.front() > 0 && levels.back() == 1);
    const auto law = analysis::lognormalQuantiles({-4, sigma}, 1);
    for (std::size_t i = 0; i + 1 < levels.size(); i += 97) {
        const double time = law[analysis::Scenario::Late].success.cdf.at(static_cast<std::ptrdiff_t>(i));
        const double value = analysis::normal((std::log(time) + 4) / sigma);
        QVERIFY(std::abs(value - levels[i]) < 1e-14);
    }
    for (const double part : analysis::reportedPercentiles)
        QVERIFY(std::ranges::binary_search(levels, part));
}

void TestLargeTogether::calls_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {2, 5, 30, 300})
        QTest::addRow("%d", count) << count;
}

/// Lognormal times with one shape are so together too.
void TestLargeTogether::calls()
{
    QFETCH(const int, count);
    journey::Inputs inputs;
    List steps;
    double medians = 0;
    for (int i = 0; i < count; ++i) {
        const auto name = numbered("c", steps.size());
        const double median = medianOf(steps.size());
        inputs.set(name, inZone(lognormal(median, sigma)));
        steps.push_back(call(name));
        medians += median / 1000;
    }
    const std::vector parts{0.9, 0.99, 0.999};
    const auto band = sharedFateOf(journeyOf(series(steps)), inputs, optionsFor(parts));
    for (std::size_t i = 0; i < parts.size(); ++i)
        verify(band.percentiles.at(i), medians * std::exp(sigma * deviationOf(parts[i])));
    QVERIFY2(band.numericWidth <= 0.005, qPrintable(QString::number(band.numericWidth)));
}

/// Each of two equal calls at once: P(T ≤ t)².
void TestLargeTogether::parallels()
{
    journey::Inputs inputs;
    List steps;
    double medians = 0;
    for (std::size_t i = 0; i < 20; ++i) {
        const double median = medianOf(i);
        List two;
        for (const char* side : {"l", "r"}) {
            const auto name = numbered(side, i);
            inputs.set(name, inZone(lognormal(median, sigma)));
            two.push_back(call(name));
        }
        steps.push_back(parallel(two));
        medians += median / 1000;
    }
    const std::vector parts{0.9, 0.99, 0.999};
    const auto band = sharedFateOf(journeyOf(series(steps)), inputs, optionsFor(parts));
    for (std::size_t i = 0; i < parts.size(); ++i)
        verify(band.percentiles.at(i), medians * std::exp(sigma * deviationOf(std::sqrt(parts[i]))));
    QVERIFY2(band.numericWidth <= 0.005, qPrintable(QString::number(band.numericWidth)));
}

/// Quantiles, between which evidence leaves all open: p99 is reached exactly where they say so.
void TestLargeTogether::openSteps()
{
    journey::Inputs inputs;
    List steps;
    for (std::size_t i = 0; i < 9; ++i) {
        const auto name = numbered("c", i);
        inputs.set(
            name,
            inZone(LatencyLaw(
                {{0ms, 0, 0.5, 0, 0}, {10ms, 0.5, 0.99, 0.5, 0.5}, {70ms, 0.99, 1, 0.99, 0.99}, {75ms, 1, 1, 1, 1}})));
        steps.push_back(call(name));
    }
    inputs.set("smooth", inZone(lognormal(20, sigma)));
    steps.push_back(call("smooth"));
    const auto band = sharedFateOf(journeyOf(series(steps)), inputs, optionsFor({0.99}));
    const double smooth = 0.020 * std::exp(sigma * deviationOf(0.99));
    const auto& percentile = band.percentiles.at(0);
    const auto read = QStringLiteral("[%1, %2]").arg(*percentile.lower).arg(*percentile.upper);
    const double latest = 9 * 0.070 + smooth;
    QVERIFY2(*percentile.upper >= latest && *percentile.upper < 1.005 * latest, qPrintable(read));
    const double earliest = 9 * 0.010 + smooth;
    QVERIFY2(*percentile.lower <= earliest && *percentile.lower > 0.995 * earliest, qPrintable(read));
}

/// The last step of measured times is found, however long before it nothing happens.
void TestLargeTogether::lastStep()
{
    journey::Inputs inputs;
    inputs.set("measured", inZone(LatencyLaw({{10ms, 0.4, 0.5, 0.45, 0.45},
                                              {20ms, 0.8, 0.99, 0.9, 0.9},
                                              {64ms, 0.998, 1, 0.998, 0.998},
                                              {84ms, 0.9995, 1, 1, 1}})));
    inputs.set("constant", inZone(LatencyLaw::constant(14ms)));
    const auto band =
        sharedFateOf(journeyOf(series({call("measured"), call("constant")})), inputs, optionsFor({0.99, 0.999}));
    QVERIFY(relativeError(band.percentiles.at(0).upper.value(), 0.078) < 0.01);
    QVERIFY(relativeError(band.percentiles.at(1).upper.value(), 0.098) < 0.01);
}

/// A series in a series: each tail is read to its end.
void TestLargeTogether::nested()
{
    journey::Inputs inputs;
    for (const char* name : {"a", "b", "c", "d"})
        inputs.set(name, inZone(lognormal(20, sigma)));
    const auto root = series({series({call("a"), call("b"), call("c")}), call("d")});
    const std::vector parts{0.9, 0.99, 0.999};
    const auto band = sharedFateOf(journeyOf(root), inputs, optionsFor(parts));
    for (std::size_t i = 0; i < parts.size(); ++i)
        verify(band.percentiles.at(i), 0.080 * std::exp(sigma * deviationOf(parts[i])));
}

/// What shares nothing adds up independently: between all independent and all large together.
void TestLargeTogether::someAlone()
{
    journey::Inputs inputs;
    List steps;
    double medians = 0;
    for (std::size_t i = 0; i < 40; ++i) {
        const auto name = numbered("c", i);
        auto input = inZone(lognormal(medianOf(i), sigma));
        if (i % 4 == 3)
            input = withDomains(input, {numbered("own:", i)});
        inputs.set(name, input);
        steps.push_back(call(name));
        medians += medianOf(i) / 1000;
    }
    const auto analysis =
        analysis::analyseLatency(journeyOf(series(steps)), inputs, optionsFor({0.5, 0.99, 0.999})).value();
    const auto& shared = *analysis.law->sharedFate;
    QVERIFY(*shared.percentiles[1].lower > *analysis.law->independent.percentiles[1].upper);
    QVERIFY(*shared.percentiles[1].upper < medians * std::exp(sigma * deviationOf(0.99)));
    QVERIFY2(shared.numericWidth <= 0.005, qPrintable(QString::number(shared.numericWidth)));
}

/// A kept memo answers as none does, bit for bit, and computes what a change reaches only.
void TestLargeTogether::edits()
{
    journey::Inputs inputs;
    List steps;
    for (std::size_t i = 0; i < 120; ++i) {
        const auto name = numbered("c", i);
        inputs.set(name, i % 5 == 4 ? withLatency(point(1e-4), lognormal(medianOf(i), sigma))
                                    : inZone(lognormal(medianOf(i), sigma)));
        steps.push_back(i % 7 == 6 ? optional(call(name)) : call(name));
    }
    const auto journey = journeyOf(series(steps));
    const auto options = optionsFor({0.5, 0.99});
    analysis::Memo memo;
    sharedFateOf(journey, inputs, options, &memo);
    const auto all = memo.statistics().laws;
    for (const std::size_t changed : {3, 6, 8, 77}) {
        inputs.set(numbered("c", changed), inZone(lognormal(medianOf(changed) + 0.01, sigma)));
        const auto kept = sharedFateOf(journey, inputs, options, &memo);
        QCOMPARE(kept, sharedFateOf(journey, inputs, options));
        QVERIFY2(memo.statistics().laws < all / 3,
                 qPrintable(QStringLiteral("%1: %2 of %3").arg(changed).arg(memo.statistics().laws).arg(all)));
    }
}

QTEST_GUILESS_MAIN(TestLargeTogether)
#include "tst_large_together.moc"
