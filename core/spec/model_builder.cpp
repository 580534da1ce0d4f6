// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/model_builder.h"

#include "core/spec/expression_builder.h"
#include "core/spec/fields.h"
#include "core/spec/source_map.h"

namespace emac::spec {

journey::AcceptedModel buildModel(const yaml::Node& root, Checker& checker)
{
    checker.check(root, "model");
    journey::AcceptedModel model;
    if (checker.stopped())
        return model;
    const Fields document(&root, checker.faults(), Reach::of(root));
    const auto spec = document.mapping("spec");
    model.name = document.mapping("metadata").text("name");
    model.kind = document.text("kind");

    const auto graph = spec.mapping("operatorGraph");
    if (const auto* tree = graph.entry("root")) {
        ExpressionBuilder::Names names;
        names.open = true;
        ExpressionBuilder builder(checker, names);
        model.root = builder.build(*tree->value, graph.reach().below(*tree), {}).root;
    }

    const auto domains = spec.mapping("failureDomains");
    for (const auto& member : domains.members("effective")) {
        auto& effective = model.domains[member.name];
        for (const auto& item : member.node->items) {
            if (item.value->kind == yaml::Kind::Scalar && !checker.faults().contains(item.value.get()))
                effective.domains.push_back(item.value->text);
        }
    }
    for (const auto& member : domains.members("details")) {
        const auto status = Fields(member.node, checker.faults(), member.reach).text("status");
        if (!status.empty())
            model.domains[member.name].status = status;
    }

    const auto confidence = spec.mapping("confidence");
    model.confidence = confidence.number("overall");
    model.evidenceFlags = confidence.texts("evidenceFlags");
    return model;
}

} // namespace emac::spec
