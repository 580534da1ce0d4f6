// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace emac::cli {

/// A line on stderr. Where stderr cannot be written there is nobody to tell.
void report(const std::string& line);

/// The text on stdout. @returns false where not all of it could be written
bool write(const std::string& text);

} // namespace emac::cli
