// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/journey/placement.h"
#include "core/journey/structure.h"
#include "widgets/canvas/gestures/landingat.h"
#include "widgets/common/format.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::ExpressionPtr;
using journey::Landing;
using journey::NodeId;
using journey::OperatorType;
using journey::Side;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::Landing)
};

/// What it lands in, or beside. @param there settled
NodeId targetOf(const Landing& there)
{
    if (const auto* into = std::get_if<journey::Into>(&there))
        return into->parent;
    if (const auto* beside = std::get_if<journey::Beside>(&there))
        return beside->node;
    const auto* together = std::get_if<journey::Together>(&there);
    return together != nullptr ? together->node : NodeId{};
}

/// Of the two ends of the page; empty for other places.
QString farWords(const DrawnPage& page, const Landing& there, bool moves)
{
    if (!page.root || targetOf(there) != page.root->id)
        return {};
    const auto* into = std::get_if<journey::Into>(&there);
    const auto* beside = std::get_if<journey::Beside>(&there);
    const bool first = into != nullptr ? into->index == 0 : beside != nullptr && beside->side == Side::Before;
    const bool last = into != nullptr ? into->index == journey::childCount(*page.root)
                                      : beside != nullptr && beside->side == Side::After;
    const auto whole = page.isJourney ? Words::tr("the journey") : Words::tr("the fragment");
    if (last)
        return (moves ? Words::tr("to the end of %1") : Words::tr("at the end of %1")).arg(whole);
    return first ? (moves ? Words::tr("to the beginning of %1") : Words::tr("at the beginning of %1")).arg(whole)
                 : QString();
}

bool holds(const ExpressionPtr& tree, NodeId id)
{
    bool found = false;
    journey::forEachNode(tree, [&](const ExpressionPtr& node) { found |= node->id == id; });
    return found;
}

/// The frame that all of the nodes leave, not the series that is but a branch of it; null where they leave none.
ExpressionPtr frameLeft(const journey::Journey& journey, const journey::Cargo& cargo, NodeId target)
{
    const auto frame = commonFrame(journey, cargo);
    auto left = frame ? journey::locate(journey, *frame) : std::nullopt;
    if (!left || holds(left->node, target))
        return nullptr;
    if (left->parent && journey::typeOf(*left->node) == OperatorType::Series && !holds(left->parent, target))
        return left->parent;
    return left->node;
}

} // namespace

std::optional<NodeId> commonFrame(const journey::Journey& journey, const journey::Cargo& cargo)
{
    const auto frame = frameOf(journey, cargo.nodes.front()->id);
    const bool all = std::ranges::all_of(
        cargo.nodes, [&](const ExpressionPtr& node) { return frameOf(journey, node->id) == frame; });
    return all ? frame : std::nullopt;
}

QString landingWords(const journey::Journey& journey, const Landing& landing)
{
    const auto nameOf = [&journey](NodeId id) {
        const auto node = journey::findNode(journey, id);
        return node ? nodeWords(*node) : QString();
    };
    if (const auto* beside = std::get_if<journey::Beside>(&landing))
        return (beside->side == Side::After ? Words::tr("after %1") : Words::tr("before %1")).arg(nameOf(beside->node));
    if (const auto* together = std::get_if<journey::Together>(&landing))
        return Words::tr("%1 with %2").arg(operatorTitle(together->type).toLower(), nameOf(together->node));
    const auto* into = std::get_if<journey::Into>(&landing);
    const auto parent = into != nullptr ? journey::findNode(journey, into->parent) : nullptr;
    if (!parent)
        return Words::tr("first step");
    const auto below = journey::children(*parent);
    const auto name = nodeWords(*parent);
    using enum OperatorType;
    const auto type = journey::typeOf(*parent);
    const bool steps = type == Series || type == Retry || type == Timeout || type == Optional;
    if (into->index < below.size())
        return (steps ? Words::tr("in %1, before %2") : Words::tr("as a branch of %1, before %2"))
            .arg(name, nodeWords(*below[into->index]));
    return (steps ? Words::tr("in %1, at the end") : Words::tr("as the last branch of %1")).arg(name);
}

QString landingWords(const DrawnPage& page, const LandingPlace& place, const journey::Cargo& cargo)
{
    const auto there = journey::settled(page.journey, *place.landing);
    auto words = place.far ? farWords(page, there, cargo.moves) : QString();
    if (words.isEmpty())
        words = landingWords(page.journey, *place.landing);
    const auto left = cargo.moves ? frameLeft(page.journey, cargo, targetOf(there)) : nullptr;
    return left ? Words::tr("%1, out of %2").arg(words, nodeWords(*left)) : words;
}

} // namespace emac::widgets
