// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spec/vocabulary.h"

#include <utility>

/// The words with which the table is written. Only for vocabulary*.cpp.
namespace emac::spec::table {

inline Value of(Value::Kind kind)
{
    Value value;
    value.kind = kind;
    return value;
}
inline Value ranged(Value::Kind kind, Range range)
{
    auto value = of(kind);
    value.range = range;
    return value;
}

inline Value text()
{
    return of(Value::Kind::Text);
}
inline Value name()
{
    return of(Value::Kind::Name);
}
inline Value reference()
{
    return of(Value::Kind::Reference);
}
inline Value domain()
{
    return of(Value::Kind::Domain);
}
inline Value boolean()
{
    return of(Value::Kind::Boolean);
}
inline Value any()
{
    return of(Value::Kind::Any);
}
inline Value count()
{
    return ranged(Value::Kind::Count, {0, std::nullopt});
}
inline Value integer(double least, base::Code outside = base::Code::NumberOutOfRange)
{
    return ranged(Value::Kind::Integer, {least, std::nullopt, false, false, outside});
}
inline Value integer()
{
    return of(Value::Kind::Integer);
}
inline Value number()
{
    return of(Value::Kind::Number);
}
inline Value positiveNumber()
{
    return ranged(Value::Kind::Number, {0, std::nullopt, true});
}
inline Value bound()
{
    return of(Value::Kind::Bound);
}
inline Value unitRatio()
{
    return ranged(Value::Kind::Ratio, {0, 1, false, false, base::Code::ProbabilityOutOfRange});
}
inline Value target()
{
    return ranged(Value::Kind::Ratio, {0, 1, true, true, base::Code::TargetOutOfRange});
}
inline Value duration()
{
    return ranged(Value::Kind::Duration, {0, std::nullopt, false, false, base::Code::NegativeDuration});
}
inline Value positiveDuration()
{
    return ranged(Value::Kind::Duration, {0, std::nullopt, true, false, base::Code::DurationNotPositive});
}
inline Value word(std::vector<std::string> words)
{
    auto value = of(Value::Kind::Word);
    value.words = std::move(words);
    return value;
}
inline Value list(Value part)
{
    auto value = of(Value::Kind::List);
    value.parts = {std::move(part)};
    return value;
}
inline Value filledList(Value part)
{
    auto value = list(std::move(part));
    value.filled = true;
    return value;
}
inline Value tuple(std::size_t size, Value part)
{
    auto value = list(std::move(part));
    value.exactly = size;
    return value;
}
inline Value map(Value part)
{
    auto value = of(Value::Kind::Map);
    value.parts = {std::move(part)};
    return value;
}
inline Value mapping(std::string type)
{
    auto value = of(Value::Kind::Mapping);
    value.type = std::move(type);
    return value;
}
inline Value oneOf(std::vector<Value> parts)
{
    auto value = of(Value::Kind::OneOf);
    value.parts = std::move(parts);
    return value;
}

inline Key required(std::string key, Value value, std::string description)
{
    return {std::move(key), std::move(value), true, {}, std::move(description)};
}
inline Key optional(std::string key, Value value, std::string description, std::string fallback = {})
{
    return {std::move(key), std::move(value), false, std::move(fallback), std::move(description)};
}

void add(Vocabulary& vocabulary, MappingType type);
void add(Vocabulary& vocabulary, UnionType type);

// The parts of the table, one file each.
void addDocuments(Vocabulary& vocabulary);
void addOperators(Vocabulary& vocabulary);
void addComponents(Vocabulary& vocabulary);
void addGovernance(Vocabulary& vocabulary);
void addOpenSlo(Vocabulary& vocabulary);

} // namespace emac::spec::table
