// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/nesting.h"

#include "core/journey/landing.h"
#include "core/journey/structure.h"
#include "widgets/common/format.h"

#include <QCoreApplication>

namespace emac::widgets {

using journey::Element;
using journey::OperatorType;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::nesting)
};

bool isLeaf(OperatorType type)
{
    return type == OperatorType::Call || type == OperatorType::Use;
}

bool hasOneBody(OperatorType type)
{
    return type == OperatorType::Retry || type == OperatorType::Timeout || type == OperatorType::Optional;
}

Selection elementsOf(const NodeSelection& selection)
{
    Selection elements;
    for (const auto& one : selection.all())
        elements.push_back(Element::ofNode(one.node->id));
    return elements;
}

} // namespace

std::optional<Nesting> indenting(const journey::Journey& journey, const NodeSelection& selection)
{
    if (!selection.canMove(-1))
        return std::nullopt;
    const auto& first = selection.all().front();
    const auto before = journey::children(*first.parent)[first.index - 1];
    const auto type = journey::typeOf(*before);
    if (!isLeaf(type)) {
        const auto cargo = journey::moved(journey, selection.ids());
        auto edit = journey::puttingDown(journey, *cargo, journey::Into{before->id, journey::childCount(*before)});
        if (!edit)
            return std::nullopt;
        return Nesting{std::move(*edit), Words::tr("Indent %1 into %2").arg(selection.words(), nodeWords(*before)),
                       elementsOf(selection)};
    }
    // A series among the steps of a series would not stay one.
    const auto wrapper =
        journey::typeOf(*first.parent) == OperatorType::Series ? OperatorType::Parallel : OperatorType::Series;
    auto ids = selection.ids();
    ids.insert(ids.begin(), before->id);
    return Nesting{journey::Wrap{std::move(ids), wrapper, {}, journey::newNodeId()},
                   Words::tr("Indent %1 into a %2 with %3")
                       .arg(selection.words(), operatorTitle(wrapper).toLower(), nodeWords(*before)),
                   elementsOf(selection)};
}

std::optional<Nesting> outdenting(const journey::Journey& journey, const NodeSelection& selection)
{
    if (!selection.areSiblings() || !selection.all().front().parent)
        return std::nullopt;
    auto left = journey::locate(journey, selection.all().front().parent->id);
    const bool all = left && journey::childCount(*left->node) == selection.all().size();
    // Behind a series, as the body of one that has a single body, is in that series.
    while (left && left->parent && journey::typeOf(*left->node) == OperatorType::Series
           && hasOneBody(journey::typeOf(*left->parent)))
        left = journey::locate(journey, left->parent->id);
    if (!left || (!left->parent && journey::typeOf(*left->node) == OperatorType::Series))
        return std::nullopt;
    const auto words = Words::tr("Outdent %1 from %2").arg(selection.words(), nodeWords(*left->node));
    if (all && !left->parent) // nothing would be left to stand behind
        return Nesting{journey::Unwrap{left->node->id}, words, elementsOf(selection)};
    const auto landing = left->parent ? journey::Landing(journey::Into{left->parent->id, left->index + 1})
                                      : journey::Landing(journey::Beside{left->node->id, journey::Side::After});
    auto edit = journey::puttingDown(journey, *journey::moved(journey, selection.ids()), landing);
    if (!edit)
        return std::nullopt;
    return Nesting{std::move(*edit), words, elementsOf(selection)};
}

} // namespace emac::widgets
