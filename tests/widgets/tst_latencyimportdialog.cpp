// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/importdialog.h"
#include "widgets/latency/latencycurve.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
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

    void aColumnOfATableIsTaken_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("offered");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* text, const char* offered, const char* words) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(offered) << QString::fromUtf8(words);
        };
        row("the only one with times",
            "ts,endpoint,duration_ms\n2026-11-22T10:00:00,/cache,2\n2026-11-22T10:00:01,/cache,4\n",
            "Column 3: duration_ms", "Understood as 2 times, from 2 ms to 4 ms: median 2 ms, p99 4 ms.");
        row("the only one that says so", "# export\nid;took (ms);code\n17;2;200\n18;4;200\n",
            "Column 1: id, Column 2: took (ms), Column 3: code",
            "Understood as 2 times, from 2 ms to 4 ms: median 2 ms, p99 4 ms.");
        row("quoted", "\"path\"\t\"latency\"\n\"/a\"\t\"20ms\"\n", "Column 2: latency",
            "Understood as 1 times, from 20 ms to 20 ms: median 20 ms, p99 20 ms.");
        row("none is clear", "a,b\n1,2\n3,4\n", "Column 1: a, Column 2: b", "");
    }

    void aColumnOfATableIsTaken()
    {
        QFETCH(QString, text);
        Dialog dialog;
        dialog.paste(qPrintable(text));
        auto* column = dialog.findChild<QComboBox*>(QStringLiteral("column"));
        QVERIFY(column->isVisible());
        QStringList offered;
        for (int i = 0; i < column->count(); ++i)
            offered << column->itemText(i);
        QTEST(offered.join(QStringLiteral(", ")), "offered");
        QTEST(dialog.label("words")->text(), "words");
        QVERIFY(!dialog.label("faults")->isVisible());
        QVERIFY(!dialog.refer()->isVisible());
        QCOMPARE(dialog.button("use")->isEnabled(), column->currentIndex() >= 0);
        dialog.paste("10ms\n");
        QVERIFY(!column->isVisible());
    }

    void anotherColumnIsChosen()
    {
        Dialog dialog;
        dialog.paste("a,b\n1,2\n3,4\n");
        auto* column = dialog.findChild<QComboBox*>(QStringLiteral("column"));
        column->setFocus();
        QTest::keyClick(column, Qt::Key_Down);
        QTest::keyClick(column, Qt::Key_Down);
        QVERIFY(dialog.label("words")->text().startsWith(QLatin1String("Understood as 2 times, from 2 s to 4 s")));
        QVERIFY(dialog.button("use")->isEnabled());
        QCOMPARE(std::get<journey::HistogramLatency>(dialog.result()).buckets.back().count, 2.0);
    }

    void aFaultInATableHasItsLine()
    {
        Dialog dialog;
        QByteArray table("path,duration_ms\n");
        for (int i = 0; i < 300; ++i)
            table += "/a,12\n";
        table += "/a,soon\n";
        dialog.paste(table.constData());
        QVERIFY(dialog.label("faults")->text().startsWith(QLatin1String("line 302: ")));
        QVERIFY(!dialog.button("use")->isEnabled());
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
