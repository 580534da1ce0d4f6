// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/importdialog.h"
#include "widgets/latency/latencycurve.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace emac;
using namespace emac::widgets;

namespace {

struct Dialog : ImportDialog
{
    explicit Dialog(const QString& folder = {}, ChooseFile choose = {})
        : ImportDialog(folder, std::move(choose), nullptr)
    {
        show();
        activateWindow();
        if (!QTest::qWaitForWindowActive(this))
            qFatal("the window does not become active");
    }
    QPlainTextEdit* text() const { return findChild<QPlainTextEdit*>(QStringLiteral("text")); }
    QLabel* label(const char* name) const { return findChild<QLabel*>(QLatin1String(name)); }
    QPushButton* button(const char* name) const { return findChild<QPushButton*>(QLatin1String(name)); }
    LatencyCurve* curve() const { return findChild<LatencyCurve*>(); }
    QCheckBox* refer() const { return findChild<QCheckBox*>(); }

    /// As a person does.
    void paste(const char* what) const
    {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(what));
        text()->setFocus();
        QTest::keyClick(text(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(text(), Qt::Key_V, Qt::ControlModifier);
    }
};

} // namespace

class TestLatencyImportDialog : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void aHistogramIsPasted()
    {
        Dialog dialog;
        QVERIFY(!dialog.button("use")->isEnabled());
        QVERIFY(!dialog.label("faults")->isVisible()); // nothing pasted is no fault
        dialog.paste("# TYPE h histogram\n"
                     "h_bucket{le=\"0.1\"} 900\n"
                     "h_bucket{le=\"0.5\"} 990\n"
                     "h_bucket{le=\"+Inf\"} 1000\n");
        QCOMPARE(dialog.label("words")->text(),
                 QStringLiteral("Understood as a histogram: 3 buckets up to 500 ms, 1000 calls."));
        QVERIFY(dialog.curve()->isVisible());
        QVERIFY(!dialog.refer()->isVisible());
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        QTest::mouseClick(dialog.button("use"), Qt::LeftButton);
        QCOMPARE(accepted.size(), 1);
        const auto histogram = std::get<journey::HistogramLatency>(dialog.result());
        QCOMPARE(histogram.buckets.size(), std::size_t(3));
        QCOMPARE(histogram.buckets[1].upperBound, 0.5);
        QCOMPARE(histogram.buckets[2].count, 1000.0);
    }

    void timesArePasted()
    {
        Dialog dialog;
        dialog.paste("latency_ms\n10\n20\n30\n40\n");
        QCOMPARE(dialog.label("words")->text(),
                 QStringLiteral("Understood as 4 times, from 10 ms to 40 ms: median 20 ms, p99 40 ms."));
        QVERIFY(dialog.button("use")->isEnabled());
        const auto histogram = std::get<journey::HistogramLatency>(dialog.result());
        QCOMPARE(histogram.buckets.back().count, 4.0);
    }

    void whatIsWrongIsSaidWithItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("a word among times") << "10ms\nsoon\n"
                                            << "line 2: ";
        QTest::newRow("no +Inf") << "h_bucket{le=\"0.1\"} 900\n"
                                 << "+Inf";
        QTest::newRow("not cumulative") << "h_bucket{le=\"0.1\"} 9\nh_bucket{le=\"+Inf\"} 3\n"
                                        << "line 2: ";
        QTest::newRow("two series") << "h_bucket{a=\"1\",le=\"+Inf\"} 9\nh_bucket{a=\"2\",le=\"+Inf\"} 3\n"
                                    << "a=";
    }

    void whatIsWrongIsSaidWithItsLine()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        Dialog dialog;
        dialog.paste(qPrintable(text));
        QVERIFY2(dialog.label("faults")->text().contains(said), qPrintable(dialog.label("faults")->text()));
        QVERIFY(dialog.label("faults")->isVisible());
        QVERIFY(!dialog.button("use")->isEnabled());
        QVERIFY(!dialog.curve()->isVisible());
        dialog.paste("10ms\n"); // mended
        QVERIFY(!dialog.label("faults")->isVisible());
        QVERIFY(dialog.button("use")->isEnabled());
    }

    void aFileBesideTheJourneyCanBeReferredTo()
    {
        const QTemporaryDir folder;
        const QTemporaryDir elsewhere;
        const auto write = [](const QString& path) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("10ms\n20ms\n");
        };
        write(folder.filePath(QStringLiteral("paya.csv")));
        write(elsewhere.filePath(QStringLiteral("other.csv")));
        QString next = folder.filePath(QStringLiteral("paya.csv"));
        Dialog dialog(folder.path(),
                      [&](QWidget*, const QString& where) { return where == folder.path() ? next : QString(); });
        QTest::mouseClick(dialog.button("open"), Qt::LeftButton);
        QVERIFY(dialog.refer()->isVisible());
        QVERIFY(dialog.refer()->text().contains(QLatin1String("paya.csv")));
        QVERIFY(std::holds_alternative<journey::HistogramLatency>(dialog.result()));
        QTest::keyClick(dialog.refer(), Qt::Key_Space);
        QCOMPARE(std::get<journey::SampledLatency>(dialog.result()).path, std::string("paya.csv"));

        QTest::keyClicks(dialog.text(), QStringLiteral("5")); // not what the file says any more
        QVERIFY(!dialog.refer()->isVisible());
        QVERIFY(std::holds_alternative<journey::HistogramLatency>(dialog.result()));

        next = elsewhere.filePath(QStringLiteral("other.csv"));
        QTest::mouseClick(dialog.button("open"), Qt::LeftButton);
        QCOMPARE(dialog.text()->toPlainText(), QStringLiteral("10ms\n20ms\n"));
        QVERIFY(!dialog.refer()->isVisible());

        next = folder.filePath(QStringLiteral("gone.csv"));
        QTest::mouseClick(dialog.button("open"), Qt::LeftButton);
        QVERIFY(dialog.label("faults")->text().contains(QLatin1String("cannot be read")));
    }
};

QTEST_MAIN(TestLatencyImportDialog)
#include "tst_latencyimportdialog.moc"
