// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "tests/analysis/latency_inputs.h"
#include "tests/analysis/latency_scenarios.h"
#include "tests/analysis/random_journey.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// The independent law of small discrete inputs against enumeration of all that can happen.
class TestLatencyExact : public QObject
{
    Q_OBJECT

private slots:
    void theOracleCountsRight();
    void theOracleAgreesOnAvailability();
    void operators_data();
    void operators();
    void openTails();
    void farFailures();
    void randomJourneys();
};

namespace {

constexpr double tolerance = 1e-12;

journey::Inputs inputsWith(const journey::FailureTime& failureTime)
{
    const std::vector<std::vector<Atom>> times{
        {{10, 1}}, {{5, 0.3}, {20, 0.7}}, {{0, 0.25}, {7, 0.5}, {40, 0.25}}, {{3, 0.9}, {100, 0.1}}};
    journey::Inputs inputs;
    for (std::size_t i = 0; i < times.size(); ++i) {
        auto input = timed(static_cast<double>(i + 1) / 10, discrete(times[i]), failureTime);
        inputs.set(std::string(1, "abcd"[i]), input);
        inputs.set(std::string(1, "ABCD"[i]), independentCalls(input));
    }
    inputs.set("zero", timed(0, discrete({{0, 1}}), immediate()));
    inputs.set("never fails", timed(0, discrete({{4, 0.5}, {6, 0.5}}), failureTime));
    inputs.set("always fails", timed(1, discrete({{4, 0.5}, {6, 0.5}}), failureTime));
    return inputs;
}

/// Half milliseconds up to beyond the last finite time, at most so many.
std::vector<base::Duration> instants(const ExactLaw& law, std::size_t most)
{
    Time last = 0;
    for (const auto* part : {&law.succeeded, &law.failed}) {
        for (const auto& [time, mass] : *part)
            last = time == never ? last : std::max(last, time);
    }
    std::vector<base::Duration> result;
    for (Time t = 0; t <= last + 2'000'000 && result.size() < most; t += 500'000)
        result.emplace_back(t);
    return result;
}

std::string percentileDifference(std::optional<double> got, Time exact)
{
    const auto expected = exact == never ? std::nullopt : std::optional(static_cast<double>(exact) * 1e-9);
    if (got.has_value() == expected.has_value() && std::abs(got.value_or(0) - expected.value_or(0)) < 1e-9)
        return {};
    const auto text = [](std::optional<double> seconds) { return seconds ? std::to_string(*seconds) : "unbounded"; };
    return text(got) + ", not " + text(expected);
}

/// Empty where the independent law is the enumerated one.
std::string difference(const journey::Journey& journey, const journey::Inputs& inputs, bool hasNominal)
{
    const auto lower = enumerate(journey, inputs, InputEnd::Lower).value();
    const auto upper = enumerate(journey, inputs, InputEnd::Upper).value();
    const auto nominal = hasNominal ? enumerate(journey, inputs, InputEnd::Nominal) : std::nullopt;
    auto options = independentOnly();
    options.deadlines = instants(lower, 2000);
    options.percentiles = {0.3101, 0.5003, 0.8107, 0.9901}; // no sum of masses
    const auto analysis = analysis::analyseLatency(journey, inputs, options);
    if (!analysis || !analysis->law)
        return "no law";
    const auto& band = analysis->law->independent;
    const auto differ = [](const char* what, base::Duration t, double got, long double expected) {
        return std::string(what) + " at " + base::toString(t) + ": " + std::to_string(got) + ", not "
               + std::to_string(expected) + ", by "
               + QByteArray::number(got - static_cast<double>(expected)).toStdString();
    };
    const auto isOff = [](double got, long double expected) { return !(std::abs(got - expected) <= tolerance); };
    for (const auto& at : band.deadlines) {
        const Time t = at.limit.count();
        if (isOff(at.lower, lower.successBy(t)))
            return differ("lower", at.limit, at.lower, lower.successBy(t));
        if (isOff(at.upper, upper.successBy(t)))
            return differ("upper", at.limit, at.upper, upper.successBy(t));
        if (nominal && isOff(at.nominal.value_or(-1), nominal->successBy(t)))
            return differ("nominal", at.limit, at.nominal.value_or(-1), nominal->successBy(t));
    }
    const auto never = base::Duration::max();
    if (band.deadlines.size() != options.deadlines.size())
        return "deadlines are missing";
    if (isOff(band.successLower, lower.success()))
        return differ("lower", never, band.successLower, lower.success());
    if (isOff(band.successUpper, upper.success()))
        return differ("upper", never, band.successUpper, upper.success());
    for (const auto& percentile : band.percentiles) {
        // Of what never succeeds there are none; what may never succeed may have any.
        const bool none = upper.success() == 0;
        const auto earliest = none                   ? tests::never
                              : lower.success() == 0 ? 0
                                                     : upper.firstAt(percentile.part * lower.success());
        const auto latest = none ? tests::never : lower.firstAt(percentile.part * upper.success());
        if (const auto off = percentileDifference(percentile.lower, earliest); !off.empty())
            return "lower percentile: " + off;
        if (const auto off = percentileDifference(percentile.upper, latest); !off.empty())
            return "upper percentile: " + off;
    }
    return {};
}

/// The same for D, seen through a fallback that succeeds at once: its S is S + D.
std::string failureDifference(const journey::Journey& journey, const journey::Inputs& inputs, bool hasNominal)
{
    auto seen = journey;
    seen.root = fallback(journey.root, {call("zero")});
    return difference(seen, inputs, hasNominal);
}

} // namespace

/// By hand: a (up .9, 10 ms) then b (up .8, 5 ms in .3, 20 ms in .7), failures at 1 ms.
void TestLatencyExact::theOracleCountsRight()
{
    const auto inputs = inputsWith(failsAfter(Milliseconds(1)));
    const auto law = enumerate(journeyOf(series({call("a"), call("b")})), inputs, InputEnd::Nominal).value();
    const auto near = [](long double got, double expected) { return std::abs(got - expected) < 1e-15; };
    QCOMPARE(law.succeeded.size(), std::size_t(2));
    QVERIFY(near(law.succeeded.at(15'000'000), 0.9 * 0.8 * 0.3));
    QVERIFY(near(law.succeeded.at(30'000'000), 0.9 * 0.8 * 0.7));
    QCOMPARE(law.failed.size(), std::size_t(2));
    QVERIFY(near(law.failed.at(1'000'000), 0.1));
    QVERIFY(near(law.failed.at(11'000'000), 0.9 * 0.2));
    QCOMPARE(law.firstAt(0.9L * 0.8L * 0.5L), Time(30'000'000));
    QVERIFY(near(law.failureBy(1'000'000), 0.1));
}

/// At t = ∞ and without timeouts the enumeration is the exact availability, which has been proven otherwise.
void TestLatencyExact::theOracleAgreesOnAvailability()
{
    Random random(7);
    int compared = 0;
    for (int i = 0; i < 300; ++i) {
        auto drawn = randomJourney(random, {3, 3, 5, 0.05, 0.5, false, false});
        for (const auto& name : drawn.components) {
            auto input = timed(drawn.inputs.find(name)->failure.nominal, discrete({{1, 1}}), immediate());
            input.independentCalls = drawn.inputs.find(name)->independentCalls;
            drawn.inputs.set(name, input);
        }
        bool hasTimeout = false;
        const auto look = [&](const ExpressionPtr& node) {
            hasTimeout = hasTimeout || journey::typeOf(*node) == journey::OperatorType::Timeout;
        };
        forEachNode(drawn.journey.root, look);
        for (const auto& fragment : drawn.journey.fragments)
            forEachNode(fragment.body, look);
        const auto law = enumerate(drawn.journey, drawn.inputs, InputEnd::Lower, 20'000);
        if (hasTimeout || !law)
            continue;
        ++compared;
        const auto exact = analysis::analyse(drawn.journey, drawn.inputs).value().journey->independent.value();
        QVERIFY(std::abs(static_cast<double>(1 - law->success()) - exact.worst) < 1e-13);
    }
    QVERIFY(compared > 100);
}

void TestLatencyExact::operators_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    const auto a = [] { return call("a"); };
    const auto b = [] { return call("b"); };
    const auto c = [] { return call("c"); };
    const auto d = [] { return call("d"); };
    const auto half = Milliseconds(6);
    QTest::newRow("call") << c();
    QTest::newRow("series") << series({a(), b(), c()});
    QTest::newRow("series of one") << series({c()});
    QTest::newRow("parallel") << parallel({a(), b(), c()});
    QTest::newRow("race") << race({b(), c(), d()});
    QTest::newRow("hedged race") << hedged(half, {b(), c(), d()});
    QTest::newRow("hedge beyond everything") << hedged(Milliseconds(500), {b(), c()});
    QTest::newRow("1 of 3") << kofn(1, {b(), c(), d()});
    QTest::newRow("2 of 3") << kofn(2, {b(), c(), d()});
    QTest::newRow("3 of 4") << kofn(3, {a(), b(), c(), d()});
    QTest::newRow("4 of 4") << kofn(4, {a(), b(), c(), d()});
    QTest::newRow("branch") << branch({{"0.25", "0.25", b()}, {"0.35", "0.35", c()}, {"0.4", "0.4", d()}});
    QTest::newRow("branch that is never taken") << branch({{"0", "0", b()}, {"1", "1", c()}});
    QTest::newRow("retry once") << retry(1, Milliseconds(3), c());
    QTest::newRow("retry") << retry(3, Milliseconds(0), d());
    QTest::newRow("retry with backoff") << retry(3, Milliseconds(11), c());
    QTest::newRow("retry of a series") << retry(2, Milliseconds(1), series({b(), d()}));
    QTest::newRow("fallback") << fallback(c(), {d()});
    QTest::newRow("fallbacks") << fallback(d(), {c(), b()});
    QTest::newRow("timeout at an atom") << timeout(Milliseconds(7), c());
    QTest::newRow("timeout between atoms") << timeout(Milliseconds(13), b());
    QTest::newRow("timeout before everything") << timeout(Milliseconds(2), b());
    QTest::newRow("timeout behind everything") << timeout(Milliseconds(900), b());
    QTest::newRow("timeout of a series") << timeout(Milliseconds(27), series({b(), c()}));
    QTest::newRow("timeouts nested") << timeout(Milliseconds(30), series({timeout(Milliseconds(7), c()), b()}));
    QTest::newRow("optional") << optional(c());
    QTest::newRow("optional, not waited for") << optional(c(), false);
    QTest::newRow("series with optionals") << series({a(), optional(c()), optional(d(), false), b()});
    QTest::newRow("fallback behind a timeout") << fallback(timeout(Milliseconds(13), b()), {c()});
    QTest::newRow("retry of a timeout") << retry(3, Milliseconds(2), timeout(Milliseconds(10), c()));
    QTest::newRow("timeout of a retry") << timeout(Milliseconds(50), retry(3, Milliseconds(2), c()));
    QTest::newRow("timeout of a fallback") << timeout(Milliseconds(30), fallback(b(), {c(), d()}));
    QTest::newRow("optional timeout") << series({optional(timeout(Milliseconds(10), b())), c()});
    QTest::newRow("race of retries") << race({retry(2, half, b()), retry(2, half, c())});
    QTest::newRow("hedged race of series") << hedged(half, {series({a(), c()}), series({b(), d()})});
    QTest::newRow("parallel of fallbacks") << parallel({fallback(b(), {c()}), fallback(d(), {a()})});
    QTest::newRow("k of n of mixtures") << kofn(
        2, {branch({{"0.5", "0.5", a()}, {"0.5", "0.5", b()}}), series({c(), a()}), d()});
    // Components that repeat: one state, fresh times
    QTest::newRow("series, twice the same") << series({c(), c()});
    QTest::newRow("race, twice the same") << race({c(), c()});
    QTest::newRow("race of series with one in common") << race({series({b(), c()}), series({c(), d()})});
    QTest::newRow("fallback to the same") << fallback(c(), {c(), d()});
    QTest::newRow("parallel and hedge, two in common")
        << parallel({hedged(half, {b(), c()}), hedged(half, {c(), b()})});
    QTest::newRow("2 of 4, pairs the same") << kofn(2, {b(), c(), b(), c()});
    QTest::newRow("optional of what is needed") << series({c(), optional(c()), d()});
    QTest::newRow("timeout that shares with the rest") << series({timeout(Milliseconds(13), series({b(), c()})), b()});
    QTest::newRow("fallback from a timeout to the same")
        << fallback(timeout(Milliseconds(7), c()), {series({c(), b()})});
    QTest::newRow("retry beside the same") << series({retry(2, half, c()), c()});
    QTest::newRow("retry of twice the same") << retry(2, half, series({c(), race({c(), b()})}));
    QTest::newRow("branches of the same") << series({branch({{"0.3", "0.3", b()}, {"0.7", "0.7", c()}}), c()});
    // Components whose calls draw their own outcomes
    QTest::newRow("independent calls in series") << series({call("C"), call("C")});
    QTest::newRow("independent calls in a race") << race({call("C"), call("C"), c()});
    QTest::newRow("independent calls in a retry") << retry(2, half, race({call("D"), call("D")}));
    // Certain ones
    QTest::newRow("fails for sure, then another") << fallback(call("always fails"), {call("never fails"), c()});
    QTest::newRow("retry of what fails for sure") << retry(3, half, call("always fails"));
    QTest::newRow("series behind what fails for sure") << series({call("always fails"), c()});
}

void TestLatencyExact::operators()
{
    QFETCH(journey::ExpressionPtr, root);
    const std::vector<std::pair<std::string, journey::FailureTime>> rules{
        {"immediate", immediate()},
        {"like success", likeSuccess()},
        {"constant", failsAfter(Milliseconds(9))},
        {"constant, late", failsAfter(Milliseconds(250))},
        {"not stated", {}}};
    for (const auto& [name, rule] : rules) {
        const auto inputs = inputsWith(rule);
        const bool hasNominal = name != "not stated";
        // Direct, through a fragment, and twice through one, with something behind it
        const auto twice = series({use("f"), race({use("f"), call("a")})});
        for (const auto& [form, shape] : {std::pair("itself", root), {"fragment", use("f")}}) {
            const auto journey = journeyOf(shape, {{"f", root}});
            const auto success = difference(journey, inputs, hasNominal);
            QVERIFY2(success.empty(), ("S of " + (name + ", ") + form + ": " + success).c_str());
            const auto failure = failureDifference(journey, inputs, hasNominal);
            QVERIFY2(failure.empty(), ("S + D of " + (name + ", ") + form + ": " + failure).c_str());
        }
        const auto journey = journeyOf(twice, {{"f", root}});
        if (enumerate(journey, inputs, InputEnd::Lower, 200'000)) {
            const auto used = difference(journey, inputs, hasNominal);
            QVERIFY2(used.empty(), (name + ", used twice: " + used).c_str());
        }
    }
}

/// Mass that comes after every finite time counts as success, and what waits for it is never finished.
void TestLatencyExact::openTails()
{
    const auto inputs = inputsOf({{"open", timed(0.1, discrete({{5, 0.5}, {9, 0.3}}), likeSuccess())},
                                  {"closed", timed(0.2, discrete({{4, 1}}), immediate())},
                                  {"zero", timed(0, discrete({{0, 1}}), immediate())}});
    for (const auto& root : {call("open"), series({call("open"), call("closed")}), race({call("open"), call("closed")}),
                             parallel({call("open"), call("closed")}), retry(2, Milliseconds(1), call("open")),
                             fallback(call("open"), {call("closed")}), timeout(Milliseconds(9), call("open")),
                             fallback(timeout(Milliseconds(7), call("open")), {call("closed")}),
                             series({optional(call("open")), call("closed")})}) {
        const auto success = difference(journeyOf(root), inputs, true);
        QVERIFY2(success.empty(), success.c_str());
        const auto failure = failureDifference(journeyOf(root), inputs, true);
        QVERIFY2(failure.empty(), failure.c_str());
    }
}

/// Times of very different size: the grid must hold milliseconds beside minutes.
void TestLatencyExact::farFailures()
{
    const auto inputs =
        inputsOf({{"fast", timed(0.3, discrete({{1, 0.5}, {2, 0.5}}), failsAfter(Milliseconds(60'000)))},
                  {"slow", timed(0.1, discrete({{1000, 1}}), immediate())}});
    const auto journey = journeyOf(fallback(call("fast"), {call("slow")}));
    const auto law = enumerate(journey, inputs, InputEnd::Nominal).value();
    auto options = independentOnly();
    options.deadlines = {ms(1), ms(2), ms(59'000), ms(61'000), ms(70'000)};
    const auto band = analysis::analyseLatency(journey, inputs, options).value().law.value().independent;
    for (const auto& at : band.deadlines) {
        const auto exact = static_cast<double>(law.successBy(at.limit.count()));
        QVERIFY2(at.lower <= exact + tolerance && exact <= at.upper + tolerance, base::toString(at.limit).c_str());
    }
    QVERIFY(band.deadlines.back().upper - band.deadlines.back().lower < tolerance);
}

/// All of it at once; the journeys of the test of containment, with their inputs as they truly are.
void TestLatencyExact::randomJourneys()
{
    int compared = 0;
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        Random random(seed);
        auto drawn = randomTimedJourney(random);
        for (const auto& [name, truth] : drawn.components) {
            auto input = *drawn.actualInputs.find(name);
            if (input.failureTime.constant == base::Duration::max())
                input.failureTime = {}; // as late as it may be: what is not stated has that at its lower end
            drawn.actualInputs.set(name, input);
        }
        if (!enumerate(drawn.actual, drawn.actualInputs, InputEnd::Lower, 20'000))
            continue;
        ++compared;
        const auto found = difference(drawn.actual, drawn.actualInputs, false);
        QVERIFY2(found.empty(),
                 (std::to_string(seed) + ": " + found + ", " + journey::expressionText(drawn.actual.root)).c_str());
    }
    QVERIFY(compared > 400);
}

QTEST_GUILESS_MAIN(TestLatencyExact)
#include "tst_latency_exact.moc"
