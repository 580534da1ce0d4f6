// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencycurves.h"

#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace emac::widgets {

namespace {

using analysis::LatencyBand;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::latency)
};

constexpr double markHeight = 5;
constexpr double gap = theme::unit / 2.0;

QColor tinted(QColor colour, double share)
{
    colour.setAlphaF(static_cast<float>(share));
    return colour;
}

/// As if the colour lay on the ground with this opacity.
QColor paler(const QColor& colour, double share)
{
    const auto ground = theme::surface();
    const auto mixed = [share](float ink, float below) {
        return static_cast<float>(share) * ink + static_cast<float>(1 - share) * below;
    };
    return QColor::fromRgbF(mixed(colour.redF(), ground.redF()), mixed(colour.greenF(), ground.greenF()),
                            mixed(colour.blueF(), ground.blueF()));
}

/// Steps are as wide as their pen in whole pixels, as so many lines beside each other: Qt draws these many times faster
/// than it strokes a path.
void paintSteps(QPainter& painter, const QPolygonF& line, const QPen& pen)
{
    auto thin = pen;
    thin.setWidth(1);
    painter.setPen(thin);
    const int wide = std::max(1, qRound(pen.widthF()));
    const int first = -(wide / 2);
    for (int i = 0; i < wide; ++i)
        painter.drawPolyline(line.translated(first + i, first + i));
}

QFont labelFont()
{
    return theme::font(theme::TextSize::Small, QFont::DemiBold);
}

void paintText(QPainter& painter, const QPointF& baseline, const QString& text, const QColor& ink)
{
    // Grid and curves do not cross the text.
    const QFontMetricsF metrics(painter.font());
    painter.fillRect(QRectF(baseline.x() - 2, baseline.y() - metrics.ascent(), metrics.horizontalAdvance(text) + 4,
                            metrics.height()),
                     tinted(theme::surface(), 0.85));
    painter.setPen(ink);
    painter.drawText(baseline, text);
}

} // namespace

CurveStyle curveStyle(LawCurve curve, bool stale)
{
    const auto of = [stale](const QColor& colour, double width, double share, Qt::PenStyle style = Qt::SolidLine) {
        const auto ink = stale ? theme::mutedText() : colour;
        return CurveStyle{ink, QPen(ink, width, style, Qt::FlatCap, Qt::MiterJoin), tinted(ink, share)};
    };
    switch (curve) {
    case LawCurve::Independent:
        return of(theme::optimistic(), 2, 0.28);
    case LawCurve::SharedFate:
        return of(theme::pessimistic(), 2, 0.2);
    case LawCurve::Envelope:
        return of(theme::interval(), 1, 0.3);
    case LawCurve::Selected:
        return of(theme::commonCause(), 2, 0.12, Qt::DashLine);
    case LawCurve::Accepted:
        break;
    }
    return of(theme::mutedText(), 1.5, 0.15);
}

LatencyCurves::LatencyCurves(QGraphicsItem* parent) : QGraphicsItem(parent)
{
    setZValue(100);
}

void LatencyCurves::show(const LatencyContent& content, const LatencyView& view, const QRectF& plot)
{
    prepareGeometryChange();
    m_content = content;
    m_view = view;
    m_plot = plot;
    update();
}

void LatencyCurves::setHair(std::optional<double> seconds)
{
    if (seconds == m_hair)
        return;
    m_hair = seconds;
    update();
}

double LatencyCurves::roomAbove(const LatencyContent& content)
{
    const int lines = (content.percentileObjective ? 1 : 0) + (content.deadlineObjective ? 1 : 0);
    return std::max(1, lines) * QFontMetricsF(labelFont()).height() + 2 * gap;
}

double LatencyCurves::xOf(double seconds) const
{
    const auto& range = m_view.time;
    const double at = (timeaxis::position(seconds, m_content.time) - range.from) / range.span();
    return m_plot.left() + std::clamp(at, -0.01, 1.01) * m_plot.width();
}

double LatencyCurves::yOf(double probability) const
{
    const auto& range = m_view.probability;
    const double position =
        m_content.probability == LatencyContent::Probability::Nines ? nines::position(1 - probability) : probability;
    return m_plot.bottom() - std::clamp((position - range.from) / range.span(), -0.01, 1.05) * m_plot.height();
}

double LatencyCurves::secondsAt(double x) const
{
    const auto& range = m_view.time;
    return timeaxis::secondsAt(range.from + (x - m_plot.left()) / m_plot.width() * range.span(), m_content.time);
}

QRectF LatencyCurves::boundingRect() const
{
    return m_plot.adjusted(-m_plot.left(), -m_plot.top(), theme::unit, theme::unit);
}

double LatencyCurves::successOf(const LatencyBand& band) const
{
    return band.nominal.empty() ? (band.successLower + band.successUpper) / 2 : band.nominal.back().probability;
}

