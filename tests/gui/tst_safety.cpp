// SPDX-License-Identifier: GPL-3.0-or-later
// What other programs and sudden ends do to open journeys, and what is asked about it.
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "checkoutfolder.h"
#include "tests/gui/testwindow.h"
#include "tests/workspace/scratch_repository.h"
#include "widgets/document/recovery.h"
#include "widgets/panels/diffview.h"
#include "widgets/questions/diskchangesdialog.h"

#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTest>

using namespace emac;
using namespace emac::workbench;
using emac::tests::CheckoutFolder;
using emac::tests::ScratchRepository;
using emac::tests::setCart;
using emac::widgets::Prompts;
using Answer = Prompts::DiskAnswer;
using Window = emac::tests::TestWindow;

namespace {

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

widgets::DiskChange change(const char* title, bool modified, const char* onDisk)
{
    widgets::DiskChange result;
    result.title = QString::fromLatin1(title);
    result.path = QLatin1Char('/') + result.title + QStringLiteral(".yaml");
    result.mine.text = "mine\n";
    if (onDisk != nullptr)
        result.onDisk.text = onDisk;
    result.modified = modified;
    return result;
}

} // namespace

class TestSafety : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        QStandardPaths::setTestModeEnabled(true);
    }
    void cleanup() { QVERIFY(QApplication::topLevelWidgets().isEmpty()); }

    void aBranchSwitchAsksOnceForAllThatItTouches();
    void aRemovedFile_data();
    void aRemovedFile();
    void aFileThatComesBackIsNoQuestion();
    void theDialogTakesAnAnswerForEach();
    void theDialogSaysWhatIsLost_data();
    void theDialogSaysWhatIsLost();
    void comparing();
    void aRecoveryCopyCanBeCompared();
};

void TestSafety::aBranchSwitchAsksOnceForAllThatItTouches()
{
    if (!ScratchRepository::hasGit())
        QSKIP("git is not installed");
    const ScratchRepository repository;
    const auto text = CheckoutFolder::intentText();
    const QStringList names{QStringLiteral("a.yaml"), QStringLiteral("b.yaml"), QStringLiteral("c.yaml"),
                            QStringLiteral("d.yaml")};
    for (const auto& name : names)
        write(repository.path(name), text);
    repository.git({"add", "-A"});
    repository.git({"commit", "-qm", "first"});
    repository.git({"checkout", "-qb", "other"});
    for (const auto& name : {names[0], names[1], names[2]})
        write(repository.path(name), text + "# other\n");
    repository.git({"commit", "-qam", "second"});
    repository.git({"checkout", "-q", "main"});

    Window w;
    QList<JourneyTab*> tabs;
    for (const auto& name : names)
        tabs.append(w.open(repository.path(name)));
    QCOMPARE(setCart(tabs[0], "0.9991"), QString()); // changed here and there
    QCOMPARE(setCart(tabs[1], "0.9992"), QString());
    QCOMPARE(setCart(tabs[3], "0.9993"), QString()); // changed here only
    w.prompts->disk = Answer::KeepMine;
    repository.git({"checkout", "-q", "other"});
    QTRY_COMPARE(w.prompts->asked, 1);
    QCOMPARE(w.prompts->changes.size(), 2);
    QCOMPARE(w.prompts->changes[0].path, tabs[0]->document()->path());
    QCOMPARE(w.prompts->changes[1].path, tabs[1]->document()->path());
    QVERIFY(w.prompts->changes[0].modified);
    QTRY_COMPARE(QByteArray::fromStdString(tabs[2]->document()->text()), text + "# other\n"); // followed
    QTest::qWait(600); // the question is not put again
    QCOMPARE(w.prompts->asked, 1);
    for (auto* tab : {tabs[0], tabs[1], tabs[3]})
        QVERIFY(tab->document()->isModified());
    for (auto* tab : tabs)
        tab->document()->undoStack()->undo();
}

void TestSafety::aRemovedFile_data()
{
    QTest::addColumn<bool>("modified");
    QTest::addColumn<int>("answer");
    QTest::addColumn<bool>("open");
    QTest::newRow("unmodified, kept") << false << static_cast<int>(Answer::KeepMine) << true;
    QTest::newRow("unmodified, closed") << false << static_cast<int>(Answer::Reload) << false;
    QTest::newRow("modified, kept") << true << static_cast<int>(Answer::KeepMine) << true;
    QTest::newRow("modified, closed") << true << static_cast<int>(Answer::Reload) << false;
    QTest::newRow("undecided") << true << static_cast<int>(Answer::Later) << true;
}

void TestSafety::aRemovedFile()
{
    QFETCH(bool, modified);
    QFETCH(int, answer);
    QFETCH(bool, open);
    const CheckoutFolder folder;
    Window w;
    auto* tab = w.open(folder.path());
    if (modified)
        QCOMPARE(setCart(tab, "0.9991"), QString());
    const auto mine = QByteArray::fromStdString(tab->document()->text());
    w.prompts->disk = static_cast<Answer>(answer);
    QVERIFY(QFile::remove(folder.path()));
    QTRY_COMPARE(w.prompts->asked, 1);
    QVERIFY(w.prompts->changes.first().removed());
    QTRY_COMPARE(w.tabs()->count(), open ? 1 : 0);
    if (!open)
        return;
    QVERIFY(tab->document()->isModified()); // nowhere but here
    w.trigger("file.save");
    QCOMPARE(folder.read(), mine);
    QVERIFY(!tab->document()->isModified());
    QCOMPARE(w.prompts->asked, 1);
}

