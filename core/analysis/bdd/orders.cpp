// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/orders.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace emac::analysis {

namespace {

using Kind = ModuleShape::Child::Kind;

/// Depth first from the root; the children of each gate by a key, those of one key from the left.
class DepthFirst
{
public:
    using Key = std::function<double(ModuleShape::Child)>;

    DepthFirst(const ModuleShape& shape, Key key) : m_shape(shape), m_key(std::move(key)) { }

    VariableOrder order()
    {
        VariableOrder order(m_shape.variableCount(), 0);
        std::vector<char> seenVariable(order.size(), 0);
        std::vector<char> seenGate(m_shape.gateCount(), 0);
        std::vector<ModuleShape::Child> pending{{Kind::Gate, static_cast<std::uint32_t>(m_shape.gateCount() - 1)}};
        std::uint32_t next = 0;
        while (!pending.empty()) {
            const auto child = pending.back();
            pending.pop_back();
            if (child.kind == Kind::Variable && seenVariable[child.index] == 0) {
                seenVariable[child.index] = 1;
                order[child.index] = next++;
            } else if (child.kind == Kind::Gate && seenGate[child.index] == 0) {
                seenGate[child.index] = 1;
                const auto below = sortedChildren(child.index);
                pending.insert(pending.end(), below.rbegin(), below.rend());
            }
        }
        return order;
    }

private:
    std::vector<ModuleShape::Child> sortedChildren(std::uint32_t gate) const
    {
        std::vector<ModuleShape::Child> children;
        for (const auto code : m_shape.gate(gate).children)
            children.push_back(ModuleShape::child(code));
        std::ranges::stable_sort(children, {}, m_key);
        return children;
    }

    const ModuleShape& m_shape;
    Key m_key;
};

/// By gate: how many variables stand below it, counted as often as they are reached, as a tree.
std::vector<double> sizesOf(const ModuleShape& shape)
{
    std::vector<double> sizes;
    for (std::size_t i = 0; i < shape.gateCount(); ++i) {
        double size = 0;
        for (const auto code : shape.gate(i).children) {
            const auto child = ModuleShape::child(code);
            size += child.kind == Kind::Gate ? sizes[child.index] : 1;
        }
        sizes.push_back(size);
    }
    return sizes;
}

/// How often each gate or variable is a child.
std::vector<double> usesOf(const ModuleShape& shape, Kind kind)
{
    std::vector<double> uses(kind == Kind::Gate ? shape.gateCount() : shape.variableCount(), 0.0);
    for (std::size_t i = 0; i < shape.gateCount(); ++i) {
        for (const auto code : shape.gate(i).children) {
            const auto child = ModuleShape::child(code);
            if (child.kind == kind)
                ++uses[child.index];
        }
    }
    return uses;
}

/// Moves each variable to the middle of the gates that it stands in, and these to the middle of their children, until
/// the places have settled.
VariableOrder forced(const ModuleShape& shape, VariableOrder order)
{
    constexpr int rounds = 20;
    const auto variables = shape.variableCount();
    std::vector<double> place(order.begin(), order.end());
    std::vector<double> center(shape.gateCount());
    std::vector<double> sum(variables);
    std::vector<double> gateSum(shape.gateCount());
    std::vector<double> count(variables);
    std::vector<double> gateCount(shape.gateCount());
    std::vector<std::uint32_t> byPlace(variables);
    for (int round = 0; round < rounds; ++round) {
        std::ranges::fill(sum, 0.0);
        std::ranges::fill(count, 0.0);
        std::ranges::fill(gateSum, 0.0);
        std::ranges::fill(gateCount, 0.0);
        for (std::size_t i = 0; i < shape.gateCount(); ++i) {
            const auto children = shape.gate(i).children;
            double all = 0;
            for (const auto code : children) {
                const auto child = ModuleShape::child(code);
                all += child.kind == Kind::Variable ? place[child.index]
                       : child.kind == Kind::Gate   ? center[child.index]
                                                    : 0;
            }
            center[i] = all / static_cast<double>(children.size());
        }
        for (std::size_t i = shape.gateCount(); i-- > 0;) {
            if (gateCount[i] > 0)
                center[i] = (center[i] + gateSum[i] / gateCount[i]) / 2;
            for (const auto code : shape.gate(i).children) {
                const auto child = ModuleShape::child(code);
                if (child.kind == Kind::Variable) {
                    sum[child.index] += center[i];
                    ++count[child.index];
                } else if (child.kind == Kind::Gate) {
                    gateSum[child.index] += center[i];
                    ++gateCount[child.index];
                }
            }
        }
        std::iota(byPlace.begin(), byPlace.end(), 0U);
        std::ranges::stable_sort(byPlace, {}, [&](std::uint32_t variable) { return sum[variable] / count[variable]; });
        for (std::uint32_t i = 0; i < variables; ++i)
            place[byPlace[i]] = i;
    }
    for (std::uint32_t i = 0; i < variables; ++i)
        order[byPlace[i]] = i;
    return order;
}

} // namespace

VariableOrder orderOf(const ModuleShape& shape, std::size_t way)
{
    switch (way) {
    case 0:
        return DepthFirst(shape, [](ModuleShape::Child) { return 0.0; }).order();
    case 1:
    case 2: {
        const auto sizes = sizesOf(shape);
        const double sign = way == 1 ? 1 : -1;
        return DepthFirst(shape,
                          [&](ModuleShape::Child child) {
                              return child.kind == Kind::Gate ? sign * sizes[child.index] : sign;
                          })
            .order();
    }
    case 3: {
        const auto gates = usesOf(shape, Kind::Gate);
        const auto variables = usesOf(shape, Kind::Variable);
        return DepthFirst(shape,
                          [&](ModuleShape::Child child) {
                              return child.kind == Kind::Gate       ? -gates[child.index]
                                     : child.kind == Kind::Variable ? -variables[child.index]
                                                                    : 0;
                          })
            .order();
    }
    case 4:
        return forced(shape, orderOf(shape, 0));
    default:
        return forced(shape, orderOf(shape, 1));
    }
}

} // namespace emac::analysis
