// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/sum_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace emac::analysis {

namespace {

/// Of the mass: where the curve begins, and what is left where it ends.
constexpr double firstPart = 3e-5;
constexpr double lastRest = 3e-7;
/// What arithmetic may take from a value that is reached exactly.
constexpr double tolerance = 1e-12;
/// Times at which the offsets are looked for: so many at first, at most so many.
constexpr int firstAnchors = 9;
constexpr std::size_t mostRungs = 6144;
/// Sums of steps of three and more laws: if there are no more, the bound is looked for at each.
constexpr std::size_t mostSums = 256;
/// Pairs of steps that are all looked at.
constexpr std::size_t mostPairs = 32768;
/// Of a law with so few steps each is tried at each time.
constexpr std::size_t mostTried = 24;

struct Quality
{
    int anchors; ///< at most
    double worse; ///< by how much of the time interpolated offsets may be worse
    SumBound::Effort effort;
};
constexpr Quality forOperators{96, 3e-4, SumBound::Effort::Rough};
constexpr Quality forCharts{24, 3e-3, SumBound::Effort::Rough};

/// All times at which the sum of laws of few steps can be; empty where there are too many.
std::vector<double> sumsOfSteps(std::span<const SummandPtr> summands, double shift)
{
    std::vector<double> sums{shift};
    for (const auto& summand : summands) {
        if (summand->isSmooth() || sums.size() * summand->knots().size() > mostSums)
            return {};
        std::vector<double> more;
        for (const double sum : sums) {
            for (const double knot : summand->knots())
                more.push_back(sum + knot);
        }
        std::ranges::sort(more);
        more.erase(std::ranges::unique(more).begin(), more.end());
        sums = std::move(more);
    }
    return sums;
}

class Curve
{
public:
    Curve(const SumBound& bound, const Quality& quality, const std::function<void()>& look)
        : m_bound(bound)
        , m_quality(quality)
        , m_look(look)
        , m_latest(bound.side() == TailOf::Latest)
        , m_mass(m_latest ? 1 - bound.missing() : bound.least())
    {
    }

    /// On every so many rungs; 0: as many as there is room for in `most`.
    Steps onLadder(int rungs, std::size_t most)
    {
        Steps steps;
        steps.stretch = m_bound.stretch();
        if (m_mass <= 0)
            return steps;
        if (const auto sums = sumsOfSteps(m_bound.summands(), m_bound.shift()); !sums.empty()) {
            m_isDirect = m_bound.summands().size() > 1;
            addAll(steps, sums);
            return steps;
        }
        const double first = m_bound.time(m_latest ? 1 - m_mass * firstPart : m_mass * firstPart);
        const double last = m_bound.time(m_latest ? 1 - m_mass * (1 - lastRest) : m_mass * (1 - lastRest));
        if (!std::isfinite(first) || !std::isfinite(last) || last < first) {
            if (!m_latest) // nothing is known
                steps.add(m_bound.time(0), m_mass);
            return steps;
        }
        setAnchors(first, last);
        const auto times = ladder(first, last, rungs, most);
        steps.stretch *= ratioOf(m_rungs);
        addAll(steps, times);
        return steps;
    }

private:
    double sumAt(double t) const { return m_latest ? t - m_bound.shift() : m_bound.shift() - t; }
    DualOffsets lookAt(double t, const DualOffsets* near) const
    {
        m_look();
        auto found = m_bound.offsets(sumAt(t), near, m_quality.effort);
        if (found.r.empty())
            found.chance = 1;
        return found;
    }

    struct Anchor
    {
        double t = 0;
        DualOffsets offsets;
    };

    /// By far offsets between those of two anchors: the bound at t.
    double between(const Anchor& a, const Anchor& b, double t)
    {
        double best = m_latest ? a.offsets.chance : b.offsets.chance; // it holds later (sooner), too
        if (a.offsets.r.empty() || b.offsets.r.empty())
            return best;
        const double part = b.t > a.t ? (t - a.t) / (b.t - a.t) : 0;
        const double delta = std::lerp(a.offsets.delta, b.offsets.delta, part);
        m_r.resize(a.offsets.r.size());
        double rest = sumAt(t) - delta;
        for (std::size_t i = 0; i < m_r.size(); ++i) {
            m_r[i] = std::lerp(a.offsets.r[i], b.offsets.r[i], part);
            rest -= m_r[i];
        }
        m_r.back() += rest; // rounding
        return std::min(best, m_bound.chance(m_r, delta));
    }

