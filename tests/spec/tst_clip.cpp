// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/journey/rewrite.h"
#include "core/journey/structure.h"
#include "core/spec/clip.h"
#include "core/spec/read.h"
#include "tests/journey/random_intent.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>
#include <set>

using namespace emac;
using journey::NodeId;

namespace {

journey::Intent shop()
{
    const auto read = spec::readIntent("apiVersion: emac.dev/v1alpha1\n"
                                       "kind: JourneyIntent\n"
                                       "metadata: {name: shop}\n"
                                       "spec:\n"
                                       "  operator:\n"
                                       "    type: series\n"
                                       "    steps:\n"
                                       "      - ref: front\n"
                                       "      - {type: retry, id: again, attempts: 3, body: {ref: cart}}\n"
                                       "      - use: payment\n"
                                       "  fragments:\n"
                                       "    payment: {type: race, branches: [{ref: paya}, {use: cards}]}\n"
                                       "    cards: {ref: bank, notes: 'slow: at night'}\n"
                                       "    unused: {ref: front}\n"
                                       "  components:\n"
                                       "    front: {kind: service}\n"
                                       "    cart: {availability: 0.999, failureDomains: ['zone:a']}\n"
                                       "    paya: {failureDomains: [network]}\n"
                                       "    bank: {}\n"
                                       "  failureDomains:\n"
                                       "    rules:\n"
                                       "      - {name: zone, kind: declared, availability: 0.9999}\n"
                                       "      - {name: network, kind: declared}\n",
                                       "shop.yaml");
    return read.value->intent;
}

NodeId idOf(const journey::Journey& journey, const std::string& name)
{
    for (const auto& place : journey::nodePlaces(journey)) {
        if (journey::displayName(*place.node) == name)
            return place.node->id;
    }
    return {};
}

QString said(const base::Diagnostics& diagnostics)
{
    QStringList all;
    for (const auto& diagnostic : diagnostics)
        all << QString::fromStdString(base::toString(diagnostic));
    return all.join(u'\n');
}

/// The steps of a root: itself, where it is no series.
std::vector<journey::ExpressionPtr> stepsOf(const journey::ExpressionPtr& root)
{
    const auto* series = std::get_if<journey::Series>(&root->op);
    return series != nullptr ? series->steps : std::vector{root};
}

bool equalLists(const std::vector<journey::ExpressionPtr>& a, const std::vector<journey::ExpressionPtr>& b)
{
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return journey::equalContent(x, y); });
}

/// The node without the explicit ids in it.
journey::ExpressionPtr unnamed(const journey::ExpressionPtr& node)
{
    auto below = journey::children(*node);
    std::ranges::transform(below, below.begin(), [](const auto& child) { return unnamed(child); });
    return journey::makeExpression(journey::withChildren(node->op, std::move(below)), {}, node->notes);
}

std::vector<journey::ExpressionPtr> unnamed(std::vector<journey::ExpressionPtr> nodes)
{
    for (auto& node : nodes)
        node = unnamed(node);
    return nodes;
}

} // namespace

/// What a clipboard holds.
class TestClip : public QObject
{
    Q_OBJECT

private slots:
    void holdsWhatTheNodesNeed();
    void aComponentAlone();
    void typedByHand_data();
    void typedByHand();
    void refusesInWords_data();
    void refusesInWords();
    void usesWhatIsThere();
    void bringsWhatIsMissing();
    void dropsIdsThatAreTaken();
    void anIdStaysWithItsFragment();
    void theWholeIsOneEdit();
    void aCopyIsEqual();
    void anyTextIsReadOrRefused();
};

void TestClip::holdsWhatTheNodesNeed()
{
    const auto journey = shop().journey;
    QCOMPARE(QString::fromStdString(spec::writeClip(journey, {idOf(journey, "again")})),
             QStringLiteral("steps:\n"
                            "  - type: retry\n"
                            "    id: again\n"
                            "    attempts: 3\n"
                            "    body: {ref: cart}\n"
                            "components:\n"
                            "  cart:\n"
                            "    availability: 0.999\n"
                            "    failureDomains: [zone:a]\n"
                            "failureDomains:\n"
                            "  rules:\n"
                            "    - name: zone\n"
                            "      kind: declared\n"
                            "      availability: 0.9999\n"));
    const auto clip =
        spec::readClip(spec::writeClip(journey, {idOf(journey, "payment"), idOf(journey, "front")}), "clip");
    QVERIFY2(clip.value, qPrintable(said(clip.diagnostics)));
    std::vector<std::string> names;
    for (const auto& node : clip.value->nodes)
        names.push_back(journey::expressionText(node));
    QCOMPARE(names, (std::vector<std::string>{"front", "Use(payment)"})); // in document order
    names.clear();
    for (const auto& fragment : clip.value->fragments)
        names.push_back(fragment.name);
    QCOMPARE(names, (std::vector<std::string>{"payment", "cards"}));
    names.clear();
    for (const auto& component : clip.value->components)
        names.push_back(component.name);
    QCOMPARE(names, (std::vector<std::string>{"front", "paya", "bank"}));
    QCOMPARE(clip.value->rules.size(), 1U);
    QCOMPARE(clip.value->rules.front().name, "network");
    QVERIFY(spec::writeClip(journey, {}).empty());
    QVERIFY(spec::writeClip(journey, {journey::newNodeId()}).empty());
}

