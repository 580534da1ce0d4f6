// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/refreshwhenseen.h"
#include "widgets/palette/usagetracker.h"

#include <QWidget>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace emac::widgets {

/// Where a component is used: the journeys of the working copy that call it, and each of these calls, which lead there.
class UsagePanel : public QWidget
{
    Q_OBJECT
public:
    /// @param usage outlives this
    explicit UsagePanel(UsageTracker* usage, QWidget* parent = nullptr);

    /// Looks again as well, so that what is shown is as on disk.
    void showComponent(const QString& component);
    const QString& component() const { return m_component; }

signals:
    /// To be opened, and the call with this place key to be selected; the journey alone where the key is empty.
    void callRequested(const QString& path, const QString& key);

private:
    void refresh();
    void add(const workspace::JourneyUsage& journey);
    void open(const QTreeWidgetItem* item);

    UsageTracker* m_usage;
    QString m_component;
    QLabel* m_heading;
    QLabel* m_summary;
    QTreeWidget* m_tree;
    RefreshWhenSeen m_refresh;
};

} // namespace emac::widgets
