// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervaltablemodel.h"

#include "widgets/common/format.h"

#include <QFont>

#include <algorithm>
#include <numeric>

namespace emac::widgets {

void IntervalTableModel::setRows(std::vector<IntervalRow> rows)
{
    if (rows == m_rows)
        return;
    if (std::ranges::equal(rows, m_rows, {}, &IntervalRow::element, &IntervalRow::element)) {
        m_rows = std::move(rows);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QString IntervalTableModel::tabSeparated(const QList<int>& rows) const
{
    QList<int> wanted = rows;
    if (wanted.isEmpty()) {
        wanted.resize(rowCount());
        std::iota(wanted.begin(), wanted.end(), 0);
    }
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << cells.join(QLatin1Char('\t'));
    for (const int row : wanted) {
        cells.clear();
        for (int column = 0; column < ColumnCount; ++column) {
            auto text = index(row, column).data().toString();
            text.replace(QLatin1Char('\t'), QLatin1Char(' '));
            cells << text.replace(QLatin1Char('\n'), QLatin1Char(' '));
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

int IntervalTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int IntervalTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant IntervalTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role == Qt::FontRole && row.depth < 2) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    if (role != Qt::DisplayRole)
        return {};
    const auto column = static_cast<Column>(index.column());
    if (column == Name)
        return row.label;
    if (!row.known)
        return QString(QStringLiteral("–"));
    const bool optimistic = column == Optimistic || column == OptimisticFailure;
    if (optimistic && !row.best)
        return tr("not computed");
    switch (column) {
    case Pessimistic:
        return availabilityText(row.worst);
    case Optimistic:
        return availabilityText(*row.best);
    case PessimisticFailure:
        return unavailabilityText(row.worst);
    case OptimisticFailure:
        return unavailabilityText(*row.best);
    case PessimisticNines:
        return ninesText(row.worst);
    case Name:
    case ColumnCount:
        break;
    }
    return {};
}

QVariant IntervalTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Name:
        return tr("Part");
    case Pessimistic:
        return tr("A⁻ pessimistic");
    case Optimistic:
        return tr("A⁺ optimistic");
    case PessimisticFailure:
        return tr("1 − A⁻");
    case OptimisticFailure:
        return tr("1 − A⁺");
    case PessimisticNines:
        return tr("Nines of A⁻");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace emac::widgets
