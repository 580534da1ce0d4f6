// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/resolve.h"
#include "core/workspace/open.h"
#include "core/workspace/working_copy.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <memory>

using namespace emac;
namespace fs = std::filesystem;

/// Where things lie: files, the Git root, OpenSLO documents, paths that an intent names.
class TestWorkingCopy : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsBytes();
    void refuses_data();
    void refuses();
    void findsTheGitRoot();
    void searchPlaces();
    void loadsTheCatalogue();
    void looksOnceAtEachFile();
    void limits_data();
    void limits();
    void unreadableFilesAreWarnings();
    void acceptedModel();
    void layoutOfAnIntent_data();
    void layoutOfAnIntent();
    void confinedPaths_data();
    void confinedPaths();
    void examplesResolve_data();
    void examplesResolve();
    void exampleNamesAreUnique();

private:
    fs::path path(const char* relative) const { return fs::path(m_folder->path().toStdString()) / relative; }
    void write(const char* relative, const QByteArray& bytes) const;
    void writeSlo(const char* relative, const char* name) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWorkingCopy::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestWorkingCopy::write(const char* relative, const QByteArray& bytes) const
{
    const auto file = path(relative);
    fs::create_directories(file.parent_path());
    QFile out(QString::fromStdString(file.string()));
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), qint64(bytes.size()));
}

void TestWorkingCopy::writeSlo(const char* relative, const char* name) const
{
    write(relative,
          QByteArray("apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: ") + name
              + "}\nspec: {service: s, indicatorRef: i, budgetingMethod: Occurrences, objectives: [{target: 0.9}]}\n");
}

void TestWorkingCopy::readsBytes()
{
    const QByteArray bytes("a\0b\r\n\xff", 6);
    write("f", bytes);
    const auto result = workspace::readFile(path("f"));
    QVERIFY(result.clean());
    QCOMPARE(QByteArray::fromStdString(*result.value), bytes);
}

void TestWorkingCopy::refuses_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    for (const auto* what : {"missing", "folder", "pipe", "device", "dangling link", "unreadable"})
        QTest::newRow(what) << QString::fromLatin1(what) << static_cast<int>(base::Code::FileUnreadable);
    QTest::newRow("too large") << QStringLiteral("too large") << static_cast<int>(base::Code::FileTooLarge);
}

void TestWorkingCopy::refuses()
{
    QFETCH(QString, what);
    QFETCH(int, code);
    auto file = path("f");
    if (what == QLatin1String("folder"))
        fs::create_directory(file);
    else if (what == QLatin1String("pipe"))
        QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
    else if (what == QLatin1String("device"))
        file = "/dev/zero";
    else if (what == QLatin1String("dangling link"))
        fs::create_symlink("nowhere", file);
    else if (what == QLatin1String("too large")) {
        write("f", {});
        fs::resize_file(file, (64U << 20U) + 1);
    } else if (what == QLatin1String("unreadable")) {
        if (::geteuid() == 0)
            QSKIP("the superuser may read everything");
        write("f", "x");
        fs::permissions(file, fs::perms::none);
    }
    const auto result = workspace::readFile(file);
    QVERIFY(!result.value);
    QCOMPARE(result.diagnostics.size(), std::size_t(1));
    QCOMPARE(static_cast<int>(result.diagnostics.front().message.code), code);
    QCOMPARE(result.diagnostics.front().place.file, file.string());
}

void TestWorkingCopy::findsTheGitRoot()
{
    fs::create_directories(path("a/.git"));
    fs::create_directories(path("a/b/c"));
    write("d/.git", "gitdir: elsewhere\n"); // a linked worktree
    const auto root = fs::canonical(path("a"));
    QVERIFY(workspace::gitRoot(path("a/b/c/intent.yaml")) == root);
    QVERIFY(workspace::gitRoot(path("a")) == root);
    QVERIFY(workspace::gitRoot(path("d/x.yaml")) == fs::canonical(path("d")));
    QVERIFY(!workspace::gitRoot(path("x.yaml")));
}

