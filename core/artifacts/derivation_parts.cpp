// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/derivation_parts.h"

#include "core/artifacts/document.h"
#include "core/base/decimal.h"
#include "core/journey/paths.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace emac::artifacts {

using journey::OperatorType;
using yaml::Content;

namespace {

const journey::Input* inputOf(const Request& request, const std::string& component)
{
    return request.inputs.find(component);
}

std::vector<std::string> domainsOf(const Request& request, const std::string& component)
{
    const auto* input = inputOf(request, component);
    if (input == nullptr)
        return {};
    auto domains = input->domains;
    if (input->domainsUnknown && std::ranges::find(domains, "unknown") == domains.end())
        domains.emplace_back("unknown");
    return domains;
}

/// The parameters of an operator besides its children.
void addParameters(const journey::Expression& node, Content& content)
{
    if (const auto* kofn = std::get_if<journey::KofN>(&node.op)) {
        content.add("k", Content::plain(std::to_string(kofn->k)));
    } else if (const auto* retry = std::get_if<journey::Retry>(&node.op)) {
        content.add("attempts", Content::plain(std::to_string(retry->attempts)));
    } else if (const auto* timeout = std::get_if<journey::Timeout>(&node.op)) {
        content.add("deadline", Content::ofText(base::toString(timeout->deadline)));
    } else if (const auto* branch = std::get_if<journey::Branch>(&node.op)) {
        auto list = Content::sequence(true);
        for (const auto& choice : branch->choices) {
            const auto end = [](const base::Ratio& ratio) { return Content::plain(ratio.decimal().toString()); };
            auto range = Content::sequence(true);
            range.add(end(choice.probability.lower)).add(end(choice.probability.upper));
            list.add(choice.probability.isNumber() ? end(choice.probability.lower) : std::move(range));
        }
        content.add("probabilities", std::move(list));
    }
}

const char* relationOf(const SharedFate::Operator& op)
{
    return op.unknown ? "unknown_or_conflicting" : op.shares ? "shared_effective_domain" : "separate_effective_domains";
}

std::string ruleOf(const SharedFate::Operator& op)
{
    const bool race = op.type == OperatorType::Race;
    if (op.unknown)
        return std::string("unknownOrConflictingDomain: ") + (race ? "collapse race" : "alternatives fail together")
               + " and require REVIEW";
    if (op.shares)
        return std::string("sharedEffectiveDomain: ")
               + (race ? "collapse race to best single alternative" : "alternatives fail together");
    return std::string("separateKnownDomains: ") + (race ? "use independent race formula" : "use independent formula");
}

} // namespace

Content operatorGraph(const journey::Expression& node)
{
    if (const auto* call = std::get_if<journey::Call>(&node.op))
        return Content::ofText(call->component);
    auto content = Content::mapping();
    if (const auto* use = std::get_if<journey::Use>(&node.op)) {
        content.add("use", Content::ofText(use->fragment));
        return content;
    }
    auto list = Content::sequence();
    journey::forEachChild(node, [&](const journey::ExpressionPtr& child) { list.add(operatorGraph(*child)); });
    list.flow = std::ranges::all_of(list.children, &Content::isScalar);
    content.add(journey::keyword(journey::typeOf(node)), std::move(list));
    addParameters(node, content);
    return content;
}

Content atomicTargets(const Request& request)
{
    auto content = Content::mapping();
    for (const auto& component : request.intent.journey.components.list()) {
        if (const auto* input = inputOf(request, component->name); input != nullptr && input->stated)
            content.add(component->name, number(base::complement(input->failure.nominal)));
    }
    return content;
}

Content atomicInputs(const Request& request)
{
    auto content = Content::mapping();
    for (const auto& component : request.intent.journey.components.list()) {
        const auto* input = inputOf(request, component->name);
        if (input == nullptr || !input->stated)
            continue;
        const auto& failure = input->failure;
        if (failure.lower == failure.upper) {
            content.add(component->name, number(base::complement(failure.nominal)));
            continue;
        }
        auto band = Content::mapping(true);
        band.add("lower", number(base::complement(failure.upper)));
        band.add("nominal", number(base::complement(failure.nominal)));
        band.add("upper", number(base::complement(failure.lower)));
        content.add(component->name, std::move(band));
    }
    return content;
}

Content failureDomains(const Request& request)
{
    auto content = Content::mapping();
    for (const auto& component : request.intent.journey.components.list())
        content.add(component->name, texts(domainsOf(request, component->name), true));
    return content;
}

Content failureDomainAssumptions(const Subject& subject)
{
    auto relations = Content::sequence();
    for (const auto& op : subject.fate.operators) {
        auto domains = Content::mapping();
        for (const auto& component : op.alternatives)
            domains.add(component, texts(domainsOf(subject.request, component), true));
        auto relation = Content::mapping();
        relation.add("id", Content::ofText(op.id));
        relation.add("relation", Content::ofText(relationOf(op)));
        relation.add("pessimisticRule", Content::ofText(ruleOf(op)));
        relation.add("domains", std::move(domains));
        relations.add(std::move(relation));
    }
    relations.flow = relations.children.empty();
    auto content = Content::mapping();
    content.add("relations", std::move(relations));
    content.add("assumptions", texts(subject.fate.assumptions()));
    return content;
}

