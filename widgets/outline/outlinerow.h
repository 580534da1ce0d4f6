// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the outline, and how they come to be those of another journey.
#pragma once

#include "widgets/outline/outlinemodel.h"

#include <unordered_set>

namespace emac::widgets {

struct OutlineModel::Row
{
    journey::NodeId key{};
    journey::Element element;
    journey::ExpressionPtr node; ///< null for the journey and for fragments
    Row* parent = nullptr;
    std::vector<std::unique_ptr<Row>> children;
    mutable std::size_t place = 0; ///< where it stood when last asked
    Look look;
    bool found = false;

    std::size_t index() const;
};

/// What a row is to be.
struct OutlineModel::Wanted
{
    journey::NodeId key{};
    journey::Element element;
    journey::ExpressionPtr node; ///< null for the journey and for fragments
    journey::ExpressionPtr body; ///< of those: their one child; may be null

    std::vector<Wanted> children() const;
};

/// Makes the rows those of a journey, by removing, moving and inserting the fewest it can find. O(size).
class OutlineModel::Follower
{
public:
    Follower(OutlineModel& model, const std::vector<Wanted>& outermost);
    void follow();

private:
    void removeStale(Row& row);
    bool holdsWanted(const Row& row) const;
    void arrange(Row& parent, const std::vector<Wanted>& wanted);
    std::unordered_set<journey::NodeId> staying(const Row& parent, const std::vector<Wanted>& wanted) const;
    void insert(Row& parent, std::size_t index, const Wanted& wanted);
    void move(Row& row, Row& to, std::size_t index);
    std::unique_ptr<Row> made(const Wanted& wanted, bool withChildren);
    bool isAllNew(const Wanted& wanted) const;

    OutlineModel& m_model;
    const std::vector<Wanted>& m_outermost;
    std::unordered_set<journey::NodeId> m_wanted;
};

} // namespace emac::widgets
