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

QString tabSeparated(const QAbstractItemModel& model, const QList<int>& rows)
{
    auto wanted = rows;
    if (wanted.isEmpty()) {
        wanted.resize(model.rowCount());
        std::iota(wanted.begin(), wanted.end(), 0);
    }
    QStringList lines;
    const auto addLine = [&](const auto& textOf) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << textOf(column).toString().simplified();
        lines << cells.join(u'\t');
    };
    addLine([&](int column) { return model.headerData(column, Qt::Horizontal); });
    for (const int row : wanted)
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
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void CopyTable::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Copy)) {
        QTableView::keyPressEvent(event);
        return;
    }
    QList<int> rows;
    for (const auto& index : selectionModel()->selectedRows())
        rows << index.row();
    std::ranges::sort(rows);
    QGuiApplication::clipboard()->setText(tabSeparated(*model(), rows));
}

} // namespace emac::widgets
