// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/contributions.h"

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/evidence.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace emac::analysis {

namespace {

using Law = Contributions::Law;

/// A call takes this part more and less.
constexpr double step = 0.02;
/// Regarded are times from p_U less this part to p_U and this part: moved by the step, most stay in it.
constexpr double halfWindow = 0.04;
constexpr int halfSamples = 200;
/// Parts of p_U up to this are known by one difference as well as by two: what bends is their square.
constexpr double small = 0.01;

/// What is regarded of the law that p_U comes from: S⁻ at equal distances around p_U, and p · S⁺(∞).
struct Sample
{
    double area = 0; ///< the mean of S⁻ − p · S⁺(∞)
    double mass = 0; ///< what S⁻ gains from the first to the last
    double meanTime = 0; ///< in seconds, of this mass
};

class Sampling
{
public:
    Sampling(const journey::Journey& journey, const journey::Inputs& inputs, double percentile,
             const LatencyOptions& options, const base::Watch& watch, Memo* memo)
        : m_journey(journey)
        , m_inputs(inputs)
        , m_watch(watch)
        , m_memo(memo)
        , m_percentile(percentile)
    {
        m_options.percentiles = {percentile};
        m_options.node = options.node;
        m_options.sharedFate = options.sharedFate;
        m_options.envelope = false;
    }

    std::optional<LatencyAnalysis> whole() const { return analysed(m_options); }

    /// From now on of this law, around this time.
    void regard(Law law, double seconds)
    {
        m_law = law;
        m_options.sharedFate = law == Law::SharedFate;
        m_options.percentiles.clear(); // which would be read on finer grids
        for (int i = -halfSamples; i <= halfSamples; ++i) {
            const double part = 1 + halfWindow * i / halfSamples;
            m_options.deadlines.emplace_back(std::llround(seconds * part * 1e9));
        }
    }

    /// Nothing where the watch expired. Its mass and mean time are 0 where nothing succeeds about then.
    std::optional<Sample> sample(const LatencyOptions::Scaled& scaled) const
    {
        auto options = m_options;
        options.scaled = scaled;
        const auto analysis = analysed(options);
        if (!analysis || !analysis->law)
            return std::nullopt;
        const auto& band = m_law == Law::SharedFate ? *analysis->law->sharedFate : analysis->law->independent;
        const auto& at = band.deadlines;
        Sample result;
        result.mass = at.back().lower - at.front().lower;
        for (std::size_t i = 0; i < at.size(); ++i) {
            result.area += at[i].lower;
            if (i > 0 && result.mass > 0) {
                const double middle = (base::seconds(at[i - 1].limit) + base::seconds(at[i].limit)) / 2;
                result.meanTime += middle * (at[i].lower - at[i - 1].lower) / result.mass;
            }
        }
        const double level = m_percentile * band.successUpper;
        result.area = result.area / static_cast<double>(at.size()) - level;
        return result;
    }

private:
    std::optional<LatencyAnalysis> analysed(const LatencyOptions& options) const
    {
        return analyseLatency(m_journey, m_inputs, options, m_watch, m_memo);
    }

    const journey::Journey& m_journey;
    const journey::Inputs& m_inputs;
    base::Watch m_watch;
    Memo* m_memo;
    double m_percentile;
    LatencyOptions m_options;
    Law m_law = Law::Independent;
};

/// Of what is below a node, and somebody waits for.
struct Below
{
    std::vector<const PlanNode*> calls; ///< in document order
    bool hasDelays = false; ///< a hedge delay, a backoff or a timeout
};

bool isDelay(const journey::Expression& node)
{
    if (const auto* race = std::get_if<journey::Race>(&node.op))
        return race->hedgeDelay.value_or(base::Duration(0)).count() > 0;
    if (const auto* retry = std::get_if<journey::Retry>(&node.op))
        return retry->backoff.value_or(base::Duration(0)).count() > 0;
    return std::holds_alternative<journey::Timeout>(node.op);
}

Below lookBelow(const Plan& plan, NodeIndex top)
{
    Below below;
    for (const NodeIndex index : waitedFor(plan, top)) {
        const auto& node = plan.nodes[index];
        below.hasDelays = below.hasDelays || isDelay(*node.expression);
        if (node.type == journey::OperatorType::Call)
            below.calls.push_back(&node);
    }
    std::ranges::sort(below.calls, {}, &PlanNode::position);
    return below;
}

/// The law that p_U comes from; shared fate only where it is later.
Law bindingLaw(const NodeLatency& law)
{
    const auto& independent = law.independent.percentiles.front().upper;
    return law.sharedFate && independent && *law.sharedFate->percentiles.front().upper > *independent
               ? Law::SharedFate
               : Law::Independent;
}

/// The derivatives of p_U by each call: with g(t) = S⁻(t) − p · S⁺(∞), which is 0 at p_U, −∂g/∂λ / ∂g/∂t, both as means
/// over the window. False where the watch expired.
bool measure(Contributions& result, const Sampling& sampling)
{
    std::optional<Sample> base;
    for (auto& call : result.calls) {
        if (!base) {
            base = sampling.sample({call.call, 1});
            if (!base)
                return false;
            if (base->mass <= 0) // a gap in the evidence, as wide as the window: nothing that could be divided
                return true;
        }
        const double slope = base->mass / (2 * halfWindow * *result.seconds);
        const auto more = sampling.sample({call.call, 1 + step});
        if (!more)
            return false;
        double derivative = -(more->area - base->area) / step / slope;
        if (std::abs(derivative) > small * *result.seconds) {
            const auto less = sampling.sample({call.call, 1 - step});
            if (!less)
                return false;
            derivative = -(more->area - less->area) / (2 * step) / slope;
        }
        call.seconds = derivative * *result.seconds / base->meanTime;
    }
    return true;
}

/// Where nothing but calls takes time, theirs are all of it: what the differences leave is their error.
void close(Contributions& result, bool hasDelays)
{
    double sum = 0;
    for (const auto& call : result.calls)
        sum += call.seconds;
    const double factor = hasDelays || sum <= 0 ? 1 : *result.seconds / sum;
    for (auto& call : result.calls) {
        call.seconds *= factor;
        call.share = call.seconds / *result.seconds;
    }
    result.delays = hasDelays ? *result.seconds - sum : 0;
    result.delaysShare = result.delays / *result.seconds;
}

} // namespace

std::optional<Contributions> contributions(const journey::Journey& journey, const journey::Inputs& inputs,
                                           double percentile, const LatencyOptions& options, const base::Watch& watch,
                                           Memo* memo)
{
    Contributions result;
    result.part = percentile;
    Sampling sampling(journey, inputs, percentile, options, watch, memo);
    const auto whole = sampling.whole();
    if (!whole)
        return std::nullopt;
    if (whole->law)
        result.seconds = upperPercentile(*whole->law, 0);
    if (!result.seconds)
        return result;
    result.law = bindingLaw(*whole->law);

    const Plan plan = makePlan(journey, inputs);
    const auto below = lookBelow(plan, options.node ? plan.find(*options.node) : plan.root);
    for (const auto* call : below.calls) {
        result.calls.push_back({call->expression->id, std::get<journey::Call>(call->expression->op).component, 0, 0});
    }
    if (*result.seconds <= 0)
        return result; // nothing takes time
    sampling.regard(result.law, *result.seconds);
    if (!measure(result, sampling))
        return std::nullopt;
    close(result, below.hasDelays);
    return result;
}

} // namespace emac::analysis
