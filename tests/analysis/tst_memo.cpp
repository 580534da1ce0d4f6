// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/random_edits.h"

#include <QTest>

#include <bit>

using namespace emac;
using namespace emac::tests;

/// A kept memo gives the results of none, bit for bit, and computes what has changed only.
class TestMemo : public QObject
{
    Q_OBJECT

private slots:
    void keptEqualsCleared();
    void longSeries_data();
    void longSeries();
    void nested();
    void repeatedComponents();
    void sharedDomains();
    void stoppedRun();
    void forgets();
};

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t sequences = 100;
#else
constexpr std::uint64_t sequences = 2000;
#endif
constexpr int editsInSequence = 30;

bool sameBits(const analysis::Unavailability& a, const analysis::Unavailability& b)
{
    return std::bit_cast<std::uint64_t>(a.best) == std::bit_cast<std::uint64_t>(b.best)
           && std::bit_cast<std::uint64_t>(a.worst) == std::bit_cast<std::uint64_t>(b.worst);
}

bool sameBits(const analysis::NodeAvailability& a, const analysis::NodeAvailability& b)
{
    return a == b && sameBits(a.sharedFate, b.sharedFate) && sameBits(a.envelope.failure, b.envelope.failure)
           && (!a.independent || sameBits(*a.independent, *b.independent));
}

bool sameBits(const analysis::Analysis& a, const analysis::Analysis& b)
{
    return a.notes == b.notes && a.commonCauseMissing == b.commonCauseMissing
           && a.journey.has_value() == b.journey.has_value() && (!a.journey || sameBits(*a.journey, *b.journey))
           && a.nodes.size() == b.nodes.size() && std::ranges::all_of(a.nodes, [&](const auto& entry) {
                  const auto* other = b.find(entry.first);
                  return other != nullptr && sameBits(entry.second, *other);
              });
}

/// A journey whose analyses share a memo.
struct Kept
{
    journey::Journey journey;
    journey::Inputs inputs;
    analysis::Memo memo;

    /// What was computed; the result is that of no memo.
    std::uint64_t computed()
    {
        const auto kept = analysis::analyse(journey, inputs, {}, &memo).value();
        return sameBits(kept, analysis::analyse(journey, inputs).value()) ? memo.statistics().computed : ~0ULL;
    }
};

/// c0, c1, … in zones of their own
List newCalls(journey::Inputs& inputs, int count)
{
    List calls;
    for (int i = 0; i < count; ++i) {
        const auto name = numbered("c", inputs.size());
        inputs.set(name, withDomains(point(1e-4), {"zone:" + name}));
        calls.push_back(call(name));
    }
    return calls;
}

} // namespace

void TestMemo::keptEqualsCleared()
{
    std::uint64_t commonCauses = 0;
    for (std::uint64_t seed = 1; seed <= sequences; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        options.repeatable = seed % 50 == 0 ? 40 : random.below(7);
        options.unique = 40;
        options.calls = seed % 50 == 0 ? 80 : random.between(1, 40);
        options.domains = random.chance(0.8);
        options.choiceRanges = random.chance(0.5);
        auto made = randomJourney(random, options);
        if (seed % 4 == 0)
            made.journey.domainRules = {{"net", {}, {}, {}, {}, ratio("0.9999")},
                                        {"cluster", {}, {}, {}, {}, ratio("0.999")}};
        analysis::DiagramLimits limits;
        limits.nodes = seed % 10 == 0 ? 30 : limits.nodes;
        std::vector<RandomJourney> history;
        analysis::Memo memo;
        for (int edit = 0; edit <= editsInSequence; ++edit) {
            const auto kept = analysis::analyse(made.journey, made.inputs, {}, &memo, limits).value();
            const auto fresh = analysis::analyse(made.journey, made.inputs, {}, nullptr, limits).value();
            commonCauses += kept.journey && kept.journey->commonCause ? 1 : 0;
            QVERIFY2(sameBits(kept, fresh), qPrintable(QStringLiteral("seed %1, edit %2").arg(seed).arg(edit)));
            history.push_back(made);
            if (random.chance(0.15))
                made = history[random.below(history.size())]; // undo
            else
                editRandomly(random, made);
        }
    }
    QVERIFY(commonCauses > sequences);
}

void TestMemo::longSeries_data()
{
    QTest::addColumn<int>("changed");
    QTest::newRow("first") << 0;
    QTest::newRow("middle") << 500;
    QTest::newRow("last") << 999;
}

