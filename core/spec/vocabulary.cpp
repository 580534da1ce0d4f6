// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/vocabulary.h"

#include "core/base/decimal.h"
#include "core/spec/vocabulary_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace emac::spec {

namespace table {

void add(Vocabulary& vocabulary, MappingType type)
{
    auto key = type.name;
    vocabulary.mappings.emplace(std::move(key), std::move(type));
}

void add(Vocabulary& vocabulary, UnionType type)
{
    auto key = type.name;
    vocabulary.unions.emplace(std::move(key), std::move(type));
}

} // namespace table

bool Range::holds(double value) const
{
    if (least && (leastExcluded ? value <= *least : value < *least))
        return false;
    return !most || (mostExcluded ? value < *most : value <= *most);
}

std::string Range::words() const
{
    if (least && most)
        return fmt::format("in {}{}, {}{}", leastExcluded ? '(' : '[', *least, *most, mostExcluded ? ')' : ']');
    if (least)
        return fmt::format("{} {}", leastExcluded ? "above" : "of at least", *least);
    if (most)
        return fmt::format("{} {}", mostExcluded ? "below" : "of at most", *most);
    return {};
}

std::string Value::description() const
{
    switch (kind) {
    case Kind::Text:
        return "a text";
    case Kind::Name:
        return "a name";
    case Kind::Reference:
        return "a reference openslo:NAME";
    case Kind::Domain:
        return "a failure domain 'kind' or 'kind:value'";
    case Kind::Integer:
    case Kind::Count:
        return range ? "a whole number " + range->words() : "a whole number";
    case Kind::Number:
        return range ? "a number " + range->words() : "a number";
    case Kind::Bound:
        return "a number or +Inf";
    case Kind::Ratio:
        return "a number or percentage " + range->words();
    case Kind::Duration:
        return "a duration such as 20ms, 1.5s, 30d, or a number of seconds";
    case Kind::Boolean:
        return "true or false";
    case Kind::Word:
        return words.size() == 1 ? "'" + words.front() + "'" : "one of " + joined(words);
    case Kind::Any:
        return "any value";
    case Kind::List:
        return exactly > 0 ? fmt::format("a list of {}", exactly) : "a list";
    case Kind::Map:
    case Kind::Mapping:
        return "a mapping";
    case Kind::OneOf:
        break;
    }
    std::string text;
    for (const auto& part : parts)
        text += (text.empty() ? "" : ", or ") + part.description();
    return text;
}

const Value* Value::fitting(yaml::Kind nodeKind) const
{
    if (kind != Kind::OneOf)
        return this;
    const auto found = std::ranges::find_if(parts, [nodeKind](const Value& part) {
        switch (nodeKind) {
        case yaml::Kind::Scalar:
            return part.isScalar();
        case yaml::Kind::Sequence:
            return part.kind == Kind::List;
        case yaml::Kind::Mapping:
            return part.kind == Kind::Map || part.kind == Kind::Mapping;
        case yaml::Kind::Null:
            break;
        }
        return false;
    });
    return found == parts.end() ? nullptr : &*found;
}

const Key* MappingType::find(std::string_view key) const
{
    const auto found = std::ranges::find(keys, key, &Key::name);
    return found == keys.end() ? nullptr : &*found;
}

const MappingType& Vocabulary::mapping(std::string_view name) const
{
    const auto found = mappings.find(name);
    if (found == mappings.end())
        std::abort(); // a test looks every name of the table up
    return found->second;
}

const UnionType* Vocabulary::unionOf(std::string_view name) const
{
    const auto found = unions.find(name);
    return found == unions.end() ? nullptr : &found->second;
}

const MappingType* Vocabulary::typeOf(std::string_view name, const yaml::Node& node) const
{
    const auto* type = unionOf(name);
    if (type == nullptr)
        return &mapping(name);
    if (const auto* selector = type->selector.empty() ? nullptr : node.find(type->selector)) {
        const auto found = std::ranges::find(type->alternatives, selector->value->text, &UnionType::Alternative::type);
        const bool known = selector->value->kind == yaml::Kind::Scalar && found != type->alternatives.end();
        return known ? &mapping(found->type) : nullptr;
    }
    const MappingType* only = nullptr;
    for (const auto& alternative : type->alternatives) {
        if (alternative.key.empty() || node.find(alternative.key) == nullptr)
            continue;
        if (only != nullptr)
            return nullptr;
        only = &mapping(alternative.type);
    }
    return only;
}

const Vocabulary& vocabulary()
{
    static const Vocabulary all = [] {
        Vocabulary built;
        table::addDocuments(built);
        table::addOperators(built);
        table::addComponents(built);
        table::addGovernance(built);
        table::addOpenSlo(built);
        return built;
    }();
    return all;
}

std::optional<std::string> quantileProbability(std::string_view key)
{
    if (key.size() < 2 || key.size() > 20 || key.front() != 'p' || key[1] == '.' || key.back() == '.')
        return std::nullopt;
    const auto digits = key.substr(1);
    if (digits.find_first_not_of("0123456789.") != std::string_view::npos)
        return std::nullopt;
    const bool fraction = digits.find('.') != std::string_view::npos;
    // p5 and p50 are percentages, p999 is 0.999; p100 would be the maximum and is not written so.
    std::string text = fraction || digits.size() < 3 ? std::string(digits) + '%' : "0." + std::string(digits);
    const auto probability = base::Decimal::parse(text);
    if (!probability || digits == "100" || probability->toDouble() <= 0 || probability->toDouble() >= 1)
        return std::nullopt;
    return text;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

} // namespace emac::spec
