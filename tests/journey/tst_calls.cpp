// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/calls.h"
#include "core/journey/paths.h"
#include "tests/journey/sketch.h"

#include <QtTest>

using namespace emac;
using emac::tests::JourneySketch;

/// Which components a journey calls, and under which redundancy.
class TestCalls : public QObject
{
    Q_OBJECT

private slots:
    void called_data();
    void called();
    void anEmptyFragmentCallsNothing();
};

void TestCalls::called_data()
{
    QTest::addColumn<QString>("journey");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* journey, const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(journey) << QString::fromLatin1(expected);
    };
    row("an empty journey", "", "");
    row("each once, in document order", "series(b, a, b, parallel(c, a))", "b a c");
    row("under redundancy", "series(a, race(b, c))", "a b/race c/race");
    row("the nearest operator counts", "race(a, fallback(b, retry:2(c)))", "a/race b/fallback c/fallback");
    row("kofn of all is no redundancy", "series(kofn:2(a, b), kofn:1(c, d))", "a b c/kofn d/kofn");
    row("with and without redundancy", "series(a, race(a, b), fallback(a, b))",
        "a a/race b/race a/fallback b/fallback");
    row("twice under one operator", "race(series(a, b), a)", "a/race b/race");
    row("two operators of one kind", "series(race[x](a, b), race[y](a, c))", "a/x b/x a/y c/y");
    row("through fragments, behind the tree", "series(use:f, a); f=race(b, c)", "a b/race c/race");
    row("a fragment under redundancy", "series(race(use:f, a), use:f); f=series(b, c)", "a/race b/race c/race b c");
    row("a fragment in a fragment", "race(use:f, a); f=use:g; g=b", "a/race b/race");
    row("a fragment that is not used", "a; f=b", "a");
    row("a fragment that is not there", "series(a, use:f)", "a");
    row("fragments that use each other", "use:f; f=series(a, use:g); g=series(b, use:f)", "a b");
}

void TestCalls::called()
{
    QFETCH(QString, journey);
    QStringList lines;
    for (const auto& [component, redundancy] :
         journey::calledComponents(JourneySketch::parse(journey.toStdString()).build().journey)) {
        const auto above = redundancy ? '/' + journey::displayName(*redundancy) : std::string();
        lines << QString::fromStdString(component + above);
    }
    QTEST(lines.join(QLatin1Char(' ')), "expected");
}

void TestCalls::anEmptyFragmentCallsNothing()
{
    auto intent = JourneySketch::parse("race(use:f, a)").build();
    intent.journey.fragments = {{"f", nullptr}};
    QCOMPARE(journey::calledComponents(intent.journey).size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestCalls)
#include "tst_calls.moc"
