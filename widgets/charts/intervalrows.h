// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/journey/element.h"
#include "core/journey/intent.h"

#include <QString>

#include <optional>
#include <vector>

namespace emac::widgets {

/// One bar of the Availability chart: an element with its numbers.
struct IntervalRow
{
    journey::Element element;
    QString label;
    int depth = 0; ///< 0 the journey, 1 what is selected, 2 what stands below it
    std::optional<analysis::NodeAvailability> values; ///< empty: there are no numbers (yet)

    /// 1 − A⁻. @pre there are values
    double worst() const { return values->sharedFate.worst; }
    /// 1 − A⁺; absent where it is not computed. @pre there are values
    std::optional<double> best() const
    {
        return values->independent ? std::optional(values->independent->best) : std::nullopt;
    }
    bool operator==(const IntervalRow&) const = default;
};

/// What to call a node among its siblings: its id or component, else its operator with its children,
/// "Parallel: cart, pricing".
QString nodeLabel(const journey::ExpressionPtr& node);

/// The journey; then the selected operator (where it is not the root) and its children, the root's where nothing is
/// selected; of a call, its parent and the call. A fragment's use shows the fragment's body.
/// `analysis` may be null. O(size).
std::vector<IntervalRow> intervalRows(const journey::Intent& intent, const QString& title,
                                      const analysis::Analysis* analysis, const journey::Element& selected);

} // namespace emac::widgets
