// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/git.h"
#include "tests/workspace/scratch_repository.h"

#include <QTest>

#include <memory>
#include <thread>

using namespace emac;
using namespace std::chrono_literals;
using base::Code;
using tests::ScratchRepository;
using workspace::FileState;
using workspace::FileStatus;
using workspace::Git;
namespace fs = std::filesystem;

namespace {

/// Diagnostics as "EMAC-910 EMAC-925".
QString codes(const base::Diagnostics& diagnostics)
{
    QStringList names;
    for (const auto& diagnostic : diagnostics)
        names << QString::fromStdString(base::codeName(diagnostic.message.code));
    return names.join(QLatin1Char(' '));
}

QString name(Code code)
{
    return QString::fromStdString(base::codeName(code));
}

QString describe(const FileStatus& file)
{
    static const char* const words[] = {"unchanged", "new",     "modified", "deleted",
                                        "conflict",  "ignored", "missing",  "foreign"};
    return QString::fromLatin1(words[static_cast<int>(file.state)]) + QLatin1String(file.tracked ? " tracked" : "")
           + QLatin1String(file.staged ? " staged" : "");
}

} // namespace

/// Real working copies, and what real ones get into.
class TestGit : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void opens_data();
    void opens();
    void isNotMisledByTheEnvironment();
    void withoutGit();
    void anotherGit_data();
    void anotherGit();
    void withoutTemporaryFiles();
    void relativePaths();
    void statusOfFiles_data();
    void statusOfFiles();
    void statusWritesNothing();
    void branches();
    void operations_data();
    void operations();
    void countsTheOthers();
    void diffs_data();
    void diffs();
    void commitsJustTheseFiles();
    void commitsHardNames();
    void commitsRemovals();
    void commitsTheFirst();
    void commitsDetached();
    void commitsInALinkedWorktree();
    void commitsThroughLinks();
    void commitsWhatTheUserHadStagedOtherwise();
    void convertsLineEnds();
    void hooksSeeWhatIsCommitted();
    void hooksMayPrint();
    void messagesArriveAsTheyAre_data();
    void messagesArriveAsTheyAre();
    void saysWhatStaysInTheIndex();
    void refusesAndLeavesAll_data();
    void refusesAndLeavesAll();
    void otherRepositoriesInside();
    void stopsAHook();
    void aCommitBeforeTheStopCounts();

private:
    Git open() const { return Git::open(m_repository->fsPath()).value.value(); }
    base::Result<workspace::GitCommit> commit(const std::vector<const char*>& files, const char* message = "why") const
    {
        std::vector<fs::path> paths;
        for (const auto* file : files)
            paths.push_back(m_repository->fsPath(file));
        return open().commit(paths, message);
    }

    std::unique_ptr<ScratchRepository> m_repository;
};

void TestGit::init()
{
    if (!ScratchRepository::hasGit())
        QSKIP("git is not installed");
    m_repository = std::make_unique<ScratchRepository>();
}

void TestGit::cleanup()
{
    for (const auto* variable : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS",
                                 "GIT_TEST_ASSUME_DIFFERENT_OWNER", "GIT_EXTERNAL_DIFF", "LANGUAGE"})
        qunsetenv(variable);
}

void TestGit::opens_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("code");
    QTest::newRow("the root") << "."
                              << "";
    QTest::newRow("below") << "a/b"
                           << "";
    QTest::newRow("through a link") << "../link/a"
                                    << "";
    QTest::newRow("a linked worktree") << "../worktree/a"
                                       << "";
    QTest::newRow("outside") << "../home" << name(Code::GitNoRepository);
    QTest::newRow("bare") << "../bare" << name(Code::GitNoWorkTree);
    QTest::newRow("inside .git") << ".git" << name(Code::GitNoWorkTree);
    QTest::newRow("of somebody else") << "a" << name(Code::GitNotTrusted);
    QTest::newRow("no such folder") << "nowhere" << name(Code::ProgramNotStarted);
}

