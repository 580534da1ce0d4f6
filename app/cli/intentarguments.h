// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/open.h"

#include <string>
#include <vector>

namespace emac::cli {

/// What each command is told that opens one intent.
struct IntentArguments
{
    std::string intent;
    std::string model; ///< empty: `.emac/accepted/<file name>`, else none
    std::vector<std::string> sloPlaces;
};

inline workspace::OpenedIntent open(const IntentArguments& arguments)
{
    workspace::OpenOptions options;
    if (!arguments.model.empty())
        options.model = arguments.model;
    options.sloPlaces.assign(arguments.sloPlaces.begin(), arguments.sloPlaces.end());
    return workspace::openIntent(arguments.intent, options);
}

} // namespace emac::cli