/// From the left edge of the plot to the right one.
QPolygonF LatencyCurves::steps(const analysis::Curve& curve) const
{
    QPolygonF line;
    line.reserve(2 * static_cast<qsizetype>(curve.size()) + 2);
    double y = yOf(0);
    line << QPointF(m_plot.left(), y);
    for (const auto& point : curve) {
        const double x = std::clamp(xOf(point.seconds), m_plot.left(), m_plot.right());
        line << QPointF(x, y);
        y = yOf(point.probability);
        line << QPointF(x, y);
    }
    line << QPointF(m_plot.right(), y);
    return line;
}

void LatencyCurves::paintBand(QPainter& painter, const LatencyBand& band, LawCurve curve) const
{
    const auto style = curveStyle(curve, m_content.stale);
    const auto lower = steps(band.lower);
    if (band.lower != band.upper) {
        auto area = steps(band.upper);
        const auto upper = area;
        area.reserve(area.size() + lower.size());
        std::copy(lower.crbegin(), lower.crend(), std::back_inserter(area));
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.fill);
        painter.drawPolygon(area);
        painter.setBrush(Qt::NoBrush);
        const QPen edge(paler(style.ink, 0.55), 1);
        paintSteps(painter, upper, edge);
        paintSteps(painter, lower, edge);
    }
    painter.setBrush(Qt::NoBrush);
    if (!band.nominal.empty())
        paintSteps(painter, steps(band.nominal), style.line);
    else if (band.lower == band.upper)
        paintSteps(painter, lower, style.line);
}

void LatencyCurves::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/)
{
    if (m_plot.width() <= 0 || m_plot.height() <= 0)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false); // upright and level lines only
    painter->setClipRect(m_plot.adjusted(0, 0, 1, 1));
    if (m_content.journey && m_content.journey->envelope)
        paintBand(*painter, *m_content.journey->envelope, LawCurve::Envelope);
    if (m_content.accepted)
        paintBand(*painter, m_content.accepted->band, LawCurve::Accepted);
    if (m_content.journey) {
        if (m_content.journey->sharedFate)
            paintBand(*painter, *m_content.journey->sharedFate, LawCurve::SharedFate);
        paintBand(*painter, m_content.journey->independent, LawCurve::Independent);
    }
    if (m_content.selected)
        paintBand(*painter, m_content.selected->band, LawCurve::Selected);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(labelFont());
    painter->setClipping(false);
    paintObjectives(*painter);
    if (m_content.journey) {
        const auto above = paintMark(*painter, m_content.journey->independent, LawCurve::Independent, {});
        if (m_content.journey->sharedFate)
            paintMark(*painter, *m_content.journey->sharedFate, LawCurve::SharedFate, above);
    }
    if (m_hair)
        paintReadout(*painter);
    painter->restore();
}

struct LatencyCurves::Label
{
    QString text;
    double seconds;
    double probability; ///< of success by then, that is wanted
};

std::vector<LatencyCurves::Label> LatencyCurves::labels() const
{
    std::vector<Label> all;
    if (const auto& objective = m_content.percentileObjective) {
        const double success = m_content.journey ? successOf(m_content.journey->independent) : 1;
        all.push_back({Words::tr("%1 ≤ %2").arg(percentileName(objective->percentile), timeText(objective->threshold)),
                       objective->threshold, analysis::reportedPercentiles[objective->percentile] * success});
    }
    if (const auto& objective = m_content.deadlineObjective)
        all.push_back({Words::tr("%1 within %2").arg(probabilityText(objective->target), timeText(objective->limit)),
                       objective->limit, objective->target});
    return all;
}

void LatencyCurves::paintObjectives(QPainter& painter) const
{
    const QFontMetricsF metrics(labelFont());
    const auto ink = m_content.stale ? theme::mutedText() : theme::objective();
    double baseline = m_plot.top() - metrics.descent() - gap;
    for (const auto& label : labels()) {
        const double x = xOf(label.seconds);
        const double y = yOf(label.probability);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, m_plot.top() - gap), QPointF(x, m_plot.bottom()));
        painter.drawLine(QPointF(m_plot.left(), y), QPointF(x, y));
        painter.setPen(QPen(ink, 1.5));
        painter.setBrush(theme::surface());
        painter.drawEllipse(QPointF(x, y), 3.5, 3.5);
        painter.setPen(ink);
        const double wide = metrics.horizontalAdvance(label.text);
        painter.drawText(QPointF(std::clamp(x - wide / 2, m_plot.left(), m_plot.right() - wide), baseline), label.text);
        baseline -= metrics.height();
    }
}