void TestGit::opens()
{
    QFETCH(QString, folder);
    QFETCH(QString, code);
    m_repository->write("a/b/f", "x");
    m_repository->commitAll();
    m_repository->git({"worktree", "add", "--quiet", "../worktree"});
    m_repository->git({"init", "--quiet", "--bare", "../bare"});
    fs::create_directory_symlink("copy", m_repository->fsPath("../link"));
    const bool foreign = folder == QLatin1String("a");
    if (foreign)
        qputenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    const auto git = Git::open(m_repository->fsPath(qPrintable(folder)));
    QCOMPARE(codes(git.diagnostics), code);
    QCOMPARE(git.value.has_value(), code.isEmpty());
    if (git.value) {
        const auto* root = folder.contains(QLatin1String("worktree")) ? "../worktree" : ".";
        QVERIFY(git.value->root() == fs::canonical(m_repository->fsPath(root)));
    } else if (foreign) {
        const auto& message = git.diagnostics.front().message;
        QVERIFY(workspace::wordsOfGit(message).starts_with("fatal: detected dubious ownership in repository at"));
        QCOMPARE(message.arguments.at(2), fs::canonical(m_repository->fsPath()).string());
    }
}

void TestGit::isNotMisledByTheEnvironment()
{
    m_repository->write("f", "x");
    m_repository->commitAll();
    m_repository->git({"init", "--quiet", "../other"});
    m_repository->write("f", "y");
    m_repository->write("*", "z");
    const auto other = QFile::encodeName(m_repository->path(QStringLiteral("../other")));
    qputenv("GIT_DIR", other + "/.git");
    qputenv("GIT_WORK_TREE", other);
    qputenv("GIT_INDEX_FILE", other + "/index");
    qputenv("GIT_LITERAL_PATHSPECS", "1");
    qputenv("GIT_EXTERNAL_DIFF", "false");
    qputenv("LANGUAGE", "de");
    const auto git = Git::open(m_repository->fsPath());
    QVERIFY(git.value);
    QVERIFY(git.value->root() == fs::canonical(m_repository->fsPath()));
    const auto diff = git.value->diff({"f", FileState::Modified, true, false});
    const auto made = git.value->commit({m_repository->fsPath("f")}, "why");
    cleanup();
    QVERIFY(diff.value
            && diff.value->text.ends_with("-x\n\\ No newline at end of file\n+y\n\\ No newline at end of file\n"));
    QVERIFY(made.value);
    QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("M\tf")});
    QVERIFY(!QFile::exists(m_repository->path(QStringLiteral("../other/index"))));
}

void TestGit::withoutGit()
{
    const auto old = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    const auto git = Git::open(m_repository->fsPath());
    qputenv("PATH", old);
    QVERIFY(!git.value);
    QCOMPARE(codes(git.diagnostics), name(Code::ProgramMissing));
}

void TestGit::anotherGit_data()
{
    QTest::addColumn<QByteArray>("answer"); ///< to what is asked first, and to the status
    QTest::newRow("another language") << QByteArray("printf 'hello\\n'");
    QTest::newRow("cut") << QByteArray("printf '/a\\n/b'");
    QTest::newRow("silent") << QByteArray("true");
}

