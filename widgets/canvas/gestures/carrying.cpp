// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/carrying.h"

#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "widgets/canvas/gestures/snapping.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::Element;
using journey::NodeId;

constexpr double snapReach = 6;
constexpr QSize mostBeside(30 * theme::unit, 12 * theme::unit); ///< of ghosts there
const QPointF besidePointer(2 * theme::unit, 9 * theme::unit); ///< on the screen, below the words
const QSizeF nominalCard(15.0 * theme::unit, 7.0 * theme::unit);

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::Carrying)
};

double within(double offset)
{
    return std::clamp(offset, -journey::Placement::farthest, journey::Placement::farthest);
}

journey::Offset offsetOf(QPointF point)
{
    return {within(point.x()), within(point.y())};
}

} // namespace

DrawnPage drawnPage(JourneyDocument& document, const JourneyScene& scene, double reach)
{
    const bool isJourney = document.selection()->fragment().empty();
    return {document.intent().journey, scene.root(), scene.drawing(), isJourney, reach};
}

std::vector<NodeId> selectedNodes(JourneyDocument& document, const JourneyScene& scene)
{
    auto nodes = NodeSelection(document).ids();
    std::erase_if(nodes, [&scene](NodeId id) { return scene.item(id) == nullptr; });
    return nodes;
}

Carrying::Carrying(JourneyDocument& document, const JourneyScene& scene, journey::Cargo cargo, QString words,
                   std::vector<QRectF> boxes, QPointF grabbed)
    : m_document(&document)
    , m_scene(&scene)
    , m_cargo(std::move(cargo))
    , m_words(std::move(words))
    , m_boxes(std::move(boxes))
    , m_grabbed(grabbed)
{
}

std::optional<Carrying> Carrying::ofNodes(JourneyDocument& document, const JourneyScene& scene,
                                          const std::vector<NodeId>& nodes, QPointF grabbed)
{
    auto cargo = journey::moved(document.intent().journey, nodes);
    if (!cargo)
        return std::nullopt;
    std::vector<QRectF> boxes;
    for (const auto& node : cargo->nodes) {
        if (const auto* item = scene.item(node->id))
            boxes.push_back(item->box());
    }
    if (boxes.size() != cargo->nodes.size())
        return std::nullopt;
    auto words = boxes.size() == 1 ? nodeWords(*cargo->nodes.front())
                                   : Words::tr("%n nodes", nullptr, static_cast<int>(boxes.size()));
    return Carrying(document, scene, std::move(*cargo), std::move(words), std::move(boxes), grabbed);
}

std::optional<Carrying> Carrying::ofItem(JourneyDocument& document, const JourneyScene& scene, const Carried& item)
{
    auto cargo = cargoOf(item, document.intent().journey);
    if (!cargo)
        return std::nullopt;
    const QRectF box(QPointF(-nominalCard.width() / 2, -nominalCard.height() / 2), nominalCard);
    auto unnamed = unnamedCalls(item, *cargo);
    Carrying carrying(document, scene, std::move(*cargo), wordsOf(item), {box}, {});
    carrying.m_unnamed = std::move(unnamed);
    return carrying;
}

std::optional<Carrying> Carrying::ofLoose(JourneyDocument& document, const JourneyScene& scene,
                                          const std::vector<journey::LooseComponent>& loose, QPointF grabbed)
{
    journey::Cargo cargo;
    std::vector<QRectF> boxes;
    for (const auto& one : loose) {
        auto call = journey::newCall(document.intent().journey, one.component);
        std::ranges::move(call.nodes, std::back_inserter(cargo.nodes));
        std::ranges::move(call.components, std::back_inserter(cargo.components));
        boxes.push_back(scene.looseBox(one.component));
    }
    if (boxes.empty())
        return std::nullopt;
    auto words = boxes.size() == 1 ? QString::fromStdString(loose.front().component)
                                   : Words::tr("%n components", nullptr, static_cast<int>(boxes.size()));
    return Carrying(document, scene, std::move(cargo), std::move(words), std::move(boxes), grabbed);
}

void Carrying::takeAlong(const std::vector<journey::LooseComponent>& loose)
{
    m_along = loose;
}

