// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/checker.h"

#include "core/base/characters.h"
#include "core/base/duration.h"
#include "core/spec/scalars.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace emac::spec {

using base::Code;

namespace {

std::string quoted(std::string_view text)
{
    return fmt::format("'{}'", shortened(text));
}

/// What a node is, in words.
std::string nature(const yaml::Node& node)
{
    switch (node.kind) {
    case yaml::Kind::Null:
        return "empty";
    case yaml::Kind::Scalar:
        return quoted(node.text);
    case yaml::Kind::Sequence:
        return "a list";
    case yaml::Kind::Mapping:
        return "a mapping";
    }
    return {};
}

bool isMapping(const Value& value)
{
    return value.kind == Value::Kind::Map || value.kind == Value::Kind::Mapping;
}

std::vector<std::string> keyNames(const MappingType& type)
{
    std::vector<std::string> names;
    for (const auto& key : type.keys)
        names.push_back(key.name);
    return names;
}

/// "{constant: …}"
std::string form(const MappingType& type)
{
    std::string keys;
    for (const auto& name : keyNames(type))
        keys += (keys.empty() ? "" : ", ") + name + ": …";
    return "{" + keys + "}";
}

} // namespace

Checker::Checker(std::string file, UnknownKeys unknownKeys, const base::Watch& watch)
    : m_file(std::move(file))
    , m_unknownKeys(unknownKeys)
    , m_watch(watch)
{
}

void Checker::check(const yaml::Node& root, const std::string& type)
{
    Value whole;
    whole.kind = Value::Kind::Mapping;
    whole.type = type;
    check(root, whole, "document", 0);
}

void Checker::report(Code code, const yaml::Position& position, std::vector<std::string> arguments)
{
    m_diagnostics.push_back({{code, std::move(arguments)}, place(position)});
}

void Checker::fault(Code code, const yaml::Node& node, std::vector<std::string> arguments)
{
    report(code, node.position, std::move(arguments));
    m_faults.insert(&node);
}

void Checker::check(const yaml::Node& node, const Value& value, const std::string& name, int depth)
{
    if (m_stopped)
        return;
    if (m_watch.expired()) {
        m_stopped = true;
        report(Code::AnalysisStopped, node.position, {});
        return;
    }
    if (node.kind == yaml::Kind::Null) {
        if (isMapping(value))
            fault(Code::NullMapping, node, {name});
        else if (value.kind != Value::Kind::Any)
            fault(Code::NullValue, node, {name, value.description()});
        return;
    }
    const auto* fitting = value.fitting(node.kind);
    if (fitting == nullptr) {
        wrongType(node, value, name);
        return;
    }
    switch (fitting->kind) {
    case Value::Kind::Any:
        break;
    case Value::Kind::List:
        checkList(node, *fitting, name, depth);
        break;
    case Value::Kind::Map:
        checkMap(node, *fitting, name, depth);
        break;
    case Value::Kind::Mapping:
        if (node.kind == yaml::Kind::Mapping)
            checkTyped(node, fitting->type, name, depth);
        else
            wrongType(node, value, name);
        break;
    default:
        if (node.kind == yaml::Kind::Scalar)
            checkScalar(node, *fitting, value, name);
        else
            wrongType(node, value, name);
    }
}

void Checker::wrongType(const yaml::Node& node, const Value& value, const std::string& name)
{
    fault(Code::WrongType, node, {name, nature(node), value.description()});
}

void Checker::checkScalar(const yaml::Node& node, const Value& value, const Value& whole, const std::string& name)
{
    switch (value.kind) {
    case Value::Kind::Name:
    case Value::Kind::Reference:
    case Value::Kind::Domain:
        checkText(node, value, name);
        break;
    case Value::Kind::Word:
        checkWord(node, value, whole, name);
        break;
    case Value::Kind::Boolean:
        if (!toBoolean(node.text))
            wrongType(node, value, name);
        break;
    case Value::Kind::Duration:
        checkDuration(node, value, name);
        break;
    case Value::Kind::Integer:
    case Value::Kind::Count:
    case Value::Kind::Number:
    case Value::Kind::Bound:
    case Value::Kind::Ratio:
        checkNumber(node, value, name);
        break;
    default:
        break; // any text will do
    }
}

void Checker::checkText(const yaml::Node& node, const Value& value, const std::string& name)
{
    checkName(node, node.text, node.position, name);
    if (m_faults.contains(&node))
        return;
    if (value.kind == Value::Kind::Reference && !SloReference::parse(node.text))
        fault(Code::ReferenceMalformed, node, {shortened(node.text)});
    if (value.kind == Value::Kind::Domain && (node.text.front() == ':' || node.text.back() == ':'))
        fault(Code::DomainNameMalformed, node, {shortened(node.text)});
}

