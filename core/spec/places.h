// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"
#include "core/spec/source_map.h"
#include "core/spec/vocabulary.h"
#include "core/yaml/tree.h"

namespace emac::spec {

/// How a value is reached: the position of its key (its own where it has none), and whether it, or anything above it,
/// came through an alias or a merge key.
struct Reach
{
    yaml::Position key;
    bool shared = false;

    static Reach of(const yaml::Node& node) { return {node.position, false}; }
    Reach below(const yaml::Entry& entry) const { return {entry.keyPosition, shared || entry.shared}; }
    Reach below(const yaml::Item& item) const { return {item.value->position, shared || item.shared}; }
};

FieldPlace placeOf(const yaml::Node& node, const Reach& reach);

/// Enters the element and all its fields, as far as no other element begins.
void mapFields(SourceMap& sources, const journey::Element& element, const yaml::Node& node, const MappingType& type,
               const Reach& reach);

} // namespace emac::spec
