// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/conditioned.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace emac::analysis {

using journey::OperatorType;

namespace {

/// The bits of `mask` at the places where `kept` has ones, moved together: the numbers within an enumeration.
std::uint32_t compressed(std::uint32_t mask, std::uint32_t kept)
{
    std::uint32_t result = 0;
    for (std::uint32_t place = 0; kept != 0; kept &= kept - 1, ++place)
        result |= ((mask >> static_cast<std::uint32_t>(std::countr_zero(kept))) & 1U) << place;
    return result;
}

bool isAlias(OperatorType type)
{
    return type == OperatorType::Use || type == OperatorType::Timeout;
}

Enumeration::Rule ruleOf(OperatorType type)
{
    switch (type) {
    case OperatorType::Race:
    case OperatorType::Fallback:
        return Enumeration::Rule::AllFail;
    case OperatorType::KofN:
        return Enumeration::Rule::TooFewSucceed;
    case OperatorType::Branch:
        return Enumeration::Rule::Mixture;
    default:
        return Enumeration::Rule::AnyFails;
    }
}

/// Takes what depends on no state out of the slot of a module's root, which is linear in it: so the enumeration stays
/// the same where only that changes.
class RootConstant
{
public:
    explicit RootConstant(Enumeration::Slot& slot) : m_rule(slot.rule)
    {
        if (m_rule != Enumeration::Rule::TooFewSucceed)
            m_constant = std::exchange(slot.constant, m_rule == Enumeration::Rule::AllFail ? 1.0 : 0.0);
    }

    /// What the root's mean is with it.
    double with(double mean) const
    {
        switch (m_rule) {
        case Enumeration::Rule::AnyFails:
            return eitherFails(m_constant, mean);
        case Enumeration::Rule::AllFail:
            return m_constant * mean;
        case Enumeration::Rule::Mixture:
            return std::min(1.0, m_constant + mean);
        case Enumeration::Rule::TooFewSucceed:
            break;
        }
        return mean;
    }

private:
    Enumeration::Rule m_rule;
    double m_constant = 0;
};

} // namespace

ConditionedScope::ConditionedScope(const Plan& plan, Marginals& marginals, AvailabilityMemo& memo,
                                   const base::Watch& watch)
    : m_plan(plan)
    , m_marginals(marginals)
    , m_memo(memo)
    , m_watch(watch)
    , m_bit(plan.components.size(), noIndex)
    , m_conditioned(plan.nodes.size(), 0)
    , m_countsOf(plan.nodes.size(), noIndex)
    , m_slotOf(plan.nodes.size(), noIndex)
{
}

bool ConditionedScope::solve(std::span<const NodeIndex> nodes, std::span<const CallCount> repeated)
{
    m_repeated = repeated;
    for (std::uint32_t i = 0; i < repeated.size(); ++i)
        m_bit[repeated[i].component] = i;
    markFragments(nodes);

    bool done = true;
    for (const NodeIndex node : nodes) {
        mark(node);
        done = solveNode(node) && done;
        // The root holds all calls of its components, even where they are too many to count.
        if (done && m_conditioned[node] != 0 && (node == nodes.back() || isModule(node))) {
            done = enumerate(node);
            m_conditioned[node] = 0;
        }
        if (!done)
            break;
    }
    reset();
    return done;
}

void ConditionedScope::reset()
{
    for (const auto& [component, calls] : m_repeated)
        m_bit[component] = noIndex;
    for (const NodeIndex node : m_marked) {
        m_conditioned[node] = 0;
        m_countsOf[node] = noIndex;
    }
    m_marked.clear();
    m_counts.clear();
}

/// Marks the nodes of all fragments below, those used before those who use them.
void ConditionedScope::markFragments(std::span<const NodeIndex> nodes)
{
    std::vector<FragmentIndex> found;
    std::vector<char> seen(m_plan.fragmentBodies.size(), 0);
    const auto visit = [&](std::span<const NodeIndex> users) {
        for (const NodeIndex user : users) {
            const auto& node = m_plan.nodes[user];
            if (node.type != OperatorType::Use || node.operand == noIndex || seen[node.operand] != 0)
                continue;
            seen[node.operand] = 1;
            found.push_back(node.operand);
        }
    };
    visit(nodes);
    for (std::size_t i = 0; i < found.size(); ++i) // NOLINT(modernize-loop-convert): it grows meanwhile
        visit(m_plan.scopes[m_plan.fragmentScopes[found[i]]].nodes);
    std::ranges::sort(found, {}, [&](FragmentIndex fragment) { return m_plan.fragmentBodies[fragment]; });
    for (const FragmentIndex fragment : found) {
        for (const NodeIndex node : m_plan.scopes[m_plan.fragmentScopes[fragment]].nodes) {
            mark(node);
            if (isModule(node))
                m_conditioned[node] = 0; // solved with the fragment alone
        }
    }
}

