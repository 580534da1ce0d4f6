// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/placement.h"
#include "core/spec/vocabulary_values.h"

// The documents themselves: the intent, its objectives, and the models.
namespace emac::spec::table {

namespace {

void addIntent(Vocabulary& vocabulary)
{
    add(vocabulary, MappingType{"intent",
                                "What people declare about a journey",
                                {required("apiVersion", word({"emac.dev/v1alpha1"}), "version of the vocabulary"),
                                 required("kind", word({"JourneyIntent"}), "kind of the document"),
                                 required("metadata", mapping("metadata"), "name and labels"),
                                 required("spec", mapping("spec"), "the journey")},
                                {},
                                true});
    add(vocabulary, MappingType{"metadata",
                                "Name and labels",
                                {required("name", name(), "name of the journey, used in series and file names"),
                                 optional("displayName", text(), "name for people"),
                                 optional("labels", map(text()), "free labels")},
                                {},
                                false});
    add(vocabulary,
        MappingType{"spec",
                    "The journey",
                    {optional("objectives", mapping("objectives"), "what is promised"),
                     optional("expectedEvents", positiveNumber(), "journeys in a window, for budgets in events"),
                     optional("operator", mapping("expression"), "the journey's expression; absent: an empty journey"),
                     optional("fragments", map(mapping("expression")), "named expressions for use in many places"),
                     optional("components", map(mapping("component")), "services and external dependencies"),
                     optional("evidence", mapping("evidence"), "what the system is known from"),
                     optional("failureDomains", mapping("failureDomains"), "rules for failure domains"),
                     optional("governance", mapping("governance"), "what automation is allowed to do")},
                    {},
                    false});
}

void addObjectives(Vocabulary& vocabulary)
{
    add(vocabulary,
        MappingType{"objectives",
                    "What is promised",
                    {optional("availability", mapping("availabilityObjective"), "share of successful journeys"),
                     optional("latency", mapping("latencyObjective"), "a percentile of successful journeys"),
                     optional("deadline", mapping("deadlineObjective"), "share of journeys done in time")},
                    {},
                    false});
    const auto window = required("window", positiveDuration(), "window of the objective");
    add(vocabulary, MappingType{"availabilityObjective",
                                "Share of successful journeys",
                                {window, required("target", target(), "the share, such as 0.995 or 99.5%"),
                                 optional("sli", mapping("sli"), "how it is measured")},
                                {},
                                true});
    add(vocabulary, MappingType{"sli",
                                "How availability is measured",
                                {optional("goodEventQuery", text(), "query of good events"),
                                 optional("totalEventQuery", text(), "query of all events")},
                                {},
                                false});
    add(vocabulary, MappingType{"latencyObjective",
                                "A percentile of successful journeys",
                                {window, required("objective", mapping("percentile"), "percentile and threshold"),
                                 optional("evidence", mapping("latencyQuery"), "how it is measured")},
                                {},
                                true});
    add(vocabulary, MappingType{"percentile",
                                "A percentile and its threshold",
                                {required("metric", word({"p50", "p90", "p95", "p99", "p999"}), "the percentile"),
                                 required("threshold", positiveDuration(), "what it must not exceed")},
                                {},
                                false});
    add(vocabulary, MappingType{"latencyQuery",
                                "How latency is measured",
                                {optional("promql", text(), "query of the percentile")},
                                {},
                                false});
    add(vocabulary, MappingType{"deadlineObjective",
                                "Share of journeys that succeed in time",
                                {window, required("seconds", positiveDuration(), "the time, in seconds or with a unit"),
                                 required("target", target(), "the share")},
                                {},
                                true});
}

void addModel(Vocabulary& vocabulary)
{
    add(vocabulary,
        MappingType{"model",
                    "What the evidence says the system is",
                    {required("apiVersion", word({"emac.dev/v1alpha1", "emac.sanity/v1"}), "version of the vocabulary"),
                     required("kind", word({"AcceptedJourneyModel", "DiscoveredJourneyModel"}), "kind of the document"),
                     required("metadata", mapping("metadata"), "name and labels"),
                     required("spec", mapping("modelSpec"), "the model")},
                    {},
                    false});
    add(vocabulary, MappingType{"modelSpec",
                                "A model",
                                {optional("operatorGraph", mapping("operatorGraph"), "the journey as seen"),
                                 optional("failureDomains", mapping("modelDomains"), "failure domains as seen"),
                                 optional("confidence", mapping("confidence"), "how sure it is")},
                                {},
                                false});
    add(vocabulary, MappingType{"operatorGraph",
                                "The journey as seen",
                                {optional("root", mapping("expression"), "its expression")},
                                {},
                                false});
    add(vocabulary, MappingType{"modelDomains",
                                "Failure domains as seen",
                                {optional("effective", map(list(domain())), "the domains of each component"),
                                 optional("details", map(mapping("domainDetail")), "what they rest on")},
                                {},
                                false});
    add(vocabulary, MappingType{"domainDetail",
                                "What the domains of a component rest on",
                                {optional("status", text(), "consistent, missing, conflicting …")},
                                {},
                                false});
    add(vocabulary, MappingType{"confidence",
                                "How sure a model is",
                                {optional("overall", ranged(Value::Kind::Number, {0, 1}), "overall confidence"),
                                 optional("evidenceFlags", list(text()), "what is wrong with the evidence")},
                                {},
                                false});
}

void addLayout(Vocabulary& vocabulary)
{
    const auto pixels =
        ranged(Value::Kind::Number, {-journey::Placement::farthest, journey::Placement::farthest, false, false});
    auto nodes = map(mapping("offset"));
    nodes.keyBytes = std::size_t(1) << 20U; // a place key names every operator above the node
    add(vocabulary,
        MappingType{"layout",
                    "Where people put things on the canvas",
                    {required("apiVersion", word({"emac.dev/v1alpha1"}), "version of the vocabulary"),
                     required("kind", word({"JourneyLayout"}), "kind of the document"),
                     optional("nodes", nodes, "hand-placed nodes, by place key"),
                     optional("loose", list(mapping("looseComponent")), "components that lie there without a call")},
                    {},
                    false});
    const auto x = required("x", pixels, "pixels at 100 % from the left edge of the frame");
    const auto y = required("y", pixels, "pixels at 100 % from the upper edge of the frame");
    add(vocabulary, MappingType{"offset", "A place in a frame", {x, y}, {}, false});
    add(vocabulary, MappingType{"looseComponent",
                                "A component that lies on the canvas without being called",
                                {required("component", name(), "its name"), x, y},
                                {},
                                false});
}

} // namespace

void addDocuments(Vocabulary& vocabulary)
{
    addIntent(vocabulary);
    addObjectives(vocabulary);
    addModel(vocabulary);
    addLayout(vocabulary);
}

} // namespace emac::spec::table
