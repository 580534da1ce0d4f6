// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/journey/expression.h"
#include "widgets/common/figures.h"
#include "widgets/explain/sharing.h"

#include <QString>

#include <span>
#include <unordered_map>
#include <vector>

/// How each operator makes its number from those of its parts (semantics § 4), in numbers and in words.
namespace emac::widgets {

/// What an operator does with its parts, as far as a formula goes.
enum class RuleShape
{
    All, ///< all must succeed
    Any, ///< one is enough
    Count, ///< some must
    Mixture,
    Repeat,
    Same, ///< hands its part on
    Nothing ///< never fails
};
RuleShape shapeOf(const journey::Expression& node);

/// The numbers of an operator's children as failure probabilities, and what the rule needs besides.
struct RuleInputs
{
    const journey::Expression* node = nullptr;
    Figure figure = Figure::Pessimistic;
    std::vector<double> failures; ///< of the children, in document order
    std::vector<FateGroup> groups; ///< of a redundancy operator under shared fate
    double timely = 1; ///< of a timeout: the part of its body's successes that come by the deadline
};

/// The groups matter.
bool isGrouped(const RuleInputs& inputs);
/// E⁻ or E⁺.
bool isBound(Figure figure);
/// The failure probabilities of a group's children, smallest first.
std::vector<double> ofGroup(const RuleInputs& inputs, const FateGroup& group);

/// What a timeout leaves of its body's availability, as a ratio in [0, 1]; from both failure probabilities.
double timelyPart(double ofTimeout, double ofBody);

/// What the rule makes of them, as if the parts had nothing in common but what the groups say. A use takes its
/// fragment's body for its only child. @pre the node is no call
double ruleFailure(const RuleInputs& inputs);

/// The probabilities that a branch takes within their intervals: those that are worst for it for A⁻ and E⁻, best for
/// A⁺ and E⁺, nominal for A*.
std::vector<double> branchProbabilities(const RuleInputs& inputs);

/// The rule in symbols and a few words: "A⁺ = 1 − (1 − A⁺₁) · (1 − A⁺₂) · …: one success is enough".
QString ruleText(const RuleInputs& inputs);
/// The same with the numbers put in: "1 − 0.005 · 0.005".
QString ruleInNumbers(const RuleInputs& inputs);

/// An availability as a ratio: exact where that is short, else cut after four figures of the unavailability, with an
/// ellipsis: "0.9995", "0.99251…"; "1 − 3.21e-13".
QString ratioText(double failure);

/// A⁻ of a node as its parents use it: before it is raised to E⁻ and capped at A⁺. Remembers; one for each explanation.
class SharedFateRule
{
public:
    /// @param analysis says what timeouts leave
    SharedFateRule(const journey::Journey& journey, const journey::Inputs& inputs, const analysis::Analysis& analysis)
        : m_journey(journey)
        , m_inputs(inputs)
        , m_analysis(analysis)
    {
    }

    double failure(const journey::ExpressionPtr& node);
    std::vector<FateGroup> groups(const journey::Expression& node) const;

private:
    const journey::Journey& m_journey;
    const journey::Inputs& m_inputs;
    const analysis::Analysis& m_analysis;
    std::unordered_map<journey::NodeId, double> m_known;
};

} // namespace emac::widgets
