// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/nodeitem.h"

#include <string>

namespace emac::widgets {

/// The dashed card of a component that lies on the canvas uncalled. It is no node.
class LooseItem : public QGraphicsItem
{
public:
    /// @pre the style outlives the item
    LooseItem(std::string component, const CanvasStyle& style);

    const std::string& component() const { return m_component; }
    QRectF box() const { return m_card.box().translated(pos()); }
    QRectF nameBox() const { return m_card.nameBox().translated(pos()); }
    void setBox(const QRectF& box); ///< in scene coordinates
    /// @returns whether it differs; only then the item is painted again
    bool setLook(const Look& look);
    const Look& look() const { return m_card.look(); }

    QRectF boundingRect() const override { return m_card.boundingRect(); }
    QPainterPath shape() const override { return m_card.shape(); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    std::string m_component;
    CardItem m_card; ///< of no scene: it paints
};

} // namespace emac::widgets
