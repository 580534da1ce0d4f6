// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"
#include "core/base/decimal.h"
#include "core/base/diagnostic.h"
#include "core/base/duration.h"
#include "core/base/watch.h"

#include <QtTest>

#include <rapidcheck.h>

#include <bit>
#include <cmath>
#include <limits>

using namespace emac::base;

namespace {

const std::vector<MessageTemplate> allTemplates{
#define EMAC_TEXT(text) text
#define EMAC_MESSAGE(name, number, severity, what, expected, mend)                                                     \
    MessageTemplate{Code::name, Severity::severity, what, expected, mend},
#include "core/base/messages.def"
#undef EMAC_MESSAGE
#undef EMAC_TEXT
};

} // namespace

class TestBase : public QObject
{
    Q_OBJECT

private slots:
    void printableTextForgesNothing()
    {
        QCOMPARE(printable("plain, é and 日本"), std::string("plain, é and 日本"));
        QCOMPARE(printable("a\n\x1b[2J\x7f"), std::string("a\\x0a\\x1b[2J\\x7f"));
        QCOMPARE(printable("a\xE2\x80\xA8"
                           "b\xC2\x85"
                           "c\xFF\xE2\x80"),
                 std::string("a\\xe2\\x80\\xa8b\\xc2\\x85c\\xff\\xe2\\x80"));
        QCOMPARE(printable("pay\xE2\x80\xAE"
                           "tset"),
                 std::string("pay\\xe2\\x80\\xaetset")); // would be read from the right
        const auto cut = printable(std::string(299, 'x') + "日本" + std::string(100, 'y'));
        QCOMPARE(cut, std::string(299, 'x') + "日…"); // never inside a character
    }

    void whatCannotBeSeen_data()
    {
        QTest::addColumn<uint>("code");
        QTest::addColumn<bool>("control");
        QTest::addColumn<bool>("invisible");
        const auto row = [](const char* name, uint code, bool control, bool invisible) {
            QTest::newRow(name) << code << control << invisible;
        };
        row("line feed", 0x0A, true, true);
        row("delete", 0x7F, true, true);
        row("next line", 0x85, true, true);
        row("soft hyphen", 0xAD, false, true);
        row("letter mark", 0x61C, true, true);
        row("zero-width space", 0x200B, false, true);
        row("zero-width joiner", 0x200D, false, true);
        row("line separator", 0x2028, true, true);
        row("paragraph separator", 0x2029, true, true);
        row("right-to-left override", 0x202E, true, true);
        row("word joiner", 0x2060, false, true);
        row("isolate", 0x2067, true, true);
        row("byte order mark", 0xFEFF, false, true);
        row("tag", 0xE0041, false, true);
        row("space", 0x20, false, false);
        row("tilde", 0x7E, false, false);
        row("no-break space", 0xA0, false, false);
        row("letter", 0xE9, false, false);
        row("Arabic letter", 0x628, false, false);
        row("en dash", 0x2013, false, false);
        row("ideograph", 0x65E5, false, false);
        row("emoji", 0x1F600, false, false);
    }

    void whatCannotBeSeen()
    {
        QFETCH(uint, code);
        QFETCH(bool, invisible);
        const char32_t points[] = {U'a', code}; // a byte order mark alone would be taken for one
        const auto character = QString::fromUcs4(points, 2).toStdString().substr(1);
        QCOMPARE(characterAt(character, 0), character.size());
        QTEST(isControl(character), "control");
        QTEST(isInvisible(character), "invisible");
        QCOMPARE(withoutInvisible("a" + character + "b"), "a" + (invisible ? "?" : character) + "b");
    }

    void bytesOfNoCharacterCannotBeSeen() { QCOMPARE(withoutInvisible("a\xFFz\xE2\x80"), std::string("a?z??")); }

