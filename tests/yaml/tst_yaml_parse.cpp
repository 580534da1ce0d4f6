// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/parse.h"

#include <QtTest>

#include <rapidcheck.h>

using namespace emac;
using namespace std::string_literals;

namespace {

/// The tree on lines: kind, place, the text of the span, the value.
void describe(const yaml::Node& node, std::string_view text, const std::string& indent, std::string& out)
{
    static const std::vector<std::string> kinds{"null", "scalar", "sequence", "mapping"};
    static const std::vector<std::string> styles{"", " single", " double", " literal", " folded"};
    out += kinds[static_cast<std::size_t>(node.kind)] + styles[static_cast<std::size_t>(node.style)];
    out += ' ' + std::to_string(node.position.line) + ':' + std::to_string(node.position.column);
    out += (node.flow ? " flow"s : ""s) + (node.tagged ? " tagged" : "");
    if (node.kind == yaml::Kind::Scalar)
        out += " <" + std::string(text.substr(node.span.begin, node.span.length())) + "> " + node.text;
    out += '\n';
    for (const auto& item : node.items) {
        out += indent + "- " + (item.shared ? "shared " : "");
        describe(*item.value, text, indent + "  ", out);
    }
    for (const auto& entry : node.entries) {
        const auto& at = entry.keyPosition;
        out += indent + entry.key + '@' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": "
               + (entry.shared ? "shared " : "");
        describe(*entry.value, text, indent + "  ", out);
    }
}

QString described(const std::string& text)
{
    std::string out;
    const auto stream = yaml::parse(text, "f");
    for (const auto& diagnostic : stream.diagnostics) {
        out += base::codeName(diagnostic.message.code) + ' ' + std::to_string(diagnostic.place.line) + ':'
               + std::to_string(diagnostic.place.column);
        for (const auto& argument : diagnostic.message.arguments)
            out += " |" + argument;
        out += '\n';
    }
    const auto body = std::string_view(text).substr(yaml::hasByteOrderMark(text) ? 3 : 0);
    for (const auto& document : stream.documents) {
        if (document.root)
            describe(*document.root, body, "", out);
        else
            out += document.broken ? "broken\n" : "empty\n";
    }
    return QString::fromStdString(out);
}

/// The diagnostics as "CODE line:column", the first three.
QString problems(const std::string& text, const yaml::Limits& limits = {}, const base::Watch& watch = {})
{
    std::string out;
    for (const auto& diagnostic : yaml::parse(text, "f", limits, watch).diagnostics) {
        out += (out.empty() ? "" : ", ") + base::codeName(diagnostic.message.code) + ' '
               + std::to_string(diagnostic.place.line) + ':' + std::to_string(diagnostic.place.column);
    }
    return QString::fromStdString(out.substr(0, 60));
}

std::string repeated(std::string_view part, std::size_t count)
{
    std::string text;
    text.reserve(part.size() * count);
    for (std::size_t i = 0; i < count; ++i)
        text += part;
    return text;
}

void addRow(const char* name, const std::string& text, const std::string& expected)
{
    QTest::newRow(name) << QByteArray::fromStdString(text) << QString::fromStdString(expected);
}

/// A list of lists, so many levels deep.
std::string nested(std::size_t levels)
{
    return repeated("[", levels) + repeated("]", levels);
}

/// A value that a plain scalar may have in block and in flow context.
std::string plainValue()
{
    static const std::string first = "abz09_./";
    static const std::string inner = "abz09_./%:#-' \"\xC3\xA4";
    std::string value(1, *rc::gen::elementOf(first));
    const auto length = *rc::gen::inRange<std::size_t>(0, 12);
    for (std::size_t i = 0; i < length; ++i)
        value += inner.substr(*rc::gen::inRange<std::size_t>(0, 15), 1);
    for (const std::string bad : {": ", " #"}) {
        for (auto at = value.find(bad); at != std::string::npos; at = value.find(bad))
            value.replace(at, 2, "__");
    }
    while (value.back() == ' ' || value.back() == ':')
        value.pop_back();
    return value;
}

} // namespace

