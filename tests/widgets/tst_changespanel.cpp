// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workspace/checkout_repository.h"
#include "widgets/document/changestracker.h"
#include "widgets/panels/changesmodel.h"
#include "widgets/panels/changespanel.h"
#include "widgets/panels/changestext.h"
#include "widgets/panels/diffview.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>

#include <memory>

using namespace emac;
using namespace emac::widgets;
using tests::CheckoutRepository;
using workspace::Change;
using workspace::ChangeRole;
using workspace::FileState;
using workspace::FileStatus;

namespace {

/// The panel as the window uses it, on a journey of a scratch repository.
struct Shown
{
    explicit Shown(const CheckoutRepository& repository)
        : document(std::make_unique<JourneyDocument>(workspace::openIntent(repository.intentPath())))
    {
        panel.resize(1200, 300);
        QObject::connect(&panel, &ChangesPanel::commitRequested, &panel, [this] { panel.commit(); });
        panel.setDocument(document.get());
        panel.show();
    }

    template<typename T>
    T* child(const char* name) const
    {
        return panel.findChild<T*>(QLatin1String(name));
    }
    QTreeView* files() const { return child<QTreeView>("files"); }
    QString cell(int row, int column) const { return files()->model()->index(row, column).data().toString(); }
    QString label(const char* name) const { return child<QLabel>(name)->text(); }
    QString diff() const { return child<QPlainTextEdit>("diff")->toPlainText(); }
    bool lists() const { return files()->isVisible() && files()->model()->rowCount() > 0; }

    void type(const char* text)
    {
        auto* message = child<QPlainTextEdit>("message");
        QTest::mouseClick(message->viewport(), Qt::LeftButton);
        QTest::keyClicks(message, QLatin1String(text));
    }
    void clickCommit() { QTest::mouseClick(child<QPushButton>("commit"), Qt::LeftButton); }
    void clickRow(int row)
    {
        const auto index = files()->model()->index(row, ChangesModel::State);
        QTest::mouseClick(files()->viewport(), Qt::LeftButton, {}, files()->visualRect(index).center());
    }

    std::unique_ptr<JourneyDocument> document;
    ChangesPanel panel;
};

} // namespace

class TestChangesPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void model();
    void modelKeepsWhatIsLeftOut();
    void texts_data();
    void texts();
    void coloursOfADifference();
    void listsFilesAndTheirDifferences();
    void commits();
    void commitsByKeyboard();
    void leavesOutWhatIsNotTicked();
    void needsAMessage();
    void followsSavingAndButton();
    void waitsUntilItIsSeen();
    void showsWhatGitSays_data();
    void showsWhatGitSays();
    void outsideOfAnyRepository();
    void withoutAJourney();
    void saysWhatDoesNotCompile();
    void neverBlocks();
    void stops();
    void dropsOldAnswers();

private:
    std::unique_ptr<CheckoutRepository> m_repository;
};

void TestChangesPanel::init()
{
    if (!tests::ScratchRepository::hasGit())
        QSKIP("git is not installed");
    m_repository = std::make_unique<CheckoutRepository>();
}

