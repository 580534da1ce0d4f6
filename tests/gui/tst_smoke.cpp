// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "app/workbench/startpage.h"

#include <QSet>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace emac::workbench;

/// Every example opens in the real window and is painted. With EMAC_SCREENSHOTS set to a folder, the pictures are kept
/// there.
class TestSmoke : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void everyExampleIsPainted_data()
    {
        QTest::addColumn<QString>("path");
        const auto found = examples();
        QVERIFY(found.size() >= 3);
        for (const auto& example : found)
            QTest::newRow(qPrintable(example.title)) << example.path;
    }
    void everyExampleIsPainted()
    {
        QFETCH(QString, path);
        MainWindow window;
        window.resize(1440, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QSignalSpy opened(&window, &MainWindow::tabOpened);
        window.open(path);
        QTRY_COMPARE(opened.size(), 1);
        auto* tab = window.currentTab();
        QVERIFY(tab != nullptr);
        QTRY_VERIFY(tab->document()->evaluation() != nullptr);
        QVERIFY(tab->document()->evaluation()->decision.verdict.has_value());
        // Drawn: more than a flat ground in the canvas.
        const auto colours = [tab] {
            const auto picture = tab->view()->grab().toImage();
            QSet<QRgb> seen;
            for (int y = 0; y < picture.height(); y += 3) {
                for (int x = 0; x < picture.width(); x += 3)
                    seen.insert(picture.pixel(x, y));
            }
            return seen.size();
        };
        QTRY_VERIFY(colours() > 20);
        QTest::qWait(300); // let the last layout and numbers settle for the picture
        if (const auto folder = qEnvironmentVariable("EMAC_SCREENSHOTS"); !folder.isEmpty()) {
            const QString name = QFileInfo(path).completeBaseName() + QStringLiteral(".png");
            QVERIFY(window.grab().save(folder + u'/' + name));
        }
    }
};

QTEST_MAIN(TestSmoke)
#include "tst_smoke.moc"
