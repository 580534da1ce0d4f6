// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/journey/random_edit.h"

#include "core/journey/paths.h"
#include "tests/journey/random_intent.h"

#include <algorithm>

namespace emac::tests {

using namespace journey;
using namespace std::chrono_literals;

namespace {

class Maker
{
public:
    Maker(Random& random, const Intent& intent) : m_random(random), m_journey(intent.journey), m_intent(intent)
    {
        for (const auto& place : nodePlaces(m_journey))
            m_nodes.push_back(place.node);
    }

    Edit make()
    {
        const auto group = m_random.below(20);
        if (group < 9)
            return tree();
        if (group < 13)
            return value();
        if (group < 15)
            return fragment();
        if (group < 17)
            return component();
        if (group < 18)
            return domain();
        if (group < 19)
            return journey();
        return compound();
    }

private:
    NodeId node() { return m_nodes.empty() || m_random.chance(0.02) ? newNodeId() : m_random.oneOf(m_nodes)->id; }

    /// A node of one of these types, if there is any.
    NodeId node(std::initializer_list<OperatorType> types)
    {
        std::vector<NodeId> fitting;
        for (const auto& one : m_nodes) {
            if (std::ranges::find(types, typeOf(*one)) != types.end())
                fitting.push_back(one->id);
        }
        return fitting.empty() || m_random.chance(0.1) ? node() : m_random.oneOf(fitting);
    }

    std::size_t index(NodeId id)
    {
        const auto parent = findNode(m_journey, id);
        return m_random.below((parent ? childCount(*parent) : 0) + 1 + (m_random.chance(0.1) ? 2 : 0));
    }

    OperatorType type() { return static_cast<OperatorType>(m_random.below(std::variant_size_v<Operator>)); }
    ExpressionPtr newTree()
    {
        return m_journey.components.list().empty() ? makeExpression(Call{"nobody"})
                                                   : randomTree(m_random, m_journey, m_random.between(0, 2));
    }

    std::vector<NodeId> selection()
    {
        std::vector<NodeId> ids;
        do {
            ids.push_back(node());
        } while (m_random.chance(0.4));
        return ids;
    }

    /// Mostly some children of one node.
    std::vector<NodeId> siblings()
    {
        const auto parent = findNode(m_journey, node());
        if (!parent || childCount(*parent) == 0 || m_random.chance(0.2))
            return {node()};
        std::vector<NodeId> ids;
        for (const auto& child : children(*parent)) {
            if (m_random.chance(0.6))
                ids.push_back(child->id);
        }
        return ids;
    }

    NodeId inner()
    {
        using enum OperatorType;
        return node({Series, Parallel, Race, KofN, Branch, Retry, Fallback, Timeout, Optional});
    }

    Edit tree()
    {
        switch (m_random.below(9)) {
        case 0: {
            const auto parent = inner();
            return InsertChild{parent, index(parent), newTree(), m_random.chance(0.5) ? "new" : ""};
        }
        case 1:
            return InsertBeside{node(), m_random.chance(0.5) ? Side::Before : Side::After, newTree()};
        case 2:
            return SetRoot{m_random.chance(0.3) ? "" : newName("f"), newTree()};
        case 3:
            return RemoveNodes{selection()};
        case 4: {
            const auto parent = inner();
            return MoveNodes{selection(), parent, index(parent)};
        }
        case 5: {
            std::vector<ExpressionPtr> further;
            while (m_random.chance(0.2))
                further.push_back(newTree());
            return Wrap{siblings(), type(), std::move(further), m_random.chance(0.5) ? newNodeId() : NodeId{}};
        }
        case 6:
            return Unwrap{inner()};
        default:
            return ChangeOperator{inner(), type()};
        }
    }

