// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/latency_oracle.h"

namespace emac::tests {

/// What so many executions did.
struct Simulated
{
    std::vector<double> successBy; ///< the part that had succeeded by each limit
    std::vector<double> endedBy; ///< … or failed
    double success = 0; ///< the part that succeeded at all
};

/// Executions drawn at random from the nominal inputs, each evaluated by itself.
/// @pre the limits ascend; no failure time is unstated; probabilities of choices are numbers
Simulated simulate(const journey::Journey& journey, const journey::Inputs& inputs,
                   const std::vector<base::Duration>& limits, std::size_t executions, std::uint64_t seed);

/// How far an empirical distribution function of n draws is from the true one, but for one case in a million: the
/// inequality of Dvoretzky, Kiefer and Wolfowitz with the constant of Massart (1990).
inline double dkwMargin(std::size_t n)
{
    return std::sqrt(std::log(2 / 1e-6) / (2 * static_cast<double>(n)));
}

} // namespace emac::tests
