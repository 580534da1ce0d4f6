// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/recovery.h"

#include "widgets/document/documentlock.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/lane.h"

#include <QCborMap>
#include <QCborValue>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <utility>

namespace emac::widgets {

namespace recovery {

namespace {

QString folder()
{
    const QString path =
        QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/recovery");
    QDir().mkpath(path);
    return path;
}

QString ending()
{
    return QStringLiteral(".recovery");
}

QByteArray bytes(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

/// What a file begins with: the sum of the rest. Nothing is decoded that does not fit it.
QByteArray sumOf(const QByteArray& rest)
{
    return QCryptographicHash::hash(rest, QCryptographicHash::Sha256);
}

std::optional<RecoveryCopy> readFile(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto content = file.readAll();
    const auto rest = content.mid(QCryptographicHash::hashLength(QCryptographicHash::Sha256));
    if (rest.isEmpty() || content.first(content.size() - rest.size()) != sumOf(rest))
        return std::nullopt;
    const auto map = QCborValue::fromCbor(rest).toMap();
    RecoveryCopy copy{map[QStringLiteral("path")].toString(),
                      QDateTime::fromString(map[QStringLiteral("written")].toString(), Qt::ISODateWithMs),
                      map[QStringLiteral("base")].toByteArray(),
                      map[QStringLiteral("text")].toByteArray().toStdString(),
                      map[QStringLiteral("layout")].toByteArray().toStdString()};
    // One of a later form is none.
    return copy.path.isEmpty() || !copy.written.isValid() ? std::nullopt : std::optional(std::move(copy));
}

} // namespace

QString canonical(const QString& path)
{
    const QFileInfo info(path);
    if (info.exists())
        return info.canonicalFilePath();
    const auto folder = QFileInfo(info.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? info.absoluteFilePath() : folder + u'/' + info.fileName();
}

QByteArray hashOf(const std::optional<std::string>& text)
{
    return text ? QCryptographicHash::hash(bytes(*text), QCryptographicHash::Sha256) : QByteArray();
}

QString fileOf(const QString& path)
{
    const auto name = QCryptographicHash::hash(canonical(path).toUtf8(), QCryptographicHash::Sha256).toHex();
    return folder() + u'/' + QString::fromLatin1(name) + ending();
}

bool write(const RecoveryCopy& copy)
{
    QSaveFile file(fileOf(copy.path));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QCborMap map{{QStringLiteral("path"), copy.path},
                       {QStringLiteral("written"), copy.written.toString(Qt::ISODateWithMs)},
                       {QStringLiteral("base"), copy.base},
                       {QStringLiteral("text"), bytes(copy.text)},
                       {QStringLiteral("layout"), bytes(copy.layout)}};
    const auto rest = QCborValue(map).toCbor();
    return file.write(sumOf(rest) + rest) >= 0 && file.commit();
}

std::optional<RecoveryCopy> read(const QString& path)
{
    auto copy = readFile(fileOf(path));
    if (copy && canonical(copy->path) != canonical(path))
        return std::nullopt;
    return copy;
}

void remove(const QString& path)
{
    QFile::remove(fileOf(path));
}

QList<RecoveryCopy> left()
{
    QList<RecoveryCopy> copies;
    for (const auto& file : QDir(folder()).entryInfoList({u'*' + ending()}, QDir::Files, QDir::Time)) {
        auto copy = readFile(file.filePath());
        if (copy && fileOf(copy->path) == file.filePath() && !DocumentLock::holderOf(copy->path))
            copies.append(*std::move(copy));
    }
    return copies;
}

} // namespace recovery

RecoveryKeeper::RecoveryKeeper(JourneyDocument* document, std::chrono::milliseconds delay)
    : QObject(document)
    , m_document(document)
    , m_path(document->path())
    , m_lane(std::make_unique<Lane>(delay))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &RecoveryKeeper::write);
    connect(document, &JourneyDocument::valueChanged, this, &RecoveryKeeper::follow);
    connect(document, &JourneyDocument::modifiedChanged, this, &RecoveryKeeper::follow);
    connect(document, &JourneyDocument::readOnlyChanged, this, &RecoveryKeeper::look);
    connect(document, &JourneyDocument::pathChanged, this, [this, delay] {
        m_lane = std::make_unique<Lane>(delay); // waits for what is being written
        if (m_used)
            recovery::remove(m_path);
        m_used = false;
        m_found.reset(); // it stays with the file that it was made of
        m_path = m_document->path();
        follow();
    });
    look();
}

RecoveryKeeper::~RecoveryKeeper()
{
    m_lane.reset();
    if (m_used)
        recovery::remove(m_path);
}

void RecoveryKeeper::look()
{
    // The copy of a document that another process holds is that process's.
    if (m_used || m_document->isReadOnly())
        return;
    m_found = recovery::read(m_path);
    const auto& onDisk = m_document->file().base();
    if (m_found && m_found->text == onDisk.text && m_found->layout == onDisk.layout)
        discard();
}

bool RecoveryKeeper::foundFits() const
{
    return m_found && m_found->base == recovery::hashOf(m_document->file().base().text);
}

QString RecoveryKeeper::restore()
{
    const auto copy = std::exchange(m_found, std::nullopt);
    m_used = true;
    const auto reason = m_document->restore({copy->text, copy->layout}, tr("Restore unsaved changes"));
    if (!reason.isEmpty()) {
        m_found = copy;
        m_used = false;
    }
    return reason;
}

void RecoveryKeeper::discard()
{
    m_found.reset();
    recovery::remove(m_path);
}

void RecoveryKeeper::follow()
{
    if (!m_document->isModified())
        remove();
    else if (!m_timer.isActive()) // not started anew: who types without a pause is kept up with
        m_timer.start();
}

void RecoveryKeeper::write()
{
    if (!m_document->isModified() || m_found)
        return;
    m_used = true;
    auto content = m_document->content();
    m_lane->submit([copy = RecoveryCopy{m_path, QDateTime::currentDateTimeUtc(),
                                        recovery::hashOf(m_document->file().base().text), *std::move(content.text),
                                        std::move(content.layout)}](const base::Watch&) { recovery::write(copy); });
}

void RecoveryKeeper::remove()
{
    m_timer.stop();
    // Behind what is being written on the same thread, and in place of what is not yet.
    if (m_used)
        m_lane->submit([path = m_path](const base::Watch&) { recovery::remove(path); });
}

} // namespace emac::widgets
