// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace emac::tests {

/// Reads the text behind the first eight bytes as YAML, makes the changes that these bytes ask for, and compares what
/// the editor says of the new text with what reading that text gives. The difference in words; empty where there is
/// none, or where the text cannot be read or not be changed so.
std::string editedFault(std::string_view input);

} // namespace emac::tests