    void setAnchors(double first, double last)
    {
        if (m_bound.summands().size() < 2)
            return;
        const double from = std::log(std::max(1.0, first));
        const double to = std::log(std::max(1.0, last));
        for (int i = 0; i < firstAnchors; ++i) {
            const double t =
                i == 0 ? first
                : i + 1 == firstAnchors
                    ? last
                    : std::clamp(std::round(std::exp(from + (to - from) * i / (firstAnchors - 1))), first, last);
            if (m_anchors.empty() || t > m_anchors.back().t)
                add(t);
        }
        const auto initial = std::exchange(m_anchors, {});
        m_anchors.push_back(initial.front());
        m_left = m_quality.anchors - firstAnchors;
        for (std::size_t i = 1; i < initial.size(); ++i)
            refine(initial[i]);
    }

    void add(double t)
    {
        const auto* near = m_anchors.empty() ? nullptr : &m_anchors.back().offsets;
        m_anchors.push_back({t, lookAt(t, near)});
    }

    /// Appends what is needed between the last anchor and `to`, and that.
    void refine(const Anchor& to)
    {
        const Anchor from = m_anchors.back();
        const double ratio = to.t / std::max(1.0, from.t);
        const double change = std::abs(from.offsets.chance - to.offsets.chance);
        if (m_left > 0 && ratio > ratioOf(4) && change > m_mass * lastRest) {
            const double t = std::round(std::sqrt(std::max(1.0, from.t) * to.t));
            if (t > from.t && t < to.t) {
                --m_left;
                const Anchor middle{t, lookAt(t, &from.offsets)};
                const double worse = between(from, to, t) - middle.offsets.chance;
                if (worse * std::log(ratio) <= m_quality.worse * change) {
                    m_anchors.push_back(middle);
                } else {
                    refine(middle);
                    refine(to);
                    return;
                }
            }
        }
        m_anchors.push_back(to);
    }

    std::vector<double> ladder(double first, double last, int rungs, std::size_t most)
    {
        const long begin = rungBelow(std::max(2.0, first));
        const long end = rungBelow(std::max(2.0, last)) + 3;
        const auto all = static_cast<std::size_t>(end - begin);
        m_rungs = std::max(rungs, static_cast<int>(all / most + 1));
        std::vector<double> times;
        for (const auto& anchor : m_anchors)
            times.push_back(anchor.t);
        for (long k = begin - begin % m_rungs; k < end; k += m_rungs) {
            const double t = timeOfRung(k);
            if (t > first && t < last)
                times.push_back(t);
        }
        times.push_back(first);
        times.push_back(last);
        std::ranges::sort(times);
        times.erase(std::ranges::unique(times).begin(), times.end());
        return times;
    }

    /// A bound for P(ΣX > t), or P(ΣX < t), at ascending times.
    double chanceAt(double t)
    {
        const auto summands = m_bound.summands();
        if (summands.size() == 1)
            return m_latest ? 1 - summands[0]->value(t - m_bound.shift()) : summands[0]->before(t - m_bound.shift());
        if (summands.size() == 2) {
            for (const std::size_t few : {0, 1}) {
                if (!summands[few]->isSmooth() && summands[few]->knots().size() <= mostTried)
                    return tried(*summands[few], *summands[1 - few], t - m_bound.shift());
            }
        }
        if (m_isDirect)
            return lookAt(t, nullptr).chance;
        while (m_next + 2 < m_anchors.size() && m_anchors[m_next + 1].t <= t)
            ++m_next;
        if (m_next + 1 >= m_anchors.size())
            return m_anchors[m_next].offsets.chance;
        return between(m_anchors[m_next], m_anchors[m_next + 1], t);
    }

    double tried(const Summand& few, const Summand& other, double t) const
    {
        double best = 1;
        for (const double x : few.knots()) {
            best = std::min(best, m_latest ? (1 - few.value(x)) + (1 - other.value(t - x))
                                           : few.before(x) + other.before(t - x));
        }
        if (!m_latest) // none of the steps is before infinity
            best = std::min(best, few.mass() + other.before(t - few.knots().back()));
        return best;
    }

