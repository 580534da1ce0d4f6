// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/intent.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace emac::journey {

Components::Components(std::vector<ComponentPtr> list) : m_list(std::move(list))
{
    Order order(m_list.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, {}, [this](std::size_t i) { return std::string_view(m_list[i]->name); });
    m_order = std::make_shared<const Order>(std::move(order));
}

std::size_t Components::rank(std::string_view name) const
{
    if (!m_order)
        return 0;
    const auto found = std::ranges::lower_bound(*m_order, name, {},
                                                [this](std::size_t i) { return std::string_view(m_list[i]->name); });
    return static_cast<std::size_t>(found - m_order->begin());
}

bool Components::isAt(std::size_t rank, std::string_view name) const
{
    return m_order && rank < m_order->size() && m_list[(*m_order)[rank]]->name == name;
}

ComponentPtr Components::find(std::string_view name) const
{
    const auto i = rank(name);
    return isAt(i, name) ? m_list[(*m_order)[i]] : nullptr;
}

Components Components::with(ComponentPtr component) const
{
    const auto i = rank(component->name);
    assert(isAt(i, component->name));
    Components changed = *this;
    changed.m_list[(*m_order)[i]] = std::move(component);
    return changed;
}

Components Components::adding(ComponentPtr component) const
{
    const auto i = rank(component->name);
    assert(!isAt(i, component->name));
    Components changed = *this;
    auto order = m_order ? *m_order : Order{};
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(i), m_list.size());
    changed.m_order = std::make_shared<const Order>(std::move(order));
    changed.m_list.push_back(std::move(component));
    return changed;
}

Components Components::without(std::string_view name) const
{
    const auto i = rank(name);
    assert(isAt(i, name));
    const auto place = (*m_order)[i];
    Components changed = *this;
    changed.m_list.erase(changed.m_list.begin() + static_cast<std::ptrdiff_t>(place));
    auto order = *m_order;
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(i));
    for (auto& other : order)
        other -= other > place ? 1 : 0;
    changed.m_order = std::make_shared<const Order>(std::move(order));
    return changed;
}

Components Components::renamed(std::string_view name, ComponentPtr component) const
{
    const auto i = rank(name);
    assert(isAt(i, name));
    Components changed = *this;
    const auto place = (*m_order)[i];
    auto order = *m_order;
    order.erase(order.begin() + static_cast<std::ptrdiff_t>(i));
    // Names before the old one keep their rank, those behind it lose one.
    const auto to = rank(component->name);
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(to > i ? to - 1 : to), place);
    changed.m_order = std::make_shared<const Order>(std::move(order));
    changed.m_list[place] = std::move(component);
    return changed;
}

ExpressionPtr Journey::fragment(std::string_view name) const
{
    const auto found = std::ranges::find(fragments, name, &Fragment::name);
    return found == fragments.end() ? nullptr : found->body;
}

namespace {

bool equalContent(const Journey& a, const Journey& b)
{
    const auto sameComponent = [](const ComponentPtr& one, const ComponentPtr& other) {
        return one == other || equalContent(*one, *other);
    };
    const auto sameFragment = [](const Fragment& one, const Fragment& other) {
        return one.name == other.name && equalContent(one.body, other.body);
    };
    return equalContent(a.root, b.root) && std::ranges::equal(a.fragments, b.fragments, sameFragment)
           && std::ranges::equal(a.components.list(), b.components.list(), sameComponent)
           && a.domainRules == b.domainRules;
}

} // namespace

bool equalContent(const Intent& a, const Intent& b)
{
    return a.name == b.name && a.displayName == b.displayName && a.labels == b.labels && a.objectives == b.objectives
           && a.expectedEvents == b.expectedEvents && equalContent(a.journey, b.journey) && a.evidence == b.evidence
           && a.governance == b.governance;
}

} // namespace emac::journey
