// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/schema.h"

#include "core/spec/vocabulary.h"

#include <nlohmann/json.hpp>

#include <set>

namespace emac::spec {

namespace {

using Json = nlohmann::ordered_json;

Json reference(const std::string& type)
{
    return {{"$ref", "#/$defs/" + type}};
}

void addRange(Json& schema, const std::optional<Range>& range)
{
    if (range && range->least)
        schema[range->leastExcluded ? "exclusiveMinimum" : "minimum"] = *range->least;
    if (range && range->most)
        schema[range->mostExcluded ? "exclusiveMaximum" : "maximum"] = *range->most;
}

/// A number, or the same in quotes or with a unit: what a pattern can say of it.
Json numberOr(const Value& value, const char* type, const char* pattern)
{
    Json number{{"type", type}};
    addRange(number, value.range);
    return {{"anyOf", Json::array({number, {{"type", "string"}, {"pattern", pattern}}})}};
}

constexpr const char* numberPattern = R"(^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$)";
constexpr const char* ratioPattern = R"(^\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)? *%?$)";
constexpr const char* durationPattern = R"(^\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?(ns|us|ms|s|m|h|d)?$)";
constexpr const char* boundPattern = R"(^([-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|\+?[iI]nf|\+?\.[iI]nf)$)";

Json schemaOf(const Value& value);

Json listOf(const Value& value)
{
    Json schema{{"type", "array"}, {"items", schemaOf(value.parts[0])}};
    if (value.filled)
        schema["minItems"] = 1;
    if (value.exactly > 0) {
        schema["minItems"] = value.exactly;
        schema["maxItems"] = value.exactly;
    }
    return schema;
}

Json mapOf(const Value& value)
{
    Json schema{{"type", "object"}};
    if (!value.parts[0].isScalar())
        schema["propertyNames"] = {{"minLength", 1}, {"maxLength", Value::maxNameBytes}};
    schema["additionalProperties"] = schemaOf(value.parts[0]);
    return schema;
}

Json wordsOf(const Value& value)
{
    if (value.words.size() == 1)
        return {{"const", value.words.front()}};
    return {{"enum", value.words}};
}

Json schemaOf(const Value& value)
{
    const Json scalar = Json::array({"string", "number", "boolean"});
    switch (value.kind) {
    case Value::Kind::Text:
        return {{"type", scalar}};
    case Value::Kind::Name:
        return {{"type", scalar}, {"minLength", 1}, {"maxLength", Value::maxNameBytes}};
    case Value::Kind::Reference:
        return {{"type", "string"}, {"maxLength", Value::maxNameBytes}, {"pattern", "^openslo:[^#]+(#.+)?$"}};
    case Value::Kind::Domain:
        return {{"type", scalar}, {"maxLength", Value::maxNameBytes}, {"pattern", "^[^:](.*[^:])?$"}};
    case Value::Kind::Integer:
    case Value::Kind::Count:
        return numberOr(value, "integer", numberPattern);
    case Value::Kind::Number:
        return numberOr(value, "number", numberPattern);
    case Value::Kind::Bound:
        return numberOr(value, "number", boundPattern);
    case Value::Kind::Ratio:
        return numberOr(value, "number", ratioPattern);
    case Value::Kind::Duration:
        return numberOr(value, "number", durationPattern);
    case Value::Kind::Boolean:
        return {{"type", "boolean"}};
    case Value::Kind::Word:
        return wordsOf(value);
    case Value::Kind::Any:
        return Json::object();
    case Value::Kind::List:
        return listOf(value);
    case Value::Kind::Map:
        return mapOf(value);
    case Value::Kind::Mapping:
        return reference(value.type);
    case Value::Kind::OneOf:
        break;
    }
    Json parts = Json::array();
    for (const auto& part : value.parts)
        parts.push_back(schemaOf(part));
    return {{"anyOf", parts}};
}

Json fallbackOf(const Key& key)
{
    if (key.value.kind == Value::Kind::Boolean)
        return key.fallback == "true";
    return key.fallback;
}

/// Keys that are unknown are no errors, so they are not excluded here either.
Json mappingOf(const MappingType& type)
{
    Json schema{{"description", type.description}, {"type", "object"}};
    Json required = Json::array();
    Json properties = Json::object();
    for (const auto& key : type.keys) {
        auto property = schemaOf(key.value);
        property["description"] = key.description;
        if (!key.fallback.empty())
            property["default"] = fallbackOf(key);
        properties[key.name] = std::move(property);
        if (key.required)
            required.push_back(key.name);
    }
    if (!required.empty())
        schema["required"] = required;
    schema["properties"] = properties;
    if (type.quantiles) {
        schema["minProperties"] = 1;
        schema["patternProperties"] = {{R"(^p[0-9]+(\.[0-9]+)?$)", schemaOf(*type.quantiles)}};
        schema["additionalProperties"] = false;
    }
    return schema;
}

/// By if and then rather than by oneOf, so that a faulty node is examined as one type only.
Json unionOf(const UnionType& type)
{
    Json schema{{"description", type.description}, {"type", "object"}};
    Json words = Json::array();
    Json choices = Json::array();
    Json rules = Json::array();
    if (!type.selector.empty())
        choices.push_back({{"required", Json::array({type.selector})}});
    for (const auto& alternative : type.alternatives) {
        words.push_back(alternative.type);
        if (!type.selector.empty())
            rules.push_back({{"if",
                              {{"required", Json::array({type.selector})},
                               {"properties", {{type.selector, {{"const", alternative.type}}}}}}},
                             {"then", reference(alternative.type)}});
        if (alternative.key.empty())
            continue;
        Json condition{{"required", Json::array({alternative.key})}};
        if (!type.selector.empty())
            condition["not"] = {{"required", Json::array({type.selector})}};
        choices.push_back(condition);
        rules.push_back({{"if", condition}, {"then", reference(alternative.type)}});
    }
    if (!type.selector.empty())
        schema["properties"] = {{type.selector, {{"enum", words}}}};
    schema["oneOf"] = choices;
    schema["allOf"] = rules;
    return schema;
}

void collect(const std::string& name, std::set<std::string>& seen);

void collect(const Value& value, std::set<std::string>& seen)
{
    if (value.kind == Value::Kind::Mapping)
        collect(value.type, seen);
    for (const auto& part : value.parts)
        collect(part, seen);
}

/// All types that can be reached from this one.
void collect(const std::string& name, std::set<std::string>& seen)
{
    if (!seen.insert(name).second)
        return;
    if (const auto* type = vocabulary().unionOf(name)) {
        for (const auto& alternative : type->alternatives)
            collect(alternative.type, seen);
        return;
    }
    for (const auto& key : vocabulary().mapping(name).keys)
        collect(key.value, seen);
}

} // namespace

std::string jsonSchema()
{
    std::set<std::string> types;
    collect("intent", types);
    types.erase("intent");
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "EmaC JourneyIntent"}};
    schema.update(mappingOf(vocabulary().mapping("intent")));
    Json definitions = Json::object();
    for (const auto& name : types) {
        const auto* type = vocabulary().unionOf(name);
        definitions[name] = type != nullptr ? unionOf(*type) : mappingOf(vocabulary().mapping(name));
    }
    schema["$defs"] = definitions;
    return schema.dump(2) + '\n';
}

} // namespace emac::spec
