// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "widgets/palette/palettepanel.h"
#include "widgets/palette/usagepanel.h"

#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabWidget>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>

using namespace emac;
using namespace emac::workbench;
using emac::tests::CheckoutFolder;

namespace {

/// Nothing is asked here; what is not saved may go.
class Silent : public widgets::Prompts
{
public:
    Answer unsavedChanges(QWidget* /*parent*/, const QString& /*title*/) override { return Answer::Discard; }
};

QByteArray search()
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: search}\nspec:\n"
           "  objectives:\n    availability: {window: 30d, target: 0.99}\n"
           "  operator: {type: series, steps: [{ref: index}, {use: rank}]}\n"
           "  fragments:\n    rank: {type: race, branches: [{ref: index}, {ref: cart}]}\n"
           "  components:\n    index: {availability: 0.999}\n    cart: {availability: 0.9}\n";
}

struct Window
{
    CheckoutFolder folder;
    MainWindow window{std::make_shared<Silent>()};

    Window()
    {
        folder.write(QStringLiteral("search.yaml"), search());
        window.resize(1440, 900);
        window.show();
        [this] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
    }
    JourneyTab* open(const QString& name)
    {
        QSignalSpy opened(&window, &MainWindow::tabOpened);
        window.open(folder.path(name));
        [&] { QTRY_COMPARE(opened.size(), 1); }();
        return window.currentTab();
    }
    JourneyTab* checkout() { return open(QStringLiteral("checkout.yaml")); }

    static QString tree(JourneyTab* tab)
    {
        return QString::fromStdString(journey::expressionText(tab->document()->intent().journey.root));
    }
    static void select(JourneyTab* tab, const std::string& name)
    {
        for (const auto& place : journey::nodePlaces(tab->document()->intent().journey)) {
            if (journey::displayName(*place.node) == name) {
                tab->selection()->select(journey::Element::ofNode(place.node->id));
                return;
            }
        }
        QFAIL("there is no such node");
    }
    template<typename Panel>
    Panel* panel()
    {
        return window.findChild<Panel*>();
    }
};

} // namespace

/// Palette, clipboard and pages in the whole window.
class TestPaletteWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-tests-palette"));
    }
    void init()
    {
        QSettings().clear();
        QGuiApplication::clipboard()->clear();
    }

    void thePaletteAddsBehindTheSelection()
    {
        Window w;
        auto* palette = w.panel<widgets::PalettePanel>();
        QVERIFY(palette->isVisible());
        QVERIFY(!palette->isEnabled()); // there is nothing to put anything into
        auto* tab = w.checkout();
        QVERIFY(palette->isEnabled());
        Window::select(tab, "front");
        palette->focusFilter();
        auto* filter = palette->findChild<QLineEdit*>();
        QTRY_VERIFY(palette->findChild<QListView*>()->model()->rowCount() > 18); // what search has, too
        QTest::keyClicks(filter, QStringLiteral("index"));
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(Window::tree(tab), QStringLiteral("Series(front, index, Parallel(cart, pricing), Race(paya, payb))"));
        QCOMPARE(tab->document()->undoStack()->undoText(), QStringLiteral("Add index"));
        // As it is where it comes from.
        QVERIFY(tab->document()->intent().journey.components.find("index")->inlineAvailability.has_value());
        QTest::keyClick(filter, Qt::Key_Z, Qt::ControlModifier); // what was typed
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(QByteArray::fromStdString(tab->document()->text()), CheckoutFolder::intentText());
    }

    void keysCopyFromOneTabToAnother()
    {
        Window w;
        auto* from = w.checkout();
        Window::select(from, "payment");
        from->view()->setFocus();
        QTest::keyClick(from->view(), Qt::Key_C, Qt::ControlModifier);
        auto* to = w.open(QStringLiteral("search.yaml"));
        QTest::keyClick(to->view(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(Window::tree(to), QStringLiteral("Series(index, Use(rank), Race(paya, payb))"));
        QVERIFY(!to->document()->hasErrorsNow());
        // A field of the inspector has its own clipboard keys.
        to->selection()->select(journey::Element::component("index"));
        const auto fields = to->inspector()->findChildren<QLineEdit*>();
        const auto filled = std::ranges::find_if(
            fields, [](const QLineEdit* edit) { return edit->isVisible() && !edit->text().isEmpty(); });
        QVERIFY(filled != fields.end());
        auto* field = *filled;
        const auto before = to->document()->text();
        field->setFocus();
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), field->text());
        QCOMPARE(to->selection()->current(), journey::Element::component("index"));
        QCOMPARE(to->document()->text(), before);
    }

    void whereUsedLeadsToTheCallInAnotherJourney()
    {
        Window w;
        auto* tab = w.checkout();
        Window::select(tab, "cart");
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_F12, Qt::ShiftModifier);
        auto* panel = w.panel<widgets::UsagePanel>();
        QTRY_VERIFY(panel->isVisible());
        QCOMPARE(panel->component(), QStringLiteral("cart"));
        auto* tree = panel->findChild<QTreeWidget*>();
        QTRY_COMPARE(tree->topLevelItemCount(), 2);
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        tree->setFocus();
        tree->setCurrentItem(tree->topLevelItem(1)->child(0));
        QTest::keyClick(tree, Qt::Key_Return);
        QTRY_COMPARE(opened.size(), 1);
        auto* other = w.window.currentTab();
        QVERIFY(other != tab);
        // It lies in a fragment, whose page is turned to.
        QCOMPARE(other->selection()->page(), widgets::Page{"rank"});
        const auto call = journey::findNode(other->document()->intent().journey, other->selection()->current().node);
        QVERIFY(call != nullptr);
        QCOMPARE(journey::displayName(*call), std::string("cart"));
        // One that is open already is shown.
        tree->setCurrentItem(tree->topLevelItem(0)->child(0));
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(w.window.currentTab(), tab);
        QCOMPARE(w.window.findChild<QTabWidget*>()->count(), 2);
    }

    void aRefusedPasteIsSaid()
    {
        Window w;
        auto* tab = w.checkout();
        QGuiApplication::clipboard()->setText(QStringLiteral("meet at noon"));
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_V, Qt::ControlModifier);
        QVERIFY(w.window.statusBar()->currentMessage().startsWith(QStringLiteral("Not pasted")));
    }
};

QTEST_MAIN(TestPaletteWindow)
#include "tst_palette_window.moc"
