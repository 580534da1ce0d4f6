// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/duration.h"
#include "core/spec/checker.h"
#include "core/spec/reach.h"
#include "core/yaml/tree.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace emac::spec {

/// The entries of one checked mapping, as values. What is absent or faulty reads as absent.
class Fields
{
public:
    /// A mapping that is absent has no entries.
    Fields(const yaml::Node* node, const Faults& faults, Reach reach = {});

    const yaml::Node* node() const { return m_node; }
    const Reach& reach() const { return m_reach; }

    const yaml::Entry* entry(std::string_view key) const;
    /// Null where it is absent, faulty or of another kind.
    const yaml::Node* value(std::string_view key, yaml::Kind kind) const;
    Fields mapping(std::string_view key) const;

    std::string text(std::string_view key) const; ///< empty where it is absent
    std::optional<base::Ratio> ratio(std::string_view key) const;
    std::optional<base::Duration> duration(std::string_view key) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<int> integer(std::string_view key) const;
    std::optional<std::uint64_t> count(std::string_view key) const;
    std::optional<bool> boolean(std::string_view key) const;

    /// The valid items of a list.
    struct Item
    {
        const yaml::Node* node;
        Reach reach;
    };
    std::vector<Item> items(std::string_view key) const;
    /// The valid entries of a mapping with free names, by document order.
    struct Member
    {
        std::string name;
        const yaml::Node* node;
        Reach reach;
    };
    std::vector<Member> members(std::string_view key) const;
    std::vector<std::string> texts(std::string_view key) const;
    std::map<std::string, std::string> textMap(std::string_view key) const;

private:
    bool usable(const yaml::Node& node) const { return !m_faults->contains(&node); }

    const yaml::Node* m_node;
    const Faults* m_faults;
    Reach m_reach;
};

} // namespace emac::spec
