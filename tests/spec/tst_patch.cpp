// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/patch.h"
#include "core/yaml/parse.h"

#include <QtTest>

#include <rapidcheck.h>

using namespace emac;
using namespace std::string_literals;
using journey::Element;

namespace {

/// Elements of the test documents: the nodes by their `id`.
const journey::NodeId retryNode{1};
const journey::NodeId timeoutNode{2};
const journey::NodeId raceNode{3};
const journey::NodeId kofnNode{4};
const journey::NodeId optionalNode{5};
const journey::NodeId branchNode{6};

const std::vector<std::pair<std::string, journey::NodeId>> nodeNames{
    {"retry", retryNode}, {"timeout", timeoutNode},   {"race", raceNode},
    {"kofn", kofnNode},   {"optional", optionalNode}, {"branch", branchNode}};

/// A small reader of the test documents: components, the availability objective, nodes in a list.
class Reader
{
public:
    spec::SourceMap read(const std::string& text)
    {
        const auto stream = yaml::parse(text, "f");
        if (!stream.diagnostics.empty() || stream.documents.size() != 1)
            qFatal("a test document has errors: %s", text.c_str());
        const auto& root = stream.documents.front().root;
        place(Element::journey(), "", root->position, *root, false);
        for (const auto& entry : root->entries) {
            if (entry.key == "components")
                components(*entry.value, entry.shared);
            else if (entry.key == "target")
                place(Element::objective("availability"), "target", entry.keyPosition, *entry.value, entry.shared);
            else if (entry.key == "nodes")
                nodes(*entry.value);
        }
        return std::move(m_map);
    }

private:
    void components(const yaml::Node& node, bool shared)
    {
        for (const auto& entry : node.entries) {
            const auto element = Element::component(entry.key);
            const bool below = shared || entry.shared;
            place(element, "", entry.keyPosition, *entry.value, below);
            fields(element, "", *entry.value, below);
        }
    }

    void nodes(const yaml::Node& node)
    {
        for (const auto& item : node.items) {
            const auto* type = item.value->find("type");
            for (const auto& [name, id] : nodeNames) {
                if (type != nullptr && type->value->text == name) {
                    place(Element::ofNode(id), "", item.value->position, *item.value, item.shared);
                    fields(Element::ofNode(id), "", *item.value, item.shared);
                }
            }
        }
    }

    /// All but what begins with "x-", as a reader leaves out the keys that it does not know.
    void fields(const Element& element, const std::string& prefix, const yaml::Node& node, bool shared)
    {
        for (const auto& entry : node.entries) {
            if (entry.key.starts_with("x-"))
                continue;
            place(element, prefix + entry.key, entry.keyPosition, *entry.value, shared || entry.shared);
            fields(element, prefix + entry.key + '.', *entry.value, shared || entry.shared);
        }
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const auto& value = *node.items[i].value;
            fields(element, prefix + std::to_string(i) + '.', value, shared || node.items[i].shared);
        }
    }

    void place(const Element& element, const std::string& field, const yaml::Position& key, const yaml::Node& value,
               bool shared)
    {
        m_map.add(element, field, {key, value.position, value.span, value.kind, value.style, value.flow, shared});
    }

    spec::SourceMap m_map;
};

base::Ratio ratio(std::string_view text)
{
    return base::Ratio(base::Decimal::parse(text).value());
}

journey::SetAvailability overriding(const std::string& component, std::string_view value)
{
    return {component, ratio(value)};
}

journey::SetAvailability reset(const std::string& component)
{
    return {component, std::nullopt};
}

std::string described(const spec::SourceMap& map)
{
    std::string out;
    for (const auto& [key, p] : map.places()) {
        out += key.first.name + '#' + std::to_string(static_cast<int>(key.first.kind)) + ' ' + key.second + ' ';
        for (const auto& at : {p.key, p.value})
            out += std::to_string(at.offset) + '@' + std::to_string(at.line) + ':' + std::to_string(at.column) + ' ';
        out += '[' + std::to_string(p.span.begin) + ',' + std::to_string(p.span.end) + ")\n";
    }
    return out;
}

