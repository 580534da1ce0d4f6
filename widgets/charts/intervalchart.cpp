// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervalchart.h"

#include "widgets/charts/chartlook.h"
#include "widgets/charts/intervalbars.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr double leastRow = 3.5 * theme::unit;
constexpr double labelShare = 0.32; ///< of the width, at most, for row labels

} // namespace

IntervalChart::IntervalChart(QWidget* parent)
    : QChartView(parent)
    , m_axis(new QCategoryAxis(this))
    , m_ticks(m_axis)
    , m_objective(new QLineSeries(this))
    , m_scroll(new QScrollBar(Qt::Vertical, this))
    , m_bars(nullptr)
{
    chartlook::prepare(*this);
    setFocusPolicy(Qt::NoFocus);
    chart()->addAxis(m_axis, Qt::AlignBottom);
    chartlook::useColours(*this, {m_axis});
    auto* height = new QValueAxis(this);
    height->setRange(0, 1);
    height->setVisible(false);
    chart()->addAxis(height, Qt::AlignLeft);
    chart()->addSeries(m_objective);
    m_objective->attachAxis(m_axis);
    m_objective->attachAxis(height);
    m_bars = new IntervalBars(chart());

    m_scroll->hide();
    connect(m_scroll, &QScrollBar::valueChanged, this, [this] { layOut(); });
}

IntervalChart::~IntervalChart() = default;

void IntervalChart::setContent(IntervalContent content)
{
    if (content == m_content)
        return;
    m_content = std::move(content);
    layOut();
}

QRect IntervalChart::rowRectangle(int row) const
{
    return m_bars->rowRectangle(row).toRect();
}

QRect IntervalChart::figureRectangle(int row, Figure figure) const
{
    return m_bars->figureRectangle(row, figure).toRect();
}

void IntervalChart::layOut()
{
    const auto area = QRectF(viewport()->rect());
    const double labels = IntervalBars::labelColumn(m_content.rows, area.width() * labelShare);
    const double above = QFontMetricsF(theme::font(theme::TextSize::Small)).height() + theme::unit / 2.0;
    const double below = QFontMetricsF(m_axis->labelsFont()).height() + 1.5 * theme::unit;
    const auto rows = static_cast<int>(m_content.rows.size());
    const double tall = std::max(leastRow, area.height() - above - below);
    const int fitting = std::clamp(static_cast<int>(tall / leastRow), 1, std::max(1, rows));
    const bool scrolls = fitting < rows;
    const int bar = scrolls ? m_scroll->sizeHint().width() : 0;
    const QRectF plot(labels + 3 * theme::unit, above, area.width() - labels - 7 * theme::unit - bar, tall);

    m_scroll->setVisible(scrolls);
    m_scroll->setGeometry(width() - bar, static_cast<int>(above), bar, static_cast<int>(tall));
    m_scroll->setRange(0, rows - fitting);
    m_scroll->setPageStep(fitting);
    if (plot.width() <= 0)
        return;

    scaleAxis(plot);
    chartlook::setPlot(*this, plot);
    m_bars->show(m_content, m_scale, plot, scrolls ? m_scroll->value() : 0, fitting);
}

void IntervalChart::scaleAxis(const QRectF& plot)
{
    std::vector<double> values;
    std::vector<double> whiskers;
    for (const auto& row : m_content.rows) {
        if (!row.values)
            continue;
        values.push_back(row.worst());
        if (row.best())
            values.push_back(*row.best());
        if (row.values->commonCause)
            values.push_back(*row.values->commonCause);
        whiskers.push_back(row.values->envelope.failure.worst);
        whiskers.push_back(row.values->envelope.failure.best);
    }
    if (m_content.objective)
        values.push_back(*m_content.objective);
    m_scale = nines::scaleFor(values, whiskers);

    std::vector<nines::Labelled> labels;
    const auto clipped = [this](double q) { return std::clamp(nines::position(q), m_scale.clipLow, m_scale.clipHigh); };
    for (const auto& row : m_content.rows) {
        if (!row.values)
            continue;
        const double worst = clipped(row.worst());
        labels.push_back({worst, IntervalBars::worstTextWidth(row, m_content.display) + 2 * theme::unit, 0});
        labels.push_back({row.best() ? std::max(worst, clipped(*row.best())) : worst, 0,
                          IntervalBars::bestTextWidth(row, m_content.display) + 2 * theme::unit});
        labels.push_back({clipped(row.values->envelope.failure.worst), theme::unit, 0});
        labels.push_back({clipped(row.values->envelope.failure.best), 0, theme::unit});
    }
    if (m_content.objective)
        labels.push_back({clipped(*m_content.objective), 2 * theme::unit, 2 * theme::unit});
    m_scale.range = nines::widened(m_scale.range, labels, plot.width());

    const QFontMetricsF metrics(m_axis->labelsFont());
    m_ticks.set(nines::ticks(m_scale.range, plot.width(), m_content.display,
                             [&](const QString& label) { return metrics.horizontalAdvance(label); }),
                m_scale.range);
    QList<QPointF> line;
    if (m_content.objective) {
        const double at = clipped(*m_content.objective);
        line = {{at, 0}, {at, 1}};
    }
    m_objective->setPen(QPen(m_content.stale ? theme::mutedText() : theme::objective(), 1.5, Qt::DashLine));
    m_objective->replace(line);
}

void IntervalChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    layOut();
}

int IntervalChart::rowAt(const QPoint& point) const
{
    for (int row = 0; row < static_cast<int>(m_content.rows.size()); ++row) {
        if (rowRectangle(row).contains(point))
            return row;
    }
    return -1;
}

void IntervalChart::mousePressEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || row < 0) {
        event->ignore();
        return;
    }
    if (const auto figure = m_bars->figureAt(row, event->position()))
        emit figureClicked(row, *figure);
    else
        emit rowClicked(row);
}

void IntervalChart::mouseMoveEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position().toPoint());
    m_bars->setHovered(row, row >= 0 ? m_bars->figureAt(row, event->position()) : std::nullopt);
    viewport()->setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void IntervalChart::contextMenuEvent(QContextMenuEvent* event)
{
    if (const int row = rowAt(event->pos()); row >= 0)
        emit menuRequested(row, event->globalPos());
}

void IntervalChart::leaveEvent(QEvent* event)
{
    m_bars->setHovered(-1);
    QChartView::leaveEvent(event);
}

void IntervalChart::wheelEvent(QWheelEvent* event)
{
    if (m_scroll->isVisible())
        QCoreApplication::sendEvent(m_scroll, event);
    else
        event->ignore();
}

void IntervalChart::keyPressEvent(QKeyEvent* event)
{
    event->ignore();
}

bool IntervalChart::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto& help = static_cast<const QHelpEvent&>(*event);
        const int index = rowAt(help.pos());
        if (index < 0) {
            QToolTip::hideText();
            return true;
        }
        const auto& row = m_content.rows[static_cast<std::size_t>(index)];
        auto lines = figureLines(row.values ? &*row.values : nullptr, m_content.display);
        lines.prepend(row.label);
        if (const auto figure = m_bars->figureAt(index, help.pos()))
            lines << tr("A click explains %1").arg(symbolOf(*figure));
        QToolTip::showText(
            help.globalPos(),
            parts::plainToolTip(lines.join(QLatin1Char('\n'))).replace(QLatin1Char('\n'), QLatin1String("<br>")), this);
        return true;
    }
    return QChartView::viewportEvent(event);
}

} // namespace emac::widgets