/// What it answers is not taken for something else.
void TestGit::anotherGit()
{
    QFETCH(QByteArray, answer);
    const auto real = open();
    const auto path = qgetenv("PATH");
    const auto git = QByteArray::fromStdString(workspace::findProgram("git")->string());
    const auto pretend = [&](const QByteArray& command) {
        m_repository->write("bin/git", "#!/bin/sh\ncase \"$*\" in *" + command + "*) " + answer + ";; *) exec " + git
                                           + " \"$@\";; esac\n");
        QFile::setPermissions(m_repository->path(QStringLiteral("bin/git")),
                              QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
    };
    qputenv("PATH", QFile::encodeName(m_repository->path(QStringLiteral("bin"))) + ':' + path);
    pretend("rev-parse");
    const auto opened = Git::open(m_repository->fsPath());
    pretend("status");
    const auto later = Git::open(m_repository->fsPath());
    const auto status = later.value ? later.value->status({}) : base::Result<workspace::GitStatus>();
    qputenv("PATH", path);
    QVERIFY(!opened.value);
    QCOMPARE(codes(opened.diagnostics), name(Code::GitUnreadable));
    QVERIFY(later.value);
    if (answer != "true") { // nothing at all is the status of a working copy without changes
        QVERIFY(!status.value);
        QCOMPARE(codes(status.diagnostics), name(Code::GitUnreadable));
    }
}

void TestGit::withoutTemporaryFiles()
{
    m_repository->write("f", "x");
    m_repository->commitAll();
    const auto git = open();
    const auto status = git.status({m_repository->fsPath("f")});
    const auto before = qgetenv("TMPDIR");
    qputenv("TMPDIR", "/nowhere/at all");
    const auto diff = git.diff(status.value->files.front(), "y");
    if (before.isNull())
        qunsetenv("TMPDIR");
    else
        qputenv("TMPDIR", before);
    QVERIFY(git.diff(status.value->files.front(), "y").value);
    QVERIFY(!diff.value);
    QCOMPARE(codes(diff.diagnostics), name(Code::NoTemporaryFile));
    QCOMPARE(diff.diagnostics.front().message.arguments, std::vector<std::string>{"/nowhere/at all"});
}

void TestGit::relativePaths()
{
    m_repository->write("a/f", "x");
    m_repository->write("../home/g", "x");
    fs::create_directory_symlink("a", m_repository->fsPath("link"));
    fs::create_symlink("../home/g", m_repository->fsPath("out"));
    const auto git = open();
    const auto relative = [&](const char* path) {
        const auto result = git.relative(m_repository->fsPath(path));
        return result.value ? QString::fromStdString(result.value->string()) : codes(result.diagnostics);
    };
    QCOMPARE(relative("a/f"), QStringLiteral("a/f"));
    QCOMPARE(relative("link/f"), QStringLiteral("a/f"));
    QCOMPARE(relative("b/../a/new/deep"), QStringLiteral("a/new/deep"));
    QCOMPARE(relative("out"), name(Code::GitPathOutside));
    QCOMPARE(relative("../home/g"), name(Code::GitPathOutside));
    QCOMPARE(relative("."), name(Code::GitPathOutside));
}

void TestGit::statusOfFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("state");
    QTest::newRow("unchanged") << "same"
                               << "unchanged tracked";
    QTest::newRow("modified") << "changed"
                              << "modified tracked";
    QTest::newRow("modified and staged") << "staged"
                                         << "modified tracked staged";
    QTest::newRow("gone") << "gone"
                          << "deleted tracked";
    QTest::newRow("gone and staged") << "removed"
                                     << "deleted tracked staged";
    QTest::newRow("off the index, on disk") << "forgotten"
                                            << "modified tracked staged";
    QTest::newRow("untracked") << "new"
                               << "new";
    QTest::newRow("in an untracked folder") << "folder/deep/new"
                                            << "new";
    QTest::newRow("added") << "added"
                           << "new tracked staged";
    QTest::newRow("intended") << "intended"
                              << "new tracked";
    QTest::newRow("added, then gone") << "brief"
                                      << "missing tracked staged";
    QTest::newRow("ignored") << "out/deep/x"
                             << "ignored";
    QTest::newRow("ignored, but tracked") << "out/kept"
                                          << "modified tracked";
    QTest::newRow("nowhere") << "nowhere"
                             << "missing";
    QTest::newRow("spaces") << " a  b "
                            << "new";
    QTest::newRow("dash") << "-rf"
                          << "new";
    QTest::newRow("wildcards") << "*[a]?"
                               << "new";
    QTest::newRow("magic") << ":(exclude)x"
                           << "new";
    QTest::newRow("not ASCII") << "größe/日.yaml"
                               << "new";
    QTest::newRow("line end") << "a\nb"
                              << "new";
}

void TestGit::statusOfFiles()
{
    QFETCH(QString, file);
    QFETCH(QString, state);
    const auto& repository = *m_repository;
    for (const auto* tracked : {"same", "changed", "staged", "gone", "removed", "forgotten", "out/kept"})
        repository.write(tracked, "x");
    repository.commitAll();
    repository.write(".gitignore", "out\n");
    for (const auto* changed :
         {"changed", "staged", "forgotten", "out/kept", "new", "folder/deep/new", "added", "intended", "brief",
          "out/deep/x", " a  b ", "-rf", "*[a]?", ":(exclude)x", "größe/日.yaml", "a\nb"})
        repository.write(changed, "y");
    repository.git({"add", "staged", "added", "brief"});
    repository.git({"add", "--intent-to-add", "intended"});
    repository.git({"rm", "--quiet", "removed"});
    repository.git({"rm", "--quiet", "--cached", "forgotten"});
    repository.remove("gone");
    repository.remove("brief");
    const auto status = open().status({repository.path(file).toStdString(), repository.fsPath("same")});
    QVERIFY(status.value);
    QCOMPARE(describe(status.value->files.at(0)), state);
    QCOMPARE(describe(status.value->files.at(1)), QStringLiteral("unchanged tracked"));
    QCOMPARE(status.value->files.at(0).path, fs::path(file.toStdString()));
}

