// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/look.h"
#include "widgets/canvas/style.h"

#include <QGraphicsItem>
#include <QPainterPath>

#include <optional>

namespace emac::widgets {

/// The item of one node. Everyone else addresses it by its NodeId.
class NodeItem : public QGraphicsItem
{
public:
    enum
    {
        Type = UserType + 1
    };

    /// @pre the style outlives the item
    NodeItem(journey::NodeId id, const CanvasStyle& style);

    int type() const override { return Type; }
    journey::NodeId id() const { return m_id; }
    const Look& look() const { return m_look; }
    /// @returns whether it differs; only then the item is painted again
    bool setLook(const Look& look);
    void setBox(const QRectF& box); ///< in scene coordinates
    QRectF box() const { return {pos(), m_size}; }
    /// Outlined because what it stands for (its component) is selected, though the node itself is not.
    void setRelated(bool related);
    bool isRelated() const { return m_related; }

    QRectF boundingRect() const override;
    QPainterPath shape() const override;

protected:
    QRectF local() const { return {QPointF(), m_size}; }
    const CanvasStyle& style() const { return m_style; }
    /// The accent where selected or related, a soft one under the pointer.
    void paintOutline(QPainter& painter, double radius) const;
    void paintBadges(QPainter& painter, double right) const;
    QColor numbersColour() const;

    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;

private:
    journey::NodeId m_id;
    const CanvasStyle& m_style;
    Look m_look;
    QSizeF m_size;
    bool m_hovered = false;
    bool m_related = false;
};

/// The card of a call or a use.
class CardItem : public NodeItem
{
public:
    using NodeItem::NodeItem;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintText(QPainter& painter, double scale) const;
    void paintName(QPainter& painter, double wanted) const;
    void paintHeat(QPainter& painter, double scale) const;
};

/// The frame of an operator, with its header.
class FrameItem : public NodeItem
{
public:
    using NodeItem::NodeItem;
    /// Lines from the edge to the marks, in scene coordinates; none where the operator does not fan out.
    void setPorts(const std::optional<layout::Drawing::Ports>& ports);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QPainterPath headerPath() const;
    void paintHeader(QPainter& painter, double scale) const;

    std::optional<layout::Drawing::Ports> m_ports;
};

} // namespace emac::widgets