void TestWorkingCopy::searchPlaces()
{
    fs::create_directories(path("a/.git"));
    fs::create_directories(path("a/b"));
    fs::create_directories(path("c/d"));
    using Places = std::vector<fs::path>;
    QVERIFY(workspace::searchPlaces(path("a/b/i.yaml")) == Places{fs::canonical(path("a"))});
    QVERIFY((workspace::searchPlaces(path("c/d/i.yaml"), {"more"})
             == Places{fs::canonical(path("c/d")), fs::canonical(path("c")), "more"}));
}

void TestWorkingCopy::loadsTheCatalogue()
{
    writeSlo("work/slos/one.yaml", "one");
    writeSlo("work/two.yml", "two");
    writeSlo("work/three.json", "three");
    writeSlo("work/.hidden/four.yaml", "four");
    writeSlo("work/.five.yaml", "five");
    writeSlo("work/node_modules/six.yaml", "six");
    writeSlo("elsewhere/seven.yaml", "seven");
    writeSlo("linked.yaml", "eight");
    fs::create_directory_symlink("../elsewhere", path("work/link"));
    fs::create_directory_symlink(".", path("work/circle"));
    fs::create_symlink("../linked.yaml", path("work/link.yaml"));
    QCOMPARE(::mkfifo(path("work/pipe.yaml").c_str(), 0600), 0);
    write("work/broken.yaml", "a: ["); // not ours: not even parsed
    write("work/ours-broken.yaml", "openslo/v1: [");
    base::Diagnostics diagnostics;
    const auto catalogue = workspace::loadCatalogue({path("work")}, diagnostics);
    QVERIFY((catalogue.names() == std::vector<std::string>{"eight", "one", "two"}));
    QCOMPARE(catalogue.diagnostics().size(), std::size_t(1));
    QCOMPARE(catalogue.diagnostics().front().place.file, path("work/ours-broken.yaml").string());
    QVERIFY((catalogue.searched() == std::vector<std::string>{path("work").string()}));
    QCOMPARE(diagnostics.size(), std::size_t(1)); // the pipe
    QCOMPARE(base::toString(diagnostics.front()),
             path("work/pipe.yaml").string()
                 + ": warning EMAC-433: it is skipped: not a regular file; expected "
                   "a readable file; check the path and its permissions");
}

void TestWorkingCopy::looksOnceAtEachFile()
{
    writeSlo("a/b/one.yaml", "one");
    base::Diagnostics diagnostics;
    const auto catalogue =
        workspace::loadCatalogue({path("a/b"), path("a"), path("a/b/one.yaml"), path("missing")}, diagnostics);
    QCOMPARE(catalogue.size(), std::size_t(1));
    QVERIFY(catalogue.diagnostics().empty());
    QCOMPARE(diagnostics.size(), std::size_t(1));
    QCOMPARE(diagnostics.front().place.file, path("missing").string());
}

void TestWorkingCopy::limits_data()
{
    QTest::addColumn<int>("files");
    QTest::addColumn<int>("depth");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QStringList>("found");
    const QStringList all{QStringLiteral("deep"), QStringLiteral("near"), QStringLiteral("next")};
    QTest::newRow("none reached") << 100 << 16 << 1'000'000 << all;
    QTest::newRow("files") << 2 << 16 << 1'000'000 << QStringList{QStringLiteral("near")};
    QTest::newRow("depth") << 100 << 1 << 1'000'000 << QStringList{QStringLiteral("near"), QStringLiteral("next")};
    QTest::newRow("bytes") << 100 << 16 << 200 << QStringList{QStringLiteral("near")};
}

void TestWorkingCopy::limits()
{
    QFETCH(int, files);
    QFETCH(int, depth);
    QFETCH(int, bytes);
    QFETCH(QStringList, found);
    writeSlo("a.yaml", "near");
    writeSlo("b/c.yaml", "next");
    writeSlo("b/d/e.yaml", "deep");
    base::Diagnostics diagnostics;
    const auto catalogue = workspace::loadCatalogue(
        {path(".")}, diagnostics, {static_cast<std::size_t>(files), depth, static_cast<std::size_t>(bytes)});
    QStringList names;
    for (const auto& name : catalogue.names())
        names << QString::fromStdString(name);
    QCOMPARE(names, found);
    const bool complete = found.size() == 3;
    QCOMPARE(diagnostics.size(), std::size_t(complete ? 0 : 1));
    QVERIFY(complete || diagnostics.front().message.code == base::Code::SearchStopped);
}

