// SPDX-License-Identifier: GPL-3.0-or-later
#include "latencytools.h"
#include "paneltools.h"
#include "widgets/document/latencywork.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <mutex>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::HandMade;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

namespace {

QByteArray withObjectives(const char* objectives)
{
    auto text = CheckoutFolder::intentText();
    text.replace("    availability: {window: 30d, target: 0.995}\n", objectives);
    return text;
}

/// Answers with a law made by hand, when it is let go.
struct Analyst
{
    struct Asked
    {
        analysis::LatencyOptions options;
        journey::NodeId root;
    };
    mutable std::mutex mutex;
    std::vector<Asked> asked;
    std::atomic<bool> waits = false;
    QSemaphore started;
    QSemaphore go;
    std::atomic<int> given{0};
    std::atomic<int> stopped{0};

    workspace::AnalyseLatency function()
    {
        return [this](const journey::Journey& journey, const journey::Inputs&, const analysis::LatencyOptions& options,
                      const base::Watch& watch, analysis::Memo*) -> std::optional<analysis::LatencyAnalysis> {
            {
                const std::scoped_lock lock(mutex);
                asked.push_back({options, journey.root->id});
            }
            started.release();
            if (waits) {
                while (!go.tryAcquire(1, 1)) {
                    if (watch.expired()) {
                        ++stopped;
                        return std::nullopt;
                    }
                }
            }
            analysis::LatencyAnalysis result;
            result.law = HandMade{0.1 * ++given}.law();
            if (!options.sharedFate)
                result.law->sharedFate.reset();
            if (!options.envelope)
                result.law->envelope.reset();
            return result;
        };
    }
    std::vector<Asked> questions() const
    {
        const std::scoped_lock lock(mutex);
        return asked;
    }
};

/// Numbers of a document as they are now.
std::shared_ptr<const Evaluation> numbers(const OpenJourney& open)
{
    if (!QTest::qWaitFor([&] { return isCurrent(*open.document); }))
        return nullptr;
    return open.document->evaluation();
}

/// The same of another revision.
std::shared_ptr<const Evaluation> ofRevision(const Evaluation& evaluation, quint64 revision)
{
    auto copy = std::make_shared<Evaluation>(evaluation);
    copy->revision = revision;
    return copy;
}

} // namespace

class TestLatencyWork : public QObject
{
    Q_OBJECT

private slots:
    void onlyWhereSomebodyLooks()
    {
        const OpenJourney open;
        Analyst analyst;
        LatencyWork work(analyst.function());
        work.follow(numbers(open));
        QTest::qWait(20);
        QVERIFY(analyst.questions().empty());
        QVERIFY(!work.result());
        {
            QObject view;
            work.setWanted(&view, true);
            QVERIFY(work.isWanted());
            QTRY_VERIFY(work.result() && work.result()->complete);
        }
        QVERIFY(!work.isWanted()); // it was deleted
        QTRY_VERIFY(!work.result()); // nobody follows it any more
        work.follow(ofRevision(*numbers(open), 7));
        QVERIFY(!work.result());
    }

    void workStopsWhenNobodyLooksAnyMore()
    {
        const OpenJourney open;
        Analyst analyst;
        LatencyWork work(analyst.function());
        QObject one;
        QObject other;
        analyst.waits = true;
        work.setWanted(&one, true);
        work.setWanted(&other, true);
        work.follow(numbers(open));
        analyst.started.acquire();
        QSignalSpy changed(&work, &LatencyWork::changed);
        work.setWanted(&one, false);
        QVERIFY(!work.isDone()); // the other looks
        work.setWanted(&other, false);
        QVERIFY(work.isDone());
        QCOMPARE(changed.size(), 1); // who waits for it does so no longer
        QTRY_COMPARE(analyst.stopped, 1); // though nobody let it go
        QTest::qWait(200);
        QVERIFY(!work.isStale());
        QVERIFY(!work.result());
        QCOMPARE(analyst.questions().size(), 1U);
    }

    void workOnAnEarlierValueStopsBeforeTheNewNumbersAreThere()
    {
        const OpenJourney open;
        Analyst analyst;
        LatencyWork work(analyst.function());
        QObject view;
        analyst.waits = true;
        work.setWanted(&view, true);
        work.follow(numbers(open));
        analyst.started.acquire();
        work.expectNewer();
        QTRY_COMPARE(analyst.stopped, 1);
        QVERIFY(!work.isDone());
        analyst.waits = false;
        work.follow(ofRevision(*numbers(open), 7));
        QTRY_VERIFY(work.result() && work.result()->complete);
        QCOMPARE(work.result()->revision, 7U);
    }

