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
const QSizeF nominalCard(15.0 * theme::unit, 7.0 * theme::unit);

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("emac::widgets::Carrying", text, nullptr, count);
}

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
    auto words = boxes.size() == 1 ? nodeWords(*cargo->nodes.front()) : tr("%n nodes", static_cast<int>(boxes.size()));
    return Carrying(document, scene, std::move(*cargo), std::move(words), std::move(boxes), grabbed);
}

std::optional<Carrying> Carrying::ofItem(JourneyDocument& document, const JourneyScene& scene, const Carried& item)
{
    auto cargo = cargoOf(item, document.intent().journey);
    if (!cargo)
        return std::nullopt;
    const QRectF box(QPointF(-nominalCard.width() / 2, -nominalCard.height() / 2), nominalCard);
    return Carrying(document, scene, std::move(*cargo), wordsOf(item), {box}, {});
}

std::optional<Carrying> Carrying::ofLoose(JourneyDocument& document, const JourneyScene& scene,
                                          const journey::LooseComponent& loose, QPointF grabbed)
{
    const auto& journey = document.intent().journey;
    return Carrying(document, scene, journey::newCall(journey, loose.component),
                    QString::fromStdString(loose.component), {scene.looseBox(loose.component)}, grabbed);
}

std::string Carrying::component() const
{
    const auto* call = std::get_if<journey::Call>(&m_cargo.nodes.front()->op);
    return call != nullptr ? call->component : std::string();
}

bool Carrying::isUnnamed() const
{
    return !m_cargo.components.empty() && !component().empty() && m_words != QString::fromStdString(component());
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
    for (const auto& loose : m_document->value().placement.loose) {
        if (m_cargo.moves || loose.component != component())
            addBox(m_scene->looseBox(loose.component));
    }
    return boxes;
}

void Carrying::aim(QPointF point, const Manner& manner)
{
    const auto& journey = m_document->intent().journey;
    m_place = landingAt(drawnPage(*m_document, *m_scene, manner.reach), point, m_cargo, manner.onNode);
    m_preview = {};
    auto shift = point - m_grabbed;
    if (m_place.landing) {
        m_preview.mark = m_place.mark;
        m_preview.words = landingWords(journey, *m_place.landing);
    } else if (m_place.placing) {
        QRectF all;
        for (const auto& box : m_boxes)
            all |= box.translated(shift);
        if (manner.snaps) {
            auto rest = snapped(all, siblings(m_place.frame), originOf(m_place.frame), snapReach);
            shift += rest.shift;
            m_preview.guides = std::move(rest.guides);
        }
        m_preview.words = m_cargo.moves ? tr("place here") : tr("lay here, without a call");
    } else {
        m_preview.words = tr("nothing to do here");
    }
    for (const auto& box : m_boxes)
        m_preview.ghosts.push_back(box.translated(shift));
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
    Selection select;
    for (const auto& node : m_cargo.nodes)
        select.push_back(Element::ofNode(node->id));
    const auto words =
        (m_cargo.moves ? tr("Move %1 %2") : tr("Insert %1 %2")).arg(m_words, landingWords(journey, *m_place.landing));
    Outcome outcome{m_document->apply(*edit, words, select), {}, true};
    if (outcome.refusal.isEmpty() && isUnnamed())
        outcome.unnamed = select.front();
    return outcome;
}

Carrying::Outcome Carrying::place()
{
    return m_cargo.moves ? placeNodes() : placeLoose();
}

Carrying::Outcome Carrying::placeNodes()
{
    auto placement = m_document->value().placement;
    const auto origin = originOf(m_place.frame);
    for (std::size_t i = 0; i < m_cargo.nodes.size(); ++i)
        placement.nodes.insert_or_assign(m_cargo.nodes[i]->id, offsetOf(m_preview.ghosts[i].topLeft() - origin));
    return {m_document->setPlacement(std::move(placement), tr("Move %1 on the page").arg(m_words)), {}, true};
}

Carrying::Outcome Carrying::placeLoose()
{
    auto placement = m_document->value().placement;
    const auto name = component();
    const bool lay = std::erase_if(placement.loose, [&name](const auto& loose) { return loose.component == name; }) > 0;
    placement.loose.push_back({name, offsetOf(m_preview.ghosts.front().topLeft())});
    const auto words = tr("Lay down %1").arg(QString::fromStdString(name));
    const Selection select{Element::component(name)};
    if (lay || m_cargo.components.empty()) {
        const auto refusal = m_document->setPlacement(std::move(placement), words);
        if (refusal.isEmpty())
            m_document->selection()->select(select);
        return {refusal, {}, true};
    }
    Outcome outcome{
        m_document->apply(journey::AddComponent{m_cargo.components.front()}, words, select, std::move(placement)),
        {},
        true};
    if (outcome.refusal.isEmpty() && isUnnamed())
        outcome.unnamed = select.front();
    return outcome;
}

} // namespace emac::widgets
