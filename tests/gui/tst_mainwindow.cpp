// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "app/workbench/recentfiles.h"
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "widgets/panels/valuefield.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QDockWidget>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace emac;
using namespace emac::workbench;
using emac::tests::CheckoutFolder;
using emac::widgets::Prompts;
using emac::widgets::ValueField;

namespace {

/// Answers that the test gives in advance; counts what was asked.
class TestPrompts : public Prompts
{
public:
    QStringList files;
    Answer answer = Answer::Cancel;
    bool confirmed = false;
    int asked = 0;
    QStringList failures;

    QStringList filesToOpen(QWidget* /*parent*/, const QString& /*folder*/) override { return files; }
    Answer unsavedChanges(QWidget* /*parent*/, const QString& /*title*/) override
    {
        ++asked;
        return answer;
    }
    bool confirm(QWidget* /*parent*/, const QString& /*text*/, const QString& /*goOn*/) override
    {
        ++asked;
        return confirmed;
    }
    void failed(QWidget* /*parent*/, const QString& /*title*/, const QString& reason) override
    {
        failures.append(reason);
    }
};

struct Window
{
    Window() : owned(std::make_unique<TestPrompts>()), prompts(owned.get()), window(std::move(owned))
    {
        window.resize(1200, 800);
        window.show();
    }

    JourneyTab* open(const QString& path)
    {
        QSignalSpy opened(&window, &MainWindow::tabOpened);
        window.open(path);
        [&] { QTRY_COMPARE(opened.size(), 1); }();
        return window.currentTab();
    }

    void trigger(const char* id) { window.actions()->action(QLatin1String(id))->trigger(); }
    QTabWidget* tabs() { return window.findChild<QTabWidget*>(); }

    std::unique_ptr<TestPrompts> owned;
    TestPrompts* prompts;
    MainWindow window;
};

QString setCart(JourneyTab* tab, const char* value)
{
    return tab->document()->apply(journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse(value))},
                                  QStringLiteral("set cart"));
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        QStandardPaths::setTestModeEnabled(true);
    }
    void init() { QSettings().clear(); }

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
        for (const auto* widget : {tab->view()->viewport(), static_cast<QWidget*>(tab->view())})
            QVERIFY(!widget->acceptDrops());
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
        w.trigger("file.reload"); // not confirmed
        QCOMPARE(w.window.currentTab(), tab);
        w.prompts->confirmed = true;
        QSignalSpy opened(&w.window, &MainWindow::tabOpened);
        w.trigger("file.reload");
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(w.window.currentTab()->document()->intent().objectives.availability->target.success(), 0.9);
        QVERIFY(!w.window.isWindowModified());
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
        tab->selection()->select(journey::Element::component("cart"));
        QCOMPARE(setCart(tab, "0.9991"), QString());
        QList<QWidget*> focuses{tab->view()};
        for (auto* field : tab->inspector()->findChildren<QLineEdit*>()) {
            if (field->isVisible() && field->isEnabled())
                focuses.append(field);
        }
        QVERIFY(focuses.size() >= 2);
        for (auto* widget : std::as_const(focuses)) {
            widget->setFocus();
            QTRY_VERIFY(widget->hasFocus());
            QTest::keyClick(widget, Qt::Key_Z, Qt::ControlModifier);
            QVERIFY(!tab->document()->isModified());
            QTest::keyClick(widget, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY(tab->document()->isModified());
        }
    }

    void everyActionHasItsOwnShortcutAndAName()
    {
        Window w;
        QMap<QString, QString> owners;
        for (const auto* action : w.window.actions()->actions()) {
            QVERIFY(!action->text().isEmpty());
            for (const auto& shortcut : action->shortcuts()) {
                const auto keys = shortcut.toString();
                QVERIFY2(!owners.contains(keys), qPrintable(keys + owners.value(keys) + action->objectName()));
                owners.insert(keys, action->objectName());
            }
        }
        QVERIFY(owners.size() > 10);
        for (const auto* button : w.window.findChild<QToolBar*>()->findChildren<QToolButton*>()) {
            if (button->defaultAction() != nullptr)
                QVERIFY(!button->text().isEmpty());
        }
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