    void objectivesOnTimeAreJudged_data()
    {
        QTest::addColumn<QByteArray>("objectives");
        QTest::newRow("latency") << QByteArray(
            "    latency: {window: 30d, objective: {metric: p95, threshold: 300ms}}\n");
        QTest::newRow("deadline") << QByteArray("    deadline: {window: 30d, seconds: 1s, target: 0.99}\n");
    }
    void objectivesOnTimeAreJudged()
    {
        QFETCH(QByteArray, objectives);
        const OpenJourney open(withObjectives(objectives));
        QVERIFY(open.document->isReadable());
        Analyst analyst;
        LatencyWork work(analyst.function());
        work.follow(numbers(open));
        QTRY_VERIFY(work.result() && work.result()->complete);
        QVERIFY(work.result()->decision);
        QVERIFY(work.result()->journey.law->envelope); // which raises what is judged, though nobody looks
        const auto questions = analyst.questions();
        QCOMPARE(questions.size(), 3U);
        for (const auto& question : questions) {
            QCOMPARE(question.options.curvePoints, 0U);
            QCOMPARE(question.options.deadlines.size(), 1U);
        }
        QCOMPARE(work.percentile(), objectives.contains("p95") ? 2U : 3U);
    }

    void resultsComeInSteps()
    {
        const OpenJourney open;
        Analyst analyst;
        LatencyWork work(analyst.function());
        QObject view;
        work.setWanted(&view, true);
        std::vector<std::shared_ptr<const LatencyResult>> results;
        connect(&work, &LatencyWork::changed, this, [&] { results.push_back(work.result()); });
        const auto node = open.node(journey::OperatorType::Race).node;
        work.setNode(node);
        work.follow(numbers(open));
        QTRY_COMPARE(results.size(), 3U);
        for (std::size_t i = 0; i < results.size(); ++i) {
            QCOMPARE(results[i]->complete, i == 2);
            QCOMPARE(results[i]->journey.law->sharedFate.has_value(), i >= 1);
            QCOMPARE(results[i]->journey.law->envelope.has_value(), i == 2);
            QCOMPARE(results[i]->node, node);
            QVERIFY(results[i]->selected);
        }
        auto raised = *results[1]->journey.law;
        QVERIFY(results[2]->journey.law != raised);
        analysis::addEnvelope(raised, *results[2]->journey.law->envelope);
        QCOMPARE(results[2]->journey.law, raised);
        for (const auto& question : analyst.questions())
            QCOMPARE(question.options.curvePoints, LatencyWork::curvePoints);

        // Another selection asks for its own law only.
        const auto before = analyst.questions().size();
        work.setNode(open.call("cart").node);
        QTRY_COMPARE(results.size(), 4U);
        QVERIFY(results[3]->complete);
        QCOMPARE(analyst.questions().size(), before + 1);
        QCOMPARE(analyst.questions().back().options.node, std::optional(open.call("cart").node));
        QCOMPARE(results[3]->journey, results[2]->journey);

        // The whole is no selection; nor is what is not there.
        for (const auto& nobody : {open.document->intent().journey.root->id, journey::NodeId{}, journey::newNodeId()}) {
            work.setNode(nobody);
            QTRY_VERIFY(!work.result()->selected);
            QCOMPARE(work.result()->node, journey::NodeId{});
            work.setNode(node);
            QTRY_VERIFY(work.result()->selected);
        }
    }

    void theVerdictIsOfAllThatIsKnown_data()
    {
        QTest::addColumn<QByteArray>("assumption");
        QTest::addColumn<int>("first");
        QTest::newRow("independent") << QByteArray("independent") << 0;
        QTest::newRow("upper confidence") << QByteArray("upperConfidence") << 1;
        QTest::newRow("envelope") << QByteArray("envelope") << 2;
    }
    void theVerdictIsOfAllThatIsKnown()
    {
        QFETCH(QByteArray, assumption);
        QFETCH(int, first);
        auto text = emac::tests::checkoutWithLatency();
        text.replace("spec:\n",
                     QByteArray("spec:\n  governance: {useBoundsForAutomation: {latency: " + assumption + "}}\n"));
        const OpenJourney open(text);
        QVERIFY2(open.document->isReadable() && !open.document->hasErrors(), "the text is a journey");
        LatencyWork work(analysis::analyseLatency);
        std::vector<std::shared_ptr<const LatencyResult>> results;
        connect(&work, &LatencyWork::changed, this, [&] { results.push_back(work.result()); });
        work.follow(numbers(open));
        QTRY_COMPARE(results.size(), 3U);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(results[static_cast<std::size_t>(i)]->decision.has_value(), i >= first);
        // The last one judges what one analysis of the whole says.
        const auto& intent = open.document->intent();
        const auto whole =
            workspace::evaluateLatency(intent, *numbers(open), nullptr, workspace::latencyOptions(intent.objectives));
        QCOMPARE(results[2]->journey, whole->latency);
        QCOMPARE(results[2]->decision->objectives, whole->decision->objectives);
        QCOMPARE(results[2]->decision->reasons, whole->decision->reasons);
        QCOMPARE(results[2]->notes, whole->notes);
    }

