// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/glyphs.h"
#include "widgets/canvas/style.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/outline/outlinetree.h"
#include "widgets/outline/typedavailability.h"
#include "widgets/panels/fields.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace emac::widgets {

namespace {

constexpr int glyphSize = 14;
constexpr int badgeSize = 14;
constexpr int gap = theme::unit / 2;
constexpr Badge badges[] = {Badge::Error, Badge::Warning, Badge::NotStated, Badge::UnknownDomain, Badge::Overridden};

bool isFrame(const Look& look)
{
    return look.type != journey::OperatorType::Call && look.type != journey::OperatorType::Use;
}

QFont detailFont()
{
    return theme::font(theme::TextSize::Small);
}

struct Inks
{
    QColor text;
    QColor muted;
};

Inks inksOf(const QStyleOptionViewItem& option, bool stepsBack)
{
    if (option.state & QStyle::State_Selected) {
        const auto group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
        const auto text = option.palette.color(group, QPalette::HighlightedText);
        return {text, canvas::tint(text, 0.8)};
    }
    return stepsBack ? Inks{canvas::tint(theme::mutedText(), 0.7), canvas::tint(theme::mutedText(), 0.6)}
                     : Inks{theme::text(), theme::mutedText()};
}

/// Draws the text at the left of the room, elided, and takes its width from it.
void drawFrom(QPainter& painter, QRect& room, const QString& text, const QFont& font, const QColor& colour)
{
    if (text.isEmpty() || room.width() <= 0)
        return;
    const QFontMetrics metrics(font);
    const auto shown = metrics.elidedText(text, Qt::ElideRight, room.width());
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
    room.setLeft(room.left() + metrics.horizontalAdvance(shown) + 2 * gap);
}

} // namespace

OutlineDelegate::OutlineDelegate(OutlineModel* model, QObject* parent) : QStyledItemDelegate(parent), m_model(model)
{
    // Told once the view has closed it.
    connect(this, &OutlineDelegate::closeEditor, this, [this] {
        if (std::exchange(m_closing, true)) // a focus that leaves it closes it once more
            return;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_closing = false;
                if (std::exchange(m_entered, false))
                    emit entered();
                else
                    emit left();
            },
            Qt::QueuedConnection);
    });
}

QSize OutlineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    const int height = std::max(3 * theme::unit, option.fontMetrics.height() + theme::unit);
    return {20 * theme::unit, height};
}

void OutlineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.column() == OutlineModel::Step)
        paintStep(*painter, option, index);
    else
        paintNumbers(*painter, option, index);
    painter->restore();
}

void OutlineDelegate::paintStep(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto look = index.data(OutlineModel::LookRole).value<Look>();
    const bool isNode = index.data(OutlineModel::IsNodeRole).toBool();
    const bool found = index.data(OutlineModel::FoundRole).toBool();
    const auto inks = inksOf(option, m_searching && !found);
    auto room = option.rect.adjusted(gap, 0, -gap, 0);
    const bool selected = option.state & QStyle::State_Selected;
    if (found) {
        painter.fillRect(QRect(option.rect.left(), option.rect.top() + 2, 3, option.rect.height() - 4),
                         selected ? inks.text : theme::accent());
        room.setLeft(room.left() + gap);
    }
    if (isNode) {
        const QRectF square(room.left(), room.center().y() - glyphSize / 2.0 + 0.5, glyphSize, glyphSize);
        const auto colour = selected ? inks.text : theme::operatorColour(look.type);
        if (isFrame(look))
            glyphs::paintOperator(painter, square, look.type, colour);
        else
            glyphs::paintComponent(painter, square, look.external, look.type == journey::OperatorType::Use, colour);
        room.setLeft(room.left() + glyphSize + 2 * gap);
    }
    for (const auto badge : badges) {
        if (!look.badges.testFlag(badge))
            continue;
        const QRectF square(room.right() - badgeSize, room.center().y() - badgeSize / 2.0 + 0.5, badgeSize, badgeSize);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::surface());
        painter.drawEllipse(square.adjusted(-1, -1, 1, 1));
        glyphs::paintBadge(painter, square, badge);
        room.setRight(room.right() - badgeSize - gap);
    }
    auto font = option.font;
    if (!isNode || isFrame(look) || found)
        font.setWeight(QFont::DemiBold);
    drawFrom(painter, room, look.title, font, inks.text);
    drawFrom(painter, room, index.data(OutlineModel::RoleInParentRole).toString(), detailFont(), inks.muted);
    drawFrom(painter, room, look.detail, detailFont(), inks.muted);
}

