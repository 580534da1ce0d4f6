// SPDX-License-Identifier: GPL-3.0-or-later
// The document and the disk: safe writing, others' changes, the lock, the recovery copy, one document for one file.
#include "checkoutfolder.h"
#include "widgets/document/documentstore.h"
#include "widgets/document/recovery.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <cstdio>
#include <functional>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using namespace std::chrono_literals;

namespace {

constexpr int settled = 400; ///< ms, well beyond the watcher's quiet time

journey::Edit cart(const char* value)
{
    return journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse(value))};
}

QString intent()
{
    return QStringLiteral("checkout.yaml");
}

QString layout()
{
    return QStringLiteral(".emac/layout/checkout.yaml");
}

/// A document that is watched, and what it has told.
struct Watched
{
    CheckoutFolder folder;
    JourneyDocument document{workspace::openIntent(folder.path().toStdString())};
    QSignalSpy asked{&document, &JourneyDocument::changedOnDisk};
    QSignalSpy reloaded{&document, &JourneyDocument::reloaded};
    QSignalSpy removed{&document, &JourneyDocument::fileRemoved};

    Watched() { document.watchFile(); }
};

void replaceByRename(const CheckoutFolder& folder, const QByteArray& text)
{
    const auto other = folder.path(QStringLiteral("other.tmp"));
    folder.write(QStringLiteral("other.tmp"), text);
    // QFile refuses to rename over a file.
    QCOMPARE(std::rename(QFile::encodeName(other).constData(), QFile::encodeName(folder.path()).constData()), 0);
}

const QByteArray theirs = CheckoutFolder::intentText() + "# theirs\n";

} // namespace

