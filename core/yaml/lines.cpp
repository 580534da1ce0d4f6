// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/lines.h"

#include <algorithm>
#include <cstring>

namespace emac::yaml {

LineIndex::LineIndex(std::string_view text)
{
    std::vector<std::uint32_t> begins{0};
    for (auto feed = text.find('\n'); feed != std::string_view::npos; feed = text.find('\n', feed + 1))
        begins.push_back(static_cast<std::uint32_t>(feed + 1));
    m_begins = std::make_shared<const std::vector<std::uint32_t>>(std::move(begins));
}

Position LineIndex::at(std::uint32_t offset) const
{
    if (!m_begins)
        return {offset, 0, 0};
    const auto behind = std::ranges::upper_bound(*m_begins, offset);
    const auto line = static_cast<std::uint32_t>(behind - m_begins->begin());
    return {offset, line, offset - *(behind - 1) + 1};
}

std::uint32_t lineBegin(std::string_view text, std::uint32_t offset)
{
    if (offset == 0)
        return 0;
    const auto before = text.rfind('\n', offset - 1);
    return before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
}

std::uint32_t lineEnd(std::string_view text, std::uint32_t offset)
{
    auto end = std::min(text.find('\n', offset), text.size());
    if (end > offset && end < text.size() && text[end - 1] == '\r')
        --end;
    return static_cast<std::uint32_t>(end);
}

std::uint32_t nextLine(std::string_view text, std::uint32_t offset)
{
    const auto feed = text.find('\n', offset);
    return static_cast<std::uint32_t>(feed == std::string_view::npos ? text.size() : feed + 1);
}

std::string_view lineEnding(std::string_view text)
{
    const auto feed = text.find('\n');
    return feed != std::string_view::npos && feed > 0 && text[feed - 1] == '\r' ? "\r\n" : "\n";
}

} // namespace emac::yaml
