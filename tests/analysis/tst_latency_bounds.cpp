// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_inputs.h"
#include "tests/analysis/random_edits.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// S(t) under shared fate and within the envelope, computed by hand. a, b in one zone, c in another: 50 ms with .75,
/// 200 ms with .25; q of a .1, of b .2, of c .4; all fail after 10 ms.
class TestLatencyBounds : public QObject
{
    Q_OBJECT

private slots:
    void atOneTime_data();
    void atOneTime();
    void percentiles();
    void sharedNothing();
    void unknownDomains();
    void keptEqualsCleared();
};

namespace {

journey::Inputs someInputs()
{
    const auto input = [](double q, const char* zone) {
        return withDomains(timed(q, discrete({{50, 0.75}, {200, 0.25}}), failsAfter(Milliseconds(10))), {zone});
    };
    return inputsOf({{"a", input(0.1, "zone:1")}, {"b", input(0.2, "zone:1")}, {"c", input(0.4, "zone:2")}});
}

analysis::NodeLatency lawOf(const ExpressionPtr& root, const std::vector<base::Duration>& deadlines,
                            const journey::Inputs& inputs = someInputs())
{
    analysis::LatencyOptions options;
    options.deadlines = deadlines;
    return analysis::analyseLatency(journeyOf(root), inputs, options).value().law.value();
}

bool isAbout(double got, double expected)
{
    return std::abs(got - expected) <= 1e-11;
}

} // namespace

void TestLatencyBounds::atOneTime_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<double>("sharedFate");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    const auto ab = [] { return List{call("a"), call("b")}; };
    const auto ac = [] { return List{call("a"), call("c")}; };
    QTest::newRow("call") << call("a") << 50 << .675 << .675 << .675;
    QTest::newRow("race in a zone") << race(ab()) << 50 << .675 << .675 << 1.;
    QTest::newRow("race in two zones") << race(ac()) << 50 << 1 - .325 * .55 << .675 << 1.;
    QTest::newRow("hedge in a zone") << hedged(Milliseconds(20), ab()) << 70 << .675 << .675 << 1.;
    QTest::newRow("hedge too late") << hedged(Milliseconds(20), {call("b"), call("a")}) << 69 << .6 << .6 << .6;
    QTest::newRow("parallel") << parallel(ab()) << 50 << .675 * .6 << .275 << .6;
    QTest::newRow("one of two is the best") << kofn(1, ab()) << 50 << .675 << .675 << 1.;
    // At least two of a and b, or one of them and c: groups {a, b} and {c}.
    QTest::newRow("two of three") << kofn(2, {call("a"), call("b"), call("c")}) << 50
                                  << .675 * .6 + (.675 - .675 * .6) * .45 << .3625 << .8625;
    QTest::newRow("series, both quick") << series(ab()) << 100 << .72 * .5625 << .275 << .6;
    QTest::newRow("series, slow together") << series(ab()) << 250 << .72 * .75 << .5 << .8;
    QTest::newRow("series, the end") << series(ab()) << 400 << .72 << .7 << .8;
    QTest::newRow("series in two zones") << series(ac()) << 250 << .54 * .9375 << .35 << .6;
    QTest::newRow("branch") << branch({{"0.5", "0.5", call("a")}, {"0.5", "0.5", call("b")}}) << 50 << .6375 << .6375
                            << .6375;
    QTest::newRow("retry is one attempt") << retry(2, call("a")) << 60 << .675 << .675 << 1.;
    // max A is .9, which the alternate adds nothing to; or 1 − .1 · .4.
    QTest::newRow("fallback in a zone") << fallback(call("a"), {call("b")}) << 60 << .675 << .675 << 1.;
    QTest::newRow("fallback to the better one") << fallback(call("b"), {call("a")}) << 60 << .6 + .1 * .75 << .6 << 1.;
    QTest::newRow("fallback to another zone")
        << fallback(call("a"), {call("c")}) << 60 << .675 + .06 * .75 << .675 << 1.;
    QTest::newRow("timeout") << timeout(Milliseconds(100), race(ab())) << 300 << .675 << .675 << 1.;
    QTest::newRow("waits for both ends") << optional(call("a")) << 50 << .775 << .775 << .775;
    QTest::newRow("waits for nothing") << optional(call("a"), false) << 0 << 1. << 1. << 1.;
}

