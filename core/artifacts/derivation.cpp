// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/derivation.h"

#include "core/artifacts/derivation_parts.h"
#include "core/artifacts/document.h"
#include "core/artifacts/recording_rules.h"
#include "core/journey/paths.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace emac::artifacts {

using yaml::Content;

namespace {

constexpr const char* correlation = "_domain_correlation";

std::string joined(const std::vector<std::string>& list, const char* separator)
{
    std::string text;
    for (const auto& part : list)
        text += (text.empty() ? "" : separator) + part;
    return text;
}

class Report
{
public:
    Report(const Subject& subject, bool gated)
        : m_subject(subject)
        , m_request(subject.request)
        , m_intent(subject.intent())
        , m_constants(constantsOf(subject))
        , m_expression(journey::expressionText(subject.intent().journey.root))
        , m_gated(gated)
    {
        if (m_intent.objectives.availability)
            m_target = m_intent.objectives.availability->target.decimal().toString();
    }

    Content operator()() const
    {
        auto spec = Content::mapping();
        spec.add("journey", journeyContent());
        spec.add("inputArtifacts", inputArtifacts());
        spec.add("operatorGraph", Content::ofText(m_expression));
        spec.add("atomicAvailabilityTargets", atomicTargets(m_request));
        spec.add("atomicAvailabilityInputs", atomicInputs(m_request));
        spec.add("failureDomains", failureDomains(m_request));
        spec.add("failureDomainAssumptions", failureDomainAssumptions(m_subject));
        spec.add("policy", policy());
        spec.add("composition", composition());
        spec.add("syntheticSLIs", syntheticSlis());
        if (m_request.modelFile)
            spec.add("confidence", confidence());
        spec.add("governance", governanceContent());
        spec.add("dominantContributors", dominantContributors());
        spec.add("interpretation", Content::ofText(joined(interpretation(), " ")));
        auto object = Content::mapping();
        object.add("apiVersion", Content::ofText("emac.dev/v1alpha1"));
        object.add("kind", Content::ofText("DerivationReport"));
        object.add("metadata", metadata(m_request, m_subject.name));
        object.add("spec", std::move(spec));
        return object;
    }

private:
    Content journeyContent() const
    {
        auto content = Content::mapping();
        content.add("name", Content::ofText(m_intent.name));
        content.add("operatorGraph", operatorGraph(*m_intent.journey.root));
        return content;
    }

    Content inputArtifacts() const
    {
        auto content = Content::mapping();
        content.add("canonicalIntent", Content::ofText(m_request.intentFile.path));
        if (m_request.modelFile)
            content.add("acceptedModel", Content::ofText(m_request.modelFile->path));
        return content;
    }

    void addTarget(const char* key, Content& content) const
    {
        if (m_target)
            content.add(key, Content::plain(*m_target));
    }

    void addWindow(Content& content) const
    {
        if (m_subject.evidenceWindow)
            content.add("evidenceWindow", Content::ofText(*m_subject.evidenceWindow));
    }

    Content policy() const
    {
        auto content = Content::mapping();
        addTarget("objectiveAvailability", content);
        addWindow(content);
        content.add("autoAcceptConfidence", number(governance::autoAcceptConfidence));
        content.add("highImpactDeltaThreshold", number(governance::highImpactDelta));
        return content;
    }

    static Content symbolic(const char* symbol, double value)
    {
        auto content = Content::mapping();
        content.add("symbol", Content::ofText(symbol));
        content.add("value", number(value));
        return content;
    }

    Content composition() const
    {
        auto content = Content::mapping();
        addTarget("objectiveAvailabilityTarget", content);
        content.add("optimisticAssumptions", texts(optimisticAssumptions()));
        content.add("pessimisticAssumptions", texts(m_subject.fate.assumptions()));
        content.add("formulas", formulas(m_subject));
        auto results = Content::mapping();
        results.add("availability", availability());
        content.add("results", std::move(results));
        if (m_constants.optimistic)
            content.add("optimisticEstimate", symbolic("A_plus", m_constants.optimistic->value));
        content.add("pessimisticBound", symbolic("A_minus", m_constants.pessimistic.value));
        if (m_constants.width)
            content.add("boundWidth", number(m_constants.width->value));
        content.add("nodes", nodes(m_request));
        return content;
    }

    std::vector<std::string> optimisticAssumptions() const
    {
        std::vector<std::string> list;
        for (const auto& op : m_subject.fate.operators) {
            if (op.shares)
                list.push_back("Independence across " + joined(op.alternatives, "/"));
        }
        list.emplace_back("Independence of all components");
        return list;
    }

