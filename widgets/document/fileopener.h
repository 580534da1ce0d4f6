// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/open.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <memory>
#include <stop_token>

namespace emac::widgets {

/// Opens intents one after the other on a thread of its own, so that the window answers meanwhile.
class FileOpener : public QObject
{
    Q_OBJECT
public:
    explicit FileOpener(QObject* parent = nullptr);
    /// Stops what is being read and joins.
    ~FileOpener() override;

    /// @param path absolute
    void open(const QString& path);
    int pending() const { return m_pending; }

signals:
    void started(const QString& path);
    void opened(const std::shared_ptr<const emac::workspace::OpenedIntent>& file);

private:
    QThread m_thread;
    QObject m_worker; ///< lives on the thread
    std::stop_source m_stop;
    int m_pending = 0;
};

} // namespace emac::widgets
