// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QPainter;

namespace emac::widgets {

/// Words that stand on the canvas itself, in device coordinates.
struct CanvasNotices
{
    QString hint; ///< where there is nothing else to see, in the middle
    QString notice; ///< about what is drawn, along the upper edge

    void paint(QPainter& painter, const QRect& viewport) const;
};

} // namespace emac::widgets