void TestClip::aComponentAlone()
{
    const auto cart = shop().journey.components.find("cart");
    const auto clip = spec::readClip(spec::writeClip(*cart), "clip");
    QVERIFY2(clip.value, qPrintable(said(clip.diagnostics)));
    QCOMPARE(journey::expressionText(clip.value->nodes.front()), "cart");
    QVERIFY(journey::equalContent(clip.value->components.at(0), *cart));
}

void TestClip::typedByHand_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("nodes");
    QTest::newRow("a call") << QByteArray("ref: cart") << QStringLiteral("cart");
    QTest::newRow("a use") << QByteArray("{use: payment}") << QStringLiteral("Use(payment)");
    QTest::newRow("an operator") << QByteArray("type: race\nbranches: [{ref: a}, {ref: b}]\n")
                                 << QStringLiteral("Race(a, b)");
    QTest::newRow("a series is one node")
        << QByteArray("type: series\nsteps: [{ref: a}, {ref: b}]\n") << QStringLiteral("Series(a, b)");
    QTest::newRow("a list") << QByteArray("- ref: a\n- ref: b\n") << QStringLiteral("a b");
    QTest::newRow("a list of one") << QByteArray("- ref: a\n") << QStringLiteral("a");
    QTest::newRow("indented") << QByteArray("      - ref: a\n      - use: f\n") << QStringLiteral("a Use(f)");
    QTest::newRow("steps alone") << QByteArray("steps: [{ref: a}]") << QStringLiteral("a");
    QTest::newRow("comments") << QByteArray("# what we need\nref: a # the first\n") << QStringLiteral("a");
    QTest::newRow("an alias") << QByteArray("- &x {ref: a}\n- *x\n") << QStringLiteral("a a");
    QTest::newRow("named like the placeholder")
        << QByteArray("- ref: clip\n- use: x\n") << QStringLiteral("clip Use(x)");
}

void TestClip::typedByHand()
{
    QFETCH(const QByteArray, text);
    const auto clip = spec::readClip(text.toStdString(), "clip");
    QVERIFY2(clip.value, qPrintable(said(clip.diagnostics)));
    QStringList nodes;
    for (const auto& node : clip.value->nodes)
        nodes << QString::fromStdString(journey::expressionText(node));
    QTEST(nodes.join(u' '), "nodes");
    QVERIFY(clip.value->components.empty());
    QVERIFY(clip.value->fragments.empty());
}

void TestClip::refusesInWords_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("EMAC-213");
    QTest::newRow("a word") << QByteArray("hello") << QStringLiteral("EMAC-213");
    QTest::newRow("only components") << QByteArray("components: {a: {}}") << QStringLiteral("EMAC-213");
    QTest::newRow("no steps") << QByteArray("steps: []") << QStringLiteral("EMAC-");
    QTest::newRow("no list") << QByteArray("[]") << QStringLiteral("EMAC-");
    QTest::newRow("steps are a word") << QByteArray("steps: a") << QStringLiteral("EMAC-");
    QTest::newRow("another mapping") << QByteArray("a: b") << QStringLiteral("EMAC-");
    QTest::newRow("broken") << QByteArray("{ref: [") << QStringLiteral("EMAC-");
    QTest::newRow("no UTF-8") << QByteArray("ref: \xff") << QStringLiteral("EMAC-");
    QTest::newRow("a step without body") << QByteArray("{type: retry, attempts: 2}") << QStringLiteral("EMAC-212");
    QTest::newRow("one id twice") << QByteArray("- {ref: a, id: x}\n- {ref: b, id: x}\n") << QStringLiteral("EMAC-");
    QTest::newRow("a fragment in itself")
        << QByteArray("steps: [{use: f}]\nfragments: {f: {type: retry, attempts: 2, body: {use: f}}}")
        << QStringLiteral("EMAC-");
    QTest::newRow("a probability above 1")
        << QByteArray("steps: [{ref: a}]\ncomponents: {a: {availability: 7}}") << QStringLiteral("EMAC-");
    QTest::newRow("too large") << QByteArray(5 << 20, ' ') << QStringLiteral("EMAC-");
}

