// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/artifacts/work_folder.h"

#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

using namespace emac;
using base::Code;
using tests::SmallIntent;
namespace fs = std::filesystem;

/// Compiled files and what is on disk: where they may go, what they may replace, how they are put there.
class TestArtifactFiles : public QObject
{
    Q_OBJECT

private slots:
    void writesOnceAndLeavesAlone();
    void replacesItsOwn();
    void confined_data();
    void confined();
    void linksInsideStay();
    void ofAnotherIntent();
    void ofAnIntentThatIsGone();
    void changedMeanwhile_data();
    void changedMeanwhile();
    void whatCannotBeWritten();
    void foldersWithoutPermission();
    void namesTheKeyOfStandardPlaces();
    void leftByAKilledRun();
    void twoRunsAtOnce();
    void takenNameBeside();
    void stale();
    void unsavedText();
    void permissionsStay();
    void nothingIsLeftBehind();
};

namespace {

constexpr const char* rules = "compiled/prometheus/recording-rules.yaml";

std::vector<Code> errors(const base::Diagnostics& diagnostics)
{
    std::vector<Code> codes;
    for (const auto& diagnostic : diagnostics) {
        if (diagnostic.severity() == base::Severity::Error)
            codes.push_back(diagnostic.message.code);
    }
    return codes;
}

SmallIntent alertsIn(const std::string& path)
{
    SmallIntent intent;
    intent.governance = "{alerts: {promRuleOutput: \"" + path + "\"}}";
    return intent;
}

int changes(const std::vector<workspace::WrittenFile>& files)
{
    return static_cast<int>(std::ranges::count_if(files, &workspace::WrittenFile::changed));
}

} // namespace

void TestArtifactFiles::writesOnceAndLeavesAlone()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    const auto plan = folder.plan("emac.yaml");
    QCOMPARE(plan.files.size(), std::size_t(3));
    for (const auto& file : plan.files) {
        QVERIFY(!file.before && file.changes() && file.path.is_absolute());
        QVERIFY(!fs::exists(file.path)); // a plan writes nothing
    }
    const auto first = workspace::writeArtifacts(plan);
    QVERIFY(first.clean());
    QCOMPARE(changes(*first.value), 3);
    for (const auto& file : plan.files)
        QCOMPARE(workspace::readFile(file.path).value, std::optional(file.after));
    const auto time = fs::last_write_time(folder.path(rules));
    struct stat before
    {
    };
    QCOMPARE(::stat(folder.path(rules).c_str(), &before), 0);
    const auto again = workspace::writeArtifacts(folder.plan("emac.yaml"));
    QVERIFY(again.clean());
    QCOMPARE(again.value->size(), std::size_t(3));
    QCOMPARE(changes(*again.value), 0);
    struct stat after
    {
    };
    QCOMPARE(::stat(folder.path(rules).c_str(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QVERIFY(fs::last_write_time(folder.path(rules)) == time);
}

void TestArtifactFiles::replacesItsOwn()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    const auto old = folder.read(rules);
    auto intent = SmallIntent();
    intent.components.replace(intent.components.find("0.999"), 5, "0.998");
    folder.write("emac.yaml", intent.text());
    const auto plan = folder.plan("emac.yaml");
    QCOMPARE(plan.files.front().before, std::optional(old));
    const auto written = workspace::writeArtifacts(plan);
    QVERIFY(written.clean());
    QCOMPARE(changes(*written.value), 3); // all name the intent's digest
    QVERIFY(folder.read(rules) != old);
}

void TestArtifactFiles::confined_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<bool>("inside");
    QTest::newRow("beside") << QStringLiteral("out/p/a.yaml") << true;
    QTest::newRow("above, in the working copy") << QStringLiteral("../out/p/a.yaml") << true;
    QTest::newRow("outside") << QStringLiteral("../../../a.yaml") << false;
    QTest::newRow("absolute") << QStringLiteral("/tmp/emac-artifact-outside.yaml") << false;
    QTest::newRow("through a link to a folder") << QStringLiteral("link/a.yaml") << false;
    QTest::newRow("through a link that leads nowhere yet") << QStringLiteral("dangling") << false;
    QTest::newRow("in and out again") << QStringLiteral("out/../../../../x/a.yaml") << false;
    // The alerts stand inside; what goes to standard places beside them does not.
    QTest::newRow("standard places through a link") << QStringLiteral("beside/p/a.yaml") << false;
}

