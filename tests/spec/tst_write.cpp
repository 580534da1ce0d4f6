// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edits.h"
#include "core/journey/landing.h"
#include "core/journey/paths.h"
#include "core/spec/write.h"
#include "tests/spec/edited_text.h"

#include <QtTest>

#include <functional>

using namespace emac;
using namespace journey;

namespace {

using MakeEdit = std::function<Edit(const Intent&)>;

base::Ratio ratio(const char* text)
{
    return base::Ratio(*base::Decimal::parse(text));
}

base::Duration duration(const char* text)
{
    return *base::parseDuration(text);
}

ExpressionPtr call(const char* component)
{
    return makeExpression(Call{component});
}

/// The node at this path of the document.
NodeId at(const Intent& intent, const std::string& path)
{
    for (const auto& place : nodePlaces(intent.journey)) {
        if (place.path == path)
            return place.node->id;
    }
    return {};
}

std::string lines(std::initializer_list<const char*> list)
{
    std::string text;
    for (const auto* line : list)
        text += std::string(line) + '\n';
    return text;
}

const std::string head = "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\nspec:\n";

/// The text after the edit; what is wrong with it instead; or the refusal's code and arguments.
std::string edited(const std::string& text, const MakeEdit& edit)
{
    const auto read = spec::readIntent(text, "f");
    if (!read.value)
        return "the text cannot be read";
    const auto& before = *read.value;
    const auto after = journey::apply(before.intent, edit(before.intent));
    if (!after.value)
        return "the journey refuses: " + base::english(after.diagnostics[0].message);
    const auto written = spec::write(before.sources, before.intent, *after.value);
    if (!written.value) {
        const auto& message = written.diagnostics[0].message;
        auto said = base::codeName(message.code);
        for (const auto& argument : message.arguments)
            said += '|' + argument;
        return said;
    }
    const auto fault = tests::faultOf({*after.value, *written.value});
    return fault.empty() ? written.value->text() : fault;
}

/// Lines that only the one and only the other text has, by a longest common subsequence.
struct LineDiff
{
    int removed = 0;
    int added = 0;
};
LineDiff lineDiff(const std::string& before, const std::string& after)
{
    const auto a = QString::fromStdString(before).split(QLatin1Char('\n'));
    const auto b = QString::fromStdString(after).split(QLatin1Char('\n'));
    std::vector<std::vector<int>> common(static_cast<std::size_t>(a.size()) + 1,
                                         std::vector<int>(static_cast<std::size_t>(b.size()) + 1));
    for (auto i = a.size(); i-- > 0;) {
        for (auto j = b.size(); j-- > 0;) {
            const auto x = static_cast<std::size_t>(i);
            const auto y = static_cast<std::size_t>(j);
            common[x][y] = a[i] == b[j] ? common[x + 1][y + 1] + 1 : std::max(common[x + 1][y], common[x][y + 1]);
        }
    }
    return {static_cast<int>(a.size()) - common[0][0], static_cast<int>(b.size()) - common[0][0]};
}

const std::string publishedPath =
    EMAC_SOURCE_DIR "/../shared/data/emac-checkout/examples/checkout/spec/emac.checkout.yaml";

/// The published text as people may have it.
std::string variant(std::string text, const QString& how)
{
    auto all = QString::fromStdString(text);
    if (how == QLatin1String("comments")) {
        QStringList result;
        qsizetype block = -1;
        for (const auto& line : all.split(QLatin1Char('\n'))) {
            const auto column = line.size() - QStringView(line).trimmed().size();
            const bool inBlock = block >= 0 && (line.trimmed().isEmpty() || column > block);
            if (!inBlock) {
                block = line.endsWith(QLatin1Char('|')) ? column : -1;
                if (!line.trimmed().isEmpty())
                    result += QStringLiteral("# größer\tals: [a, {b");
            }
            const bool plain = !inBlock && block < 0 && !line.trimmed().isEmpty() && !line.contains(QLatin1Char('#'));
            result += plain ? line + QStringLiteral(" # ü") : line;
        }
        all = result.join(QLatin1Char('\n'));
    } else if (how == QLatin1String("CRLF")) {
        all.replace(QLatin1Char('\n'), QLatin1String("\r\n"));
    } else if (how == QLatin1String("BOM")) {
        all.prepend(QChar(0xFEFF));
    } else if (how == QLatin1String("no final newline")) {
        while (all.endsWith(QLatin1Char('\n')))
            all.chop(1);
    }
    return all.toStdString();
}

} // namespace

