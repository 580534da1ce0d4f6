// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/reconcile.h"

#include "core/journey/paths.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <string_view>
#include <type_traits>
#include <utility>

namespace emac::journey {

namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);

/// The nodes of an intent, parents before children, so that a subtree is a range.
struct Nodes
{
    explicit Nodes(const Journey& journey) : places(nodePlaces(journey))
    {
        const auto count = places.size();
        partner.assign(count, nobody);
        contents.assign(count, 0);
        sizes.assign(count, 1);
        parent.assign(count, nobody);
        std::vector<std::size_t> above;
        for (std::size_t i = 0; i < count; ++i) {
            const auto depth = static_cast<std::size_t>(places[i].depth);
            above.resize(depth);
            if (depth > 0)
                parent[i] = above.back();
            above.push_back(i);
        }
        for (std::size_t i = count; i-- > 0;) {
            if (parent[i] != nobody)
                sizes[parent[i]] += sizes[i];
        }
    }

    std::size_t count() const { return places.size(); }
    const Expression& node(std::size_t i) const { return *places[i].node; }
    bool isFree(std::size_t i) const { return partner[i] == nobody; }

    /// The direct children, in order.
    std::vector<std::size_t> below(std::size_t i) const
    {
        std::vector<std::size_t> result;
        for (auto child = i + 1; child < i + sizes[i]; child += sizes[child])
            result.push_back(child);
        return result;
    }

    std::vector<NodePlace> places;
    std::vector<std::size_t> parent; ///< nobody for the root and the bodies of fragments
    std::vector<std::size_t> sizes; ///< nodes of the subtree
    std::vector<std::size_t> contents; ///< equal numbers: equal subtrees
    std::vector<std::size_t> partner; ///< the matched node of the other intent
};

/// One step of splitmix64: the numbers of contents are small and dense, and must not meet in a sum.
void mix(std::uint64_t& seed, std::uint64_t value)
{
    seed = (seed ^ value) + 0x9e3779b97f4a7c15U;
    seed = (seed ^ (seed >> 30U)) * 0xbf58476d1ce4e5b9U;
    seed = (seed ^ (seed >> 27U)) * 0x94d049bb133111ebU;
    seed ^= seed >> 31U;
}

template<typename T>
std::size_t hashOf(const T& value)
{
    return std::hash<T>()(value);
}

std::size_t hashOf(const std::optional<base::Duration>& value)
{
    return value ? hashOf(value->count()) : 0;
}

/// Of the operator's own parameters, without its children.
std::uint64_t parameterHash(const Operator& op)
{
    std::uint64_t seed = op.index();
    std::visit(
        [&](const auto& own) {
            using T = std::decay_t<decltype(own)>;
            if constexpr (std::is_same_v<T, Call>) {
                mix(seed, hashOf(own.component));
            } else if constexpr (std::is_same_v<T, Use>) {
                mix(seed, hashOf(own.fragment));
            } else if constexpr (std::is_same_v<T, Race>) {
                mix(seed, hashOf(own.hedgeDelay));
            } else if constexpr (std::is_same_v<T, KofN>) {
                mix(seed, hashOf(own.k));
            } else if constexpr (std::is_same_v<T, Branch>) {
                for (const auto& choice : own.choices) {
                    mix(seed, hashOf(choice.label));
                    mix(seed, hashOf(choice.probability.lower.success()));
                    mix(seed, hashOf(choice.probability.upper.success()));
                }
            } else if constexpr (std::is_same_v<T, Retry>) {
                mix(seed, hashOf(own.attempts));
                mix(seed, hashOf(own.backoff));
            } else if constexpr (std::is_same_v<T, Timeout>) {
                mix(seed, hashOf(own.deadline.count()));
            } else if constexpr (std::is_same_v<T, Optional>) {
                mix(seed, hashOf(own.waits()));
            }
        },
        op);
    return seed;
}

/// Numbers the contents of subtrees, bottom-up: equal subtrees get equal numbers.
class ContentNumbers
{
public:
    void number(Nodes& nodes)
    {
        m_contents.reserve(m_contents.size() + nodes.count());
        m_byHash.reserve(m_contents.size() + nodes.count());
        for (std::size_t i = nodes.count(); i-- > 0;) {
            std::vector<std::size_t> below;
            for (const auto child : nodes.below(i))
                below.push_back(nodes.contents[child]);
            nodes.contents[i] = numberOf(nodes.places[i].node, std::move(below));
        }
    }

    std::size_t count() const { return m_contents.size(); }

private:
    struct Content
    {
        ExpressionPtr example;
        std::vector<std::size_t> below; ///< the contents of the children
    };