class TestDocumentFile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void textAndLayoutAreWrittenTogether()
    {
        const CheckoutFolder folder;
        DocumentFile file(folder.path(), *DocumentFile::read(folder.path()).value);
        QCOMPARE(file.write({"text\n", "layout\n"}), QString());
        QCOMPARE(folder.read(), QByteArray("text\n"));
        QCOMPARE(folder.read(layout()), QByteArray("layout\n"));
        QVERIFY(*file.read().value == file.base());
        QCOMPARE(file.write({"text\n", ""}), QString());
        QVERIFY(!QFileInfo::exists(folder.path(layout())));
    }

    void aLayoutThatCannotBeWrittenKeepsTheTextAsItWas()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral(".emac"), "a file where the folder should be");
        DocumentFile file(folder.path(), *DocumentFile::read(folder.path()).value);
        QVERIFY(!file.write({"text\n", "layout\n"}).isEmpty());
        QCOMPARE(folder.read(), CheckoutFolder::intentText());
        QCOMPARE(QByteArray::fromStdString(*file.base().text), CheckoutFolder::intentText());
    }

    void aTextThatCannotBeWrittenTakesTheLayoutBack()
    {
        const CheckoutFolder folder;
        DocumentFile file(folder.path(), *DocumentFile::read(folder.path()).value);
        QCOMPARE(file.write({"text\n", "layout\n"}), QString());
        QDir(folder.path(QString())).mkdir(QStringLiteral("folder.yaml"));
        QVERIFY(!file.writeAs(folder.path(QStringLiteral("folder.yaml")), {"new\n", "new layout\n"}).isEmpty());
        QVERIFY(!QFileInfo::exists(folder.path(QStringLiteral(".emac/layout/folder.yaml"))));
        QCOMPARE(file.path(), folder.path());
    }

    void permissionsAndLinksStay()
    {
        const CheckoutFolder folder;
        const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner
                          | QFileDevice::ReadUser | QFileDevice::WriteUser | QFileDevice::ExeUser
                          | QFileDevice::ReadGroup;
        QVERIFY(QFile::setPermissions(folder.path(), mode));
        const auto link = folder.path(QStringLiteral("link.yaml"));
        QVERIFY(QFile::link(folder.path(), link));
        DocumentFile file(link, *DocumentFile::read(link).value);
        QCOMPARE(file.write({"text\n", {}}), QString());
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(folder.read(), QByteArray("text\n"));
        QCOMPARE(QFileInfo(folder.path()).permissions(), mode);
    }

    void aLayoutChangedOnDiskRefusesTheSave()
    {
        const CheckoutFolder folder;
        DocumentFile file(folder.path(), *DocumentFile::read(folder.path()).value);
        QCOMPARE(file.write({"text\n", "layout\n"}), QString());
        folder.write(layout(), "theirs\n");
        QVERIFY(file.write({"text 2\n", "layout\n"}).contains(QStringLiteral("changed on disk")));
        QCOMPARE(folder.read(), QByteArray("text\n"));
    }

    void saveAsMovesTheDocument()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QSignalSpy moved(&document, &JourneyDocument::pathChanged);
        QCOMPARE(document.apply(cart("0.9991"), QStringLiteral("x")), QString());
        const auto other = folder.path(QStringLiteral("other.yaml"));
        QCOMPARE(document.saveAs(other), QString());
        QCOMPARE(moved.size(), 1);
        QCOMPARE(document.path(), other);
        QVERIFY(!document.isModified());
        QCOMPARE(folder.read(), CheckoutFolder::intentText());
        QCOMPARE(folder.read(QStringLiteral("other.yaml")), QByteArray::fromStdString(document.text()));
        QCOMPARE(document.apply(cart("0.9992"), QStringLiteral("y")), QString());
        QCOMPARE(document.save(), QString());
        QVERIFY(folder.read(QStringLiteral("other.yaml")).contains("0.9992"));
        QCOMPARE(folder.read(), CheckoutFolder::intentText());
        document.undoStack()->undo();
        document.undoStack()->undo();
        QVERIFY(document.isModified()); // the steps go back beyond the change of name
    }

    void othersChangesAreFollowedOrAskedAbout_data()
    {
        QTest::addColumn<std::function<void(const CheckoutFolder&)>>("change");
        using Change = std::function<void(const CheckoutFolder&)>;
        QTest::newRow("in place") << Change([](const auto& folder) { folder.write(intent(), theirs); });
        QTest::newRow("renamed over") << Change([](const auto& folder) { replaceByRename(folder, theirs); });
        QTest::newRow("removed and made anew") << Change([](const auto& folder) {
            QVERIFY(QFile::remove(folder.path()));
            folder.write(intent(), theirs);
        });
        QTest::newRow("away for a while") << Change([](const auto& folder) {
            QVERIFY(QFile::remove(folder.path()));
            QTest::qWait(settled);
            folder.write(intent(), theirs);
        });
    }
    void othersChangesAreFollowedOrAskedAbout()
    {
        QFETCH(std::function<void(const CheckoutFolder&)>, change);
        {
            Watched unmodified;
            change(unmodified.folder);
            QTRY_COMPARE(unmodified.reloaded.size(), 1);
            QCOMPARE(QByteArray::fromStdString(unmodified.document.text()), theirs);
            QVERIFY(!unmodified.document.isModified());
            QCOMPARE(unmodified.asked.size(), 0);
            // The watch holds on to the new file.
            unmodified.folder.write(intent(), CheckoutFolder::intentText());
            QTRY_COMPARE(unmodified.reloaded.size(), 2);
        }
        Watched modified;
        QCOMPARE(modified.document.apply(cart("0.9991"), QStringLiteral("mine")), QString());
        const auto mine = modified.document.text();
        change(modified.folder);
        QTRY_COMPARE(modified.asked.size(), 1);
        QCOMPARE(modified.document.text(), mine);
        QVERIFY(!modified.document.save().isEmpty());
        QCOMPARE(modified.folder.read(), theirs);
        // The same content once more is no news.
        modified.folder.write(intent(), theirs);
        QTest::qWait(settled);
        QCOMPARE(modified.asked.size(), 1);
        modified.document.keepOwn();
        QVERIFY(modified.document.isModified());
        QCOMPARE(modified.document.save(), QString());
        QCOMPARE(modified.folder.read(), QByteArray::fromStdString(mine));
        QTest::qWait(settled);
        QCOMPARE(modified.asked.size(), 1);
        QCOMPARE(modified.reloaded.size(), 0);
    }

    void ownSavesAndModesAreNoChanges()
    {
        Watched w;
        QTest::qWait(settled); // the watch has begun
        QCOMPARE(w.document.apply(cart("0.9991"), QStringLiteral("mine")), QString());
        QCOMPARE(w.document.save(), QString());
        QVERIFY(QFile::setPermissions(w.folder.path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        w.folder.write(QStringLiteral("sibling.yaml"), "a: 1\n");
        QTest::qWait(settled);
        QCOMPARE(w.asked.size() + w.reloaded.size() + w.removed.size(), 0);
        QCOMPARE(w.document.apply(cart("0.9992"), QStringLiteral("mine")), QString());
        w.folder.write(intent(), theirs);
        QTRY_COMPARE(w.asked.size(), 1); // it was listening
    }

    void aRemovedFileIsToldAndWrittenAnew()
    {
        Watched w;
        QVERIFY(QFile::remove(w.folder.path()));
        QTRY_COMPARE(w.removed.size(), 1);
        QVERIFY(w.document.isModified());
        QCOMPARE(w.asked.size(), 0);
        QCOMPARE(w.document.save(), QString());
        QCOMPARE(w.folder.read(), CheckoutFolder::intentText());
        QVERIFY(!w.document.isModified());
    }

    void whatChangedBeforeTheWatchBeganIsFound()
    {
        const CheckoutFolder folder;
        auto opened = workspace::openIntent(folder.path().toStdString());
        folder.write(intent(), theirs);
        JourneyDocument document(std::move(opened));
        QSignalSpy reloaded(&document, &JourneyDocument::reloaded);
        document.watchFile();
        QTRY_COMPARE(reloaded.size(), 1);
    }

    /// OpenSLO files are watched: numbers follow them, also those that come or go, and a save changes none.
    void theSlosAroundAreFollowed()
    {
        Watched w;
        QTRY_VERIFY(!w.document.isStale() && w.document.evaluation() != nullptr);
        const auto front = [&w] {
            const auto* input = w.document.evaluation()->inputs.find("front");
            return input != nullptr && input->stated ? QString::number(input->failure.nominal) : QString();
        };
        QCOMPARE(front(), QStringLiteral("0.0005"));
        auto slo = w.folder.read(QStringLiteral("slo.yaml"));
        w.folder.write(QStringLiteral("slo.yaml"), QByteArray(slo).replace("0.9995", "0.98"));
        QTRY_COMPARE(front(), QStringLiteral("0.02"));
        QVERIFY(!w.document.isModified());
        QCOMPARE(w.document.undoStack()->count(), 0);

        QVERIFY(QFile::remove(w.folder.path(QStringLiteral("slo.yaml"))));
        QTRY_COMPARE(front(), QString());
        w.folder.write(QStringLiteral("other.yaml"), slo.replace("0.9995", "0.97"));
        QTRY_COMPARE(front(), QStringLiteral("0.03"));

        QSignalSpy evaluated(&w.document, &JourneyDocument::evaluationChanged);
        w.folder.write(QStringLiteral("notes.yaml"), "note: nothing to do with SLOs\n");
        QTest::qWait(settled);
        QCOMPARE(evaluated.size(), 0);
    }

    void theSecondToOpenReadsOnly()
    {
        const CheckoutFolder folder;
        auto first = std::make_unique<JourneyDocument>(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(!first->takeForEditing());
        QVERIFY(!first->isReadOnly());
        JourneyDocument second(workspace::openIntent(folder.path().toStdString()));
        const auto holder = second.takeForEditing();
        QVERIFY(holder);
        QCOMPARE(holder->process, QCoreApplication::applicationPid());
        QCOMPARE(holder->host, QSysInfo::machineHostName());
        QCOMPARE(holder->application, QStringLiteral("tst_documentfile"));
        QVERIFY(second.whyNotEditable().contains(QString::number(holder->process)));
        QCOMPARE(second.apply(cart("0.9"), QStringLiteral("x")), second.whyNotEditable());
        QCOMPARE(second.setText("x"), second.whyNotEditable());
        QCOMPARE(second.save(), second.whyNotEditable());
        QVERIFY(!second.saveAs(folder.path()).isEmpty());
        QCOMPARE(QByteArray::fromStdString(second.text()), CheckoutFolder::intentText());

        // The holder writes and goes: trying again follows what it wrote.
        QCOMPARE(first->apply(cart("0.9991"), QStringLiteral("x")), QString());
        QCOMPARE(first->save(), QString());
        const auto written = first->text();
        first.reset();
        QSignalSpy changed(&second, &JourneyDocument::readOnlyChanged);
        QVERIFY(!second.takeForEditing());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(second.text(), written);
        QCOMPARE(second.apply(cart("0.9992"), QStringLiteral("x")), QString());
    }

    void aReadOnlyDocumentIsFreeUnderAnotherName()
    {
        const CheckoutFolder folder;
        JourneyDocument first(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(!first.takeForEditing());
        JourneyDocument second(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(second.takeForEditing());
        QCOMPARE(second.saveAs(folder.path(QStringLiteral("mine.yaml"))), QString());
        QVERIFY(!second.isReadOnly());
        QCOMPARE(second.apply(cart("0.9"), QStringLiteral("x")), QString());
        QVERIFY(!first.saveAs(folder.path(QStringLiteral("mine.yaml"))).isEmpty());
        QVERIFY(!first.isReadOnly());
        QVERIFY(DocumentLock::holderOf(folder.path()));
    }

    void aLockOfAProcessThatHasEndedIsTakenOver()
    {
        const CheckoutFolder folder;
        QFile lock(recovery::fileOf(folder.path()) + QStringLiteral(".lock"));
        QVERIFY(lock.open(QIODevice::WriteOnly));
        lock.write("2147483647\nworkbench\n" + QSysInfo::machineHostName().toUtf8() + "\n");
        lock.close();
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(!document.takeForEditing());
    }

    void aRecoveryCopyKeepsEveryByte()
    {
        const CheckoutFolder folder;
        const RecoveryCopy copy{folder.path(), QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC),
                                recovery::hashOf("base"), std::string("a\0b\xff\r\n", 6), "layout"};
        QVERIFY(recovery::write(copy));
        const auto read = recovery::read(folder.path());
        QVERIFY(read);
        QCOMPARE(read->path, copy.path);
        QCOMPARE(read->written, copy.written);
        QCOMPARE(read->base, copy.base);
        QCOMPARE(read->text, copy.text);
        QCOMPARE(read->layout, copy.layout);
        QCOMPARE(QFileInfo(recovery::fileOf(folder.path())).permissions() & QFileDevice::Permissions(0x0077),
                 QFileDevice::Permissions());
        recovery::remove(folder.path());
        QVERIFY(!recovery::read(folder.path()));
    }

    void aDamagedRecoveryCopyIsNone()
    {
        const CheckoutFolder folder;
        const auto name = recovery::fileOf(folder.path());
        QVERIFY(recovery::write({folder.path(), QDateTime::currentDateTimeUtc(), "base", "text", ""}));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto whole = file.readAll();
        file.close();
        const auto put = [&](const QByteArray& bytes) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(bytes);
            file.close();
        };
        for (qsizetype i = 0; i < whole.size(); ++i) {
            put(whole.first(i));
            QVERIFY2(!recovery::read(folder.path()), qPrintable(QString::number(i)));
            auto flipped = whole;
            flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
            put(flipped);
            QVERIFY2(!recovery::read(folder.path()), qPrintable(QString::number(i)));
        }
        put(whole);
        QVERIFY(recovery::read(folder.path()));
        recovery::remove(folder.path());
    }

    void theCopyFollowsTheDocument()
    {
        const CheckoutFolder folder;
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        RecoveryKeeper keeper(&document, 10ms);
        const auto copied = [&folder] {
            const auto copy = recovery::read(folder.path());
            return copy ? copy->text : std::string("none");
        };
        QCOMPARE(document.setText("half a jour: ["), QString());
        QTRY_COMPARE(copied(), std::string("half a jour: ["));
        QCOMPARE(recovery::read(folder.path())->base, recovery::hashOf(CheckoutFolder::intentText().toStdString()));
        document.undoStack()->undo();
        QTRY_COMPARE(copied(), std::string("none"));
        document.undoStack()->redo();
        QTRY_COMPARE(copied(), std::string("half a jour: ["));
        QCOMPARE(document.save(JourneyDocument::Errors::Accept), QString());
        QTRY_COMPARE(copied(), std::string("none"));
        QCOMPARE(document.setText("more"), QString());
        QTRY_COMPARE(copied(), std::string("more"));
        QCOMPARE(document.saveAs(folder.path(QStringLiteral("other.yaml")), JourneyDocument::Errors::Accept),
                 QString());
        QCOMPARE(copied(), std::string("none"));
        QVERIFY(!recovery::read(folder.path(QStringLiteral("other.yaml"))));
    }

    void lettingTheDocumentGoRemovesTheCopy()
    {
        const CheckoutFolder folder;
        {
            JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
            RecoveryKeeper keeper(&document, 1ms);
            QCOMPARE(document.setText("mine"), QString());
            QTRY_VERIFY(recovery::read(folder.path()));
        }
        QVERIFY(!recovery::read(folder.path()));
    }

    void whatACrashLeftIsOfferedAndNeverPutBackUnasked()
    {
        const CheckoutFolder folder;
        const RecoveryCopy copy{folder.path(), QDateTime::currentDateTimeUtc(),
                                recovery::hashOf(CheckoutFolder::intentText().toStdString()), "unsaved", ""};
        QVERIFY(recovery::write(copy));
        const auto paths = [] {
            QStringList all;
            for (const auto& left : recovery::left())
                all.append(left.path);
            return all;
        };
        QVERIFY(paths().contains(folder.path()));
        {
            DocumentStore store;
            const auto document = store.add(workspace::openIntent(folder.path().toStdString()));
            QVERIFY(!paths().contains(folder.path())); // it is somebody's now
            const auto* keeper = store.recoveryOf(document.get());
            QVERIFY(keeper->found());
            QVERIFY(keeper->foundFits());
            QCOMPARE(QByteArray::fromStdString(document->text()), CheckoutFolder::intentText());
            // Left undecided, it stays as it is whatever is typed.
            QCOMPARE(document->setText("something else"), QString());
        }
        QCOMPARE(recovery::read(folder.path())->text, copy.text);
        folder.write(intent(), theirs);
        {
            DocumentStore store;
            const auto document = store.add(workspace::openIntent(folder.path().toStdString()));
            auto* keeper = store.recoveryOf(document.get());
            QVERIFY(!keeper->foundFits()); // the file has changed since
            QCOMPARE(keeper->restore(), QString());
            QCOMPARE(document->text(), copy.text);
            QVERIFY(document->isModified());
            QCOMPARE(document->undoStack()->count(), 1);
            document->undoStack()->undo();
            QCOMPARE(QByteArray::fromStdString(document->text()), theirs);
            QTRY_VERIFY(!recovery::read(folder.path()));
        }
        QVERIFY(recovery::write(copy));
        DocumentStore store;
        const auto document = store.add(workspace::openIntent(folder.path().toStdString()));
        store.recoveryOf(document.get())->discard();
        QVERIFY(!recovery::read(folder.path()));
        QCOMPARE(document->undoStack()->count(), 0);
    }

    void aCopyThatSaysWhatTheFileSaysIsNoNews()
    {
        const CheckoutFolder folder;
        QVERIFY(recovery::write(
            {folder.path(), QDateTime::currentDateTimeUtc(), "base", CheckoutFolder::intentText().toStdString(), ""}));
        DocumentStore store;
        const auto document = store.add(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(!store.recoveryOf(document.get())->found());
        QVERIFY(!recovery::read(folder.path()));
    }

    void oneFileIsOneDocument()
    {
        const CheckoutFolder folder;
        const auto link = folder.path(QStringLiteral("link.yaml"));
        QVERIFY(QFile::link(folder.path(), link));
        DocumentStore store;
        auto first = store.add(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(!first->isReadOnly());
        QVERIFY(!store.isShared(first.get()));
        auto second = store.add(workspace::openIntent(link.toStdString()));
        QCOMPARE(second, first);
        QCOMPARE(store.find(link), first);
        QVERIFY(store.isShared(first.get()));
        QCOMPARE(store.documents().size(), 1);
        first.reset();
        QVERIFY(!store.isShared(second.get()));
        second.reset();
        QCOMPARE(store.documents().size(), 0);
        QVERIFY(!store.find(folder.path()));
        QVERIFY(!DocumentLock::holderOf(folder.path()));
    }
};

QTEST_MAIN(TestDocumentFile)
#include "tst_documentfile.moc"
