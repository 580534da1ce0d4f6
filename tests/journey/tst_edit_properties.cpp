// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "tests/journey/random_edit.h"
#include "tests/journey/random_intent.h"

#include <QtTest>

#include <rapidcheck.h>

#include <cmath>
#include <functional>
#include <map>
#include <set>

using namespace emac;
using namespace emac::journey;
using emac::tests::Random;

namespace {

/// What is wrong with the journey, found without any help of the edits; empty where it is well-formed.
class WellFormed
{
public:
    explicit WellFormed(const Journey& journey) : m_journey(journey) { }

    std::string fault()
    {
        for (const auto& fragment : m_journey.fragments) {
            if (!m_fragments.emplace(fragment.name, fragment.body).second || fragment.name.empty())
                return "fragment name " + fragment.name;
            if (!fragment.body)
                return "no body";
        }
        for (const auto& component : m_journey.components.list()) {
            if (!m_components.insert(component->name).second || component->name.empty())
                return "component name " + component->name;
            if (m_journey.components.find(component->name) != component)
                return "component not found " + component->name;
            if (component->inlineAvailability && (component->observed || !component->inlineAvailability->withinUnit()))
                return "availability of " + component->name;
        }
        std::set<std::string> rules;
        for (const auto& rule : m_journey.domainRules) {
            if (rule.name.empty() || rule.name.front() == ':' || !rules.insert(rule.name).second)
                return "rule " + rule.name;
        }
        if (m_journey.root)
            visit(m_journey.root);
        for (const auto& fragment : m_journey.fragments)
            visit(fragment.body);
        if (m_fault.empty() && m_journey.root)
            depth(m_journey.root, 0);
        for (const auto& fragment : m_journey.fragments)
            depth(fragment.body, 0);
        return m_fault;
    }

private:
    void check(bool holds, const std::string& what)
    {
        if (!holds && m_fault.empty())
            m_fault = what;
    }

    void visit(const ExpressionPtr& node)
    {
        check(node != nullptr, "null");
        if (!node)
            return;
        check(m_ids.insert(node->id).second, "NodeId twice");
        check(node->name.empty() || m_names.insert(node->name).second, "explicit id twice");
        const auto below = journey::children(*node);
        if (const auto* call = std::get_if<Call>(&node->op))
            check(m_components.contains(call->component), "unknown component " + call->component);
        else if (const auto* use = std::get_if<Use>(&node->op))
            check(m_fragments.contains(use->fragment), "unknown fragment " + use->fragment);
        else
            check(!below.empty(), "no children");
        if (const auto* kofn = std::get_if<KofN>(&node->op))
            check(kofn->k >= 1 && kofn->k <= static_cast<int>(kofn->branches.size()), "k");
        if (const auto* fallback = std::get_if<Fallback>(&node->op))
            check(!fallback->alternates.empty(), "no alternate");
        if (const auto* retry = std::get_if<Retry>(&node->op))
            check(retry->attempts >= 1 && retry->backoff.value_or(base::Duration(0)).count() >= 0, "retry");
        if (const auto* branch = std::get_if<Branch>(&node->op))
            checkChoices(*branch);
        for (const auto& child : below)
            visit(child);
    }

    void checkChoices(const Branch& branch)
    {
        double least = 0;
        double most = 0;
        for (const auto& [label, probability, body] : branch.choices) {
            check(probability.lower.withinUnit() && probability.upper.withinUnit(), "probability");
            check(probability.lower.success() <= probability.upper.success(), "interval");
            least += probability.lower.success();
            most += probability.upper.success();
        }
        check(least <= 1 + 1e-9 && most >= 1 - 1e-9, "sum of choices");
    }

    void depth(const ExpressionPtr& node, int depth)
    {
        check(depth <= 200, "too deep, or a cycle");
        if (!m_fault.empty())
            return;
        if (const auto* use = std::get_if<Use>(&node->op))
            this->depth(m_fragments.at(use->fragment), depth + 1);
        for (const auto& child : journey::children(*node))
            this->depth(child, depth + 1);
    }