    std::size_t numberOf(const ExpressionPtr& node, std::vector<std::size_t> below)
    {
        auto hash = parameterHash(node->op);
        mix(hash, hashOf(node->name));
        mix(hash, hashOf(node->notes));
        for (const auto content : below)
            mix(hash, content);
        const auto [begin, end] = m_byHash.equal_range(hash);
        for (auto candidate = begin; candidate != end; ++candidate) {
            if (isOf(m_contents[candidate->second], *node, below))
                return candidate->second;
        }
        m_contents.push_back({node, std::move(below)});
        m_byHash.emplace(hash, m_contents.size() - 1);
        return m_contents.size() - 1;
    }

    static bool isOf(const Content& content, const Expression& node, const std::vector<std::size_t>& below)
    {
        const auto& example = *content.example;
        if (example.name != node.name || example.notes != node.notes || content.below != below
            || example.op.index() != node.op.index())
            return false;
        // With the children made the same, what is left to compare is the operator's own parameters.
        return below.empty() ? example.op == node.op : withChildren(example.op, children(node)) == node.op;
    }

    std::vector<Content> m_contents;
    std::unordered_multimap<std::uint64_t, std::size_t> m_byHash;
};

/// Finds for each fresh node its counterpart among the old ones.
class Matcher
{
public:
    Matcher(Nodes& old, Nodes& fresh) : m_old(old), m_fresh(fresh) { }

    /// @param contents how many different ones there are
    void run(std::size_t contents)
    {
        matchNames();
        matchContents(contents);
        matchPlaces();
        matchLeftOver();
    }

private:
    /// Nodes by explicit id. An id that is there twice, a fault of the document, names nothing.
    static std::unordered_map<std::string_view, std::size_t> named(const Nodes& nodes)
    {
        std::unordered_map<std::string_view, std::size_t> result;
        for (std::size_t i = 0; i < nodes.count(); ++i) {
            if (const auto& name = nodes.node(i).name; !name.empty()) {
                const auto [entry, added] = result.emplace(name, i);
                entry->second = added ? i : nobody;
            }
        }
        std::erase_if(result, [](const auto& entry) { return entry.second == nobody; });
        return result;
    }

    void matchNames()
    {
        const auto names = named(m_old);
        for (const auto& [name, node] : named(m_fresh)) {
            const auto found = names.find(name);
            if (found != names.end())
                pair(found->second, node);
        }
    }

    /// Nodes of one content that have no partner yet.
    struct Group
    {
        std::size_t size = 0; ///< nodes of such a subtree
        std::vector<std::size_t> old;
        std::vector<std::size_t> fresh;
    };

    /// Larger subtrees come first, so that no part of one is given away to another place.
    void matchContents(std::size_t count)
    {
        std::vector<Group> groups(count);
        collect(m_fresh, groups, &Group::fresh);
        collect(m_old, groups, &Group::old);
        std::vector<Group*> inBoth;
        for (auto& group : groups) {
            if (!group.old.empty() && !group.fresh.empty())
                inBoth.push_back(&group);
        }
        std::ranges::stable_sort(inBoth, std::greater<>(), &Group::size);
        for (auto* group : inBoth)
            matchEqual(*group);
    }

    static void collect(const Nodes& nodes, std::vector<Group>& groups, std::vector<std::size_t> Group::*side)
    {
        for (std::size_t i = 0; i < nodes.count(); ++i) {
            auto& group = groups[nodes.contents[i]];
            group.size = nodes.sizes[i];
            if (nodes.isFree(i))
                (group.*side).push_back(i);
        }
    }

    /// At the same place first, the others in document order.
    void matchEqual(Group& group)
    {
        const auto dropTaken = [&group, this] {
            std::erase_if(group.old, [this](std::size_t i) { return !m_old.isFree(i); });
            std::erase_if(group.fresh, [this](std::size_t i) { return !m_fresh.isFree(i); });
        };
        dropTaken(); // with a larger subtree
        if (group.old.size() == 1 && group.fresh.size() == 1) {
            pair(group.old.front(), group.fresh.front());
            return;
        }
        std::unordered_map<std::string_view, std::size_t> byPlace;
        for (const auto node : group.old)
            byPlace.emplace(m_old.places[node].key, node);
        for (const auto node : group.fresh) {
            const auto found = byPlace.find(m_fresh.places[node].key);
            if (found != byPlace.end() && m_old.isFree(found->second))
                pair(found->second, node);
        }
        dropTaken();
        for (std::size_t i = 0; i < std::min(group.old.size(), group.fresh.size()); ++i)
            pair(group.old[i], group.fresh[i]);
    }

    void matchPlaces()
    {
        std::unordered_map<std::string_view, std::size_t> byPlace;
        for (std::size_t i = 0; i < m_old.count(); ++i) {
            if (m_old.isFree(i))
                byPlace.emplace(m_old.places[i].key, i);
        }
        for (std::size_t i = 0; i < m_fresh.count(); ++i) {
            const auto found = byPlace.find(m_fresh.places[i].key);
            if (found != byPlace.end())
                pairSimilar(found->second, i);
        }
    }