void TestGit::statusWritesNothing()
{
    m_repository->write("f", "x");
    m_repository->commitAll();
    m_repository->write("f", "x"); // another time, the same content: a refresh would note it
    const auto index = m_repository->read(".git/index");
    QVERIFY(open().status({m_repository->fsPath("f")}).value);
    QCOMPARE(m_repository->read(".git/index"), index);
    m_repository->write(".git/index.lock", {});
    QVERIFY(open().status({m_repository->fsPath("f")}).value); // and is not held up
}

void TestGit::branches()
{
    const auto git = open();
    auto status = *git.status({}).value;
    QCOMPARE(status.head, std::string());
    QCOMPARE(status.branch, std::string("main"));
    m_repository->commitAll("one");
    const auto first = m_repository->git({"rev-parse", "HEAD"}).trimmed().toStdString();
    m_repository->git({"branch", "upstream"});
    m_repository->git({"checkout", "--quiet", "-b", "thème/a", "--track", "upstream"});
    m_repository->commitAll("two");
    status = *git.status({}).value;
    QCOMPARE(status.branch, std::string("thème/a"));
    QCOMPARE(status.upstream, std::string("upstream"));
    QVERIFY(status.ahead == 1 && status.behind == 0);
    m_repository->git({"checkout", "--quiet", "--detach", first});
    status = *git.status({}).value;
    QCOMPARE(status.head, first);
    QCOMPARE(status.branch, std::string());
    QVERIFY(!status.ahead && status.upstream.empty());
}

void TestGit::operations_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<int>("operation");
    QTest::addColumn<QString>("refusal");
    using workspace::GitOperation;
    const auto row = [](const char* command, GitOperation operation, Code refusal) {
        QTest::newRow(command) << command << static_cast<int>(operation) << name(refusal);
    };
    row("merge", GitOperation::Merge, Code::GitInProgress);
    row("cherry-pick", GitOperation::CherryPick, Code::GitInProgress);
    row("revert", GitOperation::Revert, Code::GitRevertUnfinished);
    QTest::newRow("rebase") << "rebase" << static_cast<int>(GitOperation::Rebase) << "";
}

void TestGit::operations()
{
    QFETCH(QString, command);
    QFETCH(int, operation);
    QFETCH(QString, refusal);
    const auto& repository = *m_repository;
    repository.write("f", "one\n");
    repository.write("intent", "one\n");
    repository.commitAll("one");
    repository.git({"checkout", "--quiet", "-b", "side"});
    repository.write("f", "two\n");
    repository.commitAll("two");
    repository.git({"checkout", "--quiet", "main"});
    repository.write("f", "three\n");
    repository.commitAll("three");
    if (command == QLatin1String("revert")) {
        repository.write("f", "four\n");
        repository.commitAll("four");
    }
    const auto* revision = command == QLatin1String("revert") ? "HEAD~1" : "side";
    QVERIFY(!repository.tryGit({command.toStdString(), revision}).succeeded());
    repository.write("intent", "mine\n");
    const auto before = repository.state();
    const auto git = open();
    const auto status = git.status({repository.fsPath("f")});
    QCOMPARE(static_cast<int>(status.value->operation), operation);
    QCOMPARE(describe(status.value->files.front()).section(QLatin1Char(' '), 0, 0), QStringLiteral("conflict"));
    const auto made = commit({"intent"});
    QCOMPARE(codes(made.diagnostics), refusal);
    if (made.value) {
        QCOMPARE(repository.changes(), QStringList{QStringLiteral("M\tintent")});
        QCOMPARE(describe(git.status({repository.fsPath("f")}).value->files.front()).section(QLatin1Char(' '), 0, 0),
                 QStringLiteral("conflict"));
    } else {
        QCOMPARE(repository.state(), before);
        QCOMPARE(static_cast<int>(git.status({}).value->operation), operation);
    }
}

void TestGit::countsTheOthers()
{
    for (const auto* file : {"a", "b", "c", "mine"})
        m_repository->write(file, "x");
    m_repository->commitAll();
    for (const auto* file : {"a", "b", "mine", "folder/one", "folder/two", "new/mine"})
        m_repository->write(file, "y");
    m_repository->git({"add", "b"});
    const auto status = open().status({m_repository->fsPath("mine"), m_repository->fsPath("new/mine")});
    QCOMPARE(status.value->otherChanges, std::size_t(3)); // a, b, folder/
    QCOMPARE(status.value->otherStaged, std::size_t(1));
}