class TestWrite : public QObject
{
    Q_OBJECT

private:
    std::map<std::string, MakeEdit> m_edits;

    void row(const char* name, const std::string& before, const MakeEdit& edit, const std::string& after,
             const std::string& refusal = {})
    {
        m_edits[name] = edit;
        QTest::newRow(name) << QByteArray::fromStdString(before) << QByteArray::fromStdString(after)
                            << QByteArray::fromStdString(refusal);
    }

private slots:
    void edits_data();
    void edits()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, refusal);
        const auto result = edited(before.toStdString(), m_edits.at(QTest::currentDataTag()));
        QCOMPARE(QByteArray::fromStdString(result), refusal.isEmpty() ? after : refusal);
    }

    void keysThatAreNoWords_data();
    void keysThatAreNoWords();
    void theSmallestDiff_data();
    void theSmallestDiff()
    {
        QFETCH(QString, how);
        QFETCH(int, removed);
        QFETCH(int, added);
        QFile file(QString::fromStdString(publishedPath));
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("the published intent is not here");
        const auto before = variant(file.readAll().toStdString(), how);
        const auto name = QString::fromLatin1(QTest::currentDataTag()).section(QLatin1Char('|'), 0, 0).trimmed();
        const auto after = edited(before, m_edits.at(name.toStdString()));
        const auto diff = lineDiff(before, after);
        if (diff.removed != removed || diff.added != added || qEnvironmentVariableIsSet("EMAC_SHOW_DIFFS"))
            qInfo("%s", after.c_str());
        QCOMPARE(diff.removed, removed);
        QCOMPARE(diff.added, added);
    }

    void newFilesAreCanonical()
    {
        Intent intent;
        intent.name = "checkout";
        intent.objectives.availability = {duration("30d"), ratio("0.995"), {}, {}};
        intent.journey.root = makeExpression(
            Series{{call("front"), makeExpression(Retry{3, duration("20ms"), call("cart")}, "again", "yes")}});
        Component front;
        front.name = "front";
        front.atomicSloRef = "openslo:front";
        front.failureDomains = {"k8s/zone:a", "true"};
        Component cart;
        cart.name = "cart";
        intent.journey.components = Components({std::make_shared<Component>(front), std::make_shared<Component>(cart)});
        QCOMPARE(spec::write(intent), lines({
                                          "apiVersion: emac.dev/v1alpha1",
                                          "kind: JourneyIntent",
                                          "metadata:",
                                          "  name: checkout",
                                          "spec:",
                                          "  objectives:",
                                          "    availability:",
                                          "      window: 30d",
                                          "      target: 0.995",
                                          "  operator:",
                                          "    type: series",
                                          "    steps:",
                                          "      - {ref: front}",
                                          "      - type: retry",
                                          "        id: again",
                                          "        attempts: 3",
                                          "        backoff: 20ms",
                                          "        notes: \"yes\"",
                                          "        body: {ref: cart}",
                                          "  components:",
                                          "    front:",
                                          "      atomicSLORef: openslo:front",
                                          "      failureDomains: [k8s/zone:a, \"true\"]",
                                          "    cart: {}",
                                      }));
    }
};

