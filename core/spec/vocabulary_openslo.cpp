// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/vocabulary_values.h"

// OpenSLO v1: what is checked of its kinds. What else they hold is left alone.
namespace emac::spec::table {

namespace {

void addKind(Vocabulary& vocabulary, const std::string& kind, const std::string& description, std::vector<Key> keys)
{
    add(vocabulary, MappingType{"openslo" + kind,
                                description,
                                {required("apiVersion", word({"openslo/v1"}), "version of OpenSLO"),
                                 required("kind", word({kind}), "kind of the document"),
                                 required("metadata", mapping("opensloMetadata"), "name and labels"),
                                 required("spec", mapping("openslo" + kind + "Spec"), "what it says")},
                                {},
                                false});
    add(vocabulary, MappingType{"openslo" + kind + "Spec", description, std::move(keys), {}, false});
}

} // namespace

void addOpenSlo(Vocabulary& vocabulary)
{
    add(vocabulary, MappingType{"opensloMetadata",
                                "Name and labels",
                                {required("name", name(), "what references name"),
                                 optional("displayName", text(), "name for people")},
                                {},
                                false});
    addKind(
        vocabulary, "SLO", "A service level objective",
        {required("service", name(), "the service"),
         optional("indicator", mapping("opensloIndicator"), "its SLI, inline"),
         optional("indicatorRef", name(), "its SLI, by name"),
         required("budgetingMethod", word({"Occurrences", "Timeslices", "RatioTimeslices"}), "how the budget is spent"),
         required("objectives", filledList(mapping("opensloObjective")), "targets")});
    add(vocabulary, MappingType{"opensloIndicator",
                                "An indicator",
                                {required("spec", mapping("opensloSLISpec"), "how it is measured")},
                                {},
                                false});
    add(vocabulary, MappingType{"opensloObjective",
                                "One target",
                                {optional("displayName", text(), "name for references and people"),
                                 optional("op", word({"lte", "gte", "lt", "gt"}), "comparison with the value"),
                                 optional("value", number(), "threshold, in seconds for latency"),
                                 optional("target", target(), "the share"),
                                 optional("targetPercent", ranged(Value::Kind::Number, {0, 100, true, true}),
                                          "the share in per cent")},
                                {},
                                false});
    addKind(vocabulary, "SLI", "A service level indicator",
            {optional("ratioMetric", any(), "good or bad, and total events"),
             optional("thresholdMetric", any(), "a metric to compare with a threshold")});
    addKind(vocabulary, "Service", "A service", {optional("description", text(), "free text")});
    addKind(vocabulary, "DataSource", "A source of metrics",
            {required("type", text(), "what it is"), optional("connectionDetails", any(), "how it is reached")});
    addKind(vocabulary, "AlertPolicy", "When and whom to alert",
            {required("conditions", filledList(any()), "the condition"),
             required("notificationTargets", filledList(any()), "whom to notify")});
    addKind(vocabulary, "AlertCondition", "When to alert",
            {required("severity", text(), "how serious it is"), required("condition", any(), "what is compared")});
    addKind(vocabulary, "AlertNotificationTarget", "Whom to notify", {required("target", text(), "the channel")});
}

} // namespace emac::spec::table