    Edit value()
    {
        using enum OperatorType;
        const std::optional<base::Duration> time =
            m_random.chance(0.3) ? std::nullopt : std::optional<base::Duration>(m_random.between(-1, 9) * 1ms);
        const auto branch = node({Branch});
        const auto choice = m_random.below(3);
        switch (m_random.below(10)) {
        case 0:
            return SetDuration{node({Retry, Timeout, Race}), time};
        case 1:
            return SetCount{node({Retry, KofN}), m_random.between(0, 4)};
        case 2:
            return SetWait{node({Optional}), m_random.chance(0.3) ? std::nullopt : std::optional(m_random.chance(0.5))};
        case 3:
            return SetProbability{branch, choice, range()};
        case 4: {
            std::vector<ProbabilityRange> values;
            const auto found = findNode(m_journey, branch);
            for (std::size_t i = found ? childCount(*found) : 2; i > 0; --i)
                values.push_back(range());
            if (m_random.chance(0.7))
                values.assign(values.size(), {base::Ratio(base::Decimal()), base::Ratio(*base::Decimal::parse("1"))});
            return SetProbabilities{branch, std::move(values)};
        }
        case 5:
            return SetChoiceLabel{branch, choice, randomText(m_random)};
        case 6:
            return SetNodeName{node(), m_random.chance(0.3) ? "" : newName("n")};
        case 7:
            return SetNodeNotes{node(), randomText(m_random)};
        case 8:
            return SetCall{node({Call, Use}), componentName()};
        default:
            return SetUse{node({Call, Use}), fragmentName()};
        }
    }

    ProbabilityRange range()
    {
        const auto one = randomRatio(m_random);
        return m_random.chance(0.7) ? ProbabilityRange(one) : ProbabilityRange(one, randomRatio(m_random));
    }

    /// Mostly one that is not taken.
    std::string newName(const char* prefix) { return prefix + std::to_string(m_random.between(2, 99)); }

    std::string componentName()
    {
        const auto& list = m_journey.components.list();
        return list.empty() || m_random.chance(0.1) ? "nobody" : m_random.oneOf(list)->name;
    }
    std::string fragmentName()
    {
        const auto& list = m_journey.fragments;
        return list.empty() || m_random.chance(0.1) ? "nothing" : m_random.oneOf(list).name;
    }
    std::string ruleName()
    {
        const auto& list = m_journey.domainRules;
        return list.empty() ? randomDomain(m_random) : m_random.oneOf(list).name;
    }

    Edit fragment()
    {
        switch (m_random.below(4)) {
        case 0:
            return ExtractFragment{siblings(), newName("f"), m_random.chance(0.5) ? newNodeId() : NodeId{}};
        case 1:
            return InlineFragment{node({OperatorType::Use})};
        case 2:
            return RenameFragment{fragmentName(), newName("f")};
        default:
            return RemoveFragment{fragmentName()};
        }
    }

    Edit component()
    {
        switch (m_random.below(6)) {
        case 0:
            return AddComponent{randomComponent(m_random, newName("c"))};
        case 1:
            return RemoveComponent{componentName()};
        case 2:
            return RenameComponent{componentName(), newName("c")};
        case 3:
            return SetComponent{randomComponent(m_random, componentName())};
        case 4:
            return BindComponent{componentName(), m_random.oneOf<std::string>({"", "openslo:other", "other"})};
        default:
            return SetAvailability{componentName(),
                                   m_random.chance(0.3) ? std::nullopt : std::optional(randomRatio(m_random))};
        }
    }

    Edit domain()
    {
        switch (m_random.below(4)) {
        case 0:
            return AddDomainRule{randomRule(m_random, randomDomain(m_random))};
        case 1:
            return SetDomainRule{randomRule(m_random, ruleName())};
        case 2:
            return RemoveDomainRule{ruleName()};
        default:
            return RenameDomain{randomDomain(m_random), m_random.oneOf<std::string>({"az", "az:new", ":bad", "net"})};
        }
    }

    Edit journey()
    {
        switch (m_random.below(6)) {
        case 0:
            return SetObjectives{randomObjectives(m_random)};
        case 1:
            return SetObjectiveTarget{randomRatio(m_random)};
        case 2:
            return SetExpectedEvents{m_random.oneOf<std::optional<double>>({std::nullopt, 0, 5e5})};
        case 3:
            return SetGovernance{randomGovernance(m_random)};
        case 4:
            return SetEvidence{randomEvidence(m_random)};
        default:
            return SetMetadata{m_random.chance(0.2) ? "" : "other", randomText(m_random), m_intent.labels};
        }
    }

    /// A call of a new component, and sometimes an edit of what is there.
    Edit compound()
    {
        const auto name = newName("c");
        const auto parent = inner();
        Compound all{{AddComponent{randomComponent(m_random, name)},
                      InsertChild{parent, index(parent), makeExpression(Call{name})}}};
        if (m_random.chance(0.5))
            all.edits.push_back(value());
        return all;
    }

    Random& m_random;
    const Journey& m_journey;
    const Intent& m_intent;
    std::vector<ExpressionPtr> m_nodes;
};

} // namespace

Edit randomEdit(Random& random, const Intent& intent)
{
    return Maker(random, intent).make();
}

} // namespace emac::tests