void TestWrite::edits_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("refusal");
    const auto series = [](const std::string& steps) {
        return head + "  operator:\n    type: series\n    steps:\n" + steps + "  components: {a: {}, b: {}, c: {}}\n";
    };
    const auto steps = "      - ref: a  # first\n      # about b\n      - ref: b\n      - ref: c\n";
    const auto wrapB = [](OperatorType type) {
        return [type](const Intent& i) { return Edit(Wrap{{at(i, "/steps/1")}, type}); };
    };

    const std::string nameless = "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\n";
    const auto draw = [](const Intent&) {
        return Edit(Compound{{AddComponent{componentNamed("a")}, SetRoot{{}, call("a")}}});
    };
    const auto drawn = "spec:\n  operator: {ref: a}\n  components:\n    a: {}\n";
    row("draw in an empty spec", nameless + "spec: {}\n", draw, nameless + drawn);
    row("draw in a spec of nothing", nameless + "spec:\n", draw, nameless + drawn);
    row("draw without a spec", nameless + "# that is all\n", draw, nameless + drawn + "# that is all\n");
    row(
        "set what is not drawn in an empty spec", nameless + "spec: {}\n",
        [](const Intent&) { return AddComponent{componentNamed("a")}; },
        nameless + "spec:\n  components:\n    a: {}\n");
    row("draw in a spec that stands elsewhere", "x: &x {}\n" + nameless + "spec: *x\n", draw, {}, "EMAC-804|spec|5");
    row(
        "insert a step", series(steps),
        [](const Intent& i) {
            return InsertBeside{at(i, "/steps/0"), Side::After, call("c")};
        },
        series("      - ref: a  # first\n      - ref: c\n      # about b\n      - ref: b\n      - ref: c\n"));
    row(
        "insert before the first step", series(steps),
        [](const Intent& i) {
            return InsertBeside{at(i, "/steps/0"), Side::Before, call("c")};
        },
        series("      - ref: c\n      - ref: a  # first\n      # about b\n      - ref: b\n      - ref: c\n"));
    row(
        "delete a step; the comment before it stays", series(steps),
        [](const Intent& i) { return RemoveNodes{{at(i, "/steps/1")}}; },
        series("      - ref: a  # first\n      # about b\n      - ref: c\n"));
    row(
        "delete the last two", series(steps),
        [](const Intent& i) {
            return RemoveNodes{{at(i, "/steps/1"), at(i, "/steps/2")}};
        },
        series("      - ref: a  # first\n      # about b\n"));
    row(
        "move a step with its comment", series(steps),
        [](const Intent& i) {
            return MoveNodes{{at(i, "/steps/0")}, i.journey.root->id, 3};
        },
        series("      # about b\n      - ref: b\n      - ref: c\n      - ref: a  # first\n"));
    row("wrap in a retry", series(steps), wrapB(OperatorType::Retry),
        series("      - ref: a  # first\n      # about b\n      - type: retry\n        attempts: 2\n        body:\n"
               "          ref: b\n      - ref: c\n"));
    row("wrap in a race", series("      - {ref: a}\n      - {ref: b} # b\n      - {ref: c}\n"),
        wrapB(OperatorType::Race),
        series(
            "      - {ref: a}\n      - type: race\n        branches:\n          - {ref: b} # b\n      - {ref: c}\n"));
    row("wrap within brackets",
        head + "  operator: {type: series, steps: [{ref: a}, {ref: b}]}\n  components: {a: {}, b: {}}\n",
        wrapB(OperatorType::Timeout),
        head
            + "  operator: {type: series, steps: [{ref: a}, {type: timeout, deadline: 1s, body: {ref: b}}]}\n"
              "  components: {a: {}, b: {}}\n");
    row(
        "unwrap",
        series("      - ref: a\n      - type: retry # r\n        attempts: 2\n        body:\n          ref: b # b\n"),
        [](const Intent& i) { return Unwrap{at(i, "/steps/1")}; }, series("      - ref: a\n      - ref: b # b\n"));
    row(
        "change the operator: words that the other lacks go",
        head
            + "  operator:\n    type: race # r\n    semantics: hedged\n    hedgeDelay: 5ms\n    id: pay\n    branches: "
              "# all\n"
              "      - ref: a\n      - ref: b\n  components: {a: {}, b: {}}\n",
        [](const Intent& i) {
            return ChangeOperator{i.journey.root->id, OperatorType::Series};
        },
        head
            + "  operator:\n    type: series # r\n    id: pay\n    steps: # all\n      - ref: a\n      - ref: b\n"
              "  components: {a: {}, b: {}}\n");
    row(
        "a first call", head + "  components:\n    a: {}\n",
        [](const Intent&) {
            return SetRoot{"", call("a")};
        },
        head + "  operator: {ref: a}\n  components:\n    a: {}\n");
    row(
        "the last call", head + "  operator: {ref: a}\n  components:\n    a: {}\n",
        [](const Intent& i) { return RemoveNodes{{i.journey.root->id}}; }, head + "  components:\n    a: {}\n");
    row(
        "a parameter that was not stated",
        head + "  operator: {type: optional, body: {ref: a}}\n  components: {a: {}}\n",
        [](const Intent& i) {
            return SetWait{i.journey.root->id, false};
        },
        head + "  operator: {type: optional, wait: false, body: {ref: a}}\n  components: {a: {}}\n");
    row(
        "back to the default",
        head + "  operator: {type: optional, wait: true, body: {ref: a}}\n  components: {a: {}}\n",
        [](const Intent& i) {
            return SetWait{i.journey.root->id, std::nullopt};
        },
        head + "  operator: {type: optional, body: {ref: a}}\n  components: {a: {}}\n");
    row(
        "quotes stay", head + "  operator: {type: timeout, deadline: '1s', body: {ref: a}}\n  components: {a: {}}\n",
        [](const Intent& i) {
            return SetDuration{i.journey.root->id, duration("1500ms")};
        },
        head + "  operator: {type: timeout, deadline: '1.5s', body: {ref: a}}\n  components: {a: {}}\n");
    row(
        "a number of seconds stays one",
        head + "  operator: {type: timeout, deadline: 0.4, body: {ref: a}}\n  components: {a: {}}\n",
        [](const Intent& i) {
            return SetDuration{i.journey.root->id, duration("250ms")};
        },
        head + "  operator: {type: timeout, deadline: 0.25, body: {ref: a}}\n  components: {a: {}}\n");
    const auto deadline = [](const char* limit) {
        return [limit](const Intent&) {
            Objectives objectives;
            objectives.deadline = {duration("30d"), duration(limit), ratio("0.99")};
            return SetObjectives{objectives};
        };
    };
    row("a new deadline is one of seconds", head + "  expectedEvents: 10\n", deadline("400ms"),
        head + "  objectives:\n    deadline:\n      window: 30d\n      seconds: 0.4\n      target: 0.99\n"
            + "  expectedEvents: 10\n");
    row("a deadline in seconds stays so",
        head + "  objectives: {deadline: {window: 30d, seconds: 0.5, target: 0.99}}\n", deadline("400ms"),
        head + "  objectives: {deadline: {window: 30d, seconds: 0.4, target: 0.99}}\n");
    row("a deadline with a unit keeps one",
        head + "  objectives: {deadline: {window: 30d, seconds: 500ms, target: 0.99}}\n", deadline("1500us"),
        head + "  objectives: {deadline: {window: 30d, seconds: 1.5ms, target: 0.99}}\n");
    row(
        "a percentage stays one", head + "  components:\n    a:\n      availability: 99.5% # so far\n",
        [](const Intent&) {
            return SetAvailability{"a", ratio("0.9999")};
        },
        head + "  components:\n    a:\n      availability: 99.99% # so far\n");
    row(
        "override stands behind the reference",
        head + "  components:\n    a:\n      kind: service\n      atomicSLORef: openslo:a # slo\n      notes: n\n",
        [](const Intent&) {
            return SetAvailability{"a", ratio("0.9")};
        },
        head
            + "  components:\n    a:\n      kind: service\n      atomicSLORef: openslo:a # slo\n      availability: "
              "0.9\n      notes: n\n");
    row(
        "reset the only entry", head + "  components:\n    a:\n      availability: 0.9\n",
        [](const Intent&) {
            return SetAvailability{"a", std::nullopt};
        },
        head + "  components:\n    a: {}\n");
    row(
        "a component in CRLF",
        "apiVersion: emac.dev/v1alpha1\r\nkind: JourneyIntent\r\nmetadata: {name: j}\r\nspec:\r\n  components:\r\n    "
        "a: {}\r\n",
        [](const Intent&) {
            Component b;
            b.name = "b";
            b.kind = "service";
            return AddComponent{b};
        },
        "apiVersion: emac.dev/v1alpha1\r\nkind: JourneyIntent\r\nmetadata: {name: j}\r\nspec:\r\n  components:\r\n    "
        "a: {}\r\n    b:\r\n      kind: service\r\n");
    row(
        "rename a component everywhere", series(steps) + "  fragments: {f: {ref: \"a\"}}\n",
        [](const Intent&) {
            return RenameComponent{"a", "true"};
        },
        head
            + "  operator:\n    type: series\n    steps:\n      - ref: \"true\"  # first\n      # about b\n      - "
              "ref: b\n      - ref: c\n"
              "  components: {\"true\": {}, b: {}, c: {}}\n  fragments: {f: {ref: \"true\"}}\n");
    row(
        "extract a fragment", series(steps),
        [](const Intent& i) {
            return ExtractFragment{{at(i, "/steps/0")}, "f"};
        },
        head
            + "  operator:\n    type: series\n    steps:\n      - use: f  # first\n      # about b\n      - ref: b\n   "
              "   - ref: c\n"
              "  fragments:\n    f:\n      ref: a\n  components: {a: {}, b: {}, c: {}}\n");
    row(
        "notes of several lines", head + "  operator: {ref: a}\n  components:\n    a:\n      kind: service\n",
        [](const Intent& i) {
            auto a = *i.journey.components.find("a");
            a.notes = "one\ntwo";
            return SetComponent{a};
        },
        head
            + "  operator: {ref: a}\n  components:\n    a:\n      kind: service\n      notes: |-\n        one\n        "
              "two\n");
    row(
        "no comment comes into a block text",
        head + "  operator: {ref: a}\n  components:\n    a:\n      kind: service\n          # deep\n",
        [](const Intent& i) {
            auto a = *i.journey.components.find("a");
            a.notes = "one\ntwo";
            return SetComponent{a};
        },
        head
            + "  operator: {ref: a}\n  components:\n    a:\n      kind: service\n      notes: \"one\\ntwo\"\n          "
              "# deep\n");
    row(
        "unknown keys stay", head + "  x-team: payments\n  components:\n    a: {x-owner: me, availability: 0.9}\n",
        [](const Intent&) {
            return SetAvailability{"a", std::nullopt};
        },
        head + "  x-team: payments\n  components:\n    a: {x-owner: me}\n");

    row(
        "a key loses the quotes that its old name needed",
        head + "  operator: {ref: \"true\"}\n  components:\n    \"true\": {}\n",
        [](const Intent&) {
            return RenameComponent{"true", "a"};
        },
        head + "  operator: {ref: a}\n  components:\n    a: {}\n");
    row(
        "blank lines of a block text stay its own",
        head
            + "  operator:\n    type: series\n    steps:\n      - ref: a\n        notes: |+\n          t\n\n      - "
              "ref: b\n"
              "  components: {a: {}, b: {}}\n",
        [](const Intent& i) {
            return InsertBeside{at(i, "/steps/0"), Side::After, call("b")};
        },
        {}, "EMAC-804|steps|12");
    row(
        "metadata that were not written",
        "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nspec:\n  components: {a: {}}\n",
        [](const Intent&) {
            return SetMetadata{"j", {}, {}};
        },
        "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata:\n  name: j\nspec:\n  components: {a: {}}\n");

    // What cannot be patched.
    row(
        "a value that an alias repeats", head + "  components:\n    a: &a {availability: 0.9}\n    b: *a\n",
        [](const Intent&) {
            return SetAvailability{"a", ratio("0.8")};
        },
        {}, "EMAC-803|a|6");
    row(
        "a value that is an alias", head + "  components:\n    a: &a {availability: 0.9}\n    b: *a\n",
        [](const Intent&) {
            return SetAvailability{"b", ratio("0.8")};
        },
        {}, "EMAC-803|b|7");
    row(
        "an entry that a merge key gives", head + "  components:\n    a: &a {availability: 0.9}\n    b: {<<: *a}\n",
        [](const Intent&) {
            return SetAvailability{"b", std::nullopt};
        },
        {}, "EMAC-803|b|7");
    row(
        "a merged entry can be overridden", head + "  components:\n    a: &a {availability: 0.9}\n    b: {<<: *a}\n",
        [](const Intent&) {
            return SetAvailability{"b", ratio("0.8")};
        },
        head + "  components:\n    a: &a {availability: 0.9}\n    b: {availability: 0.8, <<: *a}\n");
    row(
        "a step with an anchor that is used",
        head + "  operator: {type: series, steps: [&s {ref: a}, *s, {ref: b}]}\n  components: {a: {}, b: {}}\n",
        [](const Intent& i) { return RemoveNodes{{at(i, "/steps/0")}}; }, {}, "EMAC-803|steps|5");
    row(
        "beside an alias",
        head + "  operator: {type: series, steps: [&s {ref: a}, *s, {ref: b}]}\n  components: {a: {}, b: {}}\n",
        [](const Intent& i) { return RemoveNodes{{at(i, "/steps/2")}}; },
        head + "  operator: {type: series, steps: [&s {ref: a}, *s]}\n  components: {a: {}, b: {}}\n");
    row(
        "a tree that could not be read", head + "  operator: {type: tree}\n  components: {a: {}}\n",
        [](const Intent&) {
            return SetRoot{{}, call("a")};
        },
        {}, "EMAC-851|operator|5");
    row(
        "a list with an entry that could not be read",
        head + "  operator: {ref: a}\n  components:\n    a:\n      failureDomains: [x, [y]]\n",
        [](const Intent& i) {
            auto component = *i.journey.components.list().front();
            component.failureDomains.push_back("z");
            return SetComponent{std::move(component)};
        },
        {}, "EMAC-851|failureDomains|8");
    row(
        "comments do not fit into brackets",
        head
            + "  operator:\n    type: series\n    steps:\n      - type: race\n        branches:\n          # why\n     "
              "     - ref: a\n"
              "          - ref: b\n      - {type: parallel, branches: [{ref: c}]}\n  components: {a: {}, b: {}, c: "
              "{}}\n",
        [](const Intent& i) {
            return MoveNodes{{at(i, "/steps/0")}, at(i, "/steps/1"), 1};
        },
        {}, "EMAC-850|branches|13");
}

