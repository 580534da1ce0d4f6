// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/rewrite.h"

#include "core/journey/probabilities.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <unordered_set>

namespace emac::journey {

namespace {

using List = std::vector<ExpressionPtr>;

bool isSeries(const Expression& node)
{
    return std::holds_alternative<Series>(node.op);
}

/// Whether these are just its children.
bool isOver(const Expression& node, const List& list)
{
    std::size_t i = 0;
    const auto differs = [&](const ExpressionPtr& child) { return i >= list.size() || list[i++] != child; };
    return !anyChild(node, differs) && i == list.size();
}

/// The body of an operator that has just one; else null.
const ExpressionPtr* bodyOf(const Operator& op)
{
    return std::visit(
        [](const auto& one) -> const ExpressionPtr* {
            if constexpr (requires { one.body; })
                return &one.body;
            else
                return nullptr;
        },
        op);
}

/// The node after a change, or what it was before where it says the same over the same children.
ExpressionPtr unlessSame(const ExpressionPtr& before, ExpressionPtr after)
{
    return after->id == before->id && after->op == before->op ? before : std::move(after);
}

Fallback fallbackOver(List list)
{
    auto primary = std::move(list.front());
    list.erase(list.begin());
    return {std::move(primary), std::move(list)};
}

/// The same operator over other children. @pre it is neither call, use nor branch; the list is not empty
Operator sameOver(const Operator& op, List list)
{
    return std::visit(
        [&list](const auto& old) -> Operator {
            using T = std::decay_t<decltype(old)>;
            if constexpr (std::is_same_v<T, Series>)
                return Series{std::move(list)};
            else if constexpr (std::is_same_v<T, Parallel>)
                return Parallel{std::move(list)};
            else if constexpr (std::is_same_v<T, Race>)
                return Race{std::move(list), old.hedgeDelay};
            else if constexpr (std::is_same_v<T, KofN>)
                return KofN{static_cast<int>(std::min(static_cast<std::size_t>(old.k), list.size())), std::move(list)};
            else if constexpr (std::is_same_v<T, Fallback>)
                return fallbackOver(std::move(list));
            else if constexpr (std::is_same_v<T, Retry>)
                return Retry{old.attempts, old.backoff, oneOf(std::move(list))};
            else if constexpr (std::is_same_v<T, Timeout>)
                return Timeout{old.deadline, oneOf(std::move(list))};
            else if constexpr (std::is_same_v<T, Optional>)
                return Optional{oneOf(std::move(list)), old.wait};
            else
                return old;
        },
        op);
}

class Rewriter
{
public:
    explicit Rewriter(const Rewrite& rewrite) : m_rewrite(rewrite) { }

    /// What stands in the place of a whole tree; null where nothing is left.
    ExpressionPtr tree(const ExpressionPtr& root)
    {
        if (!root || !mark(*root))
            return root;
        auto left = places(root);
        return left.empty() ? nullptr : oneOf(std::move(left));
    }

private:
    /// Finds the nodes above all changes. @returns whether there is one in or below this node
    bool mark(const Expression& node)
    {
        if (m_rewrite.replacements.contains(node.id))
            return true;
        bool touched = m_rewrite.insertions.contains(node.id);
        forEachChild(node, [this, &touched](const ExpressionPtr& child) { touched |= mark(*child); });
        if (touched)
            m_spine.insert(node.id);
        return touched;
    }

    /// What stands in a node's place.
    List places(const ExpressionPtr& node)
    {
        const auto replacement = m_rewrite.replacements.find(node->id);
        if (replacement != m_rewrite.replacements.end())
            return replacement->second;
        if (!m_spine.contains(node->id))
            return {node};
        const auto* branch = std::get_if<Branch>(&node->op);
        return branch != nullptr ? choices(node, *branch) : list(node);
    }

    bool isTouched(const Expression& node) const
    {
        return m_spine.contains(node.id) || m_rewrite.replacements.contains(node.id);
    }

    const Rewrite::Insertion* insertion(const Expression& node) const
    {
        const auto found = m_rewrite.insertions.find(node.id);
        return found == m_rewrite.insertions.end() ? nullptr : &found->second;
    }

