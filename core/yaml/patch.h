// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/tree.h"

#include <string>
#include <string_view>

/// The smallest change of a text: everything else stays byte for byte.
namespace emac::yaml {

/// Replace `length` bytes at `offset` (without the byte-order mark) by `text`.
struct TextChange
{
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    std::string text;
    bool operator==(const TextChange&) const = default;
};

/// The text after the change; keeps a byte-order mark. @pre the range lies within the text
std::string applied(std::string_view text, const TextChange& change);

/// Where an offset of the old text lies after the change. Offsets inside the replaced range go to its end.
std::uint32_t shifted(std::uint32_t offset, const TextChange& change);

/// A value in the quoting style that the old one has; a value that a plain scalar would change the type of is quoted.
std::string quotedLike(std::string_view value, ScalarStyle style);

/// A scalar in canonical form: plain where that reads back as this text and, for text, as no other type; else
/// double-quoted.
std::string canonicalText(std::string_view value);

} // namespace emac::yaml