void TestGit::diffs_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("ends");
    const QByteArray absent;
    QTest::newRow("modified") << QByteArray("a\nb\n") << QByteArray("a\nc\n") << QByteArray(" a\n-b\n+c\n");
    QTest::newRow("new") << absent << QByteArray("a\n") << QByteArray("@@ -0,0 +1 @@\n+a\n");
    QTest::newRow("deleted") << QByteArray("a\n") << absent << QByteArray("@@ -1 +0,0 @@\n-a\n");
    QTest::newRow("unchanged") << QByteArray("a\n") << QByteArray("a\n") << QByteArray();
    QTest::newRow("bytes") << QByteArray("a\n") << QByteArray("\0", 1)
                           << QByteArray("Binary files a/-f ö and b/-f ö differ\n");
}

void TestGit::diffs()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, ends);
    const auto* file = "-f ö";
    m_repository->write("other", "x");
    if (!before.isNull())
        m_repository->write(file, before);
    m_repository->commitAll();
    m_repository->write("other", "y");
    if (after.isNull())
        m_repository->remove(file);
    else
        m_repository->write(file, after);
    const auto git = open();
    const auto status = git.status({m_repository->fsPath(file)});
    const auto diff = git.diff(status.value->files.front());
    QVERIFY2(diff.value, qPrintable(codes(diff.diagnostics)));
    QVERIFY(!diff.value->cut);
    QVERIFY2(diff.value->text.ends_with(ends.toStdString()), diff.value->text.c_str());
    QCOMPARE(diff.value->text.empty(), ends.isEmpty());
    QVERIFY(diff.value->text.find("other") == std::string::npos);
    if (!after.isNull()) {
        m_repository->write(file, QByteArray(3'000'000, 'x').replace(100, 1, "\n"));
        const auto longer = git.diff({file, before.isNull() ? FileState::New : FileState::Modified, true, false});
        QVERIFY(longer.value && longer.value->cut);
        QCOMPARE(longer.value->text.size(), std::size_t(1) << 20U);
    }
}

void TestGit::commitsJustTheseFiles()
{
    const auto& repository = *m_repository;
    for (const auto* file : {"intent.yaml", "same", "theirs", "half", "dirty"})
        repository.write(file, "one\n");
    repository.commitAll();
    for (const auto* file : {"intent.yaml", "new/artifact", "theirs", "half", "dirty", "staged-new", "untracked"})
        repository.write(file, "two\n");
    repository.git({"add", "theirs", "half", "staged-new"});
    repository.write("half", "three\n"); // staged in part
    const auto staged = repository.staged();
    const auto made = commit({"intent.yaml", "same", "new/artifact", "nowhere", "intent.yaml"}, "Say why\n\nAnd more");
    QVERIFY2(made.value, qPrintable(codes(made.diagnostics)));
    QCOMPARE(repository.changes(), (QStringList{QStringLiteral("M\tintent.yaml"), QStringLiteral("A\tnew/artifact")}));
    QCOMPARE(QByteArray::fromStdString(made.value->id), repository.git({"rev-parse", "HEAD"}).trimmed());
    QCOMPARE(made.value->branch, std::string("main"));
    QCOMPARE(made.value->words, std::string());
    QCOMPARE(repository.git({"log", "-1", "--format=%an <%ae>%n%B"}).trimmed(),
             QByteArray("A Person <person@example.com>\nSay why\n\nAnd more"));
    QCOMPARE(repository.staged(), staged);
    QCOMPARE(repository.git({"diff", "--name-only"}), QByteArray("dirty\nhalf\n"));
    QCOMPARE(repository.read("half"), QByteArray("three\n"));
    const auto again = commit({"intent.yaml", "same"});
    QCOMPARE(codes(again.diagnostics), name(Code::GitNothingToCommit));
}

void TestGit::commitsHardNames()
{
    const std::vector<const char*> files{" a  b ",      "-rf",           "--all", "*",     "[ab]",
                                         ":(exclude)*", "größe/日.yaml", "a\nb",  "\"q\"", "\\"};
    m_repository->commitAll();
    m_repository->write("other", "x");
    m_repository->write("a", "x");
    for (const auto* file : files)
        m_repository->write(file, "x");
    QVERIFY(commit(files).value);
    const auto names = m_repository->git({"show", "--format=", "--name-only", "-z"});
    QCOMPARE(names.count('\0'), files.size());
    for (const auto* file : files)
        QVERIFY2(names.split('\0').contains(file), file);
    for (const auto* file : files)
        m_repository->write(file, "y");
    QVERIFY(commit(files).value);
    QCOMPARE(m_repository->git({"show", "--format=", "--name-only", "-z"}), names);
}

