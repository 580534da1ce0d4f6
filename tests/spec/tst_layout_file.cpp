// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/spec/layout_file.h"
#include "core/spec/read.h"
#include "tests/spec/diagnostics.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>
#include <clocale>
#include <cmath>
#include <locale>
#include <set>

using namespace emac;
using namespace emac::journey;
using namespace std::string_literals;

namespace {

ExpressionPtr call(std::string component)
{
    return makeExpression(Call{std::move(component)});
}

/// Series(front, Race[pay](paya, paya), front), and a fragment `f`.
Journey example()
{
    Journey journey;
    journey.root = makeExpression(
        Series{{call("front"), makeExpression(Race{{call("paya"), call("paya")}}, "pay"), call("front")}});
    journey.fragments = {{"f", makeExpression(Parallel{{call("x"), call("y")}})}};
    return journey;
}

NodeId nodeOf(const Journey& journey, const std::string& key)
{
    for (const auto& place : nodePlaces(journey)) {
        if (place.key == key)
            return place.node->id;
    }
    qFatal("no node %s", key.c_str());
}

/// "key 1 2" for nodes, "+component 1 2" for loose components, "?key 1 2" for what matches no node.
QStringList entries(const Placement& placement, const Journey& journey)
{
    QStringList lines;
    const auto add = [&lines](const std::string& name, const Offset& at) {
        lines << QStringLiteral("%1 %2 %3").arg(QString::fromStdString(name)).arg(at.x).arg(at.y);
    };
    for (const auto& place : nodePlaces(journey)) {
        const auto found = placement.nodes.find(place.node->id);
        if (found != placement.nodes.end())
            add(place.key, found->second);
    }
    for (const auto& [component, at] : placement.loose)
        add('+' + component, at);
    for (const auto& [key, at] : placement.unmatched)
        add('?' + key, at);
    return lines;
}

const std::string header = "apiVersion: emac.dev/v1alpha1\nkind: JourneyLayout\n";

/// Names that YAML could take for something else, in one piece or in several.
std::string awkwardName()
{
    static const std::vector<std::string> pieces{"a",  "-",   " ", "#",    ": ", ":", "?",  "{", "}",  "[",  ",",
                                                 "\"", "'",   "/", "null", "1",  "~", "\\", "é", "日", "&x", "*",
                                                 "|",  "yes", "%", "<<",   "@",  "`", "!",  ">", "=",  "."};
    std::string name;
    for (auto count = *rc::gen::inRange(1, 6); count-- > 0;)
        name += pieces[*rc::gen::inRange<std::size_t>(0, pieces.size())];
    return name;
}

Offset anywhere()
{
    const auto coordinate = [] {
        const auto whole = *rc::gen::inRange(-1'000'000, 1'000'000);
        switch (*rc::gen::inRange(0, 4)) {
        case 0:
            return static_cast<double>(whole);
        case 1:
            return whole / 3.0;
        case 2:
            return std::ldexp(whole, -*rc::gen::inRange(0, 1060));
        default:
            return *rc::gen::element(0.0, -0.0, 1e6, -1e6, 0.1, 5e-324, 1e-7, 123456.789);
        }
    };
    return {coordinate(), coordinate()};
}

class DecimalComma : public std::numpunct<char>
{
protected:
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

/// A journey of awkward names; some of its nodes are placed, some entries match none.
struct Scene
{
    Journey journey;
    Placement placement;

