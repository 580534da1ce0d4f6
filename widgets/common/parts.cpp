// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/parts.h"

#include "widgets/common/format.h"
#include "widgets/common/theme.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
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

void setColour(QLabel* label, const QColor& colour)
{
    auto palette = label->palette();
    palette.setColor(QPalette::WindowText, colour);
    label->setPalette(palette);
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
    palette.setColor(QPalette::Highlight, theme::accent().lighter(180));
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

TextLink::TextLink(const QString& text, QWidget* parent) : QAbstractButton(parent)
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
    painter.setPen(isEnabled() ? theme::accent() : theme::mutedText());
    const auto shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, width());
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

IntervalReadout::IntervalReadout(QWidget* parent)
    : QWidget(parent)
    , m_pessimistic(label({}, this, theme::numberFont(theme::TextSize::Heading, QFont::DemiBold), theme::pessimistic()))
    , m_optimistic(label({}, this, theme::numberFont(theme::TextSize::Heading, QFont::DemiBold), theme::optimistic()))
    , m_remark(muted({}, this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * theme::unit);
    grid->setVerticalSpacing(0);
    auto* pessimistic = muted(tr("A⁻ pessimistic"), this);
    auto* optimistic = muted(tr("A⁺ optimistic"), this);
    pessimistic->setWordWrap(false);
    optimistic->setWordWrap(false);
    grid->addWidget(pessimistic, 0, 0);
    grid->addWidget(optimistic, 0, 1);
    grid->addWidget(m_pessimistic, 1, 0);
    grid->addWidget(m_optimistic, 1, 1);
    grid->addWidget(m_remark, 2, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    m_pessimistic->setAccessibleName(tr("A⁻, pessimistic shared fate"));
    m_optimistic->setAccessibleName(tr("A⁺, optimistic independence"));
    m_pessimistic->setWordWrap(false);
    m_optimistic->setWordWrap(false);
}

void IntervalReadout::setValues(const analysis::NodeAvailability* values, bool stale)
{
    const auto none = QStringLiteral("–");
    m_pessimistic->setText(values ? availabilityText(values->sharedFate.worst) : none);
    m_optimistic->setText(values && values->independent ? availabilityText(values->independent->best) : none);
    setColour(m_pessimistic, stale || !values ? theme::mutedText() : theme::pessimistic());
    setColour(m_optimistic, stale || !values || !values->independent ? theme::mutedText() : theme::optimistic());

    QStringList remarks;
    if (values && !values->independent)
        remarks << tr("A⁺ is not computed: too many components are called more than once.");
    if (values && values->sharesFate)
        remarks << tr("Alternatives here share a component or a failure domain: A⁻ lets them fail together.");
    if (values && values->domainsUnknown)
        remarks << tr("Some failure domains below are unknown or in conflict.");
    m_remark->setText(remarks.join(QLatin1Char('\n')));
    m_remark->setVisible(!remarks.isEmpty());
}

} // namespace emac::widgets::parts
