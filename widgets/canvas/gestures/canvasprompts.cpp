// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/canvasprompts.h"

#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "widgets/canvas/gestures/carrying.h"
#include "widgets/canvas/gestures/landingat.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/editing/nodeselection.h"

#include <algorithm>

namespace emac::widgets {

using journey::Element;
using journey::NodeId;

namespace {

constexpr int leastNameWidth = 16 * theme::unit;

/// What a name of the element names.
std::string nameOf(const journey::Journey& journey, const Element& element)
{
    if (element.kind == Element::Kind::Component)
        return element.name;
    const auto node = journey::findNode(journey, element.node);
    if (!node)
        return {};
    if (const auto* call = std::get_if<journey::Call>(&node->op))
        return call->component;
    if (const auto* use = std::get_if<journey::Use>(&node->op))
        return use->fragment;
    return node->name;
}

} // namespace

CanvasPrompts::CanvasPrompts(QGraphicsView& view, const JourneyScene& scene, JourneyDocument& document)
    : m_view(view)
    , m_scene(scene)
    , m_document(document)
{
}

std::optional<QRectF> CanvasPrompts::boxOf(const Element& element) const
{
    if (element.kind == Element::Kind::Component) {
        for (const auto& loose : m_document.value().placement.loose) {
            if (loose.component == element.name)
                return m_scene.looseBox(loose.component);
        }
        return std::nullopt;
    }
    const auto* item = m_scene.item(element.node);
    return item != nullptr ? std::optional(item->box()) : std::nullopt;
}

QRect CanvasPrompts::onViewport(const QRectF& box) const
{
    return m_view.mapFromScene(box).boundingRect();
}

void CanvasPrompts::rename(const Element& element, bool fresh)
{
    giveUp();
    const auto box = boxOf(element);
    if (!box) {
        m_pending = Pending{element, fresh};
        return;
    }
    m_view.ensureVisible(*box, theme::unit, theme::unit);
    const auto node = journey::findNode(m_document.intent().journey, element.node);
    const bool isOperator = node && journey::childCount(*node) > 0;
    const auto label = isOperator                                                     ? tr("Id; empty for none")
                       : node && journey::typeOf(*node) == journey::OperatorType::Use ? tr("Name of the fragment")
                                                                                      : tr("Name of the component");
    m_renamed = element;
    const auto from = nameOf(m_document.intent().journey, element);
    m_name = new NameEditor(m_view.viewport(), label, QString::fromStdString(from),
                            [=, this](const QString& name) { return acceptName(element, fresh, from, name); });
    // Over what it renames: the header of a frame, the name on a card.
    const auto place = onViewport(*box);
    const int height = std::max(m_name->sizeHint().height(), isOperator ? 0 : place.height() * 3 / 5);
    m_name->setGeometry(place.left(), place.top(), std::max(place.width(), leastNameWidth), height);
    connect(m_name, &NameEditor::refused, this,
            [this](const QString& reason) { emit refused(reason, m_name->geometry().bottomLeft()); });
    m_name->show();
    m_name->setFocus();
}

QString CanvasPrompts::acceptName(const Element& element, bool fresh, const std::string& from, const QString& to)
{
    const auto& journey = m_document.intent().journey;
    if (const auto now = nameOf(journey, element); now != from)
        return tr("It is called “%1” now; Esc shows it.").arg(QString::fromStdString(now));
    const auto old = QString::fromStdString(from);
    const auto name = to.toStdString();
    const auto node = journey::findNode(journey, element.node);
    if (element.kind == Element::Kind::Component || (node && std::holds_alternative<journey::Call>(node->op))) {
        if (fresh && node && journey.components.find(name) && journey::callsOf(journey, from) == 1) {
            return m_document.apply(
                journey::Compound{{journey::SetCall{node->id, name}, journey::RemoveComponent{from}}},
                tr("Call %1 instead of %2").arg(to, old));
        }
        const auto select = element.kind == Element::Kind::Component
                                ? std::optional(Selection{Element::component(name)})
                                : std::nullopt;
        return m_document.apply(journey::RenameComponent{from, name}, tr("Rename component %1 to %2").arg(old, to),
                                select);
    }
    if (!node)
        return {};
    if (std::holds_alternative<journey::Use>(node->op))
        return m_document.apply(journey::RenameFragment{from, name}, tr("Rename fragment %1 to %2").arg(old, to));
    const auto words = nodeWords(*node);
    return m_document.apply(journey::SetNodeName{node->id, name},
                            to.isEmpty() ? tr("Remove id of %1").arg(words) : tr("Rename %1 to %2").arg(words, to));
}

void CanvasPrompts::add(const journey::Landing& landing, QPoint near)
{
    giveUp();
    const NodeSelection selection(m_document);
    m_quickAdd = new QuickAdd(m_view.viewport(), m_document.intent().journey,
                              selection.areSiblings() ? selection.words() : QString(),
                              [=, this](const QuickAdd::Offer& offer) { return accept(offer, landing); });
    m_quickAdd->adjustSize();
    m_lastAdded = near;
    const auto room = m_view.viewport()->rect().adjusted(0, 0, -m_quickAdd->width(), -m_quickAdd->height());
    m_quickAdd->move(std::clamp(near.x() + theme::unit, 0, std::max(0, room.right())),
                     std::clamp(near.y() + theme::unit, 0, std::max(0, room.bottom())));
    m_quickAdd->show();
    m_quickAdd->setFocus();
}

void CanvasPrompts::addBesideSelection(journey::Side side)
{
    const auto& journey = m_document.intent().journey;
    const auto current = journey::findNode(journey, m_document.selection()->current().node);
    const auto& beside = current ? current : m_scene.root();
    if (!beside) {
        add(journey::OnEmptyGround{}, m_view.viewport()->rect().center());
        return;
    }
    auto near = m_lastAdded; // what was just added may not be drawn yet
    const auto box = current ? boxOf(Element::ofNode(current->id)) : std::optional(m_scene.contentRect());
    if (box) {
        m_view.ensureVisible(*box, theme::unit, theme::unit);
        const auto place = onViewport(*box);
        near = {side == journey::Side::After ? place.right() : place.left(), place.center().y()};
    }
    add(journey::Beside{beside->id, side}, near);
}

QString CanvasPrompts::accept(const QuickAdd::Offer& offer, const journey::Landing& landing)
{
    if (offer.wraps) {
        const NodeSelection selection(m_document);
        const auto wrapper = journey::newNodeId();
        return m_document.apply(journey::Wrap{selection.ids(), offer.carried.type, {}, wrapper},
                                tr("Wrap %1 in %2").arg(selection.words(), operatorTitle(offer.carried.type)),
                                Selection{Element::ofNode(wrapper)});
    }
    const auto& journey = m_document.intent().journey;
    const auto cargo = cargoOf(offer.carried, journey);
    const auto edit = cargo ? journey::puttingDown(journey, *cargo, landing) : std::nullopt;
    if (!edit)
        return tr("The journey has changed meanwhile.");
    return m_document.apply(*edit, tr("Insert %1 %2").arg(wordsOf(offer.carried), landingWords(journey, landing)),
                            Selection{Element::ofNode(cargo->nodes.front()->id)});
}

void CanvasPrompts::giveUp()
{
    m_pending.reset();
    if (m_name)
        m_name->giveUp();
    if (m_quickAdd)
        m_quickAdd->giveUp();
    m_name.clear();
    m_quickAdd.clear();
}

void CanvasPrompts::commitName()
{
    if (m_name)
        m_name->commit();
}

void CanvasPrompts::followJourney()
{
    if (!m_document.isReadable())
        return giveUp();
    const auto& journey = m_document.intent().journey;
    const bool there =
        m_document.isEditable()
        && (m_renamed.kind == Element::Kind::Component ? journey.components.find(m_renamed.name) != nullptr
                                                       : journey::findNode(journey, m_renamed.node) != nullptr);
    if (m_name && !there)
        m_name->giveUp();
    if (m_pending && m_pending->element.kind == Element::Kind::Node
        && journey::findNode(journey, m_pending->element.node) == nullptr)
        m_pending.reset();
    if (m_quickAdd && !m_document.isEditable())
        m_quickAdd->giveUp();
}

void CanvasPrompts::followDrawing()
{
    if (m_pending && boxOf(m_pending->element)) {
        const auto pending = *std::exchange(m_pending, std::nullopt);
        rename(pending.element, pending.fresh);
    }
}

} // namespace emac::widgets
