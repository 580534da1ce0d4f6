// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/latency_objectives.h"

#include "core/governance/numbertext.h"
#include "core/journey/calls.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>
#include <utility>

namespace emac::governance {

namespace {

using base::Code;
using base::Rounding;
using journey::Element;

/// The whole numbers of nanoseconds that times are.
std::int64_t nanoseconds(double seconds)
{
    return std::llround(seconds * 1e9);
}

/// The bands that are judged, under one assumption.
struct Assumption
{
    const char* words = "";
    std::vector<const analysis::LatencyBand*> bands; ///< empty where the assumption has not been computed
    bool approximate = false;
};

Assumption assumptionOf(const analysis::NodeLatency& law, std::optional<journey::LatencyAssumption> named)
{
    const auto bands = [](const std::optional<analysis::LatencyBand>& band) {
        return band ? std::vector{&*band} : std::vector<const analysis::LatencyBand*>();
    };
    switch (named.value_or(journey::LatencyAssumption::UpperConfidence)) {
    case journey::LatencyAssumption::Independent:
        return {"independent", {&law.independent}, law.approximate};
    case journey::LatencyAssumption::Envelope:
        return {"envelope", bands(law.envelope), false};
    case journey::LatencyAssumption::UpperConfidence:
        break;
    }
    Assumption both{"independent and shared fate", bands(law.sharedFate), law.approximate};
    if (!both.bands.empty())
        both.bands.push_back(&law.independent);
    return both;
}

class LatencyJudge
{
public:
    LatencyJudge(const journey::Intent& intent, const journey::Inputs& inputs, const analysis::LatencyAnalysis* latency)
        : m_latency(latency)
    {
        const auto called = journey::calledComponents(intent.journey);
        m_hasEvidence = std::ranges::any_of(called, [&](const auto& call) {
            const auto* input = inputs.find(call.component);
            return input != nullptr && input->latency;
        });
        if (latency != nullptr && latency->law)
            m_assumption = assumptionOf(*latency->law, intent.governance.latency);
    }

    LatencyFinding latency(const journey::LatencyObjective& objective)
    {
        begin("latency", base::seconds(objective.threshold));
        if (const auto notAssessable = missing(Code::DecisionLatencyNotAssessed))
            return *notAssessable;
        const auto found = percentile(objective.metric);
        if (!found)
            return missingLaw();
        m_finding.judgement.judged = found;
        judge(objective, *found);
        return approximated();
    }

    LatencyFinding deadline(const journey::DeadlineObjective& objective)
    {
        begin("deadline", objective.target.success());
        if (const auto notAssessable = missing(Code::DecisionDeadlineNotAssessed))
            return *notAssessable;
        const auto found = probability(objective.limit);
        if (!found)
            return missingLaw();
        m_finding.judgement.judged = found;
        judge(objective, *found);
        return approximated();
    }

private:
    void begin(const char* name, double target)
    {
        m_finding = {{name, std::nullopt, target, std::nullopt, std::nullopt}, {}};
    }

    void say(Code code, std::vector<std::string> arguments)
    {
        m_finding.reasons.push_back({{code, std::move(arguments)}, Element::objective(m_finding.judgement.name)});
    }

    /// What stands in the way of any judgement.
    std::optional<LatencyFinding> missing(Code notAssessed)
    {
        const auto& name = m_finding.judgement.name;
        if (!m_hasEvidence)
            say(notAssessed, {});
        else if (m_latency == nullptr)
            say(Code::DecisionLatencyNotComputed, {name});
        else if (!m_latency->law) {
            say(Code::DecisionLatencyLacking, {name, base::listed(m_latency->lacking)});
            m_finding.judgement.verdict = Verdict::Review;
        }
        return m_finding.reasons.empty() ? std::nullopt : std::optional(m_finding);
    }

    LatencyFinding missingLaw()
    {
        say(Code::DecisionNoLatencyLaw, {m_assumption.words});
        m_finding.judgement.verdict = Verdict::Review;
        return m_finding;
    }

    LatencyFinding approximated()
    {
        auto& verdict = m_finding.judgement.verdict;
        if (m_assumption.approximate) {
            verdict = Verdict::Review;
            say(Code::DecisionLatencyApproximate, {});
        }
        return m_finding;
    }

    using Ends = ObjectiveJudgement::Ends;

    /// The percentile's ends over all judged bands. Empty where it has not been asked for.
    std::optional<Ends> percentile(std::string_view metric) const
    {
        const auto index = analysis::percentileIndex(metric);
        const double part = index ? analysis::reportedPercentiles.at(*index) : -1;
        std::optional<Ends> ends;
        for (const auto* band : m_assumption.bands) {
            const auto found = std::ranges::find(band->percentiles, part, &analysis::Percentile::part);
            if (found == band->percentiles.end())
                return std::nullopt;
            const double lower = found->lower.value_or(0);
            if (!ends)
                ends = Ends{lower, found->upper};
            ends->lower = std::min(ends->lower, lower);
            ends->upper =
                ends->upper && found->upper ? std::optional(std::max(*ends->upper, *found->upper)) : std::nullopt;
        }
        return ends;
    }