void TestArtifactFiles::confined()
{
    QFETCH(QString, output);
    QFETCH(bool, inside);
    const tests::WorkFolder folder;
    fs::create_directories(folder.path("copy/.git"));
    fs::create_directories(folder.path("outside"));
    fs::create_directories(folder.path("copy/sub/beside/p"));
    fs::create_directory_symlink(folder.path("outside"), folder.path("copy/sub/link"));
    fs::create_directory_symlink(folder.path("outside"), folder.path("copy/sub/beside/prometheus"));
    fs::create_symlink(folder.path("outside/new.yaml"), folder.path("copy/sub/dangling"));
    folder.write("copy/sub/emac.yaml", alertsIn(output.toStdString()).text());
    const auto plan = folder.plan("copy/sub/emac.yaml");
    const auto found = errors(plan.diagnostics);
    QCOMPARE(found.empty(), inside);
    QCOMPARE(plan.files.empty(), !inside);
    for (const auto code : found)
        QVERIFY(code == Code::PathOutside);
    const auto written = workspace::writeArtifacts(plan);
    QVERIFY(written.clean());
    QVERIFY(fs::is_empty(folder.path("outside")));
    QVERIFY(!fs::exists("/tmp/emac-artifact-outside.yaml"));
    QCOMPARE(written.value->empty(), !inside);
}

void TestArtifactFiles::linksInsideStay()
{
    const tests::WorkFolder folder;
    fs::create_directories(folder.path("elsewhere"));
    fs::create_directory_symlink("elsewhere", folder.path("compiled"));
    folder.write("emac.yaml", SmallIntent().text());
    QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    QVERIFY(fs::is_symlink(folder.path("compiled")));
    QVERIFY(fs::exists(folder.path("elsewhere/prometheus/alerts.yaml")));
}

void TestArtifactFiles::ofAnotherIntent()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    const auto before = folder.read(rules);
    SmallIntent other;
    other.name = "depot";
    folder.write("other.yaml", other.text());
    const auto plan = folder.plan("other.yaml");
    // The report goes by the journey's name.
    QCOMPARE(errors(plan.diagnostics), (std::vector{Code::ArtifactOfAnother, Code::ArtifactOfAnother}));
    QVERIFY(plan.files.empty());
    QCOMPARE(folder.read(rules), before);
}

/// An intent that was renamed takes its files over.
void TestArtifactFiles::ofAnIntentThatIsGone()
{
    const tests::WorkFolder folder;
    folder.write("old.yaml", SmallIntent().text());
    QVERIFY(workspace::writeArtifacts(folder.plan("old.yaml")).clean());
    fs::rename(folder.path("old.yaml"), folder.path("new.yaml"));
    const auto written = workspace::writeArtifacts(folder.plan("new.yaml"));
    QVERIFY(written.clean());
    QCOMPARE(changes(*written.value), 3);
    QVERIFY(folder.read(rules).find("# intent: new.yaml ") != std::string::npos);
}

void TestArtifactFiles::changedMeanwhile_data()
{
    QTest::addColumn<bool>("existed");
    QTest::addColumn<QString>("meanwhile");
    QTest::addColumn<Code>("said");
    QTest::newRow("appeared") << false << QStringLiteral("write") << Code::ArtifactChanged;
    QTest::newRow("edited") << true << QStringLiteral("write") << Code::ArtifactChanged;
    QTest::newRow("removed") << true << QStringLiteral("remove") << Code::ArtifactChanged;
    QTest::newRow("a link out instead of the folder") << false << QStringLiteral("link") << Code::ArtifactChanged;
    QTest::newRow("a folder in its place") << false << QStringLiteral("folder") << Code::FileUnreadable;
    QTest::newRow("a file in place of the folder") << false << QStringLiteral("file") << Code::ArtifactNotWritten;
}

