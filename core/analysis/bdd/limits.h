// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/duration.h"

#include <cstddef>

namespace emac::analysis {

/// What the decision diagram of one module may cost, and the formula that modules are found in. All but the time are
/// the same on every machine.
struct DiagramLimits
{
    std::size_t nodes = 20'000'000;
    std::size_t bytes = std::size_t{512} << 20U;
    base::Duration time = std::chrono::seconds(5);
    std::size_t gates = 1'000'000; ///< with fragments and attempts written out, where they draw anew
    bool operator==(const DiagramLimits&) const = default;
};

} // namespace emac::analysis
