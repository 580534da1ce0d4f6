// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/spec/checker.h"
#include "core/spec/fields.h"

namespace emac::spec {

/// The component of a checked mapping. Says what its values contradict: counts, quantiles, histograms. What is faulty
/// is left out: a latency or observation as a whole.
journey::Component buildComponent(std::string name, const Fields& fields, Checker& checker);

} // namespace emac::spec
