// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/decision.h"

#include "core/governance/latency_objectives.h"
#include "core/governance/numbertext.h"
#include "core/journey/calls.h"
#include "core/journey/paths.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>

namespace emac::governance {

namespace {

using base::Code;
using journey::Element;

class Judge
{
public:
    Judge(const journey::Intent& intent, const journey::Inputs& inputs, const analysis::Analysis& analysis,
          const analysis::LatencyAnalysis* latency, const journey::AcceptedModel* model)
        : m_intent(intent)
        , m_inputs(inputs)
        , m_analysis(analysis)
        , m_latency(latency)
        , m_model(model)
    {
    }

    std::optional<Decision> decide(const base::Watch& watch, analysis::Memo* memo)
    {
        if (m_model != nullptr) {
            m_decision.confidence = m_model->confidence;
            m_decision.flags = m_model->evidenceFlags;
        }
        if (!m_analysis.journey) {
            say(Code::DecisionEmptyJourney, {}, Element::journey());
            listObjectives();
            return std::move(m_decision);
        }
        const auto timely = judgeLatency(m_intent, m_inputs, m_latency);
        const bool decidable = m_intent.objectives.availability || std::ranges::any_of(timely, [](const auto& finding) {
                                   return finding.judgement.verdict.has_value();
                               });
        if (!decidable)
            sayNothingToDecide();
        judgeInputs();
        judgeAvailability();
        for (const auto& finding : timely)
            take(finding);
        if (!judgeModelDelta(watch, memo))
            return std::nullopt;
        if (m_model != nullptr && m_model->confidence && *m_model->confidence >= autoAcceptConfidence)
            say(Code::DecisionConfident, confidenceArguments(), Element::journey());
        std::ranges::stable_partition(m_decision.reasons, [](const journey::Note& reason) {
            return base::messageTemplate(reason.message.code).severity != base::Severity::Note;
        });
        if (decidable)
            m_decision.verdict = m_fails && !m_doubtful ? Verdict::Fail : m_review ? Verdict::Review : Verdict::Pass;
        return std::move(m_decision);
    }

private:
    void say(Code code, std::vector<std::string> arguments, Element element)
    {
        m_decision.reasons.push_back({{code, std::move(arguments)}, std::move(element)});
    }

    void sayNothingToDecide()
    {
        const bool none = !m_intent.objectives.latency && !m_intent.objectives.deadline;
        say(none ? Code::DecisionNoObjective : Code::DecisionNothingAssessed, {}, Element::journey());
    }

    /// What calls for a review before any objective is looked at.
    void doubt(Code code, std::vector<std::string> arguments, Element element)
    {
        m_doubtful = true;
        m_review = true;
        say(code, std::move(arguments), std::move(element));
    }

    void judgeInputs()
    {
        const auto called = journey::calledComponents(m_intent.journey);
        std::set<std::string_view> seen;
        for (const auto& [component, redundancy] : called) {
            if (!seen.insert(component).second)
                continue;
            const auto* input = m_inputs.find(component);
            if (input == nullptr || !input->stated)
                doubt(Code::DecisionNotStated, {component}, Element::component(component));
        }
        judgeModel();
        for (const auto& [component, redundancy] : called) {
            const auto* input = m_inputs.find(component);
            if (redundancy && input != nullptr && input->domainsUnknown) {
                doubt(Code::DecisionUnknownDomain, {component, journey::displayName(*redundancy)},
                      Element::component(component));
            }
        }
    }

    void judgeModel()
    {
        if (m_model == nullptr)
            return;
        if (m_model->confidence && *m_model->confidence < autoAcceptConfidence)
            doubt(Code::DecisionLowConfidence, confidenceArguments(), Element::journey());
        for (const auto& flag : m_model->evidenceFlags) {
            // "conflicting_domain_evidence:paya" speaks of a component.
            const auto colon = flag.find(':');
            const auto subject = colon == std::string::npos ? std::string() : flag.substr(colon + 1);
            const bool known = m_intent.journey.components.find(subject) != nullptr;
            doubt(Code::DecisionEvidenceFlag, {flag}, known ? Element::component(subject) : Element::journey());
        }
    }

    std::vector<std::string> confidenceArguments() const
    {
        return {sixDigits(*m_model->confidence), sixDigits(autoAcceptConfidence)};
    }

    struct Assumption
    {
        const char* word = ""; ///< as the document writes it
        std::optional<analysis::Unavailability> band; ///< absent where it has no value
        bool approximate = false;
    };

    Assumption assumption() const
    {
        const auto& law = *m_analysis.journey;
        switch (m_intent.governance.availability.value_or(journey::AvailabilityAssumption::Pessimistic)) {
        case journey::AvailabilityAssumption::Optimistic:
            return {"optimistic", law.independent, law.independentApproximate};
        case journey::AvailabilityAssumption::CommonCause:
            if (law.commonCause)
                return {"commonCause", analysis::Unavailability{*law.commonCause, *law.commonCause},
                        law.commonCauseApproximate};
            return {"commonCause", std::nullopt};
        case journey::AvailabilityAssumption::Envelope:
            return {"envelope", law.envelope.failure};
        case journey::AvailabilityAssumption::Pessimistic:
            break;
        }
        return {"pessimistic", law.sharedFate, law.sharedFateApproximate};
    }

