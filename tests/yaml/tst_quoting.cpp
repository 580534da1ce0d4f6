// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/parse.h"
#include "core/yaml/quoting.h"

#include <QtTest>

#include <rapidcheck.h>

using namespace emac;
using yaml::ScalarStyle;

class TestQuoting : public QObject
{
    Q_OBJECT

private slots:
    void keepsQuotes()
    {
        QCOMPARE(yaml::quotedLike("0.99", ScalarStyle::DoubleQuoted), std::string("\"0.99\""));
        QCOMPARE(yaml::quotedLike("it's", ScalarStyle::SingleQuoted), std::string("'it''s'"));
        QCOMPARE(yaml::quotedLike("a\nb", ScalarStyle::SingleQuoted), std::string("\"a\\nb\""));
        QCOMPARE(yaml::quotedLike("cart", ScalarStyle::Plain), std::string("cart"));
        QCOMPARE(yaml::quotedLike("yes", ScalarStyle::Plain), std::string("\"yes\""));
        QCOMPARE(yaml::quotedLike("a", ScalarStyle::Literal), std::string("\"a\""));
    }

    void quotesWhatWouldReadAsAnotherType_data()
    {
        QTest::addColumn<QString>("value");
        for (const char* value : {"",     "~",    "null", "NULL",  "true", "Yes",  "off",        "y",
                                  "<<",   "=",    "1",    "-1.5",  "+3",   ".5",   "1e9",        "1_000",
                                  "0x1F", "0o17", ".inf", "-.INF", ".nan", "1:30", "2024-02-29", "2024-02-29T10:00:00Z",
                                  " a",   "a ",   "a: b", "a:",    "a #b", "#a",   "- a",        "-a",
                                  "[a",   "a]",   "{a",   "a,b",   "&a",   "*a",   "!a",         "|a",
                                  ">a",   "'a",   "\"a",  "%a",    "@a",   "`a",   "a?",         "...",
                                  "a\tb", "a\nb", "\\",   "a\x01"})
            QTest::newRow(value) << QString::fromLatin1(value);
        QTest::newRow("DEL") << QStringLiteral("a\x7F");
    }
    void quotesWhatWouldReadAsAnotherType()
    {
        QFETCH(QString, value);
        const auto text = value.toStdString();
        const auto written = yaml::canonicalText(text);
        QCOMPARE(written.front() == '"', text != "\\");
    }

    void leavesOrdinaryTextPlain()
    {
        for (const std::string value : {"cart", "k8s/zone:eu-1a", "10.0.0.1", "20ms", "p99", "openslo:cart#x", "it's",
                                        "a b", "1.2.3", "nullify", "99.5%", "caf\xC3\xA9"})
            QCOMPARE(yaml::canonicalText(value), value);
    }

    void whatOnlyEscapesCanWriteIsEscaped()
    {
        const std::string value = "a\xC2\x85"
                                  "b\xE2\x80\xA8"
                                  "c\xE2\x80\xA9"
                                  "d\xEF\xBB\xBF";
        QVERIFY(yaml::needsEscapes(value));
        QVERIFY(!yaml::needsEscapes("caf\xC3\xA9\n\t"));
        QCOMPARE(yaml::canonicalText(value), std::string("\"a\\x85b\\Lc\\Pd\\uFEFF\""));
    }

    void canonicalTextReadsBack()
    {
        // With what other readers take for line ends, or leave out.
        static const std::vector<std::string> alphabet = [] {
            std::vector<std::string> characters{"\xC2\x85", "\xC2\x9F", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"};
            for (const char c : std::string("ab01 :#-?,[]{}'\"\\\n\t.~%&*!|>=_\x01\x7F"))
                characters.emplace_back(1, c);
            return characters;
        }();
        QVERIFY(rc::check("in block and in flow context", [] {
            std::string value;
            for (const auto& character : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(alphabet)))
                value += character;
            for (const auto style : {ScalarStyle::Plain, ScalarStyle::SingleQuoted, ScalarStyle::DoubleQuoted}) {
                const auto written = yaml::quotedLike(value, style);
                for (const auto& text : {"a: " + written + "\n", "a: {b: " + written + ", c: 1}\n", written}) {
                    const auto stream = yaml::parse(text, "f");
                    RC_ASSERT(stream.diagnostics.empty());
                    const auto* node = stream.documents.at(0).root.get();
                    while (node->kind == yaml::Kind::Mapping)
                        node = node->entries.at(0).value.get();
                    RC_ASSERT(node->kind == yaml::Kind::Scalar);
                    RC_ASSERT(node->text == value);
                }
            }
        }));
    }
};

QTEST_GUILESS_MAIN(TestQuoting)
#include "tst_quoting.moc"
