// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencytablemodel.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"

#include <QFont>

#include <algorithm>

namespace emac::widgets {

namespace {

QString none()
{
    return QStringLiteral("–");
}

} // namespace

void LatencyTableModel::setContent(const LatencyContent& content)
{
    if (content == m_content)
        return;
    const auto rows = content.journey ? content.journey->independent.percentiles.size()
                                            + content.journey->independent.deadlines.size()
                                      : 0;
    const bool reset = static_cast<int>(rows) != rowCount();
    if (reset)
        beginResetModel();
    const bool headings = content.selected.has_value() != m_content.selected.has_value()
                          || (content.selected && content.selected->name != m_content.selected->name);
    m_content = content;
    if (reset)
        endResetModel();
    else if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    if (headings)
        emit headerDataChanged(Qt::Horizontal, Selected, Selected);
}

int LatencyTableModel::percentiles() const
{
    return m_content.journey ? static_cast<int>(m_content.journey->independent.percentiles.size()) : 0;
}

int LatencyTableModel::deadlines() const
{
    return m_content.journey ? static_cast<int>(m_content.journey->independent.deadlines.size()) : 0;
}

std::optional<std::size_t> LatencyTableModel::percentileOf(int row) const
{
    return row >= 0 && row < percentiles() ? std::optional(static_cast<std::size_t>(row)) : std::nullopt;
}

const analysis::LatencyBand* LatencyTableModel::bandOf(Column column) const
{
    switch (column) {
    case IndependentLower:
    case IndependentNominal:
    case IndependentUpper:
        return &m_content.journey->independent;
    case SharedFateLower:
    case SharedFateUpper:
        return m_content.journey->sharedFate ? &*m_content.journey->sharedFate : nullptr;
    case EnvelopeLower:
    case EnvelopeUpper:
        return m_content.journey->envelope ? &*m_content.journey->envelope : nullptr;
    case Selected:
        return m_content.selected ? &m_content.selected->band : nullptr;
    case Name:
    case Confident:
    case ColumnCount:
        break;
    }
    return nullptr;
}

bool LatencyTableModel::isUnbounded(const QModelIndex& index) const
{
    const auto percentile = percentileOf(index.row());
    if (!index.isValid() || !percentile)
        return false;
    const auto column = static_cast<Column>(index.column());
    if (column == Confident)
        return !analysis::upperPercentile(*m_content.journey, *percentile);
    const auto* band = bandOf(column);
    if (band == nullptr || *percentile >= band->percentiles.size())
        return false;
    const auto& value = band->percentiles[*percentile];
    switch (column) {
    case IndependentLower:
    case SharedFateLower:
    case EnvelopeLower:
        return !value.lower;
    case IndependentNominal:
        return !value.nominal && !band->nominal.empty();
    default:
        return !value.upper;
    }
}

QString LatencyTableModel::percentileCell(std::size_t row, Column column) const
{
    if (column == Confident) { // which is not known before both are
        return m_content.journey->sharedFate
                   ? timeOrUnbounded(analysis::upperPercentile(*m_content.journey, row), base::Rounding::Up)
                   : none();
    }
    const auto* band = bandOf(column);
    if (band == nullptr || row >= band->percentiles.size())
        return none();
    const auto& value = band->percentiles[row];
    switch (column) {
    case IndependentLower:
    case SharedFateLower:
    case EnvelopeLower:
        return timeOrUnbounded(value.lower, base::Rounding::Down);
    case IndependentNominal:
        return value.nominal || !band->nominal.empty() ? timeOrUnbounded(value.nominal) : none();
    case Selected:
        return timeRange(value.lower, value.upper);
    default:
        return timeOrUnbounded(value.upper, base::Rounding::Up);
    }
}

QString LatencyTableModel::deadlineCell(std::size_t row, Column column) const
{
    const auto* band = bandOf(column);
    if (band == nullptr || row >= band->deadlines.size())
        return none();
    const auto& value = band->deadlines[row];
    switch (column) {
    case IndependentLower:
    case SharedFateLower:
    case EnvelopeLower:
        return probabilityText(value.lower, base::Rounding::Down);
    case IndependentNominal:
        return value.nominal ? probabilityText(*value.nominal) : none();
    case Selected:
        return probabilityRange(value.lower, value.upper);
    default:
        return probabilityText(value.upper, base::Rounding::Up);
    }
}

int LatencyTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : percentiles() + deadlines();
}

int LatencyTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LatencyTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto column = static_cast<Column>(index.column());
    const auto percentile = percentileOf(index.row());
    const auto deadline = static_cast<std::size_t>(index.row() - percentiles());
    switch (role) {
    case Qt::DisplayRole:
        if (column == Name) {
            return percentile
                       ? tr("%1 of successes").arg(percentileName(*percentile))
                       : tr("done within %1")
                             .arg(timeText(base::seconds(m_content.journey->independent.deadlines[deadline].limit)));
        }
        return percentile ? percentileCell(*percentile, column) : deadlineCell(deadline, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (column == Name ? Qt::AlignLeft : Qt::AlignRight));
    case Qt::FontRole:
        if (percentile == m_content.percentile) {
            QFont font;
            font.setWeight(QFont::DemiBold);
            return font;
        }
        return {};
    case Qt::ForegroundRole:
        if (m_content.stale)
            return theme::mutedText();
        return isUnbounded(index) ? QVariant(theme::bad()) : QVariant();
    case Qt::ToolTipRole:
        return isUnbounded(index)
                   ? parts::plainToolTip(tr("No finite time is known by which this part of the successes is done. A "
                                            "click leads to the evidence that leaves it open."))
                   : QString();
    default:
        return {};
    }
}

QVariant LatencyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (section == Name ? Qt::AlignLeft : Qt::AlignRight));
    const auto column = static_cast<Column>(section);
    if (role == Qt::ToolTipRole && column == Confident)
        return parts::plainToolTip(
            tr("The larger of the upper ends under independence and under shared fate: what automation judges"));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Name:
        return tr("Time");
    case IndependentLower:
        return tr("Independent\nfrom");
    case IndependentNominal:
        return tr("Independent\nnominal");
    case IndependentUpper:
        return tr("Independent\nto");
    case SharedFateLower:
        return tr("Shared fate\nfrom");
    case SharedFateUpper:
        return tr("Shared fate\nto");
    case EnvelopeLower:
        return tr("Envelope\nfrom");
    case EnvelopeUpper:
        return tr("Envelope\nto");
    case Confident:
        return tr("p_U");
    case Selected:
        return m_content.selected ? tr("%1\nalone").arg(m_content.selected->name) : tr("Selection\nalone");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace emac::widgets