void TestGit::commitsRemovals()
{
    m_repository->write("i.yaml", "x");
    m_repository->write(".emac/layout/i.yaml", "x");
    m_repository->write("off", "x");
    m_repository->commitAll();
    fs::remove_all(m_repository->fsPath(".emac"));
    m_repository->git({"rm", "--quiet", "--cached", "off"});
    m_repository->write("off", "y"); // taken off the index by the user, but it is on disk
    QVERIFY(commit({"i.yaml", ".emac/layout/i.yaml", "off"}).value);
    QCOMPARE(m_repository->changes(),
             (QStringList{QStringLiteral("D\t.emac/layout/i.yaml"), QStringLiteral("M\toff")}));
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray());
}

void TestGit::commitsTheFirst()
{
    m_repository->write("f", "x");
    m_repository->write("staged", "x");
    m_repository->write("left", "x");
    m_repository->git({"add", "staged"});
    QVERIFY(commit({"f"}).value);
    QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("A\tf")});
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray("A  staged\n?? left\n"));
}

void TestGit::commitsDetached()
{
    m_repository->commitAll();
    m_repository->git({"checkout", "--quiet", "--detach"});
    m_repository->write("f", "x");
    const auto made = commit({"f"});
    QVERIFY(made.value);
    QCOMPARE(made.value->branch, std::string());
    QCOMPARE(m_repository->git({"rev-list", "--count", "main..HEAD"}), QByteArray("1\n"));
}

void TestGit::commitsInALinkedWorktree()
{
    m_repository->write("f", "x");
    m_repository->commitAll();
    m_repository->git({"worktree", "add", "--quiet", "-b", "side", "../worktree"});
    m_repository->write("../worktree/f", "y");
    const auto git = Git::open(m_repository->fsPath("../worktree"));
    const auto made = git.value->commit({m_repository->fsPath("../worktree/f")}, "why");
    QVERIFY(made.value);
    QCOMPARE(made.value->branch, std::string("side"));
    QCOMPARE(m_repository->changes("side"), QStringList{QStringLiteral("M\tf")});
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray());
}

void TestGit::commitsThroughLinks()
{
    m_repository->write("real/f", "x");
    fs::create_directory_symlink("real", m_repository->fsPath("folder"));
    fs::create_symlink("real/f", m_repository->fsPath("file"));
    fs::create_directory_symlink("copy", m_repository->fsPath("../link"));
    m_repository->commitAll();
    for (const auto* path : {"folder/f", "file", "../link/real/f"}) {
        m_repository->write("real/f", path);
        QVERIFY(commit({path}).value);
        QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("M\treal/f")});
    }
}

void TestGit::commitsWhatTheUserHadStagedOtherwise()
{
    m_repository->write("f", "one");
    m_repository->commitAll();
    m_repository->write("f", "two");
    m_repository->git({"add", "f"});
    m_repository->write("f", "three");
    QVERIFY(commit({"f"}).value);
    QCOMPARE(m_repository->git({"show", "HEAD:f"}), QByteArray("three"));
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray());
}

void TestGit::convertsLineEnds()
{
    m_repository->git({"config", "core.autocrlf", "input"});
    m_repository->write("f", "a\r\nb\r\n");
    const auto made = commit({"f"});
    QVERIFY(made.value);
    QVERIFY2(made.value->words.find("CRLF will be replaced by LF") != std::string::npos, made.value->words.c_str());
    QCOMPARE(m_repository->git({"show", "HEAD:f"}), QByteArray("a\nb\n"));
    QCOMPARE(m_repository->read("f"), QByteArray("a\r\nb\r\n"));
}

void TestGit::hooksSeeWhatIsCommitted()
{
    m_repository->write("old", "x");
    m_repository->commitAll();
    m_repository->write("theirs", "x");
    m_repository->git({"add", "theirs"});
    m_repository->write("old", "y");
    m_repository->write("new", "y");
    m_repository->hook("pre-commit", "git diff --cached --name-only -- '*' > seen && git show :new >> seen");
    m_repository->hook("commit-msg", "echo 'Signed: hook' >> \"$1\"");
    QVERIFY(commit({"old", "new"}).value);
    QCOMPARE(m_repository->read("seen"), QByteArray("new\nold\ny"));
    QCOMPARE(m_repository->git({"log", "-1", "--format=%B"}).trimmed(), QByteArray("why\nSigned: hook"));
    QVERIFY(m_repository->staged().endsWith("A\ttheirs\n"));
}

