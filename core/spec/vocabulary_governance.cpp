// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/vocabulary_values.h"

// Evidence policy and governance of an intent.
namespace emac::spec::table {

namespace {

void addEvidence(Vocabulary& vocabulary)
{
    add(vocabulary, MappingType{"evidence",
                                "What the system is known from",
                                {optional("modelDiscovery", mapping("modelDiscovery"), "how a model is discovered")},
                                {},
                                false});
    add(vocabulary,
        MappingType{"modelDiscovery",
                    "How a model is discovered",
                    {optional("enabled", boolean(), "whether a model is discovered", "false"),
                     optional("evidenceWindow", positiveDuration(), "the time that evidence is taken from"),
                     optional("freshness", mapping("freshness"), "how old evidence may be"),
                     optional("coveragePolicy", mapping("coveragePolicy"), "how complete evidence must be"),
                     optional("discoveredModelRef", text(), "path of the discovered model: provenance, never analysed"),
                     optional("inputs", list(mapping("evidenceInput")), "kinds of evidence")},
                    {},
                    false});
    add(vocabulary, MappingType{"freshness",
                                "How old evidence may be",
                                {optional("maxAge", positiveDuration(), "oldest evidence that counts")},
                                {},
                                false});
    add(vocabulary,
        MappingType{"coveragePolicy",
                    "How complete evidence must be",
                    {optional("minTraceEdgeCoverage", unitRatio(), "share of the expected edges that must be seen"),
                     optional("requirePaymentBranchCoverage", boolean(), "whether every payment branch must be seen")},
                    {},
                    false});
    add(vocabulary, MappingType{"evidenceInput",
                                "One kind of evidence",
                                {required("type", text(), "opentelemetry-traces, kubernetes-manifests …"),
                                 optional("notes", text(), "free text")},
                                {},
                                false});
}

void addAlerts(Vocabulary& vocabulary)
{
    add(vocabulary, MappingType{"alerts",
                                "Burn-rate alerts",
                                {optional("promRuleOutput", text(), "path of the compiled alerts"),
                                 optional("sloBudgetWindow", positiveDuration(), "window of the error budget"),
                                 optional("burnRatePolicy", mapping("burnRatePolicy"), "when to alert")},
                                {},
                                false});
    add(vocabulary, MappingType{"burnRatePolicy",
                                "When to alert",
                                {optional("page", list(mapping("burnRate")), "rows that page"),
                                 optional("ticket", list(mapping("burnRate")), "rows that open a ticket")},
                                {},
                                false});
    add(vocabulary, MappingType{"burnRate",
                                "One row of a multiwindow burn-rate policy",
                                {required("burnRate", positiveNumber(), "multiple of the budget's even rate"),
                                 required("longWindow", positiveDuration(), "window that shows significance"),
                                 required("shortWindow", positiveDuration(), "window that shows that it goes on")},
                                {},
                                false});
}

void addActions(Vocabulary& vocabulary)
{
    add(vocabulary, MappingType{"action",
                                "What automation may do",
                                {required("kind", text(), "promote, rollback, scale …"),
                                 optional("guard", text(), "boolean expression that permits it"),
                                 optional("parameterBounds", map(text()), "limits of its parameters"),
                                 optional("rollback", mapping("rollback"), "what undoes it"),
                                 optional("rateLimit", mapping("rateLimit"), "how often it may be done")},
                                {},
                                false});
    add(vocabulary, MappingType{"rollback",
                                "What undoes an action",
                                {optional("onGuardViolation", boolean(), "whether a violated guard undoes it", "false"),
                                 optional("action", text(), "the action that undoes it")},
                                {},
                                false});
    add(vocabulary, MappingType{"rateLimit",
                                "How often an action may be done",
                                {optional("maxActions", integer(0), "at most so often"),
                                 optional("window", positiveDuration(), "within this time")},
                                {},
                                false});
}

} // namespace

void addGovernance(Vocabulary& vocabulary)
{
    addEvidence(vocabulary);
    add(vocabulary, MappingType{"governance",
                                "What automation is allowed to do",
                                {optional("evaluationMode", text(), "name of the mode"),
                                 optional("useBoundsForAutomation", mapping("bounds"), "which law decides"),
                                 optional("alerts", mapping("alerts"), "burn-rate alerts"),
                                 optional("progressiveDelivery", mapping("progressiveDelivery"), "gates of a rollout"),
                                 optional("actions", list(mapping("action")), "guarded actions")},
                                {},
                                false});
    add(vocabulary,
        MappingType{"bounds",
                    "Which law decides",
                    {optional("availability", word({"pessimistic", "optimistic", "commonCause", "envelope"}),
                              "the assumption that availability is judged under", "pessimistic"),
                     optional("latency", word({"upperConfidence", "independent", "envelope"}),
                              "the assumption that latency is judged under", "upperConfidence")},
                    {},
                    false});
    add(vocabulary, MappingType{"progressiveDelivery",
                                "Gates of a rollout",
                                {optional("provider", word({"argo-rollouts", "flagger"}), "what rolls out"),
                                 optional("analysisTemplateOutput", text(), "path of the compiled analysis"),
                                 optional("gate", mapping("gate"), "limits for the canary")},
                                {},
                                false});
    add(vocabulary,
        MappingType{"gate",
                    "Limits for the canary",
                    {optional("maxCanaryBurnRate", positiveNumber(), "highest burn rate"),
                     optional("maxP99LatencySeconds", positiveNumber(), "highest 99th percentile, in seconds")},
                    {},
                    false});
    addAlerts(vocabulary);
    addActions(vocabulary);
}

} // namespace emac::spec::table
