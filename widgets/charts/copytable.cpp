// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/copytable.h"

#include "widgets/common/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>
#include <numeric>

namespace emac::widgets {

namespace {

QList<int> orAll(QList<int> wanted, int count)
{
    if (wanted.isEmpty()) {
        wanted.resize(count);
        std::iota(wanted.begin(), wanted.end(), 0);
    }
    return wanted;
}

} // namespace

QString tabSeparated(const QAbstractItemModel& model, const QList<int>& rows, const QList<int>& columns)
{
    const auto shown = orAll(columns, model.columnCount());
    QStringList lines;
    const auto addLine = [&](const auto& textOf) {
        QStringList cells;
        for (const int column : shown)
            cells << textOf(column).toString().simplified();
        lines << cells.join(u'\t');
    };
    addLine([&](int column) { return model.headerData(column, Qt::Horizontal); });
    for (const int row : orAll(rows, model.rowCount()))
        addLine([&](int column) { return model.index(row, column).data(); });
    return lines.join(u'\n') + u'\n';
}

CopyTable::CopyTable(QWidget* parent) : QTableView(parent)
{
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(3 * theme::unit);
    horizontalHeader()->setHighlightSections(false);
}

bool CopyTable::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (key.matches(QKeySequence::Copy) || key.matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void CopyTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else
        QTableView::keyPressEvent(event);
}

void CopyTable::copy()
{
    QList<int> rows;
    for (const auto& index : selectionModel()->selectedRows())
        rows << index.row();
    std::ranges::sort(rows);
    QList<int> columns;
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (!isColumnHidden(column))
            columns << column;
    }
    QGuiApplication::clipboard()->setText(tabSeparated(*model(), rows, columns));
}

} // namespace emac::widgets
