// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/intervalchart.h"

#include <QGraphicsItem>

namespace emac::widgets {

/// The bars of an IntervalChart, its row labels and the label of the objective.
class IntervalBars : public QGraphicsItem
{
public:
    explicit IntervalBars(QGraphicsItem* parent);

    /// `plot` is the chart's plot area: labels stand left of it, the objective's label above it. `first` rows are
    /// scrolled away.
    void show(const IntervalContent& content, const nines::Scale& scale, const QRectF& plot, int first, int visible);
    void setHovered(int row);

    /// Of the row as a whole, labels included.
    QRectF rowRectangle(int row) const;
    double rowHeight() const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    static double labelColumn(const std::vector<IntervalRow>& rows, double most);
    /// The room that the texts at the two ends need.
    static double worstTextWidth(const IntervalRow& row);
    static double bestTextWidth(const IntervalRow& row);

private:
    double xOf(double unavailability) const;
    void paintRow(QPainter& painter, int row) const;
    void paintObjective(QPainter& painter) const;

    IntervalContent m_content;
    nines::Scale m_scale;
    QRectF m_plot;
    int m_first = 0;
    int m_visible = 0;
    int m_hovered = -1;
};

} // namespace emac::widgets
