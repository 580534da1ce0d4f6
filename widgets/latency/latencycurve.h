// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/inputs.h"
#include "widgets/latency/curvescale.h"

#include <QWidget>

#include <vector>

namespace emac::widgets {

/// A small picture of the law of one component's latency: its band and its nominal curve, and handles on it that are
/// dragged sideways, or moved by keys: left and right move the current one by one in its second digit (with Shift by
/// ten of these), up and down go to another. It changes nothing itself.
class LatencyCurve : public QWidget
{
    Q_OBJECT
public:
    struct Handle
    {
        QString name; ///< "p99"
        double probability = 0; ///< 1: the end of the support
        base::Duration time{0};
        base::Duration least{0}; ///< it is kept between these
        base::Duration most{base::Duration::max()};
        bool operator==(const Handle&) const = default;
    };

    explicit LatencyCurve(QWidget* parent);

    /// Null: there is nothing to show.
    void setLaw(const journey::LatencyLawPtr& law);
    /// From the lowest probability to the highest. Another set of names ends a drag.
    void setHandles(std::vector<Handle> handles);
    void setLogarithmic(bool logarithmic);
    /// Handles can be moved; else they are only shown.
    void setEditable(bool editable);

    const journey::LatencyLawPtr& law() const { return m_law; }
    const std::vector<Handle>& handles() const { return m_handles; }
    int currentHandle() const { return m_current; } ///< −1: there is none
    QPointF handlePoint(int handle) const; ///< its middle, in the widget
    bool isDragging() const { return m_drag.has_value(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void dragBegan();
    /// The time is within the handle's limits, and another than it was.
    void moved(int handle, emac::base::Duration time);
    /// Given up: what was before is to be there again.
    void dragEnded(bool givenUp);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Drag
    {
        double grip = 0; ///< of the pointer, right of the handle
    };
    void fit();
    void endDrag(bool givenUp);
    void move(int handle, base::Duration time);
    int handleAt(const QPointF& point) const; ///< −1: none
    void describe();
    QString words() const; ///< what the line above the plot says
    void paintAxes(QPainter& painter) const;
    void paintLaw(QPainter& painter) const;
    void paintHandles(QPainter& painter) const;

    journey::LatencyLawPtr m_law;
    std::vector<Handle> m_handles;
    CurveScale m_scale;
    bool m_logarithmic = false;
    bool m_editable = true;
    int m_current = -1;
    std::optional<Drag> m_drag; ///< of the current handle
    std::optional<QPointF> m_pointer;
};

} // namespace emac::widgets
