// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/changes.h"
#include "tests/workspace/checkout_repository.h"

#include <QTest>

#include <memory>

using namespace emac;
using base::Code;
using tests::CheckoutRepository;
using workspace::Change;
using workspace::FileState;
namespace fs = std::filesystem;

namespace {

/// "checkout.yaml intent modified", with "compiled" where compiling changes the file.
QStringList listed(const workspace::Changes& changes)
{
    static const char* const roles[] = {"intent", "layout", "artifact"};
    static const char* const states[] = {"unchanged", "new",     "modified", "deleted",
                                         "conflict",  "ignored", "missing",  "foreign"};
    QStringList lines;
    for (const auto& change : changes.files)
        lines << QString::fromStdString(change.file.path.generic_string() + ' ' + roles[static_cast<int>(change.role)]
                                        + ' ' + states[static_cast<int>(change.state())]
                                        + (change.compiled ? " compiled" : ""));
    return lines;
}

QStringList sorted(QStringList lines)
{
    lines.sort();
    return lines;
}

const QStringList all{QStringLiteral("A\tcheckout.yaml"), QStringLiteral("A\tcompiled/prometheus/alerts.yaml"),
                      QStringLiteral("A\tcompiled/prometheus/recording-rules.yaml"),
                      QStringLiteral("A\tcompiled/report/derivation.checkout.yaml")};

} // namespace

/// A commit of a journey: intent, layout, and artifacts compiled for it.
class TestChanges : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void listsWhatACommitContains();
    void previewsWhatWillBeCompiled();
    void commitsIntentLayoutAndArtifacts();
    void commitsARemovedLayout();
    void leavesOut();
    void refusesWhatDoesNotCompile();
    void doesNotOverwriteAForeignFile();
    void aRefusalLeavesTheIndex();
    void outsideOfAnyRepository();
    void knowsNothingToCommit();

private:
    workspace::Changes read() const
    {
        auto changes = workspace::readChanges(m_repository->intentPath());
        if (!changes.value)
            qFatal("%s", base::toString(changes.diagnostics.front()).c_str());
        return *changes.value;
    }
    base::Result<workspace::GitCommit> commit(const workspace::CommitChoice& choice = {}) const
    {
        return workspace::commitChanges(m_repository->intentPath(), "why", choice);
    }

    std::unique_ptr<CheckoutRepository> m_repository;
};

void TestChanges::init()
{
    if (!tests::ScratchRepository::hasGit())
        QSKIP("git is not installed");
    m_repository = std::make_unique<CheckoutRepository>();
}

void TestChanges::listsWhatACommitContains()
{
    const QStringList artifacts{QStringLiteral("compiled/prometheus/recording-rules.yaml artifact new compiled"),
                                QStringLiteral("compiled/prometheus/alerts.yaml artifact new compiled"),
                                QStringLiteral("compiled/report/derivation.checkout.yaml artifact new compiled")};
    QCOMPARE(listed(read()), QStringList{QStringLiteral("checkout.yaml intent new")} + artifacts);
    m_repository->write(".emac/layout/checkout.yaml", "x");
    QCOMPARE(listed(read()).at(1), QStringLiteral(".emac/layout/checkout.yaml layout new"));
    QVERIFY(!fs::exists(m_repository->fsPath("compiled"))); // only looked
    QVERIFY(commit().value);
    for (const auto& line : listed(read()))
        QVERIFY2(line.endsWith(QLatin1String(" unchanged")), qPrintable(line));
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("0.998"));
    m_repository->remove(".emac/layout/checkout.yaml");
    m_repository->remove("compiled/prometheus/alerts.yaml");
    QCOMPARE(listed(read()),
             (QStringList{QStringLiteral("checkout.yaml intent modified"),
                          QStringLiteral(".emac/layout/checkout.yaml layout deleted"),
                          QStringLiteral("compiled/prometheus/recording-rules.yaml artifact modified compiled"),
                          QStringLiteral("compiled/prometheus/alerts.yaml artifact modified compiled"),
                          QStringLiteral("compiled/report/derivation.checkout.yaml artifact modified compiled")}));
}

void TestChanges::previewsWhatWillBeCompiled()
{
    const auto diff = [this](std::size_t file) {
        const auto changes = read();
        const auto result = workspace::diffOf(changes, changes.files.at(file));
        return result.value ? QByteArray::fromStdString(result.value->text) : QByteArray();
    };
    const QByteArray name("compiled/prometheus/recording-rules.yaml");
    QVERIFY(diff(1).contains(QByteArray("--- /dev/null\n+++ b/" + name + "\n@@ -0,0 ")));
    QVERIFY(diff(1).contains("\n+# Compiled by emac"));
    const auto before = diff(0);
    QVERIFY(before.contains("+++ b/checkout.yaml\n@@ -0,0 ") && before.contains("\n+# Checkout\n"));
    QVERIFY(commit().value);
    QCOMPARE(diff(0), QByteArray());
    QCOMPARE(diff(1), QByteArray());
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("0.998"));
    const auto after = diff(1);
    QVERIFY2(after.startsWith(QByteArray("diff --git a/" + name + " b/" + name + "\n")), after.constData());
    QVERIFY(after.contains(QByteArray("--- a/" + name + "\n+++ b/" + name + "\n")));
    QVERIFY(after.contains("\n-# intent: checkout.yaml sha256-")
            && after.contains("\n+# intent: checkout.yaml sha256-"));
    QVERIFY(diff(0).contains("availability: 0.998"));
    m_repository->write(name.constData(), m_repository->read(name.constData()) + "# by hand\n");
    QCOMPARE(diff(1), after); // what is on disk makes no difference
}

