// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace emac::journey {

/// A failure domain name, split: "k8s/zone:eu-1a" is kind "k8s/zone", value "eu-1a". A bare kind has no value
/// and matches every value of it.
struct DomainName
{
    std::string_view kind;
    std::string_view value;

    static DomainName parse(std::string_view name);
    bool matches(const DomainName& other) const
    {
        return kind == other.kind && (value.empty() || other.value.empty() || value == other.value);
    }
};

inline DomainName DomainName::parse(std::string_view name)
{
    const auto colon = name.find(':');
    if (colon == std::string_view::npos)
        return {name, {}};
    return {name.substr(0, colon), name.substr(colon + 1)};
}

} // namespace emac::journey