/// Finds out which of the repeated components the node depends on, and how many of their calls stand below it.
void ConditionedScope::mark(NodeIndex index)
{
    const auto& node = m_plan.nodes[index];
    Counts counts{};
    std::uint32_t conditioned = 0;
    const auto addBelow = [&](NodeIndex below) {
        if (m_conditioned[below] == 0)
            return;
        conditioned |= m_conditioned[below];
        const auto& more = m_counts[m_countsOf[below]];
        for (std::size_t i = 0; i < m_repeated.size(); ++i)
            counts[i] = addCalls(counts[i], more[i]);
    };
    if (node.type == OperatorType::Call) {
        if (const auto bit = m_bit[node.operand]; bit != noIndex) {
            conditioned = 1U << bit;
            counts[bit] = 1;
        }
    } else if (node.type == OperatorType::Use) {
        if (const NodeIndex body = m_plan.usedBody(node); body != noIndex)
            addBelow(body);
    } else if (node.type != OperatorType::Retry && node.type != OperatorType::Optional) {
        for (const NodeIndex child : m_plan.children(node))
            addBelow(child);
    }
    if (conditioned == 0)
        return;
    m_conditioned[index] = conditioned;
    m_countsOf[index] = static_cast<std::uint32_t>(m_counts.size());
    m_counts.push_back(counts);
    m_marked.push_back(index);
}

bool ConditionedScope::isModule(NodeIndex node) const
{
    if (m_conditioned[node] == 0)
        return false;
    const auto& counts = m_counts[m_countsOf[node]];
    return std::ranges::all_of(m_repeated, [&](const CallCount& all) {
        const auto bit = m_bit[all.component];
        const bool below = ((m_conditioned[node] >> bit) & 1U) != 0;
        return !below || (counts[bit] == all.calls && counts[bit] < manyCalls);
    });
}

/// What is known before any enumeration around the node.
bool ConditionedScope::solveNode(NodeIndex index)
{
    const auto& node = m_plan.nodes[index];
    if (m_conditioned[index] == 0 || node.type == OperatorType::Call || node.type == OperatorType::Use) {
        m_marginals.evaluate(index);
        return true;
    }
    return node.type != OperatorType::Branch || solveBodies(node);
}

/// A branch with intervals chooses by its bodies' own marginals.
bool ConditionedScope::solveBodies(const PlanNode& branch)
{
    if (!m_plan.branches[branch.operand].fixed()) {
        for (const NodeIndex body : m_plan.children(branch)) {
            const auto type = m_plan.nodes[body].type;
            const bool open = m_conditioned[body] != 0 && type != OperatorType::Call && type != OperatorType::Use;
            if (open && !enumerate(body))
                return false;
        }
    }
    m_marginals.chooseProbabilities(static_cast<NodeIndex>(&branch - m_plan.nodes.data()));
    return true;
}

NodeIndex ConditionedScope::resolved(NodeIndex node) const
{
    while (m_conditioned[node] != 0 && isAlias(m_plan.nodes[node].type)) {
        const auto& alias = m_plan.nodes[node];
        node = alias.type == OperatorType::Use ? m_plan.usedBody(alias) : m_plan.children(alias).front();
    }
    return node;
}

/// The operators that are evaluated for each state, sorted for the enumeration; numbers them in m_slotOf.
std::vector<NodeIndex> ConditionedScope::slotNodes(NodeIndex module)
{
    std::vector<NodeIndex> found;
    std::vector<NodeIndex> open;
    const auto visit = [&](NodeIndex node) {
        node = resolved(node);
        if (m_conditioned[node] == 0 || m_plan.nodes[node].type == OperatorType::Call || m_slotOf[node] != noIndex)
            return;
        m_slotOf[node] = 0;
        found.push_back(node);
        open.push_back(node);
    };
    visit(module);
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        for (const NodeIndex child : m_plan.children(m_plan.nodes[node]))
            visit(child);
    }
    // The highest bit decides the last component; the numbers within the enumeration keep the order of the bits.
    std::ranges::sort(found, {}, [&](NodeIndex node) { return std::pair(std::bit_width(m_conditioned[node]), node); });
    for (std::uint32_t i = 0; i < found.size(); ++i)
        m_slotOf[found[i]] = i;
    return found;
}

