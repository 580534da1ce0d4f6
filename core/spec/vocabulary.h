// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"
#include "core/journey/limits.h"
#include "core/yaml/tree.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The one table of what may be written in a document. It drives reading, validation and the JSON Schema.
namespace emac::spec {

/// Bounds of a number (of a duration: in seconds), and the message for what is outside. Its arguments are the text,
/// the key, and the range in words.
struct Range
{
    std::optional<double> least;
    std::optional<double> most;
    bool leastExcluded = false;
    bool mostExcluded = false;
    base::Code outside = base::Code::NumberOutOfRange;

    bool holds(double value) const;
    std::string words() const; ///< "in (0, 1)", "of at least 1"
};

/// What may stand behind a key.
struct Value
{
    enum class Kind
    {
        Text, ///< any scalar
        Name, ///< text of 1 to maxNameBytes bytes, all of which can be seen
        Reference, ///< openslo:NAME or openslo:NAME#OBJECTIVE
        Domain, ///< a name: kind or kind:value
        Integer, ///< 32 bits
        Count, ///< a whole number up to 2⁵³
        Number, ///< a double
        Bound, ///< a double or +Inf
        Ratio, ///< a number, or a percentage
        Duration, ///< with a unit, or a number of seconds
        Boolean,
        Word, ///< one of `words`
        Any,
        List, ///< of parts[0]; `exactly` that many, or at least one where `filled`
        Map, ///< any names to parts[0]
        Mapping, ///< the MappingType or UnionType named `type`
        OneOf, ///< the part that fits the node's kind: at most one scalar, one list, one mapping
    };
    static constexpr std::size_t maxNameBytes = journey::mostNameBytes;

    Kind kind = Kind::Text;
    std::optional<Range> range;
    std::vector<std::string> words;
    std::vector<Value> parts;
    std::string type;
    std::size_t keyBytes = maxNameBytes; ///< of a Map's names, at most
    bool filled = false;
    std::size_t exactly = 0;

    bool isScalar() const { return kind < Kind::Any; }
    /// "a duration such as 20ms", "a list", "one of shared, independent".
    std::string description() const;
    /// The part that a node of this kind is checked against; null where none fits. Of anything but a OneOf: itself.
    const Value* fitting(yaml::Kind nodeKind) const;
};

struct Key
{
    std::string name;
    Value value;
    bool required = false;
    std::string fallback; ///< the default as it would be written; empty where there is none
    std::string description;
};

/// A mapping with named keys.
struct MappingType
{
    std::string name;
    std::string description;
    std::vector<Key> keys;
    std::optional<Value> quantiles; ///< further keys p50, p99.9 … with values of this kind
    bool element = false; ///< it is an element of its own in the source map (journey::Element)

    /// Null where there is none. O(keys).
    const Key* find(std::string_view key) const;
};

/// A mapping that is one of several types: the word behind `selector` decides, where that key is present; else the one
/// alternative whose key is present.
struct UnionType
{
    struct Alternative
    {
        std::string type; ///< a MappingType; also the word behind the selector
        std::string key; ///< whose presence decides; may be empty
    };
    std::string name;
    std::string description;
    std::string selector; ///< may be empty
    std::vector<Alternative> alternatives;
    int nesting = 0; ///< how many of this union may lie inside each other; 0: any number
};

/// All types, by name.
struct Vocabulary
{
    std::map<std::string, MappingType, std::less<>> mappings;
    std::map<std::string, UnionType, std::less<>> unions;

    const MappingType& mapping(std::string_view name) const;
    /// The type of this very node: that of the alternative for a union; null where the node does not say which, or says
    /// it in two ways.
    const MappingType* typeOf(std::string_view name, const yaml::Node& node) const;
    const UnionType* unionOf(std::string_view name) const;
};

/// Built once. Thread-safe.
const Vocabulary& vocabulary();

/// "p50" → 0.5, "p999" → 0.999, "p99.9" → 0.999; empty for any other text. The text of the probability.
std::optional<std::string> quantileProbability(std::string_view key);

/// "a, b, c".
std::string joined(const std::vector<std::string>& words);

} // namespace emac::spec