void TestChangesPanel::model()
{
    ChangesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto row = [&](int index) {
        QStringList cells;
        for (int column = 0; column < ChangesModel::ColumnCount; ++column)
            cells << model.index(index, column).data().toString();
        return cells.join(QLatin1Char('|'));
    };
    using State = FileState;
    model.setChanges({{ChangeRole::Intent, {"a/i.yaml", State::Modified, true, false}, {}},
                      {ChangeRole::Layout, {"a/.emac/layout/i.yaml", State::Unchanged, true, false}, {}},
                      {ChangeRole::Artifact, {"x", State::Unchanged, true, false}, "text"},
                      {ChangeRole::Artifact, {"y", State::Missing, false, false}, "text"},
                      {ChangeRole::Artifact, {"z", State::Ignored, false, false}, {}}});
    QCOMPARE(row(0), QStringLiteral("a/i.yaml|Intent|modified"));
    QCOMPARE(row(1), QStringLiteral("a/.emac/layout/i.yaml|Layout|unchanged"));
    QCOMPARE(row(2), QStringLiteral("x|Artifact|modified, to be compiled"));
    QCOMPARE(row(3), QStringLiteral("y|Artifact|new, to be compiled"));
    QCOMPARE(row(4), QStringLiteral("z|Artifact|ignored by Git"));
    QCOMPARE(model.included(), 4);
    QVERIFY(!model.index(1, 0).data(Qt::CheckStateRole).isValid()); // nothing to leave out
    QVERIFY(!model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    model.setChanges({});
    QCOMPARE(model.rowCount(), 0);
}

void TestChangesPanel::modelKeepsWhatIsLeftOut()
{
    ChangesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Change intent{ChangeRole::Intent, {"i", FileState::Modified, true, false}, {}};
    const Change artifact{ChangeRole::Artifact, {"a", FileState::New, false, false}, {}};
    model.setChanges({intent, artifact});
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QVERIFY(model.setData(model.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.included(), 1);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setChanges({intent, artifact});
    QCOMPARE(reset.size(), 0);
    model.setChanges({artifact, intent});
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.rowOf("a"), 0);
    QCOMPARE(model.rowOf("b"), -1);
    QCOMPARE(model.index(0, 0).data(Qt::CheckStateRole).value<Qt::CheckState>(), Qt::Unchecked);
    QVERIFY(model.leftOut() == std::set<std::filesystem::path>{"a"});
    model.includeAll();
    QCOMPARE(model.included(), 2);
}

void TestChangesPanel::texts_data()
{
    QTest::addColumn<QString>("branch");
    QTest::addColumn<int>("ahead");
    QTest::addColumn<int>("behind");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << "main" << 0 << 0 << "main";
    QTest::newRow("ahead") << "main" << 1 << 0 << "main · 1 commit ahead of origin/main";
    QTest::newRow("both") << "main" << 1 << 2 << "main · 1 commit ahead of origin/main · 2 commits behind origin/main";
    QTest::newRow("detached") << "" << 0 << 0 << "On no branch, at 1234567";
}

void TestChangesPanel::texts()
{
    QFETCH(QString, branch);
    QFETCH(int, ahead);
    QFETCH(int, behind);
    QFETCH(QString, text);
    workspace::GitStatus status;
    status.head = "1234567890";
    status.branch = branch.toStdString();
    status.upstream = "origin/main";
    status.ahead = ahead;
    status.behind = behind;
    QCOMPARE(changestext::branch(status), text);
}

void TestChangesPanel::coloursOfADifference()
{
    DiffView view(nullptr);
    view.setDiff(
        QStringLiteral("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n same\n-gone\n--- gone too\n+new\n"
                       "+++ new too\n\\ No newline at end of file\ndiff --git a/g b/g\n--- a/g\n"));
    view.show();
    QStringList colours;
    QHash<QString, QString> names;
    for (auto block = view.document()->begin(); block.isValid() && !block.text().isEmpty(); block = block.next()) {
        const auto formats = block.layout()->formats();
        const auto colour =
            formats.isEmpty() ? QStringLiteral("none") : formats.first().format.foreground().color().name();
        if (!names.contains(colour))
            names[colour] = QString(QLatin1Char(static_cast<char>('a' + names.size())));
        colours << names[colour];
    }
    // Head, place, plain, removed, added; what stands in a hunk is never taken for a head.
    QCOMPARE(colours.join(QString()), QStringLiteral("aaabcddeeaaa"));
    view.setPlain(QStringLiteral("+ plain"));
    QVERIFY(view.document()->firstBlock().layout()->formats().isEmpty());
}

void TestChangesPanel::listsFilesAndTheirDifferences()
{
    m_repository->commitAll();
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("0.998"));
    m_repository->write("theirs", "x");
    m_repository->git({"add", "theirs"});
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    QCOMPARE(shown.label("branch"), QStringLiteral("main"));
    QCOMPARE(shown.label("remarks"), QStringLiteral("1 other file is staged: it stays so, and out of this commit."));
    QCOMPARE(shown.files()->model()->rowCount(), 4);
    QCOMPARE(shown.cell(0, 0), QStringLiteral("checkout.yaml"));
    QCOMPARE(shown.cell(0, 2), QStringLiteral("modified"));
    QCOMPARE(shown.cell(1, 2), QStringLiteral("new, to be compiled"));
    QTRY_VERIFY(shown.diff().contains(QLatin1String("\n-    cart: {kind: service, availability: 0.999")));
    QCOMPARE(shown.label("diffTitle"), QStringLiteral("checkout.yaml against the last commit"));
    shown.clickRow(1);
    QTRY_VERIFY(shown.diff().contains(QLatin1String("\n+# Compiled by emac")));
    QVERIFY(!QFile::exists(m_repository->path(QStringLiteral("compiled"))));
}