void Checker::checkName(const yaml::Node& node, std::string_view text, const yaml::Position& position,
                        const std::string& name, std::size_t mostBytes)
{
    if (text.empty())
        report(Code::EmptyText, position, {name});
    else if (text.size() > mostBytes)
        report(Code::NameTooLong, position, {shortened(text), std::to_string(text.size()), std::to_string(mostBytes)});
    else if (const auto visible = base::withoutInvisible(text); visible != text)
        report(Code::NameControlCharacter, position, {shortened(visible)});
    else
        return;
    m_faults.insert(&node);
}

void Checker::checkWord(const yaml::Node& node, const Value& value, const Value& whole, const std::string& name)
{
    if (std::ranges::find(value.words, node.text) != value.words.end())
        return;
    auto words = joined(value.words);
    for (const auto& other : whole.parts) {
        if (other.kind == Value::Kind::Mapping)
            words += ", " + form(vocabulary().mapping(other.type));
    }
    if (const auto near = m_suggester.nearest(node.text, value.words))
        fault(Code::UnknownWordNear, node, {name, shortened(node.text), std::move(words), *near});
    else
        fault(Code::UnknownWord, node, {name, shortened(node.text), std::move(words)});
}

void Checker::checkRange(const yaml::Node& node, const Value& value, const std::string& name, double number)
{
    if (value.range && !value.range->holds(number))
        fault(value.range->outside, node, {shortened(node.text), name, value.range->words()});
}

void Checker::checkNumber(const yaml::Node& node, const Value& value, const std::string& name)
{
    constexpr double exactIntegers = 9007199254740992.0; // 2⁵³
    if (value.kind == Value::Kind::Ratio) {
        const auto ratio = toRatio(node.text);
        if (!ratio) {
            wrongType(node, value, name);
        } else if (value.range) {
            // Exactly: 1 − 1e-20 is below 1, although its double is not.
            const auto& range = *value.range;
            const bool low = range.leastExcluded ? ratio->decimal().isZero() : false;
            const bool high = range.mostExcluded ? ratio->decimal().complement().isZero() : false;
            if (low || high || ratio->decimal().isNegative() || ratio->decimal().complement().isNegative())
                fault(range.outside, node, {shortened(node.text), name, range.words()});
        }
        return;
    }
    const auto number = value.kind == Value::Kind::Bound ? toBound(node.text) : toNumber(node.text);
    const bool whole = value.kind == Value::Kind::Integer || value.kind == Value::Kind::Count;
    if (!number || (whole && std::abs(*number) < exactIntegers && !toWhole(node.text))) {
        wrongType(node, value, name);
        return;
    }
    const double most = value.kind == Value::Kind::Integer ? std::numeric_limits<int>::max() : exactIntegers;
    if (whole && std::abs(*number) > most) {
        const Range range{value.range ? value.range->least : std::nullopt, most};
        fault(Code::NumberOutOfRange, node, {shortened(node.text), name, range.words()});
        return;
    }
    checkRange(node, value, name, *number);
}

void Checker::checkDuration(const yaml::Node& node, const Value& value, const std::string& name)
{
    if (const auto duration = base::parseDuration(node.text)) {
        checkRange(node, value, name, base::seconds(*duration));
        return;
    }
    // A number with or without a unit that is no duration is too long or too fine. No unit stands behind a point.
    std::string_view number = node.text;
    for (const std::string_view unit : {"ns", "us", "ms", "s", "m", "h", "d"}) {
        if (number.ends_with(unit)) {
            number.remove_suffix(unit.size());
            break;
        }
    }
    if (!number.ends_with('.') && toNumber(number))
        fault(Code::DurationTooLong, node, {shortened(node.text)});
    else
        wrongType(node, value, name);
}

void Checker::checkList(const yaml::Node& node, const Value& value, const std::string& name, int depth)
{
    if (node.kind != yaml::Kind::Sequence) {
        wrongType(node, value, name);
        return;
    }
    if (value.filled && node.items.empty())
        fault(Code::EmptyList, node, {name});
    if (value.exactly > 0 && node.items.size() != value.exactly)
        fault(Code::ListLength, node, {name, std::to_string(node.items.size()), std::to_string(value.exactly)});
    for (std::size_t i = 0; i < node.items.size(); ++i)
        check(*node.items[i].value, value.parts[0], fmt::format("{}[{}]", name, i), depth);
}

void Checker::checkMap(const yaml::Node& node, const Value& value, const std::string& name, int depth)
{
    if (node.kind != yaml::Kind::Mapping) {
        wrongType(node, value, name);
        return;
    }
    // Labels and the like are free; what is referred to by name is a name.
    const bool named = !value.parts[0].isScalar();
    for (const auto& entry : node.entries) {
        if (named)
            checkName(*entry.value, entry.key, entry.keyPosition, name, value.keyBytes);
        if (!m_faults.contains(entry.value.get()))
            check(*entry.value, value.parts[0], shortened(entry.key), depth);
    }
}

