// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervaltablemodel.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"

#include <QFont>

#include <utility>

namespace emac::widgets {

void IntervalTableModel::setRows(std::vector<IntervalRow> rows)
{
    if (rows != this->rows())
        replaceRows(std::move(rows));
}

void IntervalTableModel::setDisplay(const AvailabilityDisplay& display)
{
    if (display == m_display)
        return;
    m_display = display;
    changeCells();
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

QVariant IntervalTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& row = rows()[static_cast<std::size_t>(index.row())];
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
