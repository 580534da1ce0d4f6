// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/expression.h"
#include "widgets/canvas/style.h"

#include <QGraphicsItem>
#include <QPainterPath>

namespace emac::widgets {

/// A line of the flow: an arrow between boxes, or a way from a fork or to a join.
class ArrowItem : public QGraphicsItem
{
public:
    struct Line
    {
        std::vector<layout::Point> points; ///< a cubic Bézier
        bool head = false; ///< an arrow head at its end
        bool dashed = false; ///< taken only when another has failed
        QString label; ///< of a way from a fork: its probability, or the number of the try
        QString caption; ///< above the label
        QColor colour; ///< of the label
    };

    ArrowItem(Line line, const CanvasStyle& style);
    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintLabel(QPainter& painter) const;

    Line m_line;
    const CanvasStyle& m_style;
    QPainterPath m_path;
    QRectF m_bounds;
};

/// Where the journey starts or ends, or where an operator forks or joins; each operator has marks of its own.
class MarkItem : public QGraphicsItem
{
public:
    struct Mark
    {
        enum class Kind
        {
            Start,
            End,
            Fork,
            Join
        };
        Kind kind = Kind::Start;
        journey::OperatorType type = journey::OperatorType::Call; ///< of a fork or join
        QPointF centre;
        double top = 0; ///< of a bar
        double bottom = 0;
        QString text; ///< "2/3" on the join of a k of n
    };

    MarkItem(Mark mark, const CanvasStyle& style);
    QRectF boundingRect() const override;
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintFork(QPainter& painter) const;
    void paintBar(QPainter& painter) const;

    Mark m_mark;
    const CanvasStyle& m_style;
};

} // namespace emac::widgets
