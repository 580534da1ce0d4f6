// SPDX-License-Identifier: GPL-3.0-or-later
// Where the system does not tell of changes. That it follows what it is told of is tested with documents.
#include "checkoutfolder.h"
#include "widgets/document/filewatcher.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace emac::widgets;
using emac::tests::CheckoutFolder;

class TestFileWatcher : public QObject
{
    Q_OBJECT

private slots:
    void whatTheSystemDoesNotTellIsLookedFor_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<bool>("looks");
        for (const auto* type : {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"})
            QTest::newRow(type) << QByteArray(type) << true;
        for (const auto* type : {"ext4", "btrfs", "tmpfs"})
            QTest::newRow(type) << QByteArray(type) << false;
    }
    void whatTheSystemDoesNotTellIsLookedFor()
    {
        QFETCH(QByteArray, type);
        QFETCH(bool, looks);
        QWidget window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const CheckoutFolder folder;
        QStringList asked;
        FileWatcher watcher(nullptr, [&](const QString& path) {
            asked << path;
            return type;
        });
        QSignalSpy settles(&watcher, &FileWatcher::settled);
        watcher.watch({folder.path()});
        QTRY_COMPARE(settles.size(), 1); // for the beginning
        QCOMPARE(asked, QStringList{folder.path()});
        // What is written through memory is not reported, as little as what another machine writes.
        QFile file(folder.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        auto* bytes = file.map(0, file.size());
        QVERIFY(bytes != nullptr);
        bytes[0] = '%';
        QVERIFY(file.unmap(bytes));
        constexpr int twoLooks = 4500; // ms
        QCOMPARE(settles.wait(looks ? twoLooks : twoLooks / 2), looks);
        QCOMPARE(settles.size(), looks ? 2 : 1); // once
    }

    void theFileSystemIsThatOfTheNextFolderThatExists()
    {
        const CheckoutFolder folder;
        const auto type = FileWatcher::fileSystemOf(folder.path());
        QVERIFY(!type.isEmpty());
        QCOMPARE(FileWatcher::fileSystemOf(folder.path(QStringLiteral("not/there/yet.yaml"))), type);
    }
};

QTEST_MAIN(TestFileWatcher)
#include "tst_filewatcher.moc"
