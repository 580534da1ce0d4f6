// SPDX-License-Identifier: GPL-3.0-or-later
// Adding, naming and selecting by keyboard in the outline.
#include "paneltools.h"
#include "widgets/outline/outlinemodel.h"
#include "widgets/outline/outlinepanel.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace emac;
using namespace emac::widgets;
using emac::tests::OpenJourney;

namespace {

QString text(const char* words)
{
    return QString::fromUtf8(words);
}

struct Outline
{
    Outline()
    {
        panel.resize(360, 420);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        tree->setFocus();
        QTRY_VERIFY(tree->hasFocus());
    }

    OpenJourney open;
    OutlinePanel panel{open.document.get(), open.document->selection(), &open.units};
    QTreeView* tree = panel.findChild<QTreeView*>();

    JourneyDocument& document() { return *open.document; }
    QString shape() { return QString::fromStdString(journey::expressionText(document().intent().journey.root)); }
    journey::NodeId node(const std::string& name)
    {
        for (const auto& place : journey::nodePlaces(document().intent().journey)) {
            if (journey::displayName(*place.node) == name)
                return place.node->id;
        }
        return {};
    }
    void select(const std::string& name) { document().selection()->select(journey::Element::ofNode(node(name))); }
    QString selected()
    {
        QStringList words;
        for (const auto& place : journey::nodePlaces(document().intent().journey)) {
            if (document().selection()->contains(journey::Element::ofNode(place.node->id)))
                words << QString::fromStdString(journey::displayName(*place.node));
        }
        return words.join(u' ');
    }
    QString current() { return tree->currentIndex().siblingAtColumn(0).data().toString(); }
    template<typename Widget>
    Widget* shown(const char* name)
    {
        for (auto* widget : panel.findChildren<Widget*>(QLatin1String(name))) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    QLineEdit* quickAdd() { return shown<QLineEdit>("quickAddSearch"); }
    QLineEdit* editor() { return shown<QLineEdit>("rename"); }
    void answer(const char* words, Qt::Key key = Qt::Key_Return)
    {
        QTRY_VERIFY(editor() != nullptr);
        QVERIFY(editor()->hasFocus());
        QTest::keyClicks(editor(), text(words));
        QTest::keyClick(editor(), key);
    }
};

} // namespace

class TestOutlineAdding : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void anOperatorIsAddedAndItsCallsAreNamed()
    {
        Outline it;
        it.select("front");
        it.panel.add(journey::Beside{it.node("front"), journey::Side::After});
        QVERIFY(it.quickAdd() != nullptr);
        QVERIFY(it.quickAdd()->hasFocus());
        QVERIFY(it.panel.rect().contains(it.quickAdd()->parentWidget()->geometry()));
        QTest::keyClicks(it.quickAdd(), text("race"));
        QTest::keyClick(it.quickAdd(), Qt::Key_Return);
        QCOMPARE(it.shape(),
                 text("Series(front, Race(service-1, service-2), Parallel(cart, pricing), Race(paya, payb))"));
        it.answer("mail-a");
        it.answer("pricing"); // another one's name calls that
        QTRY_VERIFY(it.editor() == nullptr);
        QVERIFY(it.tree->hasFocus());
        QCOMPARE(it.shape(), text("Series(front, Race(mail-a, pricing), Parallel(cart, pricing), Race(paya, payb))"));
        QCOMPARE(it.document().undoStack()->count(), 3);
        QCOMPARE(it.selected(), text("race"));
    }

    void escapeStopsTheNaming()
    {
        Outline it;
        it.panel.add(journey::Beside{it.node("front"), journey::Side::After});
        QTest::keyClicks(it.quickAdd(), text("parallel"));
        QTest::keyClick(it.quickAdd(), Qt::Key_Return);
        it.answer("x", Qt::Key_Escape);
        QTest::qWait(50);
        QVERIFY(it.editor() == nullptr);
        QVERIFY(it.tree->hasFocus());
        QCOMPARE(it.document().undoStack()->count(), 1);

        // Not even by the next name that is given.
        it.select("payb");
        QTest::keyClick(it.tree, Qt::Key_F2);
        it.answer("payc");
        QTest::qWait(50);
        QVERIFY(it.editor() == nullptr);
        QCOMPARE(it.document().undoStack()->count(), 2);
    }

    void theQuickAddFitsASmallPanel()
    {
        Outline it;
        it.panel.resize(200, 170);
        it.select("payb");
        it.panel.add(journey::Beside{it.node("payb"), journey::Side::After});
        auto* quickAdd = it.quickAdd()->parentWidget();
        QVERIFY(quickAdd->width() <= it.panel.width());
        QVERIFY(quickAdd->geometry().left() >= 0);
        QTest::keyClick(it.quickAdd(), Qt::Key_Escape);
        QVERIFY(it.tree->hasFocus());
        QCOMPARE(it.document().undoStack()->count(), 0);
    }

