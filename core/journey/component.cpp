// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/component.h"

#include <tuple>

namespace emac::journey {

namespace {

/// All members but the version. A new member that is not named here does not compile.
auto content(const Component& component)
{
    const auto& [name, kind, notes, atomicSlo, latencySlo, availability, observed, independent, failure, latency,
                 domains, telemetry, version] = component;
    return std::tie(name, kind, notes, atomicSlo, latencySlo, availability, observed, independent, failure, latency,
                    domains, telemetry);
}

} // namespace

bool equalContent(const Component& a, const Component& b)
{
    return content(a) == content(b);
}

} // namespace emac::journey
