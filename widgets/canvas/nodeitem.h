// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/gliding.h"
#include "widgets/canvas/look.h"
#include "widgets/canvas/style.h"

#include <QGraphicsItem>
#include <QPainterPath>

#include <optional>

namespace emac::widgets {

/// The item of one node. Everyone else addresses it by its NodeId.
class NodeItem : public QGraphicsItem, public Gliding
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
    void setBox(const QRectF& box, Motion motion = Motion::Jump); ///< in scene coordinates
    QRectF box() const { return {pos(), m_size}; }
    QRectF shownBox() const { return between(m_from, box()); } ///< where it is painted
    QRectF nameBox() const { return localNameBox().translated(pos()); } ///< of its title, in scene coordinates
    /// The triangle that closes and opens the operator, in scene coordinates; empty where there is none.
    QRectF disclosure() const;
    /// Outlined because what it stands for (its component) is selected, though the node itself is not.
    void setRelated(bool related);
    bool isRelated() const { return m_related; }

    QRectF boundingRect() const override;
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) final;

protected:
    /// What is painted, from its own top left corner.
    QRectF local() const { return {QPointF(), shownBox().size()}; }
    virtual void paintContent(QPainter& painter) = 0;
    virtual QRectF localDisclosure(const QSizeF& size) const = 0; ///< of a box of this size
    virtual QRectF localNameBox() const = 0;
    void paintDisclosure(QPainter& painter, bool open) const;
    const CanvasStyle& style() const { return m_style; }
    /// The accent where selected or related, a soft one under the pointer.
    void paintOutline(QPainter& painter, double radius) const;
    void paintBadges(QPainter& painter, double right) const;
    QColor numbersColour() const;

    void hoverEnterEvent(QGraphicsSceneHoverEvent* event) override;
    void hoverLeaveEvent(QGraphicsSceneHoverEvent* event) override;

private:
    void glided() override;

    journey::NodeId m_id;
    const CanvasStyle& m_style;
    Look m_look;
    QSizeF m_size;
    QRectF m_from; ///< of the box, where it is gliding
    bool m_hovered = false;
    bool m_related = false;
};

/// The card of a call or a use, or of a closed operator.
class CardItem : public NodeItem
{
public:
    using NodeItem::NodeItem;

private:
    void paintContent(QPainter& painter) override;
    QRectF localDisclosure(const QSizeF& size) const override;
    QRectF localNameBox() const override;
    void paintGround(QPainter& painter, double scale) const;
    void paintIcon(QPainter& painter, const QRectF& square) const;
    void paintText(QPainter& painter, double scale) const;
    void paintName(QPainter& painter, double wanted) const;
    void paintHeat(QPainter& painter, double scale) const;
};

/// The frame of an operator, with its header.
class FrameItem : public NodeItem
{
public:
    using NodeItem::NodeItem;
    /// @param ports lines from the edge to the marks, in scene coordinates; none where the operator does not fan out
    void setFrame(const QRectF& box, const std::optional<layout::Drawing::Ports>& ports, Motion motion = Motion::Jump);

private:
    struct Ports ///< from the top left corner
    {
        QPointF fork;
        QPointF join;
    };
    void paintContent(QPainter& painter) override;
    QRectF localDisclosure(const QSizeF& size) const override;
    QRectF localNameBox() const override;
    QPainterPath headerPath() const;
    void paintHeader(QPainter& painter, double scale) const;
    Ports shownPorts() const
    {
        return {between(m_portsFrom.fork, m_ports->fork), between(m_portsFrom.join, m_ports->join)};
    }

    std::optional<Ports> m_ports;
    Ports m_portsFrom;
};

} // namespace emac::widgets