void TestChanges::commitsIntentLayoutAndArtifacts()
{
    m_repository->write(".emac/layout/checkout.yaml", "x");
    m_repository->write("theirs", "x");
    m_repository->write("other", "x");
    m_repository->git({"add", "theirs"});
    const auto made = commit();
    QVERIFY(made.value);
    QCOMPARE(sorted(m_repository->changes()), QStringList{QStringLiteral("A\t.emac/layout/checkout.yaml")} + all);
    QCOMPARE(m_repository->git({"status", "--porcelain"}), QByteArray("A  theirs\n?? other\n"));
    QVERIFY(m_repository->read("compiled/prometheus/alerts.yaml").startsWith("# Compiled by emac"));
}

void TestChanges::commitsARemovedLayout()
{
    m_repository->write(".emac/layout/checkout.yaml", "x");
    QVERIFY(commit().value);
    fs::remove_all(m_repository->fsPath(".emac"));
    QVERIFY(commit().value);
    QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("D\t.emac/layout/checkout.yaml")});
    QCOMPARE(read().files.at(1).role, workspace::ChangeRole::Artifact);
}

void TestChanges::leavesOut()
{
    QVERIFY(commit({{"compiled/prometheus/alerts.yaml"}, false}).value);
    QCOMPARE(sorted(m_repository->changes()), (QStringList{all.at(0), all.at(2), all.at(3)}));
    QVERIFY(!fs::exists(m_repository->fsPath("compiled/prometheus/alerts.yaml")));
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("0.998"));
    const auto artifact = m_repository->read("compiled/prometheus/recording-rules.yaml");
    QVERIFY(commit({{}, true}).value);
    QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("M\tcheckout.yaml")});
    QCOMPARE(m_repository->read("compiled/prometheus/recording-rules.yaml"), artifact);
}

void TestChanges::refusesWhatDoesNotCompile()
{
    m_repository->commitAll();
    m_repository->write("checkout.yaml", CheckoutRepository::intentText("7"));
    const auto before = m_repository->state();
    const auto changes = read();
    QVERIFY(!changes.compiles());
    QCOMPARE(listed(changes), QStringList{QStringLiteral("checkout.yaml intent modified")});
    const auto made = commit();
    QVERIFY(!made.value);
    QVERIFY(made.diagnostics.size() > 1);
    QCOMPARE(made.diagnostics.front().message.code, Code::CommitNotCompiled);
    QCOMPARE(made.diagnostics.at(1).message.code, Code::ProbabilityOutOfRange);
    QCOMPARE(m_repository->state(), before);
    QVERIFY(commit({{}, true}).value); // asked for as it is
    QCOMPARE(m_repository->changes(), QStringList{QStringLiteral("M\tcheckout.yaml")});
}

void TestChanges::doesNotOverwriteAForeignFile()
{
    m_repository->commitAll();
    m_repository->write("compiled/prometheus/alerts.yaml", "by hand\n");
    const auto before = m_repository->state();
    const auto made = commit();
    QCOMPARE(made.diagnostics.at(0).message.code, Code::CommitNotCompiled);
    QCOMPARE(made.diagnostics.at(1).message.code, Code::ArtifactForeign);
    QCOMPARE(m_repository->state(), before);
    QCOMPARE(m_repository->read("compiled/prometheus/alerts.yaml"), QByteArray("by hand\n"));
}

void TestChanges::aRefusalLeavesTheIndex()
{
    m_repository->write("theirs", "x");
    m_repository->git({"add", "theirs"});
    m_repository->write(".gitignore", "compiled/\n");
    const auto staged = m_repository->git({"ls-files", "--stage"});
    const auto made = commit();
    QCOMPARE(made.diagnostics.front().message.code, Code::GitIgnored);
    QVERIFY(workspace::wordsOfGit(made.diagnostics.front().message).find("\ncompiled\n") != std::string::npos);
    QCOMPARE(m_repository->git({"ls-files", "--stage"}), staged);
    QCOMPARE(listed(read()).at(1), QStringLiteral("compiled/prometheus/recording-rules.yaml artifact ignored"));
}

void TestChanges::outsideOfAnyRepository()
{
    const auto intent = m_repository->fsPath("../home/checkout.yaml");
    fs::copy_file(m_repository->fsPath("checkout.yaml"), intent);
    QCOMPARE(workspace::readChanges(intent).diagnostics.front().message.code, Code::GitNoRepository);
    QCOMPARE(workspace::commitChanges(intent, "why").diagnostics.front().message.code, Code::GitNoRepository);
    QVERIFY(!fs::exists(m_repository->fsPath("../home/compiled")));
}

void TestChanges::knowsNothingToCommit()
{
    QVERIFY(commit().value);
    QCOMPARE(commit().diagnostics.front().message.code, Code::GitNothingToCommit);
    const auto made = workspace::commitChanges(m_repository->intentPath(), " ");
    QCOMPARE(made.diagnostics.front().message.code, Code::GitMessageEmpty);
}

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"
