// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace emac::analysis {

/// P(Z ≤ z) of the standard normal law.
double normal(double z);

/// The same with an absolute error below 1e-14; non-decreasing but for that. Some ns.
double normalByTable(double z);

/// values[i] = P(Z ≤ first + i · step), with the same error. @pre step > 0
void normalValues(double first, double step, std::span<double> values);

/// values[i] = P(T ≤ first + i + ½), of a T with ln T normal. Absolute error below 1e-14; non-decreasing.
/// @pre sigma > 0. A few ns each.
void lognormalValues(double mu, double sigma, std::size_t first, std::span<double> values);

} // namespace emac::analysis
