// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/tree.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace emac::yaml {

/// Where the lines of a text begin. An immutable value: copies share.
class LineIndex
{
public:
    LineIndex() = default;
    /// O(bytes).
    explicit LineIndex(std::string_view text);

    /// O(log lines).
    Position at(std::uint32_t offset) const;

private:
    std::shared_ptr<const std::vector<std::uint32_t>> m_begins;
};

/// The first byte of the line of this offset.
std::uint32_t lineBegin(std::string_view text, std::uint32_t offset);
/// Behind the last character of the line, before its line end.
std::uint32_t lineEnd(std::string_view text, std::uint32_t offset);
/// Behind the line end: the first byte of the next line, or the end of the text.
std::uint32_t nextLine(std::string_view text, std::uint32_t offset);
/// Bytes before the offset on its line.
inline int columnOf(std::string_view text, std::uint32_t offset)
{
    return static_cast<int>(offset - lineBegin(text, offset));
}

/// "\r\n" where the first line of the text ends so, else "\n".
std::string_view lineEnding(std::string_view text);

} // namespace emac::yaml
