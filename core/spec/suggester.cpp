// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/suggester.h"

#include <algorithm>

namespace emac::spec {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Optimal string alignment distance, letter case ignored.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before;
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
    }
    return last[b.size()];
}

} // namespace

std::optional<std::string> Suggester::nearest(std::string_view word, const std::vector<std::string>& candidates)
{
    constexpr std::size_t longest = 64;
    if (word.size() < 2 || word.size() > longest)
        return std::nullopt;
    const auto allowed = std::max<std::size_t>(1, word.size() / 3);
    std::optional<std::string> best;
    auto bestDistance = allowed + 1;
    for (const auto& candidate : candidates) {
        const auto difference =
            candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
        if (difference > allowed || candidate == word)
            continue;
        const auto cells = (word.size() + 1) * (candidate.size() + 1);
        if (cells > m_budget)
            break;
        m_budget -= cells;
        if (const auto found = distance(word, candidate); found < bestDistance) {
            bestDistance = found;
            best = candidate;
        }
    }
    return best;
}

} // namespace emac::spec
