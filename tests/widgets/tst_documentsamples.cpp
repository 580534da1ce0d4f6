// SPDX-License-Identifier: GPL-3.0-or-later
// The files of measured times that a journey names: read when they are named, and followed.
#include "checkoutfolder.h"
#include "widgets/document/journeydocument.h"

#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace emac;
using namespace emac::widgets;
using namespace std::chrono_literals;
using emac::tests::CheckoutFolder;

class TestDocumentSamples : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void theyAreReadAndFollowed();
    void theyAreReadWithTheFile();

private:
    static QString times() { return QStringLiteral("times.csv"); }

    /// How many of a thousand calls of the cart take at most 15 ms; −1 while its latency is not known.
    static int quick(const JourneyDocument& document)
    {
        const auto evaluation = document.evaluation();
        const auto* input = evaluation ? evaluation->inputs.find("cart") : nullptr;
        return input == nullptr || !input->latency ? -1 : qRound(1000 * input->latency->nominal(15ms));
    }

    static bool isSaidToBeFaulty(const JourneyDocument& document)
    {
        return std::ranges::any_of(document.diagnostics(), [](const base::Diagnostic& diagnostic) {
            return diagnostic.message.code == base::Code::SamplesFaulty;
        });
    }

    static journey::Edit measured(const JourneyDocument& document)
    {
        auto cart = *document.intent().journey.components.find("cart");
        cart.latency = journey::SampledLatency{"times.csv"};
        return journey::SetComponent{cart};
    }
};

void TestDocumentSamples::theyAreReadAndFollowed()
{
    const CheckoutFolder folder;
    JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
    document.watchFile();
    QTRY_VERIFY(document.evaluation() != nullptr);
    QCOMPARE(document.apply(measured(document), QStringLiteral("x")), QString());
    QTRY_VERIFY(isSaidToBeFaulty(document));
    QCOMPARE(quick(document), -1);

    folder.write(times(), "10ms\n20ms\n");
    QTRY_COMPARE(quick(document), 500);
    QTRY_VERIFY(!isSaidToBeFaulty(document));
    folder.write(times(), "10ms\n20ms\n10ms\n10ms\n");
    QTRY_COMPARE(quick(document), 750);
    folder.write(times(), "10ms\nslow\n");
    QTRY_COMPARE(quick(document), -1);
    QTRY_VERIFY(isSaidToBeFaulty(document));
    folder.write(times(), "20ms\n");
    QTRY_COMPARE(quick(document), 0);
    QVERIFY(QFile::remove(folder.path(times())));
    QTRY_COMPARE(quick(document), -1);

    document.undoStack()->undo();
    QTRY_VERIFY(!isSaidToBeFaulty(document));
}

void TestDocumentSamples::theyAreReadWithTheFile()
{
    const CheckoutFolder folder;
    folder.write(times(), "10ms\n");
    {
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QCOMPARE(document.apply(measured(document), QStringLiteral("x")), QString());
        QTRY_COMPARE(quick(document), 1000);
        QCOMPARE(document.save(), QString());
    }
    const JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
    QTRY_VERIFY(document.evaluation() != nullptr);
    QCOMPARE(quick(document), 1000);
    QVERIFY(!isSaidToBeFaulty(document));
}

QTEST_MAIN(TestDocumentSamples)
#include "tst_documentsamples.moc"
