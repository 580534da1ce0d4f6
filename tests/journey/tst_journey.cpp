// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/domain.h"
#include "core/journey/edits.h"
#include "core/journey/intent.h"
#include "core/journey/model.h"
#include "core/journey/paths.h"

#include <QtTest>

using namespace emac;
using namespace emac::journey;
using namespace std::chrono_literals;

namespace {

base::Ratio ratio(const char* text)
{
    return base::Ratio(base::Decimal::parse(text).value());
}

ExpressionPtr call(const char* component)
{
    return makeExpression(Call{component});
}

/// Series(front, Timeout(Retry(cart)), Branch(paya, Use(pay)), KofN(2; a, a, b), Race(paya, payb), Fallback(r, s, t),
/// Optional(mail)), and a fragment `pay`.
Intent example()
{
    const Branch branch{{{"card", {ratio("0.3"), ratio("0.4")}, call("paya")},
                         {"", {ratio("0.6"), ratio("0.6")}, makeExpression(Use{"pay"})}}};
    Intent intent;
    intent.journey.root = makeExpression(Series{
        {call("front"), makeExpression(Timeout{800ms, makeExpression(Retry{3, 20ms, call("cart")}, "again")}),
         makeExpression(branch), makeExpression(KofN{2, {call("a"), call("a"), call("b")}}),
         makeExpression(Race{{call("paya"), call("payb")}, 50ms}),
         makeExpression(Fallback{call("r"), {call("s"), call("t")}}), makeExpression(Optional{call("mail"), true})}});
    intent.journey.fragments = {{"pay", makeExpression(Parallel{{call("x"), call("y")}})},
                                {"slow", makeExpression(Retry{2, 1s, call("z")})}};
    auto cart = std::make_shared<Component>();
    cart->name = "cart";
    auto front = std::make_shared<Component>();
    front->name = "front";
    front->kind = "service";
    intent.journey.components = Components({cart, front});
    intent.objectives.availability = AvailabilityObjective{720h, ratio("0.995"), "g", "t"};
    return intent;
}

/// The node of this path or place key.
NodePlace placeOf(const Intent& intent, const std::string& path)
{
    for (const auto& place : nodePlaces(intent.journey)) {
        if (place.path == path)
            return place;
    }
    qFatal("no node at %s", path.c_str());
}

/// The paths whose version is another one in `after`, and "!" before those whose NodeId is another one.
QStringList changedPaths(const Intent& before, const Intent& after)
{
    QStringList changed;
    const auto old = nodePlaces(before.journey);
    const auto now = nodePlaces(after.journey);
    if (old.size() != now.size())
        qFatal("another number of nodes");
    for (std::size_t i = 0; i < old.size(); ++i) {
        const auto path = QString::fromStdString(now[i].path);
        if (old[i].node->id != now[i].node->id || old[i].path != now[i].path)
            changed << QLatin1Char('!') + path;
        else if (old[i].node != now[i].node)
            changed << (old[i].node->version < now[i].node->version ? path : QStringLiteral("same version ") + path);
    }
    return changed;
}

QString refusal(const base::Result<Intent>& result)
{
    return result.value ? QString() : QString::fromStdString(base::codeName(result.diagnostics.at(0).message.code));
}

} // namespace

