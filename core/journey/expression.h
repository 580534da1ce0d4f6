// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/duration.h"
#include "core/journey/element.h"

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// The typed expression of control-flow operators. All values are immutable; nodes are shared between versions of a
/// tree. A parameter with a default is optional: what is not written stays apart from a written default.
namespace emac::journey {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// One call of a component.
struct Call
{
    std::string component;
    bool operator==(const Call&) const = default;
};

/// One after the other; all must succeed.
struct Series
{
    std::vector<ExpressionPtr> steps;
    bool operator==(const Series&) const = default;
};

/// Started together; all must succeed (join: all); the first failure fails it.
struct Parallel
{
    std::vector<ExpressionPtr> branches;
    bool operator==(const Parallel&) const = default;
};

/// The first successful response wins; branch i starts at i · hedgeDelay.
struct Race
{
    std::vector<ExpressionPtr> branches;
    std::optional<base::Duration> hedgeDelay{}; ///< 0 where it is not stated
    bool operator==(const Race&) const = default;
};

/// Started together; done when k have succeeded. 1 ≤ k ≤ branches.
struct KofN
{
    int k = 1;
    std::vector<ExpressionPtr> branches;
    bool operator==(const KofN&) const = default;
};

/// A probability, or an interval of them: lower ≤ upper, both in [0, 1].
struct ProbabilityRange
{
    base::Ratio lower;
    base::Ratio upper;

    ProbabilityRange() = default;
    /// A single number.
    ProbabilityRange(const base::Ratio& number) : lower(number), upper(number) { }
    ProbabilityRange(base::Ratio lower, base::Ratio upper) : lower(std::move(lower)), upper(std::move(upper)) { }
    bool isNumber() const { return lower == upper; }
    bool operator==(const ProbabilityRange&) const = default;
};

struct Choice
{
    std::string label; ///< may be empty
    ProbabilityRange probability;
    ExpressionPtr body;
    bool operator==(const Choice&) const = default;
};

/// Exactly one choice is taken.
struct Branch
{
    std::vector<Choice> choices;
    bool operator==(const Branch&) const = default;
};

/// Up to `attempts` tries in all (≥ 1); the next starts `backoff` after the last failed.
struct Retry
{
    int attempts = 1;
    std::optional<base::Duration> backoff{}; ///< 0 where it is not stated
    ExpressionPtr body;
    bool operator==(const Retry&) const = default;
};

/// The next is tried when the one before has failed.
struct Fallback
{
    ExpressionPtr primary;
    std::vector<ExpressionPtr> alternates;
    bool operator==(const Fallback&) const = default;
};

/// A body not done by the deadline has failed, at the deadline.
struct Timeout
{
    base::Duration deadline{0};
    ExpressionPtr body;
    bool operator==(const Timeout&) const = default;
};

/// Best effort: its failure does not fail the journey; without `wait` it takes no time.
struct Optional
{
    ExpressionPtr body;
    std::optional<bool> wait{}; ///< true where it is not stated
    bool waits() const { return wait.value_or(true); }
    bool operator==(const Optional&) const = default;
};

/// The named fragment, here.
struct Use
{
    std::string fragment;
    bool operator==(const Use&) const = default;
};

using Operator = std::variant<Call, Series, Parallel, Race, KofN, Branch, Retry, Fallback, Timeout, Optional, Use>;

/// In the order of Operator's alternatives.
enum class OperatorType
{
    Call,
    Series,
    Parallel,
    Race,
    KofN,
    Branch,
    Retry,
    Fallback,
    Timeout,
    Optional,
    Use
};

/// A node of the tree. Build it with makeExpression(), which numbers it.
struct Expression
{
    NodeId id{};
    Version version = 0; ///< new whenever the node or anything below it changes
    Operator op;
    std::string name; ///< the explicit `id` of the document; empty where it has none
    std::string notes; ///< may be empty
};

/// A node with a new NodeId and a new version. @pre no child is null
ExpressionPtr makeExpression(Operator op, std::string name = {}, std::string notes = {});

/// The same place with another content: keeps the NodeId, takes a new version.
ExpressionPtr replaced(const Expression& node, Operator op);

OperatorType typeOf(const Expression& node);

/// The word of the document: "call", "series", …, "use".
const char* keyword(OperatorType type);

/// The direct children in document order; empty for call and use. O(children).
std::vector<ExpressionPtr> children(const Expression& node);

std::size_t childCount(const Expression& node);

/// Whether predicate(child) holds for some direct child; asks in document order, and no further than needed. Allocates
/// nothing.
template<typename Predicate>
bool anyChild(const Expression& node, const Predicate& predicate)
{
    const auto any = [&predicate](const std::vector<ExpressionPtr>& list) {
        for (const auto& child : list) {
            if (predicate(child))
                return true;
        }
        return false;
    };
    return std::visit(
        [&](const auto& op) {
            using T = std::decay_t<decltype(op)>;
            if constexpr (std::is_same_v<T, Call> || std::is_same_v<T, Use>) {
                return false;
            } else if constexpr (std::is_same_v<T, Series>) {
                return any(op.steps);
            } else if constexpr (std::is_same_v<T, Branch>) {
                for (const auto& choice : op.choices) {
                    if (predicate(choice.body))
                        return true;
                }
                return false;
            } else if constexpr (std::is_same_v<T, Fallback>) {
                return predicate(op.primary) || any(op.alternates);
            } else if constexpr (requires { op.body; }) {
                return predicate(op.body);
            } else {
                return any(op.branches);
            }
        },
        node.op);
}

/// Calls visit(child) for each direct child in document order. Allocates nothing.
template<typename Visit>
void forEachChild(const Expression& node, const Visit& visit)
{
    anyChild(node, [&visit](const ExpressionPtr& child) {
        visit(child);
        return false;
    });
}

/// Calls visit(node) for the node and all below it, parents first. Does nothing for null. Allocates nothing.
template<typename Visit>
void forEachNode(const ExpressionPtr& node, const Visit& visit)
{
    if (!node)
        return;
    visit(node);
    forEachChild(*node, [&visit](const ExpressionPtr& child) { forEachNode(child, visit); });
}

/// The same operator with other children, in the order of children(). @pre as many as before
Operator withChildren(const Operator& op, std::vector<ExpressionPtr> replacement);

/// True for race, fallback, and kofn with k < n: where a failure of one child need not fail the node.
bool isRedundant(const Expression& node);

/// Equal content: operators, parameters, names and notes, disregarding NodeId and version. O(size).
bool equalContent(const ExpressionPtr& a, const ExpressionPtr& b);

} // namespace emac::journey
