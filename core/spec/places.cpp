// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/places.h"

namespace emac::spec {

namespace {

struct Mapper
{
    SourceMap& sources;
    const journey::Element& element;

    void add(const yaml::Node& node, const Value& value, const std::string& field, const Reach& reach)
    {
        sources.add(element, field, placeOf(node, reach));
        if (const auto* fitting = value.fitting(node.kind))
            descend(node, *fitting, field, reach);
    }

    void descend(const yaml::Node& node, const Value& value, const std::string& field, const Reach& reach)
    {
        if (value.kind == Value::Kind::List) {
            for (std::size_t i = 0; i < node.items.size(); ++i)
                add(*node.items[i].value, value.parts[0], field + '.' + std::to_string(i), reach.below(node.items[i]));
        } else if (value.kind == Value::Kind::Map) {
            for (const auto& entry : node.entries)
                add(*entry.value, value.parts[0], field + '.' + entry.key, reach.below(entry));
        } else if (value.kind == Value::Kind::Mapping && node.kind == yaml::Kind::Mapping) {
            const auto* type = vocabulary().typeOf(value.type, node);
            if (type != nullptr && !type->element)
                addKeys(node, *type, field + '.', reach);
        }
    }

    void addKeys(const yaml::Node& node, const MappingType& type, const std::string& prefix, const Reach& reach)
    {
        for (const auto& entry : node.entries) {
            const auto field = prefix + entry.key;
            if (const auto* key = type.find(entry.key))
                add(*entry.value, key->value, field, reach.below(entry));
            else
                sources.add(element, field, placeOf(*entry.value, reach.below(entry)));
        }
    }
};

} // namespace

FieldPlace placeOf(const yaml::Node& node, const Reach& reach)
{
    return {reach.key, node.position, node.span, node.kind, node.style, node.flow, reach.shared};
}

void mapFields(SourceMap& sources, const journey::Element& element, const yaml::Node& node, const MappingType& type,
               const Reach& reach)
{
    sources.add(element, "", placeOf(node, reach));
    Mapper{sources, element}.addKeys(node, type, "", reach);
}

} // namespace emac::spec
