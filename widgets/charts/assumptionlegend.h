// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QPainter;
class QToolButton;

namespace emac::widgets {

/// What each number of the chart assumes, in a sentence beside its mark as it is drawn. Can be folded to its heading;
/// that is remembered.
class AssumptionLegend : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        std::function<void(QPainter&, const QSizeF&)> mark; ///< as the chart draws it
        QString symbol;
        QString sentence; ///< what it assumes
        QString more; ///< what it guarantees, for a tool tip
    };
    struct Content
    {
        std::vector<Entry> entries;
        QString caution;
        QString settingsKey; ///< where it is kept whether the legend is folded
    };
    /// Of the availability chart.
    static Content availability();

    AssumptionLegend(const Content& content, QWidget* parent);

    bool isFolded() const;
    /// Of what the chart does not show just now nothing is said.
    void setShown(std::size_t entry, bool shown);

signals:
    void folded(bool folded);

private:
    QToolButton* m_heading;
    QWidget* m_body;
    std::vector<QWidgetList> m_rows; ///< of each entry
};

} // namespace emac::widgets
