// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/spec/catalogue.h"
#include "core/spec/read.h"
#include "core/spec/resolve.h"
#include "diagnostics.h"

#include <QTest>

#include <algorithm>

using namespace emac;

/// Texts made to hurt: each is read to its end, or refused, with a diagnostic.
class TestHostile : public QObject
{
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void nesting_data();
    void nesting();
    void nestingThroughFragments_data();
    void nestingThroughFragments();
    void expansion();
    void chainOfEmptyFragments();
    void manyComponents();
    void manyCallsThroughAliases();
    void stopped();
};

namespace {

std::string repeated(std::string_view part, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part;
    return text;
}

bool says(const base::Diagnostics& diagnostics, base::Code code)
{
    return std::ranges::any_of(diagnostics, [code](const auto& diagnostic) { return diagnostic.message.code == code; });
}

std::string bomb()
{
    std::string text = "  a0: &a0 [x, x]\n";
    for (int i = 1; i < 40; ++i) {
        const auto before = "*a" + std::to_string(i - 1);
        text += "  a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + ", " + before + "]\n";
    }
    return intentText(text);
}

} // namespace

void TestHostile::texts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const std::string& text, base::Code code) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << static_cast<int>(code);
    };
    const auto availability = [](const std::string& number) {
        return intentText("  operator: {ref: a}\n  components: {a: {availability: " + number + "}}\n");
    };
    row("alias bomb", bomb(), base::Code::AliasExpansion);
    row("100,000 brackets", repeated("[", 100'000), base::Code::NestingTooDeep);
    row("100,000 brackets in an intent", intentText("  operator: " + repeated("{body: ", 100'000)),
        base::Code::NestingTooDeep);
    row("NULs", std::string(1000, '\0'), base::Code::YamlSyntax);
    row("a NUL in a name",
        "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: \"a\\0b\"}\nspec: {}\n",
        base::Code::NameControlCharacter);
    for (const QByteArray mark : {"\xE2\x80\xAE", "\xE2\x80\xA8", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xC2\x85"}) {
        const auto unseen = "\"pay" + mark.toStdString() + "ment\"";
        const auto which = mark.toHex().toStdString();
        row(("unseen in a call: " + which).c_str(),
            intentText("  operator: {ref: " + unseen + "}\n  components: {" + unseen + ": {}}\n"),
            base::Code::NameControlCharacter);
        row(("unseen in a domain: " + which).c_str(),
            intentText("  operator: {ref: a}\n  components: {a: {failureDomains: [" + unseen + "]}}\n"),
            base::Code::NameControlCharacter);
    }
    row("no UTF-8", intentText("  operator: {ref: \xff}\n"), base::Code::NotUtf8);
    row("huge exponent", availability("1e999999999"), base::Code::WrongType);
    row("huge negative exponent", availability("1e-999999999"), base::Code::WrongType);
    row("a megabyte of digits", availability("0." + std::string(1'000'000, '9')), base::Code::WrongType);
    row("infinity", availability(".inf"), base::Code::WrongType);
    row("not a number", availability(".nan"), base::Code::WrongType);
    row("hexadecimal", availability("0x1"), base::Code::WrongType);
    row("duration",
        intentText("  operator: {type: timeout, deadline: 1e300d, body: {ref: a}}\n  components: {a: {}}\n"),
        base::Code::DurationTooLong);
    row("duration with a point alone",
        intentText("  operator: {type: timeout, deadline: 5.ms, body: {ref: a}}\n  components: {a: {}}\n"),
        base::Code::WrongType);
    row("k",
        intentText("  operator: {type: kofn, k: 99999999999999999999, branches: [{ref: a}]}\n  components: {a: {}}\n"),
        base::Code::NumberOutOfRange);
    row("counts", availability("{observed: {good: 1e18, total: 1e30}}"), base::Code::NumberOutOfRange);
    row("id of a megabyte",
        intentText("  operator: {ref: a, id: " + std::string(1'000'000, 'x') + "}\n  components: {a: {}}\n"),
        base::Code::NameTooLong);
    row("component of a megabyte", intentText("  components: {? \"" + std::string(1'000'000, 'x') + "\" : {}}\n"),
        base::Code::NameTooLong);
    row("key of a megabyte", intentText("  ? \"" + std::string(1'000'000, 'x') + "\"\n  : 1\n"),
        base::Code::UnknownKey);
}

void TestHostile::texts()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    const auto bytes = text.toStdString();
    const auto result = spec::readIntent(bytes, "f");
    QVERIFY2(says(result.diagnostics, static_cast<base::Code>(code)),
             inWords(result.diagnostics).substr(0, 1000).c_str());
    const auto words = inWords(result.diagnostics);
    QVERIFY(words.size() < 10'000);
    QVERIFY(!spec::validateFile(bytes, "f").empty());
    QVERIFY(!spec::readModel(bytes, "f").diagnostics.empty());
    spec::Catalogue catalogue;
    catalogue.addFile(bytes, "f");
    QVERIFY(!base::hasErrors(catalogue.diagnostics()));
}

void TestHostile::nesting_data()
{
    QTest::addColumn<int>("operators");
    QTest::addColumn<bool>("tooDeep");
    QTest::newRow("200") << 200 << false;
    QTest::newRow("201") << 201 << true;
    QTest::newRow("215") << 215 << true;
}

void TestHostile::nesting()
{
    QFETCH(int, operators);
    QFETCH(bool, tooDeep);
    const auto result = spec::readIntent(intentText("  operator: " + repeated("{type: optional, body: ", operators)
                                                    + "{ref: a}" + std::string(static_cast<std::size_t>(operators), '}')
                                                    + "\n  components: {a: {}}\n"),
                                         "f");
    QVERIFY(!says(result.diagnostics, base::Code::NestingTooDeep));
    QCOMPARE(says(result.diagnostics, base::Code::OperatorsTooDeep), tooDeep);
    QCOMPARE(static_cast<bool>(result.value->intent.journey.root), !tooDeep);
}

void TestHostile::nestingThroughFragments_data()
{
    QTest::addColumn<int>("fragments");
    QTest::addColumn<bool>("tooDeep");
    QTest::newRow("200 levels") << 99 << false; // each is an operator and a use, and the root's use
    QTest::newRow("202 levels") << 100 << true;
    QTest::newRow("a long chain") << 20'000 << true;
}

void TestHostile::nestingThroughFragments()
{
    QFETCH(int, fragments);
    QFETCH(bool, tooDeep);
    std::string text = "  operator: {type: optional, body: {use: f0}}\n  components: {a: {}}\n  fragments:\n";
    for (int i = 0; i < fragments; ++i) {
        const auto next = i + 1 < fragments ? "{use: f" + std::to_string(i + 1) + '}' : std::string("{ref: a}");
        text += "    f" + std::to_string(i) + ": {type: optional, body: " + next + "}\n";
    }
    const auto result = spec::readIntent(intentText(text), "f");
    QCOMPARE(says(result.diagnostics, base::Code::OperatorsTooDeep), tooDeep);
}

void TestHostile::expansion()
{
    std::string text = "  operator: {use: f0}\n  components: {a: {}}\n  fragments:\n";
    for (int i = 0; i < 60; ++i) {
        const auto next = i < 59 ? "{use: f" + std::to_string(i + 1) + '}' : std::string("{ref: a}");
        text += "    f" + std::to_string(i) + ": {type: series, steps: [" + next + ", " + next + "]}\n";
    }
    const auto result = spec::readIntent(intentText(text), "f");
    // 2⁶⁰ calls when written out: a journey is a DAG, and no reader writes it out.
    QVERIFY2(result.diagnostics.empty(), inWords(result.diagnostics).c_str());
    QCOMPARE(journey::nodePlaces(result.value->intent.journey).size(), std::size_t(181));
    const auto resolution = spec::resolve(*result.value, "f", {}, nullptr, spec::InputChoice::Target);
    QCOMPARE(resolution.inputs.size(), std::size_t(1));
}

void TestHostile::chainOfEmptyFragments()
{
    std::string text = "  operator: {use: f0}\n  fragments:\n";
    for (int i = 0; i < 5000; ++i)
        text += "    f" + std::to_string(i) + ": {use: f" + std::to_string(i + 1) + "}\n";
    const auto result = spec::readIntent(intentText(text), "f");
    QVERIFY(says(result.diagnostics, base::Code::UnknownFragmentNear));
    QVERIFY(!result.value->intent.journey.root);
    QVERIFY(result.value->intent.journey.fragments.empty());
}

void TestHostile::manyCallsThroughAliases()
{
    const auto result = spec::readIntent(intentText("  operator: {type: series, steps: [&x {ref: a}"
                                                    + repeated(", *x", 100'000) + "]}\n  components: {a: {}}\n"),
                                         "f");
    QVERIFY(says(result.diagnostics, base::Code::JourneyTooLarge));
    QCOMPARE(std::ranges::count(result.diagnostics, base::Code::JourneyTooLarge,
                                [](const base::Diagnostic& d) { return d.message.code; }),
             1);
}

void TestHostile::manyComponents()
{
    std::string text = "  operator: {ref: nobody}\n  components:\n";
    for (int i = 0; i < 100'000; ++i)
        text +=
            "    c" + std::to_string(i) + ": {failureDomains: [d], atomicSLORef: openslo:s" + std::to_string(i) + "}\n";
    const auto result = spec::readIntent(intentText(text), "f");
    QCOMPARE(result.value->intent.journey.components.list().size(), std::size_t(100'000));
    QCOMPARE(result.diagnostics.size(), std::size_t(1002)); // the unknown component, 1,000 notes, how many more
    const auto resolution = spec::resolve(*result.value, "f", {}, nullptr, spec::InputChoice::Target);
    QCOMPARE(resolution.inputs.size(), std::size_t(100'000));
    QVERIFY(says(resolution.diagnostics, base::Code::DanglingReference));
}

void TestHostile::stopped()
{
    const base::Watch expired({}, base::Watch::Clock::duration::zero());
    const auto result = spec::readIntent(intentText("  operator: {ref: a}\n"), "f", expired);
    QVERIFY(says(result.diagnostics, base::Code::AnalysisStopped));
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
