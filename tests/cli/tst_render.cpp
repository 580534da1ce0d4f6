// SPDX-License-Identifier: GPL-3.0-or-later
// A test made of command lines: literals are texts here.
#undef QT_NO_CAST_FROM_ASCII
#undef QT_USE_QSTRINGBUILDER

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Outcome
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

const QString programs = EMAC_BIN_DIR "/";

Outcome run(const QString& program, const QStringList& arguments, const QProcessEnvironment& environment,
            const QString& folder = {})
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        return {};
    // Where the machine is busy, emac says meanwhile that it still draws.
    const auto said = QString::fromUtf8(process.readAllStandardError());
    static const QRegularExpression meanwhile("^emac: still drawing .*\n", QRegularExpression::MultilineOption);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2, process.readAllStandardOutput(),
            QString(said).remove(meanwhile).toUtf8()};
}

/// As on a machine for builds: no display, no home, no platform named, and the language that is asked for.
QProcessEnvironment bare(const QString& locale = "C.UTF-8")
{
    QProcessEnvironment environment;
    for (const auto* kept : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(kept))
            environment.insert(kept, qEnvironmentVariable(kept));
    }
    environment.insert("PATH", "/usr/bin:/bin");
    environment.insert("LC_ALL", locale);
    return environment;
}

Outcome emac(const QStringList& arguments)
{
    return run(programs + "emac", arguments, bare());
}

QString checkout()
{
    return EMAC_SOURCE_DIR "/resources/examples/checkout/emac.checkout.yaml";
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& text)
{
    QDir(folder.path()).mkdir(".git");
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

} // namespace

