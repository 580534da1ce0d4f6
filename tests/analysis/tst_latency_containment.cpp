// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "tests/analysis/latency_inputs.h"
#include "tests/analysis/latency_scenarios.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

/// Whatever inputs with bands truly are, and however they depend on each other: the law lies in each band that claims
/// it.
class TestLatencyContainment : public QObject
{
    Q_OBJECT

private slots:
    void waitingForWhatATimeoutCuts();
    void hasBeenOutside_data();
    void hasBeenOutside();
    void everyTrueLawIsInItsBand_data();
    void everyTrueLawIsInItsBand();
};

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int journeys = 250; // slow under the sanitizer
#else
constexpr int journeys = 5'000;
#endif

/// In one row: a whole run may take longer than a test function may, on a busy machine.
constexpr int portion = 250;

/// Of what is compared: less is rounding.
constexpr double tolerance = 1e-11;

constexpr std::size_t curvePoints = 60;

bool repeats(const TimedJourney& journey)
{
    const Execution execution(journey.stated, journey.statedInputs);
    return execution.places().size() > execution.components().size();
}

struct Check
{
    const TimedJourney& journey;
    analysis::NodeLatency bands;
    std::string failure = {}; ///< empty where nothing was found

    void expect(bool holds, const std::string& what, Time t, double got, double expected)
    {
        if (holds || !failure.empty())
            return;
        failure = what + " at " + (t == never ? "never" : base::toString(base::Duration(t))) + ": "
                  + std::to_string(got) + " and " + std::to_string(expected) + ", in "
                  + journey::expressionText(journey.stated.root);
    }

    /// The band claims the law, at its lower end and, if so, at its upper.
    void holds(const analysis::LatencyBand& band, const ExactLaw& law, const std::string& what, bool upperToo = true)
    {
        for (const auto& at : band.deadlines) {
            const Time t = at.limit.count();
            const auto exact = static_cast<double>(law.successBy(t));
            expect(at.lower <= exact + tolerance, what + ", lower", t, at.lower, exact);
            expect(!upperToo || at.upper >= exact - tolerance, what + ", upper", t, at.upper, exact);
        }
        const auto success = static_cast<double>(law.success());
        expect(band.successLower <= success + tolerance, what + ", success lower", never, band.successLower, success);
        if (!upperToo)
            return;
        expect(band.successUpper >= success - tolerance, what + ", success upper", never, band.successUpper, success);
        for (const auto& percentile : band.percentiles) {
            if (success == 0)
                continue; // then there is none
            const auto level = static_cast<long double>(percentile.part) * law.success();
            const auto seconds = [](Time t) {
                return t == never ? std::numeric_limits<double>::infinity() : static_cast<double>(t) * 1e-9;
            };
            const double infinite = std::numeric_limits<double>::infinity();
            const double first = seconds(law.firstAt(level - 1e-11L));
            const double last = seconds(law.firstAt(level + 1e-11L));
            expect(percentile.lower.value_or(infinite) <= last + 1e-9, what + ", percentile lower", 0,
                   percentile.lower.value_or(infinite), last);
            expect(percentile.upper.value_or(infinite) >= first - 1e-9, what + ", percentile upper", 0,
                   percentile.upper.value_or(infinite), first);
        }
    }

    /// Every band is one. Beside the envelope the others are raised to its lower end, and to nothing else, and none of
    /// them lay beyond it without it. @param unraised without an envelope
    void order(const analysis::NodeLatency& unraised)
    {
        const auto& envelope = *bands.envelope;
        for (std::size_t i = 0; i < envelope.deadlines.size(); ++i) {
            const auto& bounds = envelope.deadlines[i];
            const Time t = bounds.limit.count();
            const auto& independent = unraised.independent.deadlines[i];
            expect(independent.lower <= bounds.upper + tolerance, "A⁺ ≤ E⁺", t, independent.lower, bounds.upper);
            expect(bounds.lower <= independent.upper + tolerance, "E⁻ ≤ A⁺", t, bounds.lower, independent.upper);
            const auto& shared = unraised.sharedFate->deadlines[i];
            expect(shared.lower <= independent.lower + tolerance, "A⁻ ≤ A⁺", t, shared.lower, independent.lower);
            for (const auto& [band, before] :
                 {std::pair(&bands.independent, independent.lower), {&*bands.sharedFate, shared.lower}}) {
                const double raised = std::max(before, bounds.lower);
                expect(band->deadlines[i].lower == raised, "raised to E⁻", t, band->deadlines[i].lower, raised);
            }
            for (const auto* band : {&bands.independent, &*bands.sharedFate, &*bands.envelope}) {
                const auto& at = band->deadlines[i];
                expect(at.lower <= at.upper + tolerance, "lower ≤ upper", t, at.lower, at.upper);
                const double before = i > 0 ? band->deadlines[i - 1].lower : 0;
                expect(before <= at.lower + tolerance, "lower does not fall", t, before, at.lower);
                const double beforeUpper = i > 0 ? band->deadlines[i - 1].upper : 0;
                expect(beforeUpper <= at.upper + tolerance, "upper does not fall", t, beforeUpper, at.upper);
            }
        }
    }