    void whatIsOlderNeverShows()
    {
        const OpenJourney open;
        const auto first = numbers(open);
        Analyst analyst;
        LatencyWork work(analyst.function());
        QObject view;
        work.setWanted(&view, true);
        quint64 last = 0;
        connect(&work, &LatencyWork::changed, &view, [&] {
            QVERIFY(work.result()->revision >= last);
            last = work.result()->revision;
        });
        for (quint64 revision = 1; revision < 200; ++revision) {
            work.follow(ofRevision(*first, revision));
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(work.result() && work.result()->revision == 199 && work.result()->complete);
        QVERIFY(!work.isStale());
    }

    void aNewerRequestCancelsAndLatenessIsTold()
    {
        const OpenJourney open;
        const auto first = numbers(open);
        Analyst analyst;
        LatencyWork work(analyst.function());
        QObject view;
        work.setWanted(&view, true);
        QSignalSpy late(&work, &LatencyWork::staleChanged);
        analyst.waits = true;
        work.follow(ofRevision(*first, 1));
        analyst.started.acquire();
        work.follow(ofRevision(*first, 2)); // the first one gives up, though nobody lets it go
        analyst.started.acquire();
        QVERIFY(!work.result());
        QTRY_VERIFY(work.isStale());
        QCOMPARE(late.size(), 1);
        analyst.waits = false;
        analyst.go.release(8);
        QTRY_VERIFY(work.result());
        QCOMPARE(work.result()->revision, 2U);
        QVERIFY(!work.isStale());
        QCOMPARE(late.size(), 2);
    }

    void thePercentileIsChosenOrTheObjectives()
    {
        const OpenJourney open(
            withObjectives("    latency: {window: 30d, objective: {metric: p999, threshold: 300ms}}\n"));
        Analyst analyst;
        LatencyWork work(analyst.function());
        QSignalSpy changed(&work, &LatencyWork::percentileChanged);
        QCOMPARE(work.percentile(), 3U);
        work.follow(numbers(open));
        QCOMPARE(work.percentile(), 4U);
        QCOMPARE(changed.size(), 1);
        work.setPercentile(0);
        QCOMPARE(work.percentile(), 0U);
        work.setPercentile(99);
        QCOMPARE(work.percentile(), 0U);
        QCOMPARE(changed.size(), 2);
        QVERIFY(!analysis::percentileIndex("p98"));
    }

    void theVerdictComesWithTheLaws()
    {
        const OpenJourney open(withObjectives("    availability: {window: 30d, target: 0.995}\n"
                                              "    deadline: {window: 30d, seconds: 1s, target: 0.99}\n"));
        auto& document = *open.document;
        connect(&document, &JourneyDocument::decisionChanged, this, [&] {
            const auto& judged = document.judged();
            QVERIFY(judged.latency);
            QCOMPARE(judged.latency->revision, judged.evaluation->revision);
            QCOMPARE(judged.latency->evaluation, judged.evaluation);
        });
        QTRY_VERIFY(document.judged().evaluation);
        const auto before = document.judged().evaluation;
        QCOMPARE(document.decision()->objectives.back().name, std::string("deadline"));
        const journey::Edit edit = journey::SetAvailability{"paya", base::Ratio(*base::Decimal::parse("0.9"))};
        QCOMPARE(document.apply(edit, QStringLiteral("edit")), QString());
        QTRY_VERIFY(document.judged().evaluation != before);
        QCOMPARE(document.judged().evaluation->revision, document.revision());
    }

    void anEmptyJourneyHasNoLaws()
    {
        OpenJourney open("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: empty}\nspec:\n"
                         "  objectives: {deadline: {window: 30d, seconds: 1s, target: 0.99}}\n");
        QObject view;
        open.document->latencyWork()->setWanted(&view, true);
        QTRY_VERIFY(open.document->judged().evaluation);
        QVERIFY(!open.document->latency());
        QVERIFY(open.document->decision());
    }
};

QTEST_MAIN(TestLatencyWork)
#include "tst_latencywork.moc"
