// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"

#include <algorithm>

namespace emac::base {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};

constexpr Range controls[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
                              {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}};
constexpr Range withoutRoom[] = {{0xAD, 0xAD},     {0x180E, 0x180E}, {0x200B, 0x200D},  {0x2060, 0x206F},
                                 {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

char32_t codePoint(std::string_view character)
{
    const auto first = static_cast<unsigned char>(character.front());
    if (character.size() == 1)
        return first;
    char32_t code = first & (0xFFU >> (character.size() + 1));
    for (const char next : character.substr(1))
        code = (code << 6U) | (static_cast<unsigned char>(next) & 0x3FU);
    return code;
}

template<std::size_t Size>
bool holds(const Range (&ranges)[Size], char32_t code)
{
    return std::ranges::any_of(ranges,
                               [code](const Range& range) { return code >= range.first && code <= range.last; });
}

} // namespace

std::size_t characterAt(std::string_view text, std::size_t i)
{
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || text.size() - i < length)
        return 0;
    const auto isContinuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    return std::ranges::all_of(text.substr(i + 1, length - 1), isContinuation) ? length : 0;
}

bool isControl(std::string_view character)
{
    return holds(controls, codePoint(character));
}

bool isInvisible(std::string_view character)
{
    const auto code = codePoint(character);
    return holds(controls, code) || holds(withoutRoom, code);
}

std::string withoutInvisible(std::string_view text)
{
    std::string visible;
    visible.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto length = characterAt(text, i);
        const auto character = text.substr(i, length);
        if (length == 0 || isInvisible(character))
            visible += '?';
        else
            visible += character;
        i += std::max<std::size_t>(length, 1);
    }
    return visible;
}

} // namespace emac::base