void TestWorkingCopy::unreadableFilesAreWarnings()
{
    if (::geteuid() == 0)
        QSKIP("the superuser may read everything");
    writeSlo("a.yaml", "one");
    fs::permissions(path("a.yaml"), fs::perms::none);
    base::Diagnostics diagnostics;
    const auto catalogue = workspace::loadCatalogue({path(".")}, diagnostics);
    QCOMPARE(catalogue.size(), std::size_t(0));
    QCOMPARE(diagnostics.size(), std::size_t(1));
    QVERIFY(diagnostics.front().message.code == base::Code::FileSkipped);
}

void TestWorkingCopy::acceptedModel()
{
    write("i.yaml", "x");
    QVERIFY(!workspace::acceptedModelPath(path("i.yaml")));
    write(".emac/accepted/i.yaml", "x");
    QVERIFY(workspace::acceptedModelPath(path("i.yaml")) == fs::canonical(path(".emac/accepted/i.yaml")));
}

void TestWorkingCopy::layoutOfAnIntent_data()
{
    QTest::addColumn<QByteArray>("layout");
    QTest::addColumn<int>("placed");
    QTest::addColumn<int>("messages");
    const QByteArray header("apiVersion: emac.dev/v1alpha1\nkind: JourneyLayout\n");
    QTest::newRow("none") << QByteArray() << 0 << 0;
    QTest::newRow("sound") << header + "nodes: {a: {x: 1, y: 2}}\n" << 1 << 0;
    QTest::newRow("faulty in part") << header + "nodes: {a: {x: 1, y: 2}, b: {x: 1}}\n" << 1 << 1;
    QTest::newRow("no layout") << QByteArray("- a\n") << 0 << 1;
}

/// A faulty layout says nothing against the intent.
void TestWorkingCopy::layoutOfAnIntent()
{
    QFETCH(QByteArray, layout);
    QFETCH(int, placed);
    QFETCH(int, messages);
    write("j/i.yaml", "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\n"
                      "spec: {operator: {ref: a}, components: {a: {availability: 0.9}}}\n");
    const auto file = workspace::layoutPath(path("j/i.yaml"));
    QVERIFY(file == fs::canonical(path("j")) / ".emac/layout/i.yaml");
    if (!layout.isEmpty())
        write("j/.emac/layout/i.yaml", layout);
    const auto opened = workspace::openIntent(path("j/i.yaml"));
    QVERIFY(opened.document);
    QCOMPARE(opened.diagnostics.size(), std::size_t(0));
    QCOMPARE(opened.layoutDiagnostics.size(), std::size_t(messages));
    QCOMPARE(opened.placement.nodes.size(), std::size_t(placed));
    if (placed > 0)
        QCOMPARE(opened.placement.nodes.begin()->first, opened.document->intent.journey.root->id);
    for (const auto& diagnostic : opened.layoutDiagnostics)
        QCOMPARE(diagnostic.place.file, file.string());
}

void TestWorkingCopy::confinedPaths_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<bool>("git");
    QTest::addColumn<bool>("inside");
    QTest::newRow("beside") << QByteArray("out/a.yaml") << true << true;
    QTest::newRow("in the parent") << QByteArray("../out/a.yaml") << true << true;
    QTest::newRow("in the parent, without Git") << QByteArray("../out/a.yaml") << false << true;
    QTest::newRow("in the grandparent, of Git") << QByteArray("../../a.yaml") << true << true;
    QTest::newRow("in the grandparent, without Git") << QByteArray("../../a.yaml") << false << false;
    QTest::newRow("outside") << QByteArray("../../../a.yaml") << true << false;
    QTest::newRow("absolute") << QByteArray("/etc/passwd") << true << false;
    QTest::newRow("in and out") << QByteArray("out/../../../../a.yaml") << true << false;
    QTest::newRow("through a link") << QByteArray("link/a.yaml") << true << false;
    QTest::newRow("a link to outside itself") << QByteArray("file.yaml") << true << false;
    QTest::newRow("a link to itself") << QByteArray("circle") << true << false;
    QTest::newRow("with a NUL") << QByteArray("a\\0/../../../../b") << true << false;
}

