// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/model.h"

#include <algorithm>

namespace emac::journey {

bool EffectiveDomains::unknown() const
{
    return status == "missing" || status == "conflicting" || std::ranges::find(domains, "unknown") != domains.end();
}

} // namespace emac::journey
