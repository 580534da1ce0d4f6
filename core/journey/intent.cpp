// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/intent.h"

#include <algorithm>
#include <cassert>

namespace emac::journey {

Components::Components(std::vector<ComponentPtr> list) : m_list(std::move(list))
{
    auto index = std::make_shared<std::unordered_map<std::string, std::size_t>>();
    index->reserve(m_list.size());
    for (std::size_t i = 0; i < m_list.size(); ++i)
        index->emplace(m_list[i]->name, i);
    m_index = std::move(index);
}

ComponentPtr Components::find(std::string_view name) const
{
    if (!m_index)
        return nullptr;
    const auto found = m_index->find(std::string(name));
    return found == m_index->end() ? nullptr : m_list[found->second];
}

Components Components::with(ComponentPtr component) const
{
    assert(m_index && m_index->contains(component->name));
    Components changed = *this;
    changed.m_list[m_index->at(component->name)] = std::move(component);
    return changed;
}

ExpressionPtr Journey::fragment(std::string_view name) const
{
    const auto found = std::ranges::find(fragments, name, &Fragment::name);
    return found == fragments.end() ? nullptr : found->body;
}

} // namespace emac::journey
