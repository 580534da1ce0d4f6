// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/tree.h"

#include <optional>
#include <string_view>

/// What yaml-cpp's events do not tell, found in the text: where things end, and lines of offsets.
namespace emac::yaml::scan {

/// Lines and columns of offsets that mostly ascend: O(bytes) in all for those, O(offset) for a step back.
class LineCounter
{
public:
    explicit LineCounter(std::string_view text) : m_text(text), m_lineEnd(text.find('\n')) { }
    /// Offsets beyond the end count as the end.
    Position at(std::size_t offset);

private:
    std::string_view m_text;
    std::size_t m_lineStart = 0;
    std::size_t m_lineEnd; ///< of the next line feed
    std::uint32_t m_line = 1;
};

/// Behind spaces, tabs, line ends and comments.
std::size_t skipBlank(std::string_view text, std::size_t offset);

/// Behind an anchor and a tag, and what is blank behind them; the offset itself where neither stands there.
std::size_t skipProperties(std::string_view text, std::size_t offset);

/// Behind the name of an anchor or alias that stands at this offset.
std::size_t anchorEnd(std::string_view text, std::size_t offset);

/// The style of the scalar that begins here.
ScalarStyle styleAt(std::string_view text, std::size_t offset);

/// Behind the closing quote; nothing where it is missing. @pre a quote stands at the offset
std::optional<std::size_t> quotedEnd(std::string_view text, std::size_t offset);

/// Behind the last character of a plain scalar with this (folded) value.
std::size_t plainEnd(std::string_view text, std::size_t offset, std::string_view value);

/// Behind the last line that is not blank of a literal or folded scalar. `parentColumn` is that of the block collection
/// around it, from 0; −1 where there is none. @pre the indicator stands at the offset
std::size_t blockScalarEnd(std::string_view text, std::size_t offset, int parentColumn);

/// The length of what reads as null at the offset: `~`, `null`, `Null`, `NULL`, or an alias to nothing; 0 where there
/// is none.
std::size_t nullLength(std::string_view text, std::size_t offset);

} // namespace emac::yaml::scan
