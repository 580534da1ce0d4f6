// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/adding.h"

#include "core/journey/paths.h"
#include "widgets/canvas/gestures/landingat.h"
#include "widgets/common/format.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>

#include <algorithm>

namespace emac::widgets {

using journey::Element;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::Adding)
};

/// A node that it refers to has gone.
bool isThere(const journey::Journey& journey, const journey::Landing& landing)
{
    const auto has = [&journey](journey::NodeId id) { return journey::findNode(journey, id) != nullptr; };
    if (const auto* beside = std::get_if<journey::Beside>(&landing))
        return has(beside->node);
    if (const auto* together = std::get_if<journey::Together>(&landing))
        return has(together->node);
    const auto* into = std::get_if<journey::Into>(&landing);
    return into == nullptr || has(into->parent);
}

} // namespace

Adding::Adding(JourneyDocument& document, journey::Landing landing)
    : m_document(&document)
    , m_landing(std::move(landing))
{
    const NodeSelection selection(document);
    if (!selection.areSiblings())
        return;
    m_selected = selection.ids();
    m_around = selection.words();
}

QString Adding::words() const
{
    return landingWords(m_document->intent().journey, m_landing);
}

Adding::Outcome Adding::add(const Offer& offer) const
{
    if (!m_document->isReadable())
        return {m_document->whyNotEditable()};
    if (offer.wraps)
        return wrap(offer.carried.type);
    const auto& journey = m_document->intent().journey;
    const auto cargo = cargoOf(offer.carried, journey);
    const auto edit =
        cargo && isThere(journey, m_landing) ? journey::puttingDown(journey, *cargo, m_landing) : std::nullopt;
    if (!edit)
        return {Words::tr("The journey has changed meanwhile.")};
    const auto step = Words::tr("Insert %1 %2").arg(wordsOf(offer.carried), words());
    Outcome outcome{m_document->apply(*edit, step, newlySelected(m_document->intent(), *edit, cargo->nodes)), {}};
    if (outcome.refusal.isEmpty())
        outcome.unnamed = unnamedCalls(offer.carried, *cargo);
    return outcome;
}

Adding::Outcome Adding::wrap(journey::OperatorType type) const
{
    const auto& journey = m_document->intent().journey;
    if (std::ranges::any_of(m_selected, [&journey](auto id) { return !journey::findNode(journey, id); }))
        return {Words::tr("The journey has changed meanwhile.")};
    const auto wrapping = journey::wrapping(journey, m_selected, type);
    const auto words = Words::tr("Wrap %1 in %2").arg(m_around, operatorTitle(type));
    Outcome outcome{m_document->apply(wrapping.edit, words, Selection{Element::ofNode(wrapping.wrapper)}), {}};
    if (outcome.refusal.isEmpty() && wrapping.placeholder)
        outcome.unnamed = {Element::ofNode(*wrapping.placeholder)};
    return outcome;
}

} // namespace emac::widgets