    List list(const ExpressionPtr& node)
    {
        const auto* inserted = insertion(*node);
        List next;
        next.reserve(childCount(*node) + (inserted == nullptr ? 0 : inserted->nodes.size()));
        const bool flat = isSeries(*node);
        const auto put = [&](const ExpressionPtr& one, const ExpressionPtr& before) {
            // A series that stood there already was read so.
            const bool stays = before && isSeries(*before) && before->id == one->id;
            if (flat && !stays && isSeries(*one))
                std::ranges::copy(std::get<Series>(one->op).steps, std::back_inserter(next));
            else
                next.push_back(one);
        };
        std::size_t i = 0;
        const auto insert = [&] {
            for (std::size_t k = 0; inserted != nullptr && inserted->index == i && k < inserted->nodes.size(); ++k)
                put(inserted->nodes[k], nullptr);
        };
        forEachChild(*node, [&](const ExpressionPtr& child) {
            insert();
            ++i;
            if (!isTouched(*child)) {
                next.push_back(child);
                return;
            }
            for (const auto& one : places(child))
                put(one, child);
        });
        insert();
        if (next.empty())
            return {};
        if (const auto* body = bodyOf(node->op); body != nullptr && next.size() > 1)
            next = {unlessSame(*body, oneOf(std::move(next)))};
        if (isOver(*node, next))
            return {node};
        if (std::holds_alternative<Fallback>(node->op) && next.size() == 1)
            return next;
        return {replaced(*node, sameOver(node->op, std::move(next)))};
    }

    List choices(const ExpressionPtr& node, const Branch& branch)
    {
        const auto* inserted = insertion(*node);
        std::vector<Choice> next;
        ProbabilityRange gone;
        bool anyGone = false;
        std::optional<std::size_t> heir;
        for (std::size_t i = 0; i <= branch.choices.size(); ++i) {
            if (inserted != nullptr && inserted->index == i)
                insertChoices(*inserted, branch, next);
            if (i == branch.choices.size())
                break;
            const auto& choice = branch.choices[i];
            auto left = isTouched(*choice.body) ? places(choice.body) : List{choice.body};
            if (left.empty()) {
                if (inserted != nullptr && std::ranges::find(inserted->nodes, choice.body) != inserted->nodes.end())
                    continue; // moved within the branch
                gone = anyGone ? sumOf(gone, choice.probability) : choice.probability;
                anyGone = true;
                continue;
            }
            if (m_rewrite.heir == choice.body->id)
                heir = next.size();
            next.push_back({choice.label, choice.probability, oneOf(std::move(left))});
        }
        if (next.empty())
            return {};
        if (anyGone && heir)
            next[*heir].probability = sumOf(next[*heir].probability, gone);
        else if (anyGone)
            inherit(next, gone);
        if (next == branch.choices)
            return {node};
        return {replaced(*node, Branch{std::move(next)})};
    }

    static void insertChoices(const Rewrite::Insertion& inserted, const Branch& branch, std::vector<Choice>& next)
    {
        for (const auto& node : inserted.nodes) {
            const auto moved = std::ranges::find(branch.choices, node, &Choice::body);
            if (moved != branch.choices.end())
                next.push_back(*moved);
            else
                next.push_back({inserted.label, base::Ratio(base::Decimal()), node});
        }
    }

    const Rewrite& m_rewrite;
    std::unordered_set<NodeId> m_spine;
};

} // namespace

Journey rewritten(const Journey& journey, const Rewrite& rewrite)
{
    Rewriter rewriter(rewrite);
    Journey changed = journey;
    changed.root = rewriter.tree(journey.root);
    for (auto& fragment : changed.fragments)
        fragment.body = rewriter.tree(fragment.body);
    std::erase_if(changed.fragments, [](const Fragment& fragment) { return !fragment.body; });
    return changed;
}

std::vector<ExpressionPtr> flattened(const std::vector<ExpressionPtr>& list)
{
    List flat;
    for (const auto& node : list) {
        if (const auto* series = std::get_if<Series>(&node->op))
            std::ranges::copy(series->steps, std::back_inserter(flat));
        else
            flat.push_back(node);
    }
    return flat;
}

ExpressionPtr oneOf(std::vector<ExpressionPtr> list)
{
    if (list.size() == 1)
        return std::move(list.front());
    const auto series = std::ranges::find_if(list, [](const ExpressionPtr& node) { return isSeries(*node); });
    Series all{flattened(list)};
    return series == list.end() ? makeExpression(std::move(all)) : replaced(**series, std::move(all));
}

Operator operatorOver(OperatorType type, std::vector<ExpressionPtr> list)
{
    using namespace std::chrono_literals;
    switch (type) {
    case OperatorType::Parallel:
        return Parallel{std::move(list)};
    case OperatorType::Race:
        return Race{std::move(list)};
    case OperatorType::KofN:
        return KofN{static_cast<int>(std::max<std::size_t>(2, list.size())) - 1, std::move(list)};
    case OperatorType::Branch: {
        auto shares = equalShares(list.size());
        Branch branch;
        for (std::size_t i = 0; i < list.size(); ++i)
            branch.choices.push_back({{}, std::move(shares[i]), std::move(list[i])});
        return branch;
    }
    case OperatorType::Retry:
        return Retry{2, {}, oneOf(std::move(list))};
    case OperatorType::Fallback:
        return fallbackOver(std::move(list));
    case OperatorType::Timeout:
        return Timeout{1s, oneOf(std::move(list))};
    case OperatorType::Optional:
        return Optional{oneOf(std::move(list))};
    default:
        return Series{flattened(list)};
    }
}

} // namespace emac::journey
