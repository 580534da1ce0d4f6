// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/landing.h"
#include "core/journey/structure.h"
#include "tests/journey/short_form.h"

#include <QtTest>

using namespace emac;
using namespace emac::journey;
using emac::tests::intentOf;
using emac::tests::shortForm;
using Type = emac::journey::OperatorType;

namespace {

NodeId named(const Journey& journey, const std::string& name)
{
    NodeId id{};
    forEachNode(journey, [&](const ExpressionPtr& node) {
        if (node->name == name
            || (node->name.empty() && std::get_if<Call>(&node->op) != nullptr
                && std::get<Call>(node->op).component == name))
            id = node->id;
    });
    return id;
}

using Carry = std::function<std::optional<Cargo>(const Journey&)>;
using Land = std::function<Landing(const Journey&)>;

Carry call(const std::string& component)
{
    return [=](const Journey& journey) { return newCall(journey, component); };
}
Carry frame(Type type)
{
    return [=](const Journey& journey) { return newOperator(journey, type); };
}
Carry use(const std::string& fragment)
{
    return [=](const Journey&) { return newUse(fragment); };
}
Carry move(const std::vector<std::string>& names)
{
    return [=](const Journey& journey) {
        std::vector<NodeId> ids;
        for (const auto& name : names)
            ids.push_back(named(journey, name));
        return moved(journey, ids);
    };
}
Land beside(const std::string& node, Side side)
{
    return [=](const Journey& journey) { return Beside{named(journey, node), side}; };
}
Land after(const std::string& node)
{
    return beside(node, Side::After);
}
Land before(const std::string& node)
{
    return beside(node, Side::Before);
}
Land into(const std::string& parent, std::size_t index)
{
    return [=](const Journey& journey) { return Into{named(journey, parent), index}; };
}
Land together(const std::string& node, Type type)
{
    return [=](const Journey& journey) { return Together{named(journey, node), type}; };
}
Land onGround(const std::string& fragment = {})
{
    return [=](const Journey&) { return OnEmptyGround{fragment}; };
}

} // namespace

Q_DECLARE_METATYPE(Carry)
Q_DECLARE_METATYPE(Land)

/// Where what is dragged, pasted or added lands, and what the journey is then.
class TestLanding : public QObject
{
    Q_OBJECT

private slots:
    void landing_data();
    void landing();
    void severalNodesKeepTheirOrder_data();
    void severalNodesKeepTheirOrder();
    void severalNodesOnEmptyGround_data();
    void severalNodesOnEmptyGround();
    void aMovedNodeStaysTheSame();
    void newComponentsAreDeclared();
    void onePlaceHasOneSettledForm();
    void wrapping_data();
    void wrapping();
};