    const Journey& m_journey;
    std::map<std::string, ExpressionPtr> m_fragments;
    std::set<std::string> m_components;
    std::set<std::string> m_names;
    std::set<NodeId> m_ids;
    std::string m_fault;
};

std::map<NodeId, ExpressionPtr> nodesOf(const Journey& journey)
{
    std::map<NodeId, ExpressionPtr> nodes;
    for (const auto& place : nodePlaces(journey))
        nodes.emplace(place.node->id, place.node);
    return nodes;
}

std::set<NodeId> leavesOf(const Journey& journey)
{
    std::set<NodeId> leaves;
    for (const auto& [id, node] : nodesOf(journey)) {
        if (journey::children(*node).empty())
            leaves.insert(id);
    }
    return leaves;
}

Version newestOf(const Intent& intent)
{
    Version newest = 0;
    for (const auto& [id, node] : nodesOf(intent.journey))
        newest = std::max(newest, node->version);
    for (const auto& component : intent.journey.components.list())
        newest = std::max(newest, component->version);
    return newest;
}

/// Why an edit did not share all that it left as it was; empty where it did.
std::string unshared(const Intent& before, const Intent& after, Version newest)
{
    const auto old = nodesOf(before.journey);
    for (const auto& [id, node] : nodesOf(after.journey)) {
        const auto found = old.find(id);
        if (found == old.end() || found->second == node)
            continue;
        const auto& was = *found->second;
        if (node->version <= newest)
            return "changed without a new version";
        // Children are compared as pointers: a node that says the same over the same children had no need to change.
        if (node->op == was.op && node->name == was.name && node->notes == was.notes)
            return "rebuilt unchanged";
    }
    for (const auto& component : after.journey.components.list()) {
        const auto was = before.journey.components.find(component->name);
        if (!was || was == component)
            continue;
        auto same = *was;
        same.version = component->version;
        if (component->version <= newest || same == *component)
            return "component " + component->name;
    }
    return {};
}

/// All leaves, except those that the edit itself removes.
std::string lostLeaf(const Intent& before, const Edit& edit, const Intent& after)
{
    std::set<NodeId> wanted = leavesOf(before.journey);
    if (const auto* remove = std::get_if<RemoveNodes>(&edit)) {
        for (const auto id : remove->ids)
            forEachNode(findNode(before.journey, id), [&](const ExpressionPtr& node) { wanted.erase(node->id); });
    } else if (const auto* removed = std::get_if<RemoveFragment>(&edit)) {
        forEachNode(before.journey.fragment(removed->name), [&](const ExpressionPtr& node) { wanted.erase(node->id); });
    } else if (const auto* inlined = std::get_if<InlineFragment>(&edit)) {
        wanted.erase(inlined->use);
    }
    const auto there = leavesOf(after.journey);
    return std::ranges::includes(there, wanted) ? "" : "a leaf is gone";
}

bool isStructural(const Edit& edit)
{
    return targetOf(edit).empty();
}

} // namespace

class TestEditProperties : public QObject
{
    Q_OBJECT

private slots:
    void randomIntentsAreWellFormed()
    {
        QVERIFY(rc::check("random intents are well-formed", [](std::uint64_t seed) {
            Random random(seed);
            RC_ASSERT(WellFormed(tests::randomIntent(random).journey).fault() == std::string());
        }));
    }

    void editsKeepTheRules()
    {
        std::map<std::size_t, int> done;
        const auto chain = [&done](std::uint64_t seed) {
            Random random(seed);
            auto intent = tests::randomIntent(random);
            for (int i = 0; i < 20; ++i) {
                const auto edit = tests::randomEdit(random, intent);
                const auto newest = newestOf(intent);
                const auto result = journey::apply(intent, edit);
                RC_LOG() << "edit " << edit.index() << " on " << expressionText(intent.journey.root) << '\n';
                if (!result.value) {
                    RC_ASSERT(result.diagnostics.size() == 1U);
                    RC_ASSERT(result.diagnostics.front().severity() == base::Severity::Error);
                    continue;
                }
                ++done[edit.index()];
                const auto& after = *result.value;
                RC_LOG() << "gives " << expressionText(after.journey.root) << '\n';
                RC_ASSERT(WellFormed(after.journey).fault() == std::string());
                RC_ASSERT(unshared(intent, after, newest) == std::string());
                RC_ASSERT(lostLeaf(intent, edit, after) == std::string());
                if (!isStructural(edit))
                    RC_ASSERT(leavesOf(after.journey) == leavesOf(intent.journey));
                intent = after;
            }
        };
        // Some edits can seldom be applied: often enough for each of them.
        for (int round = 0; round < 5; ++round)
            QVERIFY(rc::check("a chain of edits", chain));
        for (std::size_t i = 0; i < std::variant_size_v<Edit>; ++i)
            QVERIFY2(done[i] > 0, qPrintable(QStringLiteral("edit %1 was never applied").arg(i)));
    }

    void inversesGiveTheSameAgain()
    {
        std::map<std::size_t, int> undone;
        QVERIFY(rc::check("an edit and its inverse", [&undone](std::uint64_t seed) {
            Random random(seed);
            const auto intent = tests::randomIntent(random);
            for (int i = 0; i < 10; ++i) {
                const auto edit = tests::randomEdit(random, intent);
                const auto after = journey::apply(intent, edit);
                const auto inverse = after.value ? tests::inverseOf(intent, edit, *after.value) : std::optional<Edit>();
                if (!inverse)
                    continue;
                RC_LOG() << "edit " << edit.index() << " on " << expressionText(intent.journey.root) << " gives "
                         << expressionText(after.value->journey.root) << '\n';
                const auto back = journey::apply(*after.value, *inverse);
                RC_ASSERT(back.value.has_value());
                RC_LOG() << "and back " << expressionText(back.value->journey.root) << '\n';
                RC_ASSERT(equalContent(*back.value, intent));
                ++undone[edit.index()];
            }
        }));
        QVERIFY(undone.size() >= 25);
    }

    void copiesAreNew()
    {
        QVERIFY(rc::check("a copy has new NodeIds and no name that is taken", [](std::uint64_t seed) {
            Random random(seed);
            auto intent = tests::randomIntent(random);
            if (!intent.journey.root)
                return;
            const auto copy = copied(intent.journey.root, intent.journey);
            const auto into = journey::apply(intent, SetRoot{"pasted", copy});
            RC_ASSERT(into.value.has_value());
            RC_ASSERT(WellFormed(into.value->journey).fault() == std::string());
            Journey empty;
            RC_ASSERT(equalContent(copied(intent.journey.root, empty), intent.journey.root));
        }));
    }
};

QTEST_GUILESS_MAIN(TestEditProperties)
#include "tst_edit_properties.moc"
