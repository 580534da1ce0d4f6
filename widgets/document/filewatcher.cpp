// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/filewatcher.h"

#include "widgets/document/lane.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHash>
#include <QStorageInfo>

#include <algorithm>
#include <utility>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;
constexpr auto quiet = 150ms;
constexpr auto betweenLooks = 2s;
constexpr auto longestUnrest = 1000ms;
constexpr auto longestLook = 30s; ///< that a newer one waits for

/// Another machine, or a program outside of this system, may write there unseen.
bool isRemote(const QByteArray& type)
{
    for (const auto* remote : {"nfs", "cifs", "smb", "fuse.", "9p", "afs", "ceph", "glusterfs", "lustre", "davfs",
                               "vboxsf", "virtiofs", "drvfs"}) {
        if (type.startsWith(remote))
            return true;
    }
    return false;
}

/// Empty where there is no file. Its content, as opening it makes other machines' changes seen where the time that is
/// kept of it may be an old one; of a folder, the names in it.
QByteArray stampOf(const QString& path)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    if (QFileInfo(path).isDir()) {
        hash.addData(QDir(path).entryList(QDir::NoFilter, QDir::Name).join(u'\n').toUtf8());
        return hash.result();
    }
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

/// The file, what it links to, and the folders of both, as far as they exist.
QStringList placesOf(const QString& file)
{
    QStringList places;
    const QFileInfo named(file);
    for (const auto& path : {named.absoluteFilePath(), named.canonicalFilePath()}) {
        if (path.isEmpty())
            continue;
        if (QFileInfo::exists(path))
            places.append(path);
        // Where the folder does not exist yet, its coming shows in the one above.
        auto folder = QFileInfo(path).path();
        while (!QFileInfo::exists(folder) && QFileInfo(folder).path() != folder)
            folder = QFileInfo(folder).path();
        places.append(folder);
    }
    return places;
}

} // namespace

QByteArray FileWatcher::fileSystemOf(const QString& path)
{
    auto place = QFileInfo(path).absoluteFilePath();
    while (!QFileInfo::exists(place) && QFileInfo(place).path() != place)
        place = QFileInfo(place).path();
    return QStorageInfo(place).fileSystemType();
}

FileWatcher::~FileWatcher() = default;

FileWatcher::FileWatcher(QObject* parent, FileSystem fileSystem) : QObject(parent), m_fileSystem(std::move(fileSystem))
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    // Where files come and go all the time it is never quiet.
    const auto restart = [this] {
        if (!m_quiet.isActive())
            m_unrest.start();
        if (!m_quiet.isActive() || !m_unrest.hasExpired(longestUnrest.count()))
            m_quiet.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, restart);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, restart);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        follow();
        emit settled();
    });
    m_look.setInterval(betweenLooks);
    connect(&m_look, &QTimer::timeout, this, [this] {
        if (QGuiApplication::applicationState() == Qt::ApplicationActive)
            look();
    });
    if (const auto* program = qobject_cast<QGuiApplication*>(QCoreApplication::instance()); program != nullptr) {
        connect(program, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
            if (state == Qt::ApplicationActive && m_look.isActive())
                look();
        });
    }
}

void FileWatcher::watch(const QStringList& files)
{
    m_files = files;
    follow();
    m_seen.clear();
    m_look.stop();
    QHash<QString, QString> inFolders; // one of each
    for (const auto& file : files)
        inFolders.insert(QFileInfo(file).path(), file);
    if (std::ranges::any_of(inFolders, [this](const QString& file) { return isRemote(m_fileSystem(file)); })) {
        look();
        m_look.start();
    }
    m_quiet.start();
}

void FileWatcher::look()
{
    if (!m_lane)
        m_lane = std::make_unique<Lane>(longestLook);
    m_lane->submit([this, files = m_files](const base::Watch& watch) {
        QByteArrayList now;
        for (const auto& file : files) {
            if (watch.expired())
                return;
            now.append(stampOf(file));
        }
        QMetaObject::invokeMethod(
            this,
            [this, files, now = std::move(now)] {
                if (files == m_files)
                    receive(now);
            },
            Qt::QueuedConnection);
    });
}

void FileWatcher::receive(QByteArrayList now)
{
    if (std::exchange(m_seen, now) != now)
        m_quiet.start();
}

void FileWatcher::follow()
{
    QStringList wanted;
    for (const auto& file : std::as_const(m_files))
        wanted += placesOf(file);
    wanted.removeDuplicates();
    // A file that was replaced is not watched any more, so the list is made anew each time.
    const auto watched = m_watcher.files() + m_watcher.directories();
    QStringList gone;
    for (const auto& path : watched) {
        if (!wanted.contains(path))
            gone.append(path);
        wanted.removeAll(path);
    }
    if (!gone.isEmpty())
        m_watcher.removePaths(gone);
    if (!wanted.isEmpty())
        m_watcher.addPaths(wanted);
}

} // namespace emac::widgets
