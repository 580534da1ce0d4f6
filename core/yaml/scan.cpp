// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/scan.h"

#include <algorithm>

namespace emac::yaml::scan {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isBreak(char c)
{
    return c == '\n' || c == '\r';
}

bool isSpace(char c)
{
    return isBlank(c) || isBreak(c);
}

bool isFlowIndicator(char c)
{
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

std::size_t lineEnd(std::string_view text, std::size_t offset)
{
    return std::min(text.find('\n', offset), text.size());
}

/// The end of the line's content, without blanks and carriage return.
std::size_t trimmed(std::string_view text, std::size_t begin, std::size_t end)
{
    while (end > begin && isSpace(text[end - 1]))
        --end;
    return end;
}

} // namespace

Position LineCounter::at(std::size_t offset)
{
    offset = std::min(offset, m_text.size());
    if (offset < m_lineStart) {
        m_lineStart = 0;
        m_lineEnd = m_text.find('\n');
        m_line = 1;
    }
    for (; m_lineEnd < offset; m_lineEnd = m_text.find('\n', m_lineStart)) {
        m_lineStart = m_lineEnd + 1;
        ++m_line;
    }
    return {static_cast<std::uint32_t>(offset), m_line, static_cast<std::uint32_t>(offset - m_lineStart + 1)};
}

std::size_t skipBlank(std::string_view text, std::size_t offset)
{
    while (offset < text.size()) {
        if (isSpace(text[offset]))
            ++offset;
        else if (text[offset] == '#' && (offset == 0 || isSpace(text[offset - 1])))
            offset = lineEnd(text, offset);
        else
            break;
    }
    return offset;
}

std::size_t anchorEnd(std::string_view text, std::size_t offset)
{
    ++offset;
    while (offset < text.size() && !isSpace(text[offset]) && !isFlowIndicator(text[offset]))
        ++offset;
    return offset;
}

std::size_t skipProperties(std::string_view text, std::size_t offset)
{
    while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
        if (text.substr(offset, 2) == "!<")
            offset = std::min(text.find('>', offset), text.size() - 1) + 1;
        else
            offset = anchorEnd(text, offset);
        offset = skipBlank(text, offset);
    }
    return offset;
}

ScalarStyle styleAt(std::string_view text, std::size_t offset)
{
    switch (offset < text.size() ? text[offset] : ' ') {
    case '"':
        return ScalarStyle::DoubleQuoted;
    case '\'':
        return ScalarStyle::SingleQuoted;
    case '|':
        return ScalarStyle::Literal;
    case '>':
        return ScalarStyle::Folded;
    default:
        return ScalarStyle::Plain;
    }
}

std::optional<std::size_t> quotedEnd(std::string_view text, std::size_t offset)
{
    const char quote = text[offset];
    for (++offset; offset < text.size(); ++offset) {
        if (quote == '"' && text[offset] == '\\') {
            ++offset;
        } else if (text[offset] == quote) {
            if (quote == '"' || offset + 1 >= text.size() || text[offset + 1] != quote)
                return offset + 1;
            ++offset;
        }
    }
    return std::nullopt;
}

std::size_t plainEnd(std::string_view text, std::size_t offset, std::string_view value)
{
    if (text.substr(offset, value.size()) == value)
        return offset + value.size();
    // On several lines: the same characters in the same order, but for blanks and line ends.
    for (const char c : value) {
        if (isSpace(c))
            continue;
        while (offset < text.size() && isSpace(text[offset]))
            ++offset;
        if (offset == text.size() || text[offset] != c)
            break;
        ++offset;
    }
    return offset;
}

std::size_t blockScalarEnd(std::string_view text, std::size_t offset, int parentColumn)
{
    auto next = lineEnd(text, offset);
    auto header = text.substr(offset, next - offset);
    std::size_t end = offset + 1;
    int indent = std::max(parentColumn, 0) + 1;
    bool detect = true;
    for (std::size_t i = 1; i < header.size() && !isSpace(header[i]); ++i) {
        end = offset + i + 1;
        if (header[i] >= '1' && header[i] <= '9') {
            indent = std::max(parentColumn, 0) + (header[i] - '0');
            detect = false;
        }
    }
    while (next < text.size()) {
        const auto line = next + 1;
        next = lineEnd(text, line);
        const auto content = trimmed(text, line, next);
        const auto first = std::min(text.find_first_not_of(' ', line), next);
        const auto column = static_cast<int>(first - line);
        if (content == line || first >= content) { // blank
            if (detect)
                indent = std::max(indent, column);
            continue;
        }
        if (column < indent)
            break;
        if (detect)
            indent = column;
        detect = false;
        end = content;
    }
    return end;
}

std::size_t nullLength(std::string_view text, std::size_t offset)
{
    if (text.substr(std::min(offset, text.size()), 1) == "*")
        return anchorEnd(text, offset) - offset;
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
        if (text.substr(std::min(offset, text.size()), word.size()) != word)
            continue;
        const auto end = offset + word.size();
        if (end == text.size() || isSpace(text[end]) || isFlowIndicator(text[end]) || text[end] == ':')
            return word.size();
    }
    return 0;
}

} // namespace emac::yaml::scan
