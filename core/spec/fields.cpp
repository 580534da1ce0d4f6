// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/fields.h"

#include "core/spec/scalars.h"

#include <limits>

namespace emac::spec {

Fields::Fields(const yaml::Node* node, const Faults& faults, Reach reach)
    : m_node(node != nullptr && node->kind == yaml::Kind::Mapping && !faults.contains(node) ? node : nullptr)
    , m_faults(&faults)
    , m_reach(reach)
{
}

const yaml::Entry* Fields::entry(std::string_view key) const
{
    const auto* found = m_node == nullptr ? nullptr : m_node->find(key);
    return found != nullptr && usable(*found->value) ? found : nullptr;
}

const yaml::Node* Fields::value(std::string_view key, yaml::Kind kind) const
{
    const auto* found = entry(key);
    return found != nullptr && found->value->kind == kind ? found->value.get() : nullptr;
}

Fields Fields::mapping(std::string_view key) const
{
    const auto* found = entry(key);
    return found == nullptr ? Fields(nullptr, *m_faults) : Fields(found->value.get(), *m_faults, m_reach.below(*found));
}

std::string Fields::text(std::string_view key) const
{
    const auto* node = value(key, yaml::Kind::Scalar);
    return node == nullptr ? std::string() : node->text;
}

std::optional<base::Ratio> Fields::ratio(std::string_view key) const
{
    const auto* node = value(key, yaml::Kind::Scalar);
    return node == nullptr ? std::nullopt : toRatio(node->text);
}

std::optional<base::Duration> Fields::duration(std::string_view key) const
{
    const auto* node = value(key, yaml::Kind::Scalar);
    return node == nullptr ? std::nullopt : base::parseDuration(node->text);
}

std::optional<double> Fields::number(std::string_view key) const
{
    const auto* node = value(key, yaml::Kind::Scalar);
    return node == nullptr ? std::nullopt : toNumber(node->text);
}

std::optional<int> Fields::integer(std::string_view key) const
{
    const auto* node = value(key, yaml::Kind::Scalar);
    const auto whole = node == nullptr ? std::nullopt : toWhole(node->text);
    if (!whole || *whole > std::numeric_limits<int>::max() || *whole < std::numeric_limits<int>::min())
        return std::nullopt;
    return static_cast<int>(*whole);
}

std::optional<std::uint64_t> Fields::count(std::string_view key) const
{
    const auto* node = value(key, yaml::Kind::Scalar);
    const auto whole = node == nullptr ? std::nullopt : toWhole(node->text);
    return whole && *whole >= 0 ? std::optional(static_cast<std::uint64_t>(*whole)) : std::nullopt;
}

std::optional<bool> Fields::boolean(std::string_view key) const
{
    const auto* node = value(key, yaml::Kind::Scalar);
    return node == nullptr ? std::nullopt : toBoolean(node->text);
}

std::vector<Fields::Item> Fields::items(std::string_view key) const
{
    std::vector<Item> result;
    const auto* list = value(key, yaml::Kind::Sequence);
    if (list == nullptr)
        return result;
    const auto reach = m_reach.below(*entry(key));
    for (const auto& item : list->items) {
        if (usable(*item.value))
            result.push_back({item.value.get(), reach.below(item)});
    }
    return result;
}

std::vector<Fields::Member> Fields::members(std::string_view key) const
{
    std::vector<Member> result;
    const auto* map = value(key, yaml::Kind::Mapping);
    if (map == nullptr)
        return result;
    const auto reach = m_reach.below(*entry(key));
    for (const auto& member : map->entries) {
        if (usable(*member.value))
            result.push_back({member.key, member.value.get(), reach.below(member)});
    }
    return result;
}

std::vector<std::string> Fields::texts(std::string_view key) const
{
    std::vector<std::string> result;
    for (const auto& item : items(key)) {
        if (item.node->kind == yaml::Kind::Scalar)
            result.push_back(item.node->text);
    }
    return result;
}

std::map<std::string, std::string> Fields::textMap(std::string_view key) const
{
    std::map<std::string, std::string> result;
    for (const auto& member : members(key)) {
        if (member.node->kind == yaml::Kind::Scalar)
            result.emplace(member.name, member.node->text);
    }
    return result;
}

} // namespace emac::spec