void TestChangesPanel::commits()
{
    m_repository->commitAll();
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("0.998"));
    m_repository->write("theirs", "x");
    m_repository->git({"add", "theirs"});
    m_repository->hook("post-commit", "echo thank you >&2");
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    shown.type("Say why");
    QTRY_VERIFY(shown.child<QPushButton>("commit")->isEnabled());
    QCOMPARE(shown.child<QPushButton>("commit")->text(), QStringLiteral("&Commit 4 Files"));
    QSignalSpy committed(&shown.panel, &ChangesPanel::committed);
    shown.clickCommit();
    QVERIFY(shown.panel.isCommitting());
    QTRY_COMPARE(committed.size(), 1);
    QVERIFY(!shown.panel.isCommitting());
    const auto hash = QString::fromUtf8(m_repository->git({"rev-parse", "HEAD"})).left(7);
    QCOMPARE(shown.label("outcome"), QStringLiteral("Committed %1 on main: Say why").arg(hash));
    QCOMPARE(shown.label("diffTitle"), QStringLiteral("What Git said"));
    QCOMPARE(shown.diff(), QStringLiteral("thank you"));
    QVERIFY(shown.child<QPlainTextEdit>("message")->toPlainText().isEmpty());
    QCOMPARE(m_repository->changes().size(), 4);
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray("A  theirs\n"));
    QTRY_COMPARE(shown.cell(0, 2), QStringLiteral("unchanged"));
    QVERIFY(!shown.child<QPushButton>("commit")->isEnabled());
    QCOMPARE(shown.diff(), QStringLiteral("thank you")); // until a file is chosen
    shown.clickRow(0);
    QTRY_COMPARE(shown.diff(), QStringLiteral("No difference."));
}

void TestChangesPanel::commitsByKeyboard()
{
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    shown.panel.activateWindow();
    shown.panel.focusMessage();
    auto* message = shown.child<QPlainTextEdit>("message");
    QTest::keyClicks(message, QStringLiteral("Why"));
    QTest::keyClick(message, Qt::Key_Return);
    QTest::keyClick(message, Qt::Key_Return);
    QTest::keyClicks(message, QStringLiteral("More"));
    QSignalSpy committed(&shown.panel, &ChangesPanel::committed);
    QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(committed.size(), 1);
    QCOMPARE(m_repository->git({"log", "-1", "--format=%B"}).trimmed(), QByteArray("Why\n\nMore"));
}

void TestChangesPanel::leavesOutWhatIsNotTicked()
{
    m_repository->write(".gitignore", "compiled/report\n");
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    shown.type("Why");
    shown.files()->setCurrentIndex(shown.files()->model()->index(3, 0));
    shown.files()->setFocus();
    QTest::keyClick(shown.files(), Qt::Key_Space);
    QCOMPARE(shown.child<QPushButton>("commit")->text(), QStringLiteral("&Commit 3 Files"));
    QSignalSpy committed(&shown.panel, &ChangesPanel::committed);
    shown.clickCommit();
    QTRY_COMPARE(committed.size(), 1);
    QCOMPARE(m_repository->changes().size(), 3);
}

void TestChangesPanel::needsAMessage()
{
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    auto* button = shown.child<QPushButton>("commit");
    QVERIFY(!button->isEnabled());
    shown.type(" ");
    QVERIFY(!button->isEnabled());
    shown.type("x");
    QVERIFY(button->isEnabled());
}

