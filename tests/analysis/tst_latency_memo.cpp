// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_laws.h"
#include "tests/analysis/random_edits.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

/// A kept memo gives the latency of none, bit for bit, and computes what has changed only.
class TestLatencyMemo : public QObject
{
    Q_OBJECT

private slots:
    void keptEqualsCleared();
    void longSeries();
    void questionsAreForgotten();
    void stoppedRun();
    void outlivesQuestionsAboutParts();
    void forgets();
};

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t firstSeed = 35;
#else
constexpr std::uint64_t firstSeed = 24;
#endif
constexpr std::uint64_t lastSeed = 36; // once two components changed places there
constexpr int editsInSequence = 20;

LatencyLaw randomLaw(Random& random)
{
    const auto whole = [&](int most) { return std::chrono::milliseconds(random.between(1, most)); };
    switch (random.below(4)) {
    case 0:
        return LatencyLaw::constant(whole(30));
    case 1:
        return discrete({{whole(9), 0.5}, {10ms + whole(9), 0.3}, {20ms + whole(40), 0.2}});
    case 2: { // quantiles, with an open tail
        const auto first = whole(10);
        return LatencyLaw({{0ms, 0, 0.5, 0, 0}, {first, 0.5, 0.9, 0.5, 0.5}, {first + whole(40), 0.9, 1, 0.9, 0.9}});
    }
    default:
        return lognormal(1 + 20 * random.unit(), 0.2 + 0.8 * random.unit());
    }
}

journey::FailureTime randomFailure(Random& random)
{
    switch (random.below(4)) {
    case 0:
        return failsAtOnce();
    case 1:
        return failsLikeSuccess();
    case 2:
        return failsAfter(std::chrono::milliseconds(random.between(1, 50)));
    default:
        return {};
    }
}

void setRandomLatency(Random& random, journey::Inputs& inputs, const std::string& component)
{
    const auto* known = inputs.find(component);
    auto input = withLatency(known != nullptr ? *known : point(0.1), randomLaw(random), randomFailure(random));
    input.version = journey::newVersion();
    inputs.set(component, input);
}

analysis::LatencyOptions someOptions()
{
    analysis::LatencyOptions options;
    options.curvePoints = 30;
    options.deadlines = {50ms, 3s};
    options.sharedFate = false;
    options.envelope = false;
    return options;
}

/// Lognormal calls in one series.
struct Kept
{
    explicit Kept(int calls)
    {
        List steps;
        for (int i = 0; i < calls; ++i) {
            const auto name = numbered("c", steps.size());
            inputs.set(name, withLatency(point(1e-4), lognormal(5 + i % 7, 0.5)));
            steps.push_back(call(name));
        }
        journey.root = series(steps);
    }

    /// How many laws were computed; the result is that of no memo.
    std::uint64_t computed()
    {
        const auto kept = analysis::analyseLatency(journey, inputs, someOptions(), {}, &memo).value();
        return kept == analysis::analyseLatency(journey, inputs, someOptions()).value() ? memo.statistics().laws
                                                                                        : ~0ULL;
    }

    void change(const std::string& component, double median)
    {
        inputs.set(component, withLatency(point(1e-4), lognormal(median, 0.5)));
    }

    journey::Journey journey;
    journey::Inputs inputs;
    analysis::Memo memo;
};

} // namespace

void TestLatencyMemo::keptEqualsCleared()
{
    std::uint64_t withLaw = 0;
    for (std::uint64_t seed = firstSeed; seed <= lastSeed; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        options.repeatable = random.below(4);
        options.unique = 20;
        options.calls = random.between(1, 20);
        options.choiceRanges = random.chance(0.5);
        auto made = randomJourney(random, options);
        made.components.push_back("without input");
        for (const auto& component : made.components)
            setRandomLatency(random, made.inputs, component);
        std::vector<RandomJourney> history;
        analysis::Memo memo;
        for (int edit = 0; edit <= editsInSequence; ++edit) {
            const auto kept = analysis::analyseLatency(made.journey, made.inputs, someOptions(), {}, &memo).value();
            const auto fresh = analysis::analyseLatency(made.journey, made.inputs, someOptions()).value();
            withLaw += kept.law ? 1 : 0;
            QVERIFY2(kept == fresh, qPrintable(QStringLiteral("seed %1, edit %2").arg(seed).arg(edit)));
            history.push_back(made);
            if (random.chance(0.15))
                made = history[random.below(history.size())]; // undo
            else if (random.chance(0.3))
                setRandomLatency(random, made.inputs, made.components[random.below(made.components.size())]);
            else
                editRandomly(random, made);
        }
    }
    QVERIFY(withLaw > (lastSeed + 1 - firstSeed) * editsInSequence / 2);
}

