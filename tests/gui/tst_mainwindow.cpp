// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "app/workbench/newjourney.h"
#include "app/workbench/recentfiles.h"
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "tests/gui/testwindow.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/charts/intervalchart.h"
#include "widgets/common/parts.h"
#include "widgets/document/recovery.h"
#include "widgets/panels/reasonspopup.h"
#include "widgets/panels/valuefield.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QUndoView>

using namespace emac;
using namespace emac::workbench;
using emac::tests::CheckoutFolder;
using emac::tests::setCart;
using Window = emac::tests::TestWindow;
using emac::widgets::Prompts;
using emac::widgets::ValueField;

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        QStandardPaths::setTestModeEnabled(true);
    }
    void init()
    {
        QSettings().clear();
        for (const auto& copy : widgets::recovery::left())
            widgets::recovery::remove(copy.path);
    }

    void opensByDialogAndRemembersTheFile()
    {
        const CheckoutFolder folder;
        Window w;
        w.prompts->files = {folder.path()};
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        w.trigger("file.open");
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(w.window.currentTab()->document()->path(), folder.path());
        QVERIFY(w.window.windowTitle().startsWith(QStringLiteral("checkout")));
        QCOMPARE(recentfiles::list(), QStringList{folder.path()});
    }

    void opensWhatIsDroppedOnIt()
    {
        const CheckoutFolder folder;
        Window w;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(folder.path())});
        const QPoint middle(600, 400);
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QVERIFY(QCoreApplication::sendEvent(&w.window, &enter));
        QVERIFY(enter.isAccepted());
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QVERIFY(QCoreApplication::sendEvent(&w.window, &drop));
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(w.window.currentTab()->document()->path(), folder.path());
    }

    void aDropOnAnOpenJourneyIsForTheWindow()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        // The drawing takes what comes from the palette, and nothing else.
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(folder.path())});
        QVERIFY(!widgets::carriedBy(&data));
        auto* canvas = tab->view()->viewport();
        const CheckoutFolder other;
        data.setUrls({QUrl::fromLocalFile(other.path())});
        QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(canvas, &enter);
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        QDropEvent drop(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(canvas, &drop);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(w.window.currentTab()->document()->path(), other.path());
        for (const auto* widget : tab->availability()->findChildren<QAbstractScrollArea*>())
            QVERIFY(!widget->acceptDrops());
    }

    void aFileAskedForTwiceAtOnceIsOneTab()
    {
        const CheckoutFolder folder;
        QVERIFY(QFile::link(folder.path(), folder.path(QStringLiteral("link.yaml"))));
        Window w;
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        w.window.open(folder.path());
        w.window.open(folder.path());
        w.window.open(folder.path(QStringLiteral("link.yaml")));
        QTRY_COMPARE(opened.size(), 1);
        QTest::qWait(100);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(w.tabs()->count(), 1);
    }

    void whatIsTypedAndNotYetDoneIsSaved()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        auto* field = tab->inspector()->findChild<ValueField*>(QStringLiteral("target"))->lineEdit();
        field->setFocus();
        QTRY_VERIFY(field->hasFocus());
        QTest::keySequence(field, QKeySequence::SelectAll);
        QTest::keyClicks(field, QStringLiteral("0.9"));
        QTest::keySequence(&w.window, QKeySequence::Save);
        QVERIFY2(folder.read().contains("target: 0.9}"), folder.read().constData());
        QVERIFY(!w.window.isWindowModified());
    }

    void aFileOpenTwiceIsOneTab()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("second.yaml"), CheckoutFolder::intentText());
        Window w;
        auto* first = w.open(folder.path());
        w.open(folder.path(QStringLiteral("second.yaml")));
        QCOMPARE(w.tabs()->count(), 2);
        w.window.open(folder.path());
        QCOMPARE(w.tabs()->count(), 2);
        QCOMPARE(w.window.currentTab(), first);
    }

    void brokenFileShowsItsTextAndProblems()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("broken.yaml"), "a: [1, 2\nb: }\n");
        Window w;
        auto* tab = w.open(folder.path(QStringLiteral("broken.yaml")));
        QVERIFY(!tab->document()->isReadable());
        QVERIFY(base::hasErrors(tab->document()->diagnostics()));
        QVERIFY(!w.window.actions()->action(QStringLiteral("view.zoomIn"))->isEnabled());
        QVERIFY(recentfiles::list().isEmpty());
    }

    void savesWithTheShortcut()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QCOMPARE(setCart(tab, "0.9991"), QString());
        QVERIFY(w.window.isWindowModified());
        QVERIFY(w.tabs()->tabText(0).contains(u'•'));
        QTest::keySequence(&w.window, QKeySequence::Save);
        QVERIFY(!w.window.isWindowModified());
        QVERIFY(folder.read().contains("0.9991"));
        QCOMPARE(w.prompts->failures, QStringList());
    }

    void aRefusedSaveSaysWhyAndLosesNothing()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QCOMPARE(setCart(tab, "0.9991"), QString());
        folder.write(QStringLiteral("checkout.yaml"), "theirs: 1\n");
        w.trigger("file.save");
        QCOMPARE(w.prompts->failures.size(), 1);
        QCOMPARE(folder.read(), QByteArray("theirs: 1\n"));
        QVERIFY(w.window.isWindowModified());
    }

    void closingAsksAboutUnsavedChanges_data()
    {
        QTest::addColumn<int>("answer");
        QTest::addColumn<bool>("closed");
        QTest::addColumn<bool>("saved");
        QTest::newRow("cancel") << static_cast<int>(Prompts::Answer::Cancel) << false << false;
        QTest::newRow("discard") << static_cast<int>(Prompts::Answer::Discard) << true << false;
        QTest::newRow("save") << static_cast<int>(Prompts::Answer::Save) << true << true;
    }
    void closingAsksAboutUnsavedChanges()
    {
        QFETCH(int, answer);
        QFETCH(bool, closed);
        QFETCH(bool, saved);
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QCOMPARE(setCart(tab, "0.9991"), QString());
        w.prompts->answer = static_cast<Prompts::Answer>(answer);
        w.trigger("file.close");
        QCOMPARE(w.prompts->asked, 1);
        QCOMPARE(w.tabs()->count(), closed ? 0 : 1);
        QCOMPARE(folder.read().contains("0.9991"), saved);
        if (!closed) {
            QVERIFY(!w.window.close());
            QCOMPARE(w.prompts->asked, 2);
        }
    }

    void reloadTakesWhatIsOnDisk()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QCOMPARE(setCart(tab, "0.9991"), QString());
        auto theirs = CheckoutFolder::intentText();
        theirs.replace("target: 0.995", "target: 0.9");
        folder.write(QStringLiteral("checkout.yaml"), theirs);
        w.trigger("file.reload");
        QCOMPARE(w.window.currentTab(), tab);
        QCOMPARE(tab->document()->intent().objectives.availability->target.success(), 0.9);
        QVERIFY(!w.window.isWindowModified());
        QCOMPARE(w.prompts->asked, 0); // nothing is lost
        w.trigger("edit.undo");
        QVERIFY(w.window.isWindowModified());
        QVERIFY(tab->document()->text().find("0.9991") != std::string::npos);
    }

    void revertTakesBackEverythingAndCanBeUndone()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        auto* revert = w.window.actions()->action(QStringLiteral("file.revert"));
        QVERIFY(!revert->isEnabled());
        QCOMPARE(setCart(tab, "0.9991"), QString());
        QVERIFY(revert->isEnabled());
        revert->trigger();
        QCOMPARE(QByteArray::fromStdString(tab->document()->text()), CheckoutFolder::intentText());
        QVERIFY(!revert->isEnabled());
        auto* undo = w.window.actions()->action(QStringLiteral("edit.undo"));
        QVERIFY2(undo->text().contains(QStringLiteral("Revert unsaved changes")), qPrintable(undo->text()));
        undo->trigger();
        QVERIFY(w.window.isWindowModified());
    }

    void saveAsGoesOnWithTheOtherFile()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QCOMPARE(setCart(tab, "0.9991"), QString());
        w.trigger("file.saveAs"); // cancelled
        QCOMPARE(tab->document()->path(), folder.path());
        w.prompts->saveTo = folder.path(QStringLiteral("other.yaml"));
        w.trigger("file.saveAs");
        QCOMPARE(tab->document()->path(), w.prompts->saveTo);
        QCOMPARE(w.window.windowFilePath(), w.prompts->saveTo);
        QCOMPARE(recentfiles::list().first(), w.prompts->saveTo);
        QCOMPARE(folder.read(), CheckoutFolder::intentText());
        w.window.open(w.prompts->saveTo);
        QCOMPARE(w.tabs()->count(), 1);
        // A file that is open itself is not written over.
        auto* first = w.open(folder.path());
        QCOMPARE(setCart(first, "0.5"), QString());
        w.trigger("file.saveAs");
        QCOMPARE(w.prompts->failures.size(), 1);
        QVERIFY(!folder.read(QStringLiteral("other.yaml")).contains("0.5,"));
    }

    void saveAllSavesEveryTab()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("second.yaml"), CheckoutFolder::intentText());
        Window w;
        QCOMPARE(setCart(w.open(folder.path()), "0.9991"), QString());
        QCOMPARE(setCart(w.open(folder.path(QStringLiteral("second.yaml"))), "0.9992"), QString());
        w.trigger("file.saveAll");
        QVERIFY(folder.read().contains("0.9991"));
        QVERIFY(folder.read(QStringLiteral("second.yaml")).contains("0.9992"));
        QVERIFY(!w.window.actions()->action(QStringLiteral("file.saveAll"))->isEnabled());
    }

    void aChangeOnDiskIsAskedAboutOnce_data()
    {
        QTest::addColumn<int>("answer");
        QTest::addColumn<bool>("modified");
        QTest::addColumn<bool>("mineIsShown");
        QTest::addColumn<bool>("mineIsSaved"); // by the next save
        QTest::newRow("keep mine") << static_cast<int>(Prompts::DiskAnswer::KeepMine) << true << true << true;
        QTest::newRow("reload") << static_cast<int>(Prompts::DiskAnswer::Reload) << false << false << false;
        QTest::newRow("later") << static_cast<int>(Prompts::DiskAnswer::Later) << true << true << false;
    }
    void aChangeOnDiskIsAskedAboutOnce()
    {
        QFETCH(int, answer);
        QFETCH(bool, modified);
        QFETCH(bool, mineIsShown);
        QFETCH(bool, mineIsSaved);
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        auto* other = w.window.openWindow(); // two windows, one question
        QCOMPARE(setCart(tab, "0.9991"), QString());
        const auto mine = tab->document()->text();
        w.prompts->disk = static_cast<Prompts::DiskAnswer>(answer);
        const QByteArray theirs = CheckoutFolder::intentText() + "# theirs\n";
        folder.write(QStringLiteral("checkout.yaml"), theirs);
        QTRY_VERIFY(w.prompts->asked > 0);
        QTest::qWait(300);
        const bool undecided = w.prompts->disk == Prompts::DiskAnswer::Later;
        QCOMPARE(w.prompts->asked, 1);
        QCOMPARE(tab->document()->isModified(), modified);
        QCOMPARE(tab->document()->text() == mine, mineIsShown);
        w.trigger("file.save");
        QCOMPARE(w.prompts->asked, undecided ? 2 : 1); // asked again before it would be overwritten
        QCOMPARE(w.prompts->failures.size(), undecided ? 1 : 0);
        QCOMPARE(folder.read(), mineIsSaved ? QByteArray::fromStdString(mine) : theirs);
        other->close();
    }

    void anUnmodifiedJourneyFollowsTheDiskWithoutAQuestion()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        const QByteArray theirs = CheckoutFolder::intentText() + "# theirs\n";
        folder.write(QStringLiteral("checkout.yaml"), theirs);
        QTRY_COMPARE(QByteArray::fromStdString(tab->document()->text()), theirs);
        QCOMPARE(w.prompts->asked, 0);
        QVERIFY(w.window.statusBar()->currentMessage().contains(QStringLiteral("reloaded")));
    }

    void whatACrashLeftIsOffered_data()
    {
        QTest::addColumn<bool>("restored");
        QTest::newRow("restore") << true;
        QTest::newRow("discard") << false;
    }
    void whatACrashLeftIsOffered()
    {
        QFETCH(bool, restored);
        const CheckoutFolder folder;
        const auto original = CheckoutFolder::intentText().toStdString();
        QVERIFY(widgets::recovery::write({folder.path(), QDateTime::currentDateTimeUtc(),
                                          widgets::recovery::hashOf(original), original + "# unsaved\n", ""}));
        Window w;
        w.prompts->confirmed = true; // to open them
        w.prompts->recovery = restored ? Prompts::RecoveryAnswer::Restore : Prompts::RecoveryAnswer::Discard;
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        w.window.offerLeftBehind();
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(w.prompts->asked, 2);
        QVERIFY(w.prompts->fits);
        auto* document = w.window.currentTab()->document();
        QCOMPARE(document->text(), restored ? original + "# unsaved\n" : original);
        QCOMPARE(document->isModified(), restored);
        QCOMPARE(document->undoStack()->count(), restored ? 1 : 0);
        QCOMPARE(QByteArray::fromStdString(original), folder.read());
        w.prompts->answer = Prompts::Answer::Discard;
        w.trigger("file.close");
        QVERIFY(!widgets::recovery::read(folder.path()));
        w.window.offerLeftBehind();
        QCOMPARE(w.prompts->asked, restored ? 3 : 2);
    }

    void aJourneyHeldElsewhereIsReadOnlyUntilItIsFree()
    {
        const CheckoutFolder folder;
        auto elsewhere = std::make_unique<widgets::DocumentLock>();
        QVERIFY(!elsewhere->take(folder.path()));
        Window w;
        auto* tab = w.open(folder.path());
        QCOMPARE(w.prompts->holders.size(), 1);
        QVERIFY(w.prompts->holders.first().contains(QString::number(QCoreApplication::applicationPid())));
        QVERIFY(w.tabs()->tabText(0).contains(QStringLiteral("read-only")));
        QVERIFY(!setCart(tab, "0.9").isEmpty());
        auto* tryToEdit = w.window.actions()->action(QStringLiteral("file.tryToEdit"));
        QVERIFY(tryToEdit->isEnabled());
        elsewhere.reset();
        tryToEdit->trigger();
        QVERIFY(!tryToEdit->isEnabled());
        QCOMPARE(setCart(tab, "0.9"), QString());
    }

    void twoWindowsShareOneDocument()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QPointer<MainWindow> other = w.window.openWindow();
        QVERIFY(other->currentTab() != nullptr && other->currentTab() != tab);
        QCOMPARE(other->currentTab()->document(), tab->document());
        QCOMPARE(setCart(tab, "0.9991"), QString());
        QVERIFY(other->isWindowModified());
        auto* undo = other->actions()->action(QStringLiteral("edit.undo"));
        QVERIFY(undo->isEnabled());
        undo->trigger();
        QVERIFY(!w.window.isWindowModified());
        QVERIFY(!undo->isEnabled());
        QVERIFY(w.window.actions()->action(QStringLiteral("edit.redo"))->isEnabled());
        w.trigger("edit.redo");
        QVERIFY(other->close());
        QCOMPARE(w.prompts->asked, 0); // the document lives on in the first window
        QTRY_VERIFY(!other);
        QVERIFY(w.window.isWindowModified());
        QVERIFY(!w.window.close());
        QCOMPARE(w.prompts->asked, 1);
    }

    void theSelectedNodeMayGoAndComeBack()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        const auto race = journey::Element::ofNode(journey::nodePlaces(tab->document()->intent().journey)[5].node->id);
        tab->selection()->select(race);
        auto text = CheckoutFolder::intentText();
        const auto from = text.indexOf("      - type: race");
        text.remove(from, text.indexOf("  components:") - from);
        QCOMPARE(tab->document()->setText(text.toStdString()), QString());
        QCOMPARE(tab->document()->setText("not: [a journey"), QString());
        QTest::qWait(50); // views paint
        tab->document()->undoStack()->undo();
        QCOMPARE(tab->selection()->current(), race);
        QCOMPARE(journey::nodePlaces(tab->document()->intent().journey)[5].node->id, race.node);
    }

    void overrideTypeFollowSaveAndReset()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QTRY_VERIFY(tab->document()->evaluation() != nullptr);
        const auto before = tab->document()->evaluation()->analysis.journey->sharedFate.worst;
        const auto front = journey::nodePlaces(tab->document()->intent().journey)[1].node->id;
        tab->selection()->select(journey::Element::ofNode(front));

        auto* override = tab->inspector()->findChild<QAbstractButton*>(QStringLiteral("override"));
        QVERIFY(override != nullptr && override->isVisible());
        QTest::mouseClick(override, Qt::LeftButton);
        auto* field = tab->inspector()->findChild<ValueField*>(QStringLiteral("availability"))->lineEdit();
        QTRY_VERIFY(field->hasFocus());
        QTest::keySequence(field, QKeySequence::SelectAll);
        QTest::keyClicks(field, QStringLiteral("0.5"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(tab->document()->text().find("availability: 0.5\n") != std::string::npos);
        QTRY_VERIFY(tab->document()->evaluation()->analysis.journey->sharedFate.worst > 0.5);

        QTest::keySequence(&w.window, QKeySequence::Save);
        auto expected = CheckoutFolder::intentText();
        expected.replace("# the contract\n", "# the contract\n      availability: 0.5\n");
        QCOMPARE(folder.read(), expected);

        auto* reset = tab->inspector()->findChild<QAbstractButton*>(QStringLiteral("reset"));
        QVERIFY(reset != nullptr && reset->isVisible());
        QTest::mouseClick(reset, Qt::LeftButton);
        QTRY_COMPARE(tab->document()->evaluation()->analysis.journey->sharedFate.worst, before);
        QTest::keySequence(&w.window, QKeySequence::Save);
        QCOMPARE(folder.read(), CheckoutFolder::intentText());
    }

    void aProblemLeadsToItsFieldThoughTheInspectorIsClosed()
    {
        const CheckoutFolder folder;
        auto text = CheckoutFolder::intentText();
        text.replace("paya: {kind: external_dependency, availability: 0.995, ", "paya: {kind: external_dependency, ");
        folder.write(QStringLiteral("checkout.yaml"), text);
        Window w;
        auto* tab = w.open(folder.path());
        auto* dock = w.window.findChild<QDockWidget*>(QStringLiteral("inspector"));
        dock->close();
        auto* problems = tab->problems()->findChild<QAbstractItemView*>(QStringLiteral("problems"));
        QVERIFY(problems != nullptr);
        QTRY_VERIFY(tab->document()->evaluation() != nullptr);
        QTRY_VERIFY(problems->model()->rowCount() > 0);
        w.window.findChild<QDockWidget*>(QStringLiteral("problems"))->raise();
        const auto first = problems->model()->index(0, 0);
        QTRY_VERIFY(problems->isVisible() && !problems->visualRect(first).isEmpty());
        QTest::mouseClick(problems->viewport(), Qt::LeftButton, Qt::NoModifier, problems->visualRect(first).center());
        QTRY_VERIFY(dock->isVisible());
        QTRY_VERIFY(QApplication::focusWidget() != nullptr
                    && QApplication::focusWidget()->parentWidget()->objectName() == QStringLiteral("availability"));
        QVERIFY(w.window.findChild<QDockWidget*>(QStringLiteral("source"))->isVisible());
    }

    void undoAndRedoFromAnyFocus()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        const auto cart = journey::Element::component("cart");
        tab->selection()->select(cart);
        QCOMPARE(setCart(tab, "0.9991"), QString());
        for (auto* dock : w.window.findChildren<QDockWidget*>())
            dock->show();
        QWidgetList focuses{tab->view()};
        const auto addAll = [&focuses](const auto& widgets) {
            for (auto* widget : widgets) {
                if (widget->isVisible() && widget->isEnabled() && widget->focusPolicy() != Qt::NoFocus)
                    focuses.append(widget);
            }
        };
        addAll(tab->inspector()->findChildren<QLineEdit*>());
        addAll(tab->inspector()->findChildren<QComboBox*>());
        addAll(tab->inspector()->findChildren<QPlainTextEdit*>());
        addAll(tab->inspector()->findChildren<QAbstractButton*>());
        addAll(tab->outline()->findChildren<QAbstractItemView*>());
        addAll(tab->outline()->findChildren<QLineEdit*>());
        QVERIFY(focuses.size() >= 14);
        QHash<QWidget*, QDockWidget*> tabbed;
        const auto addIn = [&](const char* name, const auto& widgets) {
            auto* dock = w.window.findChild<QDockWidget*>(QLatin1String(name));
            QVERIFY2(!widgets.isEmpty(), name);
            for (auto* widget : widgets) {
                focuses.append(widget);
                tabbed.insert(widget, dock);
            }
        };
        addIn("source", tab->source()->findChildren<QPlainTextEdit*>());
        addIn("problems", tab->problems()->findChildren<QAbstractItemView*>(QStringLiteral("problems")));
        addIn("history", QList<QUndoView*>{w.window.findChild<QUndoView*>()});
        addIn("availability", QList<QAbstractScrollArea*>{tab->availability()->findChild<widgets::IntervalChart*>()});
        QTRY_VERIFY(tab->document()->evaluation() != nullptr);
        for (auto* widget : std::as_const(focuses)) {
            if (auto* dock = tabbed.value(widget); dock != nullptr)
                dock->raise();
            if (qobject_cast<QAbstractItemView*>(widget) && !widget->isVisibleTo(&w.window))
                continue; // a list with nothing in it is not there
            widget->setFocus();
            QTRY_VERIFY2(widget->hasFocus(), widget->metaObject()->className());
            const auto count = tab->document()->undoStack()->count();
            QTest::keyClick(widget, Qt::Key_Z, Qt::ControlModifier);
            QVERIFY2(!tab->document()->isModified(), widget->metaObject()->className());
            QVERIFY(!w.window.isWindowModified());
            QCOMPARE(tab->selection()->current(), cart);
            QVERIFY2(widget->hasFocus(), widget->metaObject()->className()); // nothing else takes it
            QTest::keyClick(widget, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY(tab->document()->isModified());
            QVERIFY2(widget->hasFocus(), widget->metaObject()->className());
            QCOMPARE(tab->document()->undoStack()->count(), count); // no step of a field's own
        }
    }

    void undoBringsTheSelectionBackAndLeavesTheFocus()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        const auto places = journey::nodePlaces(tab->document()->intent().journey);
        const auto cart = journey::Element::ofNode(places[3].node->id);
        const auto paya = journey::Element::ofNode(places[6].node->id);
        auto* tree = tab->outline()->findChild<QTreeView*>();
        tree->setFocus();
        QTRY_VERIFY(tree->hasFocus());
        for (const auto& element : {cart, paya}) {
            tab->selection()->select(element);
            QTest::keyClick(tree, Qt::Key_Delete);
        }
        const auto left = tab->selection()->current();
        QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(tab->selection()->current(), paya);
        QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(tab->selection()->current(), cart);
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("cart"));
        QVERIFY(!tab->document()->isModified());
        QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tab->selection()->current(), left);
        QVERIFY(tree->hasFocus());
    }

    void theOutlineEditsByKeyboard()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        auto* tree = tab->outline()->findChild<QTreeView*>();
        const auto shape = [tab] { return journey::expressionText(tab->document()->intent().journey.root); };
        tree->setFocus();
        QTRY_VERIFY(tree->hasFocus());
        QTest::keyClick(tree, Qt::Key_Home);
        QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_Down);
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("front"));
        QTest::keyClick(tree, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(shape(), std::string("Series(Parallel(cart, pricing), front, Race(paya, payb))"));
        QTest::keyClick(tree, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(shape(), std::string("Series(Parallel(cart, pricing, front), Race(paya, payb))"));
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("front"));
        QTest::keyClick(tree, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(shape(), std::string("Series(Parallel(cart, pricing), front, Race(paya, payb))"));

        // A step after it, and one into an operator; each asked for.
        const auto answer = [tab](const char* text) {
            auto* search = tab->outline()->findChild<QLineEdit*>(QStringLiteral("quickAddSearch"));
            QVERIFY(search != nullptr);
            QVERIFY(search->hasFocus());
            QTest::keyClicks(search, QString::fromLatin1(text));
            QTest::keyClick(search, Qt::Key_Return);
            QTRY_VERIFY(tab->outline()->findChild<QLineEdit*>(QStringLiteral("quickAddSearch")) == nullptr);
        };
        QTest::keyClick(tree, Qt::Key_Return);
        answer("mail");
        QCOMPARE(shape(), std::string("Series(Parallel(cart, pricing), front, mail, Race(paya, payb))"));
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("mail"));
        QVERIFY(tree->hasFocus());
        QTest::keyClick(tree, Qt::Key_Down);
        QTest::keyClick(tree, Qt::Key_Return, Qt::ControlModifier);
        answer("payc");
        QCOMPARE(shape(), std::string("Series(Parallel(cart, pricing), front, mail, Race(paya, payb, payc))"));
        QVERIFY(tree->hasFocus());
        QTest::keyClick(tree, Qt::Key_U, Qt::ControlModifier); // a call cannot be unwrapped
        QTest::keyClick(tree, Qt::Key_Delete);
        QCOMPARE(shape(), std::string("Series(Parallel(cart, pricing), front, mail, Race(paya, payb))"));
        QCOMPARE(tab->document()->undoStack()->count(), 6);
        while (tab->document()->undoStack()->canUndo())
            QTest::keyClick(tree, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(QByteArray::fromStdString(tab->document()->text()), CheckoutFolder::intentText());
    }

    void theOutlineHasTheSameMenu()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        auto* tree = tab->outline()->findChild<QTreeView*>();
        const auto places = journey::nodePlaces(tab->document()->intent().journey);
        tab->selection()->select(journey::Element::ofNode(places[5].node->id)); // the race
        QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(1, 1), tree->mapToGlobal(QPoint(1, 1)));
        QCoreApplication::sendEvent(tree, &byKey);
        auto* menu = w.window.findChild<QMenu*>(QStringLiteral("contextMenu"));
        QVERIFY(menu != nullptr);
        QStringList ids;
        for (const auto* action : menu->actions())
            ids << action->objectName();
        for (const auto* id : {"journey.insertInto", "journey.unwrap", "edit.rename", "edit.delete"})
            QVERIFY2(ids.contains(QLatin1String(id)), id);
        menu->close();
    }

    void findIsForTheWholeWindow()
    {
        const CheckoutFolder folder;
        Window w;
        QVERIFY(!w.window.actions()->action(QStringLiteral("edit.find"))->isEnabled());
        auto* tab = w.open(folder.path());
        auto* dock = w.window.findChild<QDockWidget*>(QStringLiteral("outline"));
        dock->hide();
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(dock->isVisible());
        auto* search = tab->outline()->findChild<QLineEdit*>(QStringLiteral("search"));
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("pay"));
        QTest::keyClick(search, Qt::Key_Return);
        const auto places = journey::nodePlaces(tab->document()->intent().journey);
        QCOMPARE(tab->selection()->current(), journey::Element::ofNode(places[5].node->id)); // the race called payment
        const auto* scene = qobject_cast<widgets::JourneyScene*>(tab->view()->scene());
        QTRY_COMPARE(scene->selectedNodes(), std::vector<journey::NodeId>{places[5].node->id});
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_F3);
        QCOMPARE(tab->selection()->current(), journey::Element::ofNode(places[6].node->id));
        QTest::keyClick(tab->view(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(tab->selection()->current(), journey::Element::ofNode(places[5].node->id));
    }

    void keysEditTheSelection()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        const auto places = journey::nodePlaces(tab->document()->intent().journey);
        const auto* scene = qobject_cast<widgets::JourneyScene*>(tab->view()->scene());
        QTRY_VERIFY(scene->item(places[3].node->id) != nullptr);
        tab->selection()->select(journey::Element::ofNode(places[3].node->id)); // cart
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(tab->view(), Qt::Key_F2); // what is drawn is renamed in its place
        QTRY_VERIFY(tab->view()->viewport()->findChild<QLineEdit*>(QStringLiteral("nameInPlace")) != nullptr);
        auto* answer = tab->view()->viewport()->findChild<QLineEdit*>(QStringLiteral("nameInPlace"));
        QTRY_VERIFY(answer->hasFocus());
        QTest::keySequence(answer, QKeySequence::SelectAll);
        QTest::keyClicks(answer, QStringLiteral("basket"));
        QTest::keyClick(answer, Qt::Key_Return);
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_Delete);
        const auto& journey = tab->document()->intent().journey;
        QCOMPARE(QString::fromStdString(journey::expressionText(journey.root)),
                 QStringLiteral("Series(front, Parallel(pricing), Race(paya, payb))"));

        auto* history = w.window.findChild<QUndoView*>();
        QStringList steps;
        for (int row = 0; row < history->model()->rowCount(); ++row)
            steps << history->model()->index(row, 0).data().toString();
        const QStringList expected{QStringLiteral("As opened"), QStringLiteral("Move cart later"),
                                   QStringLiteral("Rename component cart to basket"), QStringLiteral("Delete basket")};
        QCOMPARE(steps, expected);
        QCOMPARE(history->currentIndex().row(), 3);
        w.trigger("file.save");
        QVERIFY(!history->model()->index(3, 0).data(Qt::DecorationRole).value<QIcon>().isNull());
        history->setCurrentIndex(history->model()->index(0, 0));
        QCOMPARE(QByteArray::fromStdString(tab->document()->text()), CheckoutFolder::intentText());
    }

    void everyNumberIsExplained()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QTRY_VERIFY(tab->document()->evaluation() != nullptr);
        auto* dock = w.window.findChild<QDockWidget*>(QStringLiteral("explain"));
        const auto value = [tab] {
            for (const auto* label : tab->explanation()->findChildren<QLabel*>(QStringLiteral("value"))) {
                if (label->isVisible())
                    return label->text();
            }
            return QString();
        };
        // From the canvas, by key: A⁻ of what is selected.
        const auto places = journey::nodePlaces(tab->document()->intent().journey);
        tab->selection()->select(journey::Element::ofNode(places[5].node->id)); // the race
        tab->view()->setFocus();
        QTest::keyClick(tab->view(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(dock->isVisible() && tab->explanation()->isVisible());
        QCOMPARE(value(), QStringLiteral("A⁻ = 99.500 %"));

        // From the inspector.
        auto* inspectorDock = w.window.findChild<QDockWidget*>(QStringLiteral("inspector"));
        inspectorDock->raise();
        QTRY_VERIFY(tab->inspector()->isVisible());
        QTest::mouseClick(tab->inspector()->findChild<QAbstractButton*>(QStringLiteral("A⁺")), Qt::LeftButton);
        QTRY_VERIFY(tab->explanation()->isVisible());
        QCOMPARE(value(), QStringLiteral("A⁺ = 99.99750 %"));

        // From the chart.
        auto* chart = tab->availability()->findChild<widgets::IntervalChart*>();
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {},
                          chart->figureRectangle(0, widgets::Figure::Optimistic).center());
        QCOMPARE(value(), QStringLiteral("A⁺ = 99.747 %"));

        // From the verdict.
        QTest::mouseClick(tab->verdict(), Qt::LeftButton);
        auto* popup = tab->verdict()->findChild<widgets::ReasonsPopup*>();
        QTRY_VERIFY(popup->isVisible());
        for (auto* link : popup->findChildren<widgets::parts::TextLink*>()) {
            if (link->text() == QStringLiteral("E⁻"))
                QTest::mouseClick(link, Qt::LeftButton);
        }
        QVERIFY(!popup->isVisible());
        QCOMPARE(value(), QStringLiteral("E⁻ = 99.250 %"));

        // A click on a line leads to the file.
        auto* source = w.window.findChild<QDockWidget*>(QStringLiteral("source"));
        for (auto* link : tab->explanation()->findChildren<widgets::parts::PlaceLink*>()) {
            if (link->isVisible() && link->text() == QStringLiteral("slo.yaml:9"))
                QTest::mouseClick(link, Qt::LeftButton);
        }
        QTRY_VERIFY(tab->source()->isVisible());
        QVERIFY(source->isVisible());
        QVERIFY(
            tab->source()->findChild<QLabel*>(QStringLiteral("title"))->text().startsWith(QStringLiteral("slo.yaml")));
        QVERIFY(!w.window.actions()->action(QStringLiteral("view.explain"))->shortcuts().isEmpty());
    }

    void oneSwitchChangesEveryNumber()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        QTRY_VERIFY(tab->document()->evaluation() != nullptr);
        const auto action = [&](const char* id) { return w.window.actions()->action(QLatin1String(id)); };
        QVERIFY(action("view.unit.percent")->isChecked());
        const auto* scene = qobject_cast<widgets::JourneyScene*>(tab->view()->scene());
        const auto places = journey::nodePlaces(tab->document()->intent().journey);
        const auto front = places[1].node->id;
        QTRY_VERIFY(scene->item(front) != nullptr);
        QCOMPARE(scene->item(front)->look().numbers, QStringLiteral("99.9500 %"));
        const auto box = scene->item(front)->box();

        QTest::keyClick(&w.window, Qt::Key_3, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(action("view.unit.downtime")->isChecked());
        QVERIFY(!action("view.unit.percent")->isChecked());
        QCOMPARE(scene->item(front)->look().numbers, QStringLiteral("21 min 36 s"));
        QCOMPARE(scene->item(front)->box(), box); // no new layout
        QVERIFY(tab->verdict()->accessibleDescription().contains(
            QStringLiteral("5 h 24 min … 1 h 49 min / 30 d, objective 3 h 36 min")));
        const auto says = [&](const QString& text) {
            const auto labels = w.window.findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text() == text; });
        };
        QVERIFY(says(QStringLiteral("Availability: downtime in 30 d")));
        auto* inspected = tab->inspector()->findChild<QAbstractButton*>(QStringLiteral("A⁻"));
        QCOMPARE(inspected->text(), QStringLiteral("5 h 24 min / 30 d"));

        // Another window follows, and so does the next start.
        auto* second = w.window.openWindow();
        QVERIFY(second->actions()->action(QStringLiteral("view.unit.downtime"))->isChecked());
        second->actions()->action(QStringLiteral("view.unit.nines"))->trigger();
        QCOMPARE(inspected->text(), QStringLiteral("2.12 nines"));
        second->close();
        QCOMPARE(MainWindow::rememberedUnits()->unit(), widgets::AvailabilityUnit::Nines);
    }

    void theContextMenuIsForWhatLiesUnderThePointer()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        auto* view = tab->view();
        const auto front = journey::nodePlaces(tab->document()->intent().journey)[1].node->id;
        auto* scene = qobject_cast<widgets::JourneyScene*>(view->scene());
        QTRY_VERIFY(scene->item(front) != nullptr);
        const auto ask = [&](QPoint at) {
            QTest::mouseClick(view->viewport(), Qt::RightButton, Qt::NoModifier, at);
            QContextMenuEvent event(QContextMenuEvent::Mouse, at, view->viewport()->mapToGlobal(at));
            QApplication::sendEvent(view->viewport(), &event);
            QPointer<QMenu> menu = w.window.findChild<QMenu*>(QStringLiteral("contextMenu"));
            QStringList ids;
            for (const auto* action : menu->actions())
                ids << action->objectName();
            menu->close();
            delete menu;
            return ids;
        };
        const auto onCall = ask(view->mapFromScene(scene->item(front)->box().center()));
        QCOMPARE(tab->selection()->current(), journey::Element::ofNode(front));
        QVERIFY(onCall.contains(QStringLiteral("journey.bind")) && onCall.contains(QStringLiteral("edit.delete")));
        const auto onGround = ask(QPoint(3, 3));
        QCOMPARE(tab->selection()->current(), journey::Element::journey());
        QVERIFY(onGround.contains(QStringLiteral("journey.addComponent")));
        QVERIFY(!onGround.contains(QStringLiteral("edit.delete")));
    }

    void aRefusedActionIsToldInTheStatusBar()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        tab->selection()->select(journey::Element::component("cart"));
        w.trigger("edit.delete");
        QVERIFY(w.window.statusBar()->currentMessage().contains(QStringLiteral("cart")));
        QCOMPARE(tab->document()->undoStack()->count(), 0);
    }

    void whatIsTypedInTheSourceIsSaved()
    {
        const CheckoutFolder folder;
        Window w;
        auto* tab = w.open(folder.path());
        w.window.findChild<QDockWidget*>(QStringLiteral("source"))->raise();
        auto* code = tab->source()->findChild<QPlainTextEdit*>();
        QTRY_VERIFY(code->isVisible());
        code->setFocus();
        QTest::keyClicks(code, QStringLiteral("# ours"));
        QTest::keyClick(code, Qt::Key_Return);
        QTest::keySequence(&w.window, QKeySequence::Save);
        QCOMPARE(folder.read(), QByteArray("# ours\n" + CheckoutFolder::intentText()));
    }

    void aNewJourneyIsWrittenAndOpened()
    {
        const CheckoutFolder folder;
        Window w;
        w.trigger("file.new");
        auto* dialog = w.window.findChild<NewJourneyDialog*>();
        const auto field = [dialog](const char* name) { return dialog->findChild<QLineEdit*>(QLatin1String(name)); };
        field("folder")->setText(QFileInfo(folder.path()).path());
        QTest::keyClicks(field("name"), QStringLiteral("My Search"));
        field("target")->setText(QStringLiteral("often"));
        QTest::keyClick(field("target"), Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        field("target")->setText(QStringLiteral("99.95 %"));
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        QTest::keyClick(field("name"), Qt::Key_Return);
        QTRY_COMPARE(opened.size(), 1);
        auto* document = w.window.currentTab()->document();
        QCOMPARE(document->path(), folder.path(QStringLiteral("emac.my-search.yaml")));
        QCOMPARE(document->intent().objectives.availability->target.success(), 0.9995);
        QVERIFY2(!document->hasErrors(), document->text().c_str());
        QVERIFY(w.window.actions()->action(QStringLiteral("journey.firstCall"))->isEnabled());
    }

    void aNewJourneyMakesItsFolder()
    {
        const CheckoutFolder folder;
        Window w;
        w.trigger("file.new");
        auto* dialog = w.window.findChild<NewJourneyDialog*>();
        const auto field = [dialog](const char* name) { return dialog->findChild<QLineEdit*>(QLatin1String(name)); };
        const auto* ok = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QTest::keyClicks(field("name"), QStringLiteral("search"));
        field("folder")->setText(folder.path());
        QVERIFY(!ok->isEnabled()); // there is a file of that name
        field("folder")->setText(folder.path(QStringLiteral("journeys/of/ours")));
        QVERIFY(ok->isEnabled());
        const auto goesTo = [&](const QString& place) {
            const auto all = dialog->findChildren<QLabel*>();
            return std::ranges::any_of(all, [&](const QLabel* label) { return label->text().startsWith(place); });
        };
        field("folder")->setText(QStringLiteral("~/emac-test"));
        QVERIFY(goesTo(QDir::homePath() + QStringLiteral("/emac-test/emac.search.yaml")));
        field("folder")->setText(QStringLiteral("beside"));
        QVERIFY(goesTo(QDir::homePath() + QStringLiteral("/beside/emac.search.yaml"))); // what was proposed
        field("folder")->setText(folder.path(QStringLiteral("journeys/of/ours")));
        const auto labels = dialog->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text().contains(QStringLiteral("in a new folder"));
        }));
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        QTest::keyClick(field("name"), Qt::Key_Return);
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(QFileInfo::exists(folder.path(QStringLiteral("journeys/of/ours/emac.search.yaml"))));
    }

    void docksComeBackAsLargeAsTheyWere()
    {
        const CheckoutFolder folder;
        Window w;
        w.open(folder.path());
        const auto dock = [&w](const char* name) { return w.window.findChild<QDockWidget*>(QLatin1String(name)); };
        const auto bottom = {dock("availability"), dock("latency"), dock("problems"),
                             dock("source"),       dock("history"), dock("changes")};
        auto* shown = dock("availability");
        w.window.resizeDocks({shown}, {331}, Qt::Vertical);
        QTRY_VERIFY(shown->height() > 290);
        const int rest = w.tabs()->height(); // the row of the docks' tabs comes and goes
        for (int round = 0; round < 2; ++round) {
            for (auto* one : bottom) {
                one->toggleViewAction()->trigger();
                QCoreApplication::processEvents(); // as slowly as people
                QTRY_VERIFY(one->isHidden());
            }
            QTRY_VERIFY(w.tabs()->height() > rest);
            shown->toggleViewAction()->trigger();
            QTRY_COMPARE(w.tabs()->height(), rest);
            for (auto* one : bottom) {
                if (one != shown)
                    one->toggleViewAction()->trigger();
            }
            QTRY_VERIFY(!dock("changes")->isHidden());
            QTRY_COMPARE(w.tabs()->height(), rest);
        }
        auto* inspector = dock("inspector");
        w.window.resizeDocks({inspector}, {377}, Qt::Horizontal);
        QTRY_COMPARE(inspector->width(), 377);
        inspector->hide();
        inspector->show();
        inspector->raise();
        QTRY_COMPARE(inspector->width(), 377);
    }

    void everyActionHasItsOwnShortcutAndAName()
    {
        const CheckoutFolder folder;
        Window w;
        w.open(folder.path());
        QMap<QString, QString> owners;
        const auto registered = w.window.actions()->actions();
        auto all = registered;
        for (auto* action : w.window.findChildren<QAction*>()) {
            if (!all.contains(action))
                all.append(action);
        }
        for (const auto* action : std::as_const(all)) {
            const bool isOurs = registered.contains(action);
            if (action->isSeparator() || (!isOurs && action->shortcuts().isEmpty()))
                continue;
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->objectName()));
            if (isOurs)
                QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->objectName()));
            for (const auto& shortcut : action->shortcuts()) {
                // The shortcuts of one widget and those of the window that it stands in exclude each other.
                if (!isOurs && action->shortcutContext() == Qt::WidgetShortcut)
                    continue;
                const auto keys = shortcut.toString();
                QVERIFY2(!owners.contains(keys),
                         qPrintable(keys + u' ' + owners.value(keys) + u' ' + action->objectName()));
                owners.insert(keys, action->objectName());
            }
        }
        QVERIFY(owners.size() > 30);
    }

    void everyToolButtonHasAName()
    {
        const CheckoutFolder folder;
        Window w;
        w.open(folder.path());
        int seen = 0;
        for (auto* button : w.window.findChildren<QToolButton*>()) {
            // Those that Qt puts into its own widgets are not ours to name.
            if (button->isHidden() || button->objectName().startsWith(QStringLiteral("qt_"))
                || qobject_cast<QLineEdit*>(button->parentWidget()) || qobject_cast<QTabBar*>(button->parentWidget()))
                continue;
            const auto* interface = QAccessible::queryAccessibleInterface(button);
            QVERIFY(interface != nullptr);
            QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                     qPrintable(QString::fromLatin1(button->parentWidget()->metaObject()->className()) + u' '
                                + button->objectName()));
            ++seen;
        }
        QVERIFY(seen > 8);
    }

    void noMenuHasAMnemonicTwice()
    {
        const CheckoutFolder folder;
        Window w;
        w.open(folder.path());
        QStringList clashes;
        const auto check = [&clashes](const QString& menu, const QList<QAction*>& actions) {
            QMap<QChar, QString> owners;
            for (const auto* action : actions) {
                auto text = action->text();
                text.remove(QStringLiteral("&&"));
                const auto at = text.indexOf(u'&');
                if (at < 0 || at + 1 >= text.size() || action->isSeparator())
                    continue;
                const auto key = text[at + 1].toLower();
                if (owners.contains(key))
                    clashes << QStringLiteral("%1: %2, %3").arg(menu, owners.value(key), text);
                owners.insert(key, text);
            }
        };
        check(QStringLiteral("menu bar"), w.window.menuBar()->actions());
        QVERIFY(w.window.menuBar()->actions().size() >= 5);
        for (const auto* menu : w.window.menuBar()->findChildren<QMenu*>())
            check(menu->title(), menu->actions());
        QVERIFY2(clashes.isEmpty(), qPrintable(clashes.join(u'\n')));
    }

    void manyTabsCloseInAnyOrder()
    {
        const CheckoutFolder folder;
        Window w;
        for (int i = 0; i < 5; ++i) {
            const auto name = QStringLiteral("copy%1.yaml").arg(i);
            folder.write(name, CheckoutFolder::intentText());
            QVERIFY(w.open(folder.path(name)) != nullptr);
        }
        for (const int index : {2, 0, 2, 1, 0}) {
            w.tabs()->setCurrentIndex(index);
            w.trigger("file.close");
        }
        QCOMPARE(w.tabs()->count(), 0);
        QVERIFY(w.window.currentTab() == nullptr);
        QVERIFY(!w.window.actions()->action(QStringLiteral("file.save"))->isEnabled());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
