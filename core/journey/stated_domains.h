// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/journey/validity.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace emac::journey {

/// The rules of a journey that state an availability, by name.
class StatedDomains
{
public:
    explicit StatedDomains(const Journey& journey);

    /// Of the rule that the name falls under: of the same name, else of its bare kind. Null where none states one.
    const base::Ratio* availability(const std::string& domain) const;
    bool empty() const { return m_availability.empty(); }

    /// The domains with a stated availability among these names, each once, and the probability that one of them has
    /// failed, domains independent. A name falls under the rule of the same name, else of its bare kind.
    struct Failure
    {
        double probability = 0;
        std::string names; ///< "payment-network (0.9998), k8s/zone:a (0.999)"; empty where none is stated
    };
    Failure failure(const std::vector<std::string>& domains) const;

private:
    std::unordered_map<std::string, base::Ratio> m_availability;
};

/// False where a component that fails with this probability would have an own part above 1. A relative difference of
/// 1e-12 is rounding.
bool isOwnPartSound(double failure, const StatedDomains::Failure& domains);

/// A component whose inline number is better than its domains: its own part is above 1.
Fault ownPartFault(const StatedDomains& domains, const Component& component);
Fault ownPartFault(const Journey& journey, const Component& component);

} // namespace emac::journey
