// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/dual_bound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

// Which widths δ of the dual bound are tried.
namespace emac::analysis {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Widths that are tried first, as parts of the sum of the tails' quantiles.
constexpr std::array firstWidths{0.02, 0.08, 0.25, 0.7};
/// Of small times the best width is often far larger than their sum.
constexpr std::array firstWidthsOfEarliest{0.04, 0.12, 0.3, 0.6, 1.2, 2.5, 5.0, 11.0};
/// With so many summands the offsets are taken exactly for every width; with more the hulls' corners tell enough.
constexpr std::size_t mostPolished = 12;
constexpr int mostDownhill = 12;

} // namespace

DualOffsets DualSearch::run()
{
    double best = tryWidth(0, false);
    // The width is of the order of the sum itself.
    const double range = std::abs(m_limited == Limit::Sum ? m_limit : m_best.r.empty() ? spread() : m_best.sum);
    if (range == 0)
        return std::move(m_best);
    const bool polished = m_tails.size() <= mostPolished;
    const bool latest = m_tails.front().side() == TailOf::Latest;
    const auto widths = latest ? std::span<const double>(firstWidths) : firstWidthsOfEarliest;
    std::size_t at = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const double found = tryWidth(widths[i] * range, polished);
        if (found < best) {
            best = found;
            at = i;
        }
    }
    if (at == widths.size())
        return std::move(m_best);
    refine((at == 0 ? widths[0] / 4 : widths[at - 1]) * range,
           (at + 1 == widths.size() ? 2 * widths.back() : widths[at + 1]) * range, polished);
    return std::move(m_best);
}

/// How far the hulls reach.
double DualSearch::spread() const
{
    double result = 0;
    for (std::size_t i = 0; i < m_tails.size(); ++i)
        result += hull(i).back().at - hull(i).front().at;
    return result;
}

/// Golden sections in ln δ; then parabolas.
void DualSearch::refine(double from, double to, bool polished)
{
    constexpr double golden = 0.6180339887498949;
    double low = std::log(from);
    double high = std::log(to);
    double left = high - golden * (high - low);
    double right = low + golden * (high - low);
    double atLeft = tryWidth(std::exp(left), polished);
    double atRight = tryWidth(std::exp(right), polished);
    while (high - low > 0.2) {
        if (atLeft <= atRight) {
            high = std::exchange(right, left);
            atRight = atLeft;
            left = high - golden * (high - low);
            atLeft = tryWidth(std::exp(left), polished);
        } else {
            low = std::exchange(left, right);
            atLeft = atRight;
            right = low + golden * (high - low);
            atRight = tryWidth(std::exp(right), polished);
        }
    }
    if (!m_anyFine)
        return;
    double middle = (low + high) / 2;
    double atMiddle = tryWidth(std::exp(middle), true);
    if (polished)
        vertex(middle, atMiddle, 0.06);
}

/// Parabolas through three widths, the last ones close together.
void DualSearch::vertex(double middle, double atMiddle, double step)
{
    for (; step > 0.01; step /= 4) {
        const double before = tryWidth(std::exp(middle - step), true);
        const double after = tryWidth(std::exp(middle + step), true);
        const double bend = before - 2 * atMiddle + after;
        if (!(bend > 0) || !std::isfinite(bend))
            return;
        middle += std::clamp((before - after) / (2 * bend), -2.0, 2.0) * step;
        atMiddle = tryWidth(std::exp(middle), true);
    }
}

DualOffsets DualSearch::runFrom(double width)
{
    const bool polished = m_tails.size() <= mostPolished;
    double step = 0.25;
    double middle = std::log(width);
    double atMiddle = tryWidth(width, polished);
    double after = tryWidth(std::exp(middle + step), polished);
    double before = infinity;
    if (after < atMiddle) {
        before = std::exchange(atMiddle, after);
        middle += step;
        after = tryWidth(std::exp(middle + step), polished);
    } else {
        before = tryWidth(std::exp(middle - step), polished);
    }
    // Downhill, in growing steps.
    for (int i = 0; i < mostDownhill && std::min(before, after) < atMiddle; ++i) {
        const bool up = after < atMiddle;
        middle += up ? step : -step;
        (up ? before : after) = atMiddle;
        atMiddle = up ? after : before;
        step *= 1.5;
        (up ? after : before) = tryWidth(std::exp(middle + (up ? step : -step)), polished);
    }
    if (!m_anyFine || !std::isfinite(atMiddle))
        return std::move(m_best);
    const double bend = before - 2 * atMiddle + after;
    if (bend > 0 && std::isfinite(bend)) { // of the last steps, which may differ
        middle += std::clamp((before - after) / (2 * bend), -0.7, 0.7) * step;
        atMiddle = tryWidth(std::exp(middle), true);
    }
    if (polished)
        vertex(middle, atMiddle, 0.24);
    return std::move(m_best);
}

} // namespace emac::analysis
