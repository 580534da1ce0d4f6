// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"
#include "tests/artifacts/work_folder.h"

#include <map>
#include <string>
#include <vector>

namespace emac::tests {

/// An intent, what else lies in its working copy, and what is said about it.
struct Case
{
    const char* tag;
    SmallIntent intent;
    std::vector<base::Code> said; ///< in any order
    std::map<std::string, std::string> others{}; ///< files
};

/// One for each thing that compiling an intent may have to say, and some for nothing to say.
std::vector<Case> cases();

/// A one-line objective with more behind its target; one with these queries.
std::string availability(const std::string& rest);
std::string sli(const std::string& good, const std::string& total);

/// The small intent with one part replaced; with this governance.
SmallIntent with(std::string SmallIntent::*part, std::string text);
SmallIntent governed(std::string governance);

} // namespace emac::tests
