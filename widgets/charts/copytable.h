// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace emac::widgets {

/// The rows with a line of headings, tab-separated, each cell on one line; all rows where none is named, and all
/// columns.
QString tabSeparated(const QAbstractItemModel& model, const QList<int>& rows = {}, const QList<int>& columns = {});

/// The table of a chart's numbers: whole rows are selected, and the copy keys copy what is seen of them; of all where
/// none is selected. The keys for all select all rows.
class CopyTable : public QTableView
{
    Q_OBJECT
public:
    explicit CopyTable(QWidget* parent);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void copy();
};

} // namespace emac::widgets
