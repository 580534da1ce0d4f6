// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"

#include <unordered_map>

namespace emac::journey {

namespace {

/// The document's key of the i-th child: "steps/2", "choices/0/body", "primary", "alternates/1", "body".
std::string childStep(const Expression& node, std::size_t i)
{
    switch (typeOf(node)) {
    case OperatorType::Series:
        return "steps/" + std::to_string(i);
    case OperatorType::Branch:
        return "choices/" + std::to_string(i) + "/body";
    case OperatorType::Fallback:
        return i == 0 ? "primary" : "alternates/" + std::to_string(i - 1);
    case OperatorType::Retry:
    case OperatorType::Timeout:
    case OperatorType::Optional:
        return "body";
    default:
        return "branches/" + std::to_string(i);
    }
}

/// A node's own step in a place key, before ordinals: component or fragment of a leaf, else the operator's word.
std::string keyStep(const Expression& node)
{
    if (const auto* call = std::get_if<Call>(&node.op))
        return call->component;
    if (const auto* use = std::get_if<Use>(&node.op))
        return use->fragment;
    return keyword(typeOf(node));
}

struct Collector
{
    std::vector<NodePlace>& places;
    std::string fragment;

    void visit(const ExpressionPtr& node, NodeId parent, const std::string& path, const std::string& key, int depth)
    {
        places.push_back({node, parent, fragment, path, node->name.empty() ? key : node->name, depth});
        const auto below = children(*node);
        std::unordered_map<std::string, int> ordinals;
        ordinals.reserve(below.size());
        for (std::size_t i = 0; i < below.size(); ++i) {
            auto step = keyStep(*below[i]);
            if (const int ordinal = ordinals[step]++; ordinal > 0)
                step += '#' + std::to_string(ordinal);
            visit(below[i], node->id, path + '/' + childStep(*node, i), key + '/' + step, depth + 1);
        }
    }
};

} // namespace

std::vector<NodePlace> nodePlaces(const Journey& journey)
{
    std::vector<NodePlace> places;
    if (journey.root)
        Collector{places, {}}.visit(journey.root, NodeId{}, "", keyStep(*journey.root), 0);
    for (const auto& fragment : journey.fragments) {
        if (fragment.body)
            Collector{places, fragment.name}.visit(fragment.body, NodeId{}, "/fragments/" + fragment.name,
                                                   "fragments/" + fragment.name + '/' + keyStep(*fragment.body), 0);
    }
    return places;
}

namespace {

const ExpressionPtr* findNode(const ExpressionPtr& tree, NodeId id)
{
    if (!tree || tree->id == id)
        return tree ? &tree : nullptr;
    const ExpressionPtr* found = nullptr;
    anyChild(*tree, [&found, id](const ExpressionPtr& child) { return (found = findNode(child, id)) != nullptr; });
    return found;
}

} // namespace

ExpressionPtr findNode(const Journey& journey, NodeId id)
{
    if (const auto* found = findNode(journey.root, id))
        return *found;
    for (const auto& fragment : journey.fragments) {
        if (const auto* found = findNode(fragment.body, id))
            return *found;
    }
    return nullptr;
}

std::string displayName(const Expression& node)
{
    return node.name.empty() ? keyStep(node) : node.name;
}

std::string expressionText(const ExpressionPtr& root)
{
    if (!root)
        return {};
    if (typeOf(*root) == OperatorType::Call)
        return keyStep(*root);
    std::string text = keyword(typeOf(*root));
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    if (text == "Kofn")
        text = "KofN";
    text += '(';
    if (const auto* use = std::get_if<Use>(&root->op))
        text += use->fragment;
    if (const auto* kofn = std::get_if<KofN>(&root->op))
        text += std::to_string(kofn->k) + "; ";
    bool first = true;
    for (const auto& child : children(*root)) {
        text += (first ? "" : ", ") + expressionText(child);
        first = false;
    }
    return text + ')';
}

} // namespace emac::journey
