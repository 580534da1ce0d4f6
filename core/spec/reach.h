// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/tree.h"

namespace emac::spec {

/// How a value is reached: the position of its key (its own where it has none), and whether it, or anything above it,
/// came through an alias or a merge key.
struct Reach
{
    yaml::Position key;
    bool shared = false;
    const void* slot = nullptr; ///< the item or entry, where that is written in its own place

    static Reach of(const yaml::Node& node) { return {node.position, false, nullptr}; }
    Reach below(const yaml::Entry& entry) const
    {
        return {entry.keyPosition, shared || entry.shared, shared || entry.merged ? nullptr : &entry};
    }
    Reach below(const yaml::Item& item) const
    {
        return {item.value->position, shared || item.shared, shared ? nullptr : &item};
    }
};

} // namespace emac::spec
