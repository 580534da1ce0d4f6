// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/latency_laws.h"
#include "tests/base/random.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace emac;
using namespace std::chrono_literals;
using base::Duration;
using journey::LatencyLaw;

/// From each kind of evidence to the law of a component's latency.
class TestLatencyLaws : public QObject
{
    Q_OBJECT

private slots:
    void laws_data();
    void laws();
    void dkw();
    void bandsContainTheLaw();
    void curvesAreInOrder();
    void bandOfSamplesHoldsAsOftenAsItSays();
    void manySamplesKeepTheBand();
};

Q_DECLARE_METATYPE(emac::journey::LatencyLaw)

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A law whose two-sided α leaves hardly any band.
constexpr double certain = 1.9999999999;

base::Ratio ratio(std::string_view text)
{
    return base::Ratio(*base::Decimal::parse(text));
}

/// "0 0..0.5 0/0 | 10ms 0.5..0.9 0.5/0.5": time, lower .. upper, nominal before / from there.
QString inWords(const LatencyLaw& law)
{
    if (const auto* lognormal = std::get_if<LatencyLaw::Lognormal>(&law.form()))
        return QStringLiteral("mu %1 sigma %2").arg(lognormal->mu).arg(lognormal->sigma);
    QStringList words;
    for (const auto& knot : std::get<std::vector<LatencyLaw::Knot>>(law.form())) {
        words << QStringLiteral("%1 %2..%3 %4/%5")
                     .arg(QString::fromStdString(base::toString(knot.time)))
                     .arg(knot.lower)
                     .arg(knot.upper)
                     .arg(knot.nominalBefore)
                     .arg(knot.nominal);
    }
    return words.join(QStringLiteral(" | "));
}

/// The part of ascending times that are at most `time`.
double part(const std::vector<Duration>& times, Duration time)
{
    const auto end = std::ranges::upper_bound(times, time);
    return static_cast<double>(end - times.begin()) / static_cast<double>(times.size());
}

/// Ascending, with repetitions: as a law each is equally likely.
std::vector<Duration> randomTimes(std::size_t most)
{
    const auto size = *rc::gen::inRange<std::size_t>(1, most);
    const auto count = *rc::gen::container<std::vector<std::int64_t>>(size, rc::gen::inRange<std::int64_t>(0, 50));
    std::vector<Duration> times;
    for (const auto one : count)
        times.emplace_back(one);
    std::ranges::sort(times);
    return times;
}

journey::QuantileLatency quantilesOf(const std::vector<Duration>& times, bool closed)
{
    journey::QuantileLatency latency;
    for (const auto* key : {"0.1", "0.5", "0.9", "0.99"}) {
        if (*rc::gen::arbitrary<bool>())
            continue;
        // The smallest time that at least this part of the law does not exceed.
        const auto probability = ratio(key);
        const auto rank = std::ceil(probability.success() * static_cast<double>(times.size()) - 1e-9);
        latency.knots.push_back({probability, times[static_cast<std::size_t>(std::max(0.0, rank - 1))]});
    }
    if (closed || latency.knots.empty())
        latency.max = times.back();
    return latency;
}

journey::HistogramLatency histogramOf(const std::vector<Duration>& times)
{
    journey::HistogramLatency latency;
    double bound = 0;
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
        bound += *rc::gen::inRange(1, 12);
        const auto below = part(times, Duration(std::llround(bound))) * static_cast<double>(times.size());
        latency.buckets.push_back({bound / 1e9, below});
    }
    latency.buckets.push_back({infinity, static_cast<double>(times.size())});
    return latency;
}

void assertContains(const LatencyLaw& law, const std::vector<Duration>& times)
{
    for (Duration time{0}; time <= 60ns; ++time) {
        const double truth = part(times, time);
        RC_ASSERT(law.lower(time) <= truth + 1e-12);
        RC_ASSERT(law.upper(time) >= truth - 1e-12);
    }
}