    void decimals_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); ///< "none" where it is no number
        QTest::addColumn<QString>("complement"); ///< of 1
        const auto row = [](const char* text, const char* expected, const char* complement) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected)
                                << QString::fromLatin1(complement);
        };
        row("0.995", "0.995", "0.005");
        row("0.999999999", "0.999999999", "1e-9");
        row("1e-9", "1e-9", "0.999999999");
        row("99.95%", "0.9995", "0.0005");
        row("100 %", "1", "0");
        row(".5", "0.5", "0.5");
        row("5.", "5", "-4");
        row("-3", "-3", "4");
        row("+0.250", "0.25", "0.75");
        row("-0", "0", "1");
        row("1.0", "1", "0");
        row("1E2", "100", "-99");
        row("0e99", "0", "1");
        row("0.0000001", "0.0000001", "0.9999999");
        row("0.00000001", "1e-8", "0.99999999");
        row("123456789012345", "123456789012345", "-123456789012344");
        row("1234567890123456", "1.234567890123456e15", "-1.234567890123455e15");
        for (const char* text : {"",      "%",   ".",   "-",    "e5",  "1e",  "1e+",   "1e+-5",  "1e-",
                                 "1 ",    " 1",  "1,5", "0x10", "inf", "nan", "1e401", "1e-401", "1e999999999999",
                                 "1.2.3", "--1", "1%%", "1e5x"})
            row(text, "none", "");
    }
    void decimals()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QFETCH(QString, complement);
        const auto number = Decimal::parse(text.toStdString());
        QCOMPARE(QString::fromStdString(number ? number->toString() : "none"), expected);
        if (number)
            QCOMPARE(QString::fromStdString(number->complement().toString()), complement);
    }

    void decimalsKeepFourHundredDigits()
    {
        const std::string digits(400, '7');
        QCOMPARE(Decimal::parse("0." + digits).value().toString(), "0." + digits);
        QVERIFY(!Decimal::parse("0." + digits + '7'));
        QVERIFY(Decimal::parse("0." + digits + "000"));
    }

    void doublesReadBack()
    {
        QVERIFY(rc::check("fromDouble and toDouble are inverse", [] {
            const auto value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
            RC_PRE(std::isfinite(value));
            const auto decimal = Decimal::fromDouble(value);
            RC_ASSERT(decimal.toDouble() == value);
            RC_ASSERT(Decimal::parse(decimal.toString()) == decimal);
        }));
    }

    void sumsAreExact_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<QString>("sum");
        QTest::addColumn<QString>("difference");
        const auto row = [](const char* a, const char* b, const char* sum, const char* difference) {
            QTest::addRow("%s and %s", a, b) << QString::fromLatin1(a) << QString::fromLatin1(b)
                                             << QString::fromLatin1(sum) << QString::fromLatin1(difference);
        };
        row("0.1", "0.2", "0.3", "-0.1");
        row("0.999999999", "1e-9", "1", "0.999999998");
        row("0", "3e-5", "0.00003", "-0.00003");
        row("3e-5", "0", "0.00003", "0.00003");
        row("0", "0", "0", "0");
        row("-2", "5", "3", "-7");
        row("-2", "-5", "-7", "3");
        row("99", "1", "100", "98");
        row("1e14", "0.5", "100000000000000.5", "99999999999999.5");
        row("0.5", "0.5", "1", "0");
    }
    void sumsAreExact()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(QString, sum);
        QFETCH(QString, difference);
        const auto left = Decimal::parse(a.toStdString()).value();
        const auto right = Decimal::parse(b.toStdString()).value();
        QCOMPARE(QString::fromStdString((left + right).toString()), sum);
        QCOMPARE(QString::fromStdString((left - right).toString()), difference);
        QVERIFY(right + left == left + right);
        QCOMPARE(left < right, difference.startsWith(QLatin1Char('-')));
    }

    void complementsAreInverse()
    {
        QVERIFY(rc::check("1 - (1 - x) is x, to the last digit", [] {
            const auto digits = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
            const auto exponent = *rc::gen::inRange(-40, 20);
            const auto number = Decimal::parse(std::to_string(digits) + 'e' + std::to_string(exponent)).value();
            RC_ASSERT(number.complement().complement() == number);
        }));
    }

    void complementsOfFailures()
    {
        QCOMPARE(complement(Decimal::parse("0.9128").value().complement().toDouble()), 0.9128); // 1 - q is another
        QVERIFY(1 - Decimal::parse("0.9128").value().complement().toDouble() != 0.9128);
        QCOMPARE(complement(0), 1.0);
        QCOMPARE(complement(1), 0.0);
        QVERIFY(rc::check("what has up to 15 digits comes back as it was written", [] {
            const auto digits = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000);
            const auto written = Decimal::parse(std::to_string(digits) + "e-15").value();
            RC_ASSERT(complement(written.complement().toDouble()) == written.toDouble());
        }));
        QVERIFY(rc::check("near 1 - p, and in the order of p", [] {
            const auto any = [] {
                return static_cast<double>(*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000'000)) * 1e-18
                       * *rc::gen::element(1.0, 1e-3, 1e-9, 1e-200);
            };
            const double p = any();
            const double q = any();
            const double unit = std::nextafter(std::max(p, 1 - p), 2.0) - std::max(p, 1 - p);
            RC_ASSERT(std::abs(complement(p) - (1 - p)) <= unit);
            RC_ASSERT((p < q ? complement(p) >= complement(q) : complement(p) <= complement(q)));
        }));
    }

    void wholeMultiples()
    {
        const auto times = [](const char* text, std::int64_t factor) {
            return Decimal::parse(text)->wholeMultiple(factor);
        };
        QCOMPARE(times("1.5", 1000), std::optional<std::int64_t>(1500));
        QCOMPARE(times("0.125", 8), std::optional<std::int64_t>(1));
        QCOMPARE(times("-0.25", 60), std::optional<std::int64_t>(-15));
        QCOMPARE(times("0", 7), std::optional<std::int64_t>(0));
        QCOMPARE(times("1e15", 1000), std::optional<std::int64_t>(1'000'000'000'000'000'000));
        QCOMPARE(times("1e15", 1001), std::nullopt);
        QCOMPARE(times("0.1", 1), std::nullopt);
        QCOMPARE(times("0.3", 3), std::nullopt);
        QCOMPARE(times("1e300", 1), std::nullopt);
    }

    void ratiosKeepTheirFailures()
    {
        const Ratio nine(Decimal::parse("0.999999999").value());
        QCOMPARE(nine.success(), 0.999999999);
        QCOMPARE(nine.failure(), 1e-9);
        QVERIFY(nine.withinUnit());
        QVERIFY(!Ratio(Decimal::parse("1.0000000000000000001").value()).withinUnit());
        QVERIFY(!Ratio(Decimal::parse("-1e-300").value()).withinUnit());
        QCOMPARE(Ratio(Decimal::parse("50%").value()), Ratio(Decimal::parse("0.50").value()));
    }

    void durations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("nanoseconds"); ///< −1: none
        QTest::addColumn<QString>("written");
        const auto row = [](const char* text, qint64 nanoseconds, const char* written) {
            QTest::newRow(text) << QString::fromLatin1(text) << nanoseconds << QString::fromLatin1(written);
        };
        row("300us", 300'000, "300us");
        row("20ms", 20'000'000, "20ms");
        row("1.5s", 1'500'000'000, "1.5s");
        row("1500ms", 1'500'000'000, "1.5s");
        row("5m", 300'000'000'000, "5m");
        row("90s", 90'000'000'000, "90s");
        row("1h", 3'600'000'000'000, "1h");
        row("30d", 2'592'000'000'000'000, "30d");
        row("7ns", 7, "7ns");
        row("0.4", 400'000'000, "400ms");
        row("2", 2'000'000'000, "2s");
        row("0", 0, "0s");
        row("-5ms", -5'000'000, "-5ms");
        row("1e-9", 1, "1ns");
        row("3650d", 315'360'000'000'000'000, "3650d");
        for (const char* text : {"", "s", "ms", "1x", "1 s", "0.1ns", "3651d", "1s2", "50%", "5%s", "infs", "1S"})
            row(text, -1, "");
    }
    void durations()
    {
        QFETCH(QString, text);
        QFETCH(qint64, nanoseconds);
        QFETCH(QString, written);
        const auto duration = parseDuration(text.toStdString());
        QCOMPARE(duration.has_value(), nanoseconds != -1);
        if (!duration)
            return;
        QCOMPARE(duration->count(), nanoseconds);
        if (nanoseconds != 400'000'000)
            QCOMPARE(QString::fromStdString(toString(*duration)), written);
    }

    void durationsReadBack()
    {
        QVERIFY(rc::check("what is written reads as the same", [] {
            static const std::vector<std::int64_t> units{1,           100,           1'000,         1'000'000,
                                                         100'000'000, 1'000'000'000, 60'000'000'000};
            const auto limit = std::int64_t{10} * 365 * 86'400;
            const auto duration =
                Duration(*rc::gen::inRange<std::int64_t>(-limit / 60, limit / 60) * *rc::gen::elementOf(units));
            RC_ASSERT(parseDuration(toString(duration)) == duration);
        }));
    }

    void shortTimes_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("down");
        QTest::addColumn<QString>("nearest");
        QTest::addColumn<QString>("up");
        const auto row = [](double seconds, const char* down, const char* nearest, const char* up) {
            QTest::addRow("%.17g", seconds)
                << seconds << QString::fromLatin1(down) << QString::fromLatin1(nearest) << QString::fromLatin1(up);
        };
        row(0, "0s", "0s", "0s");
        row(0.4, "400ms", "400ms", "400ms");
        row(0.1 + 0.2, "300ms", "300ms", "300ms");
        row(0.38126, "381.2ms", "381.3ms", "381.3ms");
        row(0.99999, "999.9ms", "1s", "1s");
        row(1.00001, "1s", "1s", "1.001s");
        row(75.0249, "75.02s", "75.02s", "75.03s");
        row(123456, "123400s", "123500s", "123500s");
        row(1.5e-6, "1.5us", "1.5us", "1.5us");
        row(2.50001e-9, "2.5ns", "2.5ns", "2.501ns");
        row(3e-10, "0.3ns", "0.3ns", "0.3ns");
    }
    void shortTimes()
    {
        QFETCH(double, seconds);
        const auto text = [seconds](Rounding rounding) { return QString::fromStdString(shortText(seconds, rounding)); };
        QTEST(text(Rounding::Down), "down");
        QTEST(text(Rounding::Nearest), "nearest");
        QTEST(text(Rounding::Up), "up");
    }
    void shortTimesStandOnTheirSides()
    {
        QVERIFY(rc::check("what is rounded down is not above, nor far below", [] {
            const auto nanoseconds = *rc::gen::inRange<std::int64_t>(1'000'000, 315'360'000'000'000'000);
            const double time = seconds(Duration(nanoseconds));
            const auto down = parseDuration(shortText(time, Rounding::Down));
            const auto up = parseDuration(shortText(time, Rounding::Up));
            RC_ASSERT(down && up);
            RC_ASSERT(seconds(*down) <= time * (1 + 1e-9) && seconds(*down) >= time * 0.999);
            RC_ASSERT(seconds(*up) >= time * (1 - 1e-9) && seconds(*up) <= time * 1.001);
        }));
    }

    void everyMessageIsWhole()
    {
        for (const auto& entry : allTemplates) {
            const auto name = QString::fromStdString(codeName(entry.code));
            QVERIFY2(*entry.what != '\0', qPrintable(name));
            QCOMPARE(messageTemplate(entry.code).what, entry.what);
            // What is wrong in a file or an edit comes with how to mend it; the 700s are reasons of a decision.
            const bool reason = static_cast<int>(entry.code) / 100 == 7;
            QVERIFY2(reason || entry.severity == Severity::Note || *entry.mend != '\0', qPrintable(name));
            for (const auto* part : {entry.what, entry.expected, entry.mend}) {
                const std::string_view text(part);
                QVERIFY2(text.empty() || (text.front() != ' ' && text.back() != ' ' && text.back() != '.'),
                         qPrintable(name));
            }
        }
    }

    void putsMessagesToWords()
    {
        QCOMPARE(substitute("%1 and %2, %9%", {"a", "%1"}), std::string("a and %1, %"));
        QCOMPARE(toString(Place{"f", 3, 4}), std::string("f:3:4"));
        QCOMPARE(toString(Place{"f", 0, 0}), std::string("f"));
        const Diagnostic diagnostic{{Code::DuplicateKey, {"k", "2"}}, {"f", 3, 4}};
        QCOMPARE(toString(diagnostic),
                 std::string("f:3:4: error EMAC-107: the key 'k' appears twice (first in line 2); expected each "
                             "key once; remove one of the two"));
    }

    void sortsByPlace()
    {
        const auto at = [](const char* file, std::uint32_t line, std::uint32_t column, Code code) {
            return Diagnostic{{code, {}}, {file, line, column}};
        };
        Diagnostics list{at("b", 1, 1, Code::NotUtf8), at("a", 2, 1, Code::NotUtf8), at("a", 1, 9, Code::YamlSyntax),
                         at("a", 1, 9, Code::DuplicateKey), at("a", 1, 2, Code::NotUtf8)};
        sortByPlace(list);
        const Diagnostics expected{at("a", 1, 2, Code::NotUtf8), at("a", 1, 9, Code::YamlSyntax),
                                   at("a", 1, 9, Code::DuplicateKey), at("a", 2, 1, Code::NotUtf8),
                                   at("b", 1, 1, Code::NotUtf8)};
        QVERIFY(list == expected);
        QVERIFY(hasErrors(list));
        QVERIFY(!hasErrors({at("a", 1, 1, Code::TimeoutWithoutEffect)}));
    }

    void watchExpires()
    {
        QVERIFY(!Watch().expired());
        QVERIFY(Watch({}, std::chrono::nanoseconds(0)).expired());
        QVERIFY(!Watch({}, std::chrono::hours(1)).expired());
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