/// Two laws, ten levels of a tree over 1,000 calls.
void TestMemo::longSeries()
{
    QFETCH(int, changed);
    Kept kept;
    auto steps = newCalls(kept.inputs, 1000);
    kept.journey.root = series(steps);
    QCOMPARE(kept.computed(), 2 * 999ULL);
    QCOMPARE(kept.computed(), 0ULL);

    kept.inputs.set(numbered("c", static_cast<std::size_t>(changed)), point(0.01));
    const auto afterValue = kept.computed();
    QVERIFY2(afterValue > 0 && afterValue <= 2 * 10, qPrintable(QString::number(afterValue)));

    steps[static_cast<std::size_t>(changed)] = call("other");
    kept.inputs.set("other", point(0.02));
    kept.journey.root = journey::replaced(*kept.journey.root, journey::Series{steps});
    const auto afterCall = kept.computed();
    QVERIFY2(afterCall > 0 && afterCall <= 2 * 10, qPrintable(QString::number(afterCall)));
}

/// 1,000 calls in 10 parallels of 10 races of 10, and each in a timeout.
void TestMemo::nested()
{
    Kept kept;
    List outer;
    for (int i = 0; i < 10; ++i) {
        List middle;
        for (int j = 0; j < 10; ++j)
            middle.push_back(timeout(race(newCalls(kept.inputs, 10))));
        outer.push_back(parallel(middle));
    }
    kept.journey.root = series(outer);
    const auto all = kept.computed();
    QCOMPARE(all, 100 * (2 * 9ULL + 1) + 11 * 2 * 9ULL);
    QCOMPARE(kept.computed(), 0ULL);

    // Four merges in each of three operators, for two laws, and one grouping.
    kept.inputs.set("c345", point(0.5));
    const auto computed = kept.computed();
    QVERIFY2(computed > 0 && computed <= 2 * 3 * 4 + 1, qPrintable(QString::number(computed)));
}

/// The diagram of repeated components is built again only where the module has another form.
void TestMemo::repeatedComponents()
{
    Kept kept;
    auto steps = newCalls(kept.inputs, 20);
    for (std::size_t i = 0; i + 1 < 6; ++i)
        steps.push_back(race({call(numbered("c", i)), call(numbered("c", i + 1))}));
    kept.journey.root = series(steps);
    kept.computed();
    QCOMPARE(kept.computed(), 0ULL);

    kept.inputs.set("c15", point(0.01)); // called once: four merges and, without the repeated ones, five
    const auto outside = kept.computed();
    QVERIFY2(outside > 0 && outside <= 5 + 4, qPrintable(QString::number(outside)));

    kept.inputs.set("c3", point(0.01)); // called three times
    const auto inside = kept.computed();
    // Two races, their groups and the series above them; a diagram would be seven gates more.
    QVERIFY2(inside > 0 && inside <= 16, qPrintable(QString::number(inside)));

    steps.push_back(race({call("c1"), call("c4")}));
    kept.journey.root = journey::replaced(*kept.journey.root, journey::Series{steps});
    const auto changed = kept.computed();
    QVERIFY2(changed >= 7, qPrintable(QString::number(changed))); // a gate for each race, and theirs
}

/// A domain that two branches far apart come to share is not missed.
void TestMemo::sharedDomains()
{
    Kept kept;
    const auto calls = newCalls(kept.inputs, 4);
    kept.journey.root = race({series({calls[0], calls[1]}), series({calls[2], calls[3]})});
    kept.computed();
    kept.inputs.set("c1", withDomains(point(1e-4), {"zone:c2"}));
    QCOMPARE(kept.computed(), 2ULL); // one grouping, and another product under shared fate
    QVERIFY(analysis::analyse(kept.journey, kept.inputs, {}, &kept.memo)->journey->sharesFate);
}

void TestMemo::stoppedRun()
{
    Kept kept;
    kept.journey.root = series(newCalls(kept.inputs, 100));
    kept.computed();
    kept.inputs.set("c7", point(0.3));
    std::stop_source source;
    source.request_stop();
    QVERIFY(!analysis::analyse(kept.journey, kept.inputs, base::Watch(source.get_token()), &kept.memo));
    QVERIFY(kept.computed() <= 2 * 7);
}

/// What was deleted is found again for a while, and then forgotten.
void TestMemo::forgets()
{
    Kept kept;
    const auto part = series(newCalls(kept.inputs, 100));
    const auto whole = race({part, call("other")});
    kept.journey.root = whole;
    const auto all = kept.computed();

    kept.journey.root = call("other");
    kept.computed();
    kept.journey.root = whole;
    QCOMPARE(kept.computed(), 0ULL);

    kept.journey.root = call("other");
    for (int i = 0; i < 40; ++i)
        kept.computed();
    QCOMPARE(kept.memo.statistics().operators, std::size_t{0});
    kept.journey.root = whole;
    QCOMPARE(kept.computed(), all);

    kept.memo.clear();
    QCOMPARE(kept.computed(), all);
}

QTEST_GUILESS_MAIN(TestMemo)
#include "tst_memo.moc"