void TestLatencyBounds::atOneTime()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(int, milliseconds);
    const auto law = lawOf(root, {ms(milliseconds)});
    const auto& shared = law.sharedFate.value().deadlines.front();
    const auto& envelope = law.envelope.value().deadlines.front();
    const auto check = [](const char* what, double got, double expected) {
        QVERIFY2(isAbout(got, expected), (std::string(what) + ": " + std::to_string(got)).c_str());
    };
    QFETCH(double, sharedFate);
    QFETCH(double, least);
    QFETCH(double, most);
    check("shared fate, lower", shared.lower, sharedFate);
    check("shared fate, nominal", shared.nominal.value(), sharedFate);
    check("shared fate, upper", shared.upper, sharedFate);
    check("least", envelope.lower, least);
    check("most", envelope.upper, most);
}

/// Of the successful ones: they are half quick, half slow where they come together.
void TestLatencyBounds::percentiles()
{
    analysis::LatencyOptions options;
    options.percentiles = {0.5, 0.7, 0.99};
    const auto root = series({call("a"), call("b")});
    const auto law = analysis::analyseLatency(journeyOf(root), someInputs(), options).value().law.value();
    const auto at = [](const analysis::LatencyBand& band, std::size_t i) {
        return std::pair(std::llround(band.percentiles[i].lower.value() * 1e9),
                         std::llround(band.percentiles[i].upper.value() * 1e9));
    };
    QCOMPARE(at(law.sharedFate.value(), 0), std::pair(100'000'000LL, 100'000'000LL));
    QCOMPARE(at(law.sharedFate.value(), 1), std::pair(250'000'000LL, 250'000'000LL));
    QCOMPARE(at(law.sharedFate.value(), 2), std::pair(400'000'000LL, 400'000'000LL));
    // .5 of at most .8 is reached by .5 at 250 ms; at least .35 may be reached by .6 at 100 ms.
    QCOMPARE(at(law.envelope.value(), 0), std::pair(100'000'000LL, 250'000'000LL));
    QVERIFY(!law.envelope->percentiles[2].upper); // E⁻(∞) is .7, less than .99 · .8
}

/// The arrays are the independent ones then.
void TestLatencyBounds::sharedNothing()
{
    const auto law = lawOf(series({call("a"), race({call("b"), call("c")})}), {ms(100), ms(250)},
                           inputsOf({{"a", withDomains(*someInputs().find("a"), {})},
                                     {"b", withDomains(*someInputs().find("b"), {})},
                                     {"c", *someInputs().find("c")}}));
    QVERIFY(law.sharedFate == law.independent);
}

void TestLatencyBounds::unknownDomains()
{
    auto inputs = someInputs();
    inputs.set("c", withUnknownDomains(*inputs.find("c")));
    const auto law = lawOf(race({call("a"), call("c")}), {ms(50)}, inputs);
    QVERIFY(isAbout(law.sharedFate->deadlines.front().lower, .675));
}

/// Of random journeys whose components are in few domains.
void TestLatencyBounds::keptEqualsCleared()
{
    std::size_t shared = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        options.repeatable = random.below(4);
        options.unique = 20;
        options.calls = random.between(2, 15);
        options.domains = true;
        auto made = randomJourney(random, options);
        const auto setLatency = [&](const std::string& component) {
            auto input = *made.inputs.find(component);
            input.latency = discrete({{random.between(1, 9), 0.5}, {random.between(10, 40), 0.5}});
            input.failureTime = random.chance(0.5) ? likeSuccess() : failsAfter(Milliseconds(random.between(1, 20)));
            input.version = journey::newVersion();
            made.inputs.set(component, input);
        };
        for (const auto& component : made.components)
            setLatency(component);
        analysis::Memo memo;
        analysis::LatencyOptions asked;
        asked.curvePoints = 20;
        for (int edit = 0; edit < 8; ++edit) {
            const auto kept = analysis::analyseLatency(made.journey, made.inputs, asked, {}, &memo).value();
            const auto fresh = analysis::analyseLatency(made.journey, made.inputs, asked).value();
            QVERIFY2(kept == fresh, (std::to_string(seed) + ", edit " + std::to_string(edit)).c_str());
            shared += kept.law && !(*kept.law->sharedFate == kept.law->independent) ? 1 : 0;
            if (random.chance(0.4))
                setLatency(made.components[random.below(made.components.size())]);
            else
                editRandomly(random, made);
        }
    }
    QVERIFY2(shared > 60, std::to_string(shared).c_str());
}

QTEST_GUILESS_MAIN(TestLatencyBounds)
#include "tst_latency_bounds.moc"
