// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervalchart.h"

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
    , m_objective(new QLineSeries(this))
    , m_scroll(new QScrollBar(Qt::Vertical, this))
    , m_bars(nullptr)
{
    // The theme comes first: it overwrites all pens and brushes.
    chart()->setTheme(QChart::ChartThemeLight);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->legend()->hide();
    chart()->setBackgroundRoundness(0);
    chart()->setMargins({});
    chart()->setBackgroundBrush(theme::surface());
    chart()->setBackgroundPen(Qt::NoPen);
    setFrameShape(QFrame::NoFrame);
    setAcceptDrops(false);
    // Axis labels that go leave traces behind when only what they covered is painted anew.
    setViewportUpdateMode(FullViewportUpdate);
    setRenderHint(QPainter::Antialiasing);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);

    m_axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_axis->setLabelsFont(theme::numberFont(theme::TextSize::Small));
    m_axis->setLabelsColor(theme::mutedText());
    m_axis->setLinePen(QPen(theme::border(), 1));
    m_axis->setGridLinePen(QPen(theme::border(), 1));
    m_axis->setTruncateLabels(false);
    auto* height = new QValueAxis(this);
    height->setRange(0, 1);
    height->setVisible(false);
    chart()->addAxis(m_axis, Qt::AlignBottom);
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
    chart()->setPlotArea(plot);
    m_bars->show(m_content, m_scale, plot, scrolls ? m_scroll->value() : 0, fitting);
}

void IntervalChart::scaleAxis(const QRectF& plot)
{
    std::vector<double> values;
    for (const auto& row : m_content.rows) {
        if (!row.known)
            continue;
        values.push_back(row.worst);
        if (row.best)
            values.push_back(*row.best);
    }
    if (m_content.objective)
        values.push_back(*m_content.objective);
    m_scale = nines::scaleFor(values);

    std::vector<nines::Labelled> labels;
    const auto clipped = [this](double q) { return std::clamp(nines::position(q), m_scale.clipLow, m_scale.clipHigh); };
    for (const auto& row : m_content.rows) {
        if (!row.known)
            continue;
        const double worst = clipped(row.worst);
        labels.push_back({worst, IntervalBars::worstTextWidth(row) + 2 * theme::unit, 0});
        labels.push_back({row.best ? std::max(worst, clipped(*row.best)) : worst, 0,
                          IntervalBars::bestTextWidth(row) + 2 * theme::unit});
    }
    if (m_content.objective)
        labels.push_back({clipped(*m_content.objective), 2 * theme::unit, 2 * theme::unit});
    m_scale.range = nines::widened(m_scale.range, labels, plot.width());

    const QFontMetricsF metrics(m_axis->labelsFont());
    auto ticks = nines::ticks(m_scale.range, plot.width(),
                              [&](const QString& label) { return metrics.horizontalAdvance(label); });
    if (ticks != m_ticks) {
        for (const auto& label : m_axis->categoriesLabels())
            m_axis->remove(label);
        for (const auto& tick : ticks)
            m_axis->append(tick.label, tick.position);
        m_ticks = std::move(ticks);
    }
    m_axis->setRange(m_scale.range.from, m_scale.range.to);
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
    if (event->button() == Qt::LeftButton && row >= 0)
        emit rowClicked(row);
    else
        event->ignore();
}

void IntervalChart::mouseMoveEvent(QMouseEvent* event)
{
    const int row = rowAt(event->position().toPoint());
    m_bars->setHovered(row);
    viewport()->setCursor(row >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
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
        QStringList lines{row.label};
        if (!row.known)
            lines << tr("There are no numbers yet.");
        else if (row.best)
            lines << tr("A⁻ %1, A⁺ %2").arg(availabilityText(row.worst), availabilityText(*row.best))
                  << tr("Fails in %1 to %2 of all tries")
                         .arg(unavailabilityText(*row.best), unavailabilityText(row.worst));
        else
            lines << tr("A⁻ %1").arg(availabilityText(row.worst))
                  << tr("A⁺ is not computed: what is called more than once is beyond the limits of exact computation.");
        QToolTip::showText(
            help.globalPos(),
            parts::plainToolTip(lines.join(QLatin1Char('\n'))).replace(QLatin1Char('\n'), QLatin1String("<br>")), this);
        return true;
    }
    return QChartView::viewportEvent(event);
}

} // namespace emac::widgets
