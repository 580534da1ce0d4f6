// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/expression_builder.h"

#include "core/spec/scalars.h"

#include <fmt/format.h>

#include <algorithm>

namespace emac::spec {

using base::Code;
using namespace journey;

ExpressionBuilder::ExpressionBuilder(Checker& checker, const Names& names) : m_checker(checker), m_names(names) { }

BuiltTree ExpressionBuilder::build(const yaml::Node& node, const Reach& reach, std::string name)
{
    m_tree = {};
    m_tree.name = std::move(name);
    m_tree.key = reach.key;
    m_tree.root = visit(node, reach, 0);
    return std::move(m_tree);
}

ExpressionPtr ExpressionBuilder::visit(const yaml::Node& node, const Reach& reach, int depth)
{
    const Fields fields(&node, m_checker.faults(), reach);
    const auto* type = fields.node() == nullptr ? nullptr : vocabulary().typeOf("expression", node);
    if (type == nullptr || m_nodes > mostNodes)
        return nullptr;
    if (++m_nodes > mostNodes) {
        m_checker.report(Code::JourneyTooLarge, node.position, {std::to_string(mostNodes)});
        return nullptr;
    }
    auto name = identifier(fields);
    auto op = operatorOf(type->name, fields, depth);
    if (!op)
        return nullptr;
    m_tree.depth = std::max(m_tree.depth, depth);
    auto expression = makeExpression(std::move(*op), std::move(name), fields.text("notes"));
    m_sites.push_back({expression->id, &node, reach});
    return expression;
}

std::string ExpressionBuilder::identifier(const Fields& fields)
{
    const auto* node = fields.value("id", yaml::Kind::Scalar);
    if (node == nullptr)
        return {};
    const auto [first, isNew] = m_ids.emplace(node->text, node->position.line);
    if (isNew)
        return node->text;
    m_checker.report(Code::DuplicateId, node->position, {node->text, std::to_string(first->second)});
    return {};
}

std::optional<Operator> ExpressionBuilder::operatorOf(const std::string& type, const Fields& fields, int depth)
{
    const auto filled = [](auto op, const Children& below) -> std::optional<Operator> {
        return below.empty() ? std::nullopt : std::optional<Operator>(std::move(op));
    };
    const int below = depth + 1;
    if (type == "call")
        return call(fields);
    if (type == "use")
        return use(fields, depth);
    if (type == "branch")
        return branch(fields, below);
    if (type == "series") {
        auto steps = list(fields, "steps", below);
        return filled(Series{steps}, steps);
    }
    if (type == "parallel" || type == "race" || type == "kofn") {
        auto branches = list(fields, "branches", below);
        if (type == "parallel")
            return filled(Parallel{branches}, branches);
        if (type == "race")
            return filled(Race{branches, fields.duration("hedgeDelay")}, branches);
        return kofn(fields, std::move(branches));
    }
    if (type == "fallback") {
        auto primary = child(fields, "primary", below);
        auto alternates = list(fields, "alternates", below);
        return filled(Fallback{primary, std::move(alternates)}, primary ? Children{primary} : Children{});
    }
    auto body = child(fields, "body", below);
    if (!body)
        return std::nullopt;
    if (type == "retry")
        return Retry{fields.integer("attempts").value_or(1), fields.duration("backoff"), std::move(body)};
    if (type == "timeout")
        return Timeout{fields.duration("deadline").value_or(base::Duration(0)), std::move(body)};
    return Optional{std::move(body), fields.boolean("wait")};
}

std::optional<Operator> ExpressionBuilder::call(const Fields& fields)
{
    const auto* reference = fields.value("ref", yaml::Kind::Scalar);
    if (reference == nullptr)
        return std::nullopt;
    const auto& component = reference->text;
    if (!m_names.open && !m_names.componentSet.contains(component)) {
        if (const auto near = m_checker.suggester().nearest(component, m_names.components))
            m_checker.report(Code::UnknownComponentNear, reference->position, {component, *near});
        else
            m_checker.report(Code::UnknownComponent, reference->position, {component});
    }
    return Call{component};
}

std::optional<Operator> ExpressionBuilder::use(const Fields& fields, int depth)
{
    const auto* reference = fields.value("use", yaml::Kind::Scalar);
    if (reference == nullptr)
        return std::nullopt;
    const auto& fragment = reference->text;
    if (!m_names.fragmentSet.contains(fragment)) {
        if (const auto near = m_checker.suggester().nearest(fragment, m_names.fragments))
            m_checker.report(Code::UnknownFragmentNear, reference->position, {fragment, *near});
        else
            m_checker.report(Code::UnknownFragment, reference->position, {fragment});
        return std::nullopt;
    }
    if (m_names.emptyFragments.contains(fragment))
        return std::nullopt;
    m_tree.uses.push_back({fragment, reference, depth});
    return Use{fragment};
}

std::optional<Operator> ExpressionBuilder::kofn(const Fields& fields, Children branches)
{
    if (branches.empty())
        return std::nullopt;
    const auto written = fields.node()->find("branches")->value->items.size();
    const int most = static_cast<int>(branches.size());
    int k = most;
    if (const auto stated = fields.integer("k")) {
        k = std::clamp(*stated, 1, most);
        if (*stated < 1 || static_cast<std::size_t>(*stated) > written)
            m_checker.report(Code::KOutOfRange, fields.entry("k")->value->position,
                             {std::to_string(*stated), std::to_string(written)});
    }
    return KofN{k, std::move(branches)};
}

std::optional<Operator> ExpressionBuilder::branch(const Fields& fields, int depth)
{
    Branch result;
    double least = 0;
    double most = 0;
    bool allStated = true;
    const auto* written = fields.value("choices", yaml::Kind::Sequence);
    for (const auto& item : fields.items("choices")) {
        const Fields choice(item.node, m_checker.faults(), item.reach);
        bool stated = false;
        const auto range = probability(choice, stated);
        allStated = allStated && stated;
        least += range.lower.success();
        most += range.upper.success();
        if (auto body = child(choice, "body", depth))
            result.choices.push_back({choice.text("label"), range, std::move(body)});
    }
    // Sums of decimals such as 0.1 are not exact in binary; nobody means a difference of 1e-9.
    constexpr double slack = 1e-9;
    if (written != nullptr && allStated && written->items.size() == fields.items("choices").size()
        && (least > 1 + slack || most < 1 - slack))
        m_checker.report(Code::ChoicesCannotSum, fields.entry("choices")->keyPosition,
                         {fmt::format("{:.10g}", least), fmt::format("{:.10g}", most)});
    return result.choices.empty() ? std::nullopt : std::optional<Operator>(std::move(result));
}

ProbabilityRange ExpressionBuilder::probability(const Fields& choice, bool& stated)
{
    // What is not stated may be anything.
    const ProbabilityRange any{base::Ratio(base::Decimal()), base::Ratio(*base::Decimal::parse("1"))};
    stated = false;
    if (const auto number = choice.ratio("probability")) {
        stated = true;
        return {*number, *number};
    }
    const auto ends = choice.texts("probability");
    const auto lower = ends.size() == 2 ? toRatio(ends[0]) : std::nullopt;
    const auto upper = ends.size() == 2 ? toRatio(ends[1]) : std::nullopt;
    if (!lower || !upper)
        return any;
    if (lower->success() > upper->success()) {
        m_checker.report(Code::IntervalReversed, choice.entry("probability")->value->position, {ends[0], ends[1]});
        return any;
    }
    stated = true;
    return {*lower, *upper};
}

ExpressionBuilder::Children ExpressionBuilder::list(const Fields& fields, std::string_view key, int depth)
{
    Children children;
    for (const auto& item : fields.items(key)) {
        if (auto expression = visit(*item.node, item.reach, depth))
            children.push_back(std::move(expression));
    }
    return children;
}

ExpressionPtr ExpressionBuilder::child(const Fields& fields, std::string_view key, int depth)
{
    const auto* found = fields.entry(key);
    return found == nullptr ? nullptr : visit(*found->value, fields.reach().below(*found), depth);
}

} // namespace emac::spec
