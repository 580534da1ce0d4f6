// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/expression.h"
#include "widgets/canvas/gliding.h"
#include "widgets/canvas/style.h"

#include <QGraphicsItem>
#include <QPainterPath>

#include <vector>

namespace emac::widgets {

/// A line of the flow: an arrow between boxes, or a way from a fork or to a join.
class ArrowItem : public QGraphicsItem, public Gliding
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
        bool operator==(const Line&) const = default;
    };

    /// @pre the style outlives the item
    explicit ArrowItem(const CanvasStyle& style) : m_style(style) { }
    void setLine(Line line, Motion motion);
    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void glided() override;
    void makePath();
    QRectF boundsOf(const std::vector<layout::Point>& points) const;
    void paintLabel(QPainter& painter) const;

    Line m_line;
    const CanvasStyle& m_style;
    std::vector<layout::Point> m_from; ///< where it is gliding: as many points as m_to
    std::vector<layout::Point> m_to;
    std::vector<layout::Point> m_shown;
    QPainterPath m_path; ///< of what is shown
    QRectF m_bounds;
};

/// Where the journey starts or ends, or where an operator forks or joins; each operator has marks of its own.
class MarkItem : public QGraphicsItem, public Gliding
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
        bool operator==(const Mark&) const = default;
    };

    /// @pre the style outlives the item
    explicit MarkItem(const CanvasStyle& style) : m_style(style) { }
    void setMark(Mark mark, Motion motion);
    QRectF boundingRect() const override;
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void glided() override;
    Mark shown() const;
    static QRectF boundsOf(const Mark& mark);
    void paintFork(QPainter& painter, const Mark& mark) const;
    void paintBar(QPainter& painter, const Mark& mark) const;

    Mark m_mark;
    Mark m_from; ///< where it is gliding
    bool m_fresh = true; ///< has not been set yet
    const CanvasStyle& m_style;
};

} // namespace emac::widgets