    /// A call of another component, a node that has got another id: what is left over on both sides below a matched
    /// parent, in document order, of one operator. Roots and the bodies of fragments stand below their names.
    void matchLeftOver()
    {
        std::map<std::string_view, std::size_t> oldTrees;
        for (std::size_t i = 0; i < m_old.count(); i += m_old.sizes[i])
            oldTrees.emplace(m_old.places[i].fragment, i);
        for (std::size_t i = 0; i < m_fresh.count(); i += m_fresh.sizes[i]) {
            const auto found = oldTrees.find(m_fresh.places[i].fragment);
            if (found != oldTrees.end())
                pairSimilar(found->second, i);
        }
        for (std::size_t i = 0; i < m_fresh.count(); ++i) {
            const bool same = m_fresh.isFree(i) || m_old.contents[m_fresh.partner[i]] == m_fresh.contents[i];
            if (!same)
                matchChildren(m_fresh.partner[i], i);
        }
    }

    void matchChildren(std::size_t old, std::size_t fresh)
    {
        std::map<OperatorType, std::vector<std::size_t>> free; // the next one last
        const auto before = m_old.below(old);
        for (auto child = before.rbegin(); child != before.rend(); ++child) {
            if (m_old.isFree(*child))
                free[typeOf(m_old.node(*child))].push_back(*child);
        }
        for (const auto child : m_fresh.below(fresh)) {
            auto& candidates = free[typeOf(m_fresh.node(child))];
            if (!m_fresh.isFree(child) || candidates.empty())
                continue;
            pairSimilar(candidates.back(), child);
            candidates.pop_back();
        }
    }

    /// Where both are free and of one operator.
    void pairSimilar(std::size_t old, std::size_t fresh)
    {
        if (m_old.isFree(old) && m_fresh.isFree(fresh) && typeOf(m_old.node(old)) == typeOf(m_fresh.node(fresh)))
            pair(old, fresh);
    }

    /// With all below where they are equal. No part of equal subtrees has a partner elsewhere: an id, being unique,
    /// stands at the same place in both, and larger subtrees are matched before smaller ones.
    void pair(std::size_t old, std::size_t fresh)
    {
        const bool equal = m_old.contents[old] == m_fresh.contents[fresh];
        for (std::size_t i = 0; i < (equal ? m_old.sizes[old] : 1); ++i) {
            m_old.partner[old + i] = fresh + i;
            m_fresh.partner[fresh + i] = old + i;
        }
    }

    Nodes& m_old;
    Nodes& m_fresh;
};

/// The fresh nodes with the identities of their partners, by index; children before parents.
std::vector<ExpressionPtr> rebuilt(const Nodes& old, const Nodes& fresh)
{
    std::vector<ExpressionPtr> result(fresh.count());
    for (std::size_t i = fresh.count(); i-- > 0;) {
        const auto& node = fresh.places[i].node;
        const auto partner = fresh.partner[i];
        if (partner != nobody && old.contents[partner] == fresh.contents[i]) {
            result[i] = old.places[partner].node;
            continue;
        }
        std::vector<ExpressionPtr> below;
        bool untouched = partner == nobody;
        for (const auto child : fresh.below(i)) {
            below.push_back(result[child]);
            untouched = untouched && result[child] == fresh.places[child].node;
        }
        const auto id = partner == nobody ? node->id : old.node(partner).id;
        result[i] = untouched ? node
                              : std::make_shared<const Expression>(Expression{
                                  id, newVersion(), withChildren(node->op, std::move(below)), node->name, node->notes});
    }
    return result;
}

Components reconciled(const Components& old, const Components& fresh)
{
    std::vector<ComponentPtr> list;
    list.reserve(fresh.list().size());
    for (const auto& component : fresh.list()) {
        auto before = old.find(component->name);
        list.push_back(before && equalContent(*before, *component) ? std::move(before) : component);
    }
    return list == old.list() ? old : Components(std::move(list));
}

} // namespace

Reconciled reconcile(const Intent& old, const Intent& fresh)
{
    Nodes before(old.journey);
    Nodes after(fresh.journey);
    ContentNumbers numbers;
    numbers.number(before);
    numbers.number(after);
    Matcher(before, after).run(numbers.count());

    Reconciled result{fresh, {}};
    for (std::size_t i = 0; i < after.count(); ++i) {
        if (!after.isFree(i))
            result.handedOver.emplace(after.node(i).id, before.node(after.partner[i]).id);
    }
    const auto nodes = rebuilt(before, after);
    std::size_t next = 0;
    const auto take = [&](ExpressionPtr& tree) {
        if (!tree)
            return;
        tree = nodes[next];
        next += after.sizes[next];
    };
    take(result.intent.journey.root);
    for (auto& fragment : result.intent.journey.fragments)
        take(fragment.body);
    result.intent.journey.components = reconciled(old.journey.components, fresh.journey.components);
    return result;
}

} // namespace emac::journey