void assertInOrder(const LatencyLaw& law)
{
    double lower = 0;
    double nominal = 0;
    double upper = 0;
    for (Duration time{0}; time <= 60ns; ++time) {
        RC_ASSERT(law.lower(time) >= lower && law.nominal(time) >= nominal && law.upper(time) >= upper);
        lower = law.lower(time);
        nominal = law.nominal(time);
        upper = law.upper(time);
        RC_ASSERT(0 <= lower && lower <= nominal + 1e-15 && nominal <= upper + 1e-15 && upper <= 1);
    }
    const auto* knots = std::get_if<std::vector<LatencyLaw::Knot>>(&law.form());
    RC_ASSERT(knots != nullptr && knots->front().time == 0ns);
    RC_ASSERT(std::ranges::adjacent_find(*knots, std::ranges::greater_equal(), &LatencyLaw::Knot::time)
              == knots->end());
}

} // namespace

void TestLatencyLaws::laws_data()
{
    QTest::addColumn<LatencyLaw>("law");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const LatencyLaw& law, const char* expected) {
        QTest::newRow(name) << law << QString::fromLatin1(expected);
    };
    using journey::HistogramLatency;
    using journey::QuantileLatency;
    row("constant", spec::latencyLaw(journey::ConstantLatency{5ms}), "5ms 1..1 0/1");
    row("lognormal", spec::latencyLaw(journey::LognormalLatency{-3, 0.5, {}}), "mu -3 sigma 0.5");
    row("quantiles", spec::latencyLaw(QuantileLatency{{{ratio("0.5"), 10ms}, {ratio("0.9"), 20ms}}, 50ms}),
        "0s 0..0.5 0/0 | 10ms 0.5..0.9 0.5/0.5 | 20ms 0.9..1 0.9/0.9 | 50ms 1..1 1/1");
    row("quantiles without max", spec::latencyLaw(QuantileLatency{{{ratio("0.5"), 10ms}, {ratio("0.9"), 20ms}}, {}}),
        "0s 0..0.5 0/0 | 10ms 0.5..0.9 0.5/0.5 | 20ms 0.9..1 0.9/0.9");
    row("max alone", spec::latencyLaw(QuantileLatency{{}, 1s}), "0s 0..1 0/0 | 1s 1..1 1/1");
    row("quantiles at one time",
        spec::latencyLaw(QuantileLatency{{{ratio("0.5"), 10ms}, {ratio("0.9"), 10ms}, {ratio("0.99"), 20ms}}, 20ms}),
        "0s 0..0.5 0/0 | 10ms 0.9..0.99 0.5/0.9 | 20ms 1..1 0.99/1");
    row("a quantile at 0", spec::latencyLaw(QuantileLatency{{{ratio("0.5"), 0ms}}, 1s}),
        "0s 0.5..1 0/0.5 | 1s 1..1 1/1");
    row("all at 0", spec::latencyLaw(QuantileLatency{{}, 0s}), "0s 1..1 0/1");
    row("a threshold", spec::latencyLaw(ratio("0.99"), 200ms), "0s 0..0.99 0/0 | 200ms 0.99..1 0.99/0.99");
    // ε = sqrt(ln(2/0.5)/(2·100)) = 0.0832555
    row("histogram", spec::latencyLaw(HistogramLatency{{{0.1, 40}, {0.2, 90}, {infinity, 100}}}, 0.5),
        "0s 0..0.483255 0/0 | 100ms 0.316745..0.983255 0.4/0.4 | 200ms 0.816745..1 0.9/0.9");
    row("histogram of +Inf alone", spec::latencyLaw(HistogramLatency{{{infinity, 100}}}, 0.5), "0s 0..1 0/0");
    row("histogram from 0 on", spec::latencyLaw(HistogramLatency{{{0, 40}, {infinity, 100}}}, 0.5),
        "0s 0.316745..1 0/0.4");
    row("histogram with bounds within a nanosecond",
        spec::latencyLaw(HistogramLatency{{{1.1e-9, 40}, {1.2e-9, 60}, {1, 100}, {infinity, 100}}}, 0.5),
        "0s 0..0.483255 0/0 | 1ns 0.516745..1 0.4/0.6 | 1s 0.916745..1 1/1");
    row("samples", spec::latencyLaw(spec::SampledTimes(4, 3ms), 0.5), "0s 0..0.416277 0/0 | 3ms 0.583723..1 0/1");
    // ε = 0.416277
    row("several samples", spec::latencyLaw(spec::SampledTimes{1ms, 2ms, 2ms, 4ms}, 0.5),
        "0s 0..0.416277 0/0 | 1ms 0..0.666277 0/0.25 | 2ms 0.333723..1 0.25/0.75 | 4ms 0.583723..1 0.75/1");
    row("a sample of 0", spec::latencyLaw(spec::SampledTimes{0ms, 2ms}, 1),
        "0s 0.0837227..0.916277 0/0.5 | "
        "2ms 0.583723..1 0.5/1");
}

