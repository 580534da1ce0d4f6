// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/latencycurve.h"

#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"
#include "widgets/latency/evidenceforms.h"

#include <QAccessible>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

constexpr double radius = 5;
constexpr double reach = 14; ///< of a handle, for the pointer

QFont smallFont()
{
    return theme::numberFont(theme::TextSize::Small);
}

base::Duration at(double seconds)
{
    constexpr double most = 9e18;
    return base::Duration(static_cast<base::Duration::rep>(std::min(std::round(seconds * 1e9), most)));
}

/// One in the second digit.
base::Duration stepOf(base::Duration time)
{
    base::Duration::rep unit = 1;
    while (time.count() / unit >= 100)
        unit *= 10;
    return base::Duration(unit);
}

/// The time a step further; from 0 by a millisecond. What lies between two steps goes to the next one.
base::Duration stepped(base::Duration time, int steps)
{
    if (time.count() == 0)
        return steps > 0 ? base::Duration(std::chrono::milliseconds(1)) : time;
    auto unit = stepOf(time).count();
    if (steps < 0 && time.count() == unit * 10 && unit > 1)
        unit /= 10; // below 100 the steps are of the decade below
    const auto count = time.count();
    const auto behind = steps > 0 ? count / unit + steps : (count + unit - 1) / unit + steps;
    return base::Duration(std::max<base::Duration::rep>(behind, 0) * unit);
}

QColor faint(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

} // namespace

LatencyCurve::LatencyCurve(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    fit();
}

QSize LatencyCurve::sizeHint() const
{
    return {36 * theme::unit, 22 * theme::unit};
}

QSize LatencyCurve::minimumSizeHint() const
{
    return {24 * theme::unit, 22 * theme::unit};
}

void LatencyCurve::setLaw(const journey::LatencyLawPtr& law)
{
    if (law == m_law)
        return;
    m_law = law;
    fit();
}

void LatencyCurve::setHandles(std::vector<Handle> handles)
{
    if (handles == m_handles)
        return;
    const bool same = std::ranges::equal(handles, m_handles, {}, &Handle::name, &Handle::name);
    m_handles = std::move(handles);
    if (!same) {
        if (m_drag) {
            m_drag.reset();
            emit dragEnded(false);
        }
        m_current = m_handles.empty() ? -1 : std::clamp(m_current, 0, static_cast<int>(m_handles.size()) - 1);
    }
    fit();
    describe();
}

void LatencyCurve::setLogarithmic(bool logarithmic)
{
    m_logarithmic = logarithmic;
    fit();
}

void LatencyCurve::setEditable(bool editable)
{
    if (editable == m_editable)
        return;
    m_editable = editable;
    if (!editable && m_drag)
        endDrag(true);
    update();
}

QPointF LatencyCurve::handlePoint(int handle) const
{
    const auto& one = m_handles[static_cast<std::size_t>(handle)];
    const auto& plot = m_scale.plot;
    const double x = std::clamp(m_scale.x(base::seconds(one.time)), plot.left(), plot.right());
    return {x, m_scale.y(one.probability)};
}

/// During a drag the axes stay, so that the handle stays under the pointer.
void LatencyCurve::fit()
{
    update();
    if (m_drag)
        return;
    std::vector<std::pair<double, double>> points;
    for (const auto& handle : m_handles)
        points.emplace_back(base::seconds(handle.time), handle.probability);
    m_scale = CurveScale::of(m_law.get(), points, m_logarithmic);
    const QFontMetricsF metrics(smallFont());
    const double left =
        metrics.horizontalAdvance(m_scale.probabilityTicks()[static_cast<std::size_t>(m_scale.nines) + 1].label)
        + theme::unit;
    const double line = metrics.height() + theme::unit / 2.0;
    m_scale.plot = QRectF(rect()).adjusted(left, line + radius, -theme::unit, -line);
}

void LatencyCurve::move(int handle, base::Duration time)
{
    const auto& one = m_handles[static_cast<std::size_t>(handle)];
    const auto kept = std::clamp(time, one.least, one.most);
    if (kept != one.time)
        emit moved(handle, kept);
}

void LatencyCurve::endDrag(bool givenUp)
{
    m_drag.reset();
    fit();
    emit dragEnded(givenUp);
}

