// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spec/checker.h"
#include "core/spec/read.h"
#include "core/yaml/tree.h"

namespace emac::spec {

/// Checks the mapping of a JourneyIntent and builds what is sound of it. Diagnostics are left in the checker.
IntentDocument buildIntent(const yaml::Node& root, Checker& checker);

} // namespace emac::spec
