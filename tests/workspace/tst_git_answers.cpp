// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/git.h"
#include "core/workspace/git_answers.h"

#include <QTest>

#include <rapidcheck.h>

using namespace emac;
using namespace workspace;

/// What git writes, as values.
class TestGitAnswers : public QObject
{
    Q_OBJECT

private slots:
    void readsHeaders_data();
    void readsHeaders();
    void readsEntries_data();
    void readsEntries();
    void refusesOtherOutput_data();
    void refusesOtherOutput();
    void anyBytes();
    void anyPaths();
    void refusals_data();
    void refusals();
    void capsWords();
};

void TestGitAnswers::readsHeaders_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("read");
    QTest::newRow("none") << QByteArray() << "|||?|?";
    QTest::newRow("branch") << QByteArray("# branch.oid abc\0# branch.head main\0", 36) << "abc|main||?|?";
    QTest::newRow("before the first commit")
        << QByteArray("# branch.oid (initial)\0# branch.head main\0", 42) << "|main||?|?";
    QTest::newRow("detached") << QByteArray("# branch.oid abc\0# branch.head (detached)\0", 42) << "abc|||?|?";
    QTest::newRow("upstream") << QByteArray("# branch.upstream origin/main\0# branch.ab +2 -13\0", 49)
                              << "||origin/main|2|13";
    QTest::newRow("unknown distance") << QByteArray("# branch.ab +? -?\0", 18) << "|||?|?";
    QTest::newRow("of a later version") << QByteArray("# stash 3\0# branch.head a b\0", 28) << "|a b||?|?";
}

void TestGitAnswers::readsHeaders()
{
    QFETCH(QByteArray, output);
    QFETCH(QString, read);
    const auto answer = readStatus(output.toStdString());
    QVERIFY(answer);
    const auto text = [](const std::optional<long>& number) { return number ? std::to_string(*number) : "?"; };
    QCOMPARE(QString::fromStdString(answer->head + '|' + answer->branch + '|' + answer->upstream + '|'
                                    + text(answer->ahead) + '|' + text(answer->behind)),
             read);
}

void TestGitAnswers::readsEntries_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("read");
    const QByteArray hashes("N... 100644 100644 100644 aaaa bbbb ");
    QTest::newRow("modified") << "1 .M " + hashes + "a b/ä.yaml"
                              << "0 .M head a b/ä.yaml";
    QTest::newRow("added") << QByteArray("1 A. N... 000000 100644 100644 0000 bbbb new") << "0 A. new new";
    QTest::newRow("renamed") << "2 R. " + hashes + "R100 to here" + QByteArray(1, '\0') + "from there"
                             << "0 R. head to here";
    QTest::newRow("unmerged") << QByteArray("u UU N... 100644 100644 100644 100644 a b c file") << "1 UU head file";
    QTest::newRow("untracked") << QByteArray("? -rf") << "2 .. new -rf";
    QTest::newRow("ignored") << QByteArray("! out/") << "3 .. new out/";
}

void TestGitAnswers::readsEntries()
{
    QFETCH(QByteArray, output);
    QFETCH(QString, read);
    const auto answer = readStatus(output.toStdString() + '\0' + "? last" + '\0');
    QVERIFY(answer);
    QCOMPARE(answer->entries.size(), std::size_t(2));
    const auto& entry = answer->entries.front();
    const bool inHead = entry.inHead || entry.kind == StatusEntry::Kind::Unmerged;
    QCOMPARE(QString::fromStdString(std::to_string(static_cast<int>(entry.kind)) + ' ' + entry.index + entry.disk
                                    + (inHead ? " head " : " new ") + entry.path),
             read);
    QCOMPARE(answer->entries.back().path, std::string("last"));
}

void TestGitAnswers::refusesOtherOutput_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::newRow("without an end") << QByteArray("? a");
    QTest::newRow("the first format") << QByteArray(" M a\0", 5);
    QTest::newRow("words") << QByteArray("On branch main\0", 15);
    QTest::newRow("no path") << QByteArray("1 .M N... 100644 100644 100644 a b\0", 35);
    QTest::newRow("no states") << QByteArray("1 M\0", 4);
    QTest::newRow("an untracked nothing") << QByteArray("? \0", 3);
}

void TestGitAnswers::refusesOtherOutput()
{
    QFETCH(QByteArray, output);
    QVERIFY(!readStatus(output.toStdString()));
}

void TestGitAnswers::anyBytes()
{
    QVERIFY(rc::check("any output is read or refused, and no more entries come of it than it has lines", [] {
        const auto text =
            *rc::gen::container<std::string>(rc::gen::elementOf(std::string("#12u?! .MAD0+-abranchoi\n\0\0\xff", 27)));
        const auto answer = readStatus(text);
        RC_ASSERT(!answer || answer->entries.size() <= readList(text).size());
    }));
}

