// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/comonotone.h"

#include <utility>

namespace emac::analysis {

Cdf comonotoneSum(const Cdf& a, const Cdf& b, std::size_t cells)
{
    if (a.isZero() || b.isZero())
        return {};
    const auto left = a.values();
    const auto right = b.values();
    const double leftFactor = a.factor();
    const double rightFactor = b.factor();
    const std::size_t first = a.first() + b.first();
    if (first >= cells)
        return {};
    std::vector<double> values;
    std::size_t i = 0;
    std::size_t j = 0;
    // Both quantiles at rising levels: up to the smaller of the two values they stand where they are.
    while (i < left.size() && j < right.size() && first + i + j < cells) {
        const double atLeft = leftFactor * left[i];
        const double atRight = rightFactor * right[j];
        const double level = std::min(atLeft, atRight);
        const double before = values.empty() ? 0 : values.back();
        values.resize(i + j + 1, before);
        values.back() = std::max(before, level);
        i += atLeft <= level ? 1 : 0;
        j += atRight <= level ? 1 : 0;
    }
    return {first, std::move(values)};
}

} // namespace emac::analysis