/// Between plan and writing: then it is left as it is.
void TestArtifactFiles::changedMeanwhile()
{
    QFETCH(bool, existed);
    QFETCH(QString, meanwhile);
    const tests::WorkFolder folder;
    const tests::WorkFolder outside;
    folder.write("emac.yaml", SmallIntent().text());
    if (existed)
        QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    folder.write("emac.yaml", SmallIntent().text() + "# changed\n");
    const auto plan = folder.plan("emac.yaml");
    QVERIFY(!plan.files.empty());
    if (meanwhile == QStringLiteral("write")) {
        folder.write(rules, "by hand\n");
    } else if (meanwhile == QStringLiteral("remove")) {
        fs::remove(folder.path(rules));
    } else if (meanwhile == QStringLiteral("link")) {
        fs::create_directory_symlink(outside.path(), folder.path("compiled"));
    } else if (meanwhile == QStringLiteral("file")) {
        folder.write("compiled", "no folder\n");
    } else {
        fs::create_directories(folder.path(rules));
    }
    const auto written = workspace::writeArtifacts(plan);
    QFETCH(Code, said);
    QCOMPARE(errors(written.diagnostics), std::vector{said});
    QVERIFY(written.value->empty());
    QVERIFY(!fs::exists(outside.path("prometheus")));
    if (meanwhile == QStringLiteral("write"))
        QCOMPARE(folder.read(rules), std::string("by hand\n"));
}

/// It is told before anything is written.
void TestArtifactFiles::whatCannotBeWritten()
{
    const tests::WorkFolder folder;
    auto intent = alertsIn("made/p/" + std::string(256, 'x'));
    folder.write("emac.yaml", intent.text());
    const auto plan = folder.plan("emac.yaml");
    QCOMPARE(errors(plan.diagnostics), std::vector{Code::ArtifactNotWritten});
    QVERIFY(plan.files.empty());
    QVERIFY(!fs::exists(folder.path("made")));
    fs::create_directories(folder.path("made/p")); // it is no other fault where the folder is there
    QCOMPARE(errors(folder.plan("emac.yaml").diagnostics), std::vector{Code::ArtifactNotWritten});
    folder.write("emac.yaml", alertsIn("made/" + std::string(256, 'x') + "/../../../a.yaml").text());
    QCOMPARE(errors(folder.plan("emac.yaml").diagnostics), std::vector{Code::PathOutside});
    // One byte less can be written.
    intent = alertsIn("made/p/" + std::string(255, 'x'));
    folder.write("emac.yaml", intent.text());
    const auto written = workspace::writeArtifacts(folder.plan("emac.yaml"));
    QVERIFY(written.clean());
    QCOMPARE(changes(*written.value), 3);
}

/// Where the folders are no one's to write in.
void TestArtifactFiles::foldersWithoutPermission()
{
    if (::geteuid() == 0)
        QSKIP("the superuser may write everywhere");
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    fs::create_directory(folder.path("compiled"));
    fs::permissions(folder.path("compiled"), fs::perms::owner_read | fs::perms::owner_exec);
    const auto plan = folder.plan("emac.yaml");
    fs::permissions(folder.path("compiled"), fs::perms::owner_all);
    QCOMPARE(errors(plan.diagnostics), std::vector(3, Code::ArtifactNotWritten));
}

/// Where the file goes that decides on the others' folder, and the key that says so.
void TestArtifactFiles::namesTheKeyOfStandardPlaces()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", alertsIn("alerts.yaml").text());
    const auto plan = folder.plan("emac.yaml");
    QCOMPARE(errors(plan.diagnostics), (std::vector{Code::PathOutside, Code::PathOutside}));
    for (const auto& diagnostic : plan.diagnostics) {
        QCOMPARE(diagnostic.message.arguments[1], std::string("spec.governance.alerts.promRuleOutput"));
        QVERIFY(diagnostic.place.line > 0);
    }
}