/// The times between which the marked percentile lies, at the height of its part of the successes. Its words stand
/// above it, or below it where another mark is above. @returns its height in the picture
std::optional<double> LatencyCurves::paintMark(QPainter& painter, const LatencyBand& band, LawCurve curve,
                                               std::optional<double> above) const
{
    if (m_content.percentile >= band.percentiles.size())
        return above;
    const auto& percentile = band.percentiles[m_content.percentile];
    const auto style = curveStyle(curve, m_content.stale);
    double y = yOf(percentile.part * successOf(band));
    if (above) // two marks do not lie on each other
        y = std::max(y, *above + 2 * markHeight + 2);
    const double from = percentile.lower ? xOf(*percentile.lower) : m_plot.right();
    const double to = percentile.upper ? xOf(*percentile.upper) : m_plot.right();
    painter.setPen(QPen(style.ink, 2));
    painter.drawLine(QPointF(from, y), QPointF(to, y));
    if (percentile.lower)
        painter.drawLine(QPointF(from, y - markHeight), QPointF(from, y + markHeight));
    painter.setBrush(style.ink);
    if (percentile.upper) {
        painter.drawLine(QPointF(to, y - markHeight), QPointF(to, y + markHeight));
    } else {
        const std::array<QPointF, 3> arrow{
            {{to, y}, {to - 2 * markHeight, y - markHeight}, {to - 2 * markHeight, y + markHeight}}};
        painter.setPen(Qt::NoPen);
        painter.drawPolygon(arrow.data(), static_cast<int>(arrow.size()));
    }
    if (percentile.nominal) {
        painter.setPen(QPen(style.ink, 1.5));
        painter.setBrush(theme::surface());
        painter.drawEllipse(QPointF(xOf(*percentile.nominal), y), 3, 3);
    }
    const auto text =
        Words::tr("%1 %2").arg(percentileName(m_content.percentile), timeRange(percentile.lower, percentile.upper));
    const QFontMetricsF metrics(painter.font());
    const double wide = metrics.horizontalAdvance(text);
    const double left = std::clamp((from + to - wide) / 2, m_plot.left() + gap,
                                   std::max(m_plot.left() + gap, m_plot.right() - wide - gap));
    paintText(painter, {left, above ? y + markHeight + metrics.ascent() : y - markHeight - metrics.descent()}, text,
              style.ink);
    return y;
}

void LatencyCurves::paintReadout(QPainter& painter) const
{
    const double x = xOf(*m_hair);
    if (x < m_plot.left() || x > m_plot.right())
        return;
    painter.setPen(QPen(theme::text(), 1));
    painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));

    const auto heading = theme::font(theme::TextSize::Small, QFont::DemiBold);
    const auto body = theme::numberFont(theme::TextSize::Small);
    const QFontMetricsF metrics(body);
    const auto title = Words::tr("by %1").arg(timeText(*m_hair));
    const auto lines = readoutAt(m_content, *m_hair);
    double names = 0;
    double values = 0;
    for (const auto& line : lines) {
        names = std::max(names, metrics.horizontalAdvance(line.name));
        values = std::max(values, metrics.horizontalAdvance(line.values));
    }
    constexpr double swatch = 2 * theme::unit;
    const double tall = metrics.height() * static_cast<double>(lines.size() + 1) + 2 * gap;
    const double wide = std::max(QFontMetricsF(heading).horizontalAdvance(title), swatch + names + theme::unit + values)
                        + 2 * theme::unit;
    // Beside the hair, low: the curves end above.
    const bool right = x + theme::unit + wide <= m_plot.right();
    const double left = std::max(m_plot.left(), right ? x + theme::unit : x - theme::unit - wide);
    const QRectF box(left, std::max(m_plot.top(), m_plot.bottom() - theme::unit - tall), wide, tall);
    painter.setPen(QPen(theme::border(), 1));
    painter.setBrush(tinted(theme::surface(), 0.94));
    painter.drawRoundedRect(box, gap, gap);
    painter.setFont(heading);
    painter.setPen(theme::text());
    double baseline = box.top() + gap + metrics.ascent();
    painter.drawText(QPointF(box.left() + theme::unit, baseline), title);
    painter.setFont(body);
    for (const auto& line : lines) {
        baseline += metrics.height();
        const auto style = curveStyle(line.curve, m_content.stale);
        const double middle = baseline - metrics.ascent() / 2 + 1;
        const double at = box.left() + theme::unit;
        painter.fillRect(QRectF(at, middle - 4, swatch - gap, 8), style.fill);
        painter.setPen(style.line);
        painter.drawLine(QPointF(at, middle), QPointF(at + swatch - gap, middle));
        painter.setPen(theme::mutedText());
        painter.drawText(QPointF(at + swatch, baseline), line.name);
        painter.setPen(theme::text());
        painter.drawText(QPointF(at + swatch + names + theme::unit, baseline), line.values);
    }
}

} // namespace emac::widgets
