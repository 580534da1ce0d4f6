// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>
#include <QLineF>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

namespace emac::widgets {

/// What a gesture shows before it has happened, in scene coordinates.
struct Preview
{
    std::vector<QRectF> ghosts; ///< where what is carried is
    QString carried{}; ///< what people call it, while it is elsewhere
    QRectF mark; ///< where it will land
    std::vector<QLineF> guides; ///< what it is aligned with
    std::optional<QLineF> band; ///< from a handle to the pointer
    std::vector<QPointF> handles; ///< of adding
    QString words; ///< what will happen

    bool operator==(const Preview&) const = default;
};

/// Over all other items; nothing of it can be hit.
class PreviewItem : public QGraphicsItem
{
public:
    PreviewItem();
    const Preview& preview() const { return m_preview; }
    void show(Preview preview);

    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    Preview m_preview;
    QRectF m_bounds;
};

inline constexpr double handleRadius = 8; ///< in units of the scene

} // namespace emac::widgets
