// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/journey/reconcile.h"
#include "tests/journey/sketch.h"

#include <QtTest>

#include <rapidcheck.h>

#include <map>
#include <random>
#include <set>

using namespace emac;
using namespace emac::journey;
using emac::tests::contentText;
using emac::tests::JourneySketch;
using emac::tests::Sketch;

namespace {

/// Each node of the result with what it has from the old intent, whose nodes count from 0 in document order: "paya=2"
/// is node 2 itself, "race~1" has the NodeId of node 1 and another version, "payb+" is new.
QString handover(const Intent& old, const Intent& fresh)
{
    const auto reconciled = reconcile(old, fresh);
    const auto before = nodePlaces(old.journey);
    const auto read = nodePlaces(fresh.journey);
    const auto after = nodePlaces(reconciled.intent.journey);
    if (read.size() != after.size())
        return QStringLiteral("another number of nodes");
    QStringList lines;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto& node = after[i].node;
        auto line = QString::fromStdString(displayName(*node));
        const auto was = std::ranges::find(before, node->id, [](const NodePlace& place) { return place.node->id; });
        const auto entry = reconciled.handedOver.find(read[i].node->id);
        const bool listed = entry != reconciled.handedOver.end();
        if (was == before.end())
            line += listed ? QStringLiteral("+ but listed") : QStringLiteral("+");
        else if (!listed || entry->second != node->id)
            line += QStringLiteral(" not listed");
        else
            line += (was->node == node                     ? QLatin1Char('=')
                     : was->node->version != node->version ? QLatin1Char('~')
                                                           : QLatin1Char('?'))
                    + QString::number(was - before.begin());
        lines << line;
    }
    return lines.join(QLatin1Char(' '));
}

class Random
{
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) { }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(m_engine() % n); }
    bool oneIn(std::size_t n) { return below(n) == 0; }

private:
    std::mt19937_64 m_engine;
};

/// Trees with few components and few parameters, so that equal subtrees are many; and changes of them.
class Gardener
{
public:
    explicit Gardener(std::uint64_t seed) : m_random(seed) { }

    JourneySketch journey()
    {
        JourneySketch sketch{{node(4)}, {}};
        for (std::size_t i = m_random.below(3); i-- > 0;)
            sketch.fragments.emplace_back("f" + std::to_string(i), node(2));
        return sketch;
    }

    void change(JourneySketch& journey)
    {
        for (auto count = 1 + m_random.below(3); count-- > 0;) {
            if (!journey.fragments.empty() && m_random.oneIn(10))
                journey.fragments.front().first += "x";
            changeOne(pick(journey));
            if (m_random.oneIn(3))
                move(journey);
        }
    }

private:
    std::string word(std::vector<std::string> words) { return words[m_random.below(words.size())]; }
    Sketch leaf() { return {word({"a", "b", "c", "d", "e"}), "", newId(), {}}; }
    std::string newId() { return m_random.oneIn(8) ? "id" + std::to_string(m_ids++) : ""; }
    std::string count() { return std::to_string(1 + m_random.below(2)); }

    Sketch node(int depth)
    {
        if (depth == 0 || m_random.oneIn(4))
            return leaf();
        if (m_random.oneIn(3))
            return {word({"retry", "timeout", "optional"}), count(), newId(), {node(depth - 1)}};
        Sketch sketch{word({"series", "parallel", "race", "kofn", "branch", "fallback"}), "", newId(), {}};
        if (sketch.word == "race" || sketch.word == "kofn" || sketch.word == "branch")
            sketch.parameter = count();
        for (auto children = 2 + m_random.below(4); children-- > 0;)
            sketch.below.push_back(node(depth - 1));
        return sketch;
    }

    static void collect(Sketch& sketch, std::vector<Sketch*>& all)
    {
        all.push_back(&sketch);
        for (auto& child : sketch.below)
            collect(child, all);
    }

    Sketch& pick(JourneySketch& journey)
    {
        std::vector<Sketch*> all;
        collect(journey.tree.front(), all);
        for (auto& fragment : journey.fragments)
            collect(fragment.second, all);
        return *all[m_random.below(all.size())];
    }

    static bool isList(const Sketch& sketch) { return sketch.below.size() > 1; }

