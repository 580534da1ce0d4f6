// SPDX-License-Identifier: GPL-3.0-or-later
// What two clicks do, and F2: naming what was clicked, and nothing else.
#include "canvaswindow.h"
#include "widgets/canvas/drawingpage.h"

#include <QStandardPaths>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;

namespace {

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

QByteArray withLoose()
{
    auto text = tests::CheckoutFolder::intentText();
    text.replace("  components:\n", "  components:\n    audit: {}\n");
    return text;
}

QByteArray withFragment()
{
    auto text = tests::CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - use: entry\n");
    text.replace("  components:\n", "  fragments:\n    entry: {ref: front}\n  components:\n");
    return text;
}

/// A press, a release, and what the window system makes of the second press.
void clickTwice(QWidget* viewport, QPoint first, QPoint second, Qt::KeyboardModifiers modifiers = {})
{
    QTest::mousePress(viewport, Qt::LeftButton, modifiers, first);
    QTest::mouseRelease(viewport, Qt::LeftButton, modifiers, first);
    QTest::mouseDClick(viewport, Qt::LeftButton, modifiers, second);
    QTest::mouseRelease(viewport, Qt::LeftButton, modifiers, second);
}

} // namespace

class TestCanvasClicks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void aLooseComponentIsNamed_data()
    {
        QTest::addColumn<bool>("key");
        QTest::newRow("by two clicks") << false;
        QTest::newRow("by F2") << true;
    }
    void aLooseComponentIsNamed()
    {
        QFETCH(bool, key);
        CanvasWindow window(withLoose());
        auto placement = window.document().value().placement;
        placement.loose.push_back({"audit", {40, 400}});
        QCOMPARE(window.document().setPlacement(placement, name("lay")), QString());
        QTRY_VERIFY(!window.scene().looseBox("audit").isEmpty());
        window.view.fitAll();
        const auto at = window.view.mapFromScene(window.scene().looseBox("audit").center());
        if (key) {
            window.click(at);
            QTest::keyClick(&window.view, Qt::Key_F2);
        } else {
            clickTwice(window.viewport(), at, at);
        }
        QVERIFY(window.nameEditor() != nullptr);
        QCOMPARE(window.nameEditor()->text(), name("audit"));
        QTest::keyClicks(window.nameEditor(), name("ledger"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QVERIFY(window.journey().components.find("ledger"));
        QVERIFY(!window.journey().components.find("audit"));
        QCOMPARE(window.document().value().placement.loose.front().component, std::string("ledger"));
        QCOMPARE(window.selected(), name("@ledger"));
    }

    /// The first click was on a card that an undo has taken away meanwhile; the drawing may still show it.
    void aCardThatHasGoneIsNotNamed()
    {
        CanvasWindow window;
        const auto before = window.tree();
        const auto cargo = journey::newCall(window.journey(), "mail");
        const auto edit = journey::puttingDown(window.journey(), cargo,
                                               journey::Beside{window.node(name("front")), journey::Side::After});
        QCOMPARE(window.document().apply(*edit, name("edit")), QString());
        QTRY_VERIFY(window.isDrawn());
        const auto at = window.at(name("mail"));
        window.click(at);
        window.document().undoStack()->undo();
        QVERIFY(window.scene().item(cargo.nodes.front()->id) != nullptr); // still drawn
        QTest::mouseDClick(window.viewport(), Qt::LeftButton, {}, at);
        QTest::mouseRelease(window.viewport(), Qt::LeftButton, {}, at);
        QVERIFY(window.nameEditor() == nullptr);
        QTRY_VERIFY(window.isDrawn() && window.scene().item(cargo.nodes.front()->id) == nullptr);
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.tree(), before);
    }

    /// The same where the new drawing has come, and has another card there.
    void anotherCardInItsPlaceIsNotNamed()
    {
        CanvasWindow window;
        window.click(window.at(name("front")));
        QTest::mouseDClick(window.viewport(), Qt::LeftButton, {}, window.at(name("cart")));
        QTest::mouseRelease(window.viewport(), Qt::LeftButton, {}, window.at(name("cart")));
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.selected(), name("cart")); // as a click
        clickTwice(window.viewport(), window.at(name("cart")), window.at(name("cart")) + QPoint(1, 0));
        QVERIFY(window.nameEditor() != nullptr);
    }

    void twoClicksOfTheTool_data()
    {
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<int>("steps");
        QTest::newRow("one is put down") << static_cast<int>(Qt::NoModifier) << 1;
        QTest::newRow("with Shift two") << static_cast<int>(Qt::ShiftModifier) << 2;
    }
    void twoClicksOfTheTool()
    {
        QFETCH(int, modifiers);
        QFETCH(int, steps);
        tests::OpenJourney open(withFragment());
        DrawingPage page(open.document.get(), open.document->selection(), &open.units);
        page.resize(1200, 700);
        QSignalSpy drawn(page.view(), &JourneyView::drawn);
        page.show();
        QVERIFY(!drawn.isEmpty() || drawn.wait());
        PlacingTool tool;
        page.setPlacingTool(&tool);
        tool.set(Carried{Carried::Kind::Component, journey::OperatorType::Call, name("cart")});
        const auto* scene = static_cast<const JourneyScene*>(page.view()->scene());
        const auto box = scene->item(scene->firstNode())->box(); // the use
        const auto at = page.view()->mapFromScene(box.center() + QPointF(10, 0));
        clickTwice(page.view()->viewport(), at, at, static_cast<Qt::KeyboardModifiers>(modifiers));
        QTEST(open.document->undoStack()->index(), "steps");
        QVERIFY(open.document->selection()->page().empty()); // the use was not opened
        page.setPlacingTool(nullptr);
        // Without it, they open it.
        QTRY_VERIFY(scene->item(scene->firstNode()) != nullptr);
        const auto use = page.view()->mapFromScene(scene->item(scene->firstNode())->box().center());
        clickTwice(page.view()->viewport(), use, use);
        QCOMPARE(open.document->selection()->page(), Page{"entry"});
        QCOMPARE(open.document->undoStack()->index(), steps);
    }
};

QTEST_MAIN(TestCanvasClicks)
#include "tst_canvasclicks.moc"