    void shiftExtendsFromWhereThePersonIs_data()
    {
        QTest::addColumn<bool>("byDocument");
        QTest::newRow("after a key") << false;
        QTest::newRow("after the document has led elsewhere") << true;
    }
    void shiftExtendsFromWhereThePersonIs()
    {
        QFETCH(bool, byDocument);
        Outline it;
        QTest::keyClick(it.tree, Qt::Key_Home);
        QTest::keyClick(it.tree, Qt::Key_Down);
        QTest::keyClick(it.tree, Qt::Key_Down);
        QCOMPARE(it.current(), text("front"));
        if (byDocument) {
            const auto call = journey::makeExpression(journey::Call{"payb"});
            QCOMPARE(it.document().apply(journey::InsertBeside{it.node("payment"), journey::Side::After, call},
                                         text("insert"), Selection{journey::Element::ofNode(call->id)}),
                     QString());
        } else {
            it.select("payment");
            QTest::keyClick(it.tree, Qt::Key_Down);
            QTest::keyClick(it.tree, Qt::Key_Down);
        }
        QCOMPARE(it.current(), text("payb"));
        QTest::keyClick(it.tree, Qt::Key_Up, Qt::ShiftModifier);
        const auto two = byDocument ? text("payb payb") : text("paya payb");
        QVERIFY2(it.document().selection()->elements().size() == 2, qPrintable(it.selected()));
        QTest::keyClick(it.tree, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(it.document().selection()->elements().size(), std::size_t(3));
        QTest::keyClick(it.tree, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(it.document().selection()->elements().size(), std::size_t(2));
        QTest::keyClick(it.tree, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(it.document().selection()->elements().size(), std::size_t(1));
        QCOMPARE(it.current(), text("payb"));
    }

    void shiftWithLongStepsKeepsTheCursor()
    {
        Outline it;
        it.select("payb");
        QTest::keyClick(it.tree, Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(it.current(), text("Series")); // the journey cannot be selected with its steps
        QCOMPARE(it.document().selection()->elements().size(), std::size_t(8));
        QTest::keyClick(it.tree, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(it.selected(), text("payb"));
        QTest::keyClick(it.tree, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(it.selected(), text("paya payb"));
        QCOMPARE(it.current(), text("paya"));
    }

    void shiftAndAClickExtendFromTheCursorToo()
    {
        Outline it;
        QTest::keyClick(it.tree, Qt::Key_Home);
        it.select("paya"); // elsewhere
        const auto* model = qobject_cast<const OutlineModel*>(it.tree->model());
        const auto row = model->indexOf(journey::Element::ofNode(it.node("cart")));
        QTest::mouseClick(it.tree->viewport(), Qt::LeftButton, Qt::ShiftModifier, it.tree->visualRect(row).center());
        QCOMPARE(it.selected(), text("cart pricing payment paya"));
    }

    void whatAnotherWindowHasNamedIsNotNamedBack()
    {
        Outline it;
        it.select("cart");
        QTest::keyClick(it.tree, Qt::Key_F2);
        QVERIFY(it.editor() != nullptr);
        QCOMPARE(it.document().apply(journey::RenameComponent{"cart", "basket"}, text("other")), QString());
        QVERIFY(it.editor() != nullptr);
        QCOMPARE(it.editor()->text(), text("cart"));
        QTest::keyClick(it.editor(), Qt::Key_Return);
        QVERIFY(it.document().intent().journey.components.find("basket"));
        QCOMPARE(it.document().undoStack()->count(), 1);
    }

    void numbersThatArriveLeaveWhatIsTyped()
    {
        Outline it;
        it.select("cart");
        QTest::keyClick(it.tree, Qt::Key_F2);
        it.editor()->selectAll();
        QTest::keyClicks(it.editor(), text("bas"));
        const auto numbers = [&it] {
            return it.tree->model()->index(it.tree->currentIndex().row(), OutlineModel::Availability,
                                           it.tree->currentIndex().parent());
        };
        const auto before = numbers().data().toString();
        QCOMPARE(it.document().apply(journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse("0.5"))},
                                     text("other")),
                 QString());
        QTRY_VERIFY(numbers().data().toString() != before);
        QCOMPARE(it.editor()->text(), text("bas"));
    }

    void aDigitStatesTheAvailability()
    {
        Outline it;
        it.select("cart");
        QTest::keyClick(it.tree, Qt::Key_9);
        auto* editor = it.shown<QLineEdit>("availability");
        QVERIFY(editor != nullptr);
        QVERIFY(editor->hasFocus());
        QTest::keyClicks(editor, text("9.7x"));
        QVERIFY(!editor->accessibleDescription().isEmpty());
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(it.shown<QLineEdit>("availability") != nullptr); // it stays open
        QTest::keyClick(editor, Qt::Key_Backspace);
        QTest::keyClicks(editor, text(" %"));
        QCOMPARE(editor->accessibleDescription(), QString());
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(it.shown<QLineEdit>("availability") == nullptr);
        QCOMPARE(it.document().intent().journey.components.find("cart")->inlineAvailability->decimal().toString(),
                 std::string("0.997"));
        QCOMPARE(it.document().undoStack()->undoText(), text("Set availability of cart"));
        QCOMPARE(it.document().undoStack()->count(), 1);
        QVERIFY(it.tree->hasFocus());
    }

    void availabilityInPlace_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<int>("steps");
        QTest::addColumn<QString>("stated"); ///< "none" where nothing is
        QTest::newRow("another") << text("98 %") << 1 << text("0.98");
        QTest::newRow("removed") << QString() << 1 << text("none");
        QTest::newRow("the same, written otherwise") << text("0.9990") << 0 << text("0.999");
    }
    void availabilityInPlace()
    {
        QFETCH(QString, typed);
        Outline it;
        const auto* model = qobject_cast<const OutlineModel*>(it.tree->model());
        const auto cell = model->indexOf(journey::Element::ofNode(it.node("cart"))).siblingAtColumn(1);
        QTest::mouseClick(it.tree->viewport(), Qt::LeftButton, {}, it.tree->visualRect(cell).center());
        QTest::mouseDClick(it.tree->viewport(), Qt::LeftButton, {}, it.tree->visualRect(cell).center());
        auto* editor = it.shown<QLineEdit>("availability");
        QVERIFY(editor != nullptr);
        QCOMPARE(editor->text(), text("99.9 %"));
        editor->selectAll();
        QTest::keyClick(editor, Qt::Key_Delete);
        QTest::keyClicks(editor, typed);
        QTest::keyClick(editor, Qt::Key_Return);
        QTEST(it.document().undoStack()->count(), "steps");
        const auto stated = it.document().intent().journey.components.find("cart")->inlineAvailability;
        QTEST(stated ? QString::fromStdString(stated->decimal().toString()) : text("none"), "stated");
    }

    void whatAnSloGivesIsNotTypedOver()
    {
        Outline it;
        it.select("front");
        QTRY_VERIFY(tests::isCurrent(it.document()));
        QTest::keyClick(it.tree, Qt::Key_9);
        QVERIFY(it.shown<QLineEdit>("availability") == nullptr);
        it.select("payment"); // nor an operator
        QTest::keyClick(it.tree, Qt::Key_9);
        QVERIFY(it.shown<QLineEdit>("availability") == nullptr);
        QCOMPARE(it.document().undoStack()->count(), 0);
    }

    void savingTakesTheNameThatIsTyped()
    {
        Outline it;
        it.panel.commitPending(); // nothing is typed
        it.select("cart");
        QTest::keyClick(it.tree, Qt::Key_F2);
        it.editor()->selectAll();
        QTest::keyClicks(it.editor(), text("basket"));
        it.panel.commitPending();
        QVERIFY(it.document().intent().journey.components.find("basket"));
        QTRY_VERIFY(it.editor() == nullptr);
        QCOMPARE(it.document().undoStack()->count(), 1);
    }

    void whatWouldBeRefusedIsSaidAsItIsTyped()
    {
        Outline it;
        it.select("cart");
        QTest::keyClick(it.tree, Qt::Key_F2);
        it.editor()->selectAll();
        QTest::keyClicks(it.editor(), text("pay"));
        QCOMPARE(it.editor()->accessibleDescription(), QString());
        QTest::keyClicks(it.editor(), text("a"));
        QVERIFY(it.editor()->accessibleDescription().contains(text("paya")));
        QTest::keyClick(it.editor(), Qt::Key_Return);
        QVERIFY(it.editor() != nullptr);
        it.editor()->selectAll();
        QTest::keyClicks(it.editor(), text("9"));
        QVERIFY(!it.editor()->accessibleDescription().isEmpty());
        QTest::keyClick(it.editor(), Qt::Key_Escape);
        QCOMPARE(it.document().undoStack()->count(), 0);
    }
};

QTEST_MAIN(TestOutlineAdding)
#include "tst_outlineadding.moc"
