// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palettedelegate.h"

#include "widgets/canvas/glyphs.h"
#include "widgets/canvas/style.h"
#include "widgets/common/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace emac::widgets {

using theme::unit;

namespace {

constexpr int glyph = 16; ///< pixels
constexpr int badge = 14;

void paintGlyph(QPainter& painter, const QRectF& square, const PaletteRow& row)
{
    const auto& carried = *row.carried;
    if (carried.kind == Carried::Kind::Operator)
        glyphs::paintOperator(painter, square, carried.type, theme::operatorColour(carried.type));
    else
        glyphs::paintComponent(painter, square, row.external, carried.kind == Carried::Kind::Fragment, theme::text());
}

} // namespace

PaletteDelegate::PaletteDelegate(const PaletteModel* model, const PlacingTool* tool, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_tool(tool)
{
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool heading = m_model->isHeading(index.row());
    const int room = heading && index.row() > 0 ? 2 * unit : unit;
    return {10 * unit, std::max(QFontMetrics(option.font).height(), glyph) + room};
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const auto& row = m_model->at(index.row());
    if (row.carried)
        paintRow(*painter, option, row);
    else
        paintHeading(*painter, option.rect, row);
    painter->restore();
}

void PaletteDelegate::paintHeading(QPainter& painter, const QRect& rect, const PaletteRow& row) const
{
    painter.setFont(theme::font(theme::TextSize::Small, QFont::DemiBold));
    painter.setPen(theme::mutedText());
    const auto room = rect.adjusted(unit, 0, -unit, -unit / 4);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignBottom,
                     painter.fontMetrics().elidedText(row.title, Qt::ElideRight, room.width()));
}

void PaletteDelegate::paintRow(QPainter& painter, const QStyleOptionViewItem& option, const PaletteRow& row) const
{
    const bool pressed = m_tool->carried() == row.carried;
    const auto frame = QRectF(option.rect).adjusted(3.5, 0.5, -3.5, -0.5);
    if (pressed || (option.state & QStyle::State_Selected) != 0 || (option.state & QStyle::State_MouseOver) != 0) {
        const bool selected = (option.state & QStyle::State_Selected) != 0;
        const double strength = pressed ? 0.28 : (selected ? 0.14 : 0.07);
        painter.setPen(pressed ? QPen(theme::accent(), 1) : QPen(Qt::NoPen));
        painter.setBrush(canvas::tint(theme::accent(), strength));
        painter.drawRoundedRect(frame, 4, 4);
    }
    auto room = option.rect.adjusted(unit, 0, -unit, 0);
    paintGlyph(painter, QRectF(room.left(), room.center().y() - glyph / 2 + 1, glyph, glyph), row);
    room.setLeft(room.left() + glyph + unit);
    if (row.notStated) {
        glyphs::paintBadge(painter, QRectF(room.right() - badge, room.center().y() - badge / 2 + 1, badge, badge),
                           Badge::NotStated);
        room.setRight(room.right() - badge - unit / 2);
    }
    const auto font = theme::font(theme::TextSize::Body);
    const auto small = theme::font(theme::TextSize::Small);
    const int name = QFontMetrics(font).horizontalAdvance(row.title);
    // The name comes first; what is left is for the detail.
    const int left = room.width() - name - unit;
    if (!row.detail.isEmpty() && left > 3 * unit) {
        painter.setFont(small);
        painter.setPen(theme::mutedText());
        painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(row.detail, Qt::ElideRight, left));
    }
    painter.setFont(font);
    painter.setPen(theme::text());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.title, Qt::ElideMiddle, room.width()));
}

} // namespace emac::widgets