void TestLatencyMemo::longSeries()
{
    Kept kept(200);
    const auto all = kept.computed();
    QVERIFY2(all >= 200, qPrintable(QString::number(all)));
    QCOMPARE(kept.computed(), 0ULL);

    // The call, its curve, eight merges and the series, on each grid.
    kept.change("c77", 5.01);
    const auto changed = kept.computed();
    QVERIFY2(changed > 0 && changed <= 2 * 11, qPrintable(QString::number(changed)));
}

/// What another law of one call would do is answered quickly, and leaves no trace.
void TestLatencyMemo::questionsAreForgotten()
{
    Kept kept(60);
    kept.computed();
    const auto bytes = kept.memo.statistics().lawBytes;
    const auto plain = analysis::analyseLatency(kept.journey, kept.inputs, someOptions()).value();
    for (const auto& step : std::get<journey::Series>(kept.journey.root->op).steps) {
        auto options = someOptions();
        options.scaled = {step->id, 1.02};
        const auto scaled = analysis::analyseLatency(kept.journey, kept.inputs, options, {}, &kept.memo).value();
        QCOMPARE(scaled, analysis::analyseLatency(kept.journey, kept.inputs, options).value());
        const auto& changed = scaled.law->independent.percentiles.front();
        QVERIFY(changed.nominal.value() > plain.law->independent.percentiles.front().nominal.value());
    }
    QCOMPARE(kept.memo.statistics().lawBytes, bytes);
    QCOMPARE(kept.computed(), 0ULL);
}

void TestLatencyMemo::stoppedRun()
{
    Kept kept(60);
    kept.computed();
    kept.change("c7", 5.01);
    std::stop_source source;
    source.request_stop();
    const base::Watch stopped(source.get_token());
    QVERIFY(!analysis::analyseLatency(kept.journey, kept.inputs, someOptions(), stopped, &kept.memo));
    const auto changed = kept.computed();
    QVERIFY2(changed > 0 && changed <= 2 * 9, qPrintable(QString::number(changed)));
}

/// Questions about parts, however many, leave the laws of the whole.
void TestLatencyMemo::outlivesQuestionsAboutParts()
{
    Kept kept(20);
    kept.computed();
    const auto& steps = std::get<journey::Series>(kept.journey.root->op).steps;
    for (int i = 0; i < 100; ++i) {
        auto options = someOptions();
        options.node = steps[static_cast<std::size_t>(i) % steps.size()]->id;
        QVERIFY(analysis::analyseLatency(kept.journey, kept.inputs, options, {}, &kept.memo));
    }
    QCOMPARE(kept.computed(), 0ULL);
}

/// What is not needed any more is forgotten after a while, and nothing else.
void TestLatencyMemo::forgets()
{
    Kept kept(40);
    kept.computed();
    const auto first = kept.memo.statistics().lawBytes;
    for (int i = 1; i <= 200; ++i) {
        kept.change("c7", 5 + 0.001 * i);
        const auto changed = kept.computed();
        QVERIFY2(changed > 0 && changed <= 2 * 9, qPrintable(QString::number(changed)));
    }
    QVERIFY2(kept.memo.statistics().lawBytes < 20 * first,
             qPrintable(QString::number(kept.memo.statistics().lawBytes)));
    kept.memo.clear();
    QCOMPARE(kept.memo.statistics().lawBytes, std::size_t(0));
}

QTEST_GUILESS_MAIN(TestLatencyMemo)
#include "tst_latency_memo.moc"
