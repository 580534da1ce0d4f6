// SPDX-License-Identifier: GPL-3.0-or-later
// Committing a journey from the window, in scratch repositories, with real keys and clicks.
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "tests/workspace/checkout_repository.h"
#include "widgets/panels/changespanel.h"

#include <QDockWidget>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace emac;
using namespace emac::workbench;
using tests::CheckoutRepository;

namespace {

class TestPrompts : public widgets::Prompts
{
public:
    bool confirmed = true;
    QStringList questions;
    QStringList failures;

    bool confirm(QWidget* /*parent*/, const QString& text, const QString& /*goOn*/) override
    {
        questions << text;
        return confirmed;
    }
    Answer unsavedChanges(QWidget* /*parent*/, const QString& /*title*/) override { return Answer::Discard; }
    void failed(QWidget* /*parent*/, const QString& /*title*/, const QString& reason) override { failures << reason; }
};

struct Window
{
    explicit Window(const QString& path) : prompts(std::make_shared<TestPrompts>()), window(prompts)
    {
        window.resize(1440, 900);
        window.show();
        QSignalSpy opened(&window, &MainWindow::tabOpened);
        window.open(path);
        [&] { QTRY_COMPARE(opened.size(), 1); }();
    }

    template<typename T>
    T* child(const char* name) const
    {
        return window.findChild<QDockWidget*>(QStringLiteral("changes"))->findChild<T*>(QLatin1String(name));
    }
    widgets::ChangesPanel* panel() const { return window.findChild<widgets::ChangesPanel*>(); }
    QString label(const char* name) const { return child<QLabel>(name)->text(); }
    bool lists() const
    {
        return child<QTreeView>("files")->isVisible() && child<QTreeView>("files")->model()->rowCount() > 0;
    }

    /// By the shortcut, then keys and a click, as a person would.
    void commit(const char* message)
    {
        QTest::keySequence(&window, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M));
        QTRY_VERIFY(lists());
        auto* field = child<QPlainTextEdit>("message");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QLatin1String(message));
        auto* button = child<QPushButton>("commit");
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void setCart(const char* value)
    {
        const auto edit = journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse(value))};
        QCOMPARE(window.currentTab()->document()->apply(edit, QStringLiteral("set cart")), QString());
    }

    std::shared_ptr<TestPrompts> prompts;
    MainWindow window;
};

} // namespace

