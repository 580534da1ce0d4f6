// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/common_cause.h"

#include "core/journey/domain.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace emac::analysis {

namespace {

using base::Code;
using journey::OperatorType;

using NoteIndex = std::uint32_t;

/// The components of a plan under common cause, and what hinders some of them.
class Causes
{
public:
    Causes(const Plan& plan, const journey::StatedDomains& stated)
        : m_plan(plan)
        , m_stated(stated)
        , m_names(plan.components.size())
        , m_hindrance(plan.components.size(), noIndex)
    {
        for (const auto& node : plan.nodes) {
            if (node.type == OperatorType::Call)
                m_names[node.operand] = std::get<journey::Call>(node.expression->op).component;
        }
        domains.resize(plan.components.size());
        failures.own.resize(plan.components.size(), 0.0);
        for (ComponentIndex i = 0; i < plan.components.size(); ++i)
            add(i);
        findHindrances();
    }

    std::vector<std::vector<std::uint32_t>> domains; ///< by component: those with a stated availability
    EventFailures failures;

    /// Why the node has no value; null where nothing hinders it.
    const journey::Note* hindrance(NodeIndex node) const
    {
        return m_ofNode[node] == noIndex ? nullptr : &m_notes[m_ofNode[node]];
    }

private:
    struct User
    {
        ComponentIndex component = noIndex;
        std::string_view domain;
    };
    /// The domains of one kind that components are in.
    struct Kind
    {
        std::vector<User> users;
        User bare; ///< one of them without a value
        User valued;
        bool stated = false; ///< some of them states its availability
    };

    void add(ComponentIndex index)
    {
        const auto& component = m_plan.components[index];
        const auto name = std::string(m_names[index]);
        const auto element = journey::Element::component(name);
        if (component.input == nullptr || !component.input->stated) {
            m_hindrance[index] = newNote({{Code::CommonCauseNotStated, {name}}, element});
            return;
        }
        if (component.domainsUnknown) {
            m_hindrance[index] = newNote({{Code::CommonCauseUnknownDomain, {name}}, element});
            return;
        }
        for (const auto& domain : component.domains)
            addDomain(index, domain);
        const double q = component.input->failure.nominal;
        const auto all = m_stated.failure(component.input->domains);
        // a / Π a_D, by the failures: (q − Q) / (1 − Q)
        failures.own[index] = all.probability < 1 ? std::max(0.0, (q - all.probability) / (1 - all.probability)) : 0;
        if (!journey::isOwnPartSound(q, all)) {
            m_hindrance[index] = newNote(
                {{Code::CommonCauseOwnPart, {name, availabilityText(q), all.names, availabilityText(all.probability)}},
                 element});
        }
    }

    void addDomain(ComponentIndex index, const std::string& name)
    {
        const auto parsed = journey::DomainName::parse(name);
        auto& kind = m_kinds[parsed.kind];
        kind.users.push_back({index, name});
        (parsed.value.empty() ? kind.bare : kind.valued) = kind.users.back();
        const auto* availability = m_stated.availability(name);
        if (availability == nullptr)
            return;
        kind.stated = true;
        const auto next = static_cast<std::uint32_t>(failures.domains.size());
        const auto [found, isNew] = m_numbers.try_emplace(name, next);
        if (isNew)
            failures.domains.push_back(availability->failure());
        if (std::ranges::find(domains[index], found->second) == domains[index].end())
            domains[index].push_back(found->second);
    }

    void findHindrances()
    {
        m_ofNode.assign(m_plan.nodes.size(), noIndex);
        for (NodeIndex i = 0; i < m_plan.nodes.size(); ++i) {
            const auto& node = m_plan.nodes[i];
            if (node.type == OperatorType::Call)
                m_ofNode[i] = m_hindrance[node.operand];
            else if (node.type == OperatorType::Use && m_plan.usedBody(node) == noIndex)
                m_ofNode[i] =
                    newNote({{Code::CommonCauseNoBody, {std::get<journey::Use>(node.expression->op).fragment}},
                             journey::Element::ofNode(node.expression->id)});
            else
                for (const NodeIndex part : m_plan.dependencies(node))
                    m_ofNode[i] = m_ofNode[i] == noIndex ? m_ofNode[part] : m_ofNode[i];
        }
        for (const auto& [name, kind] : m_kinds) {
            if (kind.stated && kind.bare.component != noIndex && kind.valued.component != noIndex)
                findMixtures(kind);
        }
    }