void TestSafety::aFileThatComesBackIsNoQuestion()
{
    const CheckoutFolder folder;
    Window w;
    auto* tab = w.open(folder.path());
    QVERIFY(QFile::remove(folder.path()));
    folder.write(QStringLiteral("checkout.yaml"), CheckoutFolder::intentText() + "# theirs\n");
    QTRY_VERIFY(QByteArray::fromStdString(tab->document()->text()).endsWith("# theirs\n"));
    QTest::qWait(600);
    QCOMPARE(w.prompts->asked, 0);
}

void TestSafety::theDialogTakesAnAnswerForEach()
{
    widgets::DiskChangesDialog dialog({change("a", true, "1"), change("b", true, "2"), change("c", false, nullptr)},
                                      nullptr);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    auto* list = dialog.findChild<QListWidget*>();
    const auto press = [&](const char* name) {
        QTest::mouseClick(dialog.findChild<QPushButton*>(QLatin1String(name)), Qt::LeftButton);
    };
    // The second one waits for a decision of its own.
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(list->item(1)->checkState(), Qt::Unchecked);
    press("keepMine");
    QCOMPARE(list->count(), 1);
    QVERIFY(dialog.isVisible());
    QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("reload"))->isEnabled()); // nothing is marked
    list->setCurrentRow(0);
    QTest::keyClick(list, Qt::Key_Space);
    press("reload");
    QVERIFY(!dialog.isVisible());
    QCOMPARE(dialog.answers(), QList<Answer>({Answer::KeepMine, Answer::Reload, Answer::KeepMine}));

    widgets::DiskChangesDialog later({change("a", true, "1")}, nullptr);
    later.show();
    QTest::keyClick(&later, Qt::Key_Escape);
    QCOMPARE(later.answers(), QList<Answer>({Answer::Later}));
}

void TestSafety::theDialogSaysWhatIsLost_data()
{
    QTest::addColumn<bool>("changed");
    QTest::addColumn<bool>("removed");
    QTest::addColumn<QString>("button");
    QTest::newRow("changed") << true << false << QStringLiteral("&Reload");
    QTest::newRow("removed") << false << true << QStringLiteral("C&lose");
    QTest::newRow("both") << true << true << QStringLiteral("&Reload or Close");
}

void TestSafety::theDialogSaysWhatIsLost()
{
    QFETCH(bool, changed);
    QFETCH(bool, removed);
    QList<widgets::DiskChange> changes;
    if (changed)
        changes.append(change("a", true, "theirs\n"));
    if (removed)
        changes.append(change("b", false, nullptr));
    const widgets::DiskChangesDialog dialog(changes, nullptr);
    QTEST(dialog.findChild<QPushButton*>(QStringLiteral("reload"))->text(), "button");
    QCOMPARE(dialog.findChild<QPushButton*>(QStringLiteral("compare"))->isEnabled(), changed);
}

void TestSafety::comparing()
{
    if (!ScratchRepository::hasGit())
        QSKIP("git is not installed");
    struct Row
    {
        const char* what;
        widgets::FileContent before;
        widgets::FileContent after;
        QStringList lines; ///< added and removed
        QString note;
    };
    const Row rows[]{
        {"the text", {"a\nb\n", ""}, {"a\nc\n", ""}, {QStringLiteral("-b"), QStringLiteral("+c")}, {}},
        {"the layout", {"a\n", "x: 1\n"}, {"a\n", "x: 2\n"}, {QStringLiteral("-x: 1"), QStringLiteral("+x: 2")}, {}},
        {"nothing", {"a\n", "x\n"}, {"a\n", "x\n"}, {}, QStringLiteral("Nothing differs.")},
        {"a file that is not there", {std::nullopt, ""}, {"a\n", ""}, {QStringLiteral("+a")}, {}},
    };
    for (const auto& row : rows) {
        widgets::CompareDialog dialog({QStringLiteral("checkout"), QStringLiteral("/x/checkout.yaml"),
                                       QStringLiteral("On disk"), row.before, QStringLiteral("Here"), row.after},
                                      nullptr);
        QSignalSpy compared(&dialog, &widgets::CompareDialog::compared);
        QTRY_COMPARE(compared.size(), 1);
        QStringList lines;
        for (const auto& line : dialog.findChild<widgets::DiffView*>()->toPlainText().split(u'\n')) {
            if ((line.startsWith(u'+') && !line.startsWith(QStringLiteral("+++")))
                || (line.startsWith(u'-') && !line.startsWith(QStringLiteral("---"))))
                lines.append(line);
        }
        QVERIFY2(lines == row.lines, row.what);
        QCOMPARE(dialog.findChild<QLabel*>(QStringLiteral("note"))->text().isEmpty(), row.note.isEmpty());
    }
}

void TestSafety::aRecoveryCopyCanBeCompared()
{
    const CheckoutFolder folder;
    const auto original = CheckoutFolder::intentText().toStdString();
    QVERIFY(widgets::recovery::write({folder.path(), QDateTime::currentDateTimeUtc(),
                                      widgets::recovery::hashOf(original), original + "# unsaved\n", "layout"}));
    Window w;
    w.prompts->recovery = Prompts::RecoveryAnswer::Discard;
    w.open(folder.path());
    QCOMPARE(w.prompts->asked, 1);
    QCOMPARE(w.prompts->compared.before, (widgets::FileContent{original, ""}));
    QCOMPARE(w.prompts->compared.after, (widgets::FileContent{original + "# unsaved\n", "layout"}));
}

QTEST_MAIN(TestSafety)
#include "tst_safety.moc"
