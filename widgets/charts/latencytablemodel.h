// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/latencycontent.h"

#include <QAbstractTableModel>

namespace emac::widgets {

/// The numbers of the Latency chart: a row for each reported percentile of the successful journeys, then one for each
/// deadline of an objective.
class LatencyTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Name,
        IndependentLower,
        IndependentNominal,
        IndependentUpper,
        SharedFateLower,
        SharedFateUpper,
        EnvelopeLower,
        EnvelopeUpper,
        Confident, ///< p_U, by which automation judges
        Selected, ///< of the selected node alone
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setContent(const LatencyContent& content);

    /// The cell says that a percentile is unbounded.
    bool isUnbounded(const QModelIndex& index) const;
    /// Which percentile the row is of; absent for a deadline.
    std::optional<std::size_t> percentileOf(int row) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const analysis::LatencyBand* bandOf(Column column) const;
    QString percentileCell(std::size_t row, Column column) const;
    QString deadlineCell(std::size_t row, Column column) const;
    int percentiles() const;
    int deadlines() const;

    LatencyContent m_content;
};

} // namespace emac::widgets
