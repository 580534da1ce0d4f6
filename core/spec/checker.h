// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/spec/suggester.h"
#include "core/spec/vocabulary.h"
#include "core/yaml/tree.h"

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace emac::spec {

/// Nodes that are not to be read: of a wrong type, out of range, or saying nothing known.
using Faults = std::unordered_set<const yaml::Node*>;

/// Checks a tree against the vocabulary. What it finds faulty is a diagnostic, and its node a fault.
class Checker
{
public:
    enum class UnknownKeys
    {
        Warn,
        Silent
    };

    Checker(std::string file, UnknownKeys unknownKeys, const base::Watch& watch);

    /// The whole tree, as the mapping or union of this name. O(size · keys of a type).
    void check(const yaml::Node& root, const std::string& type);

    /// Says something about a place in the file.
    void report(base::Code code, const yaml::Position& position, std::vector<std::string> arguments);
    /// The same, and the node is a fault.
    void fault(base::Code code, const yaml::Node& node, std::vector<std::string> arguments);

    base::Place place(const yaml::Position& position) const { return {m_file, position.line, position.column}; }
    Suggester& suggester() { return m_suggester; }
    Faults& faults() { return m_faults; }
    base::Diagnostics& diagnostics() { return m_diagnostics; }
    bool stopped() const { return m_stopped; }

private:
    void check(const yaml::Node& node, const Value& value, const std::string& name, int depth);
    void checkScalar(const yaml::Node& node, const Value& value, const Value& whole, const std::string& name);
    void checkText(const yaml::Node& node, const Value& value, const std::string& name);
    void checkNumber(const yaml::Node& node, const Value& value, const std::string& name);
    void checkDuration(const yaml::Node& node, const Value& value, const std::string& name);
    void checkName(const yaml::Node& node, std::string_view text, const yaml::Position& position,
                   const std::string& name, std::size_t mostBytes = Value::maxNameBytes);
    void checkRange(const yaml::Node& node, const Value& value, const std::string& name, double number);
    void checkWord(const yaml::Node& node, const Value& value, const Value& whole, const std::string& name);
    void checkList(const yaml::Node& node, const Value& value, const std::string& name, int depth);
    void checkMap(const yaml::Node& node, const Value& value, const std::string& name, int depth);
    void checkTyped(const yaml::Node& node, const std::string& type, const std::string& name, int depth);
    void checkMapping(const yaml::Node& node, const MappingType& type, const std::string& name, int depth);
    void unknownKey(const yaml::Entry& entry, const MappingType& type, const std::string& name);
    void noType(const yaml::Node& node, const UnionType& type, const std::string& name);
    void wrongType(const yaml::Node& node, const Value& value, const std::string& name);

    std::string m_file;
    UnknownKeys m_unknownKeys;
    const base::Watch& m_watch;
    Suggester m_suggester;
    Faults m_faults;
    base::Diagnostics m_diagnostics;
    bool m_stopped = false;
};

/// Sorts by place, drops what is said twice (aliases), and keeps at most a thousand errors and a thousand other
/// messages.
void finish(base::Diagnostics& diagnostics, const std::string& file);

} // namespace emac::spec