    Scene()
    {
        std::vector<ExpressionPtr> steps;
        for (auto count = *rc::gen::inRange(1, 5); count-- > 0;) {
            const auto id = *rc::gen::arbitrary<bool>() ? awkwardName() : ""s;
            steps.push_back(makeExpression(Race{{call(awkwardName()), call(awkwardName())}}, id));
        }
        journey.root = makeExpression(Series{std::move(steps)});
        journey.fragments = {{awkwardName(), call(awkwardName())}};
        std::set<std::string> keys;
        for (const auto& place : nodePlaces(journey)) {
            const bool unique = keys.insert(place.key).second; // ids are made at random
            if (unique && *rc::gen::arbitrary<bool>())
                placement.nodes.emplace(place.node->id, anywhere());
        }
        for (auto count = *rc::gen::inRange(0, 3); count-- > 0;) {
            const auto key = awkwardName();
            if (!keys.contains(key))
                placement.unmatched.emplace(key, anywhere());
        }
        std::set<std::string> loose;
        for (auto count = *rc::gen::inRange(0, 3); count-- > 0;)
            loose.insert(awkwardName());
        for (const auto& component : loose)
            placement.loose.push_back({component, anywhere()});
    }
};

} // namespace

class TestLayoutFile : public QObject
{
    Q_OBJECT

private slots:
    void canonicalText();
    void nothingPlacedIsNoText();
    void leavesOutNodesThatAreGone();
    void aNodeHoldsAgainstAnEntryOfItsKey();
    void reads_data();
    void reads();
    void unmatchedKeysAreKept();
    void veryLongPlaceKeys();
    void writtenTextReadsBack();
    void theSameBytesInEveryLocale();
    void validateKnowsItsKind();
};

void TestLayoutFile::canonicalText()
{
    const auto journey = example();
    Placement placement;
    placement.nodes = {{nodeOf(journey, "series/front#1"), {120.5, -40}},
                       {nodeOf(journey, "series/race/paya#1"), {1e-9, 0.1}},
                       {nodeOf(journey, "pay"), {-0.0, 1e6}},
                       {nodeOf(journey, "fragments/f/parallel/y"), {3, 4}}};
    placement.loose = {{"mail: old", {7, 8}}, {"audit", {5, 6}}};
    placement.unmatched = {{"gone", {1, 2}}, {"12", {0, 0}}};
    QCOMPARE(QString::fromStdString(spec::writeLayout(placement, journey)),
             QString::fromStdString(header
                                    + "nodes:\n"
                                      "  \"12\": {x: 0, y: 0}\n"
                                      "  fragments/f/parallel/y: {x: 3, y: 4}\n"
                                      "  gone: {x: 1, y: 2}\n"
                                      "  pay: {x: 0, y: 1000000}\n"
                                      "  series/front#1: {x: 120.5, y: -40}\n"
                                      "  series/race/paya#1: {x: 1e-9, y: 0.1}\n"
                                      "loose:\n"
                                      "  - {component: audit, x: 5, y: 6}\n"
                                      "  - {component: \"mail: old\", x: 7, y: 8}\n"));
}

void TestLayoutFile::nothingPlacedIsNoText()
{
    QCOMPARE(spec::writeLayout({}, example()), ""s);
    const auto read = spec::readLayout("", "f", example());
    QVERIFY(read.value && read.value->empty());
    QCOMPARE(brief(read.diagnostics), QStringList());
}

void TestLayoutFile::leavesOutNodesThatAreGone()
{
    Placement placement;
    placement.nodes = {{newNodeId(), {1, 2}}};
    QCOMPARE(spec::writeLayout(placement, example()), ""s);
}

void TestLayoutFile::aNodeHoldsAgainstAnEntryOfItsKey()
{
    const auto journey = example();
    Placement placement;
    placement.nodes = {{nodeOf(journey, "pay"), {1, 2}}};
    placement.unmatched = {{"pay", {8, 9}}};
    QCOMPARE(spec::writeLayout(placement, journey), header + "nodes:\n  pay: {x: 1, y: 2}\n");
}

void TestLayoutFile::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("diagnostics");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const std::string& text, QStringList diagnostics, QStringList expected) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << std::move(diagnostics) << std::move(expected);
    };
    const QStringList nothing;
    const auto absent = strings({"no value"});

    row("nodes by place key and by id", header + "nodes: {pay: {x: 1, y: 2}, series/race/paya#1: {y: 4.5, x: -3}}\n",
        nothing, strings({"pay 1 2", "series/race/paya#1 -3 4.5"}));
    row("block style and comments", header + "nodes:\n  # by hand\n  series:\n    x: 1\n    y: 2\n", nothing,
        strings({"series 1 2"}));
    row("unmatched keys", header + "nodes: {gone: {x: 1, y: 2}, series/front#2: {x: 3, y: 4}}\n", nothing,
        strings({"?gone 1 2", "?series/front#2 3 4"}));
    row("loose components, in the order of the file",
        header + "loose: [{component: mail, x: 1, y: 2}, {component: audit, x: 3, y: 4}]\n", nothing,
        strings({"+mail 1 2", "+audit 3 4"}));
    row("nothing but the header", header, nothing, nothing);

    row("an entry without y", header + "nodes:\n  pay: {x: 1}\n  series: {x: 1, y: 2}\n",
        strings({"4:8 error EMAC-212"}), strings({"series 1 2"}));
    row("text for a number", header + "nodes:\n  pay: {x: left, y: 2}\n", strings({"4:12 error EMAC-213"}), nothing);
    row("not a number", header + "nodes:\n  pay: {x: .nan, y: .inf}\n",
        strings({"4:12 error EMAC-213", "4:21 error EMAC-213"}), nothing);
    row("too far away", header + "nodes:\n  pay: {x: 1e300, y: -1000001}\n",
        strings({"4:12 error EMAC-218", "4:22 error EMAC-218"}), nothing);
    row("an entry that is a list", header + "nodes:\n  pay: [1, 2]\n", strings({"4:8 error EMAC-213"}), nothing);
    row("an empty entry", header + "nodes:\n  pay:\n  series: {x: 1, y: 2}\n", strings({"4:3 error EMAC-214"}),
        strings({"series 1 2"}));
    row("a key twice", header + "nodes:\n  pay: {x: 1, y: 2}\n  pay: {x: 3, y: 4}\n", strings({"5:3 error EMAC-107"}),
        strings({"pay 1 2"}));
    row("an unknown key", header + "nodse: {}\n", strings({"3:1 warning EMAC-211"}), nothing);
    row("nodes is a list", header + "nodes: [pay]\n", strings({"3:8 error EMAC-213"}), nothing);
    row("loose is a mapping", header + "loose: {mail: {x: 1, y: 2}}\n", strings({"3:8 error EMAC-213"}), nothing);
    row("a loose component without a name", header + "loose:\n  - {component: \"\", x: 1, y: 2}\n",
        strings({"4:17 error EMAC-225"}), nothing);
    row("a loose component twice",
        header + "loose:\n  - {component: mail, x: 1, y: 2}\n  - {component: mail, x: 3, y: 4}\n",
        strings({"5:17 error EMAC-340"}), strings({"+mail 1 2"}));
    row("an alias", header + "nodes:\n  pay: &here {x: 1, y: 2}\n  series: *here\n", nothing,
        strings({"series 1 2", "pay 1 2"}));

    row("another apiVersion", "apiVersion: emac.dev/v2\nkind: JourneyLayout\nnodes: {pay: {x: 1, y: 2}}\n",
        strings({"1:13 error EMAC-216"}), strings({"pay 1 2"}));
    row("another kind", "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\n", strings({"2:7 error EMAC-203"}),
        absent);
    row("a list", "- pay\n", strings({"1:1 error EMAC-201"}), absent);
    row("no YAML", header + "nodes: {pay: \n", strings({"4:1 error EMAC-104"}), absent);
    row("not UTF-8", header + "nodes: {\xff: {x: 1, y: 2}}\n", strings({"3:9 error EMAC-103"}), absent);
    row("a second document", header + "nodes: {pay: {x: 1, y: 2}}\n---\n" + header, strings({"6:7 warning EMAC-205"}),
        strings({"pay 1 2"}));
}

