// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/governance/decision.h"
#include "core/journey/intent.h"

#include <string>
#include <vector>

namespace emac::governance {

/// A part of what is lost: "payment_race_domain_correlation", "domain_correlation", 0.004975.
struct Contributor
{
    std::string name;
    std::string kind;
    double value = 0; ///< availability, in (0, 1]
    bool operator==(const Contributor&) const = default;
};

/// In document order each operator at which shared fate takes away what independence had, with its own A⁺ − A⁻ at the
/// lower ends of the inputs: a redundancy operator whose children share their fate, a retry, and where calls are
/// repeated the innermost operator that holds them. Then the shortfall of the availability objective. Differences below
/// 1e-12 of the unavailability are rounding. O(size).
std::vector<Contributor> contributors(const journey::Journey& journey, const analysis::Analysis& analysis,
                                      const Decision& decision);

} // namespace emac::governance