void TestClip::refusesInWords()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, code);
    const auto clip = spec::readClip(text.toStdString(), "clip");
    QVERIFY(!clip.value);
    QVERIFY(base::hasErrors(clip.diagnostics));
    QVERIFY2(said(clip.diagnostics).contains(code), qPrintable(said(clip.diagnostics)));
}

void TestClip::usesWhatIsThere()
{
    const auto journey = shop().journey;
    const auto clip = spec::readClip(spec::writeClip(journey, {journey.root->id}), "clip");
    auto same = spec::fitted(*clip.value, journey);
    QVERIFY(same.kept.empty());
    QVERIFY(same.cargo.components.empty());
    QVERIFY(same.cargo.fragments.empty());
    QVERIFY(same.rules.empty());

    // Others of the same names.
    auto other = journey;
    other.components =
        other.components.with(std::make_shared<const journey::Component>(journey::componentNamed("cart")));
    other.fragments[0].body = journey::makeExpression(journey::Call{"front"});
    const auto kept = spec::fitted(*clip.value, other);
    QCOMPARE(kept.kept, (std::vector<std::string>{"payment", "cart"}));
    QVERIFY(kept.cargo.components.empty());
    QVERIFY(kept.cargo.fragments.empty());
}

void TestClip::bringsWhatIsMissing()
{
    const auto from = shop();
    const auto clip = spec::readClip(spec::writeClip(from.journey, {from.journey.root->id}), "clip");
    const auto pasting = spec::fitted(*clip.value, {});
    std::vector<std::string> fragments;
    for (const auto& fragment : pasting.cargo.fragments)
        fragments.push_back(fragment.name);
    QCOMPARE(fragments, (std::vector<std::string>{"cards", "payment"})); // each behind those that it uses
    QCOMPARE(pasting.cargo.components.size(), 4U);
    QCOMPARE(pasting.rules.size(), 2U);

    // Named by hand, and nowhere described.
    const auto typed = spec::fitted(*spec::readClip("ref: search", "clip").value, from.journey);
    QCOMPARE(typed.cargo.components.size(), 1U);
    QVERIFY(typed.cargo.components.front() == journey::componentNamed("search"));

    // Nothing that only a fragment of the clip needs whose name is taken.
    journey::Journey taken;
    taken.fragments.push_back({"payment", journey::makeExpression(journey::Call{"x"})});
    taken.components =
        taken.components.adding(std::make_shared<const journey::Component>(journey::componentNamed("x")));
    const auto less = spec::fitted(
        *spec::readClip(spec::writeClip(from.journey, {idOf(from.journey, "payment")}), "clip").value, taken);
    QVERIFY(less.cargo.fragments.empty());
    QVERIFY(less.cargo.components.empty());
    QCOMPARE(less.kept, std::vector<std::string>{"payment"});
}

void TestClip::dropsIdsThatAreTaken()
{
    const auto journey = shop().journey;
    const auto clip = spec::readClip(spec::writeClip(journey, {idOf(journey, "again")}), "clip");
    QCOMPARE(spec::fitted(*clip.value, {}).cargo.nodes.front()->name, "again");
    const auto twice = spec::fitted(*clip.value, journey);
    QCOMPARE(twice.cargo.nodes.front()->name, "");
    QVERIFY(!journey::findNode(journey, twice.cargo.nodes.front()->id));
}

void TestClip::anIdStaysWithItsFragment()
{
    auto journey = shop().journey;
    auto body = *journey.fragments[1].body;
    body.name = "slow";
    journey.fragments[1].body = std::make_shared<const journey::Expression>(body);
    const auto clip = spec::readClip(spec::writeClip(journey, {idOf(journey, "payment"), body.id}), "clip");
    QVERIFY2(clip.value, qPrintable(said(clip.diagnostics)));
    QCOMPARE(clip.value->nodes.at(1)->name, "");
    QCOMPARE(clip.value->fragments.at(1).body->name, "slow");
    QVERIFY(spec::fitted(*clip.value, journey).kept.empty());
}

void TestClip::theWholeIsOneEdit()
{
    const auto from = shop();
    const auto clip = spec::readClip(spec::writeClip(from.journey, {from.journey.root->id}), "clip");
    const journey::Intent empty;
    const auto pasting = spec::fitted(*clip.value, empty.journey);
    const auto edit = spec::puttingDown(empty.journey, pasting, journey::OnEmptyGround{});
    QVERIFY(edit);
    const auto after = journey::apply(empty, *edit);
    QVERIFY2(after.value, qPrintable(said(after.diagnostics)));
    QVERIFY(journey::equalContent(after.value->journey.root, from.journey.root));
    QCOMPARE(after.value->journey.domainRules, from.journey.domainRules);
    // What the journey does not have cannot be used.
    const auto use = spec::fitted(*spec::readClip("use: nothing", "clip").value, empty.journey);
    const auto refused = journey::apply(empty, *spec::puttingDown(empty.journey, use, journey::OnEmptyGround{}));
    QVERIFY(!refused.value);
    QVERIFY(base::hasErrors(refused.diagnostics));
}