class TestJourney : public QObject
{
    Q_OBJECT

private slots:
    void pathsAndPlaceKeys()
    {
        QStringList lines;
        const auto intent = example();
        for (const auto& place : nodePlaces(intent.journey)) {
            lines << QStringLiteral("%1 %2 %3 [%4] %5")
                         .arg(place.depth)
                         .arg(QString::fromStdString(place.path), QString::fromStdString(place.key),
                              QString::fromStdString(place.fragment), QString::fromStdString(displayName(*place.node)));
        }
        const QStringList expected{
            QStringLiteral("0  series [] series"),
            QStringLiteral("1 /steps/0 series/front [] front"),
            QStringLiteral("1 /steps/1 series/timeout [] timeout"),
            QStringLiteral("2 /steps/1/body again [] again"),
            QStringLiteral("3 /steps/1/body/body series/timeout/retry/cart [] cart"),
            QStringLiteral("1 /steps/2 series/branch [] branch"),
            QStringLiteral("2 /steps/2/choices/0/body series/branch/paya [] paya"),
            QStringLiteral("2 /steps/2/choices/1/body series/branch/pay [] pay"),
            QStringLiteral("1 /steps/3 series/kofn [] kofn"),
            QStringLiteral("2 /steps/3/branches/0 series/kofn/a [] a"),
            QStringLiteral("2 /steps/3/branches/1 series/kofn/a#1 [] a"),
            QStringLiteral("2 /steps/3/branches/2 series/kofn/b [] b"),
            QStringLiteral("1 /steps/4 series/race [] race"),
            QStringLiteral("2 /steps/4/branches/0 series/race/paya [] paya"),
            QStringLiteral("2 /steps/4/branches/1 series/race/payb [] payb"),
            QStringLiteral("1 /steps/5 series/fallback [] fallback"),
            QStringLiteral("2 /steps/5/primary series/fallback/r [] r"),
            QStringLiteral("2 /steps/5/alternates/0 series/fallback/s [] s"),
            QStringLiteral("2 /steps/5/alternates/1 series/fallback/t [] t"),
            QStringLiteral("1 /steps/6 series/optional [] optional"),
            QStringLiteral("2 /steps/6/body series/optional/mail [] mail"),
            QStringLiteral("0 /fragments/pay fragments/pay/parallel [pay] parallel"),
            QStringLiteral("1 /fragments/pay/branches/0 fragments/pay/parallel/x [pay] x"),
            QStringLiteral("1 /fragments/pay/branches/1 fragments/pay/parallel/y [pay] y"),
            QStringLiteral("0 /fragments/slow fragments/slow/retry [slow] retry"),
            QStringLiteral("1 /fragments/slow/body fragments/slow/retry/z [slow] z"),
        };
        QCOMPARE(lines, expected);
    }

    void parentsAreKnown()
    {
        const auto intent = example();
        QCOMPARE(placeOf(intent, "").parent, NodeId{});
        QCOMPARE(placeOf(intent, "/fragments/pay").parent, NodeId{});
        QCOMPARE(placeOf(intent, "/steps/1/body/body").parent, placeOf(intent, "/steps/1/body").node->id);
        for (const auto& place : nodePlaces(intent.journey))
            QCOMPARE(findNode(intent.journey, place.node->id), place.node);
        QCOMPARE(findNode(intent.journey, newNodeId()), nullptr);
        QVERIFY(nodePlaces({}).empty());
    }

    void expressionsAsText()
    {
        QCOMPARE(expressionText(example().journey.root),
                 std::string(
                     "Series(front, Timeout(Retry(cart)), Branch(paya, Use(pay)), KofN(2; a, a, b), Race(paya, payb), "
                     "Fallback(r, s, t), Optional(mail))"));
        QCOMPARE(expressionText(nullptr), std::string());
    }