    Content availability() const
    {
        auto content = Content::mapping();
        if (m_constants.optimistic)
            content.add("optimisticEstimate", number(m_constants.optimistic->value));
        content.add("pessimisticBound", number(m_constants.pessimistic.value));
        if (m_constants.width)
            content.add("boundWidth", number(m_constants.width->value));
        if (m_constants.commonCause)
            content.add("commonCause", number(m_constants.commonCause->value));
        auto envelope = Content::mapping(true);
        envelope.add("lower", number(m_constants.envelopeLower.value));
        envelope.add("upper", number(m_constants.envelopeUpper.value));
        envelope.add("sharp", Content::plain(m_request.analysis.journey->envelope.sharp ? "true" : "false"));
        content.add("envelope", std::move(envelope));
        content.add("interpretation", texts(interpretation()));
        return content;
    }

    std::vector<std::string> interpretation() const
    {
        std::vector<std::string> list;
        const auto& law = *m_request.analysis.journey;
        if (m_target) {
            const double allowed = m_intent.objectives.availability->target.failure();
            const bool pessimistic = law.sharedFate.worst <= allowed;
            if (!law.independent)
                list.push_back(std::string("Pessimistic bound ") + (pessimistic ? "meets " : "does not meet ")
                               + *m_target + '.');
            else if (pessimistic)
                list.push_back("Optimistic estimate and pessimistic bound meet " + *m_target + '.');
            else if (law.independent->best <= allowed)
                list.push_back("Optimistic estimate meets " + *m_target + ", pessimistic bound does not.");
            else
                list.push_back("Neither optimistic estimate nor pessimistic bound meets " + *m_target + '.');
        }
        if (m_constants.width && m_constants.width->value > 0 && !m_subject.fate.domains.empty()) {
            list.push_back("This gap is the quantified 'shared-fate risk' of the "
                           + joined(m_subject.fate.domains, ", ")
                           + (m_subject.fate.domains.size() == 1 ? " domain." : " domains."));
        }
        return list;
    }

    std::string reference(const std::string& path) const
    {
        const auto folder = std::filesystem::path(m_subject.paths.report).parent_path();
        return std::filesystem::path(path).lexically_relative(folder).generic_string();
    }

    static Content recorded(const Constant& constant)
    {
        auto content = Content::mapping();
        content.add("record", Content::ofText(constant.selector()));
        content.add("value", number(constant.value));
        return content;
    }

    Content syntheticSlis() const
    {
        auto bounds = Content::mapping();
        if (m_constants.optimistic)
            bounds.add("optimistic", recorded(*m_constants.optimistic));
        bounds.add("pessimistic", recorded(m_constants.pessimistic));
        if (m_constants.commonCause)
            bounds.add("commonCause", recorded(*m_constants.commonCause));
        bounds.add("envelopeLower", recorded(m_constants.envelopeLower));
        bounds.add("envelopeUpper", recorded(m_constants.envelopeUpper));
        if (m_constants.width)
            bounds.add("width", recorded(*m_constants.width));
        auto content = Content::mapping();
        content.add("prometheusRuleRef", Content::ofText(reference(m_subject.paths.recordingRules)));
        content.add("availability", std::move(bounds));
        if (auto latency = latencyBounds(m_subject, m_constants))
            content.add("latency", std::move(*latency));
        if (m_constants.confidence) {
            auto delta = recorded(*m_constants.confidence);
            delta.add("source", Content::ofText(m_constants.confidenceSource));
            auto model = Content::mapping();
            model.add("modelDelta", std::move(delta));
            content.add("confidence", std::move(model));
        }
        auto contributors = Content::sequence(m_constants.contributors.empty());
        for (const auto& contributor : m_constants.contributors)
            contributors.add(recorded(contributor));
        content.add("contributors", std::move(contributors));
        return content;
    }

    Content confidence() const
    {
        auto content = Content::mapping();
        if (m_request.decision.confidence)
            content.add("overall", number(*m_request.decision.confidence));
        content.add("evidenceFlags", texts(m_request.decision.flags));
        return content;
    }

    Content decisionWord() const
    {
        const auto& verdict = m_request.decision.verdict;
        return verdict ? Content::ofText(governance::word(*verdict)) : Content::plain("null");
    }

    const char* uses() const
    {
        switch (m_intent.governance.availability.value_or(journey::AvailabilityAssumption::Pessimistic)) {
        case journey::AvailabilityAssumption::Optimistic:
            return "optimisticEstimate";
        case journey::AvailabilityAssumption::CommonCause:
            return "commonCause";
        case journey::AvailabilityAssumption::Envelope:
            return "envelope";
        case journey::AvailabilityAssumption::Pessimistic:
            break;
        }
        return "pessimisticBound";
    }