void TestGit::hooksMayPrint()
{
    m_repository->hook("pre-commit", "echo out; echo errors >&2; printf '\\303\\244\\n'");
    m_repository->write("f", "x");
    const auto made = commit({"f"});
    QVERIFY(made.value);
    QCOMPARE(made.value->words, std::string("out\nerrors\nä"));
}

void TestGit::messagesArriveAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<bool>("refused");
    for (const auto* message :
         {"--amend", "# 12 is mended", "naïve 日", "\"quoted\" 'so' $HOME `id` \\", "a\n\nb\n# c"})
        QTest::newRow(message) << QByteArray(message) << false;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("blank") << QByteArray(" \n\t") << true;
}

void TestGit::messagesArriveAsTheyAre()
{
    QFETCH(QByteArray, message);
    QFETCH(bool, refused);
    m_repository->write("f", "x");
    const auto made = commit({"f"}, message.constData());
    QCOMPARE(codes(made.diagnostics), refused ? name(Code::GitMessageEmpty) : QString());
    if (!refused)
        QCOMPARE(m_repository->git({"log", "-1", "--format=%B"}).trimmed(), message);
}

/// Where the index stays locked, a file that the commit was to be limited to cannot be taken off it again.
void TestGit::saysWhatStaysInTheIndex()
{
    m_repository->write("old", "x");
    m_repository->commitAll();
    m_repository->write("old", "y");
    m_repository->write("new", "y");
    // A folder in place of the lock is not removed when Git gives up.
    m_repository->hook("pre-commit", "mv .git/index.lock .git/index.aside && mkdir .git/index.lock; exit 1");
    const auto made = commit({"old", "new"});
    QVERIFY(!made.value);
    QCOMPARE(codes(made.diagnostics), name(Code::GitHookRefused) + u' ' + name(Code::GitNotUnstaged));
    const auto& arguments = made.diagnostics.back().message.arguments;
    QCOMPARE(arguments.front(), std::string("new"));
    QVERIFY2(arguments.back().find("index") != std::string::npos, arguments.back().c_str());
    QDir().rmdir(m_repository->path(QStringLiteral(".git/index.lock")));
    QVERIFY(m_repository->git({"ls-files"}).contains("new")); // as was said
}

void TestGit::refusesAndLeavesAll_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* what, Code code, const char* words) {
        QTest::newRow(what) << name(code) << QByteArray(words);
    };
    row("pre-commit", Code::GitHookRefused, "lint: no\nline two");
    row("commit-msg", Code::GitHookRefused, "no ticket");
    row("silent hook", Code::GitHookRefused, "");
    row("identity", Code::GitNoIdentity, "*** Please tell me who you are.");
    row("lock", Code::GitLocked, "Another git process seems to be running");
    row("signing", Code::GitNotSigned, "error: gpg failed to sign the data");
    row("ignored", Code::GitIgnored, "ignored by one of your .gitignore files:\nout\n");
    row("lock of the branch", Code::GitLocked, "main.lock': File exists");
    row("another hook", Code::GitRefused, "ref updates aborted by hook");
}