    void edits_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("changed");
        const auto row = [](const char* path, const char* kind, const QStringList& changed) {
            QTest::addRow("%s of %s", kind, path) << QString::fromLatin1(path) << QString::fromLatin1(kind) << changed;
        };
        const auto steps = [](std::initializer_list<const char*> paths) {
            QStringList list{QString()};
            for (const char* path : paths)
                list << QString::fromLatin1(path);
            return list;
        };
        row("/steps/1", "duration", steps({"/steps/1"}));
        row("/steps/1/body", "duration", steps({"/steps/1", "/steps/1/body"}));
        row("/steps/1/body", "count", steps({"/steps/1", "/steps/1/body"}));
        row("/steps/2", "probability", steps({"/steps/2"}));
        row("/steps/3", "count", steps({"/steps/3"}));
        row("/steps/4", "duration", steps({"/steps/4"}));
        row("/steps/6", "wait", steps({"/steps/6"}));
        row("/fragments/slow", "count", {QStringLiteral("/fragments/slow")});
        row("/steps/0", "duration", {QStringLiteral("EMAC-801")});
        row("/steps/5", "count", {QStringLiteral("EMAC-801")});
        row("/steps/1", "count", {QStringLiteral("EMAC-801")});
        row("/steps/1", "wait", {QStringLiteral("EMAC-801")});
        row("/steps/3", "probability", {QStringLiteral("EMAC-801")});
    }
    void edits()
    {
        QFETCH(QString, path);
        QFETCH(QString, kind);
        QFETCH(QStringList, changed);
        const auto intent = example();
        const auto node = placeOf(intent, path.toStdString()).node->id;
        Edit edit = SetDuration{node, 7ms};
        if (kind == QLatin1String("count"))
            edit = SetCount{node, 1};
        else if (kind == QLatin1String("wait"))
            edit = SetWait{node, false};
        else if (kind == QLatin1String("probability"))
            edit = SetProbability{node, 1, ratio("0.65")};
        const auto result =
            journey::apply(intent, edit); // unqualified it would be std::apply, as Edit is a std::variant
        if (!result.value) {
            QCOMPARE(QStringList(refusal(result)), changed);
            return;
        }
        QCOMPARE(changedPaths(intent, *result.value), changed);
        QVERIFY(changedPaths(intent, intent).isEmpty());
        QVERIFY(!equalContent(findNode(intent.journey, node), findNode(result.value->journey, node)));
    }

    void editedValues()
    {
        const auto intent = example();
        const auto retry = placeOf(intent, "/steps/1/body").node->id;
        const auto branch = placeOf(intent, "/steps/2").node->id;
        const auto after =
            *apply(*apply(intent, SetCount{retry, 5}).value, SetProbability{branch, 0, ratio("0.4")}).value;
        const auto body = std::get<Retry>(findNode(intent.journey, retry)->op).body;
        QVERIFY(findNode(after.journey, retry)->op == Operator(Retry{5, 20ms, body}));
        QCOMPARE(findNode(after.journey, retry)->name, std::string("again"));
        const auto choices = std::get<Branch>(findNode(after.journey, branch)->op).choices;
        QVERIFY(choices[0].probability == (ProbabilityRange{ratio("0.4"), ratio("0.4")}));
        QVERIFY(choices[1].probability == (ProbabilityRange{ratio("0.6"), ratio("0.6")}));
    }

    void refusals()
    {
        const auto intent = example();
        const auto at = [&](const char* path) { return placeOf(intent, path).node->id; };
        QCOMPARE(refusal(apply(intent, SetDuration{at("/steps/1"), -1ns})), QStringLiteral("EMAC-312"));
        QCOMPARE(refusal(apply(intent, SetCount{at("/steps/1/body"), 0})), QStringLiteral("EMAC-314"));
        QCOMPARE(refusal(apply(intent, SetCount{at("/steps/3"), 4})), QStringLiteral("EMAC-313"));
        QCOMPARE(refusal(apply(intent, SetCount{at("/steps/3"), 0})), QStringLiteral("EMAC-313"));
        QCOMPARE(refusal(apply(intent, SetProbability{at("/steps/2"), 0, ratio("1.1")})), QStringLiteral("EMAC-310"));
        QCOMPARE(refusal(apply(intent, SetProbability{at("/steps/2"), 2, ratio("1")})), QStringLiteral("EMAC-801"));
        QCOMPARE(refusal(apply(intent, SetObjectiveTarget{ratio("1")})), QStringLiteral("EMAC-311"));
        QCOMPARE(refusal(apply(intent, SetObjectiveTarget{ratio("0")})), QStringLiteral("EMAC-311"));
        QCOMPARE(refusal(apply({}, SetObjectiveTarget{ratio("0.9")})), QStringLiteral("EMAC-801"));
        QCOMPARE(refusal(apply(intent, SetAvailability{"cart", ratio("-0.1")})), QStringLiteral("EMAC-310"));
        QCOMPARE(refusal(apply(intent, SetAvailability{"nobody", ratio("0.9")})), QStringLiteral("EMAC-801"));
        QCOMPARE(refusal(apply({}, SetAvailability{"cart", ratio("0.9")})), QStringLiteral("EMAC-801"));
    }

    void editsOfComponentsAndObjectives()
    {
        const auto intent = example();
        const auto after = *apply(intent, SetAvailability{"front", ratio("0.9")}).value;
        const auto front = after.journey.components.find("front");
        QCOMPARE(front->inlineAvailability, std::optional(ratio("0.9")));
        QCOMPARE(front->kind, std::string("service"));
        QVERIFY(front->version > intent.journey.components.find("front")->version);
        QCOMPARE(after.journey.components.find("cart"), intent.journey.components.find("cart"));
        QCOMPARE(after.journey.components.list()[1], front);
        QCOMPARE(after.journey.root, intent.journey.root);
        QVERIFY(!intent.journey.components.find("front")->inlineAvailability);
        QVERIFY(!apply(after, SetAvailability{"front", std::nullopt})
                     .value->journey.components.find("front")
                     ->inlineAvailability);
        const auto target = apply(intent, SetObjectiveTarget{ratio("0.9")}).value->objectives.availability;
        QCOMPARE(target, std::optional(AvailabilityObjective{720h, ratio("0.9"), "g", "t"}));
    }

    void equalContentDisregardsIdentity()
    {
        const auto a = example().journey.root;
        const auto b = example().journey.root;
        QVERIFY(a->id != b->id);
        QVERIFY(equalContent(a, b));
        QVERIFY(equalContent(nullptr, nullptr));
        QVERIFY(!equalContent(a, nullptr));
        QVERIFY(!equalContent(makeExpression(Call{"a"}), makeExpression(Call{"b"})));
        QVERIFY(!equalContent(makeExpression(Call{"a"}), makeExpression(Use{"a"})));
        QVERIFY(!equalContent(makeExpression(Call{"a"}, "x"), makeExpression(Call{"a"})));
        QVERIFY(!equalContent(makeExpression(Call{"a"}, "", "n"), makeExpression(Call{"a"})));
        QVERIFY(!equalContent(makeExpression(Series{{call("a")}}), makeExpression(Series{{call("a"), call("a")}})));
        QVERIFY(!equalContent(makeExpression(Series{{call("a")}}), makeExpression(Parallel{{call("a")}})));
        QVERIFY(!equalContent(makeExpression(Timeout{1s, call("a")}), makeExpression(Timeout{2s, call("a")})));
        QVERIFY(!equalContent(makeExpression(Timeout{1s, call("a")}), makeExpression(Timeout{1s, call("b")})));
    }

    void childrenCanBeReplaced()
    {
        for (const auto& place : nodePlaces(example().journey)) {
            auto below = journey::children(*place.node);
            for (auto& child : below)
                child = call("new");
            const auto changed = replaced(*place.node, withChildren(place.node->op, below));
            QCOMPARE(changed->id, place.node->id);
            QCOMPARE(changed->name, place.node->name);
            QCOMPARE(typeOf(*changed), typeOf(*place.node));
            QVERIFY(journey::children(*changed) == below);
            QVERIFY(withChildren(changed->op, journey::children(*place.node)) == place.node->op);
        }
    }

    void redundancy()
    {
        QVERIFY(isRedundant(*makeExpression(Race{{call("a"), call("b")}, 0s})));
        QVERIFY(isRedundant(*makeExpression(Fallback{call("a"), {call("b")}})));
        QVERIFY(isRedundant(*makeExpression(KofN{1, {call("a"), call("b")}})));
        QVERIFY(!isRedundant(*makeExpression(KofN{2, {call("a"), call("b")}})));
        QVERIFY(!isRedundant(*makeExpression(Parallel{{call("a"), call("b")}})));
        QVERIFY(!isRedundant(*call("a")));
    }

    void domains()
    {
        const auto matches = [](const char* a, const char* b) {
            return DomainName::parse(a).matches(DomainName::parse(b))
                   && DomainName::parse(b).matches(DomainName::parse(a));
        };
        QVERIFY(matches("k8s/zone:eu-1a", "k8s/zone:eu-1a"));
        QVERIFY(matches("k8s/zone", "k8s/zone:eu-1a"));
        QVERIFY(!matches("k8s/zone:eu-1a", "k8s/zone:eu-1b"));
        QVERIFY(!matches("k8s/zone", "k8s/node"));
        QCOMPARE(DomainName::parse("a:b:c").value, std::string_view("b:c"));
        QVERIFY((EffectiveDomains{{"a", "unknown"}, ""}.unknown()));
        QVERIFY((EffectiveDomains{{"a"}, "conflicting"}.unknown()));
        QVERIFY((EffectiveDomains{{}, "missing"}.unknown()));
        QVERIFY(!(EffectiveDomains{{"a"}, "consistent"}.unknown()));
    }
};

QTEST_GUILESS_MAIN(TestJourney)
#include "tst_journey.moc"
