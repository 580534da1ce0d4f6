// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/message.h"

#include "core/base/characters.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace emac::base {

namespace {

#define EMAC_TEXT(text) text
constexpr std::array templates{
#define EMAC_MESSAGE(name, number, severity, what, expected, mend)                                                     \
    MessageTemplate{Code::name, Severity::severity, what, expected, mend},
#include "core/base/messages.def"
#undef EMAC_MESSAGE
};
#undef EMAC_TEXT

constexpr bool strictlyAscending()
{
    for (std::size_t i = 1; i < templates.size(); ++i) {
        if (templates[i - 1].code >= templates[i].code)
            return false;
    }
    return true;
}
static_assert(strictlyAscending(), "messages.def is sorted by number, without duplicates");

} // namespace

const MessageTemplate& messageTemplate(Code code)
{
    const auto found = std::ranges::lower_bound(templates, code, {}, &MessageTemplate::code);
    if (found == templates.end() || found->code != code)
        std::abort(); // a Code exists exactly when its template does
    return *found;
}

std::string printable(std::string_view text)
{
    constexpr std::size_t most = 300;
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (line.size() >= most && (byte & 0xC0U) != 0x80U) // never inside a character
            return line + "…";
        constexpr const char* digits = "0123456789abcdef";
        const auto escape = [&](unsigned char which) {
            line += {'\\', 'x', digits[which >> 4U], digits[which & 0xFU]};
        };
        const auto length = characterAt(text, i);
        if (length == 0) {
            escape(byte);
            continue;
        }
        const auto character = text.substr(i, length);
        if (isControl(character))
            std::ranges::for_each(character, [&](char part) { escape(static_cast<unsigned char>(part)); });
        else
            line += character;
        i += length - 1;
    }
    return line;
}

std::string substitute(std::string_view pattern, const std::vector<std::string>& arguments)
{
    std::string text;
    text.reserve(pattern.size() + 32);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool placeholder =
            pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
        if (!placeholder) {
            text += pattern[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(pattern[++i] - '1');
        if (index < arguments.size())
            text += printable(arguments[index]);
    }
    return text;
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most)
        text += " and " + std::to_string(names.size() - most) + " more";
    return text;
}

std::string english(const Message& message)
{
    const auto& parts = messageTemplate(message.code);
    auto text = substitute(parts.what, message.arguments);
    if (*parts.expected != '\0')
        text += "; expected " + substitute(parts.expected, message.arguments);
    if (*parts.mend != '\0')
        text += "; " + substitute(parts.mend, message.arguments);
    return text;
}

std::string codeName(Code code)
{
    return "EMAC-" + std::to_string(static_cast<int>(code));
}

} // namespace emac::base
