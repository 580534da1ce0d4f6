// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/quoting.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <utility>

namespace emac::yaml {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isControl(char c)
{
    return (c >= 0 && c < ' ') || c == '\x7F';
}

std::string hexEscape(char c)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return std::string("\\x") + hex[byte >> 4U] + hex[byte & 15U];
}

/// The character at `i` that only an escape can write, and the escape; both empty for any other. Control characters of
/// one byte are not among them.
std::pair<std::string_view, std::string> escaped(std::string_view text, std::size_t i)
{
    const auto rest = text.substr(i);
    if (rest.starts_with("\xE2\x80\xA8"))
        return {rest.substr(0, 3), "\\L"};
    if (rest.starts_with("\xE2\x80\xA9"))
        return {rest.substr(0, 3), "\\P"};
    if (rest.starts_with("\xEF\xBB\xBF"))
        return {rest.substr(0, 3), "\\uFEFF"};
    const bool isC1 = rest.size() > 1 && rest[0] == '\xC2' && static_cast<unsigned char>(rest[1]) < 0xA0;
    return isC1 ? std::pair(rest.substr(0, 2), hexEscape(rest[1])) : std::pair(std::string_view(), std::string());
}

bool isOneLine(std::string_view text)
{
    return std::ranges::none_of(text, isControl) && !needsEscapes(text);
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return lower;
}

/// Behind the digits (and YAML 1.1's underscores) from `i` on.
std::size_t skipDigits(std::string_view text, std::size_t i)
{
    while (i < text.size() && (isDigit(text[i]) || text[i] == '_'))
        ++i;
    return i;
}

/// A number of any YAML version: decimal, 0x, 0o, 0b, 1:30:00, .inf, .nan.
bool isNumber(std::string_view text)
{
    if (text.starts_with('+') || text.starts_with('-'))
        text.remove_prefix(1);
    if (text.starts_with(".inf") || text.starts_with(".nan"))
        return text.size() == 4;
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b'))
        return std::ranges::all_of(text.substr(2),
                                   [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) || c == '_'; });
    if (text.empty() || !(isDigit(text[0]) || (text[0] == '.' && text.size() > 1 && isDigit(text[1]))))
        return false;
    auto i = skipDigits(text, 0);
    while (i < text.size() && text[i] == ':')
        i = skipDigits(text, i + 1);
    if (i < text.size() && text[i] == '.')
        i = skipDigits(text, i + 1);
    if (i < text.size() && text[i] == 'e') {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        i = skipDigits(text, i);
    }
    return i == text.size();
}

/// YAML 1.1's timestamps begin with 2001-12-31.
bool looksLikeDate(std::string_view text)
{
    constexpr std::string_view digitsAndDash = "0000-";
    return text.size() >= 8
           && std::equal(digitsAndDash.begin(), digitsAndDash.end(), text.begin(),
                         [](char model, char c) { return model == '0' ? isDigit(c) : c == model; });
}

/// Text that some reader takes for null, a truth value, a number, a date or a merge key.
bool looksLikeOtherType(std::string_view text)
{
    constexpr std::array<std::string_view, 12> words{"~",  "null", "true", "false", "yes", "no",
                                                     "on", "off",  "y",    "n",     "<<",  "="};
    const auto lower = lowered(text);
    return std::ranges::find(words, lower) != words.end() || isNumber(lower) || looksLikeDate(lower);
}

/// Plain is safe in block and in flow context.
bool mayBePlain(std::string_view text)
{
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':')
        return false;
    if (std::string_view("#&*!|>'\"%@`-:").find(text.front()) != std::string_view::npos)
        return false;
    if (text.starts_with("..."))
        return false;
    // yaml-cpp ends a plain scalar in flow context at a question mark, too.
    if (text.find_first_of(",[]{}?") != std::string_view::npos || !isOneLine(text))
        return false;
    return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos;
}

std::string doubleQuoted(std::string_view text)
{
    std::string quoted = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (const auto [character, escape] = escaped(text, i); !character.empty()) {
            quoted += escape;
            i += character.size() - 1;
            continue;
        }
        switch (c) {
        case '"':
            quoted += "\\\"";
            break;
        case '\\':
            quoted += "\\\\";
            break;
        case '\n':
            quoted += "\\n";
            break;
        case '\t':
            quoted += "\\t";
            break;
        default:
            if (isControl(c))
                quoted += hexEscape(c);
            else
                quoted += c;
        }
    }
    return quoted + '"';
}

std::string singleQuoted(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text) {
        quoted += c;
        if (c == '\'')
            quoted += c;
    }
    return quoted + '\'';
}

} // namespace

bool needsEscapes(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((isControl(c) && c != '\n' && c != '\t') || !escaped(text, i).first.empty())
            return true;
    }
    return false;
}

bool looksLikeNumber(std::string_view text)
{
    return isNumber(lowered(text));
}

std::string quotedLike(std::string_view value, ScalarStyle style)
{
    switch (style) {
    case ScalarStyle::Plain:
        return canonicalText(value);
    case ScalarStyle::SingleQuoted:
        return isOneLine(value) ? singleQuoted(value) : doubleQuoted(value);
    default:
        return doubleQuoted(value);
    }
}

std::string canonicalText(std::string_view value)
{
    return mayBePlain(value) && !looksLikeOtherType(value) ? std::string(value) : doubleQuoted(value);
}

} // namespace emac::yaml
