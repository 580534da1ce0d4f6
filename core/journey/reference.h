// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace emac::journey {

/// "openslo:NAME" or "openslo:NAME#OBJECTIVE", split.
struct SloReference
{
    std::string_view name;
    std::string_view objective; ///< empty where there is no #

    /// Empty for any other text.
    static std::optional<SloReference> parse(std::string_view text);
};

inline std::optional<SloReference> SloReference::parse(std::string_view text)
{
    constexpr std::string_view scheme = "openslo:";
    if (!text.starts_with(scheme))
        return std::nullopt;
    text.remove_prefix(scheme.size());
    const auto hash = text.find('#');
    if (hash == std::string_view::npos)
        return text.empty() ? std::nullopt : std::optional(SloReference{text, {}});
    if (hash == 0 || hash + 1 == text.size())
        return std::nullopt;
    return SloReference{text.substr(0, hash), text.substr(hash + 1)};
}

} // namespace emac::journey
