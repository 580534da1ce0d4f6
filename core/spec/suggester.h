// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emac::spec {

/// Finds the name that was probably meant. The work over its whole life is bounded, so that a file with a hundred
/// thousand wrong names costs no more than some.
class Suggester
{
public:
    /// The candidate of least edit distance (insertion, deletion, change, swap of neighbours), if at most a third of
    /// the word differs; the first among equals. Empty where none is near, or the budget is spent.
    std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

private:
    std::size_t m_budget = 20'000'000; ///< cells of distance tables
};

} // namespace emac::spec