    void addAll(Steps& steps, const std::vector<double>& times)
    {
        if (m_latest)
            addLatest(steps, times);
        else
            addEarliest(steps, times);
    }

    void addLatest(Steps& steps, const std::vector<double>& times)
    {
        for (const double t : times)
            steps.add(t, std::min(m_mass, 1 - chanceAt(t)));
        // All that there is, where the laws end.
        const double end = m_bound.time(m_bound.missing() + tolerance);
        if (std::isfinite(end) && end >= times.back())
            steps.add(end, m_mass - tolerance);
    }

    /// Up to the time before which it reaches at most this, it has at most this.
    void addEarliest(Steps& steps, const std::vector<double>& times)
    {
        double before = 0;
        double from = m_bound.time(0);
        for (const double t : times) {
            if (t <= from)
                continue;
            before = std::max(before, std::clamp(chanceAt(t), 0.0, m_mass));
            steps.add(from, before);
            from = t;
        }
        steps.add(from, m_mass);
    }

    const SumBound& m_bound;
    const Quality& m_quality;
    const std::function<void()>& m_look;
    bool m_latest;
    double m_mass;
    std::vector<Anchor> m_anchors;
    bool m_isDirect = false; ///< it is looked for at each time
    int m_left = 0;
    std::size_t m_next = 0;
    int m_rungs = 1;
    std::vector<double> m_r;
};

/// P(X + Y ≤ t) ≥ F(x) + G(y) − 1 where x + y ≤ t; P(X + Y ≤ t) ≤ P(X ≤ x) + P(Y < t − x).
std::optional<Steps> exactPair(const SumBound& bound)
{
    const auto summands = bound.summands();
    if (summands.size() != 2 || summands[0]->isSmooth() || summands[1]->isSmooth())
        return std::nullopt;
    const auto& first = static_cast<const StepSummand&>(*summands[0]);
    const auto& second = static_cast<const StepSummand&>(*summands[1]);
    if (first.knots().size() * second.knots().size() > mostPairs)
        return std::nullopt;
    const bool latest = bound.side() == TailOf::Latest;
    std::vector<std::pair<double, double>> pairs;
    for (std::size_t i = 0; i < first.knots().size(); ++i) {
        for (std::size_t j = 0; j < second.knots().size(); ++j) {
            const double t = first.knots()[i] + second.knots()[j] + bound.shift();
            const auto last = [](std::size_t k, const StepSummand& law) { return k == 0 ? 0 : law.values()[k - 1]; };
            const double value = latest ? first.values()[i] + second.values()[j] - 1 : last(i, first) + last(j, second);
            if (value > 0 || !latest)
                pairs.emplace_back(t, value);
        }
    }
    Steps steps;
    steps.stretch = bound.stretch();
    if (latest) {
        std::ranges::sort(pairs);
        for (const auto& [t, value] : pairs)
            steps.add(t, value);
        return steps;
    }
    // Before x + y it is at most P(X < x) + P(Y < y), of all pairs behind it the least.
    std::ranges::sort(pairs, std::greater());
    std::vector<std::pair<double, double>> backwards;
    double least = bound.least();
    for (const auto& [t, value] : pairs) {
        if (!backwards.empty() && backwards.back().first == t) {
            least = std::min(least, value);
            continue;
        }
        backwards.emplace_back(t, least);
        least = std::min(least, value);
    }
    std::ranges::reverse(backwards);
    for (const auto& [t, value] : backwards)
        steps.add(t, value);
    return steps;
}

} // namespace

Steps sumCurve(const SumBound& bound, const std::function<void()>& look)
{
    if (auto exact = exactPair(bound))
        return std::move(*exact);
    return Curve(bound, forOperators, look).onLadder(1, mostRungs);
}

Steps sumOutline(const SumBound& bound, std::size_t points, const std::function<void()>& look)
{
    if (auto exact = exactPair(bound))
        return std::move(*exact);
    return Curve(bound, forCharts, look).onLadder(1, points / 2);
}

} // namespace emac::analysis
