// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/result.h"
#include "core/governance/contributors.h"
#include "core/journey/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace emac::cli {

namespace {

using analysis::Unavailability;

/// Both ends where they differ: "0.9925144895025" or "0.9925 … 0.9931".
std::string ends(const Unavailability& q)
{
    if (q.worst == q.best)
        return fmt::format("{}", base::complement(q.worst));
    return fmt::format("{} … {}", base::complement(q.worst), base::complement(q.best));
}

std::string failureEnds(const Unavailability& q)
{
    if (q.worst == q.best)
        return fmt::format("{:.6g}", q.worst);
    return fmt::format("{:.6g} … {:.6g}", q.best, q.worst);
}

void writeAvailability(std::string& text, const Result& result)
{
    const auto out = std::back_inserter(text);
    if (!result.found.analysis.journey) {
        fmt::format_to(out, "Availability     none: the journey is empty\n");
        return;
    }
    const auto& q = *result.found.analysis.journey;
    fmt::format_to(out, "Availability     A-  {:<28} fails {}\n", ends(q.sharedFate), failureEnds(q.sharedFate));
    if (q.independent)
        fmt::format_to(out, "                 A+  {:<28} fails {}\n", ends(*q.independent),
                       failureEnds(*q.independent));
    else
        fmt::format_to(out, "                 A+  not computed (see the notes)\n");
    const auto& failure = q.envelope.failure;
    fmt::format_to(out, "                 E   {:<28} fails {}{}\n", ends(failure), failureEnds(failure),
                   q.envelope.sharp ? "" : ", outer bounds");
    if (q.commonCause)
        fmt::format_to(out, "                 A*  {:<28} fails {:.6g}\n",
                       fmt::format("{}", base::complement(*q.commonCause)), *q.commonCause);
    else if (result.found.analysis.commonCauseMissing)
        fmt::format_to(out, "                 A*  not computed (see the notes)\n");
}

void writeDecision(std::string& text, const Result& result)
{
    const auto out = std::back_inserter(text);
    for (const auto& objective : result.found.decision.objectives) {
        fmt::format_to(out, "Objective        {} {}: {}", objective.name, objective.target,
                       objective.verdict ? governance::word(*objective.verdict) : "not assessed");
        if (objective.shortfall)
            fmt::format_to(out, ", short by {:.6g}", *objective.shortfall);
        text += '\n';
    }
    if (result.found.decision.confidence) {
        fmt::format_to(out, "Model            confidence {:.6g}", *result.found.decision.confidence);
        for (const auto& flag : result.found.decision.flags)
            fmt::format_to(out, ", {}", flag);
        text += '\n';
    }
    fmt::format_to(out, "Decision         {}\n",
                   result.found.decision.verdict ? governance::word(*result.found.decision.verdict) : "none");
    for (const auto& reason : noteTexts(result, result.found.decision.reasons))
        fmt::format_to(out, "  - {}\n", reason);
}

void writeTree(std::string& text, const Result& result)
{
    const auto places = journey::nodePlaces(result.intent.journey);
    std::size_t width = 4;
    const auto label = [](const journey::NodePlace& place) {
        const auto type = journey::typeOf(*place.node);
        const auto word = std::string(journey::keyword(type));
        const auto name = journey::displayName(*place.node);
        const auto title = type == journey::OperatorType::Call || name == word ? name : word + ' ' + name;
        return std::string(2 * static_cast<std::size_t>(place.depth) + 2, ' ') + title;
    };
    for (const auto& place : places)
        width = std::max(width, label(place).size());
    const auto out = std::back_inserter(text);
    std::string fragment;
    fmt::format_to(out, "\n{:<{}}  {:<22}  {}\n", "Node", width, "A- (shared fate)", "A+ (independent)");
    for (const auto& place : places) {
        const auto* q = result.found.analysis.find(place.node->id);
        if (q == nullptr)
            continue;
        if (place.fragment != fragment) {
            fragment = place.fragment;
            fmt::format_to(out, "fragment {}\n", fragment);
        }
        fmt::format_to(out, "{:<{}}  {:<22}  {}\n", label(place), width, base::complement(q->sharedFate.worst),
                       q->independent ? fmt::format("{}", base::complement(q->independent->best)) : "not computed");
    }
}

} // namespace

std::vector<std::string> noteTexts(const Result& result, const journey::Notes& notes)
{
    std::map<journey::NodeId, std::string> keys;
    for (const auto& place : journey::nodePlaces(result.intent.journey))
        keys.emplace(place.node->id, place.key);
    std::vector<std::string> texts;
    for (const auto& note : notes) {
        const auto key = keys.find(note.element.node);
        const bool ofNode = note.element.kind == journey::Element::Kind::Node && key != keys.end();
        texts.push_back((ofNode ? key->second + ": " : std::string()) + base::english(note.message));
    }
    return texts;
}

std::string toText(const Result& result)
{
    std::string text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "Journey          {}\n", result.intent.name);
    if (result.intent.journey.root)
        fmt::format_to(out, "Expression       {}\n", journey::expressionText(result.intent.journey.root));
    writeAvailability(text, result);
    writeDecision(text, result);
    if (result.found.latency)
        text += latencyText(*result.found.latency);
    const auto parts = governance::contributors(result.intent.journey, result.found.analysis, result.found.decision);
    if (!parts.empty())
        text += "\nContributors\n";
    for (const auto& part : parts)
        fmt::format_to(out, "  {:.6g}  {} ({})\n", part.value, part.name, part.kind);
    if (result.found.analysis.journey)
        writeTree(text, result);
    if (!result.found.notes.empty())
        text += "\nNotes\n";
    for (const auto& note : noteTexts(result, result.found.notes))
        fmt::format_to(out, "  - {}\n", note);
    return text;
}

} // namespace emac::cli
