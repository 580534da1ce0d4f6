// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/random_journey.h"

namespace emac::tests {

/// One random change, as people make them: of a value, of domains, of an operator or its parameters; a node added,
/// removed, moved, copied, wrapped; a component or a fragment renamed; fragments used, added, removed, put in another
/// order. Keeps NodeIds and versions as edits of documents do.
void editRandomly(Random& random, RandomJourney& made);

} // namespace emac::tests
