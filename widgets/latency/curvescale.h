// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/duration.h"
#include "core/journey/latency_law.h"

#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

namespace emac::widgets {

/// The axes of a small picture of a law: time to the right, linear or logarithmic; probability upwards, in nines of
/// what is later (−log10(1 − p)), so that the tail has as much room as the middle, and 100 % is the top.
struct CurveScale
{
    QRectF plot; ///< pixels
    double from = 0; ///< seconds at the left edge; above 0 on a logarithmic axis
    double to = 1; ///< seconds at the right edge
    bool logarithmic = false;
    double nines = 3; ///< that are drawn; 100 % lies a little above the last

    /// Shows the law, where there is one, and these points (a time with a probability), of which 100 % is no nine.
    static CurveScale of(const journey::LatencyLaw* law, const std::vector<std::pair<double, double>>& points,
                         bool logarithmic);

    double x(double seconds) const;
    /// The time at x, which may lie beyond the plot; never below 0.
    double seconds(double x) const;
    double y(double probability) const;
    /// The roundest time within a pixel of x.
    base::Duration time(double x) const;

    struct Tick
    {
        double at = 0; ///< pixels
        QString label;
        bool operator==(const Tick&) const = default;
    };
    /// `measure` gives the width of a label.
    std::vector<Tick> timeTicks(const std::function<double(const QString&)>& measure) const;
    /// At 0 %, 50 %, every nine, and the top.
    std::vector<Tick> probabilityTicks() const;

    bool operator==(const CurveScale&) const = default;
};

} // namespace emac::widgets