    Content governanceContent() const
    {
        auto reasons = Content::sequence(m_request.decision.reasons.empty());
        for (const auto& reason : m_request.decision.reasons)
            reasons.add(Content::ofText(base::english(reason.message)));
        auto content = Content::mapping();
        content.add("decision", decisionWord());
        content.add("reasons", std::move(reasons));
        content.add("passRequires",
                    texts({"A_minus >= objectiveAvailability", "overallConfidence >= autoAcceptConfidence",
                           "no unresolved high-impact model delta", "no incomplete or conflicting evidence flags"}));
        content.add("conservativeGate", gate());
        content.add("compiledArtifacts", compiled());
        content.add("provenance", provenance());
        return content;
    }

    Content gate() const
    {
        auto content = Content::mapping();
        content.add("uses", Content::ofText(uses()));
        content.add("decision", decisionWord());
        std::string guard;
        for (const auto& part : m_subject.guards)
            guard += (guard.empty() ? "" : " && ") + (m_subject.guards.size() == 1 ? part.text : '(' + part.text + ')');
        if (!guard.empty()) {
            content.add("actionGuard", Content::ofText(guard));
            if (m_gated)
                content.add("actionGuardCompiledAs", Content::ofText(reference(m_subject.paths.analysisTemplate)));
        }
        return content;
    }

    Content compiled() const
    {
        const auto& paths = m_subject.paths;
        auto content = Content::mapping();
        content.add("prometheusRecordingRules", Content::ofText(reference(paths.recordingRules)));
        content.add("prometheusAlerts", Content::ofText(reference(paths.alerts)));
        if (m_gated) {
            content.add("argoAnalysisTemplate", Content::ofText(reference(paths.analysisTemplate)));
            content.add("argoRolloutSnippet", Content::ofText(reference(paths.rollout)));
        }
        return content;
    }

    /// The operator of a contributor; empty for one of another kind.
    static std::string operatorOf(const std::string& contributor)
    {
        return contributor.ends_with(correlation)
                   ? contributor.substr(0, contributor.size() - std::string_view(correlation).size())
                   : std::string();
    }

    std::string reasonOf(const std::string& contributor) const
    {
        const auto op = operatorOf(contributor);
        if (op.empty())
            return "pessimistic availability shortfall below objective " + m_target.value_or("");
        return m_subject.fate.reasonAt(op);
    }

    Content provenance() const
    {
        auto content = Content::mapping();
        content.add("operatorExpression", Content::ofText(m_expression));
        addWindow(content);
        content.add("confidenceThreshold", number(governance::autoAcceptConfidence));
        const auto assumptions = m_subject.fate.assumptions();
        content.add("failureDomainAssumption",
                    Content::ofText(assumptions.empty() ? m_subject.fate.assumption() : joined(assumptions, "; ")));
        std::vector<std::string> reasons;
        for (const auto& contributor : m_constants.contributors)
            reasons.push_back(reasonOf(contributor.key.front().second));
        content.add("dominantContributors", texts(reasons));
        return content;
    }

    /// As the replay's reports have them.
    Content dominantContributors() const
    {
        auto list = Content::sequence(m_constants.contributors.empty());
        for (const auto& contributor : m_constants.contributors) {
            const auto& name = contributor.key.front().second;
            auto content = Content::mapping();
            content.add("name", Content::ofText(name));
            if (const auto op = operatorOf(name); !op.empty()) {
                const auto& operators = m_subject.fate.operators;
                const bool redundant = std::ranges::find(operators, op, &SharedFate::Operator::id) != operators.end();
                content.add("reason", Content::ofText((redundant ? "redundancy of " + op + " is removed or not trusted"
                                                                 : m_subject.fate.reasonAt(op))
                                                      + " in the pessimistic bound"));
                addLaws(op, content);
            } else {
                content.add("reason", Content::ofText("A_minus is below the policy objective"));
                addTarget("objectiveAvailability", content);
                content.add("shortfall", number(contributor.value));
            }
            content.add("kind", Content::ofText(contributor.key.back().second));
            content.add("value", number(contributor.value));
            list.add(std::move(content));
        }
        return list;
    }

    /// What a race is worth under both assumptions.
    void addLaws(const std::string& op, Content& content) const
    {
        for (const auto& place : journey::nodePlaces(m_intent.journey)) {
            const auto* law = m_request.analysis.find(place.node->id);
            if (place.key != op || law == nullptr || journey::typeOf(*place.node) != journey::OperatorType::Race)
                continue;
            if (law->independent)
                content.add("raceAPlus", number(base::complement(law->independent->best)));
            content.add("raceAMinus", number(base::complement(law->sharedFate.worst)));
        }
    }

    const Subject& m_subject;
    const Request& m_request;
    const journey::Intent& m_intent;
    Constants m_constants;
    std::string m_expression;
    bool m_gated;
    std::optional<std::string> m_target;
};

} // namespace

Content derivation(const Subject& subject, bool gated)
{
    return Report(subject, gated)();
}

} // namespace emac::artifacts
