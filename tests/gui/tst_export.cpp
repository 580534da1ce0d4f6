// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "checkoutfolder.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTest>
#include <QTimer>

using namespace emac;
using namespace emac::workbench;
using emac::tests::CheckoutFolder;
using emac::widgets::Prompts;

namespace {

class TestPrompts : public Prompts
{
public:
    QString drawingTo;
    QStringList proposals;
    QStringList failures;

    QString drawingToSave(QWidget* /*parent*/, const QString& path) override
    {
        proposals.append(path);
        return drawingTo;
    }
    void failed(QWidget* /*parent*/, const QString& /*title*/, const QString& reason) override
    {
        failures.append(reason);
    }
};

/// A window with the journey of the folder open.
struct Window
{
    explicit Window(const CheckoutFolder& folder) : prompts(std::make_shared<TestPrompts>()), window(prompts)
    {
        window.resize(1000, 700);
        window.show();
        QSignalSpy opened(&window, &MainWindow::tabOpened);
        window.open(folder.path());
        [&] { QTRY_COMPARE(opened.size(), 1); }();
    }

    std::shared_ptr<TestPrompts> prompts;
    MainWindow window;
};

} // namespace

class TestExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }
    void init() { QSettings().clear(); }

    void theShortcutWritesTheDrawingAndSaysSo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("svg") << "drawing.svg" << QByteArray("<?xml");
        QTest::newRow("png") << "drawing.png" << QByteArray("\x89PNG");
        QTest::newRow("pdf") << "drawing.pdf" << QByteArray("%PDF-");
        QTest::newRow("dot") << "drawing.dot" << QByteArray("digraph");
    }
    void theShortcutWritesTheDrawingAndSaysSo()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, begin);
        const CheckoutFolder folder;
        Window w(folder);
        w.prompts->drawingTo = folder.path(name);
        QTest::keyClick(&w.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(w.prompts->proposals, QStringList{folder.path(QStringLiteral("checkout.svg"))});
        QTRY_VERIFY(w.window.statusBar()->currentMessage().contains(folder.path(name)));
        QVERIFY(folder.read(name).startsWith(begin));
        QCOMPARE(w.prompts->failures, QStringList());
        QVERIFY(!w.window.isWindowModified());
        QCOMPARE(folder.read(), CheckoutFolder::intentText());
    }

    void theMenuLeadsThereAndCancellingWritesNothing()
    {
        const CheckoutFolder folder;
        Window w(folder);
        const auto before = QDir(QFileInfo(folder.path()).path()).entryList(QDir::Files);
        QTest::keyClick(&w.window, Qt::Key_F, Qt::AltModifier);
        QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_D);
        QCOMPARE(w.prompts->proposals.size(), 1);
        // One that is wanted, later, is there; of the first there is nothing.
        w.prompts->drawingTo = folder.path(QStringLiteral("zzz.svg"));
        QTest::keyClick(&w.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(w.window.statusBar()->currentMessage().contains(w.prompts->drawingTo));
        QCOMPARE(w.prompts->failures, QStringList());
        QCOMPARE(QDir(QFileInfo(folder.path()).path()).entryList(QDir::Files),
                 before + QStringList{QStringLiteral("zzz.svg")});
    }

    void whatIsTypedAndNotSavedIsDrawn()
    {
        const CheckoutFolder folder;
        Window w(folder);
        w.prompts->drawingTo = folder.path(QStringLiteral("d.svg"));
        QCOMPARE(w.window.currentTab()->document()->apply(
                     journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse("0.9871"))},
                     QStringLiteral("set cart")),
                 QString());
        QTest::keyClick(&w.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(folder.read(QStringLiteral("d.svg")).contains(">98.71 %</text>"));
        QVERIFY(w.window.isWindowModified());
    }

    void aFailureIsSaid()
    {
        const CheckoutFolder folder;
        Window w(folder);
        w.prompts->drawingTo = folder.path(QStringLiteral("none/d.svg"));
        QTest::keyClick(&w.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(w.prompts->failures.size(), 1);
        QVERIFY(w.prompts->failures.front().contains(QStringLiteral("none/d.svg")));
    }

    void theTabMayBeClosedMeanwhile()
    {
        const CheckoutFolder folder;
        Window w(folder);
        w.prompts->drawingTo = folder.path(QStringLiteral("d.svg"));
        QTRY_VERIFY(w.window.currentTab()->document()->evaluation());
        QTest::keyClick(&w.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(&w.window, Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(w.window.currentTab(), nullptr);
        QTRY_VERIFY(folder.read(QStringLiteral("d.svg")).contains("</svg>"));
    }

    void withoutAJourneyThereIsNothingToExport()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("checkout.yaml"), "a: [1, 2\nb: }\n");
        Window w(folder);
        QVERIFY(!w.window.actions()->action(QStringLiteral("file.exportDrawing"))->isEnabled());
        QTest::keyClick(&w.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(w.prompts->proposals, QStringList());
    }

    void theDialogAppendsTheSuffixOfTheForm_data()
    {
        QTest::addColumn<int>("downs"); // in the list of forms
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("path");
        QTest::newRow("svg") << 0 << "a"
                             << "a.svg";
        QTest::newRow("png") << 1 << "a"
                             << "a.png";
        QTest::newRow("pdf") << 2 << "a"
                             << "a.pdf";
        QTest::newRow("dot") << 3 << "a"
                             << "a.dot";
        QTest::newRow("typed") << 0 << "a.pdf"
                               << "a.pdf";
        QTest::newRow("cancelled") << 0 << ""
                                   << "";
    }
    void theDialogAppendsTheSuffixOfTheForm()
    {
        QFETCH(int, downs);
        QFETCH(QString, typed);
        QFETCH(QString, path);
        const CheckoutFolder folder;
        QWidget parent;
        Prompts prompts;
        QTimer::singleShot(0, &parent, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            auto* forms = dialog->findChild<QComboBox*>(QStringLiteral("fileTypeCombo"));
            for (int i = 0; i < downs; ++i)
                QTest::keyClick(forms, Qt::Key_Down);
            auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            QTest::keySequence(name, QKeySequence::SelectAll);
            QTest::keyClicks(name, typed);
            QTest::keyClick(name, typed.isEmpty() ? Qt::Key_Escape : Qt::Key_Return);
        });
        const auto chosen = prompts.drawingToSave(&parent, folder.path(QStringLiteral("checkout.svg")));
        QCOMPARE(chosen, path.isEmpty() ? QString() : folder.path(path));
    }

    void theDialogAsksBeforeItOverwrites()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("a.svg"), "before");
        QWidget parent;
        Prompts prompts;
        int asked = 0;
        QTimer::singleShot(0, &parent, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            QTimer::singleShot(0, dialog, [&asked, dialog] {
                if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
                    ++asked;
                    QTest::keyClick(box, Qt::Key_Escape);
                }
                QTest::keyClick(dialog, Qt::Key_Escape);
            });
            auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            QTest::keySequence(name, QKeySequence::SelectAll);
            QTest::keyClicks(name, QStringLiteral("a"));
            QTest::keyClick(name, Qt::Key_Return);
        });
        QCOMPARE(prompts.drawingToSave(&parent, folder.path(QStringLiteral("checkout.svg"))), QString());
        QCOMPARE(asked, 1);
    }
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