/// What a run that was killed left beside its file, the next one overwrites.
void TestArtifactFiles::leftByAKilledRun()
{
    const tests::WorkFolder folder;
    const std::string left = "compiled/prometheus/.alerts.yaml.emac-new";
    folder.write("emac.yaml", SmallIntent().text());
    folder.write(left, std::string(100'000, 'x'));
    const auto plan = folder.plan("emac.yaml");
    QVERIFY(workspace::writeArtifacts(plan).clean());
    QVERIFY(!fs::exists(folder.path(left)));
    for (const auto& file : plan.files)
        QCOMPARE(workspace::readFile(file.path).value, std::optional(file.after));
}

/// Both come to their end, and what lies there is whole.
void TestArtifactFiles::twoRunsAtOnce()
{
    const tests::WorkFolder folder;
    for (int round = 0; round < 20; ++round) {
        folder.write("emac.yaml", SmallIntent().text() + "# " + std::to_string(round) + '\n');
        const auto plan = folder.plan("emac.yaml");
        base::Result<std::vector<workspace::WrittenFile>> other;
        base::Result<std::vector<workspace::WrittenFile>> own;
        {
            const std::jthread thread([&] { other = workspace::writeArtifacts(plan); });
            own = workspace::writeArtifacts(plan);
        }
        for (const auto* written : {&own, &other}) {
            for (const auto code : errors(written->diagnostics))
                QCOMPARE(code, Code::ArtifactChanged);
        }
        QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
        for (const auto& file : plan.files)
            QCOMPARE(workspace::readFile(file.path).value, std::optional(file.after));
    }
}

/// A second run at the same time, and a link that leads elsewhere, are left alone.
void TestArtifactFiles::takenNameBeside()
{
    const tests::WorkFolder folder;
    const std::string beside = "compiled/prometheus/.alerts.yaml.emac-new";
    folder.write("emac.yaml", SmallIntent().text());
    folder.write(beside, "half a fi");
    const int file = ::open(folder.path(beside).c_str(), O_WRONLY | O_CLOEXEC);
    QVERIFY(file >= 0);
    QCOMPARE(::flock(file, LOCK_EX), 0);
    auto written = workspace::writeArtifacts(folder.plan("emac.yaml"));
    ::close(file);
    QCOMPARE(errors(written.diagnostics), std::vector{Code::ArtifactNotWritten});
    QCOMPARE(folder.read(beside), std::string("half a fi"));

    fs::remove(folder.path(beside));
    folder.write("elsewhere", "mine\n");
    fs::create_symlink(folder.path("elsewhere"), folder.path(beside));
    written = workspace::writeArtifacts(folder.plan("emac.yaml"));
    QCOMPARE(errors(written.diagnostics), std::vector{Code::ArtifactNotWritten});
    fs::remove(folder.path(beside));
    fs::create_hard_link(folder.path("elsewhere"), folder.path(beside));
    written = workspace::writeArtifacts(folder.plan("emac.yaml"));
    QCOMPARE(errors(written.diagnostics), std::vector{Code::ArtifactNotWritten});
    QCOMPARE(folder.read("elsewhere"), std::string("mine\n"));
}

/// A template that is compiled no more is told of, as long as it lies there; one by hand is not.
void TestArtifactFiles::stale()
{
    const tests::WorkFolder folder;
    SmallIntent gated;
    gated.governance = "{progressiveDelivery: {gate: {maxCanaryBurnRate: 1}}}";
    folder.write("emac.yaml", gated.text());
    QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    folder.write("emac.yaml", SmallIntent().text());
    const auto told = [&folder] {
        return std::ranges::count_if(folder.plan("emac.yaml").diagnostics,
                                     [](const auto& d) { return d.message.code == Code::ArtifactStale; });
    };
    QCOMPARE(told(), 2);
    folder.write("compiled/argo/analysis-template.yaml", "by: hand\n");
    QCOMPARE(told(), 1);
    fs::remove(folder.path("compiled/argo/rollout-snippet.yaml"));
    QCOMPARE(told(), 0);
}

/// The workbench compiles what it shows, saved or not.
void TestArtifactFiles::unsavedText()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    auto opened = workspace::openIntent(folder.path("emac.yaml"));
    auto intent = SmallIntent();
    intent.components.replace(intent.components.find("0.999"), 5, "0.5");
    opened.text = intent.text();
    opened.document = spec::readIntent(opened.text, opened.path).value;
    const auto plan = workspace::planArtifacts(opened);
    QVERIFY(plan.files.front().after.find("vector(0.4975") != std::string::npos);
}

void TestArtifactFiles::permissionsStay()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    fs::permissions(folder.path(rules), fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read);
    folder.write("emac.yaml", SmallIntent().text() + "# changed\n");
    QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    QVERIFY(fs::status(folder.path(rules)).permissions()
            == (fs::perms::owner_read | fs::perms::owner_write | fs::perms::others_read));
}

void TestArtifactFiles::nothingIsLeftBehind()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    QVERIFY(workspace::writeArtifacts(folder.plan("emac.yaml")).clean());
    QStringList files;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path("compiled"))) {
        if (entry.is_regular_file())
            files << QString::fromStdString(entry.path().lexically_relative(folder.path("compiled")).string());
    }
    files.sort();
    const QStringList expected{QStringLiteral("prometheus/alerts.yaml"),
                               QStringLiteral("prometheus/recording-rules.yaml"),
                               QStringLiteral("report/derivation.shop.yaml")};
    QCOMPARE(files, expected);
}

QTEST_GUILESS_MAIN(TestArtifactFiles)
#include "tst_artifact_files.moc"
