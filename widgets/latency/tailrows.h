// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/contributions.h"
#include "core/journey/intent.h"

#include <QString>

#include <vector>

namespace emac::widgets {

/// One part of a percentile.
struct TailRow
{
    journey::Element element; ///< the call; the journey for what delays and deadlines add
    QString place; ///< "paya in race payment", "delays and deadlines"
    QString component; ///< empty for delays and deadlines
    double seconds = 0;
    double share = 0; ///< of the percentile
    bool operator==(const TailRow&) const = default;
};

/// The parts in document order, delays and deadlines last; their seconds sum to the percentile. Calls that the journey
/// has no more are left out. O(size)
std::vector<TailRow> tailRows(const journey::Journey& journey, const analysis::Contributions& contributions);

/// A part of the whole, no finer than it is known (some thousandths of it): "41 ms", "−3 ms".
QString tailTime(double seconds, double whole);
/// "31.2 %"
QString tailShare(double share);

} // namespace emac::widgets
