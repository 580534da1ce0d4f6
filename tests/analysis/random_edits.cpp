// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/random_edits.h"

#include <functional>

namespace emac::tests {

namespace {

using journey::Expression;

/// Null removes the node from its parent.
using Change = std::function<ExpressionPtr(const ExpressionPtr&)>;

std::size_t sizeOf(const ExpressionPtr& node)
{
    std::size_t size = 1;
    for (const auto& child : journey::children(*node))
        size += sizeOf(child);
    return size;
}

/// The list of children that can be made longer or shorter; null where there is none.
List* childList(journey::Operator& op)
{
    if (auto* series = std::get_if<journey::Series>(&op))
        return &series->steps;
    if (auto* parallel = std::get_if<journey::Parallel>(&op))
        return &parallel->branches;
    if (auto* race = std::get_if<journey::Race>(&op))
        return &race->branches;
    if (auto* kofn = std::get_if<journey::KofN>(&op))
        return &kofn->branches;
    if (auto* fallback = std::get_if<journey::Fallback>(&op))
        return &fallback->alternates;
    return nullptr;
}

/// Changes the node with this number, counted in document order, and makes the spine above it anew.
ExpressionPtr changed(const ExpressionPtr& node, std::size_t& number, const Change& change)
{
    if (number-- == 0)
        return change(node);
    auto below = journey::children(*node);
    for (std::size_t i = 0; i < below.size(); ++i) {
        const auto size = sizeOf(below[i]);
        if (number >= size) {
            number -= size;
            continue;
        }
        auto child = changed(below[i], number, change);
        if (child == below[i])
            return node;
        if (child) {
            below[i] = std::move(child);
            return journey::replaced(*node, journey::withChildren(node->op, below));
        }
        auto op = node->op;
        auto* list = childList(op);
        const auto found = list == nullptr ? List::iterator() : std::ranges::find(*list, below[i]);
        if (list == nullptr || list->size() < 2 || found == list->end())
            return node;
        list->erase(found);
        return journey::replaced(*node, op);
    }
    return node;
}

ExpressionPtr copied(const ExpressionPtr& node)
{
    auto below = journey::children(*node);
    for (auto& child : below)
        child = copied(child);
    return journey::makeExpression(journey::withChildren(node->op, below));
}

class Editor
{
public:
    Editor(Random& random, RandomJourney& made) : m_random(random), m_made(made) { }

    void edit()
    {
        switch (m_random.below(12)) {
        case 0:
        case 1:
            return setInput([&](journey::Input& input) { setValue(input); });
        case 2:
            return setInput([&](journey::Input& input) { setDomains(input); });
        case 3:
            return setInput([&](journey::Input& input) { input.independentCalls = !input.independentCalls; });
        case 4:
            return editNode([&](const auto& node) { return otherParameter(node); });
        case 5:
            return editNode([&](const auto& node) { return otherOperator(node); });
        case 6:
            return editNode([&](const auto& node) { return withNewChild(node); });
        case 7:
            return editNode([](const auto&) { return ExpressionPtr(); });
        case 8:
            return editNode([&](const auto& node) { return reordered(node); });
        case 9:
            return editNode([&](const auto& node) { return wrapped(node); });
        case 10:
            return editNode([&](const auto& node) { return otherLeaf(node); });
        default:
            return editFragments();
        }
    }

private:
    void setInput(const std::function<void(journey::Input&)>& change)
    {
        const auto& name = m_made.components[m_random.below(m_made.components.size())];
        auto input = *m_made.inputs.find(name);
        change(input);
        input.version = journey::newVersion();
        m_made.inputs.set(name, input);
    }

    void setValue(journey::Input& input)
    {
        const double lower = m_random.chance(0.1) ? 0 : m_random.unit() * 0.2;
        input.failure = {lower, lower, m_random.chance(0.5) ? lower : lower + m_random.unit() * 0.1};
    }

    void setDomains(journey::Input& input)
    {
        const std::vector<std::string> names{"zone:a", "zone:b", "zone", "net:1", "cluster"};
        input.domains.clear();
        for (const auto& name : names) {
            if (m_random.chance(0.15))
                input.domains.push_back(name);
        }
        input.domainsUnknown = m_random.chance(0.1);
    }

    /// A random node, of the tree or of a fragment.
    void editNode(const Change& change)
    {
        std::vector<ExpressionPtr*> roots;
        if (m_made.journey.root)
            roots.push_back(&m_made.journey.root);
        for (auto& fragment : m_made.journey.fragments)
            roots.push_back(&fragment.body);
        auto& root = *roots[m_random.chance(0.6) ? 0 : m_random.below(roots.size())];
        std::size_t number = m_random.below(sizeOf(root));
        if (auto result = changed(root, number, change))
            root = std::move(result);
    }