    /// As above, of S(limit).
    std::optional<Ends> probability(base::Duration limit) const
    {
        std::optional<Ends> ends;
        for (const auto* band : m_assumption.bands) {
            const auto found = std::ranges::find(band->deadlines, limit, &analysis::DeadlineProbability::limit);
            if (found == band->deadlines.end())
                return std::nullopt;
            if (!ends)
                ends = Ends{found->lower, found->upper};
            ends = Ends{std::min(ends->lower, found->lower), std::max(*ends->upper, found->upper)};
        }
        return ends;
    }

    void judge(const journey::LatencyObjective& objective, const Ends& ends)
    {
        const auto threshold = objective.threshold.count();
        const auto wanted = base::toString(objective.threshold);
        const auto lower = base::shortText(ends.lower, Rounding::Down);
        const bool misses = nanoseconds(ends.lower) > threshold;
        auto& [name, verdict, target, shortfall, judged] = m_finding.judgement;
        verdict = misses ? Verdict::Fail : Verdict::Review;
        if (ends.upper && nanoseconds(*ends.upper) > threshold)
            shortfall = *ends.upper - target;
        if (misses) {
            say(Code::DecisionPercentileMissed,
                {m_assumption.words, objective.metric, lower, wanted,
                 base::shortText(static_cast<double>(nanoseconds(ends.lower) - threshold) / 1e9, Rounding::Down)});
        } else if (!ends.upper) {
            const bool open = !m_latency->openTails.empty();
            say(open ? Code::DecisionPercentileOpen : Code::DecisionPercentileUnbounded,
                {m_assumption.words, objective.metric, lower, wanted, base::listed(m_latency->openTails)});
        } else if (shortfall) {
            say(Code::DecisionPercentileInPart,
                {m_assumption.words, objective.metric, lower, base::shortText(*ends.upper, Rounding::Up), wanted});
        } else {
            verdict = Verdict::Pass;
            say(Code::DecisionPercentileMet,
                {m_assumption.words, objective.metric, base::shortText(*ends.upper, Rounding::Up), wanted});
        }
    }

    void judge(const journey::DeadlineObjective& objective, const Ends& ends)
    {
        const double wanted = objective.target.success();
        const auto limit = base::toString(objective.limit);
        const auto target = objective.target.decimal().toString();
        const auto lower = probabilityText(ends.lower, Rounding::Down);
        const auto upper = probabilityText(*ends.upper, Rounding::Up);
        auto& judgement = m_finding.judgement;
        if (ends.lower < wanted)
            judgement.shortfall = wanted - ends.lower;
        if (!judgement.shortfall) {
            judgement.verdict = Verdict::Pass;
            say(Code::DecisionDeadlineMet, {m_assumption.words, limit, lower, target});
        } else if (*ends.upper < wanted) {
            judgement.verdict = Verdict::Fail;
            say(Code::DecisionDeadlineMissed,
                {m_assumption.words, limit, upper, target, sixDigits(wanted - *ends.upper)});
        } else {
            const bool open = !m_latency->openTails.empty();
            judgement.verdict = Verdict::Review;
            say(open ? Code::DecisionDeadlineOpen : Code::DecisionDeadlineInPart,
                {m_assumption.words, limit, lower, upper, target, base::listed(m_latency->openTails)});
        }
    }

    const analysis::LatencyAnalysis* m_latency;
    bool m_hasEvidence = false; ///< of some call's latency
    Assumption m_assumption;
    LatencyFinding m_finding;
};

} // namespace

std::vector<LatencyFinding> judgeLatency(const journey::Intent& intent, const journey::Inputs& inputs,
                                         const analysis::LatencyAnalysis* latency)
{
    LatencyJudge judge(intent, inputs, latency);
    std::vector<LatencyFinding> findings;
    if (const auto& objective = intent.objectives.latency)
        findings.push_back(judge.latency(*objective));
    if (const auto& objective = intent.objectives.deadline)
        findings.push_back(judge.deadline(*objective));
    return findings;
}

std::optional<double> upperPercentile(const analysis::LatencyAnalysis& latency, double part)
{
    if (!latency.law || !latency.law->sharedFate || latency.law->approximate)
        return std::nullopt;
    const auto& asked = latency.law->independent.percentiles;
    const auto found = std::ranges::find(asked, part, &analysis::Percentile::part);
    if (found == asked.end())
        return std::nullopt;
    return analysis::upperPercentile(*latency.law, static_cast<std::size_t>(found - asked.begin()));
}

} // namespace emac::governance
