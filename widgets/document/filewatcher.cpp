// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/filewatcher.h"

#include <QFileInfo>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;
constexpr auto quiet = 150ms;

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

FileWatcher::FileWatcher(QObject* parent) : QObject(parent)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quiet);
    const auto restart = qOverload<>(&QTimer::start);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_quiet, restart);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_quiet, restart);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        follow();
        emit settled();
    });
}

void FileWatcher::watch(const QStringList& files)
{
    m_files = files;
    follow();
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
