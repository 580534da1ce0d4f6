// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/insights.h"

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/earliest.h"
#include "core/analysis/latency/latency.h"
#include "core/journey/paths.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace emac::analysis {

namespace {

using Time = EarliestTime;

Time count(base::Duration duration)
{
    return static_cast<Time>(duration.count());
}

/// Three digits for people.
std::string inWords(Time time, base::Rounding rounding)
{
    return base::shortText(time * 1e-9, rounding, 3);
}

/// How long there is for a node, from its start, and what limits it.
struct Room
{
    Time left = neverTime;
    base::Duration limit{0};
};
struct Rooms
{
    Room timeout; ///< of the enclosing timeouts the one that ends first
    Room objective;

    Rooms later(Time start) const
    {
        Rooms result = *this;
        result.timeout.left -= start;
        result.objective.left -= start;
        return result;
    }
};

/// Distinct components, at most so many: they are named in a message.
using Names = std::vector<std::string>;
constexpr std::size_t mostNames = 3;

/// One more than can be named says that there are more.
void join(Names& names, const Names& others)
{
    for (const auto& name : others) {
        if (names.size() <= mostNames && std::ranges::find(names, name) == names.end())
            names.push_back(name);
    }
}

class Insights
{
public:
    Insights(const Plan& plan, const journey::Objectives& objectives)
        : m_plan(plan)
        , m_earliest(earliestTimes(plan))
        , m_rooms(plan.nodes.size())
        , m_open(plan.nodes.size())
    {
        if (objectives.latency) {
            m_objective = {count(objectives.latency->threshold), objectives.latency->threshold};
            m_objectiveName = "latency";
        }
        if (objectives.deadline && count(objectives.deadline->limit) < m_objective.left) {
            m_objective = {count(objectives.deadline->limit), objectives.deadline->limit};
            m_objectiveName = "deadline";
        }
    }

    void find()
    {
        for (NodeIndex i = 0; i < m_plan.nodes.size(); ++i)
            m_open[i] = openFailures(m_plan.nodes[i]);
        if (m_plan.root != noIndex)
            m_rooms[m_plan.root] = Rooms{{}, m_objective};
        for (NodeIndex i = static_cast<NodeIndex>(m_plan.nodes.size()); i-- > 0;) {
            if (!m_rooms[i])
                continue; // nothing leads to it
            giveRoom(m_plan.nodes[i], *m_rooms[i]);
            look(m_plan.nodes[i], *m_rooms[i]);
        }
    }

    /// A hedge that comes late, by the p99 of what it hedges.
    void noteHedge(const PlanNode& node, base::Duration delay, double p99)
    {
        const auto& first = *m_plan.nodes[m_plan.children(node).front()].expression;
        note(node, base::Code::InsightHedgeLate,
             {base::toString(delay), journey::displayName(first), base::shortText(p99, base::Rounding::Up, 3)});
    }

    bool isReached(NodeIndex node) const { return m_rooms[node].has_value(); }

    journey::Notes notes()
    {
        std::ranges::stable_sort(m_notes, {}, [](const auto& note) { return note.first; });
        journey::Notes result;
        for (auto& [position, note] : m_notes)
            result.push_back(std::move(note));
        return result;
    }

private:
    Names openFailures(const PlanNode& node) const;
    void giveRoom(const PlanNode& node, const Rooms& rooms);
    void look(const PlanNode& node, const Rooms& rooms);
    void lookAtRetry(const PlanNode& node, const journey::Retry& retry, const Rooms& rooms);
    void lookAtFallback(const PlanNode& node, const Rooms& rooms);

    /// The most that any use leaves it.
    void give(NodeIndex node, const Rooms& rooms)
    {
        auto& known = m_rooms[node];
        if (!known) {
            known = rooms;
            return;
        }
        if (rooms.timeout.left > known->timeout.left)
            known->timeout = rooms.timeout;
        if (rooms.objective.left > known->objective.left)
            known->objective = rooms.objective;
    }

    void note(const PlanNode& node, base::Code code, std::vector<std::string> arguments)
    {
        m_notes.emplace_back(
            node.position, journey::Note{{code, std::move(arguments)}, journey::Element::ofNode(node.expression->id)});
    }

    /// A note where what is done there cannot succeed in time, though not without limits.
    bool noteIfLate(const PlanNode& node, const Rooms& rooms, Time success, const std::string& what,
                    base::Code afterTimeout, base::Code afterObjective)
    {
        if (success == neverTime)
            return false;
        if (rooms.timeout.left >= 0 && success > rooms.timeout.left) {
            note(node, afterTimeout,
                 {what, base::toString(rooms.timeout.limit),
                  inWords(success + count(rooms.timeout.limit) - rooms.timeout.left, base::Rounding::Down)});
            return true;
        }
        if (rooms.objective.left >= 0 && success > rooms.objective.left) {
            note(node, afterObjective,
                 {what, base::toString(rooms.objective.limit), m_objectiveName,
                  inWords(success + count(rooms.objective.limit) - rooms.objective.left, base::Rounding::Down)});
            return true;
        }
        return false;
    }

    void noteOpenFailures(const PlanNode& node, const Names& components)
    {
        if (components.empty())
            return;
        std::string names;
        for (std::size_t i = 0; i < std::min(components.size(), mostNames); ++i)
            names += (i > 0 ? ", " : "") + components[i];
        note(node, base::Code::InsightFailureTimeOpen,
             {components.size() > mostNames ? names + ", …" : names, journey::keyword(node.type)});
    }