    /// What a chart draws says the same as the table beside it.
    void curves()
    {
        const auto at = [](const analysis::Curve& curve, double seconds) {
            const auto next = std::ranges::upper_bound(curve, seconds, {}, &analysis::CurvePoint::seconds);
            return next == curve.begin() ? 0 : std::prev(next)->probability;
        };
        for (const auto* band : {&bands.independent, &*bands.sharedFate, &*bands.envelope}) {
            expect(band->lower.size() <= curvePoints && band->upper.size() <= curvePoints, "points", 0,
                   static_cast<double>(band->lower.size()), static_cast<double>(band->upper.size()));
            for (const auto& percentile : band->percentiles) {
                const double enough = percentile.part * band->successUpper;
                const double little = percentile.part * band->successLower;
                if (percentile.upper && enough > 0) {
                    const double reached = at(band->lower, *percentile.upper * (1 + 1e-9));
                    expect(reached >= enough - tolerance, "lower curve at the percentile", 0, reached, enough);
                }
                if (percentile.lower && *percentile.lower > 0) {
                    const double reached = at(band->upper, *percentile.lower * (1 - 1e-9));
                    expect(reached <= little + tolerance, "upper curve before the percentile", 0, reached, little);
                }
            }
            for (const auto& deadline : band->deadlines) {
                const double seconds = base::seconds(deadline.limit);
                const double lower = at(band->lower, seconds * (1 - 1e-9));
                expect(lower <= deadline.lower + tolerance, "lower curve at a deadline", deadline.limit.count(), lower,
                       deadline.lower);
                const double upper = at(band->upper, seconds * (1 + 1e-9));
                expect(upper >= deadline.upper - tolerance, "upper curve at a deadline", deadline.limit.count(), upper,
                       deadline.upper);
            }
        }
    }

    /// Without timeouts S(∞) is the availability.
    void availability()
    {
        if (journey.hasTimeout)
            return;
        const auto exact = analysis::analyse(journey.stated, journey.statedInputs).value().journey.value();
        const auto same = [&](double got, double failure, const char* what) {
            expect(std::abs(got - (1 - failure)) < tolerance, what, never, got, 1 - failure);
        };
        // Where components repeat, the choices that are worst for a branch are taken here by their states.
        if (!journey.hasChoiceRange || !repeats(journey)) {
            same(bands.independent.successLower, exact.independent->worst, "independent availability, lower");
            same(bands.independent.successUpper, exact.independent->best, "independent availability, upper");
            same(bands.sharedFate->successLower, exact.sharedFate.worst, "shared-fate availability, lower");
        }
        same(bands.envelope->successLower, exact.envelope.failure.worst, "availability's envelope, lower");
        same(bands.envelope->successUpper, exact.envelope.failure.best, "availability's envelope, upper");
    }
};

