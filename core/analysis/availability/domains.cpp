// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/domains.h"

#include "core/journey/domain.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace emac::analysis {

namespace {

class DisjointSets
{
public:
    explicit DisjointSets(std::size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), 0U); }
    std::uint32_t find(std::uint32_t i)
    {
        while (m_parent[i] != i)
            i = m_parent[i] = m_parent[m_parent[i]];
        return i;
    }
    void join(std::uint32_t a, std::uint32_t b)
    {
        a = find(a);
        b = find(b);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> m_parent;
};

} // namespace

FateGroups::FateGroups(const Plan& plan)
    : m_plan(plan)
    , m_ofComponent(plan.components.size())
    , m_kind(plan.components.size(), noIndex)
    , m_bare(plan.components.size(), 0)
{
}

const FateKeysPtr& FateGroups::of(ComponentIndex component)
{
    auto& known = m_ofComponent[component];
    if (!known) {
        FateKeys keys{component};
        for (const auto& domain : m_plan.components[component].domains)
            keys.push_back(keyOf(domain));
        known = std::make_shared<const FateKeys>(std::move(keys));
    }
    return known;
}

std::uint32_t FateGroups::keyOf(const std::string& domain)
{
    const auto key = static_cast<std::uint32_t>(m_kind.size());
    const auto [found, isNew] = m_domains.try_emplace(domain, key);
    if (isNew) {
        const auto name = journey::DomainName::parse(domain);
        const auto next = static_cast<std::uint32_t>(m_kinds.size());
        m_kind.push_back(m_kinds.try_emplace(name.kind, next).first->second);
        m_bare.push_back(name.value.empty() ? 1 : 0);
    }
    return found->second;
}

void FateGroups::nextRound()
{
    ++m_round;
    m_met.resize(m_kind.size() + m_kinds.size(), 0);
    m_owner.resize(m_met.size(), 0);
}

bool FateGroups::firstMeeting(std::uint32_t mark)
{
    return std::exchange(m_met[mark], m_round) != m_round;
}

FateKeysPtr FateGroups::unite(const std::vector<FateKeysPtr>& parts)
{
    nextRound();
    FateKeys keys;
    for (const auto& part : parts) {
        for (const auto key : *part) {
            if (firstMeeting(key))
                keys.push_back(key);
        }
    }
    return std::make_shared<const FateKeys>(std::move(keys));
}

std::vector<std::uint32_t> FateGroups::group(const std::vector<FateKeysPtr>& children)
{
    const auto keyCount = static_cast<std::uint32_t>(m_kind.size());
    DisjointSets sets(children.size());
    nextRound();
    const auto meet = [&](std::uint32_t mark, std::uint32_t child) {
        if (firstMeeting(mark))
            m_owner[mark] = child;
        else
            sets.join(m_owner[mark], child);
    };
    std::vector<char> bareKinds; // empty where there is none
    for (std::uint32_t i = 0; i < children.size(); ++i) {
        for (const auto key : *children[i]) {
            meet(key, i);
            if (m_bare[key] != 0) {
                bareKinds.resize(m_kinds.size(), 0);
                bareKinds[m_kind[key]] = 1;
            }
        }
    }
    for (std::uint32_t i = 0; !bareKinds.empty() && i < children.size(); ++i) {
        for (const auto key : *children[i]) {
            if (const auto kind = m_kind[key]; kind != noIndex && bareKinds[kind] != 0)
                meet(keyCount + kind, i);
        }
    }
    std::vector<std::uint32_t> groups(children.size());
    for (std::uint32_t i = 0; i < children.size(); ++i)
        groups[i] = sets.find(i);
    return groups;
}

} // namespace emac::analysis