std::vector<std::string> Carrying::called() const
{
    std::vector<std::string> components;
    for (const auto& node : m_cargo.nodes) {
        if (const auto* call = std::get_if<journey::Call>(&node->op))
            components.push_back(call->component);
    }
    return components.size() == m_cargo.nodes.size() ? components : std::vector<std::string>{};
}

bool Carrying::isCarried(NodeId id) const
{
    return m_cargo.moves && std::ranges::any_of(m_cargo.nodes, [id](const auto& node) { return node->id == id; });
}

QPointF Carrying::originOf(NodeId frame) const
{
    const auto* item = m_scene->item(frame);
    return item != nullptr ? item->box().topLeft() : QPointF();
}

std::vector<QRectF> Carrying::siblings(NodeId frame) const
{
    const auto& journey = m_document->intent().journey;
    std::vector<QRectF> boxes;
    const auto addBox = [&boxes](const QRectF& box) {
        if (!box.isEmpty()) // of what is on another page
            boxes.push_back(box);
    };
    const auto add = [&](const journey::ExpressionPtr& node) {
        const auto* item = m_scene->item(node->id);
        if (item != nullptr && !isCarried(node->id))
            boxes.push_back(item->box());
    };
    if (const auto node = frame != NodeId{} ? journey::findNode(journey, frame) : nullptr) {
        journey::forEachChild(*node, add);
        return boxes;
    }
    const auto& root = m_scene->root();
    if (root && m_scene->item(root->id) != nullptr)
        add(root);
    else if (root)
        journey::forEachChild(*root, add);
    const auto components = m_cargo.moves ? std::vector<std::string>{} : called();
    for (const auto& loose : m_document->value().placement.loose) {
        if (std::ranges::find(components, loose.component) == components.end())
            addBox(m_scene->looseBox(loose.component));
    }
    return boxes;
}

void Carrying::aim(QPointF point, const Manner& manner)
{
    const auto page = drawnPage(*m_document, *m_scene, manner.reach);
    m_place = landingAt(page, point, m_cargo, manner.onNode);
    m_preview = {};
    QRectF all;
    for (const auto& box : m_boxes)
        all |= box;
    auto shift = point - m_grabbed;
    auto boxes = m_boxes;
    if (m_place.landing) { // the mark and what it is on stay in sight
        const auto most = QSizeF(mostBeside) * manner.pixel;
        const double scale = std::min({1.0, most.width() / all.width(), most.height() / all.height()});
        const auto corner = point + besidePointer * manner.pixel;
        for (auto& box : boxes)
            box = {corner + (box.topLeft() - all.topLeft()) * scale, box.size() * scale};
        shift = {};
    } else if (m_place.placing && manner.snaps) {
        auto rest = snapped(all.translated(shift), siblings(m_place.frame), originOf(m_place.frame), snapReach);
        shift += rest.shift;
        m_preview.guides = std::move(rest.guides);
    }
    for (const auto& box : boxes)
        m_preview.ghosts.push_back(box.translated(shift));
    if (m_place.landing) {
        m_preview.carried = m_words;
        m_preview.mark = m_place.mark;
        m_preview.words = landingWords(page, m_place, m_cargo);
        if (m_place.far)
            m_preview.band = QLineF(point, m_place.mark.center());
    } else if (m_place.placing) {
        m_preview.words = m_cargo.moves ? Words::tr("place here") : Words::tr("lay here, without a call");
        if (m_cargo.moves)
            settleGhosts();
        for (const auto& one : m_along) {
            if (m_place.frame == NodeId{})
                m_preview.ghosts.push_back(m_scene->looseBox(one.component).translated(shift));
        }
    } else {
        m_preview.words = Words::tr("nothing to do here");
    }
}

