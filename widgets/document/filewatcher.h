// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace emac::widgets {

/// Tells when something may have happened to some files, once things have been quiet for 150 ms. A file that another
/// program replaces by a new one is followed; so is one that goes away and comes back, as when Git changes the branch.
/// Whether anything is different at all (and not only a mode or a time) is for the listener to compare.
class FileWatcher : public QObject
{
    Q_OBJECT
public:
    explicit FileWatcher(QObject* parent = nullptr);

    /// Follows these files and no others, links resolved. They need not exist. Settles once for the beginning: what
    /// happened before the watch began is found as well.
    void watch(const QStringList& files);

signals:
    void settled();

private:
    void follow();

    QFileSystemWatcher m_watcher;
    QTimer m_quiet;
    QStringList m_files;
};

} // namespace emac::widgets
