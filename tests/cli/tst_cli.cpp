// SPDX-License-Identifier: GPL-3.0-or-later
// A test made of command lines: literals are texts here.
#undef QT_NO_CAST_FROM_ASCII
#undef QT_USE_QSTRINGBUILDER

#include "tests/cli/running.h"

#include <QRegularExpression>
#include <QTest>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;

using namespace running;

class TestCli : public QObject
{
    Q_OBJECT

private slots:
    void helpOnEveryLevelAndUsageErrors_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("help") << QStringList{"--help"} << 0 << QByteArray("analyze");
        QTest::newRow("validate help") << QStringList{"validate", "--help"} << 0 << QByteArray("--slo-path");
        QTest::newRow("analyze help") << QStringList{"analyze", "--help"} << 0 << QByteArray("--inputs");
        QTest::newRow("compile help") << QStringList{"compile", "--help"} << 0 << QByteArray("--flavor");
        QTest::newRow("version") << QStringList{"--version"} << 0 << QByteArray("emac 0.");
        QTest::newRow("no command") << QStringList{} << 1 << QByteArray("subcommand");
        QTest::newRow("unknown command") << QStringList{"analyse", "x"} << 1 << QByteArray("analyse");
        QTest::newRow("unknown option") << QStringList{"analyze", "x", "--set", "a=b"} << 1 << QByteArray("--set");
        QTest::newRow("bad format") << QStringList{"analyze", "x", "--format", "xml"} << 1 << QByteArray("xml");
        QTest::newRow("compile without file")
            << QStringList{"compile", "/nonexistent.yaml"} << 1 << QByteArray("EMAC-101");
        QTest::newRow("bad flavor") << QStringList{"compile", "x", "--flavor", "mild"} << 1 << QByteArray("mild");
        QTest::newRow("missing SLO folder")
            << QStringList{"validate", "x", "--slo-path", "/nonexistent"} << 1 << QByteArray("/nonexistent");
        QTest::newRow("missing file") << QStringList{"analyze", "/nonexistent.yaml"} << 1 << QByteArray("EMAC-101");
        for (const auto* scale : {"nan", "inf", "0", "-1", "1e400", "2x", "10.5"}) {
            QTest::addRow("scale '%s'", scale)
                << QStringList{"render", "x", "-o", "x.png", QStringLiteral("--scale=") + scale} << 1
                << QByteArray("is no number from 0.1 to 10");
        }
        QTest::newRow("folder") << QStringList{"validate", "/"} << 1 << QByteArray("EMAC-101");
    }
    void helpOnEveryLevelAndUsageErrors()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QByteArray, said);
        const auto outcome = emac(arguments);
        QCOMPARE(outcome.status, status);
        const auto& stream = status == 0 ? outcome.out : outcome.err;
        QVERIFY2(stream.contains(said), (outcome.out + outcome.err).constData());
    }

    void completionKnowsEveryOption()
    {
        QFile file(QStringLiteral(EMAC_SOURCE_DIR "/packaging/completion/emac"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto completion = QString::fromUtf8(file.readAll());
        for (const auto& level :
             {QStringList{"--help"}, QStringList{"validate", "--help"}, QStringList{"analyze", "--help"},
              QStringList{"compile", "--help"}, QStringList{"render", "--help"}}) {
            const auto help = QString::fromUtf8(emac(level).out);
            auto options = QRegularExpression(QStringLiteral("--[a-z-]+")).globalMatch(help);
            QVERIFY(options.hasNext());
            while (options.hasNext()) {
                const auto option = options.next().captured();
                QVERIFY2(completion.contains(option), qPrintable(option));
            }
        }
    }

    void diagnosticsAreSortedByPlace()
    {
        const QTemporaryDir folder;
        const auto file = write(folder, "i.yaml", intent("{ref: a}", "\n    a: {notes: n}\n    b: {availability: 2}"));
        for (const auto* command : {"validate", "analyze"}) {
            const auto outcome = emac({command, file});
            QCOMPARE(outcome.status, 2);
            QStringList places;
            for (const auto& line : outcome.err.split('\n')) {
                if (line.contains("EMAC-"))
                    places << QString::fromUtf8(line.mid(file.size() + 1, 2))
                                  + QString::fromUtf8(line.mid(line.indexOf("EMAC-"), 8));
            }
            const QStringList expected{"8:EMAC-410", "9:EMAC-328", "9:EMAC-310"};
            QCOMPARE(places, expected);
        }
    }

    void checkoutExampleAsJson()
    {
        const auto outcome =
            emac({"analyze", example(QStringLiteral("checkout/emac.checkout.yaml")), "--format", "json"});
        QCOMPARE(outcome.status, 0);
        QCOMPARE(outcome.out.count('\n'), outcome.out.trimmed().count('\n') + 1); // one trailing newline
        const auto json = Json::parse(outcome.out.toStdString());
        QVERIFY(json["apiVersion"] == "emac.dev/v1alpha1");
        QVERIFY(json["kind"] == "AnalysisResult");
        const auto& availability = json["availability"];
        QCOMPARE(availability["optimistic"].get<double>(), 0.9974770619500125);
        QCOMPARE(availability["pessimistic"].get<double>(), 0.9925144895025);
        QCOMPARE(availability["unavailability"]["pessimistic"].get<double>(), 0.0074855104975);
        QCOMPARE(availability["bands"]["pessimistic"]["upper"].get<double>(), 0.9925144895025);
        QVERIFY(std::abs(availability["envelope"]["lower"].get<double>() - 0.9925) < 1e-14);
        QVERIFY(std::abs(availability["envelope"]["upper"].get<double>() - 0.999) < 1e-14);
        QVERIFY(availability["envelope"]["sharp"] == true);
        QVERIFY(std::abs(availability["unavailability"]["envelope"]["lower"].get<double>() - 0.001) < 1e-14);
        QVERIFY(std::abs(availability["unavailability"]["envelope"]["upper"].get<double>() - 0.0075) < 1e-14);
        for (const auto* later : {"commonCause", "simulated"})
            QVERIFY(availability[later].is_null());
        QVERIFY(json["decision"] == "FAIL");
        QVERIFY(json["objectives"][0]["name"] == "availability");
        QVERIFY(json["objectives"][0]["decision"] == "FAIL");
        QVERIFY(std::abs(json["objectives"][0]["shortfall"].get<double>() - 0.0024855104975) < 1e-14);
        const auto& contributors = json["contributors"];
        QCOMPARE(contributors.size(), 2U);
        QVERIFY(contributors[0]["kind"] == "domain_correlation");
        QVERIFY(std::abs(contributors[0]["value"].get<double>() - 0.004975) < 1e-14);
        QVERIFY(contributors[1]["name"] == "objective_violation");
        QCOMPARE(json["components"].size(), 5U);
        QVERIFY(json["components"][0]["birnbaum"].is_null());
        QCOMPARE(json["nodes"].size(), 8U);
        QVERIFY(json["nodes"][0]["path"] == "");
        QVERIFY(json["nodes"][5]["path"] == "/steps/2");
        QVERIFY(json["nodes"][5]["type"] == "race");
        QCOMPARE(json["nodes"][5]["optimistic"].get<double>(), 0.999975);
        QCOMPARE(json["nodes"][5]["pessimistic"].get<double>(), 0.995);
    }

    /// One number alone comes out as it was written, in every output.
    void statedNumbersAreNotRounded_data()
    {
        QTest::addColumn<QByteArray>("stated");
        for (const auto* stated : {"0.9128", "0.999999999", "0.3", "0.25", "0.0001", "0.7", "0.99999"})
            QTest::newRow(stated) << QByteArray(stated);
    }
    void statedNumbersAreNotRounded()
    {
        QFETCH(QByteArray, stated);
        const QTemporaryDir folder;
        const auto path =
            write(folder, "x.yaml",
                  intent("{ref: a}", "{a: {kind: service, availability: " + stated + ", failureDomains: [x]}}"));
        const double number = stated.toDouble();
        const auto json = Json::parse(emac({"analyze", path, "--format", "json"}).out.toStdString());
        QVERIFY(json["availability"]["optimistic"] == number);
        QVERIFY(json["availability"]["pessimistic"] == number);
        QVERIFY(json["availability"]["envelope"]["lower"] == number);
        QVERIFY(json["nodes"][0]["optimistic"] == number);
        const auto text = emac({"analyze", path}).out;
        QVERIFY2(text.contains("A-  " + stated + ' ') && text.contains("A+  " + stated + ' '), text.constData());
        QCOMPARE(emac({"compile", path}).status, 0);
        for (const auto& [file, begin] : {std::pair("prometheus/recording-rules.yaml", "vector("),
                                          std::pair("report/derivation.small.yaml", "pessimistic: ")}) {
            QFile made(folder.filePath(QStringLiteral("compiled/") + file));
            QVERIFY(made.open(QIODevice::ReadOnly));
            const auto all = made.readAll();
            QVERIFY2(all.contains(begin + stated), all.constData());
        }
    }

    void commonCauseAndEnvelope()
    {
        const QTemporaryDir folder;
        const QByteArray components = "{a: {kind: service, availability: 0.9, failureDomains: ['zone:1']}, "
                                      "b: {kind: service, availability: 0.9, failureDomains: [";
        const QByteArray rules = "]}}\n  failureDomains: {rules: [{name: zone, kind: declared, availability: 0.99}]}";
        const QByteArray race = "{type: race, branches: [{ref: a}, {ref: b}]}";
        const auto analysed = [&](const char* domain, const QByteArray& op) {
            const auto file = write(folder, "i.yaml", intent(op, components + domain + rules));
            return Json::parse(emac({"analyze", file, "--format", "json"}).out.toStdString());
        };
        // Both in one zone, which fails one time in a hundred; the own parts are 0.9 / 0.99.
        const auto json = analysed("'zone:1'", race);
        const double own = 1 - 0.9 / 0.99;
        const double expected = 0.01 + 0.99 * own * own;
        QVERIFY(std::abs(json["availability"]["commonCause"].get<double>() - (1 - expected)) < 1e-14);
        QVERIFY(std::abs(json["availability"]["unavailability"]["commonCause"].get<double>() - expected) < 1e-14);
        QVERIFY(std::abs(json["nodes"][0]["commonCause"].get<double>() - (1 - expected)) < 1e-14);
        QVERIFY(json["nodes"][0]["envelope"]["sharp"] == true);
        QVERIFY(json["nodes"][0]["envelope"]["upper"] == 1.0);
        QVERIFY(json["nodes"][0]["envelope"]["lower"] == 0.9);
        QVERIFY(json["notes"].empty());

        const auto twice = analysed("'zone:1'", "{type: series, steps: [{ref: a}, {ref: b}, {ref: a}]}");
        QVERIFY(twice["availability"]["envelope"]["sharp"] == false);

        const auto mixed = analysed("zone", race);
        QVERIFY(mixed["availability"]["commonCause"].is_null());
        QVERIFY(mixed["availability"]["unavailability"]["commonCause"].is_null());
        QVERIFY(mixed["nodes"][0]["commonCause"].is_null());
        QCOMPARE(mixed["notes"].size(), 1U);
        QVERIFY(QByteArray::fromStdString(mixed["notes"][0].get<std::string>()).contains("'zone:1' of a"));
        // A null is explained among the reasons.
        QVERIFY(std::ranges::find(mixed["reasons"], mixed["notes"][0]) != mixed["reasons"].end());
        QVERIFY(std::ranges::find(json["reasons"], mixed["notes"][0]) == json["reasons"].end());
        const auto text = emac({"analyze", folder.filePath(QStringLiteral("i.yaml"))}).out;
        QVERIFY(text.contains("A*  not computed") && text.contains("'zone:1' of a"));
    }

    void everyExampleIsValidAndAnalysed()
    {
        int examples = 0;
        QDir folder(example(QString()));
        for (const auto& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            for (const auto& file : QDir(folder.filePath(name)).entryList({QStringLiteral("emac.*.yaml")})) {
                ++examples;
                const auto path = folder.filePath(name) + u'/' + file;
                const auto validated = emac({"validate", path});
                QVERIFY2(validated.status == 0, validated.err.constData());
                const auto analysed = emac({"analyze", path});
                QVERIFY2(analysed.status == 0, analysed.err.constData());
                QVERIFY(analysed.out.contains("Decision"));
            }
        }
        QVERIFY(examples >= 3);
    }

    void statuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("err");
        const QByteArray two = "{a: {kind: service, availability: 0.999, failureDomains: [x]}, b: {kind: service, "
                               "availability: 0.999, failureDomains: [y]}}";
        QTest::newRow("fine") << intent("{type: race, branches: [{ref: a}, {ref: b}]}", two) << 0 << QByteArray();
        QTest::newRow("unknown component")
            << intent("{type: race, branches: [{ref: a}, {ref: c}]}", two) << 2 << QByteArray(": error EMAC-3");
        QTest::newRow("syntax") << QByteArray("a: [1\nb: }\n") << 2 << QByteArray("EMAC-104");
        QTest::newRow("not an intent") << QByteArray("kind: Pod\napiVersion: v1\n") << 2 << QByteArray(": error EMAC-");
        QTest::newRow("empty file") << QByteArray() << 2 << QByteArray(": error EMAC-");
        QTest::newRow("binary") << QByteArray("\xff\xfe\x00\x01", 4) << 2 << QByteArray("EMAC-103");
    }
    void statuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, status);
        QFETCH(QByteArray, err);
        const QTemporaryDir folder;
        const auto path = write(folder, QStringLiteral("x.yaml"), text);
        for (const auto* format : {"text", "json"}) {
            const auto outcome = emac({"analyze", path, "--format", format});
            QCOMPARE(outcome.status, status);
            QVERIFY2(outcome.err.contains(err), outcome.err.constData());
            QCOMPARE(outcome.out.isEmpty(), status != 0); // on input with errors: nothing on stdout
        }
        const auto validated = emac({"validate", path});
        QCOMPARE(validated.status, status);
        QVERIFY2(validated.err.contains(err), validated.err.constData());
    }

    void diagnosticsNameFileLineAndColumn()
    {
        const QTemporaryDir folder;
        const auto path =
            write(folder, QStringLiteral("x.yaml"),
                  intent("{ref: a}", "{a: {kind: service, availability: 1.2, failureDomains: [x]}}", "1.5"));
        const auto outcome = emac({"validate", path});
        const auto lines = QString::fromUtf8(outcome.err).split(u'\n', Qt::SkipEmptyParts);
        QStringList starts;
        for (const auto& line : lines)
            starts.append(line.section(u' ', 0, 1).remove(path));
        QVERIFY2(starts.contains(QStringLiteral(":5:52: error")), outcome.err.constData());
        QVERIFY2(starts.contains(QStringLiteral(":7:49: error")), outcome.err.constData());
    }

    void observedInputsAreIntervals()
    {
        const QTemporaryDir folder;
        const auto path = write(folder, QStringLiteral("x.yaml"),
                                intent("{ref: a}", "{a: {kind: service, availability: {observed: {good: 999412, total: "
                                                   "1000000}}, failureDomains: [x]}}"));
        const auto outcome = emac({"analyze", path, "--inputs", "observed", "--format", "json"});
        QCOMPARE(outcome.status, 0);
        const auto band = Json::parse(outcome.out.toStdString())["availability"]["bands"]["optimistic"];
        QVERIFY(band["lower"].get<double>() < 0.999412);
        QVERIFY(band["upper"].get<double>() > 0.999412);
        QVERIFY(band["upper"].get<double>() - band["lower"].get<double>() < 2e-4);
    }

    void emptyJourneyHasNoNumbersButAReason()
    {
        const QTemporaryDir folder;
        const auto path = write(folder, QStringLiteral("x.yaml"),
                                "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: empty}\nspec:\n"
                                "  objectives: {availability: {window: 30d, target: 0.99}}\n");
        const auto outcome = emac({"analyze", path, "--format", "json"});
        QCOMPARE(outcome.status, 0);
        const auto json = Json::parse(outcome.out.toStdString());
        QVERIFY(json["availability"].is_null());
        QVERIFY(json["decision"].is_null());
        QCOMPARE(json["reasons"].size(), 1U);
        QVERIFY(emac({"analyze", path}).out.contains("the journey is empty"));
    }

    void hostileFilesEndWithADiagnostic_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("brackets") << QByteArray(1'000'000, '[') << QByteArray("EMAC-105");
        QTest::newRow("braces") << QByteArray("{a: ").repeated(100'000) << QByteArray("EMAC-105");
        QTest::newRow("dashes") << QByteArray("- ").repeated(100'000) + "a\n" << QByteArray("EMAC-105");
        QByteArray bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 12; ++i) {
            const auto last = QByteArray::number(i - 1);
            bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " ["
                    + ("*a" + last + ", ").repeated(9) + "*a" + last + "]\n";
        }
        QTest::newRow("alias bomb") << bomb << QByteArray("EMAC-106");
        QTest::newRow("nul") << QByteArray("a: b\0c\n", 7) << QByteArray("EMAC-1");
        QTest::newRow("colons") << QByteArray(200'000, ':') << QByteArray("EMAC-");
        QTest::newRow("anchors") << QByteArray("&").repeated(200'000) << QByteArray("EMAC-");
        QTest::newRow("quotes") << QByteArray("\"").repeated(199'999) << QByteArray("EMAC-");
        QTest::newRow("question marks") << QByteArray("? ").repeated(50'000) << QByteArray("EMAC-");
    }
    void hostileFilesEndWithADiagnostic()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, code);
        const QTemporaryDir folder;
        const auto path = write(folder, QStringLiteral("x.yaml"), text);
        const auto outcome = emac({"validate", path});
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains(code), outcome.err.left(500).constData());
    }

    void whatCannotBeWrittenIsNoSuccess()
    {
        const auto run = [](const QStringList& arguments, bool output) {
            QProcess process;
            if (output)
                process.setStandardOutputFile(QStringLiteral("/dev/full"));
            else
                process.setStandardErrorFile(QStringLiteral("/dev/full"));
            process.start(QStringLiteral(EMAC_BIN_DIR "/emac"), arguments);
            process.waitForFinished(60'000);
            return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
        };
        const auto checkout = example(QStringLiteral("checkout/emac.checkout.yaml"));
        QCOMPARE(run({"analyze", checkout}, true), 1);
        QCOMPARE(run({"validate", checkout}, true), 1);
        QCOMPARE(run({"analyze", checkout}, false), 0);
        QCOMPARE(run({"analyze", "/nonexistent.yaml"}, false), 1);
    }

    void aFileForgesNoLineAndNoTerminalSequence()
    {
        const QTemporaryDir folder;
        const auto path = write(folder, QStringLiteral("x.yaml"),
                                intent("{ref: a}", "{a: {kind: service, availability: \"x\\n\\e[2J0:1: error\"}}"));
        const auto outcome = emac({"validate", path});
        QVERIFY(!outcome.err.contains('\x1b'));
        QVERIFY(outcome.err.contains("x\\x0a\\x1b[2J0:1: error"));
        for (const auto& line : outcome.err.split('\n'))
            QVERIFY2(line.isEmpty() || line.contains(path.toUtf8()), line.constData());
    }

    void compileWritesAndNamesTheFiles()
    {
        const QTemporaryDir folder;
        const auto path = write(folder, QStringLiteral("x.yaml"),
                                intent("{ref: a}", "{a: {availability: 0.5, failureDomains: [x]}}"));
        for (int i = 0; i < 2; ++i) { // the second time it finds its own files
            const auto outcome = emac({"compile", path});
            QCOMPARE(outcome.status, 0); // whatever the decision
            QVERIFY(outcome.err.contains("EMAC-512"));
            const auto files = QString::fromUtf8(outcome.out).split(u'\n', Qt::SkipEmptyParts);
            const auto root = QDir(folder.path()).canonicalPath() + "/compiled/";
            const QStringList expected{root + "prometheus/recording-rules.yaml", root + "prometheus/alerts.yaml",
                                       root + "report/derivation.small.yaml"};
            QCOMPARE(files, expected);
            for (const auto& file : files)
                QVERIFY(QFile::exists(file));
        }
        const auto elsewhere = emac({"compile", path, "--out", folder.filePath("out"), "--flavor", "plain"});
        QCOMPARE(elsewhere.status, 0);
        QFile rules(folder.filePath("out/prometheus/recording-rules.yaml"));
        QVERIFY(rules.open(QIODevice::ReadOnly));
        QVERIFY(rules.readAll().contains("\ngroups:\n"));
    }

    void compileStatuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("said");
        const QByteArray stated = "{a: {availability: 0.9, failureDomains: [x]}}";
        QTest::newRow("nothing stated") << intent("{ref: a}", "{a: {failureDomains: [x]}}") << 2
                                        << QByteArray("error EMAC-502");
        QTest::newRow("faulty") << intent("{ref: b}", stated) << 2 << QByteArray("error EMAC-3");
        QTest::newRow("no intent") << QByteArray("a: b\n") << 2 << QByteArray("error EMAC-2");
        QTest::newRow("outside") << intent("{ref: a}", stated)
                                        + "  governance: {alerts: {promRuleOutput: ../../x.yaml}}\n"
                                 << 2 << QByteArray("error EMAC-431");
        QTest::newRow("a foreign file") << intent("{ref: a}", stated)
                                               + "  governance: {alerts: {promRuleOutput: p/foreign.yaml}}\n"
                                        << 1 << QByteArray("error EMAC-531");
        QTest::newRow("a file for a folder")
            << intent("{ref: a}", stated) + "  governance: {alerts: {promRuleOutput: foreign/p/a.yaml}}\n"
            << 1 << QByteArray("error EMAC-533");
    }
    /// Where something is wrong, no file is written and none is named.
    void compileStatuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, status);
        QFETCH(QByteArray, said);
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("p")));
        write(folder, QStringLiteral("p/foreign.yaml"), "by: hand\n");
        write(folder, QStringLiteral("foreign"), "no folder\n");
        const auto outcome = emac({"compile", write(folder, QStringLiteral("x.yaml"), text)});
        QCOMPARE(outcome.status, status);
        QVERIFY2(outcome.err.contains(said), outcome.err.constData());
        QVERIFY2(outcome.out.isEmpty(), outcome.out.constData());
        QVERIFY(!QFile::exists(folder.filePath("compiled")) && !QFile::exists(folder.filePath("p/report")));
        QFile foreign(folder.filePath("p/foreign.yaml"));
        QVERIFY(foreign.open(QIODevice::ReadOnly));
        QCOMPARE(foreign.readAll(), QByteArray("by: hand\n"));
    }

    void modelInPlay()
    {
        const QTemporaryDir folder;
        const auto path = write(folder, QStringLiteral("x.yaml"),
                                intent("{type: race, id: pay, branches: [{ref: a}, {ref: b}]}",
                                       "{a: {kind: service, availability: 0.999, failureDomains: [x]}, b: {kind: "
                                       "service, availability: 0.999, "
                                       "failureDomains: [x]}}"));
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral(".emac/accepted")));
        write(folder, QStringLiteral(".emac/accepted/x.yaml"),
              "apiVersion: emac.dev/v1alpha1\nkind: AcceptedJourneyModel\nmetadata: {name: small}\nspec:\n"
              "  failureDomains: {effective: {a: [x], b: [y]}}\n  confidence: {overall: 0.9}\n");
        const auto json = Json::parse(emac({"analyze", path, "--format", "json"}).out.toStdString());
        QCOMPARE(json["confidence"].get<double>(), 0.9);
        QVERIFY(json["decision"] == "PASS");
        QVERIFY(json["availability"]["pessimistic"] == json["availability"]["optimistic"]); // y is apart from x
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
