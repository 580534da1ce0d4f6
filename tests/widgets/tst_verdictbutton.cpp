// SPDX-License-Identifier: GPL-3.0-or-later
#include "latencytools.h"
#include "paneltools.h"
#include "widgets/document/verdictwords.h"
#include "widgets/panels/reasonsmodel.h"
#include "widgets/panels/reasonspopup.h"
#include "widgets/panels/verdictbutton.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QContextMenuEvent>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

class TestVerdictButton : public QObject
{
    Q_OBJECT

private slots:
    void theVerdictInWords_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("word");
        QTest::newRow("fail") << QByteArray() << QByteArray() << QStringLiteral("Verdict FAIL");
        QTest::newRow("pass") << QByteArray("target: 0.995") << QByteArray("target: 0.99")
                              << QStringLiteral("Verdict PASS");
        QTest::newRow("review") << QByteArray("availability: 0.999, ") << QByteArray()
                                << QStringLiteral("Verdict REVIEW");
        QTest::newRow("no objective") << QByteArray("  objectives:\n    availability: {window: 30d, target: 0.995}\n")
                                      << QByteArray() << QStringLiteral("Verdict no objective");
    }
    void theVerdictInWords()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, word);
        auto text = CheckoutFolder::intentText();
        if (!from.isEmpty())
            text.replace(from, to);
        OpenJourney open(text);
        VerdictButton button(open.document.get(), &open.selection, &open.units);
        QCOMPARE(button.accessibleName(), QStringLiteral("Verdict —"));
        QTRY_COMPARE(button.accessibleName(), word);
    }

    void whatIsNotStatedLeavesItOpen_data()
    {
        QTest::addColumn<QString>("unstated");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QString>("numbers");
        QTest::addColumn<QString>("reason");
        QTest::newRow("one") << QStringLiteral("cart") << QByteArray("0.99")
                             << QStringLiteral("A⁻ at most 99.350 %, objective 99 %")
                             << QStringLiteral("cart has no availability yet: anything up to 99.350 % is possible");
        QTest::newRow("missed anyway") << QStringLiteral("cart") << QByteArray("0.995")
                                       << QStringLiteral("A⁻ at most 99.350 %, objective 99.5 %")
                                       << QStringLiteral("cart has no availability yet; but even without failures "
                                                         "there, A⁻ would miss the objective");
        QTest::newRow("two") << QStringLiteral("cart pricing") << QByteArray("0.99")
                             << QStringLiteral("A⁻ at most 99.450 %, objective 99 %")
                             << QStringLiteral("cart and pricing have no availability yet: anything up to 99.450 % "
                                               "is possible");
        QTest::newRow("many") << QStringLiteral("cart pricing paya payb") << QByteArray("0.995")
                              << QStringLiteral("A⁻ at most 99.9500 %, objective 99.5 %")
                              << QStringLiteral("cart, pricing and 2 more have no availability yet: anything up to "
                                                "99.9500 % is possible");
    }
    void whatIsNotStatedLeavesItOpen()
    {
        QFETCH(QString, unstated);
        QFETCH(QByteArray, target);
        auto text = CheckoutFolder::intentText();
        text.replace("target: 0.995", QByteArray("target: ").append(target));
        for (const auto& name : unstated.split(u' ')) {
            for (const auto* value : {"0.999", "0.995"}) {
                for (const auto* kind : {"service", "external_dependency"})
                    text.replace(QStringLiteral("%1: {kind: %2, availability: %3, ")
                                     .arg(name, QLatin1String(kind), QLatin1String(value))
                                     .toUtf8(),
                                 QStringLiteral("%1: {kind: %2, ").arg(name, QLatin1String(kind)).toUtf8());
            }
        }
        OpenJourney open(text);
        VerdictButton button(open.document.get(), &open.selection, &open.units);
        QTRY_VERIFY(isCurrent(*open.document));
        QCOMPARE(button.accessibleName(), QStringLiteral("Verdict REVIEW"));
        const auto lines = button.accessibleDescription().split(u'\n');
        QCOMPARE(lines.size(), 3);
        QTEST(lines[1], "numbers");
        QTEST(lines[2], "reason");
    }

    void numbersAndObjectiveAreTold()
    {
        OpenJourney open;
        VerdictButton button(open.document.get(), &open.selection, &open.units);
        QTRY_VERIFY(isCurrent(*open.document));
        QVERIFY(button.accessibleDescription().contains(QStringLiteral("99.251 % … 99.747 %, objective 99.5 %")));
        QVERIFY(button.toolTip().contains(QLatin1String("99.251 %")));
        QVERIFY(button.sizeHint().width() <= 832);
        QVERIFY(!button.grab().isNull());
    }

    void allObjectivesAreToldBriefly()
    {
        OpenJourney open(emac::tests::checkoutWithLatency());
        QTRY_VERIFY(emac::tests::hasLaws(*open.document));
        const auto words = verdictWordsOf(*open.document);
        QCOMPARE(words.brief.size(), 3);
        QCOMPARE(words.brief.size(), words.parts.size());
        QVERIFY2(words.brief[0].endsWith(QStringLiteral(" (99 %)")), qPrintable(words.brief[0]));
        QVERIFY2(words.brief[1].startsWith(QStringLiteral("p99 ≤ ")), qPrintable(words.brief[1]));
        QVERIFY2(words.brief[1].endsWith(QStringLiteral(" (≤ 400ms)")), qPrintable(words.brief[1]));
        QVERIFY2(words.brief[2].endsWith(QStringLiteral(" (≥ 98 %)")), qPrintable(words.brief[2]));
        QCOMPARE_LT(words.brief.join(numbersApart()).size(), words.numbers.size() - 25);
    }

    void itReadsAsTheUnitsSay()
    {
        OpenJourney open;
        VerdictButton button(open.document.get(), &open.selection, &open.units);
        QTRY_VERIFY(isCurrent(*open.document));
        open.units.setUnit(AvailabilityUnit::Nines);
        const auto text = button.accessibleDescription();
        QVERIFY2(text.contains(QStringLiteral("2.12 … 2.59 nines, objective 2.30")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("at most 2.12 nines: the objective 2.30 nines")), qPrintable(text));
    }

    void itsNumbersAreExplained()
    {
        OpenJourney open;
        VerdictButton button(open.document.get(), &open.selection, &open.units);
        QTRY_VERIFY(isCurrent(*open.document));
        button.show();
        QVERIFY(QTest::qWaitForWindowActive(&button));
        QSignalSpy explained(&button, &VerdictButton::explanationRequested);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, button.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&button, &event);
        auto* menu = button.findChild<QMenu*>(QStringLiteral("explainMenu"));
        QVERIFY(menu != nullptr);
        menu->actions()[1]->trigger();
        QCOMPARE(explained.size(), 1);
        QCOMPARE(explained[0][0].value<journey::Element>(), journey::Element::journey());
        QCOMPARE(explained[0][1].value<Figure>(), Figure::Optimistic);
        menu->close();
    }

    void reasonsByKeyboard()
    {
        OpenJourney open;
        VerdictButton button(open.document.get(), &open.selection, &open.units);
        QTRY_VERIFY(isCurrent(*open.document));
        button.show();
        QVERIFY(QTest::qWaitForWindowActive(&button));
        button.setFocus();
        QTest::keyClick(&button, Qt::Key_Space);
        auto* popup = button.findChild<ReasonsPopup*>();
        QTRY_VERIFY(popup->isVisible());
        auto* list = popup->findChild<QListView*>(QStringLiteral("reasons"));
        const auto& reasons = open.document->evaluation()->decision.reasons;
        QCOMPARE(list->model()->rowCount(), static_cast<int>(reasons.size()));
        QVERIFY(!reasons.empty());
        const int last = list->model()->rowCount() - 1;
        for (int row = 0; row < last; ++row)
            QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), last);
        QSignalSpy revealed(&open.selection, &SelectionModel::revealed);
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(revealed[0][0].value<journey::Element>(), reasons[static_cast<std::size_t>(last)].element);
        QVERIFY(!popup->isVisible());
    }

    void reasonsByMouseAndEscape()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("paya: {kind: external_dependency, availability: 0.995, ", "paya: {kind: external_dependency, ");
        OpenJourney open(text);
        VerdictButton button(open.document.get(), &open.selection, &open.units);
        QTRY_VERIFY(isCurrent(*open.document));
        button.show();
        QVERIFY(QTest::qWaitForWindowActive(&button));
        QTest::mouseClick(&button, Qt::LeftButton);
        auto* popup = button.findChild<ReasonsPopup*>();
        auto* list = popup->findChild<QListView*>(QStringLiteral("reasons"));
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(list, Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        QTest::mouseClick(&button, Qt::LeftButton);
        QTRY_VERIFY(popup->isVisible());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
        QCOMPARE(open.selection.current(), journey::Element::component("paya")); // not stated comes first
    }

    void reasonsModel()
    {
        ReasonsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReasons({{{base::Code::KOutOfRange, {"4", "3"}}, journey::Element::journey()}});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0).data().toString(),
                 QStringLiteral("k is 4 for 3 branches; expected 1 <= k <= 3; lower k or add branches"));
        model.setReasons({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestVerdictButton)
#include "tst_verdictbutton.moc"