int LatencyCurve::handleAt(const QPointF& point) const
{
    int nearest = -1;
    double least = reach;
    for (int i = 0; i < static_cast<int>(m_handles.size()); ++i) {
        const double distance = QLineF(point, handlePoint(i)).length();
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

bool LatencyCurve::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && m_drag) { // nothing else is done while something is held
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void LatencyCurve::mousePressEvent(QMouseEvent* event)
{
    const int handle = handleAt(event->position());
    if (event->button() != Qt::LeftButton || handle < 0 || !m_editable || m_drag)
        return QWidget::mousePressEvent(event);
    m_current = handle;
    m_drag = Drag{event->position().x() - handlePoint(handle).x()};
    update();
    emit dragBegan();
}

void LatencyCurve::mouseMoveEvent(QMouseEvent* event)
{
    m_pointer = event->position();
    if (m_drag)
        move(m_current, m_scale.time(event->position().x() - m_drag->grip));
    setCursor(m_editable && (m_drag || handleAt(event->position()) >= 0) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    update();
}

void LatencyCurve::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_drag)
        return QWidget::mouseReleaseEvent(event);
    endDrag(false);
}

void LatencyCurve::leaveEvent(QEvent* event)
{
    m_pointer.reset();
    update();
    QWidget::leaveEvent(event);
}

void LatencyCurve::keyPressEvent(QKeyEvent* event)
{
    if (m_drag) {
        if (event->key() == Qt::Key_Escape)
            endDrag(true);
        return;
    }
    const bool plain = !(event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    const int steps = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const int last = static_cast<int>(m_handles.size()) - 1;
    if (!plain || last < 0)
        return QWidget::keyPressEvent(event);
    const auto time = m_handles[static_cast<std::size_t>(m_current)].time;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (m_editable)
            move(m_current, stepped(time, event->key() == Qt::Key_Right ? steps : -steps));
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Up ? 1 : -1), 0, last);
        describe();
        update();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void LatencyCurve::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void LatencyCurve::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void LatencyCurve::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// What was dragged so far stays: the widget may be on its way out, and the document with it.
void LatencyCurve::hideEvent(QHideEvent* event)
{
    if (m_drag)
        endDrag(false);
    QWidget::hideEvent(event);
}

/// For a screen reader: the current handle first.
void LatencyCurve::describe()
{
    QStringList all;
    for (const auto& handle : m_handles)
        all << tr("%1 %2").arg(handle.name, timeText(base::seconds(handle.time)));
    QString text = all.join(tr(", "));
    if (m_current >= 0)
        text = tr("%1 of %2").arg(all[m_current], text);
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

QString LatencyCurve::words() const
{
    const int under = m_drag ? m_current : m_pointer ? handleAt(*m_pointer) : -1;
    if (under >= 0) {
        const auto& handle = m_handles[static_cast<std::size_t>(under)];
        return tr("%1 %2").arg(handle.name, timeText(base::seconds(handle.time)));
    }
    if (!m_law)
        return {};
    if (m_pointer && m_scale.plot.contains(*m_pointer)) {
        const auto time = m_scale.time(m_pointer->x());
        return tr("by %1: %2")
            .arg(timeText(base::seconds(time)), probabilityRange(m_law->lower(time), m_law->upper(time)));
    }
    if (hasFocus() && m_current >= 0) {
        const auto& handle = m_handles[static_cast<std::size_t>(m_current)];
        return tr("%1 %2").arg(handle.name, timeText(base::seconds(handle.time)));
    }
    return m_law->isTailKnown() ? QString() : tr("the tail is not known");
}

void LatencyCurve::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont());
    paintAxes(painter);
    if (m_law)
        paintLaw(painter);
    paintHandles(painter);
    painter.setPen(theme::mutedText());
    const QRectF line(m_scale.plot.left(), 0, m_scale.plot.width(), m_scale.plot.top() - theme::unit / 4.0 - radius);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, words());
}

void LatencyCurve::paintAxes(QPainter& painter) const
{
    const auto& plot = m_scale.plot;
    const QFontMetricsF metrics(painter.font());
    for (const auto& tick : m_scale.probabilityTicks()) {
        const double y = std::round(tick.at) + 0.5;
        painter.setPen(QPen(faint(theme::border(), 0.8), 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(theme::mutedText());
        painter.drawText(QRectF(0, tick.at - metrics.height() / 2, plot.left() - theme::unit / 2.0, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    const auto ticks = m_scale.timeTicks([&metrics](const QString& text) { return metrics.horizontalAdvance(text); });
    for (const auto& tick : ticks) {
        const double x = std::round(tick.at) + 0.5;
        painter.setPen(QPen(faint(theme::border(), 0.8), 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom() + 3));
        const double width = metrics.horizontalAdvance(tick.label);
        const double left = std::min(tick.at - width / 2, this->width() - width);
        painter.setPen(theme::mutedText());
        painter.drawText(QRectF(left, plot.bottom() + 4, width + 1, metrics.height()), Qt::AlignCenter, tick.label);
    }
}

void LatencyCurve::paintLaw(QPainter& painter) const
{
    const auto& plot = m_scale.plot;
    QPolygonF nominal;
    QPolygonF upper;
    QPolygonF lower;
    for (double x = plot.left(); x <= plot.right(); x += 0.5) {
        const auto time = at(m_scale.seconds(x));
        nominal << QPointF(x, m_scale.y(m_law->nominal(time)));
        upper << QPointF(x, m_scale.y(m_law->upper(time)));
        lower << QPointF(x, m_scale.y(m_law->lower(time)));
    }
    if (m_law->hasBand()) {
        auto band = upper;
        std::reverse_copy(lower.begin(), lower.end(), std::back_inserter(band));
        painter.setPen(Qt::NoPen);
        painter.setBrush(faint(theme::interval(), 0.35));
        painter.drawPolygon(band);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme::interval(), 1));
        painter.drawPolyline(upper);
        painter.drawPolyline(lower);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme::optimistic(), 2));
    painter.drawPolyline(nominal);
}

void LatencyCurve::paintHandles(QPainter& painter) const
{
    const int under = m_pointer && m_editable && !m_drag ? handleAt(*m_pointer) : -1;
    for (int i = 0; i < static_cast<int>(m_handles.size()); ++i) {
        const auto point = handlePoint(i);
        const bool current = i == m_current && (hasFocus() || m_drag);
        if (current || i == under) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(faint(theme::accent(), current ? 0.25 : 0.12));
            painter.drawEllipse(point, radius + 4, radius + 4);
        }
        painter.setPen(QPen(m_editable ? theme::accent() : theme::mutedText(), 2));
        painter.setBrush(current ? theme::accent() : theme::surface());
        painter.drawEllipse(point, radius, radius);
    }
}

} // namespace emac::widgets
