// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencychart.h"

#include "widgets/charts/latencycurves.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr double keyStep = 0.01; ///< of the width
constexpr double pageStep = 0.1;

/// Ticks of a probability axis at each tenth, fifth, half.
std::vector<timeaxis::Tick> linearProbabilities(double height, double lineHeight)
{
    std::vector<timeaxis::Tick> ticks;
    const int tenths = height > 22 * lineHeight ? 1 : height > 10 * lineHeight ? 2 : 5;
    for (int i = 0; i <= 10; i += tenths)
        ticks.push_back({i / 10.0, probabilityText(i / 10.0)});
    return ticks;
}

} // namespace

LatencyChart::LatencyChart(QWidget* parent)
    : QChartView(parent)
    , m_time(new QCategoryAxis(this))
    , m_probability(new QCategoryAxis(this))
    , m_timeTicks(m_time)
    , m_probabilityTicks(m_probability)
    , m_curves(nullptr)
{
    setAccessibleName(tr("Latency chart"));
    setFocusPolicy(Qt::StrongFocus);
    chartlook::prepare(*this);
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_probability, Qt::AlignLeft);
    chartlook::useColours(*this, {m_time, m_probability});
    // An axis without a series does not follow its range.
    auto* anchor = new QLineSeries(this);
    chart()->addSeries(anchor);
    anchor->attachAxis(m_time);
    anchor->attachAxis(m_probability);
    m_curves = new LatencyCurves(chart());
}

LatencyChart::~LatencyChart() = default;

void LatencyChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_curves != nullptr) {
        chartlook::useColours(*this, {m_time, m_probability});
        layOut();
    }
}

void LatencyChart::setContent(LatencyContent content)
{
    if (content == m_content)
        return;
    m_content = std::move(content);
    layOut();
    describe();
}

void LatencyChart::layOut()
{
    const auto area = QRectF(viewport()->rect());
    const QFontMetricsF metrics(chartlook::axisFont());
    const double above = LatencyCurves::roomAbove(m_content);
    const double below = metrics.height() + 1.5 * theme::unit;
    const double tall = area.height() - above - below;
    const auto view = viewOf(m_content);
    auto probabilities =
        m_content.probability == LatencyContent::Probability::Nines
            ? nines::ticks(view.probability, tall, {}, [&](const QString&) { return metrics.height(); })
            : linearProbabilities(tall, metrics.height());
    double labels = 0;
    for (const auto& tick : probabilities)
        labels = std::max(labels, metrics.horizontalAdvance(tick.label));
    m_plot = QRectF(labels + 1.5 * theme::unit, above, area.width() - labels - 5 * theme::unit, tall);
    if (m_plot.width() <= 0 || m_plot.height() <= 0)
        return;
    m_probabilityTicks.set(std::move(probabilities), view.probability);
    m_timeTicks.set(timeaxis::ticks(view.time, m_content.time, m_plot.width(),
                                    [&](const QString& label) { return metrics.horizontalAdvance(label); }),
                    view.time);
    chartlook::setPlot(*this, m_plot);
    m_curves->show(m_content, view, m_plot);
}

QPointF LatencyChart::pointOf(double seconds, double probability) const
{
    return {m_curves->xOf(seconds), m_curves->yOf(probability)};
}

void LatencyChart::setHair(std::optional<double> seconds)
{
    if (seconds == m_hair)
        return;
    m_hair = seconds;
    m_curves->setHair(seconds);
    emit hairChanged();
}

/// For a screen reader: the marked percentile and the objectives, then what is read out.
void LatencyChart::describe()
{
    auto text = latencySummary(m_content);
    if (m_hair && hasFocus()) {
        QStringList lines;
        for (const auto& line : readoutAt(m_content, *m_hair))
            lines << tr("%1 %2").arg(line.name, line.values);
        text = tr("By %1: %2. %3").arg(timeText(*m_hair), lines.join(tr("; ")), text);
    }
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text);
}

double LatencyChart::firstHair() const
{
    if (m_content.journey && m_content.percentile < m_content.journey->independent.percentiles.size()) {
        const auto& percentile = m_content.journey->independent.percentiles[m_content.percentile];
        for (const auto& end : {percentile.nominal, percentile.lower, percentile.upper}) {
            if (end)
                return *end;
        }
    }
    return m_curves->secondsAt(m_plot.center().x());
}

void LatencyChart::keyPressEvent(QKeyEvent* event)
{
    const auto moveTo = [this](double x) {
        setHair(m_curves->secondsAt(std::clamp(x, m_plot.left(), m_plot.right())));
        describe();
    };
    const auto move = [&](double share) {
        if (!m_hair)
            moveTo(m_curves->xOf(firstHair()));
        else
            moveTo(m_curves->xOf(*m_hair) + share * m_plot.width());
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return move(-keyStep);
    case Qt::Key_Right:
        return move(keyStep);
    case Qt::Key_PageUp:
        return move(pageStep);
    case Qt::Key_PageDown:
        return move(-pageStep);
    case Qt::Key_Home:
        return moveTo(m_plot.left());
    case Qt::Key_End:
        return moveTo(m_plot.right());
    case Qt::Key_Escape:
        if (m_hair) {
            setHair(std::nullopt);
            return describe();
        }
        break;
    default:
        break;
    }
    event->ignore();
}

void LatencyChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    layOut();
}

void LatencyChart::mousePressEvent(QMouseEvent* event)
{
    event->ignore();
}

void LatencyChart::mouseMoveEvent(QMouseEvent* event)
{
    const auto at = event->position();
    if (m_plot.contains(at))
        setHair(m_curves->secondsAt(at.x()));
    else
        setHair(std::nullopt);
}

void LatencyChart::leaveEvent(QEvent* event)
{
    setHair(std::nullopt);
    QChartView::leaveEvent(event);
}

void LatencyChart::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void LatencyChart::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void LatencyChart::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void LatencyChart::drawForeground(QPainter* painter, const QRectF& /*rectangle*/)
{
    if (!hasFocus())
        return;
    painter->setPen(QPen(theme::accent(), 1.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1));
}

} // namespace emac::widgets