std::vector<base::Duration> halfMilliseconds(const ExactLaw& law)
{
    Time last = 0;
    for (const auto& [time, mass] : law.succeeded)
        last = time == never ? last : std::max(last, time);
    std::vector<base::Duration> result;
    for (Time t = 0; t <= last + 1'000'000; t += 500'000)
        result.emplace_back(t);
    return result;
}

struct Counts
{
    int compared = 0;
    int enumerated = 0;
    int grouped = 0;
};

/// @returns what does not hold
std::string contradiction(int seed, Counts& counts)
{
    Random random(static_cast<std::uint64_t>(seed));
    const auto journey = randomTimedJourney(random);
    const auto comonotone = dependentLaw(journey, Dependence::Comonotone, random);
    if (!comonotone)
        return {}; // too many ways: not counted
    ++counts.compared;
    analysis::LatencyOptions options;
    options.percentiles = {0.25, 0.5, 0.9};
    options.deadlines = halfMilliseconds(*comonotone);
    options.curvePoints = curvePoints;
    const auto analysis = analysis::analyseLatency(journey.stated, journey.statedInputs, options).value();
    if (!analysis.law || !analysis.law->sharedFate || !analysis.law->envelope)
        return std::to_string(seed) + ": no law";
    Check check{journey, *analysis.law};
    options.envelope = false;
    options.curvePoints = 0;
    check.order(analysis::analyseLatency(journey.stated, journey.statedInputs, options).value().law.value());
    check.curves();
    check.availability();
    check.holds(*check.bands.envelope, *comonotone, "comonotone in the envelope");
    for (const auto& [dependence, name] : {std::pair(Dependence::Countermonotone, "countermonotone"),
                                           {Dependence::Arbitrary, "arbitrary"},
                                           {Dependence::Mixed, "mixed"}}) {
        if (const auto law = dependentLaw(journey, dependence, random))
            check.holds(*check.bands.envelope, *law, std::string(name) + " in the envelope");
    }
    const auto law = enumerate(journey.actual, journey.actualInputs, InputEnd::Nominal, 3'000);
    if (law) {
        ++counts.enumerated;
        check.holds(check.bands.independent, *law, "independent");
        check.holds(*check.bands.envelope, *law, "independent in the envelope");
    }
    // What shared fate is a bound for: positive dependence; at finite times where calls are started together.
    const auto positive = dependentLaw(journey, Dependence::ComonotoneGroups, random);
    if (positive && !journey.hasTimeout) {
        ++counts.grouped;
        const auto& shared = *check.bands.sharedFate;
        const auto success = static_cast<double>(positive->success());
        check.expect(shared.successLower <= success + tolerance, "positive dependence in shared fate", never,
                     shared.successLower, success);
        if (journey.ofCalls)
            check.holds(shared, *positive, "positive dependence of calls in shared fate", false);
    }
    return check.failure.empty() ? std::string() : std::to_string(seed) + ": " + check.failure;
}

} // namespace

/// Each of two steps takes 1 ms or 3 ms, and is given up after 2 ms. If both are quick, or both are slow, the whole has
/// ended at 2 ms; but not if the second alone is slow.
void TestLatencyContainment::waitingForWhatATimeoutCuts()
{
    using Knot = journey::LatencyLaw::Knot;
    const auto lasting = [](double quickLower, double quickUpper) {
        const double middle = (quickLower + quickUpper) / 2;
        return timed(
            0, journey::LatencyLaw({Knot{ms(1), quickLower, quickUpper, 0, middle}, Knot{ms(3), 1, 1, middle, 1}}),
            immediate());
    };
    const auto step = timeout(Milliseconds(2), call("a"));
    const auto journey = journeyOf(optional(series({step, timeout(Milliseconds(2), call("b"))})));
    auto options = independentOnly();
    options.deadlines = {ms(1), ms(2), ms(3)};
    const auto band = [&](double lower, double upper) {
        const auto inputs = inputsOf({{"a", lasting(lower, upper)}, {"b", lasting(lower, upper)}});
        return analysis::analyseLatency(journey, inputs, options)->law->independent;
    };
    for (const double quick : {0.0, 0.1, 0.5, 0.9, 1.0}) {
        const double ended = 1 - quick + quick * quick;
        const auto exact = band(quick, quick);
        QCOMPARE(exact.deadlines[1].lower, ended);
        QCOMPARE(exact.deadlines[1].upper, ended);
        QCOMPARE(exact.deadlines[2].lower, 1.0);
        for (const double margin : {0.05, 0.2, 1.0}) {
            const auto around = band(std::max(0.0, quick - margin), std::min(1.0, quick + margin));
            QVERIFY(around.deadlines[1].lower <= ended && ended <= around.deadlines[1].upper);
            QVERIFY(around.deadlines[0].lower == 0 && around.deadlines[2].upper == 1);
        }
    }
}

void TestLatencyContainment::hasBeenOutside_data()
{
    QTest::addColumn<int>("seed");
    for (const int seed : {8067, 9581, 10895, 11531, 13248, 13327, 13466})
        QTest::addRow("%d", seed) << seed;
}

/// Journeys that showed a fault.
void TestLatencyContainment::hasBeenOutside()
{
    QFETCH(int, seed);
    Counts counts;
    const auto failure = contradiction(seed, counts);
    QVERIFY2(failure.empty(), failure.c_str());
    QCOMPARE(counts.compared, 1); // else another journey is needed
}

void TestLatencyContainment::everyTrueLawIsInItsBand_data()
{
    QTest::addColumn<int>("first");
    for (int first = 0; first < journeys; first += portion)
        QTest::addRow("from %d", first + 1) << first;
}

void TestLatencyContainment::everyTrueLawIsInItsBand()
{
    QFETCH(int, first);
    Counts counts;
    for (int i = first; i < first + portion; ++i) {
        const auto failure = contradiction(i + 1, counts);
        QVERIFY2(failure.empty(), failure.c_str());
    }
    QVERIFY(counts.compared > portion * 9 / 10);
    QVERIFY(counts.enumerated > portion * 6 / 10);
    QVERIFY(counts.grouped > portion / 2);
}

QTEST_GUILESS_MAIN(TestLatencyContainment)
#include "tst_latency_containment.moc"
