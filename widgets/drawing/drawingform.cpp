// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drawing/drawingform.h"

#include "widgets/drawing/journeydrawing.h"

#include <QApplication>
#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QSvgGenerator>

#include <algorithm>
#include <array>
#include <cmath>

namespace emac::widgets {

namespace {

constexpr int dotsPerInch = 96;
constexpr auto hints = QPainter::Antialiasing | QPainter::TextAntialiasing;

// What Qt paints is at most this long; and 120 million pixels are half a gigabyte.
constexpr double mostSide = 32767;
constexpr double mostPixels = 120e6;

struct Form
{
    DrawingForm form;
    const char* suffix;
};
constexpr std::array forms{Form{DrawingForm::Svg, "svg"}, Form{DrawingForm::Png, "png"}, Form{DrawingForm::Pdf, "pdf"},
                           Form{DrawingForm::Dot, "dot"}};

/// Without what Qt writes again and again to no effect: typefaces of shapes, groups of nothing, full opacity. Half of
/// the file. Texts are safe from it: there are no quotation marks in them as such.
QString withoutIdleWords(QString svg)
{
    static const QRegularExpression typeface(
        QLatin1String(R"/(\nfont-family="[^"]*" font-size="\d+" font-weight="\d+" font-style="\w+" \n>)/"));
    static const QRegularExpression nothing(QLatin1String(R"/(<g [^>]*>\s*</g>\n*)/"));
    static const QRegularExpression opaque(QLatin1String(R"/( (fill|stroke)-opacity="1")/"));
    return svg.replace(typeface, QStringLiteral(">"))
        .remove(nothing)
        .remove(opaque)
        .remove(QStringLiteral(" vector-effect=\"none\""));
}

/// What QString::toHtmlEscaped() has made of it.
QString unescaped(QString text)
{
    return text.replace(QLatin1String("&lt;"), QLatin1String("<"))
        .replace(QLatin1String("&gt;"), QLatin1String(">"))
        .replace(QLatin1String("&quot;"), QLatin1String("\""))
        .replace(QLatin1String("&amp;"), QLatin1String("&"));
}

/// Who looks at an SVG file may not have its typeface: then it is one without serifs, and each text keeps the width
/// that the drawing has for it.
QByteArray tidied(const QByteArray& svg)
{
    const auto family = QApplication::font().family();
    const auto written = QStringLiteral("font-family=\"%1\"").arg(family.toHtmlEscaped());
    const auto substitutes = QStringLiteral("font-family=\"%1, Arial, sans-serif\"").arg(family.toHtmlEscaped());
    static const QRegularExpression text(
        QLatin1String(R"/((<text [^>]*font-size="(\d+)" font-weight="(\d+)"[^>]*?)\s*>([^<]*)</text>)/"));
    const auto source = withoutIdleWords(QString::fromUtf8(svg));
    QString result;
    qsizetype done = 0;
    for (auto matches = text.globalMatch(source); matches.hasNext();) {
        const auto match = matches.next();
        QFont font(family);
        font.setPixelSize(match.captured(2).toInt());
        font.setWeight(static_cast<QFont::Weight>(match.captured(3).toInt()));
        font.setHintingPreference(QFont::PreferNoHinting);
        const double width = QFontMetricsF(font).horizontalAdvance(unescaped(match.captured(4)));
        result += QStringView(source).mid(done, match.capturedStart() - done);
        result += match.captured(1)
                  + QStringLiteral(" textLength=\"%1\" lengthAdjust=\"spacingAndGlyphs\">").arg(width, 0, 'f', 2)
                  + match.captured(4) + QStringLiteral("</text>");
        done = match.capturedEnd();
    }
    result += QStringView(source).mid(done);
    return result.replace(written, substitutes).toUtf8();
}

QSize wholePixels(const QSizeF& size)
{
    return {static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height()))};
}

} // namespace

std::optional<DrawingForm> drawingFormOf(const QString& path)
{
    const auto suffix = QFileInfo(path).suffix().toLower();
    const auto found =
        std::ranges::find_if(forms, [&](const Form& form) { return suffix == QLatin1String(form.suffix); });
    return found == forms.end() ? std::nullopt : std::optional(found->form);
}

QString suffixOf(DrawingForm form)
{
    return QString::fromLatin1(std::ranges::find(forms, form, &Form::form)->suffix);
}

QByteArray svgOf(JourneyDrawing& drawing)
{
    const auto size = wholePixels(drawing.size());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(dotsPerInch); // its default is another one, with other sizes of type
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    // Qt writes both as they are.
    generator.setTitle(drawing.title().toHtmlEscaped());
    generator.setDescription(drawing.description().toHtmlEscaped());
    {
        QPainter painter(&generator);
        drawing.paint(painter);
    }
    // Who looks at it may not have the typeface: then one without serifs.
    return tidied(bytes);
}

QByteArray pdfOf(JourneyDrawing& drawing)
{
    constexpr double pointsPerInch = 72;
    constexpr double mostPoints = 14400;
    const auto points = drawing.size() * pointsPerInch / dotsPerInch;
    const double factor = std::min(1.0, mostPoints / std::max(points.width(), points.height()));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setTitle(drawing.title());
        writer.setCreator(QStringLiteral("EmaC Workbench"));
        writer.setResolution(dotsPerInch);
        writer.setPageMargins({});
        writer.setPageSize(QPageSize(points * factor, QPageSize::Point, {}, QPageSize::ExactMatch));
        QPainter painter(&writer);
        painter.setRenderHints(hints);
        painter.scale(factor, factor);
        drawing.paint(painter);
    }
    // The day of writing is no part of the drawing. As many bytes as before: the file refers to places in itself.
    const auto text = QString::fromLatin1(bytes);
    static const QRegularExpression date(QStringLiteral(R"(/CreationDate \(D:(\d{14}))"));
    if (const auto match = date.match(text); match.hasMatch())
        bytes.replace(match.capturedStart(1), match.capturedLength(1), "20000101000000");
    return bytes;
}

base::Result<QByteArray> pngOf(JourneyDrawing& drawing, double scale)
{
    const auto exact = drawing.size() * scale;
    const auto tooLarge = [&] {
        const auto number = [](double value) { return std::to_string(static_cast<long long>(value)); };
        return base::Result<QByteArray>{
            std::nullopt,
            {{{base::Code::DrawingTooLarge,
               {number(exact.width()), number(exact.height()), number(mostSide), number(mostPixels)}},
              {}}}};
    };
    if (exact.width() > mostSide || exact.height() > mostSide || exact.width() * exact.height() > mostPixels)
        return tooLarge();
    constexpr double inchesPerMetre = 1 / 0.0254;
    QImage image(wholePixels(exact), QImage::Format_RGB32);
    if (image.isNull())
        return tooLarge();
    image.setDotsPerMeterX(qRound(dotsPerInch * scale * inchesPerMetre));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    image.fill(Qt::white);
    {
        QPainter painter(&image);
        painter.setRenderHints(hints);
        painter.scale(scale, scale);
        drawing.paint(painter);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return tooLarge();
    return {bytes, {}};
}

} // namespace emac::widgets
