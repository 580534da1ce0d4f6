// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"

#include <string>
#include <string_view>

namespace emac::tests {

/// Journeys as short texts: "Series(a, x=Race(b, c), KofN(2; d, e), Branch(0.3 a, 0.7 Use(f))) | f = Retry(g)".
/// A tree, then the fragments. A node may have an explicit id, "x=". A component is declared for every call.
/// @pre the text is of this form
journey::Intent intentOf(std::string_view text);

/// The same text again. Branches have their probabilities, "0.2..0.3" where they are intervals.
std::string shortForm(const journey::Journey& journey);

} // namespace emac::tests