    void changeOne(Sketch& sketch)
    {
        switch (m_random.below(6)) {
        case 0:
            if (!sketch.parameter.empty())
                sketch.parameter = sketch.parameter == "1" ? "2" : "1";
            break;
        case 1:
            if (isList(sketch))
                sketch.below.insert(sketch.below.begin() + offset(sketch), node(1));
            break;
        case 2:
            if (sketch.below.size() > 2)
                sketch.below.erase(sketch.below.begin() + offset(sketch));
            break;
        case 3:
            sketch = Sketch{"retry", count(), newId(), {sketch}};
            break;
        case 4:
            sketch.id = sketch.id.empty() ? newId() : "";
            break;
        default:
            if (isList(sketch))
                std::swap(sketch.below.front(), sketch.below.back());
            else if (sketch.below.empty())
                sketch.word = word({"a", "b", "z"});
            break;
        }
    }

    /// Takes a child from one list to another one, which may lie in a fragment.
    void move(JourneySketch& journey)
    {
        auto& from = pick(journey);
        if (from.below.size() < 3)
            return;
        const auto at = from.below.begin() + offset(from);
        const auto moved = *at;
        from.below.erase(at);
        auto& to = pick(journey);
        if (isList(to))
            to.below.push_back(moved);
    }

    std::ptrdiff_t offset(const Sketch& sketch)
    {
        return static_cast<std::ptrdiff_t>(m_random.below(sketch.below.size()));
    }

    Random m_random;
    int m_ids = 0;
};

struct Pair
{
    Intent old;
    Intent fresh;
};

Pair randomPair(std::uint64_t seed)
{
    Gardener gardener(seed);
    auto sketch = gardener.journey();
    const auto old = sketch.build();
    gardener.change(sketch);
    return {old, sketch.build()};
}

std::map<std::string, int> countedContents(const Intent& intent)
{
    std::map<std::string, int> counted;
    for (const auto& place : nodePlaces(intent.journey))
        ++counted[contentText(*place.node)];
    return counted;
}

ComponentPtr component(const std::string& name, const char* availability = nullptr)
{
    Component made;
    made.name = name;
    if (availability != nullptr)
        made.inlineAvailability = base::Ratio(base::Decimal::parse(availability).value());
    made.version = newVersion();
    return std::make_shared<const Component>(std::move(made));
}

} // namespace

class TestReconcile : public QObject
{
    Q_OBJECT

private slots:
    void identitiesHandedOver_data();
    void identitiesHandedOver();
    void notesAreContent();
    void componentsOfEqualContentStayTheSame();
    void everyMemberOfAComponentIsContent();
    void whatIsNotTheTreeIsThatOfTheFreshIntent();
    void deepAndWideTrees();
    void anEqualJourneyIsTheOldOneItself();
    void noNodeIdIsThereTwice();
    void theContentIsThatOfTheFreshIntent();
    void whatIsInBothKeepsItsNode();
    void versionsDifferWhereContentDiffers();
    void explicitIdsKeepTheirNode();
};