    /// Nodes below which a component is in the bare kind, and one in a value of it.
    void findMixtures(const Kind& kind)
    {
        const std::string bare(m_names[kind.bare.component]);
        const auto note = newNote({{Code::CommonCauseBareKind,
                                    {std::string(kind.bare.domain), bare, std::string(kind.valued.domain),
                                     std::string(m_names[kind.valued.component])}},
                                   journey::Element::component(bare)});
        constexpr char isBare = 1;
        constexpr char isValued = 2;
        std::vector<char> ofComponent(m_plan.components.size(), 0);
        for (const auto& user : kind.users)
            ofComponent[user.component] |= user.domain.size() == kind.bare.domain.size() ? isBare : isValued;
        std::vector<char> ofNode(m_plan.nodes.size(), 0);
        for (NodeIndex i = 0; i < m_plan.nodes.size(); ++i) {
            const auto& node = m_plan.nodes[i];
            if (node.type == OperatorType::Call)
                ofNode[i] = ofComponent[node.operand];
            for (const NodeIndex part : m_plan.dependencies(node))
                ofNode[i] |= ofNode[part];
            if (ofNode[i] == (isBare | isValued) && m_ofNode[i] == noIndex)
                m_ofNode[i] = note;
        }
    }

    NoteIndex newNote(journey::Note note)
    {
        m_notes.push_back(std::move(note));
        return static_cast<NoteIndex>(m_notes.size() - 1);
    }

    static std::string availabilityText(double failure)
    {
        return base::Decimal::fromDouble(failure).complement().toString();
    }

    const Plan& m_plan;
    const journey::StatedDomains& m_stated;
    std::vector<std::string_view> m_names; ///< by component
    std::vector<NoteIndex> m_hindrance; ///< by component; none
    std::vector<NoteIndex> m_ofNode; ///< by node; none
    journey::Notes m_notes;
    std::map<std::string_view, Kind> m_kinds;
    std::map<std::string_view, std::uint32_t> m_numbers; ///< of the stated domains
};

/// The same plan with all inputs at their nominal values.
Plan nominal(Plan plan)
{
    for (auto& component : plan.components) {
        const double q = component.input != nullptr ? component.input->failure.nominal : 1;
        for (const End end : bothEnds)
            component.failure[end] = q;
    }
    for (auto& branch : plan.branches)
        branch = branch.nominal();
    for (auto& timeout : plan.timeouts) {
        for (const End end : bothEnds)
            timeout.late[end] = timeout.lateNominal;
    }
    plan.points = true;
    return plan;
}

} // namespace

journey::Note limitNote(const PlanScope& scope, DiagramState state, const DiagramLimits& limits)
{
    switch (state) {
    case DiagramState::OverMemory:
        return {{Code::DiagramOverMemory, {std::to_string(limits.bytes >> 20U)}}, scope.element};
    case DiagramState::OverTime:
        return {{Code::DiagramOverTime, {base::toString(limits.time)}}, scope.element};
    case DiagramState::TooManyGates:
        return {{Code::DiagramTooLarge, {std::to_string(limits.gates)}}, scope.element};
    case DiagramState::TooLarge:
    case DiagramState::Built:
    case DiagramState::Stopped:
        break;
    }
    return {{Code::DiagramTooLarge, {std::to_string(limits.nodes)}}, scope.element};
}

journey::Note limitNote(const Plan& plan, const IndependentResult& law, const DiagramLimits& limits)
{
    const auto& last = law.unbuilt.back();
    return limitNote(plan.scopes[last.scope], last.limit, limits);
}

std::optional<CommonCauseResult> commonCause(const Plan& plan, const journey::StatedDomains& stated,
                                             AvailabilityMemo& memo, const DiagramLimits& limits,
                                             const base::Watch& watch)
{
    const Causes causes(plan, stated);
    const Events events(plan, causes.domains);
    const Plan atNominal = nominal(plan);
    const auto law = independentLaw(atNominal, events, findRepeats(plan, events), causes.failures, Law::CommonCause,
                                    memo, limits, watch);
    if (!law)
        return std::nullopt;
    CommonCauseResult result;
    result.failure.resize(plan.nodes.size());
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        if (causes.hindrance(i) == nullptr && law->known[i] != 0)
            result.failure[i] = law->marginals.of(i, End::Best);
    }
    if (plan.root != noIndex && !result.failure[plan.root]) {
        const auto* hindrance = causes.hindrance(plan.root);
        result.missing = hindrance != nullptr ? *hindrance : limitNote(plan, *law, limits);
    }
    return result;
}

} // namespace emac::analysis