class TestRender : public QObject
{
    Q_OBJECT

private slots:
    void eachFormIsWritten_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("holds");
        QTest::newRow("svg") << "svg" << QByteArray("<?xml") << QByteArray(">99.500 % … 99.99750 %</text>");
        QTest::newRow("png") << "png" << QByteArray("\x89PNG") << QByteArray("IEND");
        QTest::newRow("pdf") << "pdf" << QByteArray("%PDF-") << QByteArray("%%EOF");
        QTest::newRow("dot") << "dot" << QByteArray("digraph ") << QByteArray("99.500 % … 99.99750 %");
    }
    void eachFormIsWritten()
    {
        QFETCH(QString, suffix);
        QFETCH(QByteArray, begin);
        QFETCH(QByteArray, holds);
        const QTemporaryDir folder;
        const auto path = folder.filePath("drawing." + suffix);
        const auto outcome = emac({"render", checkout(), "-o", path});
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QCOMPARE(outcome.out, path.toUtf8() + '\n');
        QCOMPARE(outcome.err, QByteArray());
        const auto drawing = contentOf(path);
        QVERIFY(drawing.startsWith(begin));
        QVERIFY(drawing.contains(holds));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1); // nothing is left beside it

        // The same bytes again, by the other program, in another language.
        const auto other = folder.filePath("other." + suffix);
        const auto again = run(programs + "emac-render", {checkout(), "--output", other}, bare("de_DE.UTF-8"));
        QVERIFY2(again.status == 0, again.err.constData());
        QCOMPARE(again.out, QByteArray());
        QCOMPARE(contentOf(other), drawing);
    }

    void scaleIsThatOfPng()
    {
        const QTemporaryDir folder;
        const auto width = [&](const QString& scale) {
            const auto path = folder.filePath("d.png");
            if (emac({"render", checkout(), "-o", path, "--scale", scale}).status != 0)
                return 0;
            const auto png = contentOf(path);
            return int(quint8(png[18]) << 8 | quint8(png[19])); // of IHDR
        };
        const int once = width("1");
        QVERIFY(once > 500);
        QVERIFY(std::abs(width("3") - 3 * once) <= 3);
    }

    void modelAndSlosAreThoseAskedFor()
    {
        const QTemporaryDir folder;
        const QTemporaryDir slos;
        const auto intent = write(folder, "i.yaml",
                                  "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: small}\nspec:\n"
                                  "  objectives: {availability: {window: 30d, target: 0.99}}\n"
                                  "  operator: {type: race, branches: [{ref: a}, {ref: b}]}\n  components:\n"
                                  "    a: {kind: service, atomicSLORef: openslo:far, failureDomains: [x]}\n"
                                  "    b: {kind: service, availability: 0.999, failureDomains: [x]}\n");
        write(slos, "slo.yaml",
              "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: far}\nspec:\n  service: a\n"
              "  budgetingMethod: Occurrences\n  objectives: [{target: 0.998}]\n  indicator: {metadata: {name: i}}\n");
        const auto model = write(folder, "model.yaml",
                                 "apiVersion: emac.dev/v1alpha1\nkind: AcceptedJourneyModel\nmetadata: {name: small}\n"
                                 "spec:\n  failureDomains: {effective: {a: [x], b: [y]}}\n"
                                 "  confidence: {overall: 0.9}\n");
        const auto path = folder.filePath("d.dot");
        QCOMPARE(emac({"render", intent, "-o", path}).status, 2); // the SLO is not found
        QVERIFY(!QFileInfo::exists(path));
        const auto alone = emac({"render", intent, "-o", path, "--slo-path", slos.path()});
        QVERIFY2(alone.status == 0, alone.err.constData());
        QVERIFY(contentOf(path).contains("Race\\l99.900 % … 99.999800 %\\l"));
        const auto both = emac({"render", intent, "-o", path, "--slo-path", slos.path(), "--model", model});
        QVERIFY2(both.status == 0, both.err.constData());
        QVERIFY(contentOf(path).contains("Race\\l99.999800 %\\l")); // y is apart from x
    }

    void namesLikeOptionsAndFoldersOfTheirOwn()
    {
        const QTemporaryDir folder;
        write(folder, "-o.yaml",
              "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: odd}\nspec:\n"
              "  operator: {ref: a}\n  components: {a: {kind: service, availability: 0.9, failureDomains: [x]}}\n");
        const auto outcome =
            run(programs + "emac", {"render", "--output=-- a b.svg", "--", "-o.yaml"}, bare(), folder.path());
        QVERIFY2(outcome.status == 0, outcome.err.constData());
        QVERIFY(contentOf(folder.filePath("-- a b.svg")).startsWith("<?xml"));
    }

    void whatGoesWrongIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("said");
        const QStringList broken{"render", "broken.yaml", "-o", "d.svg"};
        QTest::newRow("errors") << broken << 2 << QByteArray("broken.yaml:5:19: error EMAC-301");
        QTest::newRow("no journey") << QStringList{"render", "none.yaml", "-o", "d.svg"} << 2 << QByteArray("EMAC-2");
        QTest::newRow("no file") << QStringList{"render", "absent.yaml", "-o", "d.svg"} << 1 << QByteArray("EMAC-101");
        QTest::newRow("no form") << QStringList{"render", checkout(), "-o", "d.jpg"} << 1
                                 << QByteArray("d.jpg: error EMAC-951");
        QTest::newRow("no folder") << QStringList{"render", checkout(), "-o", "absent/d.svg"} << 1
                                   << QByteArray("EMAC-807");
        QTest::newRow("bad scale") << QStringList{"render", checkout(), "-o", "d.png", "--scale", "0"} << 1
                                   << QByteArray("--scale");
        QTest::newRow("no output") << QStringList{"render", checkout()} << 1 << QByteArray("--output");
        QTest::newRow("missing SLO folder")
            << QStringList{"render", checkout(), "-o", "d.svg", "--slo-path", "absent"} << 1 << QByteArray("absent");
        QTest::newRow("help") << QStringList{"render", "--help"} << 0 << QByteArray();
    }
    void whatGoesWrongIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QByteArray, said);
        const QTemporaryDir folder;
        write(folder, "broken.yaml",
              "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: broken}\nspec:\n"
              "  operator: {ref: b}\n  components: {a: {kind: service, availability: 0.9, failureDomains: [x]}}\n");
        write(folder, "none.yaml", "kind: Pod\napiVersion: v1\n");
        const auto outcome = run(programs + "emac", arguments, bare(), folder.path());
        QVERIFY2(outcome.status == status, outcome.err.constData());
        QVERIFY2(outcome.err.contains(said), outcome.err.constData());
        if (status != 0) {
            QCOMPARE(outcome.out, QByteArray());
            QCOMPARE(QDir(folder.path()).entryList({"d.*"}), QStringList());
        }
    }

    void warningsArePassedOn()
    {
        const QTemporaryDir folder;
        const auto path = write(folder, "i.yaml",
                                "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: sketch}\nspec:\n"
                                "  operator: {ref: a}\n  components: {a: {kind: service, failureDomains: [x]}}\n");
        const auto outcome = emac({"render", path, "-o", folder.filePath("d.svg")});
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.err.contains("i.yaml:6:16: warning EMAC-410"), outcome.err.constData());
        QCOMPARE(outcome.err.count('\n'), 1);
        QVERIFY(contentOf(folder.filePath("d.svg")).contains(">not stated</text>"));
    }

    void aMissingRendererIsNamed()
    {
        const QTemporaryDir folder;
        const auto alone = folder.filePath("emac");
        QVERIFY(QFile::copy(programs + "emac", alone));
        const auto path = folder.filePath("d.svg");
        auto environment = bare();
        environment.insert("PATH", folder.path());
        const auto outcome = run(alone, {"render", checkout(), "-o", path}, environment);
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.startsWith("emac: error EMAC-955"), outcome.err.constData());

        // Found in PATH, where it is not beside emac.
        environment.insert("PATH", programs);
        const auto found = run(alone, {"render", checkout(), "-o", path}, environment);
        QVERIFY2(found.status == 0, found.err.constData());
        QVERIFY(QFileInfo::exists(path));
    }

    void aRendererThatDiesIsNamed()
    {
        const QTemporaryDir folder;
        const auto alone = folder.filePath("emac");
        QVERIFY(QFile::copy(programs + "emac", alone));
        QFile script(folder.filePath("emac-render"));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\necho last words >&2\nkill -SEGV $$\n");
        script.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
        script.close();
        const auto outcome = run(alone, {"render", checkout(), "-o", folder.filePath("d.svg")}, bare());
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.startsWith("last words\nemac: error EMAC-906"), outcome.err.constData());
    }

    void withoutGraphvizPluginsItSaysWhatToInstall()
    {
        const QTemporaryDir folder;
        auto environment = bare();
        environment.insert("GVBINDIR", folder.path());
        const auto outcome = run(programs + "emac-render", {checkout(), "-o", folder.filePath("d.svg")}, environment);
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains("error EMAC-954") && outcome.err.contains("libgvc6"), outcome.err.constData());
        // The graph needs no layout.
        const auto graph = run(programs + "emac-render", {checkout(), "-o", folder.filePath("d.dot")}, environment);
        QVERIFY2(graph.status == 0, graph.err.constData());
    }

    void completionKnowsEveryOption()
    {
        const auto completion = QString::fromUtf8(contentOf(EMAC_SOURCE_DIR "/packaging/completion/emac"));
        const auto help = QString::fromUtf8(emac({"render", "--help"}).out);
        const auto line = QRegularExpression("^ *render\\) .*$", QRegularExpression::MultilineOption).match(completion);
        QVERIFY(line.hasMatch());
        auto options = QRegularExpression("--[a-z-]+").globalMatch(help);
        QVERIFY(options.hasNext());
        while (options.hasNext()) {
            const auto option = options.next().captured();
            QVERIFY2(line.captured().contains(option), qPrintable(option));
        }
    }
};

QTEST_GUILESS_MAIN(TestRender)
#include "tst_render.moc"