void OutlineDelegate::paintNumbers(QPainter& painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const
{
    const auto look = index.data(OutlineModel::LookRole).value<Look>();
    const auto inks = inksOf(option, m_searching && !index.data(OutlineModel::FoundRole).toBool());
    const auto room = option.rect.adjusted(gap, 0, -theme::unit, 0);
    const bool selected = option.state & QStyle::State_Selected;
    auto colour = inks.muted;
    if (!selected && !look.stale) {
        if (look.badges.testFlag(Badge::NotStated))
            colour = theme::warning();
        else if (look.heat && *look.heat > 1)
            colour = theme::bad();
    }
    const auto font = theme::numberFont(theme::TextSize::Small);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(look.numbers, Qt::ElideRight, room.width()));
    if (!look.heat)
        return;
    const QRectF track(room.left(), room.bottom() - 3, room.width(), 2);
    painter.fillRect(track, canvas::tint(theme::border(), 0.6));
    auto filled = track;
    filled.setLeft(track.right() - std::max(2.0, track.width() * std::min(1.0, *look.heat)));
    painter.fillRect(filled, look.stale ? canvas::flow() : canvas::heat(*look.heat));
}

QWidget* OutlineDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& /*option*/,
                                       const QModelIndex& index) const
{
    auto* editor = new QLineEdit(index.data(Qt::EditRole).toString(), parent);
    m_component = m_model->typable(index);
    const auto row = index.siblingAtColumn(OutlineModel::Step);
    if (m_component) {
        editor->setObjectName(QStringLiteral("availability"));
        editor->setAccessibleName(tr("Availability of %1").arg(row.data().toString()));
        editor->setPlaceholderText(exactPercent(availabilityOf(0.001)));
        editor->setAlignment(Qt::AlignRight);
    } else {
        editor->setObjectName(QStringLiteral("rename"));
        editor->setAccessibleName(tr("New name of %1").arg(row.data().toString()));
        editor->setPlaceholderText(tr("none"));
    }
    editor->setProperty("row", QVariant::fromValue(QPersistentModelIndex(index)));
    m_naming = namingOf(m_model->document()->intent(), m_model->element(index), m_fresh).value_or(Naming{});
    m_editor = editor;
    connect(editor, &QLineEdit::textEdited, this,
            [this, editor](const QString& typed) { say(editor, refusalOfTyped(typed)); });
    return editor;
}

void OutlineDelegate::setEditorData(QWidget* /*editor*/, const QModelIndex& /*index*/) const { }

void OutlineDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex& index) const
{
    const int sign = index.column() == OutlineModel::Step ? glyphSize + 2 * gap : 0;
    editor->setGeometry(option.rect.adjusted(sign, 0, 0, 0));
}

QString OutlineDelegate::refusalOfTyped(const QString& text) const
{
    return m_component ? availabilityRefusal(text) : refusalOf(m_model->document()->intent(), m_naming, text.trimmed());
}

void OutlineDelegate::say(QLineEdit* editor, const QString& refusal)
{
    editor->setAccessibleDescription(refusal);
    if (refusal.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(editor->mapToGlobal(QPoint(0, editor->height())), parts::plainToolTip(refusal), editor);
}

/// Does the edit; @returns whether the editor may go.
bool OutlineDelegate::finish(QLineEdit* editor)
{
    const auto index = QModelIndex(editor->property("row").value<QPersistentModelIndex>());
    QString refusal;
    if (index.isValid() && m_component)
        refusal = setTypedAvailability(*m_model->document(), *m_component, editor->text());
    else if (index.isValid())
        refusal = widgets::rename(*m_model->document(), m_naming, editor->text().trimmed());
    if (!refusal.isEmpty())
        say(editor, refusal);
    return refusal.isEmpty();
}

void OutlineDelegate::commitPending()
{
    if (m_editor && m_editor->isVisible() && finish(m_editor))
        emit closeEditor(m_editor, NoHint);
}

bool OutlineDelegate::eventFilter(QObject* watched, QEvent* event)
{
    auto* editor = qobject_cast<QLineEdit*>(watched);
    if (editor == nullptr)
        return QStyledItemDelegate::eventFilter(watched, event);
    // Undo and redo mean the document's stack; the typed name is given up for them, once the key has been dealt with.
    if (forwardUndo(event, m_model->document()->undoStack())) {
        if (!editor->isReadOnly()) // the key comes twice where no action of the window takes it
            QMetaObject::invokeMethod(
                editor, [this, editor] { emit closeEditor(editor, RevertModelCache); }, Qt::QueuedConnection);
        editor->setReadOnly(true);
        return true;
    }
    switch (event->type()) {
    case QEvent::KeyPress: {
        const int key = static_cast<const QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab || key == Qt::Key_Backtab) {
            if (finish(editor)) {
                m_entered = true;
                emit closeEditor(editor, NoHint);
            }
            return true;
        }
        break;
    }
    case QEvent::FocusOut: {
        const auto reason = static_cast<const QFocusEvent*>(event)->reason();
        if (editor->isVisible() && reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason) {
            finish(editor); // what is refused is given up, and said
            emit closeEditor(editor, NoHint);
        }
        return false;
    }
    default:
        break;
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

} // namespace emac::widgets