class TestCommit : public QObject
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
        if (!tests::ScratchRepository::hasGit())
            QSKIP("git is not installed");
        QSettings().clear();
        m_repository = std::make_unique<CheckoutRepository>();
    }

    void savesAndCommitsWithTheShortcut()
    {
        m_repository->commitAll("Draw the checkout");
        m_repository->write("theirs.txt", "half done\n");
        m_repository->git({"add", "theirs.txt"});
        Window w(m_repository->intent());
        w.setCart("0.9985");
        w.commit("Assume less of the cart");
        QSignalSpy committed(w.panel(), &widgets::ChangesPanel::committed);
        QTRY_COMPARE(committed.size(), 1);
        QCOMPARE(w.prompts->questions.size(), 1);
        QVERIFY(w.prompts->questions.front().contains(QLatin1String("unsaved changes")));
        QVERIFY(!w.window.isWindowModified());
        const auto log = m_repository->git({"log", "-p", "-1"});
        QVERIFY(log.contains("\n    Assume less of the cart\n"));
        QVERIFY(log.contains("\n+    cart: {kind: service, availability: 0.9985, failureDomains: [zone-a]}\n"));
        QVERIFY(log.contains("\n+++ b/compiled/prometheus/recording-rules.yaml\n"));
        QCOMPARE(m_repository->changes().size(), 4);
        QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray("A  theirs.txt\n"));
        QCOMPARE(w.prompts->failures, QStringList());
        if (qEnvironmentVariableIsSet("EMAC_PRINT_LOG"))
            qInfo("%s", m_repository->git({"log", "-p"}).constData());
    }

    void keepsUnsavedChangesWhereTheUserThinksBetterOfIt()
    {
        m_repository->commitAll();
        const auto before = m_repository->state();
        Window w(m_repository->intent());
        w.prompts->confirmed = false;
        w.setCart("0.9985");
        w.commit("Why");
        QCOMPARE(w.prompts->questions.size(), 1);
        QVERIFY(!w.panel()->isCommitting());
        QVERIFY(w.window.isWindowModified());
        QCOMPARE(m_repository->state(), before);
        QCOMPARE(w.child<QPlainTextEdit>("message")->toPlainText(), QStringLiteral("Why"));
    }

    void asksOnADetachedHead()
    {
        m_repository->commitAll();
        m_repository->git({"checkout", "--quiet", "--detach"});
        m_repository->write("checkout.yaml", CheckoutRepository::intentText("0.998"));
        const auto hash = QString::fromUtf8(m_repository->git({"rev-parse", "HEAD"})).left(7);
        Window w(m_repository->intent());
        w.prompts->confirmed = false;
        w.commit("Why");
        QCOMPARE(w.prompts->questions.size(), 1);
        QVERIFY(w.prompts->questions.front().startsWith(QStringLiteral("HEAD is detached at %1:").arg(hash)));
        QVERIFY(!w.panel()->isCommitting());
        w.prompts->confirmed = true;
        QSignalSpy committed(w.panel(), &widgets::ChangesPanel::committed);
        QTest::mouseClick(w.child<QPushButton>("commit"), Qt::LeftButton);
        QTRY_COMPARE(committed.size(), 1);
        QCOMPARE(m_repository->git({"rev-list", "--count", "main..HEAD"}), QByteArray("1\n"));
    }

    void asksWhatDoesNotCompile()
    {
        m_repository->write("checkout.yaml",
                            CheckoutRepository::intentText("0.998").replace("- ref: paya", "- ref: nowhere"));
        Window w(m_repository->intent());
        QSignalSpy committed(w.panel(), &widgets::ChangesPanel::committed);
        w.commit("A sketch");
        QTRY_COMPARE(committed.size(), 1);
        QCOMPARE(w.prompts->questions.size(), 1);
        QVERIFY(w.prompts->questions.front().startsWith(QLatin1String("The artifacts cannot be compiled:\n")));
        QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("A\tcheckout.yaml")});
    }

    void aFailingHookLosesNothing()
    {
        m_repository->commitAll();
        m_repository->write("theirs.txt", "half done\n");
        m_repository->git({"add", "theirs.txt"});
        m_repository->hook("pre-commit", "echo 'no commits on a Friday' >&2; exit 1");
        const auto staged = m_repository->git({"ls-files", "--stage"});
        const auto head = m_repository->git({"rev-parse", "HEAD"});
        Window w(m_repository->intent());
        w.setCart("0.9985");
        w.commit("Why");
        QTRY_VERIFY(w.label("outcome").contains(QLatin1String("no commits on a Friday")));
        QCOMPARE(w.child<QPlainTextEdit>("diff")->toPlainText(), QStringLiteral("no commits on a Friday"));
        QCOMPARE(w.child<QPlainTextEdit>("message")->toPlainText(), QStringLiteral("Why"));
        QCOMPARE(m_repository->git({"ls-files", "--stage"}), staged);
        QCOMPARE(m_repository->git({"rev-parse", "HEAD"}), head);
        QVERIFY(m_repository->read("checkout.yaml").contains("0.9985"));

        m_repository->hook("pre-commit", "exit 0");
        QSignalSpy committed(w.panel(), &widgets::ChangesPanel::committed);
        QTest::mouseClick(w.child<QPushButton>("commit"), Qt::LeftButton);
        QTRY_COMPARE(committed.size(), 1);
        QTRY_COMPARE(w.child<QPlainTextEdit>("diff")->toPlainText(), QStringLiteral("No difference."));
    }

    void tellsWhereThereIsNoRepository()
    {
        QVERIFY(QDir(m_repository->path(QStringLiteral(".git"))).removeRecursively());
        Window w(m_repository->intent());
        w.window.actions()->action(QStringLiteral("file.showChanges"))->trigger();
        QTRY_VERIFY(w.label("words").contains(QLatin1String("fatal: not a git repository")));
        QVERIFY(w.child<QLabel>("reason")->isVisible());
        QVERIFY(!w.child<QPushButton>("commit")->isVisible());
    }

    void followsTheCurrentTab()
    {
        m_repository->commitAll();
        m_repository->write("second.yaml", CheckoutRepository::intentText().replace("checkout}", "second}"));
        Window w(m_repository->intent());
        w.window.actions()->action(QStringLiteral("file.showChanges"))->trigger();
        const auto first = [&] {
            return w.lists() ? w.child<QTreeView>("files")->model()->index(0, 0).data().toString() : QString();
        };
        QTRY_COMPARE(first(), QStringLiteral("checkout.yaml"));
        w.window.open(m_repository->path(QStringLiteral("second.yaml")));
        QTRY_COMPARE(first(), QStringLiteral("second.yaml"));
        QTest::keySequence(&w.window, QKeySequence(Qt::CTRL | Qt::Key_W));
        QTRY_COMPARE(first(), QStringLiteral("checkout.yaml"));
        QTest::keySequence(&w.window, QKeySequence(Qt::CTRL | Qt::Key_W));
        QVERIFY(!w.window.actions()->action(QStringLiteral("file.commit"))->isEnabled());
    }

    void asksAgainWhenTheWindowComesBack()
    {
        m_repository->commitAll();
        Window w(m_repository->intent());
        w.window.actions()->action(QStringLiteral("file.showChanges"))->trigger();
        QTRY_COMPARE(w.label("branch"), QStringLiteral("main"));
        QWidget elsewhere;
        elsewhere.show();
        elsewhere.activateWindow();
        QTRY_VERIFY(!w.window.isActiveWindow());
        m_repository->git({"checkout", "--quiet", "-b", "elsewhere"});
        w.window.activateWindow();
        QTRY_COMPARE(w.label("branch"), QStringLiteral("elsewhere"));
    }

    void closingStopsACommitIfAsked()
    {
        m_repository->hook("pre-commit", "touch started; exec sleep 60");
        Window w(m_repository->intent());
        w.commit("Why");
        QTRY_VERIFY(QFile::exists(m_repository->path(QStringLiteral("started"))));
        w.prompts->confirmed = false;
        QVERIFY(!w.window.close());
        QVERIFY(w.panel()->isCommitting());
        w.prompts->confirmed = true;
        QVERIFY(w.window.close());
    }

private:
    std::unique_ptr<CheckoutRepository> m_repository;
};

QTEST_MAIN(TestCommit)
#include "tst_commit.moc"
