// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/tree.h"

#include <string>
#include <string_view>

/// How a value is written as a scalar.
namespace emac::yaml {

/// A value in the quoting style that the old one has; a value that a plain scalar would change the type of is quoted.
std::string quotedLike(std::string_view value, ScalarStyle style);

/// Whether the text holds characters that only escapes can write: control characters but line ends and tabs, and those
/// that some readers take for line ends (NEL, LS, PS) or leave out (the byte order mark).
bool needsEscapes(std::string_view text);

/// Whether the text reads as a number in some YAML version.
bool looksLikeNumber(std::string_view text);

/// A scalar in canonical form: plain where that reads back as this text and, for text, as no other type; else
/// double-quoted.
std::string canonicalText(std::string_view value);

} // namespace emac::yaml
