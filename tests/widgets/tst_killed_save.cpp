// SPDX-License-Identifier: GPL-3.0-or-later
// A process that is killed while it saves leaves a whole file and a whole recovery copy, or none.
#include "core/spec/layout_file.h"
#include "core/spec/read.h"
#include "killed_save.h"
#include "widgets/document/documentfile.h"
#include "widgets/document/documentlock.h"
#include "widgets/document/recovery.h"

#include <QDateTime>
#include <QFileInfo>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTest>
#include <QThread>

#include <random>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

class TestKilledSave : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(QStringLiteral("killed-save"));
        QStandardPaths::setTestModeEnabled(true);
    }

    void nothingIsEverHalf()
    {
        constexpr int kills = 200;
        unsigned long longest = 40'000; // µs, several saves; on a machine that is busy, longer
        const CheckoutFolder folder;
        std::mt19937 random(std::random_device{}());
        QSet<int> saved;
        int copies = 0;
        for (int i = 0; i < kills; ++i) {
            QProcess process;
            if (i > 0 && i % 20 == 0 && saved.size() <= i / 5 && longest < 600'000)
                longest *= 2;
            process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/saving_process"), {folder.path()});
            QVERIFY(process.waitForReadyRead(30'000));
            QThread::usleep(random() % longest);
            process.kill();
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.exitStatus(), QProcess::CrashExit); // killed, not given up

            const auto content = DocumentFile::read(folder.path());
            QVERIFY(content.value && content.value->text);
            const auto& text = *content.value->text;
            const int number = tests::killed::numberOf(text);
            QVERIFY2(number >= 0 || text == CheckoutFolder::intentText().toStdString(), text.c_str());
            saved.insert(number);

            // The layout is written first, so it is never the older one.
            const auto intent = spec::readIntent(text, "checkout.yaml");
            const auto layout = spec::readLayout(content.value->layout, "layout", intent.value->intent.journey);
            QVERIFY2(layout.clean(), content.value->layout.c_str());
            QCOMPARE(layout.value->nodes.empty(), content.value->layout.empty());
            QVERIFY(number < 0 || layout.value->nodes.begin()->second.x >= number);

            const auto copy = recovery::read(folder.path());
            QCOMPARE(copy.has_value(), QFileInfo::exists(recovery::fileOf(folder.path())));
            if (copy) {
                QVERIFY2(tests::killed::numberOf(copy->text) >= 0, copy->text.c_str());
                ++copies;
            }
            QVERIFY(!DocumentLock::holderOf(folder.path())); // the lock of the dead is free
        }
        // The kills came while there was something to hit.
        QVERIFY2(saved.size() > kills / 10, qPrintable(QString::number(saved.size())));
        QVERIFY2(copies > 0, qPrintable(QString::number(copies)));
    }

    void noMoreThanTwoSecondsAreLost()
    {
        constexpr qint64 mostLost = 2000; // ms
        constexpr unsigned long ages[]{2100, 2900, 3700}; // ms, beyond the first copy
        for (const auto age : ages) {
            const CheckoutFolder folder;
            QProcess process;
            process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/saving_process"),
                          {folder.path(), QStringLiteral("never save")});
            QVERIFY(process.waitForReadyRead(30'000));
            QThread::msleep(age);
            const auto killed = QDateTime::currentMSecsSinceEpoch();
            process.kill();
            QVERIFY(process.waitForFinished());
            QCOMPARE(process.exitStatus(), QProcess::CrashExit);
            const auto copy = recovery::read(folder.path());
            QVERIFY(copy);
            const auto lost = killed - tests::killed::stampOf(copy->text);
            QVERIFY2(lost <= mostLost, qPrintable(QString::number(lost)));
            QCOMPARE(folder.read(), CheckoutFolder::intentText()); // the person's own file is as it was
        }
    }
};

QTEST_GUILESS_MAIN(TestKilledSave)
#include "tst_killed_save.moc"
