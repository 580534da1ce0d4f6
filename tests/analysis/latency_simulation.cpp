// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_simulation.h"

#include "tests/base/random.h"

#include <numbers>

namespace emac::tests {

namespace {

using journey::LatencyLaw;

class RandomDraws : public Draws
{
public:
    RandomDraws(const Execution& execution, std::uint64_t seed) : m_execution(execution), m_random(seed) { }

    bool isUp(std::size_t component, Scope) override
    {
        return !m_random.chance(m_execution.input(component).failure.nominal);
    }

    Ending call(const CallPlace& place, Scope scope, std::optional<bool> state) override
    {
        const auto& input = m_execution.input(place.component);
        const bool success = state ? *state : isUp(place.component, scope);
        if (!success) {
            if (const auto fixed = fixedFailureTime(input, InputEnd::Nominal, place.latestFailure))
                return {false, *fixed};
        }
        return {success, time(*input.latency)};
    }

    std::size_t choice(const journey::Branch& branch) override
    {
        double left = m_random.unit();
        for (std::size_t i = 0; i + 1 < branch.choices.size(); ++i) {
            left -= branch.choices[i].probability.lower.success();
            if (left < 0)
                return i;
        }
        return branch.choices.size() - 1;
    }

private:
    Time time(const LatencyLaw& law)
    {
        if (const auto* lognormal = std::get_if<LatencyLaw::Lognormal>(&law.form()))
            return std::llround(std::exp(lognormal->mu + lognormal->sigma * normal()) * 1e9);
        const auto& knots = std::get<std::vector<LatencyLaw::Knot>>(law.form());
        const double p = m_random.unit();
        // The first knot whose nominal curve is above p, near where it lies if they are evenly spread: the curve gets
        // there at it or on the way to it.
        auto next = knots.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(knots.size()));
        while (next != knots.begin() && std::prev(next)->nominal > p)
            --next;
        while (next != knots.end() && next->nominal <= p)
            ++next;
        if (next == knots.end())
            return never;
        if (next == knots.begin() || p >= next->nominalBefore)
            return next->time.count();
        const auto last = std::prev(next);
        const double part = (p - last->nominal) / (next->nominalBefore - last->nominal);
        return last->time.count() + std::llround(part * static_cast<double>((next->time - last->time).count()));
    }

    /// G. E. P. Box and M. E. Muller, 1958: two at a time
    double normal()
    {
        if (m_spare)
            return *std::exchange(m_spare, std::nullopt);
        const double radius = std::sqrt(-2 * std::log1p(-m_random.unit()));
        const double angle = 2 * std::numbers::pi * m_random.unit();
        m_spare = radius * std::sin(angle);
        return radius * std::cos(angle);
    }

    const Execution& m_execution;
    Random m_random;
    std::optional<double> m_spare;
};

} // namespace

Simulated simulate(const journey::Journey& journey, const journey::Inputs& inputs,
                   const std::vector<base::Duration>& limits, std::size_t executions, std::uint64_t seed)
{
    Execution execution(journey, inputs);
    RandomDraws draws(execution, seed);
    // Executions that no limit before the i-th was enough for
    std::vector<std::size_t> succeeded(limits.size() + 1, 0);
    std::vector<std::size_t> failed(limits.size() + 1, 0);
    for (std::size_t i = 0; i < executions; ++i) {
        const auto ending = execution.run(draws);
        const auto limit = std::ranges::lower_bound(limits, base::Duration(ending.time));
        ++(ending.success ? succeeded : failed)[static_cast<std::size_t>(limit - limits.begin())];
    }
    Simulated result;
    const auto part = [&](std::size_t n) { return static_cast<double>(n) / static_cast<double>(executions); };
    std::size_t successes = 0;
    std::size_t failures = 0;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        successes += succeeded[i];
        failures += failed[i];
        result.successBy.push_back(part(successes));
        result.endedBy.push_back(part(successes + failures));
    }
    result.success = part(successes + succeeded.back());
    return result;
}

} // namespace emac::tests
