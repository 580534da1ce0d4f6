// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/summand_tail.h"

#include <algorithm>
#include <cmath>

namespace emac::analysis {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Of y: a smaller δ is lost in the rounding of y + δ.
constexpr double mostCancelled = 1e-4;

} // namespace

double SummandTail::value(double y) const
{
    return m_side == TailOf::Latest ? 1 - m_summand->value(y) : m_summand->before(-y);
}

double SummandTail::from(double y) const
{
    return m_side == TailOf::Latest ? 1 - m_summand->before(y) : m_summand->value(-y);
}

double SummandTail::area(double y) const
{
    return m_side == TailOf::Latest ? y - m_summand->integral(y) : -m_summand->integral(-y);
}

double SummandTail::average(double y, double delta) const
{
    // Of areas that are large beside their difference nothing would be left; the value is above the average.
    if (delta <= mostCancelled * std::abs(y))
        return value(y);
    return std::max(0.0, (area(y + delta) - area(y)) / delta);
}

double SummandTail::quantile(double chance) const
{
    if (chance >= before())
        return -infinity;
    if (chance < behind())
        return infinity;
    if (isSmooth())
        return smoothQuantile(chance);
    const auto values = static_cast<const StepSummand&>(*m_summand).values();
    const bool latest = m_side == TailOf::Latest;
    const auto behind = std::ranges::partition_point(
        values, [&](double value) { return latest ? 1 - value > chance : value <= chance; });
    const double x = m_summand->knots()[static_cast<std::size_t>(behind - values.begin())];
    return latest ? x : -x;
}

/// The end of a narrow interval at which the condition holds.
double SummandTail::smoothQuantile(double chance) const
{
    const auto knots = m_summand->knots();
    const bool latest = m_side == TailOf::Latest;
    const auto isEnough = [&](double x) {
        return latest ? 1 - m_summand->value(x) <= chance : m_summand->before(x) > chance;
    };
    double low = 0;
    double high = knots.back();
    while (!isEnough(high) && high < infinity) {
        low = high;
        high *= 2;
    }
    const auto next = std::ranges::partition_point(knots, [&](double x) { return !isEnough(x); });
    if (next != knots.end()) {
        high = *next;
        low = next == knots.begin() ? 0 : *std::prev(next);
    }
    // False position (Illinois), with a bisection where that is slow.
    const double target = latest ? 1 - chance : chance;
    double atLow = m_summand->value(low) - target;
    double atHigh = m_summand->value(high) - target;
    for (int i = 0; i < 60 && high - low > 1e-14 * high; ++i) {
        double middle = low + (high - low) / 2;
        if (i % 4 != 3 && atHigh > atLow)
            middle = std::clamp((low * atHigh - high * atLow) / (atHigh - atLow), low + (high - low) * 1e-3,
                                high - (high - low) * 1e-3);
        const double at = m_summand->value(middle) - target;
        if (isEnough(middle)) {
            high = middle;
            atHigh = at;
            atLow *= 0.5;
        } else {
            low = middle;
            atLow = at;
            atHigh *= 0.5;
        }
    }
    return latest ? high : -low;
}

void SummandTail::addJumps(double least, std::vector<std::size_t>& places) const
{
    if (isSmooth())
        return;
    const auto values = static_cast<const StepSummand&>(*m_summand).values();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] - (i == 0 ? 0 : values[i - 1]) >= least)
            places.push_back(m_side == TailOf::Latest ? i : values.size() - 1 - i);
    }
    std::ranges::sort(places);
    places.erase(std::ranges::unique(places).begin(), places.end());
}

std::vector<double> SummandTail::places() const
{
    const auto knots = m_summand->knots();
    std::vector<double> result(knots.begin(), knots.end());
    if (m_side == TailOf::Earliest) {
        std::ranges::reverse(result);
        for (double& y : result)
            y = -y;
    }
    return result;
}

TailTable::TailTable(const SummandTail& tail, std::size_t mostPlaces) : m_before(tail.before()), m_behind(tail.behind())
{
    auto places = tail.places();
    if (places.back() < 0 && tail.isSmooth()) // earliest: what lies below the first knot
        places.push_back(0);
    const std::size_t count = std::min(places.size(), mostPlaces);
    std::vector<std::size_t> taken;
    for (std::size_t i = 0; i < count; ++i)
        taken.push_back(count == 1 ? 0 : i * (places.size() - 1) / (count - 1));
    if (count < places.size())
        tail.addJumps(2.0 / static_cast<double>(mostPlaces), taken);
    for (const std::size_t i : taken) {
        m_at.push_back(places[i]);
        m_area.push_back(tail.area(places[i]));
        m_tail.push_back(tail.value(places[i]));
    }
}

/// Reads the antiderivative at ascending y.
class TailTable::Reader
{
public:
    explicit Reader(const TailTable& table) : m_table(table) { }

    double at(double y)
    {
        const auto& places = m_table.m_at;
        while (m_next < places.size() && places[m_next] <= y)
            enter(m_next++);
        return m_area + m_slope * (y - m_from);
    }

private:
    void enter(std::size_t place)
    {
        m_from = m_table.m_at[place];
        m_area = m_table.m_area[place];
        m_slope = place + 1 == m_table.m_at.size()
                      ? m_table.m_behind
                      : (m_table.m_area[place + 1] - m_area) / (m_table.m_at[place + 1] - m_from);
    }

    const TailTable& m_table;
    std::size_t m_next = 0;
    double m_from = m_table.m_at.front();
    double m_area = m_table.m_area.front();
    double m_slope = m_table.m_before;
};

void TailTable::convexHull(double delta, std::vector<Point>& hull) const
{
    hull.clear();
    const auto add = [&hull](Point point) {
        while (hull.size() >= 2) {
            const auto& last = hull.back();
            const auto& first = hull[hull.size() - 2];
            if ((last.average - first.average) * (point.at - first.at)
                < (point.average - first.average) * (last.at - first.at))
                break;
            hull.pop_back();
        }
        if (!hull.empty() && hull.back().at == point.at)
            hull.back().average = std::min(hull.back().average, point.average);
        else
            hull.push_back(point);
    };
    if (delta == 0) {
        for (std::size_t i = 0; i < m_at.size(); ++i)
            add({m_at[i], m_tail[i]});
    } else {
        // It bends where either end of the interval meets a place.
        Reader lower(*this);
        Reader upper(*this);
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < m_at.size()) {
            const double y = j < m_at.size() ? std::min(m_at[i], m_at[j] - delta) : m_at[i];
            if (m_at[i] <= y)
                ++i;
            if (j < m_at.size() && m_at[j] - delta <= y)
                ++j;
            add({y, (upper.at(y + delta) - lower.at(y)) / delta});
        }
    }
    // Behind its lowest point it does not fall any more.
    while (hull.size() >= 2 && hull[hull.size() - 2].average <= hull.back().average)
        hull.pop_back();
}

} // namespace emac::analysis