    /// The assumption named for automation is optimistic or common cause.
    void doubtMissingValue(const Element& element)
    {
        if (m_intent.governance.availability == journey::AvailabilityAssumption::Optimistic) {
            doubt(Code::DecisionNoOptimistic, {}, element);
            if (m_analysis.independentMissing)
                m_decision.reasons.push_back(*m_analysis.independentMissing);
            return;
        }
        doubt(Code::DecisionNoCommonCause, {}, element);
        m_decision.reasons.push_back(
            m_analysis.commonCauseMissing.value_or(journey::Note{{Code::CommonCauseNoDomain, {}}, Element::journey()}));
    }

    void judgeAvailability()
    {
        const auto& objective = m_intent.objectives.availability;
        if (!objective)
            return;
        const auto element = Element::objective("availability");
        ObjectiveJudgement judgement{"availability", Verdict::Review, objective->target.success(), std::nullopt,
                                     std::nullopt};
        const auto assumed = assumption();
        if (!assumed.band) {
            doubtMissingValue(element);
            m_decision.objectives.push_back(judgement);
            return;
        }
        const double allowed = objective->target.failure();
        const auto target = objective->target.decimal().toString();
        const auto atBest = availabilityText(assumed.band->best);
        const auto atWorst = availabilityText(assumed.band->worst);
        if (assumed.band->worst > allowed)
            judgement.shortfall = assumed.band->worst - allowed;
        if (!judgement.shortfall) {
            judgement.verdict = Verdict::Pass;
            say(Code::DecisionMet, {assumed.word, atWorst, target}, element);
        } else if (assumed.band->best <= allowed) {
            say(Code::DecisionMetInPart, {assumed.word, atWorst, atBest, target}, element);
        } else {
            judgement.verdict = Verdict::Fail;
            say(Code::DecisionMissed, {assumed.word, atBest, target, sixDigits(assumed.band->best - allowed)}, element);
        }
        if (assumed.approximate) {
            judgement.verdict = Verdict::Review;
            say(Code::DecisionAvailabilityApproximate, {assumed.word}, element);
        }
        m_fails = m_fails || judgement.verdict == Verdict::Fail;
        m_review = m_review || judgement.verdict == Verdict::Review;
        m_decision.objectives.push_back(judgement);
    }

    void take(const LatencyFinding& finding)
    {
        m_fails = m_fails || finding.judgement.verdict == Verdict::Fail;
        m_review = m_review || finding.judgement.verdict == Verdict::Review;
        m_decision.objectives.push_back(finding.judgement);
        m_decision.reasons.insert(m_decision.reasons.end(), finding.reasons.begin(), finding.reasons.end());
    }

    /// Those of an empty journey: none is assessed.
    void listObjectives()
    {
        const auto& objectives = m_intent.objectives;
        if (objectives.availability)
            list("availability", objectives.availability->target.success());
        if (objectives.latency)
            list("latency", base::seconds(objectives.latency->threshold));
        if (objectives.deadline)
            list("deadline", objectives.deadline->target.success());
    }

    void list(const char* name, double target)
    {
        m_decision.objectives.push_back({name, std::nullopt, target, std::nullopt, std::nullopt});
    }

    /// @returns false where the watch expired
    bool judgeModelDelta(const base::Watch& watch, analysis::Memo* memo)
    {
        if (m_model == nullptr || !m_model->root)
            return true;
        auto accepted = m_intent.journey;
        accepted.root = m_model->root;
        const auto analysis = analysis::analyse(accepted, m_inputs, watch, memo);
        if (!analysis)
            return false;
        const double delta = std::abs(m_analysis.journey->sharedFate.worst - analysis->journey->sharedFate.worst);
        m_decision.modelDelta = delta;
        const bool high = delta >= highImpactDelta;
        m_review = m_review || high;
        say(high ? Code::DecisionModelDiffers : Code::DecisionModelAgrees,
            {sixDigits(delta), sixDigits(highImpactDelta)}, Element::journey());
        return true;
    }

    const journey::Intent& m_intent;
    const journey::Inputs& m_inputs;
    const analysis::Analysis& m_analysis;
    const analysis::LatencyAnalysis* m_latency;
    const journey::AcceptedModel* m_model;
    Decision m_decision;
    bool m_doubtful = false; ///< the evidence alone asks for a review
    bool m_fails = false; ///< test 2
    bool m_review = false; ///< test 1 or 3
};

} // namespace

const char* word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Pass:
        return "PASS";
    case Verdict::Review:
        return "REVIEW";
    case Verdict::Fail:
        return "FAIL";
    }
    return "";
}

std::optional<Decision> decide(const journey::Intent& intent, const journey::Inputs& inputs,
                               const analysis::Analysis& analysis, const analysis::LatencyAnalysis* latency,
                               const journey::AcceptedModel* model, const base::Watch& watch, analysis::Memo* memo)
{
    return Judge(intent, inputs, analysis, latency, model).decide(watch, memo);
}

} // namespace emac::governance
