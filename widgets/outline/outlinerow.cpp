// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outline/outlinerow.h"

#include <algorithm>

namespace emac::widgets {

std::size_t OutlineModel::Row::index() const
{
    const auto& siblings = parent->children;
    if (place >= siblings.size() || siblings[place].get() != this)
        place = static_cast<std::size_t>(std::ranges::find(siblings, this, [](const auto& row) { return row.get(); })
                                         - siblings.begin());
    return place;
}

std::vector<OutlineModel::Wanted> OutlineModel::Wanted::children() const
{
    std::vector<Wanted> result;
    const auto add = [&result](const journey::ExpressionPtr& child) {
        result.push_back({child->id, journey::Element::ofNode(child->id), child, nullptr});
    };
    if (node)
        journey::forEachChild(*node, add);
    else if (body)
        add(body);
    return result;
}

OutlineModel::Follower::Follower(OutlineModel& model, const std::vector<Wanted>& outermost)
    : m_model(model)
    , m_outermost(outermost)
{
    for (const auto& one : outermost) {
        m_wanted.insert(one.key);
        journey::forEachNode(one.body, [this](const journey::ExpressionPtr& node) { m_wanted.insert(node->id); });
    }
}

void OutlineModel::Follower::follow()
{
    removeStale(*m_model.m_root);
    arrange(*m_model.m_root, m_outermost);
    removeStale(*m_model.m_root); // what was in the way of nodes that have left it by now
}

bool OutlineModel::Follower::holdsWanted(const Row& row) const
{
    return m_wanted.contains(row.key)
           || std::ranges::any_of(row.children, [this](const auto& child) { return holdsWanted(*child); });
}

void OutlineModel::Follower::removeStale(Row& row)
{
    for (std::size_t i = row.children.size(); i-- > 0;) {
        auto& child = *row.children[i];
        if (holdsWanted(child)) {
            removeStale(child);
            continue;
        }
        const auto at = static_cast<int>(i);
        m_model.beginRemoveRows(&row == m_model.m_root.get() ? QModelIndex() : m_model.indexOf(row), at, at);
        const auto forget = [this](const auto& self, const Row& gone) -> void {
            m_model.m_rows.erase(gone.key);
            for (const auto& below : gone.children)
                self(self, *below);
        };
        forget(forget, child);
        row.children.erase(row.children.begin() + at);
        m_model.endRemoveRows();
    }
}

/// Of the parent's rows those that need not move: a longest run of them that already stand in the wanted order.
std::unordered_set<journey::NodeId> OutlineModel::Follower::staying(const Row& parent,
                                                                    const std::vector<Wanted>& wanted) const
{
    std::unordered_map<journey::NodeId, std::size_t> places;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        places.emplace(wanted[i].key, i);
    constexpr auto none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> goal; // of the rows that are wanted here
    std::vector<journey::NodeId> keys;
    for (const auto& child : parent.children) {
        if (const auto found = places.find(child->key); found != places.end()) {
            goal.push_back(found->second);
            keys.push_back(child->key);
        }
    }
    // Longest increasing subsequence, by the ends of the best runs of each length.
    std::vector<std::size_t> ends;
    std::vector<std::size_t> before(goal.size(), none);
    for (std::size_t i = 0; i < goal.size(); ++i) {
        const auto at = std::ranges::lower_bound(ends, goal[i], {}, [&goal](std::size_t end) { return goal[end]; });
        if (at != ends.begin())
            before[i] = *(at - 1);
        if (at == ends.end())
            ends.push_back(i);
        else
            *at = i;
    }
    std::unordered_set<journey::NodeId> result;
    for (auto i = ends.empty() ? none : ends.back(); i != none; i = before[i])
        result.insert(keys[i]);
    return result;
}

/// Parents come before children: when a row's children are arranged, the row and all above it stand where they belong,
/// so that no row is ever moved into itself.
void OutlineModel::Follower::arrange(Row& parent, const std::vector<Wanted>& wanted)
{
    const auto stay = staying(parent, wanted);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& one = wanted[i];
        if (stay.contains(one.key)) {
            // What stands before it goes behind all others, to be fetched or removed.
            while (parent.children[i]->key != one.key)
                move(*parent.children[i], parent, parent.children.size());
        } else if (const auto known = m_model.m_rows.find(one.key); known == m_model.m_rows.end()) {
            insert(parent, i, one);
        } else if (i >= parent.children.size() || parent.children[i]->key != one.key) {
            move(*known->second, parent, i);
        }
        auto& row = *parent.children[i];
        const bool same = row.node && row.node == one.node; // and so is all below it
        row.element = one.element;
        row.node = one.node;
        if (!same)
            arrange(row, one.children());
    }
}

void OutlineModel::Follower::insert(Row& parent, std::size_t index, const Wanted& wanted)
{
    const bool allNew = isAllNew(wanted);
    const auto at = static_cast<int>(index);
    m_model.beginInsertRows(&parent == m_model.m_root.get() ? QModelIndex() : m_model.indexOf(parent), at, at);
    auto row = made(wanted, allNew);
    row->parent = &parent;
    parent.children.insert(parent.children.begin() + at, std::move(row));
    m_model.endInsertRows();
}

void OutlineModel::Follower::move(Row& row, Row& to, std::size_t index)
{
    auto& from = *row.parent;
    const auto place = row.index();
    const auto indexOf = [this](const Row& one) {
        return &one == m_model.m_root.get() ? QModelIndex() : m_model.indexOf(one);
    };
    m_model.beginMoveRows(indexOf(from), static_cast<int>(place), static_cast<int>(place), indexOf(to),
                          static_cast<int>(index));
    auto taken = std::move(from.children[place]);
    from.children.erase(from.children.begin() + static_cast<std::ptrdiff_t>(place));
    const auto gone = &from == &to && place < index ? std::size_t{1} : std::size_t{0};
    taken->parent = &to;
    to.children.insert(to.children.begin() + static_cast<std::ptrdiff_t>(index - gone), std::move(taken));
    m_model.endMoveRows();
}

std::unique_ptr<OutlineModel::Row> OutlineModel::Follower::made(const Wanted& wanted, bool withChildren)
{
    auto row = std::make_unique<Row>();
    row->key = wanted.key;
    row->element = wanted.element;
    m_model.m_rows[wanted.key] = row.get();
    if (!withChildren)
        return row;
    row->node = wanted.node;
    for (const auto& child : wanted.children()) {
        row->children.push_back(made(child, true));
        row->children.back()->parent = row.get();
    }
    return row;
}

bool OutlineModel::Follower::isAllNew(const Wanted& wanted) const
{
    bool allNew = true;
    journey::forEachNode(wanted.node ? wanted.node : wanted.body, [&](const journey::ExpressionPtr& node) {
        allNew = allNew && !m_model.m_rows.contains(node->id);
    });
    return allNew;
}

} // namespace emac::widgets
