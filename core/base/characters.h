// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What cannot be seen in a text, and makes it look like another one. Unicode 15, general categories Cc, Cf, Zl and Zp.
namespace emac::base {

/// The bytes of the UTF-8 character that begins at `i`; 0 where none does.
/// @pre i < text.size()
std::size_t characterAt(std::string_view text, std::size_t i);

/// It ends a line, is a control character of ASCII or of ISO 6429, or turns the direction of writing.
/// @param character the bytes of one
bool isControl(std::string_view character);

/// A control, or a mark that takes no room: a zero-width space or joiner, a soft hyphen, a byte order mark, a tag.
bool isInvisible(std::string_view character);

/// The text with '?' for each invisible character, and for each byte that is part of none. O(size).
std::string withoutInvisible(std::string_view text);

} // namespace emac::base