Enumeration::Slot ConditionedScope::makeSlot(NodeIndex index, End end, std::uint32_t conditioned)
{
    const auto& node = m_plan.nodes[index];
    const auto children = m_plan.children(node);
    Enumeration::Slot slot;
    slot.rule = ruleOf(node.type);
    const auto depends = compressed(m_conditioned[index], conditioned);
    slot.lastComponent = static_cast<std::uint32_t>(std::bit_width(depends)) - 1;
    if (const auto* kofn = std::get_if<journey::KofN>(&node.expression->op))
        slot.count = TooFewSucceed(static_cast<std::size_t>(kofn->k), children.size());

    std::vector<double> constants;
    for (std::size_t i = 0; i < children.size(); ++i) {
        const NodeIndex child = resolved(children[i]);
        const double weight = slot.rule == Enumeration::Rule::Mixture ? m_marginals.probabilities(index, end)[i] : 1;
        if (m_conditioned[child] == 0) {
            const double q = m_marginals.of(child, end);
            if (slot.rule == Enumeration::Rule::TooFewSucceed)
                slot.count.add(q);
            else
                constants.push_back(weight * q);
            continue;
        }
        const bool isCall = m_plan.nodes[child].type == OperatorType::Call;
        auto term = isCall ? Enumeration::Term::ofComponent(
                        static_cast<std::uint32_t>(std::countr_zero(compressed(m_conditioned[child], conditioned))))
                           : Enumeration::Term::ofSlot(m_slotOf[child]);
        term.weight = weight;
        const bool byBits = slot.rule == Enumeration::Rule::AnyFails || slot.rule == Enumeration::Rule::AllFail;
        if (isCall && byBits)
            slot.components |= 1U << term.index;
        else
            slot.terms.push_back(term);
    }
    if (slot.rule == Enumeration::Rule::AllFail) {
        slot.constant = m_marginals.reduction(index, end).allFail(constants, m_marginals.work());
    } else if (slot.rule == Enumeration::Rule::AnyFails) {
        slot.constant = m_marginals.reduction(index, end).anyFails(constants, m_marginals.work());
    } else {
        for (const double q : constants)
            slot.constant += q;
    }
    return slot;
}

bool ConditionedScope::enumerate(NodeIndex module)
{
    const auto nodes = slotNodes(module); // none where the body is but a call in timeouts
    const bool done =
        nodes.empty()
        || (enumerate(module, nodes, End::Best) && (m_plan.points || enumerate(module, nodes, End::Worst)));
    for (const NodeIndex node : nodes)
        m_slotOf[node] = noIndex;
    if (!done)
        return false;
    // A timeout, or a use, has its body's.
    for (NodeIndex node = m_plan.nodes[module].begin; node <= module; ++node) {
        if (m_conditioned[node] != 0 && isAlias(m_plan.nodes[node].type))
            m_marginals.evaluate(node);
    }
    return true;
}

bool ConditionedScope::enumerate(NodeIndex module, std::span<const NodeIndex> nodes, End end)
{
    const auto conditioned = m_conditioned[module];
    std::vector<double> down;
    for (std::size_t i = 0; i < m_repeated.size(); ++i) {
        if (((conditioned >> i) & 1U) != 0)
            down.push_back(m_plan.components[m_repeated[i].component].failure[end]);
    }
    std::vector<Enumeration::Slot> slots;
    slots.reserve(nodes.size());
    for (const NodeIndex node : nodes)
        slots.push_back(makeSlot(node, end, conditioned));
    const NodeIndex top = resolved(module);
    const RootConstant constant(slots[m_slotOf[top]]);

    auto& remembered = m_memo.of(top).enumerations[end];
    if (!remembered || !remembered->isOf(down, slots)) {
        remembered.reset();
        auto enumeration = std::make_unique<Enumeration>(std::move(down), std::move(slots));
        if (!enumeration->run(m_watch))
            return false;
        m_memo.work().computed += nodes.size();
        remembered = std::move(enumeration);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i] < m_plan.nodes[module].begin)
            continue; // of a fragment, solved alone
        const double mean = nodes[i] == top ? constant.with(remembered->mean(i)) : remembered->mean(i);
        m_marginals.set(nodes[i], end, mean);
        if (m_plan.points)
            m_marginals.set(nodes[i], End::Worst, mean);
    }
    return true;
}

} // namespace emac::analysis