void TestReconcile::identitiesHandedOver_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* before, const char* now, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(before) << QString::fromLatin1(now) << QString::fromLatin1(expected);
    };
    row("nothing changed", "series(a, race(b, c)); f=use:g; g=d", "series(a, race(b, c)); f=use:g; g=d",
        "series=0 a=1 race=2 b=3 c=4 g=5 d=6");
    row("from an empty journey", "", "series(a, b)", "series+ a+ b+");
    row("to an empty journey", "series(a, b)", "", "");

    row("a parameter", "series(a, retry:2(b))", "series(a, retry:3(b))", "series~0 a=1 retry~2 b=3");
    row("a choice's probability", "branch:1(a, b)", "branch:2(a, b)", "branch~0 a=1 b=2");
    row("a call of another component", "series(a, race(b, c))", "series(a, race(b, z))", "series~0 a=1 race~2 b=3 z~4");
    row("the only call", "a", "b", "b~0");
    row("two calls at once", "series(a, b, c)", "series(a, y, z)", "series~0 a=1 y~2 z~3");
    row("another operator is another node", "series(a, race(b, c))", "series(a, parallel(b, c))",
        "series~0 a=1 parallel+ b=3 c=4");

    row("a step inserted first", "series(a, b)", "series(x, a, b)", "series~0 x+ a=1 b=2");
    row("a step inserted last", "series(a, b)", "series(a, b, x)", "series~0 a=1 b=2 x+");
    row("a step removed", "series(a, b, c)", "series(a, c)", "series~0 a=1 c=3");
    row("a copy inserted", "series(race(a, b), c)", "series(race(a, b), race(a, b), c)",
        "series~0 race=1 a=2 b=3 race+ a+ b+ c=4");
    row("a copy elsewhere leaves the old place its node", "series(x, retry:2(a))", "series(a, x, retry:2(a))",
        "series~0 a+ x=1 retry=2 a=3");

    row("siblings swapped", "series(a, race(b, c))", "series(race(b, c), a)", "series~0 race=2 b=3 c=4 a=1");
    row("moved into another operator", "series(race(a, b), parallel(c, d))", "series(race(a, b, c), d)",
        "series~0 race~1 a=2 b=3 c=5 d=6");
    row("a subtree moved", "series(retry:2(race(a, b)), timeout:9(c))", "series(retry:2(c), timeout:9(race(a, b)))",
        "series~0 retry~1 c=6 timeout~5 race=2 a=3 b=4");
    row("moved into a fragment", "series(a, race(b, c)); f=d", "series(a, use:f); f=race(b, c)",
        "series~0 a=1 f+ race=2 b=3 c=4");

    row("equal siblings stay where they are", "series(a, a, b)", "series(a, a, c)", "series~0 a=1 a=2 c~3");
    row("one of two equal siblings removed", "series(a, a, b)", "series(a, b)", "series~0 a=1 b=3");
    row("equal calls in changed operators", "series(retry:1(a), timeout:1(a))", "series(timeout:2(a), retry:2(a))",
        "series~0 timeout~3 a=4 retry~1 a=2");
    row("equal subtrees in changed operators", "series(retry:1(b), race(a, a)); f=race(a, a)",
        "series(retry:2(b), race(a, a)); f=race(a, a)", "series~0 retry~1 b=2 race=3 a=4 a=5 race=6 a=7 a=8");

    row("wrapped in a retry", "series(a, race(b, c))", "series(a, retry:2(race(b, c)))",
        "series~0 a=1 retry+ race=2 b=3 c=4");
    row("the whole wrapped", "series(a, b)", "timeout:9(series(a, b))", "timeout+ series=0 a=1 b=2");
    row("unwrapped", "series(a, retry:2(race(b, c)))", "series(a, race(b, c))", "series~0 a=1 race=3 b=4 c=5");
    row("a series dissolved", "series(a, series(b, c))", "series(a, b, c)", "series~0 a=1 b=3 c=4");

    row("an id keeps its node whatever it becomes", "series(race[pay](a, b), c)", "series(retry:3[pay](z), c)",
        "series~0 pay~1 z~2 c=4");
    row("ids swapped", "series(race[x](a, b), race[y](c, d))", "series(race[y](a, b), race[x](c, d))",
        "series~0 y~4 a=2 b=3 x~1 c=5 d=6");
    row("an id moved with its content", "series(race[x](a, b), parallel(c, race[y](d, e)))",
        "series(race[y](d, e), parallel(c, race[x](a, b)))", "series~0 y=6 d=7 e=8 parallel~4 c=5 x=1 a=2 b=3");
    row("an id added", "series(race(a, b), race(c, d))", "series(race[x](a, b), race(c, d))",
        "series~0 x~1 a=2 b=3 race=4 c=5 d=6");
    row("an id removed", "series(a, race[x](b, c))", "series(a, race(b, c))", "series~0 a=1 race~2 b=3 c=4");
    row("an id changed", "series(a[x], b)", "series(a[y], b)", "series~0 y~1 b=2");
    row("an id inside what is equal", "series(race(a[x], b), c)", "series(z, race(a[x], b), c)",
        "series~0 z+ race=1 x=2 b=3 c=4");
    row("a doubled id names nothing", "series(a[x], b[x])", "series(a[x], c, b[x])", "series~0 x=1 c+ x=2");
    row("an id that another node's place key looks like", "series(a, race(b, c))", "series(z[race], race(b, d))",
        "series~0 race~1 race~2 b=3 d~4");

    row("a fragment renamed", "use:f; f=race(a, b)", "use:g; g=race(a, b)", "g~0 race=1 a=2 b=3");
    row("a fragment changed", "use:f; f=race(a, b)", "use:f; f=race(a, c)", "f=0 race~1 a=2 c~3");
    row("fragments in another order", "a; f=race(a, b); g=retry:2(c)", "a; g=retry:2(c); f=race(a, b)",
        "a=0 retry=4 c=5 race=1 a=2 b=3");
    row("a fragment's body replaced by another call", "use:f; f=a", "use:f; f=b", "f=0 b~1");
    row("a fragment inlined", "series(a, use:f); f=race(b, c)", "series(a, race(b, c))", "series~0 a=1 race=3 b=4 c=5");
}

void TestReconcile::identitiesHandedOver()
{
    QFETCH(QString, before);
    QFETCH(QString, now);
    const auto old = JourneySketch::parse(before.toStdString()).build();
    const auto fresh = JourneySketch::parse(now.toStdString()).build();
    QTEST(handover(old, fresh), "expected");
}

