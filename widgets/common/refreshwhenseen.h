// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace emac::widgets {

/// Refreshes a panel at once while it is in sight, else once as it comes into sight. A dock behind the tab of another
/// is out of sight, though Qt calls it visible.
class RefreshWhenSeen : public QObject
{
    Q_OBJECT
public:
    /// Belongs to the panel.
    RefreshWhenSeen(QWidget* panel, std::function<void()> refresh);

    void request();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void catchUp();

    QWidget* m_panel;
    std::function<void()> m_refresh;
    bool m_due = false;
};

} // namespace emac::widgets