class TestYamlParse : public QObject
{
    Q_OBJECT

private slots:
    void trees_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        addRow("nothing", "", "");
        addRow("only comments", "# a\n  # b\n", "");
        addRow("block", "a: 1\nb:\n  - x\n  - 'it''s' # c\nc: \"q\\\"\\n\"\n",
               "mapping 1:1\na@1:1: scalar 1:4 <1> 1\nb@2:1: sequence 3:3\n  - scalar 3:5 <x> x\n"
               "  - scalar single 4:5 <'it''s'> it's\nc@5:1: scalar double 5:4 <\"q\\\"\\n\"> q\"\n\n");
        addRow("flow", "{a: [1, \"2\", b c], d: {}}",
               "mapping 1:1 flow\na@1:2: sequence 1:5 flow\n  - scalar 1:6 <1> 1\n  - scalar double 1:9 <\"2\"> 2\n"
               "  - scalar 1:14 <b c> b c\nd@1:20: mapping 1:23 flow\n");
        addRow("bytes and lines with CRLF and mark", "\xEF\xBB\xBF\xC3\xA4: \xE2\x82\xAC x\r\nb: 2\r\n",
               "mapping 1:1\n\xC3\xA4@1:1: scalar 1:5 <\xE2\x82\xAC x> \xE2\x82\xAC x\nb@2:1: scalar 2:4 <2> 2\n");
        addRow("plain on lines", "a: b c\n  d  # no\n\n  \nb: x\n\n  y",
               "mapping 1:1\na@1:1: scalar 1:4 <b c\n  d> b c d\nb@5:1: scalar 5:4 <x\n\n  y> x\ny\n");
        addRow("literal", "a: |\n  x\n   y\n\n# c\nb: >-\n  x\n  # y\n\n  z\n  \nc: |2-\n   x\n",
               "mapping 1:1\na@1:1: scalar literal 1:4 <|\n  x\n   y> x\n y\n\nb@6:1: scalar folded 6:4 <>-\n  x\n  # "
               "y\n\n"
               "  z> x # y\nz\nc@12:1: scalar literal 12:4 <|2-\n   x>  x\n");
        addRow("literal in a sequence at its parent's column", "a:\n- |\n x\n- y\n",
               "mapping 1:1\na@1:1: sequence 2:1\n  - scalar literal 2:3 <|\n x> x\n\n  - scalar 4:3 <y> y\n");
        addRow("nulls", "a:\nb: ~\nc: null # x\nd: Null\ne: ''\nf: nullx\n",
               "mapping 1:1\na@1:1: null 1:1\nb@2:1: null 2:4\nc@3:1: null 3:4\nd@4:1: null 4:4\n"
               "e@5:1: scalar single 5:4 <''> \nf@6:1: scalar 6:4 <nullx> nullx\n");
        addRow(
            "null before a key that looks like one", "a:\n~: 1\nb:\n  ~: 2\n",
            "mapping 1:1\na@1:1: null 1:1\n~@2:1: scalar 2:4 <1> 1\nb@3:1: mapping 4:3\n  ~@4:3: scalar 4:6 <2> 2\n");
        addRow(
            "null items", "-\n- a\n-   # x\n- ~\n- [~, a: , {b, c: }]\n-",
            "sequence 1:1\n- null 1:1\n- scalar 2:3 <a> a\n- null 3:1\n- null 4:3\n- sequence 5:3 flow\n  - null 5:4\n"
            "  - mapping 5:7 flow\n    a@5:7: null 5:7\n  - mapping 5:12 flow\n    b@5:13: null 5:13\n"
            "    c@5:16: null 5:16\n- null 6:1\n");
        addRow("anchors and tags", "a: &x !t v\nb: !!str 5\nc: &y\n  k: *x\nd: ! 5\ne: &z\nf: !t {}\ng: *z\n",
               "mapping 1:1\na@1:1: scalar 1:10 tagged <v> v\nb@2:1: scalar 2:10 tagged <5> 5\nc@3:1: mapping 4:3\n"
               "  k@4:3: shared scalar 1:10 tagged <v> v\nd@5:1: scalar 5:6 <5> 5\ne@6:1: null 6:1\n"
               "f@7:1: mapping 7:7 flow tagged\ng@8:1: shared null 6:1\n");
        addRow("explicit and quoted keys", "? a\n: 1\n? b\n\"c d\": 2\n",
               "mapping 1:1\na@1:3: scalar 2:3 <1> 1\nb@3:3: null 3:3\nc d@4:1: scalar 4:8 <2> 2\n");
        addRow("alias as key", "&k a: 1\nb: {*k : 2}\n",
               "mapping 1:1\na@1:4: scalar 1:7 <1> 1\nb@2:1: mapping 2:4 flow\n  a@2:5: scalar 2:10 <2> 2\n");
        addRow("merge", "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc:\n  z: 0\n  <<: [{y: 9}, *a]\n\"<<\": q\n",
               "mapping 1:1\na@1:1: mapping 1:7 flow\n  x@1:8: scalar 1:11 <1> 1\n  y@1:14: scalar 1:17 <2> 2\n"
               "b@2:1: mapping 2:4 flow\n  y@2:13: scalar 2:16 <3> 3\n  x@1:8: shared scalar 1:11 <1> 1\n"
               "c@3:1: mapping 4:3\n  z@4:3: scalar 4:6 <0> 0\n  y@5:9: shared scalar 5:12 <9> 9\n"
               "  x@1:8: shared scalar 1:11 <1> 1\n<<@6:1: scalar 6:7 <q> q\n");
        addRow("documents", "%YAML 1.2\n---\na\n---\n--- ~\n...\nb: 1\n...\n...\n",
               "scalar 3:1 <a> a\nempty\nnull 5:5\nmapping 7:1\nb@7:1: scalar 7:4 <1> 1\n");
        addRow("wrong aliases all at once", "a: *b\nc: [*d, *c]\ne: &e [*e]\nf: ok\nf: no\n",
               "EMAC-108 1:4 |b\nEMAC-108 2:5 |d\nEMAC-108 2:9 |c\nEMAC-108 3:8 |e\nEMAC-107 5:1 |f |4\nmapping 1:1\n"
               "a@1:1: shared null 1:4\nc@2:1: sequence 2:4 flow\n  - shared null 2:5\n  - shared null 2:9\ne@3:1: "
               "sequence 3:7 flow\n"
               "  - shared null 3:8\nf@4:1: scalar 4:4 <ok> ok\n");
        addRow("duplicates", "a: 1\nb: {c: 1, 'c': 2, c: 3}\na: 2\n",
               "EMAC-107 2:11 |c |2\nEMAC-107 2:19 |c |2\nEMAC-107 3:1 |a |1\nmapping 1:1\na@1:1: scalar 1:4 <1> 1\n"
               "b@2:1: mapping 2:4 flow\n  c@2:5: scalar 2:8 <1> 1\n");
        addRow("keys that are no scalar", "? [a]\n: 1\nb: {{c: d}: 2, e: 3}\n",
               "EMAC-109 1:3\nEMAC-109 3:5\nmapping 1:1\nb@3:1: mapping 3:4 flow\n  e@3:16: scalar 3:19 <3> 3\n");
        addRow("merge of what is no mapping", "a: {<<: 1, b: 2}\n",
               "EMAC-104 1:5 |the merge key << has neither a mapping nor a list of mappings\nmapping 1:1\n"
               "a@1:1: mapping 1:4 flow\n  b@1:12: scalar 1:15 <2> 2\n");
        addRow("nothing behind a syntax error", "a: 1\n---\nb: [1\n---\nc: 2\n",
               "EMAC-104 4:1 |end of sequence flow not found\nmapping 1:1\na@1:1: scalar 1:4 <1> 1\nbroken\n");
    }
    void trees()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(described(text.toStdString()), expected);
    }

    void problems_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        addRow("unclosed sequence", "a: 1\nb: [1, 2", "EMAC-104 2:9");
        addRow("unclosed mapping in the middle", "a: {b: 1\nc: 2\n", "EMAC-104 2:2");
        addRow("unclosed quote", "a: 'x\n", "EMAC-104 1:4");
        addRow("unclosed quote on lines", "a: \"x\n  y\n\n", "EMAC-104 1:4");
        addRow("text behind a quote", "a: 'b' c\n", "EMAC-104 1:8");
        addRow("text behind the document", "[a]\nb\n", "EMAC-104 2:1");
        addRow("stray comma", ",", "EMAC-104 1:1");
        addRow("two values", "\"a\" \"b\"", "EMAC-104 1:5");
        addRow("wrong indentation", "a: 1\n b: 2\n", "EMAC-104 2:3");
        addRow("tab as indentation", "a:\n\tb: 1\n", "EMAC-104 2:3");
        addRow("tag without suffix", "a: !!\n", "EMAC-104 1:6");
        addRow("NUL", "a: b\0c"s, "EMAC-104 1:5");
        addRow("control character", "a: 1\nb: \x04\n", "EMAC-104 2:4");
        addRow("lone carriage return", "a: 1\rb: 2\n", "EMAC-104 1:5");
        addRow("Latin-1", "a: 1\nb: \xE4\n", "EMAC-103 2:4");
        addRow("surrogate", "a: \xED\xA0\x80", "EMAC-103 1:4");
        addRow("overlong", "\xC0\xAF", "EMAC-103 1:1");
        addRow("UTF-16",
               "\xFF\xFE"
               "a\0"s,
               "EMAC-103 1:1");
        addRow("one level too deep", nested(461), "EMAC-105 1:461");
        addRow("deep enough", nested(460), "");
        addRow("a million brackets", repeated("[", 1'000'000), "EMAC-105 1:231");
        addRow("a million braces", repeated("{", 1'000'000), "EMAC-105 1:460");
        addRow("too many indicators in a line", repeated("[", 1'000'001), "EMAC-104 1:1000001");
        addRow("a million dashes", repeated("- ", 1'000'000), "EMAC-105 1:921");
        addRow("deep through aliases", "- &a " + nested(300) + "\n- " + repeated("[", 200) + "*a" + repeated("]", 200),
               "EMAC-105 2:203");
        addRow("many unknown aliases", repeated("- *x\n", 100'000),
               "EMAC-108 1:3, EMAC-108 2:3, EMAC-108 3:3, EMAC-108 4:3, EMAC");
    }
    void problems()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(::problems(text.toStdString()), expected);
    }

    void aliasBomb()
    {
        std::string text = "a: &a [x, x, x, x, x, x, x, x, x]\n";
        for (char name = 'b'; name < 'z'; ++name) {
            const auto before = std::string(1, static_cast<char>(name - 1));
            text += name + ": &"s + name + " [" + repeated('*' + before + ", ", 9) + "]\n";
        }
        QCOMPARE(::problems(text), QStringLiteral("EMAC-106 7:16"));
    }

    void aliasesWithinTheLimit()
    {
        const auto text = "a: &a [x, y]\nb: [*a, *a]\n"s; // 1 + (3) + 1 + 2·3 nodes, 2 keys
        QCOMPARE(::problems(text, {.expandedNodes = 13}), QString());
        QCOMPARE(::problems(text, {.expandedNodes = 12}), QStringLiteral("EMAC-106 2:9"));
    }

    void mergeBomb()
    {
        std::string text = "a: &a {";
        for (int i = 0; i < 10'000; ++i)
            text += 'k' + std::to_string(i) + ": 1, ";
        text += "}\nb:\n" + repeated("- <<: *a\n", 10'000);
        QVERIFY(::problems(text).startsWith(QStringLiteral("EMAC-106 ")));
    }

    void limits()
    {
        QCOMPARE(::problems("a: 1", {.bytes = 3}), QStringLiteral("EMAC-102 0:0"));
        QCOMPARE(::problems("a: 1", {.bytes = 4}), QString());
        QCOMPARE(::problems("a: [[1]]", {.depth = 2}), QStringLiteral("EMAC-105 1:5"));
    }

    void stopsWhenAsked()
    {
        QCOMPARE(::problems("a: 1", {}, base::Watch({}, std::chrono::nanoseconds(0))), QStringLiteral("EMAC-603 1:1"));
    }

    void findsInvalidUtf8()
    {
        QCOMPARE(yaml::findInvalidUtf8("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"), std::string_view::npos);
        QCOMPARE(yaml::findInvalidUtf8("ab\x80"), std::size_t(2));
        QCOMPARE(yaml::findInvalidUtf8("\xF4\x90\x80\x80"), std::size_t(0));
        QCOMPARE(yaml::findInvalidUtf8("a\xE2\x82"), std::size_t(1));
    }

    void spansReadBackAsTheirValue()
    {
        QVERIFY(rc::check("the text at a scalar's span has its value", [] {
            const auto value = plainValue();
            const auto style = *rc::gen::inRange(0, 3);
            auto written = value;
            if (style == 1) {
                written = "'";
                for (const char c : value)
                    written += c == '\'' ? "''"s : std::string(1, c);
                written += '\'';
            } else if (style == 2) {
                written = "\"";
                for (const char c : value)
                    written += c == '"' ? "\\\""s : std::string(1, c);
                written += '"';
            }
            static const std::vector<std::pair<std::string, std::string>> contexts{
                {"", ""},           {"k: ", "\n"},     {"- ", "  # c\n"},
                {"a: {k: ", "}\n"}, {"[x, ", " , y]"}, {"k:\n   &a ", "\r\nl: 1\r\n"}};
            const auto& [before, after] = *rc::gen::elementOf(contexts);
            const auto text = before + written + after;
            const auto stream = yaml::parse(text, "f");
            RC_ASSERT(stream.diagnostics.empty());
            const auto* node = stream.documents.at(0).root.get();
            while (node->kind != yaml::Kind::Scalar) {
                if (node->kind == yaml::Kind::Sequence)
                    node = node->items.size() > 1 ? node->items[1].value.get() : node->items.at(0).value.get();
                else
                    node = node->entries.at(0).value.get();
            }
            RC_ASSERT(node->text == value);
            RC_ASSERT(text.substr(node->span.begin, node->span.length()) == written);
        }));
    }

    void readsAnyTextWithoutHarm()
    {
        static const std::vector<std::string> parts{
            "a",      "b: ",   "- ",    "\n",  "\n  ", "  ",  "[",   "]",   "{",    "}",        ",",
            ":",      "?",     "? ",    "&a ", "*a",   "!t ", "|\n", ">\n", "'",    "\"",       "#",
            " # c\n", "---\n", "...\n", "~",   "<<: ", "\t",  "%",   "\\",  "\r\n", "\xC3\xA4", "null"};
        QVERIFY(rc::check("spans lie within the text, children within their parent", [] {
            std::string text;
            for (const auto i :
                 *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, parts.size())))
                text += parts[i];
            const auto stream = yaml::parse(text, "f");
            const std::function<void(const yaml::Node&)> visit = [&](const yaml::Node& node) {
                RC_ASSERT(node.span.begin <= node.span.end);
                RC_ASSERT(node.span.end <= text.size());
                RC_ASSERT(node.position.line >= 1U);
                const auto child = [&](const yaml::NodePtr& below, bool shared) {
                    if (shared)
                        return;
                    RC_ASSERT(below->span.end <= node.span.end);
                    RC_ASSERT(below->span.begin >= node.span.begin);
                    visit(*below);
                };
                for (const auto& item : node.items)
                    child(item.value, item.shared);
                for (const auto& entry : node.entries)
                    child(entry.value, entry.shared);
            };
            for (const auto& document : stream.documents) {
                if (document.root)
                    visit(*document.root);
            }
        }));
    }
};

QTEST_GUILESS_MAIN(TestYamlParse)
#include "tst_yaml_parse.moc"