Content formulas(const Subject& subject)
{
    std::set<OperatorType> types;
    std::vector<journey::ExpressionPtr> races;
    for (const auto& place : journey::nodePlaces(subject.intent().journey)) {
        const auto type = journey::typeOf(*place.node);
        types.insert(type);
        if (type == OperatorType::Race)
            races.push_back(place.node);
    }
    auto content = Content::mapping();
    const auto add = [&](OperatorType type, const char* key, const char* formula) {
        if (types.contains(type))
            content.add(key, Content::ofText(formula));
    };
    add(OperatorType::Series, "series", "multiply required stages");
    add(OperatorType::Parallel, "parallelJoinAll", "multiply all branches");
    add(OperatorType::KofN, "kofnOptimistic", "P(at least k of the branches succeed), branches independent");
    add(OperatorType::KofN, "kofnPessimisticShared",
        "of those that share their fate j succeed as often as the j best of them all do");
    add(OperatorType::Branch, "branch", "sum of probability times choice");
    add(OperatorType::Fallback, "fallbackOptimistic", "1 - product of (1 - A_i) over the tries");
    add(OperatorType::Fallback, "fallbackPessimisticShared", "max of A_i over the tries that share their fate");
    add(OperatorType::Retry, "retryOptimistic", "1 - (1 - A)^attempts");
    add(OperatorType::Retry, "retryPessimistic", "A of one attempt");
    add(OperatorType::Optional, "optional", "1: its failure does not fail the journey");
    if (races.empty())
        return content;
    std::string product = "1 - product of (1 - A_i) over the branches";
    std::string best = "max of A_i over the branches that share their fate";
    const auto branches = journey::children(*races.front());
    const auto isCall = [](const auto& node) { return journey::typeOf(*node) == OperatorType::Call; };
    if (races.size() == 1 && std::ranges::all_of(branches, isCall)) {
        product = "1 - ";
        best.clear();
        for (const auto& branch : branches) {
            const auto symbol = "A_" + std::get<journey::Call>(branch->op).component;
            product += (best.empty() ? "(1 - " : " * (1 - ") + symbol + ')';
            best += (best.empty() ? "max(" : ", ") + symbol;
        }
        best += ')';
    }
    content.add("raceOptimistic", Content::ofText(product));
    content.add("racePessimisticShared", Content::ofText(best));
    return content;
}

std::optional<Content> latencyBounds(const Subject& subject, const Constants& constants)
{
    auto content = Content::mapping();
    const auto add = [&](const std::string& percentile, const std::string& record, std::optional<double> value,
                         const char* note) {
        auto bound = Content::mapping();
        bound.add("record", Content::ofText(record));
        if (value)
            bound.add("value", number(*value));
        bound.add("note", Content::ofText(note));
        content.add(percentile + "UpperBound", std::move(bound));
    };
    const auto record = [&](std::string_view percentile) {
        return subject.record("latency_seconds:" + std::string(percentile) + "_upper_bound");
    };
    for (const auto percentile : analysis::percentileNames) {
        const auto found = std::ranges::find(constants.latencyBounds, record(percentile), &Constant::record);
        if (found != constants.latencyBounds.end())
            add(std::string(percentile), found->record, found->value,
                "Seconds; the larger of the upper ends under independence and under shared fate, rounded up.");
        else if (subject.intent().objectives.latency && percentile == "p99")
            add(std::string(percentile), record(percentile), std::nullopt,
                "Not recorded: no latency bound has been derived.");
    }
    return content.children.empty() ? std::nullopt : std::optional(std::move(content));
}

Content nodes(const Request& request)
{
    auto list = Content::sequence();
    for (const auto& place : journey::nodePlaces(request.intent.journey)) {
        const auto* law = request.analysis.find(place.node->id);
        if (law == nullptr)
            continue;
        auto node = Content::mapping(true);
        node.add("id", Content::ofText(place.key));
        node.add("type", Content::ofText(journey::keyword(journey::typeOf(*place.node))));
        if (law->independent)
            node.add("optimistic", number(base::complement(law->independent->best)));
        node.add("pessimistic", number(base::complement(law->sharedFate.worst)));
        if (law->commonCause)
            node.add("commonCause", number(base::complement(*law->commonCause)));
        node.add("envelope", Content::sequence(true)
                                 .add(number(base::complement(law->envelope.failure.worst)))
                                 .add(number(base::complement(law->envelope.failure.best))));
        list.add(std::move(node));
    }
    return list;
}

} // namespace emac::artifacts
