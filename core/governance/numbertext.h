// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/duration.h"

#include <string>

/// Numbers in the reasons of a decision, the same in every locale.
namespace emac::governance {

/// Six significant digits.
std::string sixDigits(double value);

/// The availability, with six significant digits of its complement.
std::string availabilityText(double failure);

/// A probability, with at most three significant digits of its complement, rounded down or up. @pre in [0, 1]
std::string probabilityText(double probability, base::Rounding rounding);

} // namespace emac::governance
