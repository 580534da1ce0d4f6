// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/editing/carried.h"
#include "widgets/palette/palettemodel.h"

#include <QStyledItemDelegate>

namespace emac::widgets {

/// Paints a row of the palette: its sign as on the canvas, its name, and at the right where it is known from and what
/// is the matter with it. What the next click puts down looks pressed.
class PaletteDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    PaletteDelegate(const PaletteModel* model, const PlacingTool* tool, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintHeading(QPainter& painter, const QRect& rect, const PaletteRow& row) const;
    void paintRow(QPainter& painter, const QStyleOptionViewItem& option, const PaletteRow& row) const;

    const PaletteModel* m_model;
    const PlacingTool* m_tool;
};

} // namespace emac::widgets