    ExpressionPtr otherParameter(const ExpressionPtr& node)
    {
        auto op = node->op;
        if (auto* retry = std::get_if<journey::Retry>(&op))
            retry->attempts = m_random.between(1, 4);
        if (auto* kofn = std::get_if<journey::KofN>(&op))
            kofn->k = m_random.between(1, static_cast<int>(kofn->branches.size()) + 1);
        if (auto* branch = std::get_if<journey::Branch>(&op); branch != nullptr && branch->choices.size() > 1)
            std::swap(branch->choices.front().probability, branch->choices.back().probability);
        if (auto* timeout = std::get_if<journey::Timeout>(&op))
            timeout->deadline += std::chrono::milliseconds(1);
        return journey::replaced(*node, op); // a call: a new version of the same
    }

    ExpressionPtr otherOperator(const ExpressionPtr& node)
    {
        const auto below = journey::children(*node);
        if (below.size() < 2)
            return node;
        switch (m_random.below(5)) {
        case 0:
            return journey::replaced(*node, journey::Series{below});
        case 1:
            return journey::replaced(*node, journey::Parallel{below});
        case 2:
            return journey::replaced(*node, journey::Race{below, {}});
        case 3:
            return journey::replaced(*node, journey::Fallback{below.front(), {below.begin() + 1, below.end()}});
        default:
            return journey::replaced(*node, journey::KofN{m_random.between(1, static_cast<int>(below.size())), below});
        }
    }

    ExpressionPtr withNewChild(const ExpressionPtr& node)
    {
        auto op = node->op;
        auto* list = childList(op);
        if (list == nullptr)
            return node;
        const auto at = static_cast<std::ptrdiff_t>(m_random.below(list->size() + 1));
        const bool copy = m_random.chance(0.3) && !list->empty() && sizeOf(m_made.journey.root) < 200;
        list->insert(list->begin() + at, copy ? copied((*list)[m_random.below(list->size())]) : leaf());
        return journey::replaced(*node, op);
    }

    ExpressionPtr reordered(const ExpressionPtr& node)
    {
        auto op = node->op;
        auto* list = childList(op);
        if (list == nullptr || list->size() < 2)
            return node;
        std::swap((*list)[m_random.below(list->size())], (*list)[m_random.below(list->size())]);
        return journey::replaced(*node, op);
    }

    ExpressionPtr wrapped(const ExpressionPtr& node)
    {
        const auto below = journey::children(*node);
        if (below.size() == 1 && m_random.chance(0.7))
            return below.front();
        switch (m_random.below(4)) {
        case 0:
            return retry(m_random.between(1, 3), node);
        case 1:
            return timeout(node);
        case 2:
            return series({leaf(), optional(node)});
        default:
            return race({node, leaf()});
        }
    }

    ExpressionPtr otherLeaf(const ExpressionPtr& node)
    {
        if (!journey::children(*node).empty())
            return node;
        return journey::replaced(*node, leaf()->op);
    }

    ExpressionPtr leaf()
    {
        const auto& fragments = m_made.journey.fragments;
        if (!fragments.empty() && m_random.chance(0.3))
            return use(fragments[m_random.below(fragments.size())].name);
        if (m_random.chance(0.1))
            return call("without input");
        return call(m_made.components[m_random.below(m_made.components.size())]);
    }

    void editFragments()
    {
        auto& fragments = m_made.journey.fragments;
        if (fragments.empty() || (m_random.chance(0.3) && fragments.size() < 4)) {
            const auto name = numbered("g", m_random.below(10));
            if (m_made.journey.fragment(name) == nullptr)
                fragments.push_back({name, race({leaf(), series({leaf(), leaf()})})});
            return;
        }
        auto& one = fragments[m_random.below(fragments.size())];
        if (m_random.chance(0.5))
            std::swap(one, fragments[m_random.below(fragments.size())]);
        else if (m_random.chance(0.5)) // what used it uses nothing, or is used again
            one.name = numbered("f", 10 + m_random.below(3)) + one.name;
        else
            fragments.erase(fragments.begin() + (&one - fragments.data()));
    }

    Random& m_random;
    RandomJourney& m_made;
};

} // namespace

void editRandomly(Random& random, RandomJourney& made)
{
    Editor(random, made).edit();
}

} // namespace emac::tests