void TestReconcile::notesAreContent()
{
    Intent old;
    old.journey.root = makeExpression(Retry{2, {}, makeExpression(Call{"a"}, {}, "slow")});
    Intent fresh;
    fresh.journey.root = makeExpression(Retry{2, {}, makeExpression(Call{"a"}, {}, "very slow")});
    QCOMPARE(handover(old, fresh), QStringLiteral("retry~0 a~1"));
    fresh.journey.root = makeExpression(Retry{2, base::Duration(0), makeExpression(Call{"a"}, {}, "slow")});
    QCOMPARE(handover(old, fresh), QStringLiteral("retry~0 a=1"));
}

void TestReconcile::componentsOfEqualContentStayTheSame()
{
    Intent old;
    old.journey.components = Components({component("a", "0.9"), component("b", "0.8"), component("c")});
    Intent fresh;
    fresh.journey.components =
        Components({component("c"), component("b", "0.81"), component("a", "0.9"), component("d")});
    const auto& before = old.journey.components;
    const auto& read = fresh.journey.components;
    const auto result = reconcile(old, fresh).intent.journey.components;
    const std::vector<ComponentPtr> expected{before.find("c"), read.find("b"), before.find("a"), read.find("d")};
    QVERIFY(result.list() == expected);
    QCOMPARE(result.find("b"), read.find("b"));

    fresh.journey.components = Components({component("a", "0.9"), component("b", "0.80"), component("c")});
    QVERIFY(reconcile(old, fresh).intent.journey.components.list() == before.list());
}

void TestReconcile::everyMemberOfAComponentIsContent()
{
    using Change = void (*)(Component&);
    const std::vector<Change> changes{
        [](Component& c) { c.name = "other"; },
        [](Component& c) { c.kind = "external_dependency"; },
        [](Component& c) { c.notes = "note"; },
        [](Component& c) { c.atomicSloRef = "openslo:a"; },
        [](Component& c) { c.latencySloRef = "openslo:a"; },
        [](Component& c) { c.inlineAvailability = base::Ratio(base::Decimal::fromDouble(0.5)); },
        [](Component& c) {
            c.observed = Observed{1, 2};
        },
        [](Component& c) { c.independentCalls = false; },
        [](Component& c) { c.failure.kind = FailureTime::Kind::Immediate; },
        [](Component& c) { c.latency = ConstantLatency{base::Duration(5)}; },
        [](Component& c) { c.failureDomains = {"k8s/zone:a"}; },
        [](Component& c) {
            c.telemetry = Telemetry{"a", {}, {}};
        },
    };
    const auto plain = component("a");
    for (std::size_t i = 0; i < changes.size(); ++i) {
        Component changed = *plain;
        changed.version = newVersion();
        QVERIFY2(equalContent(*plain, changed), "the version is no content");
        changes[i](changed);
        QVERIFY2(!equalContent(*plain, changed), qPrintable(QString::number(i)));
    }
}

void TestReconcile::whatIsNotTheTreeIsThatOfTheFreshIntent()
{
    auto old = JourneySketch::parse("a").build();
    old.name = "old";
    old.journey.domainRules = {{"zone", "", "", "", "", {}}};
    auto fresh = JourneySketch::parse("a").build();
    fresh.name = "fresh";
    fresh.expectedEvents = 7;
    fresh.journey.domainRules = {{"region", "", "", "", "", {}}};
    const auto result = reconcile(old, fresh).intent;
    QCOMPARE(result.name, fresh.name);
    QCOMPARE(result.expectedEvents, fresh.expectedEvents);
    QVERIFY(result.journey.domainRules == fresh.journey.domainRules);
    QCOMPARE(result.journey.root, old.journey.root);
}

void TestReconcile::deepAndWideTrees()
{
    // The language's limit of nesting, above many equal calls: one changed in the midst of them.
    const auto tree = [](const char* middle) {
        Sketch wide{"series", "", "", {}};
        for (int i = 0; i < 2000; ++i)
            wide.below.push_back({i == 1000 ? middle : "a", "", "", {}});
        for (int depth = 0; depth < 199; ++depth)
            wide = Sketch{"retry", "2", "", {wide}};
        return JourneySketch{{wide}, {}}.build();
    };
    const auto old = tree("b");
    const auto result = reconcile(old, tree("c")).intent;
    const auto before = nodePlaces(old.journey);
    const auto after = nodePlaces(result.journey);
    QCOMPARE(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        const bool onTheSpine = i < 200 || i == 1200;
        QCOMPARE(after[i].node->id, before[i].node->id);
        QCOMPARE(after[i].node == before[i].node, !onTheSpine);
    }
}

