// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_inputs.h"
#include "tests/analysis/random_journey.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// Timeouts make availability depend on latency, under all assumptions. a, b, c: 50 ms with .75, 200 ms with .25; q of
/// a .1, of b .2, of c .4; d 10 ms, q .1.
class TestTimeouts : public QObject
{
    Q_OBJECT

private slots:
    void values_data();
    void values();
    void commonCause();
    void intervals();
    void unknownTail();
    void equalsTheLatencyLaw();
    void isWithinTheAvailability();
    void isAJointLaw_data();
    void isAJointLaw();
    void nothingChangesWithoutEvidence();
    void memoChangesNothing();
};

namespace {

journey::LatencyLaw twoTimes()
{
    return discrete({{50, 0.75}, {200, 0.25}});
}

journey::Inputs someInputs()
{
    return inputsOf({{"a", withDomains(timed(0.1, twoTimes()), {"zone:1"})},
                     {"b", withDomains(timed(0.2, twoTimes()), {"zone:1"})},
                     {"c", withDomains(timed(0.4, twoTimes()), {"zone:2"})},
                     {"d", withDomains(timed(0.1, discrete({{10, 1}})), {"zone:3"})}});
}

analysis::Analysis analysisOf(const ExpressionPtr& root, const journey::Inputs& inputs)
{
    return analysis::analyse(journeyOf(root), inputs).value();
}

bool isAbout(double got, double expected, double tolerance = 1e-11)
{
    return std::abs(got - expected) <= tolerance;
}

QByteArray said(double got, double expected)
{
    return QByteArray::number(got, 'g', 15) + " instead of " + QByteArray::number(expected, 'g', 15);
}

} // namespace

void TestTimeouts::values_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("independent");
    QTest::addColumn<double>("sharedFate");
    QTest::addColumn<double>("least"); // of success, whatever the dependence
    QTest::addColumn<double>("most");
    const auto inTime = [](int limit, ExpressionPtr body) { return timeout(Milliseconds(limit), std::move(body)); };
    QTest::newRow("call") << inTime(100, call("a")) << .675 << .675 << .675 << .675;
    QTest::newRow("at the deadline") << inTime(200, call("a")) << .9 << .9 << .9 << .9;
    QTest::newRow("too early for all") << inTime(49, call("a")) << 0. << 0. << 0. << 0.;
    QTest::newRow("parallel") << inTime(100, parallel({call("a"), call("c")})) << .675 * .45 << .675 * .45 << .125
                              << .45;
    QTest::newRow("race in one zone") << inTime(100, race({call("a"), call("b")})) << 1 - .325 * .4 << .675 << .675
                                      << 1.;
    QTest::newRow("race in two zones") << inTime(100, race({call("a"), call("c")})) << 1 - .325 * .55 << 1 - .325 * .55
                                       << .675 << 1.;
    // 100 ms if both are quick.
    QTest::newRow("series") << inTime(100, series({call("a"), call("c")})) << .675 * .45 << .675 * .45 << .125 << .45;
    // In one group the slow ones come together, or apart: the smaller law is .5625 of the convolution.
    QTest::newRow("series in one zone") << inTime(100, series({call("a"), call("b")})) << .675 * .6 << .675 * .6 << .275
                                        << .6;
    QTest::newRow("series in one zone, 250 ms")
        << inTime(250, series({call("a"), call("b")})) << .72 * .9375 << .72 * .75 << .5 << .8;
    QTest::newRow("nested") << inTime(100, series({inTime(60, call("a")), call("d")})) << .675 * .9 << .675 * .9 << .575
                            << .675;
    QTest::newRow("of both") << series({inTime(100, call("a")), call("d")}) << .675 * .9 << .675 * .9 << .575 << .675;
    QTest::newRow("a race of them") << race({inTime(100, call("a")), inTime(100, call("b"))}) << 1 - .325 * .4 << .675
                                    << .675 << 1.;
    QTest::newRow("retry") << retry(2, inTime(100, call("a"))) << 1 - .325 * .325 << .675 << .675 << 1.;
    // A failing call has failed at the deadline, at the latest.
    QTest::newRow("waits for what fails") << inTime(100, optional(call("a"))) << .775 << .775 << .775 << .775;
    QTest::newRow("waits for nothing") << inTime(100, optional(call("a"), false)) << 1. << 1. << 1. << 1.;
}

void TestTimeouts::values()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, independent);
    QFETCH(double, sharedFate);
    QFETCH(double, least);
    QFETCH(double, most);
    const auto found = analysisOf(root, someInputs()).journey.value();
    const auto check = [](double failure, double success) {
        QVERIFY2(isAbout(1 - failure, success), said(1 - failure, success).constData());
    };
    check(found.independent.value().worst, independent);
    check(found.sharedFate.worst, sharedFate);
    check(found.envelope.failure.worst, least);
    check(found.envelope.failure.best, most);
    check(found.independent.value().best, independent);
}