/// The text after the edit, or the refusal's code and arguments. Checks that the new map is that of the new text, and
/// that all bytes outside the change are the old ones.
std::string patched(const std::string& text, const journey::Edit& edit)
{
    const auto result = spec::patch(text, Reader().read(text), edit);
    if (!result.value) {
        const auto& message = result.diagnostics.at(0).message;
        auto refusal = base::codeName(message.code);
        for (const auto& argument : message.arguments)
            refusal += '|' + argument;
        return refusal;
    }
    const auto& patch = *result.value;
    if (patch.text != yaml::applied(text, patch.change))
        return "the change does not make the text";
    const auto read = Reader().read(patch.text);
    if (patch.sources != read)
        return "the map differs:\n" + described(patch.sources) + "from what is read:\n" + described(read) + patch.text;
    return patch.text;
}

QString quoted(const std::string& text)
{
    return QString::fromStdString(text);
}

void addRow(const char* name, const std::string& before, const std::string& after)
{
    QTest::newRow(name) << QByteArray::fromStdString(before) << QByteArray::fromStdString(after);
}

std::string withCrlf(const std::string& text)
{
    std::string result;
    for (const char c : text)
        result += c == '\n' ? "\r\n"s : std::string(1, c);
    return result;
}

const char* const mark = "\xEF\xBB\xBF";

/// A document of random components, in random layout; the component "c" is to be edited and has no availability.
std::string randomDocument()
{
    const auto coin = [] { return *rc::gen::arbitrary<bool>(); };
    const auto comment = [&](const std::string& indent) {
        return coin() ? ""s : indent + "# \xC3\xA4\t: {\n" + (coin() ? "\n" : "");
    };
    const auto trailing = [&] { return coin() ? "\n"s : " \t# note, availability: 1\n"s; };
    const auto blank = [&] { return std::string(*rc::gen::inRange<std::size_t>(0, 3), ' '); };
    std::vector<std::string> entries{"kind: service", "x-owner: \"a, }b\"", "notes: caf\xC3\xA9 x"};
    if (coin())
        entries.insert(entries.begin() + *rc::gen::inRange(0, 4),
                       "atomicSLORef: "s + (coin() ? "'openslo:c'" : "openslo:c"));
    std::string text = coin() ? "# head\n"s : ""s;
    text += "components:\n";
    const auto component = [&](const std::string& name) {
        text += comment("  ") + "  " + name + ':';
        if (coin()) {
            text += " {" + blank();
            for (std::size_t i = 0; i < entries.size(); ++i)
                text += (i == 0 ? "" : "," + blank() + ' ') + entries[i] + blank();
            text += '}' + trailing();
        } else {
            text += trailing();
            const std::string indent(*rc::gen::inRange<std::size_t>(3, 7), ' ');
            for (const auto& entry : entries)
                text += comment(indent) + indent + entry + trailing();
        }
    };
    component("b");
    component("c");
    if (coin())
        component("d");
    if (coin())
        text += "target: 99.5 %\n";
    if (coin())
        text.pop_back();
    if (coin())
        text = withCrlf(text);
    return coin() ? mark + text : text;
}

} // namespace