void TestChangesPanel::followsSavingAndButton()
{
    m_repository->commitAll();
    const Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    QCOMPARE(shown.cell(0, 2), QStringLiteral("unchanged"));
    QCOMPARE(shown.document->setText(CheckoutRepository::intentText("0.998").toStdString()), QString());
    QTRY_VERIFY(shown.label("remarks").startsWith(QLatin1String("The journey has unsaved changes")));
    QCOMPARE(shown.document->save(), QString());
    QTRY_COMPARE(shown.cell(0, 2), QStringLiteral("modified"));
    QVERIFY(!shown.label("remarks").contains(QLatin1String("unsaved")));
    m_repository->git({"checkout", "--quiet", "-b", "elsewhere"});
    QTest::mouseClick(shown.child<QToolButton>("refresh"), Qt::LeftButton);
    QTRY_COMPARE(shown.label("branch"), QStringLiteral("elsewhere"));
}

void TestChangesPanel::waitsUntilItIsSeen()
{
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    QCOMPARE(shown.label("branch"), QStringLiteral("main · no commit yet"));
    shown.panel.hide();
    m_repository->commitAll();
    shown.panel.refresh();
    // Another look, begun later, is done: one by the panel would be, too.
    ChangesTracker other;
    other.setIntent(m_repository->intent());
    QTRY_VERIFY(other.look() != nullptr && !other.isLooking());
    QCoreApplication::processEvents();
    QCOMPARE(shown.label("branch"), QStringLiteral("main · no commit yet"));
    shown.panel.show();
    QTRY_COMPARE(shown.label("branch"), QStringLiteral("main"));
}

void TestChangesPanel::showsWhatGitSays_data()
{
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("words");
    QTest::newRow("hook") << "a hook of the repository (pre-commit) refused the commit: and so on"
                          << "lint: line 3 is long\nand so on";
    QTest::newRow("lock") << "the Git index is locked: Unable to create '"
                          << "Another git process seems to be running";
    QTest::newRow("identity") << "Git does not know who commits: no email was given"
                              << "*** Please tell me who you are.";
    QTest::newRow("merge") << "Git is in the middle of something else: cannot do a partial commit during a merge."
                           << "fatal: cannot do a partial commit during a merge.";
}

void TestChangesPanel::showsWhatGitSays()
{
    QFETCH(QString, outcome);
    QFETCH(QString, words);
    const QByteArray what = QTest::currentDataTag();
    m_repository->commitAll();
    m_repository->write("theirs", "x");
    m_repository->git({"add", "theirs"});
    if (what == "hook") {
        m_repository->hook("pre-commit", "printf 'lint: line 3 is long\\nand so on\\n'; exit 1");
    } else if (what == "lock") {
        m_repository->write(".git/index.lock", {});
    } else if (what == "identity") {
        m_repository->write("../home/.gitconfig", "[user]\n\tuseConfigOnly = true\n");
    } else {
        m_repository->commitAll();
        m_repository->git({"checkout", "--quiet", "-b", "side", "HEAD~1"});
        m_repository->write("side", "x");
        m_repository->commitAll();
        m_repository->git({"merge", "--no-commit", "--no-ff", "main"});
    }
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("0.998"));
    const auto staged = m_repository->git({"ls-files", "--stage"});
    const auto head = m_repository->git({"rev-parse", "HEAD"});
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    shown.type("Why");
    shown.clickCommit();
    QVERIFY(shown.panel.isCommitting());
    QTRY_VERIFY(!shown.panel.isCommitting());
    QVERIFY2(shown.label("outcome").startsWith(outcome), qPrintable(shown.label("outcome")));
    QVERIFY2(shown.diff().contains(words), qPrintable(shown.diff()));
    QCOMPARE(shown.label("diffTitle"), QStringLiteral("What Git said"));
    QCOMPARE(shown.child<QPlainTextEdit>("message")->toPlainText(), QStringLiteral("Why"));
    QCOMPARE(m_repository->git({"ls-files", "--stage"}), staged);
    QCOMPARE(m_repository->git({"rev-parse", "HEAD"}), head);
}

void TestChangesPanel::outsideOfAnyRepository()
{
    QVERIFY(QDir(m_repository->path(QStringLiteral(".git"))).removeRecursively());
    const Shown shown(*m_repository);
    QTRY_VERIFY(shown.label("words").contains(QLatin1String("fatal: not a git repository")));
    QVERIFY(shown.label("reason").startsWith(QLatin1String("no Git working copy holds the folder")));
    QVERIFY(shown.child<QLabel>("reason")->isVisible());
    QVERIFY(!shown.files()->isVisible());
    m_repository->git({"init", "--quiet"});
    QTest::mouseClick(shown.child<QPushButton>("lookAgain"), Qt::LeftButton);
    QTRY_VERIFY(shown.lists());
}

