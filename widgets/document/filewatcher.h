// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>

namespace emac::widgets {

class Lane;

/// Tells when something may have happened to some files, once things have been quiet for 150 ms, or restless for a
/// second. A file that another program replaces by a new one is followed; so is one that goes away and comes back, as
/// when Git changes the branch. Whether anything is different at all (and not only a mode or a time) is for the
/// listener to compare.
///
/// On network file systems the system tells nothing of what other machines do: there it looks by itself, every two
/// seconds while a window of the program is active, and at once when one becomes active. It looks in a thread of its
/// own, as a server may let it wait.
class FileWatcher : public QObject
{
    Q_OBJECT
public:
    /// The type of the file system that holds a path: "ext4", "nfs4".
    using FileSystem = std::function<QByteArray(const QString& path)>;
    explicit FileWatcher(QObject* parent = nullptr, FileSystem fileSystem = fileSystemOf);
    ~FileWatcher() override;
    static QByteArray fileSystemOf(const QString& path);

    /// Follows these files and no others, links resolved; of a folder, what comes and goes in it. They need not exist.
    /// Settles once for the beginning: what happened before the watch began is found as well.
    void watch(const QStringList& files);

signals:
    void settled();

private:
    void follow();
    void look();
    void receive(QByteArrayList now); ///< settles where a file holds something else than at the last look

    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
    QElapsedTimer m_unrest; ///< since the first change that has not been told
    QStringList m_files;
    FileSystem m_fileSystem;
    QTimer m_look; ///< runs where the system tells nothing
    QByteArrayList m_seen; ///< what each file held at the last look, hashed
    std::unique_ptr<Lane>
        m_lane; ///< null before it is needed; last: it joins its thread before anything above goes away
};

} // namespace emac::widgets
