// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/looseitem.h"

namespace emac::widgets {

LooseItem::LooseItem(std::string component, const CanvasStyle& style)
    : m_component(std::move(component))
    , m_card({}, style)
{
    setFlag(ItemIsSelectable);
}

void LooseItem::setBox(const QRectF& box)
{
    if (box == this->box())
        return;
    prepareGeometryChange();
    m_card.setBox({QPointF(), box.size()});
    setPos(box.topLeft());
}

bool LooseItem::setLook(const Look& look)
{
    if (!m_card.setLook(look))
        return false;
    setToolTip(look.toolTip);
    update();
    return true;
}

void LooseItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget)
{
    m_card.setSelected(isSelected());
    m_card.paint(painter, option, widget);
}

} // namespace emac::widgets