void TestChangesPanel::withoutAJourney()
{
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    shown.panel.setDocument(nullptr);
    QVERIFY(!shown.files()->isVisible());
    QCOMPARE(shown.label("reason"), QStringLiteral("Open a journey to see what differs from its last commit."));
    shown.panel.setDocument(shown.document.get());
    shown.document.reset(); // goes first, as when a tab is closed
    shown.panel.refresh();
    QVERIFY(!shown.panel.isCommitting());
}

void TestChangesPanel::saysWhatDoesNotCompile()
{
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("7"));
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    QVERIFY2(shown.label("remarks").startsWith(QLatin1String("The artifacts cannot be compiled: ")),
             qPrintable(shown.label("remarks")));
    QCOMPARE(shown.files()->model()->rowCount(), 1);
    QSignalSpy notCompiled(&shown.panel, &ChangesPanel::notCompiled);
    shown.type("Why");
    shown.clickCommit();
    QTRY_COMPARE(notCompiled.size(), 1);
    QVERIFY(notCompiled.front().front().toString().contains(QLatin1String("outside [0, 1]")));
    QVERIFY(m_repository->tryGit({"rev-parse", "--verify", "HEAD"}).status != 0);
    QSignalSpy committed(&shown.panel, &ChangesPanel::committed);
    QTRY_VERIFY(!shown.panel.isCommitting());
    shown.panel.commit(true);
    QTRY_COMPARE(committed.size(), 1);
    QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("A\tcheckout.yaml")});
}

/// While a hook takes its time, the event loop turns.
void TestChangesPanel::neverBlocks()
{
    m_repository->hook("pre-commit", "sleep 3");
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    shown.type("Why");
    QElapsedTimer sinceTurn;
    qint64 longest = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, &shown.panel, [&] { longest = std::max(longest, sinceTurn.restart()); });
    sinceTurn.start();
    beat.start(5);
    QSignalSpy committed(&shown.panel, &ChangesPanel::committed);
    shown.clickCommit();
    QTRY_COMPARE_WITH_TIMEOUT(committed.size(), 1, 30'000);
    QVERIFY2(longest < 2500, qPrintable(QString::number(longest)));
}

void TestChangesPanel::stops()
{
    m_repository->hook("pre-commit", "touch started; exec sleep 60");
    Shown shown(*m_repository);
    QTRY_VERIFY(shown.lists());
    auto* stop = shown.child<QPushButton>("stop");
    QVERIFY(!stop->isVisible());
    shown.type("Why");
    shown.clickCommit();
    QTRY_VERIFY(QFile::exists(m_repository->path(QStringLiteral("started"))));
    QVERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!shown.panel.isCommitting(), 30'000);
    QVERIFY(shown.label("outcome").startsWith(QLatin1String("'git commit' was stopped")));
    QCOMPARE(m_repository->git({"ls-files"}), QByteArray());
    QVERIFY(!QFile::exists(m_repository->path(QStringLiteral(".git/index.lock"))));
}

void TestChangesPanel::dropsOldAnswers()
{
    const CheckoutRepository other;
    other.git({"checkout", "--quiet", "-b", "other"});
    ChangesTracker tracker;
    QStringList branches;
    connect(&tracker, &ChangesTracker::lookChanged, &tracker, [&] {
        if (const auto look = tracker.look(); look != nullptr && look->changes)
            branches << QString::fromStdString(look->changes->status.branch);
    });
    for (int i = 0; i < 5; ++i) {
        tracker.setIntent(m_repository->intent());
        tracker.setIntent(other.intent());
    }
    QTRY_VERIFY(!tracker.isLooking()); // its looks come one after the other
    QCoreApplication::processEvents();
    QCOMPARE(branches, QStringList{QStringLiteral("other")});
}

QTEST_MAIN(TestChangesPanel)
#include "tst_changespanel.moc"
