// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace emac::analysis {

/// What a reduction counts and needs while it computes; one for a whole analysis.
struct Work
{
    std::uint64_t computed = 0;
    std::vector<std::size_t> changed;
};

/// Many failure probabilities made one, remembered with what went in. Where the same goes in again, the result is
/// taken over; the comparison is exact, so nothing is taken over wrongly.
class Reduction
{
public:
    /// What is done with the arguments.
    enum class Rule : char
    {
        Nothing,
        AnyFails,
        AllFail,
        TooFewSucceed,
        TooFewOfGroups,
        Mixture,
        Power
    };

    /// 1 − Π(1 − q), 0 of nothing, as a balanced tree of merges whose shape depends on the number of values alone.
    /// Its interior nodes are remembered: O(n) comparisons, and O(log n) merges for each value that has changed.
    /// Relative error O(log n) ulp.
    double anyFails(std::span<const double> q, Work& work);

    /// Π q, 1 of nothing; as above.
    double allFail(std::span<const double> q, Work& work);

    /// `compute(arguments)`, a pure function of the rule and the arguments.
    template<typename Compute>
    double other(Rule rule, std::span<const double> arguments, Work& work, Compute compute)
    {
        if (m_rule == rule && m_count == arguments.size()
            && std::equal(arguments.begin(), arguments.end(), m_values.begin()))
            return m_values.back();
        m_rule = rule;
        m_count = arguments.size();
        m_values.assign(arguments.begin(), arguments.end());
        m_values.push_back(compute(arguments));
        ++work.computed;
        return m_values.back();
    }

private:
    template<typename Merge>
    double reduceBalanced(Rule rule, std::span<const double> q, Work& work, Merge merge);
    bool takeLeaves(Rule rule, std::span<const double> q, Work& work);

    std::vector<double> m_values; ///< the arguments, then the levels of the tree above them; the result last
    std::size_t m_count = 0; ///< of arguments
    Rule m_rule = Rule::Nothing;
};

} // namespace emac::analysis
