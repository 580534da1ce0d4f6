// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/tailmodel.h"

#include "widgets/common/theme.h"

#include <utility>

namespace emac::widgets {

void TailModel::setRows(std::vector<TailRow> rows, double whole)
{
    if (rows == this->rows() && whole == m_whole)
        return;
    m_whole = whole;
    replaceRows(std::move(rows));
}

void TailModel::setStale(bool stale)
{
    if (std::exchange(m_stale, stale) != stale)
        changeCells({Qt::ForegroundRole});
}

QVariant TailModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& row = rows()[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (column < Adds ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::ForegroundRole)
        return m_stale ? QVariant(theme::mutedText()) : QVariant();
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (column) {
    case Place:
        return row.place;
    case Component:
        return row.component;
    case Adds:
        return role == SortRole ? QVariant(row.seconds) : QVariant(tailTime(row.seconds, m_whole));
    case Share:
        return role == SortRole ? QVariant(row.share) : QVariant(tailShare(row.share));
    case ColumnCount:
        break;
    }
    return {};
}

QVariant TailModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto column = static_cast<Column>(section);
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (column < Adds ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Place:
        return tr("Call");
    case Component:
        return tr("Component");
    case Adds:
        return tr("Adds");
    case Share:
        return tr("Share");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace emac::widgets