    const Plan& m_plan;
    Room m_objective;
    std::string m_objectiveName;
    std::vector<Earliest> m_earliest;
    std::vector<std::optional<Rooms>> m_rooms;
    std::vector<Names> m_open; ///< calls whose failures fail the node with no limit of time known
    std::vector<std::pair<std::uint64_t, journey::Note>> m_notes;
};

Names Insights::openFailures(const PlanNode& node) const
{
    const auto* retry = std::get_if<journey::Retry>(&node.expression->op);
    switch (node.type) {
    case journey::OperatorType::Call: {
        const auto& component = m_plan.components[node.operand];
        const auto* input = component.input;
        const bool isOpen = input != nullptr && input->latency && component.failure[End::Worst] > 0
                            && input->failureTime.kind == journey::FailureTime::Kind::Unstated;
        return isOpen ? Names{std::get<journey::Call>(node.expression->op).component} : Names();
    }
    case journey::OperatorType::Timeout:
    case journey::OperatorType::Optional:
        return {};
    case journey::OperatorType::Retry:
        return retry->attempts > 1 ? Names() : m_open[m_plan.parts(node).front()]; // it says so itself
    case journey::OperatorType::Fallback:
        return m_open[m_plan.parts(node).back()]; // of the others it says so itself
    default: {
        Names names;
        for (const NodeIndex part : m_plan.parts(node))
            join(names, m_open[part]);
        return names;
    }
    }
}

void Insights::giveRoom(const PlanNode& node, const Rooms& rooms)
{
    const auto parts = m_plan.parts(node);
    Time start = 0;
    for (const NodeIndex part : parts) {
        if (start == neverTime)
            return; // it is not reached
        Rooms inner = rooms.later(start);
        if (const auto* timeout = std::get_if<journey::Timeout>(&node.expression->op)) {
            if (count(timeout->deadline) <= inner.timeout.left)
                inner.timeout = {count(timeout->deadline), timeout->deadline};
        }
        const auto* optional = std::get_if<journey::Optional>(&node.expression->op);
        give(part, optional != nullptr && !optional->waits() ? Rooms() : inner);

        if (node.type == journey::OperatorType::Series)
            start += m_earliest[part].success;
        if (node.type == journey::OperatorType::Fallback)
            start += m_earliest[part].failure;
        if (const auto* race = std::get_if<journey::Race>(&node.expression->op))
            start += count(race->hedgeDelay.value_or(base::Duration(0)));
    }
}

void Insights::look(const PlanNode& node, const Rooms& rooms)
{
    if (const auto* retry = std::get_if<journey::Retry>(&node.expression->op))
        lookAtRetry(node, *retry, rooms);
    if (node.type == journey::OperatorType::Fallback)
        lookAtFallback(node, rooms);
    if (const auto* timeout = std::get_if<journey::Timeout>(&node.expression->op);
        timeout != nullptr && rooms.objective.left != neverTime && timeout->deadline > rooms.objective.limit) {
        note(node, base::Code::InsightTimeoutAfterObjective,
             {base::toString(timeout->deadline), base::toString(rooms.objective.limit), m_objectiveName});
    }
}

void Insights::lookAtRetry(const PlanNode& node, const journey::Retry& retry, const Rooms& rooms)
{
    const NodeIndex body = m_plan.parts(node).front();
    const auto& times = m_earliest[body];
    const Time gap = times.failure + count(retry.backoff.value_or(base::Duration(0)));
    for (const Time left : {rooms.timeout.left, rooms.objective.left}) {
        if (gap <= 0 || gap == neverTime || left == neverTime || times.success > left)
            continue; // every try can come in time, or none
        const Time attempt = 2 + std::floor((left - times.success) / gap);
        if (attempt <= retry.attempts
            && noteIfLate(node, rooms, (attempt - 1) * gap + times.success, std::to_string(std::llround(attempt)),
                          base::Code::InsightTryAfterTimeout, base::Code::InsightTryAfterObjective))
            break;
    }
    if (retry.attempts > 1)
        noteOpenFailures(node, m_open[body]);
}

void Insights::lookAtFallback(const PlanNode& node, const Rooms& rooms)
{
    const auto tries = m_plan.parts(node);
    Time start = 0;
    Names open;
    for (std::size_t i = 0; i < tries.size(); ++i) {
        const auto name = journey::displayName(*m_plan.nodes[tries[i]].expression);
        if (i > 0) {
            noteIfLate(node, rooms, start + m_earliest[tries[i]].success, name,
                       base::Code::InsightAlternateAfterTimeout, base::Code::InsightAlternateAfterObjective);
        }
        start += m_earliest[tries[i]].failure;
        if (i + 1 < tries.size())
            join(open, m_open[tries[i]]);
    }
    noteOpenFailures(node, open);
}

} // namespace

std::optional<journey::Notes> latencyInsights(const journey::Intent& intent, const journey::Inputs& inputs,
                                              const base::Watch& watch, Memo* memo)
{
    const Plan plan = makePlan(intent.journey, inputs);
    Insights insights(plan, intent.objectives);
    insights.find();
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        const auto* race = std::get_if<journey::Race>(&node.expression->op);
        if (race == nullptr || race->branches.size() < 2 || !race->hedgeDelay || race->hedgeDelay->count() == 0
            || !insights.isReached(i))
            continue;
        LatencyOptions options;
        options.percentiles = {0.99};
        options.node = race->branches.front()->id;
        options.sharedFate = false;
        options.envelope = false;
        const auto first = analyseLatency(intent.journey, inputs, options, watch, memo);
        if (!first)
            return std::nullopt;
        const auto p99 = first->law ? first->law->independent.percentiles.front().upper : std::nullopt;
        if (p99 && *p99 < base::seconds(*race->hedgeDelay))
            insights.noteHedge(node, *race->hedgeDelay, *p99);
    }
    return insights.notes();
}

} // namespace emac::analysis