/// They are no children of their mapping, which is not empty for that.
void TestWrite::keysThatAreNoWords_data()
{
    QTest::addColumn<QString>("entry");
    for (const auto* entry : {"? availability: {window: 30d, target: 0.9}", "[a]: b", "{}: 1", "? [a]\n    : b"})
        QTest::newRow(entry) << QString::fromLatin1(entry);
}

void TestWrite::keysThatAreNoWords()
{
    QFETCH(QString, entry);
    const auto text = head + "  objectives:\n    " + entry.toStdString() + '\n';
    const auto before = spec::readIntent(text, "f"); // which says that such keys are no words
    const auto after = journey::apply(before.value->intent,
                                      Compound{{AddComponent{componentNamed("front")}, SetRoot{{}, call("front")}}});
    QVERIFY(after.value);
    const auto written = spec::write(before.value->sources, before.value->intent, *after.value);
    QVERIFY(written.value);
    const auto now = written.value->text();
    QVERIFY2(now.starts_with(text) && now.find("ref: front") != std::string::npos, now.c_str());
}

void TestWrite::theSmallestDiff_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<int>("removed");
    QTest::addColumn<int>("added");
    struct Case
    {
        const char* name;
        MakeEdit edit;
        int removed;
        int added;
    };
    const std::vector<Case> cases{
        {"target", [](const Intent&) { return SetObjectiveTarget{ratio("0.999")}; }, 1, 1},
        {"override",
         [](const Intent&) {
             return SetAvailability{"paya", ratio("0.99")};
         },
         0, 1},
        {"hedge delay",
         [](const Intent& i) {
             return SetDuration{at(i, "/steps/2"), duration("50ms")};
         },
         0, 1},
        {"insert a step",
         [](const Intent& i) {
             return InsertBeside{at(i, "/steps/0"), Side::After, call("cart")};
         },
         0, 1},
        {"delete a branch", [](const Intent& i) { return RemoveNodes{{at(i, "/steps/2/branches/1")}}; }, 1, 0},
        {"wrap a call in a retry",
         [](const Intent& i) {
             return Wrap{{at(i, "/steps/0")}, OperatorType::Retry};
         },
         1, 4},
        {"change a race into a parallel",
         [](const Intent& i) {
             return ChangeOperator{at(i, "/steps/2"), OperatorType::Parallel};
         },
         2, 1},
        {"rename a component",
         [](const Intent&) {
             return RenameComponent{"front", "edge"};
         },
         2, 2},
        {"rename a domain",
         [](const Intent&) {
             return RenameDomain{"payment-network", "psp"};
         },
         3, 3},
        {"add a component",
         [](const Intent&) {
             Component mail;
             mail.name = "mail";
             mail.atomicSloRef = "openslo:mail";
             return AddComponent{mail};
         },
         0, 2},
    };
    for (const auto& one : cases) {
        m_edits[one.name] = one.edit;
        for (const auto* how : {"as published", "comments", "CRLF", "BOM", "no final newline"})
            QTest::addRow("%s | %s", one.name, how) << QString::fromLatin1(how) << one.removed << one.added;
    }
}

QTEST_GUILESS_MAIN(TestWrite)
#include "tst_write.moc"