void Checker::checkTyped(const yaml::Node& node, const std::string& typeName, const std::string& name, int depth)
{
    const auto& all = vocabulary();
    const auto* type = all.typeOf(typeName, node);
    const auto* unionType = all.unionOf(typeName);
    if (type == nullptr) {
        noType(node, *unionType, name);
        return;
    }
    if (unionType == nullptr || unionType->nesting == 0) {
        checkMapping(node, *type, name, depth);
        return;
    }
    const auto isLeaf = [&] {
        const auto found = std::ranges::find(unionType->alternatives, type->name, &UnionType::Alternative::type);
        return !found->key.empty();
    };
    if (depth >= unionType->nesting && !isLeaf()) {
        fault(Code::OperatorsTooDeep, node, {std::to_string(unionType->nesting)});
        return;
    }
    checkMapping(node, *type, type->name, depth + 1);
}

void Checker::noType(const yaml::Node& node, const UnionType& type, const std::string& name)
{
    m_faults.insert(&node);
    std::vector<std::string> words;
    std::vector<std::string> keys;
    for (const auto& alternative : type.alternatives) {
        words.push_back(alternative.type);
        if (!alternative.key.empty())
            keys.push_back(alternative.key);
    }
    if (const auto* selector = type.selector.empty() ? nullptr : node.find(type.selector)) {
        const auto& word = *selector->value;
        if (word.kind == yaml::Kind::Null)
            report(Code::NullValue, word.position, {type.selector, "one of " + joined(words)});
        else if (word.kind != yaml::Kind::Scalar)
            report(Code::WrongType, word.position, {type.selector, nature(word), "one of " + joined(words)});
        else if (const auto near = m_suggester.nearest(word.text, words))
            report(Code::UnknownOperatorNear, word.position, {shortened(word.text), joined(words), *near});
        else
            report(Code::UnknownOperator, word.position, {shortened(word.text), joined(words)});
        return;
    }
    std::vector<std::string> present;
    for (const auto& key : keys) {
        if (node.find(key) != nullptr)
            present.push_back(key);
    }
    if (present.size() > 1) {
        report(Code::AmbiguousAlternatives, node.position, {quoted(name), present[0], present[1], joined(keys)});
        return;
    }
    if (!type.selector.empty())
        keys.insert(keys.begin(), type.selector);
    report(Code::NoAlternative, node.position, {quoted(name), joined(keys)});
}

void Checker::checkMapping(const yaml::Node& node, const MappingType& type, const std::string& name, int depth)
{
    for (const auto& entry : node.entries) {
        if (const auto* key = type.find(entry.key))
            check(*entry.value, key->value, key->name, depth);
        else if (type.quantiles && quantileProbability(entry.key))
            check(*entry.value, *type.quantiles, entry.key, depth);
        else if (type.quantiles)
            report(Code::QuantileKey, entry.keyPosition, {shortened(entry.key)});
        else if (m_unknownKeys == UnknownKeys::Warn)
            unknownKey(entry, type, name);
    }
    if (type.quantiles && node.entries.empty())
        fault(Code::EmptyMapping, node, {name});
    for (const auto& key : type.keys) {
        if (key.required && node.find(key.name) == nullptr)
            report(Code::MissingKey, node.position, {key.name, quoted(name), key.value.description()});
    }
}

void Checker::unknownKey(const yaml::Entry& entry, const MappingType& type, const std::string& name)
{
    const auto names = keyNames(type);
    if (const auto near = m_suggester.nearest(entry.key, names))
        report(Code::UnknownKeyNear, entry.keyPosition, {shortened(entry.key), quoted(name), joined(names), *near});
    else
        report(Code::UnknownKey, entry.keyPosition, {shortened(entry.key), quoted(name), joined(names)});
}

void finish(base::Diagnostics& diagnostics, const std::string& file)
{
    constexpr std::size_t limit = 1000;
    base::sortByPlace(diagnostics);
    diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end()), diagnostics.end());
    std::size_t errors = 0;
    std::size_t others = 0;
    const auto before = diagnostics.size();
    std::erase_if(diagnostics, [&](const base::Diagnostic& diagnostic) {
        return ++(diagnostic.severity() == base::Severity::Error ? errors : others) > limit;
    });
    if (const auto dropped = before - diagnostics.size(); dropped > 0)
        diagnostics.push_back({{Code::MoreMessages, {std::to_string(dropped)}}, {file, 0, 0}});
}

} // namespace emac::spec
