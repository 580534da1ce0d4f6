// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/expression.h"
#include "core/journey/limits.h"
#include "core/spec/checker.h"
#include "core/spec/fields.h"

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace emac::spec {

/// One `use` of a fragment that exists.
struct UseSite
{
    std::string fragment;
    const yaml::Node* node;
    int depth = 0; ///< operators above it in its own tree
};

/// Where an expression node was read.
struct NodeSite
{
    journey::NodeId id{};
    const yaml::Node* node = nullptr;
    Reach reach;
};

/// One tree as it was built: the journey's own, or a fragment's body.
struct BuiltTree
{
    std::string name; ///< of the fragment; empty for the journey's own tree
    journey::ExpressionPtr root;
    std::vector<UseSite> uses;
    yaml::Position key; ///< where it begins
    int depth = 0; ///< operators inside each other
};

/// Builds expressions from checked trees. What is faulty is left out, and what has no child left with it; a call of an
/// unknown component stays. Says what concerns a node alone, ids, and names that are not declared.
class ExpressionBuilder
{
public:
    /// Names that may be referred to. Without them (in a model) all names of components are taken.
    struct Names
    {
        std::vector<std::string> components;
        std::vector<std::string> fragments;
        std::unordered_set<std::string> componentSet;
        std::unordered_set<std::string> fragmentSet;
        std::unordered_set<std::string> emptyFragments; ///< declared, but nothing of them is left
        bool open = false;
    };

    ExpressionBuilder(Checker& checker, const Names& names);

    BuiltTree build(const yaml::Node& node, const Reach& reach, std::string name);
    /// Of all nodes built so far.
    std::vector<NodeSite>& sites() { return m_sites; }

private:
    using Children = std::vector<journey::ExpressionPtr>;

    journey::ExpressionPtr visit(const yaml::Node& node, const Reach& reach, int depth);
    std::optional<journey::Operator> operatorOf(const std::string& type, const Fields& fields, int depth);
    std::optional<journey::Operator> call(const Fields& fields);
    std::optional<journey::Operator> use(const Fields& fields, int depth);
    std::optional<journey::Operator> kofn(const Fields& fields, Children branches);
    std::optional<journey::Operator> branch(const Fields& fields, int depth);
    journey::ProbabilityRange probability(const Fields& choice, bool& stated);
    Children list(const Fields& fields, std::string_view key, int depth);
    journey::ExpressionPtr child(const Fields& fields, std::string_view key, int depth);
    std::string identifier(const Fields& fields);

    Checker& m_checker;
    const Names& m_names;
    std::vector<NodeSite> m_sites;
    std::unordered_map<std::string, std::uint32_t> m_ids; ///< with the line of the first
    BuiltTree m_tree;
    /// Ten times the largest journey that anyone is expected to write; small texts can make more through aliases.
    static constexpr int mostNodes = journey::mostNodes;
    int m_nodes = 0;
};

} // namespace emac::spec
