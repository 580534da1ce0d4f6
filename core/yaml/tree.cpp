// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/tree.h"

#include <algorithm>

namespace emac::yaml {

const Entry* Node::find(std::string_view key) const
{
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &*found;
}

} // namespace emac::yaml
