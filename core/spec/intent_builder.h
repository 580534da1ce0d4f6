// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/spec/checker.h"
#include "core/spec/expression_builder.h"
#include "core/yaml/tree.h"

#include <vector>

namespace emac::spec {

/// What is sound of a JourneyIntent, and where its expression nodes were read.
struct BuiltIntent
{
    journey::Intent intent;
    std::vector<NodeSite> sites;
};

/// Checks the mapping of a JourneyIntent and builds what is sound of it. Diagnostics are left in the checker.
BuiltIntent buildIntent(const yaml::Node& root, Checker& checker);

} // namespace emac::spec