void TestGit::refusesAndLeavesAll()
{
    QFETCH(QString, code);
    QFETCH(QByteArray, words);
    const auto& repository = *m_repository;
    const QByteArray what = QTest::currentDataTag();
    for (const auto* file : {"intent", "gone", "theirs", "half"})
        repository.write(file, "one\n");
    repository.commitAll();
    for (const auto* file : {"intent", "new", "theirs", "half", "out/artifact", "staged-new", "intended"})
        repository.write(file, "two\n");
    repository.remove("gone");
    repository.git({"add", "theirs", "half", "staged-new"});
    repository.git({"add", "--intent-to-add", "intended"});
    repository.write("half", "three\n");

    if (what == "pre-commit") {
        repository.hook("pre-commit", "echo 'lint: no'; echo 'line two' >&2; exit 1");
    } else if (what == "commit-msg") {
        repository.hook("commit-msg", "echo no ticket; exit 3");
    } else if (what == "silent hook") {
        repository.git({"config", "core.hooksPath", "../hooks here"});
        repository.write("../hooks here/pre-commit", "#!/bin/sh\nexit 1\n");
        fs::permissions(repository.fsPath("../hooks here/pre-commit"), fs::perms::owner_all);
    } else if (what == "identity") {
        repository.write("../home/.gitconfig", "[user]\n\tuseConfigOnly = true\n");
    } else if (what == "lock") {
        repository.write(".git/index.lock", {});
    } else if (what == "signing") {
        repository.git({"config", "commit.gpgsign", "true"});
        repository.git({"config", "gpg.program", "false"});
    } else if (what == "ignored") {
        repository.write(".gitignore", "out\n");
    } else if (what == "lock of the branch") {
        repository.write(".git/refs/heads/main.lock", {});
    } else if (what == "another hook") {
        repository.hook("reference-transaction", "test \"$1\" != prepared");
    }
    const auto before = repository.state();
    const auto made = commit({"intent", "gone", "new", "out/artifact", "staged-new", "intended"});
    QVERIFY(!made.value);
    QCOMPARE(codes(made.diagnostics), code);
    const auto said = QByteArray::fromStdString(workspace::wordsOfGit(made.diagnostics.front().message));
    QVERIFY2(said.contains(words), said.constData());
    if (what == "silent hook")
        QCOMPARE(made.diagnostics.front().message.arguments.at(2), std::string("pre-commit"));
    if (what == "lock") {
        const auto lock = fs::canonical(repository.fsPath(".git/index.lock")).string();
        QCOMPARE(made.diagnostics.front().message.arguments.at(2), lock);
    }
    QCOMPARE(repository.state(), before);
    QCOMPARE(repository.read("intent"), QByteArray("two\n"));
    QCOMPARE(repository.read("half"), QByteArray("three\n"));
}

void TestGit::otherRepositoriesInside()
{
    m_repository->write("f", "x");
    m_repository->commitAll();
    m_repository->git({"init", "--quiet", "../source"});
    m_repository->git({"-C", "../source", "commit", "--quiet", "--allow-empty", "--message", "one"});
    m_repository->git({"-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
                       m_repository->fsPath("../source").string(), "sub"});
    m_repository->git({"commit", "--quiet", "--message", "two"});
    m_repository->write("sub/artifact", "x");
    m_repository->write("f", "y");
    const auto status = open().status({m_repository->fsPath("sub/artifact")});
    QCOMPARE(describe(status.value->files.front()), QStringLiteral("foreign"));
    const auto before = m_repository->state();
    const auto made = commit({"f", "sub/artifact"});
    QCOMPARE(codes(made.diagnostics), name(Code::GitPathOutside));
    QCOMPARE(m_repository->state(), before);
    QVERIFY(Git::open(m_repository->fsPath("sub")).value->root() == fs::canonical(m_repository->fsPath("sub")));
}

void TestGit::stopsAHook()
{
    m_repository->write("f", "x");
    m_repository->commitAll();
    m_repository->write("f", "y");
    m_repository->write("new", "y");
    m_repository->hook("pre-commit", "touch started; sleep 60; touch over");
    std::stop_source source;
    std::jthread stopper([&] {
        while (!QFile::exists(m_repository->path(QStringLiteral("started"))))
            std::this_thread::sleep_for(5ms);
        source.request_stop();
    });
    const auto made =
        open().commit({m_repository->fsPath("f"), m_repository->fsPath("new")}, "why", base::Watch(source.get_token()));
    QVERIFY(!QFile::exists(m_repository->path(QStringLiteral("over"))));
    QVERIFY(!made.value);
    QCOMPARE(codes(made.diagnostics), name(Code::ProgramStopped));
    QCOMPARE(made.diagnostics.front().message.arguments.front(), std::string("git commit"));
    m_repository->remove("started");
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray(" M f\n?? new\n"));
    QVERIFY(!QFile::exists(m_repository->path(QStringLiteral(".git/index.lock"))));
}

void TestGit::aCommitBeforeTheStopCounts()
{
    m_repository->hook("post-commit", "touch started; exec sleep 60");
    m_repository->write("f", "x");
    std::stop_source source;
    std::jthread stopper([&] {
        while (!QFile::exists(m_repository->path(QStringLiteral("started"))))
            std::this_thread::sleep_for(5ms);
        source.request_stop();
    });
    const auto made = open().commit({m_repository->fsPath("f")}, "why", base::Watch(source.get_token()));
    QVERIFY(made.value);
    QCOMPARE(codes(made.diagnostics), name(Code::ProgramStopped));
    QCOMPARE(QByteArray::fromStdString(made.value->id), m_repository->git({"rev-parse", "HEAD"}).trimmed());
    m_repository->remove("started");
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray());
}

QTEST_GUILESS_MAIN(TestGit)
#include "tst_git.moc"