void TestLayoutFile::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto journey = example();
    const auto read = spec::readLayout(text.toStdString(), "f", journey);
    QTEST(brief(read.diagnostics), "diagnostics");
    QCOMPARE(read.value ? entries(*read.value, journey) : strings({"no value"}), expected);
}

void TestLayoutFile::unmatchedKeysAreKept()
{
    const auto text = header + "nodes:\n  gone: {x: 1, y: 2}\n  pay: {x: 3, y: 4}\n";
    const auto journey = example();
    const auto read = spec::readLayout(text, "f", journey);
    QVERIFY(read.value);
    QCOMPARE(spec::writeLayout(*read.value, journey), text);

    auto grown = journey;
    grown.fragments.push_back({"g", makeExpression(Call{"front"}, "gone")});
    const auto again = spec::readLayout(text, "f", grown);
    QVERIFY(again.value && again.value->unmatched.empty());
    QCOMPARE(entries(*again.value, grown), strings({"pay 3 4", "gone 1 2"}));
}

void TestLayoutFile::veryLongPlaceKeys()
{
    // 200 operators with calls of 200 bytes below them.
    auto node = call(std::string(200, 'x'));
    for (int depth = 0; depth < 199; ++depth)
        node = makeExpression(Fallback{node, {call("front")}});
    Journey journey;
    journey.root = node;
    Placement placement;
    for (const auto& place : nodePlaces(journey))
        placement.nodes.emplace(place.node->id, Offset{double(place.depth), 1});
    const auto text = spec::writeLayout(placement, journey);
    const auto read = spec::readLayout(text, "f", journey);
    QCOMPARE(brief(read.diagnostics), QStringList());
    QVERIFY(read.value == placement);
}

void TestLayoutFile::writtenTextReadsBack()
{
    QVERIFY(rc::check("as the same placement, and again as the same bytes", [] {
        const Scene scene;
        const auto text = spec::writeLayout(scene.placement, scene.journey);
        RC_LOG() << text;
        const auto read = spec::readLayout(text, "f", scene.journey);
        RC_ASSERT(inWords(read.diagnostics).empty());
        RC_ASSERT(*read.value == scene.placement);
        RC_ASSERT(spec::writeLayout(*read.value, scene.journey) == text);
        RC_ASSERT(text.empty() || (text.ends_with('\n') && !text.ends_with("\n\n")));
    }));
}

void TestLayoutFile::theSameBytesInEveryLocale()
{
    const auto journey = example();
    Placement placement;
    placement.nodes = {{nodeOf(journey, "pay"), {1234567.25 / 10, -0.5}}};
    const auto text = spec::writeLayout(placement, journey);
    // The C++ locale always has a comma here, that of C where the machine has German.
    const auto before = std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
    std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
    const auto there = spec::writeLayout(placement, journey);
    const auto read = spec::readLayout(text, "f", journey);
    std::locale::global(before);
    std::setlocale(LC_NUMERIC, "C");
    QCOMPARE(there, text);
    QVERIFY(read.value == placement);
}

void TestLayoutFile::validateKnowsItsKind()
{
    const auto diagnosed = [](const std::string& body) { return brief(spec::validateFile(header + body, "f")); };
    QCOMPARE(diagnosed("nodes: {any/key: {x: 1, y: 2}}\n"), QStringList());
    QCOMPARE(diagnosed("nodes:\n  any/key: {x: wide, y: 2}\n"), strings({"4:16 error EMAC-213"}));
}

QTEST_GUILESS_MAIN(TestLayoutFile)
#include "tst_layout_file.moc"