void TestLatencyLaws::laws()
{
    QFETCH(const LatencyLaw, law);
    QTEST(inWords(law), "expected");
}

void TestLatencyLaws::dkw()
{
    // Massart 1990: P(sup |F_n − F| > ε) ≤ 2·exp(−2nε²).
    for (const double count : {10.0, 1000.0, 1e9}) {
        const double half = spec::dkwHalfWidth(count, 0.05);
        QVERIFY(std::abs(2 * std::exp(-2 * count * half * half) - 0.05) < 1e-12);
    }
    QCOMPARE(spec::dkwHalfWidth(0.1, 0.05), 1.0);
}

/// A law that has these quantiles, or fills these buckets, lies in the band.
void TestLatencyLaws::bandsContainTheLaw()
{
    const auto holds = [] {
        const auto times = randomTimes(60);
        assertContains(spec::latencyLaw(quantilesOf(times, *rc::gen::arbitrary<bool>())), times);
        assertContains(spec::latencyLaw(histogramOf(times), certain), times);
        assertContains(spec::latencyLaw(times, certain), times);
    };
    QVERIFY(rc::check("the band contains the law", holds));
}

void TestLatencyLaws::curvesAreInOrder()
{
    const auto holds = [] {
        const auto times = randomTimes(60);
        const double alpha = *rc::gen::element(1e-9, 0.05, 0.9);
        assertInOrder(spec::latencyLaw(quantilesOf(times, *rc::gen::arbitrary<bool>())));
        assertInOrder(spec::latencyLaw(histogramOf(times), alpha));
        assertInOrder(spec::latencyLaw(times, alpha));
    };
    QVERIFY(rc::check("0 <= lower <= nominal <= upper <= 1, none decreases, times increase", holds));
}

/// Of seeded samples of a uniform law, whose true curve is compared at every step.
void TestLatencyLaws::bandOfSamplesHoldsAsOftenAsItSays()
{
    constexpr int runs = 2000;
    constexpr int size = 200;
    constexpr double alpha = 0.1;
    tests::Random random(20);
    int violated = 0;
    for (int run = 0; run < runs; ++run) {
        spec::SampledTimes times;
        for (int i = 0; i < size; ++i)
            times.emplace_back(std::llround(random.unit() * 1e9));
        std::ranges::sort(times);
        const auto law = spec::latencyLaw(times, alpha);
        const bool inside = std::ranges::all_of(times, [&law](Duration time) {
            const double truth = base::seconds(time);
            return law.lower(time) <= truth && truth <= law.upper(time) && truth <= law.upper(time - 1ns) + 2e-9;
        });
        violated += inside ? 0 : 1;
    }
    // For 200 observations the bound is nearly attained; 5 standard deviations are 0.034.
    const double rate = static_cast<double>(violated) / runs;
    QVERIFY2(rate <= alpha + 0.034 && rate > 0.04, qPrintable(QString::number(rate)));
}

void TestLatencyLaws::manySamplesKeepTheBand()
{
    tests::Random random(7);
    for (const std::size_t size : {4096U, 4097U, 5000U, 100'000U}) {
        spec::SampledTimes times;
        for (std::size_t i = 0; i < size; ++i)
            times.emplace_back(random.below(size));
        std::ranges::sort(times);
        const auto law = spec::latencyLaw(times, 0.05);
        const auto& knots = std::get<std::vector<LatencyLaw::Knot>>(law.form());
        QVERIFY(knots.size() <= 4097);
        const double half = spec::dkwHalfWidth(static_cast<double>(size), 0.05);
        for (const auto time : times) {
            const double truth = part(times, time);
            QVERIFY(law.lower(time) <= std::max(0.0, truth - half) + 1e-12);
            QVERIFY(law.upper(time) >= std::min(1.0, truth + half) - 1e-12);
            QVERIFY(law.upper(time) - law.lower(time) < 2 * half + 0.01);
        }
        // Nothing is left out at the end.
        QCOMPARE(law.nominal(times[size - 2]), part(times, times[size - 2]));
    }
}

QTEST_APPLESS_MAIN(TestLatencyLaws)
#include "tst_latency_laws.moc"
