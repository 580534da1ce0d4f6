// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/journey/placement.h"
#include "core/spec/checker.h"
#include "core/yaml/tree.h"

namespace emac::spec {

/// Checks the mapping of a JourneyLayout and builds what is sound of it, for this journey. Diagnostics are left in the
/// checker.
journey::Placement buildLayout(const yaml::Node& root, const journey::Journey& journey, Checker& checker);

} // namespace emac::spec