void TestLanding::landing_data()
{
    QTest::addColumn<QString>("journey");
    QTest::addColumn<Carry>("carry");
    QTest::addColumn<Land>("land");
    QTest::addColumn<QString>("expected"); ///< empty: no edit
    const auto row = [](const char* name, const char* journey, Carry carry, Land land, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(journey) << std::move(carry) << std::move(land)
                            << QString::fromLatin1(expected);
    };
    row("a call on empty ground", "", call("a"), onGround(), "a");
    row("a frame on empty ground", "", frame(Type::Race), onGround(), "Race(service-1, service-2)");
    row("a frame of one body", "", frame(Type::Optional), onGround(), "Optional(service-1)");
    row("names that are taken are not taken again", "service-1", frame(Type::Parallel), after("service-1"),
        "Series(service-1, Parallel(service-2, service-3))");
    row("a call as a new fragment", "a", call("b"), onGround("f"), "a | f = b");
    row("a use", "a | f = b", use("f"), after("a"), "Series(a, Use(f)) | f = b");

    row("a call after a step", "Series(a, b)", call("c"), after("a"), "Series(a, c, b)");
    row("a call before a step", "Series(a, b)", call("c"), before("a"), "Series(c, a, b)");
    row("a call after a lone call", "a", call("c"), after("a"), "Series(a, c)");
    row("a call after a branch", "Race(a, b)", call("c"), after("a"), "Race(Series(a, c), b)");
    row("a call after a series", "s=Series(a, b)", call("c"), after("s"), "s=Series(a, b, c)");
    row("a call before a series", "s=Series(a, b)", call("c"), before("s"), "s=Series(c, a, b)");
    row("a new branch", "r=Race(a, b)", call("c"), into("r", 1), "r=Race(a, c, b)");
    row("a new choice", "x=Branch(0.3 a, 0.7 b)", call("c"), into("x", 2), "x=Branch(0.3 a, 0.7 b, 0 c)");
    row("into a body", "r=Retry(a)", call("c"), into("r", 1), "r=Retry(Series(a, c))");
    row("a race of two", "Series(a, b)", call("c"), together("a", Type::Race), "Series(Race(a, c), b)");
    row("a fallback of two", "a", call("c"), together("a", Type::Fallback), "Fallback(a, c)");
    row("together one after the other", "Series(a, b)", call("c"), together("a", Type::Series), "Series(a, c, b)");

    row("a step later", "Series(a, b, c)", move({"a"}), after("b"), "Series(b, a, c)");
    row("a step to where it is", "Series(a, b, c)", move({"b"}), after("a"), "");
    row("a step beside itself", "Series(a, b, c)", move({"b"}), after("b"), "");
    row("a frame into itself", "Series(r=Race(a, b), c)", move({"r"}), into("r", 0), "");
    row("a frame beside what is in it", "Series(r=Race(a, b), c)", move({"r"}), after("a"), "");
    row("a frame together with what is in it", "Series(r=Race(a, b), c)", move({"r"}), together("a", Type::Race), "");
    row("a step into a frame", "Series(a, r=Race(b, c))", move({"a"}), into("r", 2), "Series(r=Race(b, c, a))");
    row("a branch out of its frame", "Series(a, Race(b, c))", move({"c"}), after("a"), "Series(a, c, Race(b))");
    row("a call beside a branch", "Series(a, Race(b, c))", move({"a"}), after("c"), "Series(Race(b, Series(c, a)))");
    row("a call together with another", "Series(a, b, c)", move({"a"}), together("c", Type::Parallel),
        "Series(b, Parallel(c, a))");
    row("the alternate beside the primary", "Fallback(a, b)", move({"b"}), after("a"), "Series(a, b)");
    row("several steps together", "Series(a, b, c, d)", move({"a", "c"}), after("d"), "Series(b, d, a, c)");
    row("moved nodes are no new ground", "a", move({"a"}), onGround("f"), "");
    row("steps that stand apart come together", "Series(a, b, c)", move({"a", "c"}), after("a"), "Series(a, c, b)");
}

void TestLanding::landing()
{
    QFETCH(QString, journey);
    QFETCH(Carry, carry);
    QFETCH(Land, land);
    QFETCH(QString, expected);
    const auto intent = intentOf(journey.toStdString());
    const auto cargo = carry(intent.journey);
    QVERIFY(cargo);
    const auto edit = puttingDown(intent.journey, *cargo, land(intent.journey));
    QCOMPARE(edit.has_value(), !expected.isEmpty());
    if (!edit)
        return;
    const auto after = journey::apply(intent, *edit);
    QVERIFY(after.value);
    QCOMPARE(QString::fromStdString(shortForm(after.value->journey)), expected);
}