void TestGitAnswers::anyPaths()
{
    QVERIFY(rc::check("a path comes back byte for byte", [] {
        const auto paths = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(
            rc::gen::container<std::string>(rc::gen::distinctFrom(rc::gen::arbitrary<char>(), '\0'))));
        std::string output;
        for (const auto& path : paths)
            output += "1 .M N... 100644 100644 100644 a b " + path + '\0';
        const auto answer = readStatus(output);
        RC_ASSERT(answer.has_value());
        RC_ASSERT(answer->entries.size() == paths.size());
        for (std::size_t i = 0; i < paths.size(); ++i)
            RC_ASSERT(answer->entries[i].path == paths[i]);
    }));
}

void TestGitAnswers::refusals_data()
{
    using base::Code;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("errors");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("hooks");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("telling");
    QTest::addColumn<QString>("third");
    const auto row = [](const char* name, int status, const char* errors, Code code, const char* telling,
                        const char* third = "", const char* output = "", const char* hooks = "") {
        QTest::newRow(name) << status << QByteArray(errors) << QByteArray(output) << QString::fromUtf8(hooks)
                            << static_cast<int>(code) << QString::fromUtf8(telling) << QString::fromUtf8(third);
    };
    row("no repository", 128, "fatal: not a git repository (or any of the parent directories): .git\n",
        Code::GitNoRepository, "not a git repository (or any of the parent directories): .git");
    row("bare", 128, "fatal: this operation must be run in a work tree\n", Code::GitNoWorkTree,
        "this operation must be run in a work tree");
    row("owner", 128, "fatal: detected dubious ownership in repository at '/a b'\nTo add an exception\n",
        Code::GitNotTrusted, "detected dubious ownership in repository at '/a b'", "/a b");
    row("lock", 128, "fatal: Unable to create '/r/.git/index.lock': File exists.\n\nAnother git process seems\n",
        Code::GitLocked, "Unable to create '/r/.git/index.lock': File exists.", "/r/.git/index.lock");
    row("identity", 128, "Author identity unknown\n\n*** Please tell me who you are.\n\nfatal: no email was given\n",
        Code::GitNoIdentity, "no email was given");
    row("signing", 128, "error: gpg failed to sign the data\nfatal: failed to write commit object\n",
        Code::GitNotSigned, "gpg failed to sign the data");
    row("merge", 128, "fatal: cannot do a partial commit during a merge.\n", Code::GitInProgress,
        "cannot do a partial commit during a merge.");
    row("unmerged", 128,
        "error: Committing is not possible because you have unmerged files.\nhint: Fix\nfatal: Exiting\n",
        Code::GitConflict, "Committing is not possible because you have unmerged files.");
    row("ignored", 1, "The following paths are ignored by one of your .gitignore files:\nout\nhint: Use -f\n",
        Code::GitIgnored, "The following paths are ignored by one of your .gitignore files: out");
    row("nothing", 1, "", Code::GitNothingToCommit, "On branch main nothing to commit, working tree clean", "",
        "On branch main\nnothing to commit, working tree clean\n", "pre-commit");
    row("hook", 1, "\nlint ... failed\n  line 3 is long\n", Code::GitHookRefused, "line 3 is long", "pre-commit", "",
        "pre-commit");
    row("hook that quotes Git", 1, "paths are ignored by one of your .gitignore files\nPlease tell me who you are\n",
        Code::GitHookRefused, "Please tell me who you are", "commit-msg", "", "commit-msg");
    row("silent hook", 1, "", Code::GitHookRefused, "", "pre-commit", "", "pre-commit");
    row("something else", 128, "fatal: bad object\n", Code::GitRefused, "bad object");
    row("usage", 129, "error: unknown option `x'\nusage: git\n", Code::GitRefused, "unknown option `x'");
}

void TestGitAnswers::refusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, errors);
    QFETCH(QByteArray, output);
    QFETCH(QString, hooks);
    QFETCH(int, code);
    QFETCH(QString, telling);
    QFETCH(QString, third);
    Finished finished;
    finished.status = status;
    finished.errors = errors.toStdString();
    finished.output = output.toStdString();
    const auto message = refusal(finished, hooks.toStdString());
    QCOMPARE(static_cast<int>(message.code), code);
    QCOMPARE(QString::fromStdString(message.arguments.at(0)), telling);
    QCOMPARE(QString::fromStdString(message.arguments.size() > 2 ? message.arguments[2] : std::string()), third);
    QCOMPARE(QByteArray::fromStdString(wordsOfGit(message)), errors.isEmpty() ? output.trimmed() : errors.chopped(1));
}

void TestGitAnswers::capsWords()
{
    QCOMPARE(capped("a\nb\n\n"), std::string("a\nb"));
    const auto words = capped("begin" + std::string(200'000, 'x') + "end");
    QVERIFY(words.size() < 66'000);
    QVERIFY(words.starts_with("begin") && words.ends_with("end") && words.find("…") != std::string::npos);
    QVERIFY(wordsOfGit({base::Code::ProgramCrashed, {"git", "11"}}).empty());
}

QTEST_GUILESS_MAIN(TestGitAnswers)
#include "tst_git_answers.moc"
