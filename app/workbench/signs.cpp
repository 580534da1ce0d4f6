// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/signs.h"

#include "widgets/common/theme.h"

#include <QPainter>
#include <QPixmap>

namespace emac::workbench {

QIcon sign(const char* name)
{
    const QIcon drawn(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(name)));
    if (!widgets::theme::isDark())
        return drawn; // as it is
    QIcon icon;
    for (const int side : {16, 24, 32, 48, 64}) { // for all resolutions of a screen
        auto picture = drawn.pixmap(QSize(side, side), 1.0);
        QPainter painter(&picture);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(picture.rect(), widgets::theme::text());
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

} // namespace emac::workbench
