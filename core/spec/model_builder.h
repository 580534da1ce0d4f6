// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/model.h"
#include "core/spec/checker.h"
#include "core/yaml/tree.h"

namespace emac::spec {

/// Checks the mapping of an AcceptedJourneyModel or DiscoveredJourneyModel and builds what is sound of it. Diagnostics
/// are left in the checker. A tree in a model has no fragments.
journey::AcceptedModel buildModel(const yaml::Node& root, Checker& checker);

} // namespace emac::spec
