// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/intervalchart.h"
#include "widgets/charts/intervalmarks.h"

#include <QGraphicsItem>

namespace emac::widgets {

/// The bars of an IntervalChart with their whiskers, ticks and numbers, its row labels and the label of the objective.
class IntervalBars : public QGraphicsItem
{
public:
    explicit IntervalBars(QGraphicsItem* parent);

    /// `plot` is the chart's plot area: labels stand left of it, the objective's label above it. `first` rows are
    /// scrolled away.
    void show(const IntervalContent& content, const nines::Scale& scale, const QRectF& plot, int first, int visible);
    /// The row under the pointer, −1 for none, and the number in it.
    void setHovered(int row, std::optional<Figure> figure = {});

    /// Of the row as a whole, labels included.
    QRectF rowRectangle(int row) const;
    double rowHeight() const;
    /// The number whose text or mark lies there: of the row only.
    std::optional<Figure> figureAt(int row, const QPointF& point) const;
    /// Where to click for a number of a visible row; empty where it is not drawn.
    QRectF figureRectangle(int row, Figure figure) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    static double labelColumn(const std::vector<IntervalRow>& rows, double most);
    /// The room that the texts at the two ends need.
    static double worstTextWidth(const IntervalRow& row, const AvailabilityDisplay& display);
    static double bestTextWidth(const IntervalRow& row, const AvailabilityDisplay& display);

private:
    /// The number's text at an end of the bar; empty where there is none.
    struct Value
    {
        QString text;
        QRectF box;
    };
    marks::Places placesOf(const IntervalRow& row) const;
    double middleOf(int row) const { return rowRectangle(row).center().y(); }
    Value worstValue(int row, const marks::Places& places) const;
    Value bestValue(int row, const marks::Places& places) const;
    void paintRow(QPainter& painter, int row) const;
    void paintValue(QPainter& painter, int row, const Value& value, Figure figure, const QColor& ink) const;
    void paintObjective(QPainter& painter) const;

    IntervalContent m_content;
    nines::Scale m_scale;
    QRectF m_plot;
    int m_first = 0;
    int m_visible = 0;
    int m_hovered = -1;
    std::optional<Figure> m_hoveredFigure;
};

} // namespace emac::widgets
