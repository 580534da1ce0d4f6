// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"
#include "tests/base/random.h"

namespace emac::tests {

/// Any edit, Compound among them, that speaks of elements of this intent; about half of them can be applied.
journey::Edit randomEdit(Random& random, const journey::Intent& intent);

/// The edit that gives `before` again when applied to `after`, where there is just one such edit.
/// @pre after is what the edit made of before
std::optional<journey::Edit> inverseOf(const journey::Intent& before, const journey::Edit& edit,
                                       const journey::Intent& after);

} // namespace emac::tests