/// To where the nodes will be drawn: the order of reading, marks and gaps may keep them from where they are held.
void Carrying::settleGhosts()
{
    auto request = m_scene->layoutRequest();
    const auto origin = originOf(m_place.frame);
    m_offsets.clear();
    for (std::size_t i = 0; i < m_cargo.nodes.size(); ++i) {
        m_offsets.push_back(offsetOf(m_preview.ghosts[i].topLeft() - origin));
        request.arrangement.offsets.insert_or_assign(m_cargo.nodes[i]->id, m_offsets[i]);
    }
    const auto drawing = LayoutThread::layOut(request);
    if (!drawing)
        return;
    const auto cornerOf = [&drawing](NodeId id) {
        const auto box = drawing->boxes.find(id);
        return box != drawing->boxes.end() ? QPointF(box->second.x, box->second.y) : QPointF();
    };
    const auto frame = m_place.frame != NodeId{} ? cornerOf(m_place.frame) : QPointF();
    for (std::size_t i = 0; i < m_cargo.nodes.size(); ++i) {
        auto& ghost = m_preview.ghosts[i];
        const auto there = cornerOf(m_cargo.nodes[i]->id);
        if (QLineF(there, ghost.topLeft()).length() >= 1)
            m_preview.guides.clear(); // they lead to where it is not
        m_offsets[i] = offsetOf(there - frame);
        ghost.moveTopLeft(there);
    }
}

Carrying::Outcome Carrying::drop()
{
    if (m_place.landing)
        return land();
    return m_place.placing ? place() : Outcome{};
}

Carrying::Outcome Carrying::land()
{
    const auto& journey = m_document->intent().journey;
    const auto edit = journey::puttingDown(journey, m_cargo, *m_place.landing);
    if (!edit)
        return {};
    const auto select = newlySelected(m_document->intent(), *edit, m_cargo.nodes);
    const auto where = landingWords(drawnPage(*m_document, *m_scene, 0), m_place, m_cargo);
    const auto words = (m_cargo.moves ? Words::tr("Move %1 %2") : Words::tr("Insert %1 %2")).arg(m_words, where);
    Outcome outcome{m_document->apply(*edit, words, select), {}, true};
    if (outcome.refusal.isEmpty())
        outcome.unnamed = m_unnamed;
    return outcome;
}

Carrying::Outcome Carrying::place()
{
    return m_cargo.moves ? placeNodes() : placeLoose();
}

Carrying::Outcome Carrying::placeNodes()
{
    auto placement = m_document->value().placement;
    for (std::size_t i = 0; i < m_cargo.nodes.size(); ++i)
        placement.nodes.insert_or_assign(m_cargo.nodes[i]->id, m_offsets[i]);
    auto ghost = m_preview.ghosts.begin() + static_cast<std::ptrdiff_t>(m_cargo.nodes.size());
    for (auto& loose : placement.loose) {
        if (ghost != m_preview.ghosts.end() && std::ranges::find(m_along, loose) != m_along.end())
            loose.at = offsetOf((ghost++)->topLeft());
    }
    return {m_document->setPlacement(std::move(placement), Words::tr("Move %1 on the page").arg(m_words)), {}, true};
}

Carrying::Outcome Carrying::placeLoose()
{
    auto placement = m_document->value().placement;
    const auto components = called();
    Selection select;
    bool lay = true;
    for (std::size_t i = 0; i < components.size(); ++i) {
        const auto& name = components[i];
        lay &= std::erase_if(placement.loose, [&name](const auto& loose) { return loose.component == name; }) > 0;
        placement.loose.push_back({name, offsetOf(m_preview.ghosts[i].topLeft())});
        select.push_back(Element::component(name));
    }
    const auto words =
        Words::tr("Lay down %1").arg(components.size() == 1 ? QString::fromStdString(components.front()) : m_words);
    if (lay || m_cargo.components.empty()) {
        const auto refusal = m_document->setPlacement(std::move(placement), words);
        if (refusal.isEmpty())
            m_document->selection()->select(select);
        return {refusal, {}, true};
    }
    std::vector<journey::Edit> edits;
    for (const auto& component : m_cargo.components)
        edits.emplace_back(journey::AddComponent{component});
    const auto edit = edits.size() == 1 ? edits.front() : journey::Edit(journey::Compound{std::move(edits)});
    Outcome outcome{m_document->apply(edit, words, select, std::move(placement)), {}, true};
    if (outcome.refusal.isEmpty() && !m_unnamed.empty())
        outcome.unnamed = select;
    return outcome;
}

} // namespace emac::widgets