void TestReconcile::anEqualJourneyIsTheOldOneItself()
{
    QVERIFY(rc::check("all pointers are equal", [](std::uint64_t seed) {
        const auto sketch = Gardener(seed).journey();
        const auto old = sketch.build();
        const auto same = reconcile(old, sketch.build());
        RC_ASSERT(same.intent.journey.root == old.journey.root);
        for (std::size_t i = 0; i < old.journey.fragments.size(); ++i)
            RC_ASSERT(same.intent.journey.fragments[i].body == old.journey.fragments[i].body);
        RC_ASSERT(same.handedOver.size() == nodePlaces(old.journey).size());
    }));
}

void TestReconcile::noNodeIdIsThereTwice()
{
    QVERIFY(rc::check("over the tree and all fragments", [](std::uint64_t seed) {
        const auto [old, fresh] = randomPair(seed);
        const auto places = nodePlaces(reconcile(old, fresh).intent.journey);
        std::set<NodeId> ids;
        for (const auto& place : places)
            ids.insert(place.node->id);
        RC_ASSERT(ids.size() == places.size());
    }));
}

void TestReconcile::theContentIsThatOfTheFreshIntent()
{
    QVERIFY(rc::check("of the tree and of all fragments", [](std::uint64_t seed) {
        const auto [old, fresh] = randomPair(seed);
        const auto result = reconcile(old, fresh).intent;
        RC_ASSERT(equalContent(result.journey.root, fresh.journey.root));
        RC_ASSERT(result.journey.fragments.size() == fresh.journey.fragments.size());
        for (std::size_t i = 0; i < fresh.journey.fragments.size(); ++i) {
            RC_ASSERT(result.journey.fragments[i].name == fresh.journey.fragments[i].name);
            RC_ASSERT(equalContent(result.journey.fragments[i].body, fresh.journey.fragments[i].body));
        }
    }));
}

void TestReconcile::whatIsInBothKeepsItsNode()
{
    QVERIFY(rc::check("as many nodes of each content as there are in both", [](std::uint64_t seed) {
        const auto [old, fresh] = randomPair(seed);
        std::set<ExpressionPtr> oldNodes;
        for (const auto& place : nodePlaces(old.journey))
            oldNodes.insert(place.node);
        std::map<std::string, int> kept;
        for (const auto& place : nodePlaces(reconcile(old, fresh).intent.journey)) {
            if (oldNodes.contains(place.node))
                ++kept[contentText(*place.node)];
        }
        std::map<std::string, int> inBoth;
        const auto now = countedContents(fresh);
        for (const auto& [content, count] : countedContents(old)) {
            if (const auto found = now.find(content); found != now.end())
                inBoth[content] = std::min(count, found->second);
        }
        RC_ASSERT(kept == inBoth);
    }));
}

void TestReconcile::versionsDifferWhereContentDiffers()
{
    QVERIFY(rc::check("of nodes with one NodeId", [](std::uint64_t seed) {
        const auto [old, fresh] = randomPair(seed);
        std::map<NodeId, ExpressionPtr> before;
        std::set<Version> versions;
        for (const auto& place : nodePlaces(old.journey)) {
            before.emplace(place.node->id, place.node);
            versions.insert(place.node->version);
        }
        for (const auto& place : nodePlaces(reconcile(old, fresh).intent.journey)) {
            const auto was = before.find(place.node->id);
            const bool same = was != before.end() && contentText(*was->second) == contentText(*place.node);
            RC_ASSERT((was != before.end() && was->second == place.node) == same);
            RC_ASSERT(versions.contains(place.node->version) == same);
        }
    }));
}

void TestReconcile::explicitIdsKeepTheirNode()
{
    QVERIFY(rc::check("where both have the id once", [](std::uint64_t seed) {
        const auto [old, fresh] = randomPair(seed);
        std::map<std::string, std::vector<NodeId>> before;
        std::map<std::string, std::vector<NodeId>> after;
        for (const auto& place : nodePlaces(old.journey))
            before[place.node->name].push_back(place.node->id);
        for (const auto& place : nodePlaces(reconcile(old, fresh).intent.journey))
            after[place.node->name].push_back(place.node->id);
        for (const auto& [name, ids] : after) {
            const auto was = before.find(name);
            if (!name.empty() && ids.size() == 1 && was != before.end() && was->second.size() == 1)
                RC_ASSERT(ids == was->second);
        }
    }));
}

QTEST_GUILESS_MAIN(TestReconcile)
#include "tst_reconcile.moc"
