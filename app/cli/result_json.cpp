// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/result.h"
#include "core/governance/contributors.h"
#include "core/journey/paths.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace emac::cli {

namespace {

using Json = nlohmann::ordered_json;
using analysis::NodeAvailability;
using analysis::Unavailability;

/// An availability from its failure probability.
Json availability(double q)
{
    return base::complement(q);
}

Json optional(const std::optional<double>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json list(const std::vector<std::string>& texts)
{
    return texts.empty() ? Json::array() : Json(texts);
}

Json optimistic(const NodeAvailability& node)
{
    return node.independent ? availability(node.independent->best) : Json(nullptr);
}

Json band(const std::optional<Unavailability>& q)
{
    if (!q)
        return nullptr;
    return {{"lower", availability(q->worst)}, {"upper", availability(q->best)}};
}

Json envelope(const analysis::Envelope& envelope)
{
    auto json = band(envelope.failure);
    json["sharp"] = envelope.sharp;
    return json;
}

Json commonCause(const NodeAvailability& node)
{
    return node.commonCause ? availability(*node.commonCause) : Json(nullptr);
}

Json availabilityOf(const std::optional<NodeAvailability>& journey)
{
    if (!journey)
        return nullptr;
    const auto& q = *journey;
    return {
        {"optimistic", optimistic(q)},
        {"pessimistic", availability(q.sharedFate.worst)},
        {"envelope", envelope(q.envelope)},
        {"commonCause", commonCause(q)},
        {"simulated", nullptr},
        {"bands", {{"optimistic", band(q.independent)}, {"pessimistic", band(q.sharedFate)}}},
        {"unavailability",
         {{"optimistic", q.independent ? Json(q.independent->best) : Json(nullptr)},
          {"pessimistic", q.sharedFate.worst},
          {"envelope", {{"lower", q.envelope.failure.best}, {"upper", q.envelope.failure.worst}}},
          {"commonCause", optional(q.commonCause)}}},
    };
}

Json ends(const std::optional<double>& lower, const std::optional<double>& upper)
{
    return {{"lower", optional(lower)}, {"upper", optional(upper)}};
}

/// With the nominal value behind the lower end.
Json endsAndNominal(const std::optional<double>& lower, const std::optional<double>& nominal,
                    const std::optional<double>& upper)
{
    return {{"lower", optional(lower)}, {"nominal", optional(nominal)}, {"upper", optional(upper)}};
}

/// What each assumption says of one percentile or deadline; null where an assumption has not been computed.
template<typename Value>
Json byAssumption(const analysis::NodeLatency& law, Value analysis::LatencyBand::*values, std::size_t index)
{
    const auto ofBand = [&](const std::optional<analysis::LatencyBand>& band) -> Json {
        if (!band)
            return nullptr;
        const auto& one = (*band.*values)[index];
        return ends(one.lower, one.upper);
    };
    const auto& one = (law.independent.*values)[index];
    return {{"independent", endsAndNominal(one.lower, one.nominal, one.upper)},
            {"sharedFate", ofBand(law.sharedFate)},
            {"envelope", ofBand(law.envelope)}};
}

Json latencyOf(const std::optional<analysis::LatencyAnalysis>& latency)
{
    if (!latency || !latency->law)
        return nullptr;
    const auto& law = *latency->law;
    Json percentiles;
    for (std::size_t i = 0; i < analysis::percentileNames.size(); ++i)
        percentiles[std::string(analysis::percentileNames.at(i))] =
            byAssumption(law, &analysis::LatencyBand::percentiles, i);
    auto deadlines = Json::array();
    for (std::size_t i = 0; i < law.independent.deadlines.size(); ++i) {
        Json entry{{"seconds", base::seconds(law.independent.deadlines[i].limit)}};
        entry.update(byAssumption(law, &analysis::LatencyBand::deadlines, i));
        deadlines.push_back(std::move(entry));
    }
    const auto width = [](const std::optional<analysis::LatencyBand>& band) {
        return band ? Json(band->numericWidth) : Json(nullptr);
    };
    return {{"unit", "s"},
            {"percentiles", std::move(percentiles)},
            {"deadlines", std::move(deadlines)},
            {"numericWidth",
             {{"independent", law.independent.numericWidth},
              {"sharedFate", width(law.sharedFate)},
              {"envelope", width(law.envelope)}}},
            {"approximate", law.approximate},
            {"openTails", list(latency->openTails)}};
}

Json decisionWord(const std::optional<governance::Verdict>& verdict)
{
    return verdict ? Json(governance::word(*verdict)) : Json(nullptr);
}

/// Of the decision, and why a number is absent.
journey::Notes reasonsOf(const workspace::Evaluation& found)
{
    auto reasons = found.decision.reasons;
    for (const auto& missing : {found.analysis.independentMissing, found.analysis.commonCauseMissing}) {
        if (missing && std::ranges::find(reasons, *missing) == reasons.end())
            reasons.push_back(*missing);
    }
    return reasons;
}

Json objectivesOf(const governance::Decision& decision)
{
    auto list = Json::array();
    for (const auto& objective : decision.objectives) {
        list.push_back({{"name", objective.name},
                        {"target", objective.target},
                        {"decision", decisionWord(objective.verdict)},
                        {"shortfall", optional(objective.shortfall)}});
    }
    return list;
}

Json componentsOf(const Result& result)
{
    auto list = Json::array();
    for (const auto& component : result.intent.journey.components.list()) {
        const auto* input = result.found.inputs.find(component->name);
        Json entry{{"id", component->name}, {"unavailability", nullptr}};
        if (input != nullptr && input->stated) {
            entry["unavailability"] = input->failure.nominal;
            if (input->failure.lower != input->failure.upper)
                entry["unavailabilityBand"] = {{"lower", input->failure.lower}, {"upper", input->failure.upper}};
        }
        for (const auto* later : {"birnbaum", "criticality", "riskAchievementWorth", "riskReductionWorth",
                                  "budgetShare", "headroom", "pessimistic"})
            entry[later] = nullptr;
        list.push_back(std::move(entry));
    }
    return list;
}

Json nodesOf(const Result& result)
{
    auto list = Json::array();
    for (const auto& place : journey::nodePlaces(result.intent.journey)) {
        const auto* node = result.found.analysis.find(place.node->id);
        if (node == nullptr)
            continue;
        list.push_back({{"path", place.path},
                        {"id", place.key},
                        {"type", journey::keyword(journey::typeOf(*place.node))},
                        {"optimistic", optimistic(*node)},
                        {"pessimistic", availability(node->sharedFate.worst)},
                        {"envelope", envelope(node->envelope)},
                        {"commonCause", commonCause(*node)}});
    }
    return list;
}

} // namespace

std::string toJson(const Result& result)
{
    auto contributorList = Json::array();
    for (const auto& contributor :
         governance::contributors(result.intent.journey, result.found.analysis, result.found.decision))
        contributorList.push_back(
            {{"name", contributor.name}, {"kind", contributor.kind}, {"value", contributor.value}});
    const Json document{
        {"apiVersion", "emac.dev/v1alpha1"},
        {"kind", "AnalysisResult"},
        {"journey", result.intent.name},
        {"availability", availabilityOf(result.found.analysis.journey)},
        {"latency", latencyOf(result.found.latency)},
        {"objectives", objectivesOf(result.found.decision)},
        {"decision", decisionWord(result.found.decision.verdict)},
        {"reasons", list(noteTexts(result, reasonsOf(result.found)))},
        {"flags", result.found.decision.flags},
        {"confidence", optional(result.found.decision.confidence)},
        {"contributors", std::move(contributorList)},
        {"components", componentsOf(result)},
        {"nodes", nodesOf(result)},
        {"notes", list(noteTexts(result, result.found.notes))},
    };
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace emac::cli
