// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/reduction.h"

#include "core/analysis/arithmetic.h"

namespace emac::analysis {

namespace {

/// Of a balanced tree with so many leaves, all levels together. @pre leaves > 0
std::size_t treeSize(std::size_t leaves)
{
    std::size_t size = leaves;
    for (; leaves > 1; size += leaves)
        leaves = (leaves + 1) / 2;
    return size;
}

} // namespace

/// Puts the leaves in, and the parents of those that have changed into work.changed, ascending.
/// @returns whether the tree above is one of the same rule and shape
bool Reduction::takeLeaves(Rule rule, std::span<const double> q, Work& work)
{
    const bool same = m_rule == rule && m_count == q.size();
    if (!same) {
        m_rule = rule;
        m_count = q.size();
        m_values.resize(treeSize(q.size()));
    }
    work.changed.clear();
    for (std::size_t i = 0; i < q.size(); ++i) {
        if (same && m_values[i] == q[i])
            continue;
        m_values[i] = q[i];
        if (work.changed.empty() || work.changed.back() != i / 2)
            work.changed.push_back(i / 2);
    }
    return same;
}

template<typename Merge>
double Reduction::reduceBalanced(Rule rule, std::span<const double> q, Work& work, Merge merge)
{
    const bool same = takeLeaves(rule, q, work);
    auto& changed = work.changed;
    std::size_t level = 0; // where it begins in m_values
    for (std::size_t count = q.size(); count > 1 && !changed.empty(); count = (count + 1) / 2) {
        const std::size_t above = level + count;
        std::size_t kept = 0; // parents that have changed as well; never more than were read
        for (const std::size_t parent : changed) {
            const bool pair = 2 * parent + 1 < count;
            const double left = m_values[level + 2 * parent];
            const double value = pair ? merge(left, m_values[level + 2 * parent + 1]) : left;
            work.computed += pair ? 1 : 0;
            if (same && m_values[above + parent] == value)
                continue;
            m_values[above + parent] = value;
            if (kept == 0 || changed[kept - 1] != parent / 2)
                changed[kept++] = parent / 2;
        }
        changed.resize(kept);
        level = above;
    }
    return m_values.back();
}

double Reduction::anyFails(std::span<const double> q, Work& work)
{
    return q.empty() ? 0 : reduceBalanced(Rule::AnyFails, q, work, eitherFails);
}

double Reduction::allFail(std::span<const double> q, Work& work)
{
    return q.empty() ? 1 : reduceBalanced(Rule::AllFail, q, work, [](double a, double b) { return a * b; });
}

} // namespace emac::analysis