class TestPatch : public QObject
{
    Q_OBJECT

private slots:
    void overrides_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        addRow("behind the reference", "components:\n  c:\n    kind: s\n    atomicSLORef: openslo:c\n    notes: n\n",
               "components:\n  c:\n    kind: s\n    atomicSLORef: openslo:c\n    availability: 0.99\n    notes: n\n");
        addRow("behind the reference's comment", "components:\n  c:\n    atomicSLORef: \"openslo:c\"  # why\n  d: {}\n",
               "components:\n  c:\n    atomicSLORef: \"openslo:c\"  # why\n    availability: 0.99\n  d: {}\n");
        addRow("before the first key", "components:\n  c:\n    # of c\n    kind: s # k\n",
               "components:\n  c:\n    # of c\n    availability: 0.99\n    kind: s # k\n");
        addRow("at the end without line end", "components:\n  c:\n    atomicSLORef: x",
               "components:\n  c:\n    atomicSLORef: x\n    availability: 0.99");
        addRow("CRLF at the end without line end", "components:\r\n  c:\r\n    atomicSLORef: x",
               "components:\r\n  c:\r\n    atomicSLORef: x\r\n    availability: 0.99");
        addRow("CRLF", "components:\r\n  c:\r\n    atomicSLORef: x\r\n    kind: s\r\n",
               "components:\r\n  c:\r\n    atomicSLORef: x\r\n    availability: 0.99\r\n    kind: s\r\n");
        addRow("byte-order mark", mark + "components:\n  c:\n    kind: \xC3\xA4\n"s,
               mark + "components:\n  c:\n    availability: 0.99\n    kind: \xC3\xA4\n"s);
        addRow("flow behind the reference", "components: {c: {kind: s, atomicSLORef: \"x\" }, d: {}}\n",
               "components: {c: {kind: s, atomicSLORef: \"x\", availability: 0.99 }, d: {}}\n");
        addRow("flow before the first key", "components:\n  c: { kind: s }  # c\n  d: {}\n",
               "components:\n  c: { availability: 0.99, kind: s }  # c\n  d: {}\n");
        addRow("flow, empty", "components:\n  c: {}\n", "components:\n  c: {availability: 0.99}\n");
        addRow("one-line flow in a flow on lines", "components: {c: {kind: s},\n  d: {}\n  }\n",
               "components: {c: {availability: 0.99, kind: s},\n  d: {}\n  }\n");
        addRow("anchored reference", "components:\n  c:\n    atomicSLORef: &r x\n  d:\n    atomicSLORef: *r\n",
               "components:\n  c:\n    atomicSLORef: &r x\n    availability: 0.99\n  d:\n    atomicSLORef: *r\n");
        addRow("reference through an alias", "components:\n  d: {atomicSLORef: &r x}\n  c: {atomicSLORef: *r}\n",
               "components:\n  d: {atomicSLORef: &r x}\n  c: {availability: 0.99, atomicSLORef: *r}\n");
        addRow("reference on two lines", "components:\n  c:\n    atomicSLORef:\n      x # y\n    kind: s\n",
               "components:\n  c:\n    atomicSLORef:\n      x # y\n    availability: 0.99\n    kind: s\n");
        addRow("merge key first", "components:\n  b: &b {kind: s}\n  c:\n    <<: *b\n    notes: n\n",
               "components:\n  b: &b {kind: s}\n  c:\n    availability: 0.99\n    <<: *b\n    notes: n\n");
        addRow("replaced", "components:\n  c:\n    availability: 0.5 # half\n    kind: s\n",
               "components:\n  c:\n    availability: 0.99 # half\n    kind: s\n");
        addRow("only entry", "components:\n  c:\n    availability: 0.5\n",
               "components:\n  c:\n    availability: 0.99\n");
        addRow("replaced in quotes", "components: {c: {availability: '0.5', kind: s}}",
               "components: {c: {availability: '0.99', kind: s}}");
        addRow("replaced in per cent", "components:\n  c: {availability: 50%}\n",
               "components:\n  c: {availability: 99%}\n");
        addRow("replaced in per cent with a blank", "components:\n  c: {availability: \"50 %\"}\n",
               "components:\n  c: {availability: \"99 %\"}\n");
        addRow("replaced null", "components:\n  c: {availability: ~, kind: s}\n",
               "components:\n  c: {availability: 0.99, kind: s}\n");
        addRow("value on its own line", "components:\n  c:\n    availability:\n      0.5\n    kind: s\n",
               "components:\n  c:\n    availability:\n      0.99\n    kind: s\n");
        addRow("unknown component", "components:\n  d: {}\n", "EMAC-801");
        addRow("component through an alias", "components:\n  b: &b {kind: s}\n  c: *b\n", "EMAC-803|availability|3");
        addRow("component that an alias names", "components:\n  c: &c {kind: s}\n  d: *c\n", "EMAC-803|availability|3");
        addRow("component that is merged elsewhere", "components:\n  c: &c\n    kind: s\n  d:\n    <<: *c\n",
               "EMAC-803|availability|3");
        addRow("value through an alias", "a: &a 0.5\ncomponents:\n  c: {availability: *a}\n",
               "EMAC-803|availability|3");
        addRow("value that an alias names", "components:\n  c: {availability: &a 0.5}\n  d: {availability: *a}\n",
               "EMAC-803|availability|3");
        addRow("value through a merge key", "a: &a {availability: 0.5}\ncomponents:\n  c: {<<: *a, kind: s}\n",
               "EMAC-803|availability|1");
        addRow("flow on lines", "components:\n  c: {kind: s,\n    notes: n}\n", "EMAC-804|availability|2");
        addRow("observed", "components:\n  c:\n    availability: {observed: {good: 1, total: 2}}\n",
               "EMAC-804|availability|3");
        addRow("no mapping", "components:\n  c: x\n", "EMAC-804|availability|2");
        addRow("folded value", "components:\n  c:\n    availability: >\n      0.5\n", "EMAC-804|availability|3");
        addRow("explicit key", "components:\n  ? c\n  : kind: s\n", "EMAC-804|availability|2");
    }
    void overrides()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(quoted(patched(before.toStdString(), overriding("c", "0.99"))), quoted(after.toStdString()));
    }

    void resets_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        addRow("first", "components:\n  c:\n    availability: 1 # a\n    # k\n    kind: s\n  d: {}\n",
               "components:\n  c:\n    # k\n    kind: s\n  d: {}\n");
        addRow("in the middle", "components:\n  c:\n    kind: s\n    availability: 1\n    notes: n",
               "components:\n  c:\n    kind: s\n    notes: n");
        addRow("last", "components:\n  c:\n    x-y: z # q\n    # a\n    availability: 1 # b\n\n  d: {}\n",
               "components:\n  c:\n    x-y: z # q\n    # a\n\n  d: {}\n");
        addRow("last without line end", "components:\r\n  c:\r\n    kind: s\r\n    availability: 1 # b",
               "components:\r\n  c:\r\n    kind: s");
        addRow("on two lines", "components:\n  c:\n    kind: s\n    availability:\n      1\n  d: {}\n",
               "components:\n  c:\n    kind: s\n  d: {}\n");
        addRow("flow, first", "components: {c: { availability: 1 , kind: s }}\n", "components: {c: { kind: s }}\n");
        addRow("flow, last", "components:\n  c: {kind: s , availability: 1 }\n", "components:\n  c: {kind: s  }\n");
        addRow("flow, in the middle", "components:\n  c: {kind: s, availability: 1, notes: n}\n",
               "components:\n  c: {kind: s, notes: n}\n");
        addRow("beside a merge key", "components:\n  b: &b {kind: s}\n  c:\n    availability: 1\n    <<: *b\n",
               "components:\n  b: &b {kind: s}\n  c:\n    <<: *b\n");
        addRow("only entry", "components:\n  c:\n    availability: 1\n", "EMAC-805|availability|3");
        addRow("only entry in flow", "components:\n  c: {availability: 1, }\n", "EMAC-805|availability|2");
        addRow("not written", "components:\n  c:\n    kind: s\n", "EMAC-802|availability");
        addRow("observed", "components:\n  c:\n    availability: {observed: {good: 1, total: 2}}\n    kind: s\n",
               "EMAC-804|availability|3");
        addRow("unknown component", "components: {}\n", "EMAC-801");
    }
    void resets()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(quoted(patched(before.toStdString(), reset("c"))), quoted(after.toStdString()));
    }

    void scalars_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* name, int index, const std::string& before, const std::string& after) {
            QTest::newRow(name) << index << QByteArray::fromStdString(before) << QByteArray::fromStdString(after);
        };
        row("target", 0, "target: 0.9 # t\n", "target: 0.9995 # t\n");
        row("target in per cent", 0, "target: 90%\n", "target: 99.95%\n");
        row("target, not written", 0, "components: {}\n", "EMAC-801");
        row("backoff", 1, "nodes:\n- {type: retry, backoff: 20ms, attempts: 3}\n",
            "nodes:\n- {type: retry, backoff: 1.5s, attempts: 3}\n");
        row("deadline", 2, "nodes:\n- type: \"timeout\"\n  deadline: 0.8\n",
            "nodes:\n- type: \"timeout\"\n  deadline: 1.5s\n");
        row("hedgeDelay", 3, "nodes:\n- type: race\n  hedgeDelay: '50ms'\n",
            "nodes:\n- type: race\n  hedgeDelay: '1.5s'\n");
        row("hedgeDelay, not written", 3, "nodes:\n- type: race\n", "EMAC-802|hedgeDelay");
        row("backoff, not written", 1, "nodes:\n- type: retry\n", "EMAC-802|backoff");
        row("attempts", 4, "nodes:\n- {type: retry, attempts: 3}\n", "nodes:\n- {type: retry, attempts: 10}\n");
        row("k", 5, "nodes:\n- k: 2\n  type: kofn\n", "nodes:\n- k: 10\n  type: kofn\n");
        row("wait", 6, "nodes:\n- type: optional\n  wait: true\n", "nodes:\n- type: optional\n  wait: false\n");
        row("wait, a default", 6, "nodes:\n- type: optional\n", "EMAC-802|wait");
        row("probability", 7,
            "nodes:\n- type: branch\n  choices:\n  - {probability: 0.5}\n  - probability: 0.5\n    label: x\n",
            "nodes:\n- type: branch\n  choices:\n  - {probability: 0.5}\n  - probability: 1e-9\n    label: x\n");
        row("probability in per cent", 7, "nodes:\n- type: branch\n  choices: [{probability: 1}, {probability: 0%}]\n",
            "nodes:\n- type: branch\n  choices: [{probability: 1}, {probability: 0.0000001%}]\n");
        row("interval", 7, "nodes:\n- type: branch\n  choices: [{}, {probability: [0, 1]}]\n",
            "EMAC-804|choices.1.probability|3");
        row("node through an alias", 4, "a: &a {type: retry, attempts: 3}\nnodes:\n- *a\n", "EMAC-803|attempts|1");
        row("plain on lines", 1, "nodes:\n- type: retry\n  backoff: 2\n    0\n", "EMAC-804|backoff|3");
        row("nothing written", 1, "nodes:\n- type: retry\n  backoff:\n", "EMAC-804|backoff|3");
    }
    void scalars()
    {
        using namespace std::chrono_literals;
        QFETCH(int, index);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const std::vector<journey::Edit> edits{journey::SetObjectiveTarget{ratio("0.9995")},
                                               journey::SetDuration{retryNode, 1500ms},
                                               journey::SetDuration{timeoutNode, 1500ms},
                                               journey::SetDuration{raceNode, 1500ms},
                                               journey::SetCount{retryNode, 10},
                                               journey::SetCount{kofnNode, 10},
                                               journey::SetWait{optionalNode, false},
                                               journey::SetProbability{branchNode, 1, ratio("1e-9")}};
        const auto& edit = edits.at(static_cast<std::size_t>(index));
        QCOMPARE(quoted(patched(before.toStdString(), edit)), quoted(after.toStdString()));
        if (!after.startsWith("EMAC-"))
            QCOMPARE(quoted(patched(after.toStdString(), edit)), quoted(after.toStdString()));
    }

    void overrideThenResetGivesTheSameBytes()
    {
        QVERIFY(rc::check("on random documents, and each step's map is that of its text", [] {
            const auto text = randomDocument();
            const auto once = patched(text, overriding("c", "0.99"));
            RC_ASSERT(once.starts_with(text.substr(0, 11)));
            RC_ASSERT(once != text);
            RC_ASSERT(patched(once, overriding("c", "0.99")) == once);
            const auto twice = patched(once, overriding("c", "0.12345"));
            RC_ASSERT(patched(twice, overriding("c", "0.99")) == once);
            const auto back = patched(twice, reset("c"));
            RC_LOG() << once << "\n---\n" << back;
            RC_ASSERT(back == text);
        }));
    }

    void mapKnowsTheInnermostElement()
    {
        const auto map = Reader().read("target: 0.9\ncomponents:\n  c:\n    kind: s\n    notes: n\n\n  d: {kind: s}\n"
                                       "nodes:\n- type: retry\n  attempts: 2\n");
        QCOMPARE(map.elementAt(1), Element::journey());
        QCOMPARE(map.elementAt(3), Element::component("c"));
        QCOMPARE(map.elementAt(5), Element::component("c"));
        QCOMPARE(map.elementAt(6), Element::journey());
        QCOMPARE(map.elementAt(7), Element::component("d"));
        QCOMPARE(map.elementAt(10), Element::ofNode(retryNode));
        QCOMPARE(map.elementAt(11), Element::none());
        QCOMPARE(map.lineOf(Element::component("d")), 7U);
        QCOMPARE(map.lineOf(Element::component("e")), 0U);
    }
};

QTEST_GUILESS_MAIN(TestPatch)
#include "tst_patch.moc"
