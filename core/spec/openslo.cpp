// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/openslo.h"

#include "core/spec/fields.h"
#include "core/spec/scalars.h"

#include <utility>

namespace emac::spec {

using base::Code;

namespace {

SloObjective objective(const Fields& fields, const Checker& checker)
{
    SloObjective result;
    result.displayName = fields.text("displayName");
    result.place = checker.place(fields.node()->position);
    if (const auto target = fields.ratio("target")) {
        result.target = target;
        result.place = checker.place(fields.entry("target")->value->position);
    } else if (const auto percent = fields.entry("targetPercent")) {
        result.target = toRatio(percent->value->text + '%');
        result.place = checker.place(percent->value->position);
    }
    result.op = fields.text("op");
    result.value = fields.number("value");
    return result;
}

SloDocument slo(const Fields& spec, const OpenSloDocument& document, Checker& checker)
{
    SloDocument result{document.name, document.place, {}, spec.text("service")};
    for (const auto& item : spec.items("objectives")) {
        const Fields fields(item.node, checker.faults(), item.reach);
        if (fields.node() != nullptr)
            result.objectives.push_back(objective(fields, checker));
    }
    if (spec.node() != nullptr && spec.node()->find("indicator") == nullptr
        && spec.node()->find("indicatorRef") == nullptr)
        checker.report(Code::SloWithoutIndicator, spec.node()->position, {document.name});
    return result;
}

DataSource dataSource(const Fields& spec, const std::string& name)
{
    const auto connection = spec.mapping("connectionDetails");
    auto address = connection.text("address");
    return {name, spec.text("type"), address.empty() ? connection.text("url") : std::move(address)};
}

} // namespace

std::optional<OpenSloDocument> readOpenSlo(const yaml::Node& root, const DocumentKind& kind, Checker& checker)
{
    checker.check(root, "openslo" + kind.kind);
    const Fields fields(&root, checker.faults(), Reach::of(root));
    const auto* name = fields.mapping("metadata").value("name", yaml::Kind::Scalar);
    if (name == nullptr)
        return std::nullopt;
    OpenSloDocument document{kind.kind, name->text, checker.place(name->position), {}, {}};
    if (name->text.find('.') != std::string::npos)
        checker.report(Code::SloNameWithDots, name->position, {name->text, kind.kind});
    if (kind.kind == "SLO")
        document.slo = slo(fields.mapping("spec"), document, checker);
    if (kind.kind == "DataSource")
        document.dataSource = dataSource(fields.mapping("spec"), name->text);
    return document;
}

} // namespace emac::spec
