// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/copytable.h"

#include "widgets/common/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>
#include <utility>

namespace emac::widgets {

CopyTable::CopyTable(std::function<QString(const QList<int>&)> text, QWidget* parent)
    : QTableView(parent)
    , m_text(std::move(text))
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
    QGuiApplication::clipboard()->setText(m_text(rows));
}

} // namespace emac::widgets