void TestWorkingCopy::confinedPaths()
{
    QFETCH(QByteArray, output);
    QFETCH(bool, git);
    QFETCH(bool, inside);
    fs::create_directories(path("outside"));
    fs::create_directories(path("copy/a/b"));
    if (git)
        fs::create_directories(path("copy/.git"));
    fs::create_directory_symlink(path("outside"), path("copy/a/b/link"));
    fs::create_symlink(path("outside/new.yaml"), path("copy/a/b/file.yaml"));
    fs::create_symlink("circle", path("copy/a/b/circle"));
    const auto quoted = "\"" + output.toStdString() + "\"";
    const auto text = "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\nspec:\n"
                      "  governance:\n    alerts: {promRuleOutput: "
                      + quoted + "}\n    progressiveDelivery: {analysisTemplateOutput: " + quoted
                      + "}\n  evidence: {modelDiscovery: {discoveredModelRef: " + quoted
                      + "}}\n  components: {a: {latency: {samples: " + quoted + "}}}\n";
    const auto document = spec::readIntent(text, "f");
    const auto diagnostics = workspace::checkPaths(*document.value, path("copy/a/b/i.yaml"), "f");
    std::vector<base::Place> places;
    for (const auto& diagnostic : diagnostics) {
        QVERIFY(diagnostic.message.code == base::Code::PathOutside);
        places.push_back(diagnostic.place);
    }
    const std::vector<base::Place> all{{"f", 6, 30}, {"f", 7, 51}, {"f", 8, 51}, {"f", 9, 39}};
    QVERIFY(places == (inside ? std::vector<base::Place>() : all));
}

void TestWorkingCopy::examplesResolve_data()
{
    QTest::addColumn<QString>("name");
    for (const auto* name : {"checkout", "travel-booking", "media-streaming"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestWorkingCopy::examplesResolve()
{
    QFETCH(QString, name);
    const auto file = fs::path(EMAC_SOURCE_DIR) / "resources/examples" / name.toStdString()
                      / ("emac." + name.toStdString() + ".yaml");
    const auto text = workspace::readFile(file);
    QVERIFY(text.value);
    const auto document = spec::readIntent(*text.value, "f");
    QVERIFY(document.diagnostics.empty());
    base::Diagnostics diagnostics;
    const auto catalogue = workspace::loadCatalogue({file.parent_path()}, diagnostics);
    QVERIFY(diagnostics.empty());
    const auto samples = workspace::readSampleFiles(file, spec::samplePaths(document.value->intent.journey));
    const auto resolution = spec::resolve(*document.value, "f", catalogue, nullptr, spec::InputChoice::Target, samples);
    for (const auto& diagnostic : resolution.diagnostics)
        qWarning("%s", base::toString(diagnostic).c_str());
    QVERIFY(resolution.diagnostics.empty());
    for (const auto& component : document.value->intent.journey.components.list())
        QVERIFY(resolution.inputs.find(component->name)->stated);
    for (const auto& diagnostic : workspace::checkPaths(*document.value, file, "f"))
        QFAIL(base::toString(diagnostic).c_str());
}

void TestWorkingCopy::exampleNamesAreUnique()
{
    base::Diagnostics diagnostics;
    const auto catalogue = workspace::loadCatalogue({fs::path(EMAC_SOURCE_DIR) / "resources/examples"}, diagnostics);
    for (const auto& diagnostic : catalogue.diagnostics())
        qWarning("%s", base::toString(diagnostic).c_str());
    QVERIFY(catalogue.diagnostics().empty());
    QCOMPARE(catalogue.names().size(), catalogue.size());
    QVERIFY(catalogue.size() > 20);
}

QTEST_GUILESS_MAIN(TestWorkingCopy)
#include "tst_working_copy.moc"
