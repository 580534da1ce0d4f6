// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/stated_domains.h"

#include "core/journey/domain.h"

#include <set>

namespace emac::journey {

StatedDomains::StatedDomains(const Journey& journey)
{
    for (const auto& rule : journey.domainRules) {
        if (rule.availability)
            m_availability.emplace(rule.name, *rule.availability);
    }
}

const base::Ratio* StatedDomains::availability(const std::string& domain) const
{
    auto found = m_availability.find(domain);
    if (found == m_availability.end())
        found = m_availability.find(std::string(DomainName::parse(domain).kind));
    return found == m_availability.end() ? nullptr : &found->second;
}

StatedDomains::Failure StatedDomains::failure(const std::vector<std::string>& domains) const
{
    Failure result;
    std::set<std::string_view> seen;
    for (const auto& domain : domains) {
        const auto* availability = this->availability(domain);
        if (availability == nullptr || !seen.insert(domain).second)
            continue;
        const double q = availability->failure();
        result.probability += q * (1 - result.probability);
        result.names += (result.names.empty() ? "" : ", ") + domain + " (" + availability->decimal().toString() + ')';
    }
    return result;
}

bool isOwnPartSound(double failure, const StatedDomains::Failure& domains)
{
    return domains.names.empty() || failure >= domains.probability * (1 - 1e-12);
}

Fault ownPartFault(const StatedDomains& domains, const Component& component)
{
    if (!component.inlineAvailability || component.failureDomains.empty())
        return {};
    const auto stated = domains.failure(component.failureDomains);
    if (isOwnPartSound(component.inlineAvailability->failure(), stated))
        return {};
    return base::Message{base::Code::OwnPartAboveOne,
                         {component.name, component.inlineAvailability->decimal().toString(), stated.names,
                          base::Decimal::fromDouble(stated.probability).complement().toString()}};
}

Fault ownPartFault(const Journey& journey, const Component& component)
{
    if (!component.inlineAvailability || component.failureDomains.empty())
        return {};
    return ownPartFault(StatedDomains(journey), component);
}

} // namespace emac::journey