void TestLanding::severalNodesKeepTheirOrder_data()
{
    QTest::addColumn<Land>("land");
    QTest::addColumn<QString>("expected");
    QTest::newRow("after a step") << after("a") << QStringLiteral("Series(a, x, y, z, r=Race(b, c))");
    QTest::newRow("before a step") << before("a") << QStringLiteral("Series(x, y, z, a, r=Race(b, c))");
    QTest::newRow("after a branch") << after("b") << QStringLiteral("Series(a, r=Race(Series(b, x, y, z), c))");
    QTest::newRow("before a branch") << before("b") << QStringLiteral("Series(a, r=Race(Series(x, y, z, b), c))");
    QTest::newRow("into a frame") << into("r", 1) << QStringLiteral("Series(a, r=Race(b, x, y, z, c))");
    QTest::newRow("together") << together("b", Type::Race) << QStringLiteral("Series(a, r=Race(Race(b, x, y, z), c))");
}

void TestLanding::severalNodesKeepTheirOrder()
{
    QFETCH(Land, land);
    QFETCH(QString, expected);
    const auto intent = intentOf("Series(a, r=Race(b, c))");
    Cargo cargo;
    for (const auto* name : {"x", "y", "z"}) {
        cargo.components.push_back(componentNamed(name));
        cargo.nodes.push_back(makeExpression(Call{name}));
    }
    const auto after = journey::apply(intent, puttingDown(intent.journey, cargo, land(intent.journey)).value());
    QVERIFY(after.value);
    QCOMPARE(QString::fromStdString(shortForm(after.value->journey)), expected);
}

void TestLanding::severalNodesOnEmptyGround_data()
{
    QTest::addColumn<QString>("from");
    QTest::newRow("calls") << QStringLiteral("Series(a, b, c, d)");
    QTest::newRow("a series first") << QStringLiteral("Series(Series(a, b), c, d)");
    QTest::newRow("a series in the middle") << QStringLiteral("Series(a, Series(b, c), d)");
    QTest::newRow("a series last") << QStringLiteral("Series(a, b, Series(c, d))");
}

void TestLanding::severalNodesOnEmptyGround()
{
    QFETCH(QString, from);
    const auto source = intentOf(from.toStdString());
    Cargo cargo;
    for (const auto* name : {"a", "b", "c", "d"})
        cargo.components.push_back(componentNamed(name));
    cargo.nodes = journey::children(*source.journey.root);
    const Intent empty;
    const auto after = journey::apply(empty, puttingDown(empty.journey, cargo, OnEmptyGround{}).value());
    QVERIFY(after.value);
    QCOMPARE(QString::fromStdString(shortForm(after.value->journey)), QStringLiteral("Series(a, b, c, d)"));
}

void TestLanding::aMovedNodeStaysTheSame()
{
    const auto intent = intentOf("Series(r=Retry(a), b, Race(c, d))");
    const auto id = named(intent.journey, "r");
    const auto node = locate(intent.journey, id)->node;
    const Landing landings[]{Beside{named(intent.journey, "c"), Side::After},
                             Beside{named(intent.journey, "b"), Side::After},
                             Together{named(intent.journey, "b"), Type::Fallback}};
    for (const auto& landing : landings) {
        const auto edit = puttingDown(intent.journey, moved(intent.journey, {id}).value(), landing);
        const auto after = journey::apply(intent, edit.value());
        QVERIFY(after.value);
        QCOMPARE(locate(after.value->journey, id)->node, node);
    }
}

void TestLanding::newComponentsAreDeclared()
{
    auto intent = intentOf("Series(service-1, service-3)");
    const auto cargo = newOperator(intent.journey, Type::KofN);
    intent =
        journey::apply(intent, puttingDown(intent.journey, cargo, Beside{intent.journey.root->id, Side::After}).value())
            .value.value();
    QStringList names;
    for (const auto& component : intent.journey.components.list())
        names << QString::fromStdString(component->name);
    QCOMPARE(names, QStringList({QStringLiteral("service-1"), QStringLiteral("service-3"), QStringLiteral("service-2"),
                                 QStringLiteral("service-4")}));
    QVERIFY(newCall(intent.journey, "service-1").components.empty());
    QCOMPARE(newCall(intent.journey, "cart").components.size(), std::size_t(1));
}

