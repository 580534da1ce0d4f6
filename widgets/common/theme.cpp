// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleOptionToolButton>

namespace emac::widgets::theme {

namespace {

int papers = 0; ///< that live; of the GUI thread

QColor either(const QColor& light, const QColor& dark)
{
    return isDark() ? dark : light;
}

/// Fusion, but what is switched on can be told from what is off on dark ground, too.
class Style : public QProxyStyle
{
public:
    Style() : QProxyStyle(QStringLiteral("Fusion")) { }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override
    {
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        if (control != CC_ToolButton || button == nullptr || !(button->state & State_On))
            return QProxyStyle::drawComplexControl(control, option, painter, widget);
        auto on = *button;
        on.palette.setColor(QPalette::Button, isDark() ? accent().darker(140) : accent().lighter(185));
        QProxyStyle::drawComplexControl(control, &on, painter, widget);
    }
};

} // namespace

OnPaper::OnPaper()
{
    ++papers;
}

OnPaper::~OnPaper()
{
    --papers;
}

bool isDark()
{
    return papers == 0 && QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

void apply()
{
    QPalette palette(either({0xee, 0xf0, 0xf4}, {0x2b, 0x30, 0x38}));
    QApplication::setStyle(new Style);
    QApplication::setPalette(palette); // the colours below follow it
    palette.setColor(QPalette::Base, surface());
    palette.setColor(QPalette::AlternateBase, canvas());
    palette.setColor(QPalette::Button, either({0xff, 0xff, 0xff}, {0x3a, 0x41, 0x4c})); // a pressed one is darker
    palette.setColor(QPalette::ToolTipBase, text());
    palette.setColor(QPalette::ToolTipText, surface());
    palette.setColor(QPalette::Highlight, accent());
    palette.setColor(QPalette::HighlightedText, surface());
    palette.setColor(QPalette::Link, accent());
    palette.setColor(QPalette::PlaceholderText, mutedText());
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(role, text());
        palette.setColor(QPalette::Disabled, role, either({0x9a, 0xa4, 0xb2}, {0x6b, 0x75, 0x84}));
    }
    QApplication::setPalette(palette);

    auto face = QApplication::font();
    if (QFontDatabase::hasFamily(QStringLiteral("Inter"))) {
        face.setFamily(QStringLiteral("Inter"));
        QApplication::setFont(face);
    }
}

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    return font;
}

QFont font(TextSize size, QFont::Weight weight)
{
    return font(QApplication::font(), size, weight);
}

QFont font(const QFont& body, TextSize size, QFont::Weight weight)
{
    double factor = 1.0;
    switch (size) {
    case TextSize::Small:
        factor = 0.85;
        break;
    case TextSize::Body:
        break;
    case TextSize::Heading:
        factor = 1.2;
        break;
    case TextSize::Title:
        factor = 1.5;
        break;
    }
    auto result = scaled(body, factor);
    result.setWeight(weight);
    return result;
}

QFont numberFont(TextSize size, QFont::Weight weight)
{
    return font(size, weight);
}

QColor optimistic()
{
    return either({0x2f, 0x6f, 0xb5}, {0x7a, 0xb3, 0xf0});
}
QColor pessimistic()
{
    return either({0xb4, 0x53, 0x09}, {0xf0, 0x9d, 0x53});
}
QColor commonCause()
{
    return either({0x6b, 0x21, 0xa8}, {0xc7, 0x9b, 0xf2});
}
QColor interval()
{
    return either({0x9d, 0xb4, 0xcc}, {0x5f, 0x78, 0x93});
}
QColor tail()
{
    return either({0xa2, 0x1c, 0xaf}, {0xe8, 0x79, 0xf0});
}
QColor objective()
{
    return either({0x1f, 0x29, 0x37}, {0xf1, 0xf3, 0xf6});
}
QColor good()
{
    return either({0x15, 0x80, 0x3d}, {0x3f, 0xae, 0x6a});
}
QColor warning()
{
    return either({0xb4, 0x6a, 0x00}, {0xd0, 0x8a, 0x1f});
}
QColor bad()
{
    return either({0xb9, 0x1c, 0x1c}, {0xe5, 0x5b, 0x57});
}
QColor accent()
{
    return either({0x25, 0x63, 0xeb}, {0x6b, 0x9b, 0xff});
}
QColor canvas()
{
    return either({0xf6, 0xf7, 0xf9}, {0x1a, 0x1d, 0x23});
}
QColor surface()
{
    return either({0xff, 0xff, 0xff}, {0x22, 0x26, 0x2d});
}
QColor border()
{
    return either({0xd3, 0xd8, 0xe0}, {0x3d, 0x45, 0x50});
}
QColor text()
{
    return either({0x1f, 0x29, 0x37}, {0xe7, 0xea, 0xef});
}
QColor mutedText()
{
    return either({0x5b, 0x67, 0x78}, {0x9d, 0xa8, 0xb7});
}

QColor operatorColour(journey::OperatorType type)
{
    using enum journey::OperatorType;
    switch (type) {
    case Call:
    case Series:
        break; // slate: plain sequence
    case Parallel:
        return either({0x1d, 0x4e, 0xd8}, {0x82, 0xa8, 0xff}); // blue: all of them
    case Race:
        return either({0x0f, 0x76, 0x6e}, {0x4f, 0xc4, 0xb8}); // teal: the first of them
    case KofN:
        return either({0x4d, 0x7c, 0x0f}, {0x9c, 0xcc, 0x55}); // olive: some of them
    case Branch:
        return either({0x7c, 0x3a, 0xed}, {0xb4, 0x93, 0xfa}); // violet: one of them
    case Retry:
        return either({0xa1, 0x62, 0x07}, {0xe0, 0xb0, 0x4c}); // ochre: again
    case Fallback:
        return either({0xbe, 0x4b, 0x17}, {0xf2, 0x94, 0x62}); // rust: instead
    case Timeout:
        return either({0x9f, 0x12, 0x39}, {0xf2, 0x7f, 0x9d}); // crimson: no longer than
    case Optional:
        return either({0x6b, 0x72, 0x80}, {0xa3, 0xab, 0xb8}); // grey: if it works
    case Use:
        return either({0x33, 0x41, 0x55}, {0xc4, 0xcf, 0xde});
    }
    return either({0x64, 0x74, 0x8b}, {0x9a, 0xab, 0xc4});
}

QColor verdictColour(std::optional<governance::Verdict> verdict)
{
    if (!verdict)
        return mutedText();
    switch (*verdict) {
    case governance::Verdict::Pass:
        return good();
    case governance::Verdict::Review:
        return warning();
    case governance::Verdict::Fail:
        break;
    }
    return bad();
}

} // namespace emac::widgets::theme