/// The nominal effect is an event of its own.
void TestTimeouts::commonCause()
{
    auto journey = journeyOf(timeout(Milliseconds(100), race({call("a"), call("b")})));
    journey::DomainRule rule;
    rule.name = "zone:1";
    rule.availability = ratio("0.9");
    journey.domainRules.push_back(rule);
    const auto plain = analysis::analyse(journeyOf(race({call("a"), call("b")})), someInputs()).value();
    QVERIFY(plain.journey.value().independent);
    const auto found = analysis::analyse(journey, someInputs()).value().journey.value();
    // zone .9, own parts 1 and 8/9: .9 in all; of the independent race (1 − .325 · .4) / (1 − .1 · .2) comes in time.
    QVERIFY(found.commonCause.has_value());
    const double expected = 0.9 * (1 - 0.325 * 0.4) / (1 - 0.1 * 0.2);
    QVERIFY2(isAbout(1 - *found.commonCause, expected), said(1 - *found.commonCause, expected).constData());
}

/// Both ends: of the availability, and of the evidence on times.
void TestTimeouts::intervals()
{
    auto input = interval(0.1, 0.3);
    input.latency = journey::LatencyLaw({{ms(50), 0.5, 0.75, 0, 0.6}, {ms(200), 1, 1, 0.6, 1}});
    const auto found = analysisOf(timeout(Milliseconds(100), call("x")), inputsOf({{"x", input}})).journey.value();
    for (const auto& law : {found.independent.value(), found.sharedFate, found.envelope.failure}) {
        QVERIFY2(isAbout(law.worst, 1 - 0.7 * 0.5), said(law.worst, 1 - 0.7 * 0.5).constData());
        QVERIFY2(isAbout(law.best, 1 - 0.9 * 0.75), said(law.best, 1 - 0.9 * 0.75).constData());
    }
}

/// What may come after every finite time is too late.
void TestTimeouts::unknownTail()
{
    auto input = timed(0.1, journey::LatencyLaw({{ms(50), 0.5, 1, 0, 0.5}}));
    const auto found = analysisOf(timeout(Milliseconds(100), call("x")), inputsOf({{"x", input}})).journey.value();
    QVERIFY(isAbout(found.independent.value().worst, 0.55));
    QVERIFY(isAbout(found.independent.value().best, 0.1));
}

/// Of every node, under every assumption.
void TestTimeouts::equalsTheLatencyLaw()
{
    std::size_t compared = 0;
    for (unsigned seed = 0; seed < 60; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        options.calls = 9;
        options.repeatable = 2;
        options.unique = 8;
        options.choiceRanges = false;
        options.domains = true;
        auto made = randomJourney(random, options);
        journey::Inputs inputs;
        for (const auto& name : made.components) {
            auto input = *made.inputs.find(name);
            input.failure = {input.failure.nominal, input.failure.nominal, input.failure.nominal};
            const int quick = random.between(1, 40) * 10;
            input.latency = discrete({{quick, 0.5}, {quick + random.between(1, 80) * 10, 0.5}});
            input.failureTime = likeSuccess();
            inputs.set(name, input);
        }
        const auto found = analysis::analyse(made.journey, inputs).value();
        for (const auto& [id, node] : found.nodes) {
            analysis::LatencyOptions asked;
            asked.percentiles = {};
            asked.node = id;
            const auto latency = analysis::analyseLatency(made.journey, inputs, asked).value();
            if (!latency.law || !node.independent)
                continue;
            ++compared;
            const auto same = [&](const analysis::Unavailability& got, const analysis::LatencyBand& law,
                                  const char* what) {
                const bool isSame =
                    isAbout(1 - got.worst, law.successLower, 1e-9) && isAbout(1 - got.best, law.successUpper, 1e-9);
                QVERIFY2(isSame,
                         (std::to_string(seed) + " " + what + " " + said(1 - got.worst, law.successLower).toStdString()
                          + ", " + said(1 - got.best, law.successUpper).toStdString())
                             .c_str());
            };
            if (!latency.law->approximate)
                same(*node.independent, latency.law->independent, "independent");
            same(node.envelope.failure, *latency.law->envelope, "envelope");
            if (!latency.law->approximate)
                same(node.sharedFate, *latency.law->sharedFate, "shared fate");
        }
    }
    QVERIFY2(compared > 300, std::to_string(compared).c_str());
}