void TestClip::aCopyIsEqual()
{
    const bool holds = rc::check("a copy put into an empty journey is equal", [] {
        tests::Random random(*rc::gen::arbitrary<std::uint64_t>());
        const auto intent = tests::randomIntent(random);
        std::vector<NodeId> all;
        journey::forEachNode(intent.journey, [&all](const auto& node) { all.push_back(node->id); });
        RC_PRE(!all.empty());
        std::vector<NodeId> ids;
        for (int i = random.between(1, 4); i > 0; --i)
            ids.push_back(random.oneOf(all));
        std::vector<journey::ExpressionPtr> nodes;
        for (const auto& place : journey::selection(intent.journey, ids))
            nodes.push_back(place.node);

        const auto text = spec::writeClip(intent.journey, ids);
        const auto clip = spec::readClip(text, "clip");
        if (!clip.value)
            RC_FAIL(text + said(clip.diagnostics).toStdString());
        // A node and the fragment that it lies in may both be selected: then an id goes.
        RC_ASSERT(equalLists(unnamed(clip.value->nodes), unnamed(nodes)));
        if (clip.value->fragments.empty())
            RC_ASSERT(equalLists(clip.value->nodes, nodes));

        const journey::Intent empty;
        const auto pasting = spec::fitted(*clip.value, empty.journey);
        RC_ASSERT(pasting.kept.empty());
        RC_ASSERT(equalLists(pasting.cargo.nodes, clip.value->nodes));
        const auto after = journey::apply(empty, *spec::puttingDown(empty.journey, pasting, journey::OnEmptyGround{}));
        if (!after.value)
            RC_FAIL(text + said(after.diagnostics).toStdString());
        const auto& made = after.value->journey;
        const auto& copies = clip.value->nodes;
        const auto steps = copies.size() == 1 ? stepsOf(copies.front()) : journey::flattened(copies);
        RC_ASSERT(equalLists(stepsOf(made.root), steps));
        for (const auto& fragment : made.fragments)
            RC_ASSERT(journey::equalContent(fragment.body, intent.journey.fragment(fragment.name)));
        for (const auto& component : made.components.list())
            RC_ASSERT(journey::equalContent(*component, *intent.journey.components.find(component->name)));
        // The same again, written from there.
        std::vector<NodeId> pasted;
        for (const auto& step : stepsOf(made.root))
            pasted.push_back(step->id);
        RC_ASSERT(spec::readClip(spec::writeClip(made, pasted), "clip").value.has_value());
    });
    QVERIFY(holds);
}

void TestClip::anyTextIsReadOrRefused()
{
    const bool holds = rc::check("any text is read, or refused in words", [] {
        // Words of the language in any order, so that some texts come near to it.
        static const std::vector<std::string> words{"steps:",      "ref:",       "use:",
                                                    " a",          " b",         "\n",
                                                    "\n  ",        "- ",         "{",
                                                    "}",           "[",          "]",
                                                    ", ",          "type:",      " race",
                                                    " series",     "branches:",  "body:",
                                                    "components:", "fragments:", " 0.5",
                                                    "*x",          "&x ",        "<<: ",
                                                    "'",           "#",          "failureDomains:",
                                                    "rules:",      "attempts:",  "\t",
                                                    " retry",      "\xc3\xa4",   "\xff",
                                                    "? ",          "---\n",      "id:"};
        tests::Random random(*rc::gen::arbitrary<std::uint64_t>());
        std::string text;
        for (int i = random.between(0, 30); i > 0; --i)
            text += random.oneOf(words);
        const auto clip = spec::readClip(text, "clip");
        if (!clip.value) {
            RC_ASSERT(base::hasErrors(clip.diagnostics));
            return;
        }
        RC_ASSERT(!clip.value->nodes.empty());
        const journey::Intent empty;
        const auto pasting = spec::fitted(*clip.value, empty.journey);
        const auto after = journey::apply(empty, *spec::puttingDown(empty.journey, pasting, journey::OnEmptyGround{}));
        RC_ASSERT(after.value.has_value() || base::hasErrors(after.diagnostics));
    });
    QVERIFY(holds);
}

QTEST_GUILESS_MAIN(TestClip)

#include "tst_clip.moc"
