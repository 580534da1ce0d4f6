// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "widgets/document/fileopener.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/lane.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

namespace {

base::Ratio ratio(const char* text)
{
    return base::Ratio(*base::Decimal::parse(text));
}

journey::Edit availability(const char* component, const char* value)
{
    return journey::SetAvailability{component, ratio(value)};
}

bool isCurrent(const JourneyDocument& document)
{
    return document.evaluation() && document.evaluation()->revision == document.revision();
}

double pessimistic(const JourneyDocument& document)
{
    return document.evaluation()->analysis.journey->sharedFate.worst;
}

} // namespace

class TestDocument : public QObject
{
    Q_OBJECT

private slots:
    void numbersOfTheOpenedFile()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(document.isReadable());
        QCOMPARE(document.title(), QStringLiteral("checkout"));
        QTRY_VERIFY(isCurrent(document));
        QCOMPARE(pessimistic(document), 0.0074855104975);
        QCOMPARE(document.evaluation()->decision.verdict, governance::Verdict::Fail);
        QVERIFY(!base::hasErrors(document.diagnostics()));
        QVERIFY(!document.isModified());
    }

    void editPatchesOneScalarAndFollowsLive()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QSignalSpy modified(&document, &JourneyDocument::modifiedChanged);
        QCOMPARE(document.apply(availability("paya", "0.9999"), QStringLiteral("set paya")), QString());
        auto expected = CheckoutFolder::intentText();
        expected.replace("paya: {kind: external_dependency, availability: 0.995,",
                         "paya: {kind: external_dependency, availability: 0.9999,");
        QCOMPARE(QByteArray::fromStdString(document.text()), expected);
        QCOMPARE(modified.size(), 1);
        QVERIFY(document.isModified());
        QTRY_VERIFY(isCurrent(document));
        QVERIFY(pessimistic(document) < 0.005);
        QCOMPARE(document.evaluation()->decision.verdict, governance::Verdict::Pass);
    }

    void overrideAndResetOfAReference()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QCOMPARE(document.apply(availability("front", "0.99"), QStringLiteral("override")), QString());
        auto expected = CheckoutFolder::intentText();
        expected.replace("# the contract\n", "# the contract\n      availability: 0.99\n");
        QCOMPARE(QByteArray::fromStdString(document.text()), expected);
        QTRY_VERIFY(isCurrent(document));
        QCOMPARE(document.evaluation()->inputs.find("front")->provenance.source, journey::Provenance::Source::Inline);
        QCOMPARE(document.apply(journey::SetAvailability{"front", std::nullopt}, QStringLiteral("reset")), QString());
        QCOMPARE(QByteArray::fromStdString(document.text()), CheckoutFolder::intentText());
        QVERIFY(!document.isModified());
    }

    void undoBringsBackEveryByteAndTheNumbers()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        const auto race = journey::nodePlaces(document.intent().journey)[5].node;
        QCOMPARE(race->name, std::string("payment"));
        QCOMPARE(document.apply(availability("cart", "0.9"), QStringLiteral("a")), QString());
        QCOMPARE(document.apply(journey::SetDuration{race->id, std::chrono::milliseconds(75)}, QStringLiteral("b")),
                 QString());
        QCOMPARE(document.apply(journey::SetObjectiveTarget{ratio("0.99")}, QStringLiteral("c")), QString());
        const auto edited = document.text();
        QVERIFY(edited.find("hedgeDelay: 75ms") != std::string::npos);
        QVERIFY(edited.find("target: 0.99}") != std::string::npos);
        while (document.undoStack()->canUndo())
            document.undoStack()->undo();
        QCOMPARE(QByteArray::fromStdString(document.text()), CheckoutFolder::intentText());
        QVERIFY(!document.isModified());
        while (document.undoStack()->canRedo())
            document.undoStack()->redo();
        QCOMPARE(document.text(), edited);
        QTRY_VERIFY(isCurrent(document));
        QVERIFY(pessimistic(document) > 0.1);
    }

    void editsOfOneValueBecomeOneStep()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        for (const auto* value : {"0.99", "0.98", "0.97"})
            QCOMPARE(document.apply(availability("cart", value), QStringLiteral("set cart")), QString());
        QCOMPARE(document.undoStack()->count(), 1);
        QCOMPARE(document.apply(availability("pricing", "0.97"), QStringLiteral("set pricing")), QString());
        QCOMPARE(document.undoStack()->count(), 2);
        QCOMPARE(document.apply(availability("pricing", "0.999"), QStringLiteral("set pricing")), QString());
        QCOMPARE(document.undoStack()->count(), 1); // back where it began: no step at all
        QCOMPARE(document.apply(availability("pricing", "0.999"), QStringLiteral("again")), QString());
        QCOMPARE(document.undoStack()->count(), 1);
    }

    void aGestureIsOneStepHoweverLongItTakes()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        const auto set = [&document](const char* value) {
            QCOMPARE(document.apply(availability("cart", value), QStringLiteral("set cart")), QString());
        };
        document.beginGesture();
        set("0.99");
        QTest::qWait(1100); // longer than typing merges
        set("0.98");
        document.endGesture();
        QCOMPARE(document.undoStack()->count(), 1);

        document.beginGesture(); // at once, and yet another one
        set("0.97");
        document.endGesture();
        QCOMPARE(document.undoStack()->count(), 2);
        set("0.96"); // what is typed afterwards is none of it
        QCOMPARE(document.undoStack()->count(), 3);

        const auto before = document.text();
        document.beginGesture();
        set("0.95");
        set("0.94");
        document.giveUpGesture();
        QCOMPARE(document.text(), before);
        QCOMPARE(document.undoStack()->count(), 3);
        document.beginGesture(); // nothing was done in it
        document.giveUpGesture();
        QCOMPARE(document.undoStack()->index(), 3);
        QVERIFY(!document.undoStack()->canRedo());
    }

    void refusalsSayWhy_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("reason");
        QTest::newRow("outside") << QByteArray("1.5") << QStringLiteral("outside [0, 1]");
        QTest::newRow("negative") << QByteArray("-0.1") << QStringLiteral("outside [0, 1]");
    }
    void refusalsSayWhy()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, reason);
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        const auto answer = document.apply(availability("cart", value.constData()), QStringLiteral("x"));
        QVERIFY2(answer.contains(reason), qPrintable(answer));
        QVERIFY(!document.isModified());
        QCOMPARE(document.undoStack()->count(), 0);
    }

    void savesOnlyWhatChanged()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QCOMPARE(document.apply(availability("cart", "0.9991"), QStringLiteral("x")), QString());
        QCOMPARE(document.save(), QString());
        QVERIFY(!document.isModified());
        auto expected = CheckoutFolder::intentText();
        expected.replace("cart: {kind: service, availability: 0.999,", "cart: {kind: service, availability: 0.9991,");
        QCOMPARE(folder.read(), expected);
        document.undoStack()->undo();
        QVERIFY(document.isModified());
        QCOMPARE(document.save(), QString());
        QCOMPARE(folder.read(), CheckoutFolder::intentText());
    }

    void savingIsRefusedWhenTheFileChangedOnDisk()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QCOMPARE(document.apply(availability("cart", "0.9991"), QStringLiteral("x")), QString());
        const QByteArray theirs = CheckoutFolder::intentText() + "# theirs\n";
        folder.write(QStringLiteral("checkout.yaml"), theirs);
        const auto reason = document.save();
        QVERIFY2(reason.contains(QStringLiteral("changed on disk")), qPrintable(reason));
        QCOMPARE(folder.read(), theirs);
        QVERIFY(document.isModified());
    }

    void errorsWithholdTheVerdictAndTheSaving()
    {
        const CheckoutFolder folder;
        auto text = CheckoutFolder::intentText();
        text.replace("      - ref: front\n", "      - ref: frontt\n");
        folder.write(QStringLiteral("checkout.yaml"), text);
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(document.isReadable());
        QTRY_VERIFY(isCurrent(document));
        QVERIFY(base::hasErrors(document.diagnostics()));
        QVERIFY(!document.decision()->verdict);
        QCOMPARE(document.decision()->reasons.front().message.code, base::Code::FileHasErrors);
        QCOMPARE(document.apply(availability("cart", "0.9991"), QStringLiteral("x")), QString());
        QVERIFY(!document.save().isEmpty());
        QCOMPARE(folder.read(), text);
        QCOMPARE(document.save(JourneyDocument::Errors::Accept), QString());
        QVERIFY(folder.read() != text);
    }

    void diagnosticsFollowTheText()
    {
        const CheckoutFolder folder;
        auto text = CheckoutFolder::intentText();
        text.replace("    cart: {kind: service,", "    cart: {kind: service, colour: blue,");
        folder.write(QStringLiteral("checkout.yaml"), text);
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        const auto unknownKeyLine = [&document] {
            for (const auto& diagnostic : document.diagnostics()) {
                const auto& arguments = diagnostic.message.arguments;
                if (std::ranges::find(arguments, "colour") != arguments.end())
                    return diagnostic.place.line;
            }
            return 0U;
        };
        const auto before = unknownKeyLine();
        QVERIFY(before > 0);
        QCOMPARE(document.apply(availability("front", "0.99"), QStringLiteral("override")), QString());
        QTRY_COMPARE(unknownKeyLine(), before + 1); // the new entry stands in a line above it
    }

    void problemsOfElementsFollowTheDocument()
    {
        const CheckoutFolder folder;
        auto text = CheckoutFolder::intentText();
        text.replace("    cart: {kind: service,", "    cart: {kind: service, colour: blue,");
        text += "    spare: {kind: service}\n";
        folder.write(QStringLiteral("checkout.yaml"), text);
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        const auto worst = [&document](const char* component) {
            const auto found = document.problems().find(journey::Element::component(component));
            return found == document.problems().end() ? std::nullopt : std::optional(found->second);
        };
        QVERIFY(worst("cart") == base::Severity::Warning);
        QVERIFY(!worst("pricing"));
        QTRY_VERIFY(worst("spare")); // a note: nothing calls it
        QCOMPARE(document.apply(availability("front", "0.99"), QStringLiteral("override")), QString());
        QTRY_VERIFY(worst("cart") == base::Severity::Warning);
        QString heard;
        connect(&document, &JourneyDocument::diagnosticsChanged, this,
                [&] { heard = worst("cart") ? QStringLiteral("still there") : QStringLiteral("gone"); });
        QCOMPARE(document.setText(CheckoutFolder::intentText().toStdString()), QString());
        QTRY_COMPARE(heard, QStringLiteral("gone")); // who hears of it finds them as they are now
        QVERIFY(!worst("spare"));
        document.undoStack()->undo();
        QTRY_VERIFY(worst("cart") == base::Severity::Warning);
    }

    void aFileThatIsNoJourneyHasTextAndProblems()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("broken.yaml"), "a: [1, 2\nb: }\n");
        JourneyDocument document(workspace::openIntent(folder.path(QStringLiteral("broken.yaml")).toStdString()));
        QVERIFY(!document.isReadable());
        QVERIFY(base::hasErrors(document.diagnostics()));
        QCOMPARE(document.text(), std::string("a: [1, 2\nb: }\n"));
        QVERIFY(!document.apply(availability("cart", "0.9"), QStringLiteral("x")).isEmpty());
    }

    void staleResultsAreNeverShownAsCurrent()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        quint64 last = 0;
        connect(&document, &JourneyDocument::evaluationChanged, this, [&] {
            QVERIFY(document.evaluation()->revision >= last);
            last = document.evaluation()->revision;
        });
        for (int i = 1; i < 200; ++i) {
            const auto value = std::to_string(i) + "e-3";
            QCOMPARE(document.apply(availability("cart", value.c_str()), QStringLiteral("drag")), QString());
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(isCurrent(document));
        QCOMPARE(document.evaluation()->inputs.find("cart")->failure.nominal, 0.801);
        QVERIFY(!document.isStale());
    }

    void laneKeepsTheNewestJobOnly()
    {
        std::atomic<int> done{0};
        QSemaphore started;
        QSemaphore release;
        {
            Lane lane(std::chrono::milliseconds(10'000));
            lane.submit([&](const base::Watch&) {
                started.release();
                release.acquire();
                done += 1;
            });
            started.acquire();
            lane.submit([&](const base::Watch&) { done += 10; });
            lane.submit([&](const base::Watch&) {
                done += 100;
                started.release();
            });
            release.release();
            started.acquire();
        }
        QCOMPARE(done.load(), 101);
    }

    void laneStopsWhatHasHadItsGrace()
    {
        std::atomic<bool> stopped{false};
        QSemaphore started;
        Lane lane(std::chrono::milliseconds(20));
        lane.submit([&](const base::Watch& watch) {
            started.release();
            while (!watch.expired())
                std::this_thread::yield();
            stopped = true;
        });
        started.acquire();
        lane.submit([](const base::Watch&) {});
        QTRY_VERIFY(stopped);
    }

    void graceOfOneJobDoesNotStopTheNext()
    {
        QSemaphore started;
        std::atomic<bool> second{false};
        Lane lane(std::chrono::milliseconds(50));
        lane.submit([&](const base::Watch&) {
            started.release();
            QThread::msleep(30);
        });
        started.acquire();
        lane.submit([&](const base::Watch& watch) {
            QThread::msleep(100); // beyond the grace counted from the first job
            second = !watch.expired();
            started.release();
        });
        QTRY_COMPARE(started.available(), 1); // with the event loop, which the grace's timer needs
        QVERIFY(second);
    }

    void anIdleLaneDoesEveryJob()
    {
        QSemaphore done;
        Lane lane(std::chrono::milliseconds(0));
        for (int i = 0; i < 2000; ++i) {
            std::atomic<bool> whole{false};
            lane.submit([&](const base::Watch& watch) {
                whole = !watch.expired();
                done.release();
            });
            done.acquire();
            QVERIFY(whole);
        }
    }

    void destroyingDropsWhatIsPending()
    {
        std::atomic<int> done{0};
        QSemaphore started;
        {
            Lane lane(std::chrono::milliseconds(10'000));
            lane.submit([&](const base::Watch& watch) {
                started.release();
                while (!watch.expired())
                    std::this_thread::yield();
                done += 1;
            });
            started.acquire();
            lane.submit([&](const base::Watch&) { done += 10; });
        }
        QCOMPARE(done.load(), 1);
    }

    void filesOpenInOrderOffTheGuiThread()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("second.yaml"), CheckoutFolder::intentText());
        FileOpener opener;
        QStringList opened;
        connect(&opener, &FileOpener::opened, this,
                [&opened](const auto& file) { opened.append(QString::fromStdString(file->path)); });
        opener.open(folder.path());
        opener.open(folder.path(QStringLiteral("second.yaml")));
        QCOMPARE(opener.pending(), 2);
        QTRY_COMPARE(opener.pending(), 0);
        QCOMPARE(opened, QStringList({folder.path(), folder.path(QStringLiteral("second.yaml"))}));
    }
};

QTEST_MAIN(TestDocument)
#include "tst_document.moc"