/// S(∞) of a law that is read on several grids is never more than what the availability says.
void TestTimeouts::isWithinTheAvailability()
{
    std::size_t compared = 0;
    for (unsigned seed = 0; seed < 60; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        options.calls = 7;
        options.repeatable = 2;
        options.unique = 6;
        options.choiceRanges = false;
        options.domains = true;
        auto made = randomJourney(random, options);
        journey::Inputs inputs;
        for (const auto& name : made.components) {
            auto input = *made.inputs.find(name);
            const auto odd = ms(10 * random.between(1, 60)) + base::Duration(random.between(0, 999'999));
            const std::array laws{
                journey::LatencyLaw(journey::LatencyLaw::Lognormal{std::log(base::seconds(odd)), 0.8}),
                journey::LatencyLaw::constant(odd),
                journey::LatencyLaw({{odd / 2, 0.25, 0.5, 0, 0.4}, {odd, 0.75, 1, 0.7, 0.75}, {2 * odd, 1, 1, 1, 1}})};
            input.latency = laws.at(static_cast<std::size_t>(random.between(0, 2)));
            input.failureTime = random.chance(0.5) ? likeSuccess() : journey::FailureTime();
            inputs.set(name, input);
        }
        const auto found = analysis::analyse(made.journey, inputs).value();
        for (const auto& [id, node] : found.nodes) {
            analysis::LatencyOptions asked;
            asked.node = id;
            const auto latency = analysis::analyseLatency(made.journey, inputs, asked).value();
            if (!latency.law || !node.independent || latency.law->approximate)
                continue;
            ++compared;
            const auto within = [&](const analysis::LatencyBand& law, const analysis::Unavailability& all) {
                return law.successUpper <= 1 - all.best + 1e-9 && law.successLower >= 1 - all.worst - 1e-9;
            };
            const auto message = [&](const char* what, const analysis::LatencyBand& law,
                                     const analysis::Unavailability& all) {
                return std::to_string(seed) + " " + what + " " + said(law.successLower, 1 - all.worst).toStdString()
                       + ", " + said(law.successUpper, 1 - all.best).toStdString();
            };
            QVERIFY2(within(latency.law->independent, *node.independent),
                     message("independent", latency.law->independent, *node.independent).c_str());
            QVERIFY2(within(*latency.law->sharedFate, node.sharedFate),
                     message("shared fate", *latency.law->sharedFate, node.sharedFate).c_str());
        }
    }
    QVERIFY2(compared > 200, std::to_string(compared).c_str());
}

void TestTimeouts::isAJointLaw_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("independent");
    const auto inTime = [] { return timeout(Milliseconds(100), race({call("a"), call("b")})); };
    // b is up; then it is in time with .75, and else a with .675.
    const double givenUp = 1 - 0.25 * 0.325;
    QTest::newRow("an alternative is needed elsewhere") << series({inTime(), call("b")}) << 0.8 * givenUp;
    QTest::newRow("and a component without a law") << series({inTime(), call("b"), call("e")}) << 0.8 * givenUp * 0.9;
    QTest::newRow("and a timeout that does nothing")
        << series({inTime(), timeout(Milliseconds(1), series({call("b"), call("e")}))}) << 0.8 * givenUp * 0.9;
    QTest::newRow("in a race with it") << race({inTime(), call("b")}) << 1 - 0.2 * (1 - 0.675);
    // Up: needed nowhere else. Down: a alone.
    QTest::newRow("below a retry") << retry(2, series({inTime(), call("b")}))
                                   << 1 - (1 - 0.8 * givenUp) * (1 - 0.8 * givenUp);
    QTest::newRow("through a fragment") << series({inTime(), use("f")}) << 0.8 * givenUp;
}

/// Whether a body comes in time depends on states that matter elsewhere too.
void TestTimeouts::isAJointLaw()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, independent);
    auto inputs = someInputs();
    inputs.set("e", point(0.1));
    const auto found = analysis::analyse(journeyOf(root, {{"f", call("b")}}), inputs).value();
    const auto& whole = found.journey.value();
    QVERIFY2(isAbout(1 - whole.independent.value().worst, independent),
             said(1 - whole.independent.value().worst, independent).constData());
    QVERIFY(isAbout(1 - whole.independent.value().best, independent));
    QVERIFY(!whole.independentApproximate && !whole.sharedFateApproximate);
}

void TestTimeouts::nothingChangesWithoutEvidence()
{
    auto inputs = someInputs();
    auto input = *inputs.find("c");
    input.latency = {};
    inputs.set("c", input);
    const auto body = [] { return series({call("a"), race({call("b"), call("c")})}); };
    const auto with = analysisOf(timeout(Milliseconds(100), body()), inputs);
    const auto without = analysisOf(body(), inputs);
    QVERIFY(with.journey == without.journey);
}

void TestTimeouts::memoChangesNothing()
{
    analysis::Memo memo;
    const auto root = timeout(Milliseconds(210), series({call("a"), timeout(Milliseconds(150), call("c")), call("d")}));
    auto inputs = someInputs();
    for (int i = 0; i < 4; ++i) {
        auto input = timed(0.1 * i, discrete({{20 * i + 10, 0.5}, {200, 0.5}}));
        inputs.set("c", input);
        const auto kept = analysis::analyse(journeyOf(root), inputs, {}, &memo).value();
        const auto fresh = analysis::analyse(journeyOf(root), inputs).value();
        QVERIFY(kept.journey == fresh.journey);
        QVERIFY(kept.nodes == fresh.nodes);
    }
}

QTEST_GUILESS_MAIN(TestTimeouts)
#include "tst_timeouts.moc"
