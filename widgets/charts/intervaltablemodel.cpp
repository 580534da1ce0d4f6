// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervaltablemodel.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"

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

void IntervalTableModel::setDisplay(const AvailabilityDisplay& display)
{
    if (display == m_display)
        return;
    m_display = display;
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

std::optional<Figure> IntervalTableModel::figureOf(int column)
{
    switch (static_cast<Column>(column)) {
    case Pessimistic:
    case PessimisticFailure:
        return Figure::Pessimistic;
    case Optimistic:
    case OptimisticFailure:
        return Figure::Optimistic;
    case CommonCause:
        return Figure::CommonCause;
    case Lowest:
        return Figure::Lowest;
    case Highest:
        return Figure::Highest;
    case Name:
    case Envelope:
    case ColumnCount:
        break;
    }
    return std::nullopt;
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
    return row.values ? cell(*row.values, column) : QStringLiteral("–");
}

QString IntervalTableModel::cell(const analysis::NodeAvailability& values, Column column) const
{
    if (column == Envelope)
        return values.envelope.sharp ? tr("attained") : outerBound();
    const auto figure = figureOf(column);
    if (!figure)
        return {};
    const auto failure = failureOf(values, *figure);
    if (!failure)
        return *figure == Figure::CommonCause ? tr("none") : tr("not computed");
    const bool failures = column == PessimisticFailure || column == OptimisticFailure;
    return failures ? unavailabilityText(*failure) : availabilityText(*failure, m_display);
}

QVariant IntervalTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole) {
        const auto figure = figureOf(section);
        return figure ? parts::plainToolTip(tr("%1 %2").arg(assumptionOf(*figure), guaranteeOf(*figure))) : QString();
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Name:
        return tr("Part");
    case Pessimistic:
    case Optimistic:
    case CommonCause:
    case Lowest:
    case Highest:
        return headingOf(*figureOf(section));
    case Envelope:
        return tr("Envelope");
    case PessimisticFailure:
        return tr("1 − A⁻");
    case OptimisticFailure:
        return tr("1 − A⁺");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace emac::widgets
