// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/journey/stated_domains.h"

#include <map>
#include <string>

namespace emac::spec {

/// The components that the journey calls, through fragments too, with whether a redundancy operator stands above any of
/// the calls. O(size): each fragment is looked at at most twice.
std::map<std::string, bool> calledComponents(const journey::Journey& journey);

using journey::isOwnPartSound;
using journey::StatedDomains;

} // namespace emac::spec
