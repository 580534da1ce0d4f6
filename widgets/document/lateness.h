// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace emac::widgets {

/// Tells when results that are awaited count as late, which views show in grey: 150 ms after the first of what has been
/// asked for since the last result. So what keeps coming throughout a drag is never late.
class Lateness : public QObject
{
    Q_OBJECT
public:
    explicit Lateness(QObject* parent = nullptr);

    bool isLate() const { return m_late; }

    /// A result is awaited.
    void expect();
    /// One has come, or none is awaited any more. @param more a newer one is awaited still
    void settle(bool more = false);

signals:
    void changed(bool late);

private:
    void set(bool late);

    QTimer m_timer;
    bool m_late = false;
};

} // namespace emac::widgets
