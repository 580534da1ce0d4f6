// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/parts.h"

#include "widgets/common/theme.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>

namespace emac::widgets::parts {

namespace {

QLabel* label(const QString& text, QWidget* parent, const QFont& font, const QColor& colour)
{
    auto* result = new QLabel(text, parent);
    result->setTextFormat(Qt::PlainText);
    result->setWordWrap(true);
    result->setFont(font);
    auto palette = result->palette();
    palette.setColor(QPalette::WindowText, colour);
    result->setPalette(palette);
    return result;
}

} // namespace

QString plainToolTip(const QString& text)
{
    return text.isEmpty() ? text : QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped());
}

void useThemeColours(QWidget* widget)
{
    auto palette = widget->palette();
    palette.setColor(QPalette::Window, theme::surface());
    palette.setColor(QPalette::Base, theme::surface());
    palette.setColor(QPalette::AlternateBase, theme::canvas());
    palette.setColor(QPalette::WindowText, theme::text());
    palette.setColor(QPalette::Text, theme::text());
    palette.setColor(QPalette::PlaceholderText, theme::mutedText());
    palette.setColor(QPalette::Highlight, theme::isDark() ? theme::accent().darker(250) : theme::accent().lighter(180));
    palette.setColor(QPalette::HighlightedText, theme::text());
    palette.setColor(QPalette::Link, theme::accent());
    widget->setPalette(palette);
    widget->setAutoFillBackground(true);
}

QLabel* title(const QString& text, QWidget* parent)
{
    return label(text, parent, theme::font(theme::TextSize::Title, QFont::DemiBold), theme::text());
}

QLabel* heading(const QString& text, QWidget* parent)
{
    return label(text, parent, theme::font(theme::TextSize::Body, QFont::DemiBold), theme::text());
}

QLabel* body(const QString& text, QWidget* parent)
{
    return label(text, parent, theme::font(theme::TextSize::Body), theme::text());
}

QLabel* muted(const QString& text, QWidget* parent)
{
    return label(text, parent, theme::font(theme::TextSize::Body), theme::mutedText());
}

QFormLayout* form()
{
    auto* result = new QFormLayout;
    result->setContentsMargins(0, 0, 0, 0);
    result->setHorizontalSpacing(2 * theme::unit);
    result->setVerticalSpacing(theme::unit);
    result->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    result->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return result;
}

void addRow(QFormLayout* form, const QString& text, QWidget* field)
{
    auto* name = muted(text, field->parentWidget());
    name->setWordWrap(false);
    name->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(text);
    form->addRow(name, field);
}

QString placeText(const base::Place& place)
{
    if (place.file.empty())
        return {};
    const auto name = QFileInfo(QString::fromStdString(place.file)).fileName();
    return place.line == 0 ? name : QStringLiteral("%1:%2").arg(name).arg(place.line);
}

TextLink::TextLink(const QString& text, QWidget* parent) : QAbstractButton(parent), m_colour(theme::accent())
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFont(theme::font(theme::TextSize::Body));
}

PlaceLink::PlaceLink(QWidget* parent) : TextLink({}, parent)
{
    connect(this, &QAbstractButton::clicked, this, [this] { emit requested(m_place); });
    hide();
}

void PlaceLink::setPlace(const base::Place& place)
{
    m_place = place;
    setText(placeText(place));
    setVisible(!place.file.empty());
    if (place.file.empty())
        return;
    const auto path = QString::fromStdString(place.file);
    const auto whole = place.line == 0 ? path : tr("%1, line %2").arg(path).arg(place.line);
    setToolTip(plainToolTip(whole));
    setAccessibleName(tr("Show %1").arg(whole));
    updateGeometry();
}

void TextLink::setColour(const QColor& colour)
{
    m_colour = colour;
    update();
}

QSize TextLink::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 2, fontMetrics().height() + theme::unit / 2};
}

QSize TextLink::minimumSizeHint() const
{
    return {6 * theme::unit, sizeHint().height()};
}

void TextLink::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    auto type = font();
    type.setUnderline(underMouse() || hasFocus());
    painter.setFont(type);
    painter.setPen(isEnabled() ? m_colour : theme::mutedText());
    const auto shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, width());
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

} // namespace emac::widgets::parts
