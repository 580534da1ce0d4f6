// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/evaluate.h"
#include "core/workspace/open.h"
#include "tests/artifacts/work_folder.h"

#include <QTest>

using namespace emac;
using namespace std::chrono_literals;

/// Measured times in files around an intent.
class TestSampleFiles : public QObject
{
    Q_OBJECT

private slots:
    void files();
    void outside();
    void ofAnIntent();
    void withoutAndWithLatency();
};

namespace {

const std::string intent =
    "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\nspec:\n"
    "  operator: {ref: a}\n  objectives:\n    latency: {window: 30d, objective: {metric: p50, "
    "threshold: 200ms}}\n    deadline: {window: 30d, seconds: 300ms, target: 0.5}\n"
    "  components: {a: {availability: 0.9, failureDomains: [d], latency: {samples: ../t.csv}}}\n";

} // namespace

void TestSampleFiles::files()
{
    const tests::WorkFolder folder;
    folder.write("a/times.csv", "0.2\n100ms\n");
    folder.write("a/faulty.csv", "0.2\nx\n");
    const auto files =
        workspace::readSampleFiles(folder.path("a/i.yaml"), {"times.csv", "faulty.csv", "gone.csv", "../a"});
    QCOMPARE(files.size(), 4U);
    QCOMPARE(files.at("times.csv")->value, std::optional(spec::SampledTimes{100ms, 200ms}));
    const auto first = [&files](const char* name) { return files.at(name)->diagnostics.at(0); };
    QVERIFY(!files.at("faulty.csv")->value);
    QVERIFY(first("faulty.csv").message.code == base::Code::SampleUnreadable);
    QVERIFY((first("faulty.csv").place
             == base::Place{std::filesystem::canonical(folder.path("a/faulty.csv")).string(), 2, 1}));
    QVERIFY(first("gone.csv").message.code == base::Code::FileUnreadable);
    QVERIFY(first("../a").message.code == base::Code::FileUnreadable);

    auto others = files;
    QVERIFY(workspace::equalSamples(files, others));
    QVERIFY(workspace::equalSamples(
        files, workspace::readSampleFiles(folder.path("a/i.yaml"), {"times.csv", "faulty.csv", "gone.csv", "../a"})));
    others.erase("gone.csv");
    QVERIFY(!workspace::equalSamples(files, others));
    folder.write("a/times.csv", "0.2\n101ms\n");
    others = workspace::readSampleFiles(folder.path("a/i.yaml"), {"times.csv", "faulty.csv", "gone.csv", "../a"});
    QVERIFY(!workspace::equalSamples(files, others));
}

/// What does not lie in the working copy is not read.
void TestSampleFiles::outside()
{
    const tests::WorkFolder other;
    other.write("times.csv", "0.2\n");
    const tests::WorkFolder folder;
    std::filesystem::create_symlink(other.path("times.csv"), folder.path("link.csv"));
    const auto absolute = other.path("times.csv").string();
    const auto files = workspace::readSampleFiles(folder.path("i.yaml"), {absolute, "link.csv", "../../x.csv"});
    for (const auto& [path, file] : files) {
        QVERIFY2(!file->value, path.c_str());
        QVERIFY(file->diagnostics.at(0).message.code == base::Code::PathOutside);
    }
}

void TestSampleFiles::ofAnIntent()
{
    const tests::WorkFolder folder;
    folder.write("a/i.yaml", intent);
    folder.write("t.csv", "0.2\n100ms\n");
    const auto opened = workspace::openIntent(folder.path("a/i.yaml"));
    QVERIFY(opened.samples.at("../t.csv")->value);
    QVERIFY(opened.diagnostics.empty());
    const auto found = workspace::openSurroundings(folder.path("a/i.yaml"), {"../t.csv"});
    QVERIFY(workspace::equalSamples(found.samples, opened.samples));
    QVERIFY(workspace::openSurroundings(folder.path("a/i.yaml"), {}).samples.empty());
}

void TestSampleFiles::withoutAndWithLatency()
{
    const tests::WorkFolder folder;
    folder.write("a/i.yaml", intent);
    std::string times;
    for (int i = 0; i < 1000; ++i)
        times += "100ms\n";
    folder.write("t.csv", times);
    const auto opened = workspace::openIntent(folder.path("a/i.yaml"));
    const auto& document = *opened.document;
    const auto early = workspace::evaluate(document, opened).value();
    QVERIFY(early.inputs.find("a")->latency);
    QVERIFY(!early.latency && !early.decision.verdict);
    const auto whole =
        workspace::evaluate(document, opened, spec::InputChoice::Target, {}, {}, workspace::Latency::Computed).value();
    QVERIFY(whole.latency && whole.latency->law);
    QCOMPARE(whole.latency->law->independent.deadlines.size(), 2U);
    QVERIFY(whole.latency->law->independent.deadlines[0].limit == 300ms);
    // The part that was left, computed apart, is the same.
    const auto options = workspace::latencyOptions(document.intent.objectives);
    const auto later = workspace::evaluateLatency(document.intent, early, nullptr, options).value();
    QVERIFY(later.latency == *whole.latency);
    QVERIFY(later.decision->verdict == whole.decision.verdict);
    QVERIFY(later.decision->objectives == whole.decision.objectives);
    QCOMPARE(later.decision->reasons, whole.decision.reasons);
    QVERIFY(later.decision->verdict == governance::Verdict::Pass);

    const base::Watch expired({}, base::Watch::Clock::duration::zero());
    QVERIFY(!workspace::evaluateLatency(document.intent, early, nullptr, options, expired));
}

QTEST_GUILESS_MAIN(TestSampleFiles)
#include "tst_sample_files.moc"
