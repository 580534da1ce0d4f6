// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/governance/decision_cases.h"

#include <utility>

namespace emac::tests {

using base::Code;
using governance::Verdict;
using journey::Element;
using namespace std::chrono_literals;

namespace {

/// p99 in [lower, upper] seconds, and the same band of probabilities at 400 ms.
struct Ends
{
    double lower = 0;
    std::optional<double> upper;
};

analysis::LatencyBand band(Ends p99, Ends atDeadline)
{
    analysis::LatencyBand result;
    result.percentiles = {{0.5, 0.1, std::nullopt, 0.2}, {0.99, p99.lower, std::nullopt, p99.upper}};
    result.deadlines = {{400ms, atDeadline.lower, std::nullopt, atDeadline.upper.value_or(1)},
                        {1s, 0.99, std::nullopt, 1}};
    return result;
}

analysis::LatencyAnalysis laws(Ends p99, Ends atDeadline)
{
    analysis::LatencyAnalysis result;
    result.law = analysis::NodeLatency{band(p99, atDeadline), band(p99, atDeadline), band({0.05, {}}, {0, 1}), false};
    return result;
}

void withEvidence(Case& c)
{
    auto input = stated("0.9");
    input.latency = journey::LatencyLaw::constant(1ms);
    c.inputs.set("b", input);
}

/// The availability is met; p99 at most 400 ms.
Case percentileCase(std::string tag, Verdict verdict, analysis::LatencyAnalysis latency,
                    std::pair<Code, std::vector<std::string>> reason)
{
    auto result = passing(std::move(tag));
    withEvidence(result);
    result.intent.objectives.latency = journey::LatencyObjective{30 * 24h, "p99", 400ms, {}};
    result.latency = std::move(latency);
    result.verdict = verdict;
    // What decides stands before what holds.
    const bool holds = base::messageTemplate(reason.first).severity == base::Severity::Note;
    result.reasons.insert(holds ? result.reasons.end() : result.reasons.begin(),
                          note(reason.first, std::move(reason.second), Element::objective("latency")));
    return result;
}

/// The availability is met; 0.99 succeed within 400 ms.
Case deadlineCase(std::string tag, Verdict verdict, analysis::LatencyAnalysis latency,
                  std::pair<Code, std::vector<std::string>> reason)
{
    auto result = percentileCase(std::move(tag), verdict, std::move(latency), std::move(reason));
    result.intent.objectives.latency.reset();
    result.intent.objectives.deadline = journey::DeadlineObjective{30 * 24h, 400ms, ratio("0.99")};
    for (auto& one : result.reasons) {
        if (one.element == Element::objective("latency"))
            one.element = Element::objective("deadline");
    }
    return result;
}

void addPercentiles(std::vector<Case>& list)
{
    const auto add = [&](auto&&... arguments) -> Case& {
        list.push_back(percentileCase(std::forward<decltype(arguments)>(arguments)...));
        return list.back();
    };
    using Reason = std::pair<Code, std::vector<std::string>>;
    add("p99 met", Verdict::Pass, laws({0.3, 0.35001}, {}),
        Reason{Code::DecisionPercentileMet, {"independent and shared fate", "p99", "350.1ms", "400ms"}});
    add("p99 met, just so", Verdict::Pass, laws({0.3, 0.1 + 0.2 + 0.1}, {}),
        Reason{Code::DecisionPercentileMet, {"independent and shared fate", "p99", "400ms", "400ms"}});
    add("p99 missed", Verdict::Fail, laws({0.41239, 0.5}, {}),
        Reason{Code::DecisionPercentileMissed, {"independent and shared fate", "p99", "412.3ms", "400ms", "12.39ms"}});
    add("p99 that may be missed", Verdict::Review, laws({0.39, 0.41}, {}),
        Reason{Code::DecisionPercentileInPart, {"independent and shared fate", "p99", "390ms", "410ms", "400ms"}});
    add("p99 missed, however long the tail", Verdict::Fail, laws({0.5, {}}, {}),
        Reason{Code::DecisionPercentileMissed, {"independent and shared fate", "p99", "500ms", "400ms", "100ms"}});
    {
        auto latency = laws({0.2, {}}, {});
        latency.openTails = {"a", "b", "c", "d", "e", "f", "g"};
        add("p99 of an open tail", Verdict::Review, std::move(latency),
            Reason{Code::DecisionPercentileOpen,
                   {"independent and shared fate", "p99", "200ms", "400ms", "a, b, c, d, e and 2 more"}});
    }
    add("p99 without a bound", Verdict::Review, laws({0.2, {}}, {}),
        Reason{Code::DecisionPercentileUnbounded, {"independent and shared fate", "p99", "200ms", "400ms", ""}});
    {
        auto latency = laws({0.3, 0.35}, {});
        latency.law->sharedFate = band({0.45, 0.5}, {});
        add("p99 met by one of the two laws", Verdict::Review, latency,
            Reason{Code::DecisionPercentileInPart, {"independent and shared fate", "p99", "300ms", "500ms", "400ms"}});
        add("p99, independent", Verdict::Pass, latency,
            Reason{Code::DecisionPercentileMet, {"independent", "p99", "350ms", "400ms"}})
            .intent.governance.latency = journey::LatencyAssumption::Independent;
        add("p99, envelope", Verdict::Review, latency,
            Reason{Code::DecisionPercentileUnbounded, {"envelope", "p99", "50ms", "400ms", ""}})
            .intent.governance.latency = journey::LatencyAssumption::Envelope;
        latency.law->envelope.reset();
        add("p99, no envelope", Verdict::Review, latency, Reason{Code::DecisionNoLatencyLaw, {"envelope"}})
            .intent.governance.latency = journey::LatencyAssumption::Envelope;
        latency.law->sharedFate.reset();
        add("p99, no shared fate", Verdict::Review, latency,
            Reason{Code::DecisionNoLatencyLaw, {"independent and shared fate"}});
        add("a percentile that was not asked for", Verdict::Review, latency,
            Reason{Code::DecisionNoLatencyLaw, {"independent and shared fate"}})
            .intent.objectives.latency->metric = "p90";
    }
    {
        auto latency = laws({0.3, 0.35}, {});
        latency.law->approximate = true;
        auto& c = add("p99 of an approximate law", Verdict::Review, std::move(latency),
                      Reason{Code::DecisionLatencyApproximate, {}});
        c.reasons.push_back(note(Code::DecisionPercentileMet, {"independent and shared fate", "p99", "350ms", "400ms"},
                                 Element::objective("latency")));
    }
    {
        auto& c =
            add("latency that is lacking", Verdict::Review, analysis::LatencyAnalysis{std::nullopt, {"a"}, {}, {}},
                Reason{Code::DecisionLatencyLacking, {"latency", "a"}});
        c.intent.objectives.availability.reset();
        c.reasons.pop_back();
    }
    {
        auto& c = add("latency that has not been computed", Verdict::Pass, laws({0.3, 0.35}, {}),
                      Reason{Code::DecisionLatencyNotComputed, {"latency"}});
        c.latency.reset();
    }
}

void addDeadlines(std::vector<Case>& list)
{
    const auto add = [&](auto&&... arguments) -> Case& {
        list.push_back(deadlineCase(std::forward<decltype(arguments)>(arguments)...));
        return list.back();
    };
    using Reason = std::pair<Code, std::vector<std::string>>;
    add("deadline met", Verdict::Pass, laws({}, {0.9912345678, 0.995}),
        Reason{Code::DecisionDeadlineMet, {"independent and shared fate", "400ms", "0.99123", "0.99"}});
    add("deadline met, just so", Verdict::Pass, laws({}, {0.99, 0.99}),
        Reason{Code::DecisionDeadlineMet, {"independent and shared fate", "400ms", "0.99", "0.99"}});
    add("deadline missed", Verdict::Fail, laws({}, {0.5, 0.9812345678}),
        Reason{Code::DecisionDeadlineMissed, {"independent and shared fate", "400ms", "0.9813", "0.99", "0.00876543"}});
    add("deadline that may be missed", Verdict::Review, laws({}, {0.98, 1}),
        Reason{Code::DecisionDeadlineInPart, {"independent and shared fate", "400ms", "0.98", "1", "0.99", ""}});
    {
        auto latency = laws({}, {0.98, 0.995});
        latency.openTails = {"a"};
        add("deadline and an open tail", Verdict::Review, std::move(latency),
            Reason{Code::DecisionDeadlineOpen, {"independent and shared fate", "400ms", "0.98", "0.995", "0.99", "a"}});
    }
    {
        // Nothing but a deadline: it is decided all the same.
        auto& c =
            add("only a deadline", Verdict::Fail, laws({}, {0.5, 0.6}),
                Reason{Code::DecisionDeadlineMissed, {"independent and shared fate", "400ms", "0.6", "0.99", "0.39"}});
        c.intent.objectives.availability.reset();
        c.reasons.pop_back();
    }
    add("a deadline that was not asked for", Verdict::Review, laws({}, {0.98, 1}),
        Reason{Code::DecisionNoLatencyLaw, {"independent and shared fate"}})
        .intent.objectives.deadline->limit = 500ms;
    {
        auto& c =
            add("a missed deadline and doubts", Verdict::Review, laws({}, {0.5, 0.6}),
                Reason{Code::DecisionDeadlineMissed, {"independent and shared fate", "400ms", "0.6", "0.99", "0.39"}});
        c.model = modelOf(c);
        c.model->root = nullptr;
        c.model->confidence = 0.1;
        c.reasons.insert(c.reasons.begin(), note(Code::DecisionLowConfidence, {"0.1", "0.8"}, Element::journey()));
    }
}

} // namespace

std::vector<Case> latencyCases()
{
    std::vector<Case> list;
    addPercentiles(list);
    addDeadlines(list);
    return list;
}

} // namespace emac::tests