void TestLanding::onePlaceHasOneSettledForm()
{
    const auto intent = intentOf("Series(a, r=Race(s=Series(b, c), d), e)");
    const auto& journey = intent.journey;
    const auto settledAt = [&](const Land& land) { return settled(journey, land(journey)); };
    QCOMPARE(settledAt(after("a")), settledAt(before("r")));
    QCOMPARE(settledAt(after("a")), Landing(Into{journey.root->id, 1}));
    QCOMPARE(settledAt(before("b")), settledAt(before("s")));
    QCOMPARE(settledAt(after("c")), settledAt(after("s")));
    QVERIFY(settledAt(after("b")) != settledAt(after("s")));
    QVERIFY(settledAt(after("d")) != settledAt(before("d")));
    QCOMPARE(settledAt(after("d")), Landing(Beside{named(journey, "d"), Side::After}));
    // What is settled puts down the same.
    for (const auto* name : {"a", "b", "c", "d", "e", "r", "s"}) {
        for (const auto side : {Side::Before, Side::After}) {
            const auto landing = beside(name, side)(journey);
            const auto cargo = newCall(journey, "x");
            const auto one = journey::apply(intent, *puttingDown(journey, cargo, landing));
            const auto other = journey::apply(intent, *puttingDown(journey, cargo, settled(journey, landing)));
            QCOMPARE(shortForm(one.value->journey), shortForm(other.value->journey));
        }
    }
}

void TestLanding::wrapping_data()
{
    QTest::addColumn<std::vector<std::string>>("nodes");
    QTest::addColumn<int>("type");
    QTest::addColumn<std::string>("expected");
    QTest::addColumn<bool>("company");
    const auto row = [](const char* name, std::vector<std::string> nodes, Type type, const char* expected,
                        bool company = false) {
        QTest::newRow(name) << std::move(nodes) << static_cast<int>(type) << std::string(expected) << company;
    };
    row("one in a race", {"a"}, Type::Race, "Series(Race(a, service-1), r=Race(b, c))", true);
    row("one in a parallel", {"b"}, Type::Parallel, "Series(a, r=Race(Parallel(b, service-1), c))", true);
    row("one in a fallback", {"r"}, Type::Fallback, "Series(a, Fallback(r=Race(b, c), service-1))", true);
    row("one in k of n", {"a"}, Type::KofN, "Series(KofN(1; a, service-1), r=Race(b, c))", true);
    row("one in a branch", {"a"}, Type::Branch, "Series(Branch(0.5 a, 0.5 service-1), r=Race(b, c))", true);
    row("one in a retry", {"a"}, Type::Retry, "Series(Retry(a), r=Race(b, c))");
    row("one in an optional", {"a"}, Type::Optional, "Series(Optional(a), r=Race(b, c))");
    row("two in a race", {"b", "c"}, Type::Race, "Series(a, r=Race(Race(b, c)))");
    row("two in a retry", {"a", "r"}, Type::Retry, "Series(Retry(Series(a, r=Race(b, c))))");
}

void TestLanding::wrapping()
{
    QFETCH(std::vector<std::string>, nodes);
    QFETCH(int, type);
    QFETCH(bool, company);
    const auto intent = intentOf("Series(a, r=Race(b, c))");
    std::vector<NodeId> ids;
    for (const auto& name : nodes)
        ids.push_back(named(intent.journey, name));
    const auto wrapping = journey::wrapping(intent.journey, ids, static_cast<Type>(type));
    const auto after = journey::apply(intent, wrapping.edit);
    QVERIFY(after.value);
    QTEST(shortForm(after.value->journey), "expected");
    QVERIFY(locate(after.value->journey, wrapping.wrapper));
    QCOMPARE(wrapping.placeholder.has_value(), company);
    QCOMPARE(after.value->journey.components.find("service-1") != nullptr, company);
    QVERIFY(!company || locate(after.value->journey, *wrapping.placeholder));
}

QTEST_GUILESS_MAIN(TestLanding)
#include "tst_landing.moc"
