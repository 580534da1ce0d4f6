// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/journeyscene.h"

#include "widgets/common/theme.h"

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::NodeId;
using journey::OperatorType;

bool isBox(const journey::Expression& node)
{
    const auto type = journey::typeOf(node);
    return type == OperatorType::Call || type == OperatorType::Use;
}

QRectF rectOf(const layout::Rect& rect)
{
    return {rect.x, rect.y, rect.width, rect.height};
}

} // namespace

bool hasMoreNodes(const journey::ExpressionPtr& node, int& most)
{
    if (!node)
        return false;
    if (--most < 0)
        return true;
    return journey::anyChild(*node, [&most](const auto& child) { return hasMoreNodes(child, most); });
}

JourneyScene::JourneyScene(QObject* parent) : JourneyScene(CanvasStyle(), parent) { }

JourneyScene::JourneyScene(CanvasStyle style, QObject* parent) : QGraphicsScene(parent), m_style(std::move(style))
{
    setBackgroundBrush(theme::canvas());
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { glide(value.toDouble()); });
}

JourneyScene::~JourneyScene()
{
    m_animation.stop();
    m_gliding.clear();
    // The items are ours, not the scene's: they leave it before it goes.
    m_arrows.clear();
    m_marks.clear();
    m_loose.clear();
    m_items.clear();
}

void JourneyScene::addPlaces(const journey::ExpressionPtr& node, NodeId parent, int depth, std::size_t index)
{
    m_order.push_back(node->id);
    Place place;
    place.node = node;
    place.parent = parent;
    place.depth = depth;
    place.index = index;
    m_places.emplace(node->id, std::move(place));
    std::size_t below = 0;
    journey::forEachChild(*node, [&](const auto& child) { addPlaces(child, node->id, depth + 1, below++); });
}

bool JourneyScene::setJourney(const journey::Journey& journey, const std::string& fragment,
                              const CanvasNumbers& numbers, const journey::Placement& placement)
{
    const auto previous = std::exchange(m_journey, journey);
    const auto root = std::exchange(m_root, fragment.empty() ? journey.root : journey.fragment(fragment));
    m_fragment = !fragment.empty();
    m_placement = placement;
    const auto uses = std::exchange(m_uses, fragmentUses(journey));
    const auto known = std::exchange(m_places, {});
    m_order.clear();
    if (m_root)
        addPlaces(m_root, {}, 0, 0);

    const bool sameComponents = previous.components.list() == journey.components.list();
    const auto isSame = [&](const Place& before, const Place& now) {
        if (before.node != now.node)
            return false;
        const auto* call = std::get_if<journey::Call>(&now.node->op);
        if (call != nullptr && !sameComponents)
            return previous.components.find(call->component) == journey.components.find(call->component);
        return uses == m_uses || !std::holds_alternative<journey::Use>(now.node->op);
    };
    for (const auto id : m_order) {
        auto& place = m_places.at(id);
        const auto before = known.find(id);
        if (numbers.analysis == nullptr && before != known.end() && isSame(before->second, place)) {
            place.look = before->second.look;
            place.size = before->second.size;
            continue;
        }
        m_numbers.reset();
        place.look = lookOf(*place.node, m_journey, m_uses, numbers);
        place.size = m_style.sizeOf(place.look);
        if (before != known.end() && numbers.analysis == nullptr) { // until newer numbers come
            place.look.numbers = before->second.look.numbers;
            place.look.heat = before->second.look.heat;
            place.look.badges = before->second.look.badges;
            place.look.stale = before->second.look.stale;
        }
        if (const auto drawn = m_items.find(id); drawn != m_items.end() && !isClosed(id))
            drawn->second->setLook(place.look);
    }
    auto shape = shapeNow();
    std::swap(m_shape, shape);
    if (m_shape != shape)
        return true;
    if (m_drawnShape == m_shape && root != m_root) {
        glide(1);
        drawFlow(Motion::Jump); // a probability may read otherwise
    }
    return false;
}

JourneyScene::Shape JourneyScene::shapeNow()
{
    Shape shape;
    for (const auto id : m_order) {
        auto& place = m_places.at(id);
        const auto* above = this->place(place.parent);
        if (above == nullptr || (above->shownAs == place.parent && !isClosed(place.parent)))
            place.shownAs = id;
        else
            place.shownAs = above->shownAs;
        if (place.shownAs != id)
            continue;
        Box box{id, place.parent, journey::typeOf(*place.node), place.size, isClosed(id), {}};
        if (box.closed) {
            auto look = shownLook(place, true);
            look.numbers.clear();
            box.size = m_style.sizeOf(look);
        }
        if (const auto put = m_placement.nodes.find(id); put != m_placement.nodes.end())
            box.offset = put->second;
        shape.boxes.push_back(box);
    }
    if (!m_fragment)
        shape.loose = looseComponents(m_placement, m_journey);
    return shape;
}

LayoutThread::Request JourneyScene::layoutRequest() const
{
    LayoutThread::Request request{m_root, {}, m_style.layout, {}};
    for (const auto& box : m_shape.boxes) {
        request.sizes.emplace(box.id, box.size);
        if (box.offset)
            request.arrangement.offsets.emplace(box.id, *box.offset);
        if (box.closed)
            request.arrangement.closed.insert(box.id);
    }
    return request;
}

void JourneyScene::setDrawing(layout::Drawing drawing)
{
    const auto motion = motionTo(drawing);
    m_gliding.clear(); // items may go
    m_drawing = std::move(drawing);
    m_drawnShape = m_shape;
    std::erase_if(m_items, [&](const auto& entry) { return !m_drawing.boxes.contains(entry.first); });
    for (const auto id : m_order) {
        const auto box = m_drawing.boxes.find(id);
        if (box == m_drawing.boxes.end())
            continue; // hidden; and a root series has no frame
        auto* item = ensureItem(m_places.at(id));
        if (auto* frame = dynamic_cast<FrameItem*>(item)) {
            const auto ports = m_drawing.ports.find(id);
            frame->setFrame(rectOf(box->second),
                            ports == m_drawing.ports.end() ? std::nullopt : std::optional(ports->second), motion);
        } else {
            item->setBox(rectOf(box->second), motion);
        }
    }
    placeLoose();
    drawFlow(motion);
    startGliding();
}

QRectF JourneyScene::contentRect() const
{
    auto content = rectOf(m_drawing.bounds);
    for (const auto& [name, item] : m_loose)
        content |= item->box();
    return content;
}

bool JourneyScene::shows(const CanvasNumbers& numbers) const
{
    return m_numbers && numbers.revision != 0 && m_numbers->revision == numbers.revision
           && m_numbers->errorBudget == numbers.errorBudget && m_numbers->stale == numbers.stale
           && m_numbers->display == numbers.display && m_numbers->tail == numbers.tail
           && m_numbers->tailStale == numbers.tailStale && m_numbers->problems == numbers.problems;
}

int JourneyScene::setNumbers(const CanvasNumbers& numbers)
{
    if (shows(numbers))
        return 0;
    m_numbers = numbers;
    m_numbers->analysis = nullptr;
    m_numbers->inputs = nullptr;
    int changed = 0;
    for (auto& [id, place] : m_places)
        place.look = m_looks.lookOf(*place.node, m_journey, m_uses, numbers);
    for (auto& [id, item] : m_items) {
        const auto* shown = place(id);
        const bool closed = shown != nullptr && item->look().closed;
        if (shown != nullptr && item->setLook(shownLook(*shown, closed)))
            ++changed;
    }
    for (auto& [name, item] : m_loose) {
        if (item->setLook(looseLook(name, m_journey, numbers)))
            ++changed;
    }
    return changed;
}

Look JourneyScene::shownLook(const Place& place, bool closed) const
{
    if (!closed)
        return place.look;
    int calls = 0;
    Badges hidden;
    journey::forEachNode(place.node, [&](const auto& node) {
        calls += std::holds_alternative<journey::Call>(node->op) ? 1 : 0;
        hidden |= m_places.at(node->id).look.badges;
    });
    return closedLook(place.look, calls, hidden, m_numbers ? tailOf(place.node, m_journey, *m_numbers) : std::nullopt);
}

const NodeItem* JourneyScene::item(NodeId id) const
{
    const auto found = m_items.find(id);
    return found == m_items.end() ? nullptr : found->second.get();
}

NodeItem* JourneyScene::ensureItem(const Place& place)
{
    const auto id = place.node->id;
    auto& item = m_items[id];
    const bool closed = isClosed(id);
    const bool card = isBox(*place.node) || closed;
    if (!item || card != (dynamic_cast<CardItem*>(item.get()) != nullptr)) {
        std::unique_ptr<NodeItem> made;
        if (card)
            made = std::make_unique<CardItem>(id, m_style);
        else
            made = std::make_unique<FrameItem>(id, m_style);
        addItem(made.get());
        if (item) { // a call became an operator, or the other way round, or it was closed or opened
            made->setBox(item->shownBox());
            made->setSelected(item->isSelected());
        }
        item = std::move(made);
    }
    item->setZValue(place.depth);
    item->setLook(shownLook(place, closed));
    return item.get();
}

void JourneyScene::placeLoose()
{
    auto known = std::exchange(m_loose, {});
    for (const auto& loose : m_shape.loose) {
        auto item = std::move(known[loose.component]);
        if (!item) {
            item = std::make_unique<LooseItem>(loose.component, m_style);
            item->setLook(looseLook(loose.component, m_journey, {}));
            m_numbers.reset();
            addItem(item.get());
        }
        const auto size = m_style.sizeOf(item->look());
        item->setBox(freePlace({loose.at.x, loose.at.y, size.width, size.height}));
        m_loose.emplace(loose.component, std::move(item));
    }
}

QRectF JourneyScene::freePlace(QRectF card) const
{
    const double gap = m_style.layout.branchGap;
    std::vector<QRectF> taken{rectOf(m_drawing.bounds)};
    for (const auto& [name, item] : m_loose)
        taken.push_back(item->box());
    std::ranges::sort(taken, {}, &QRectF::bottom);
    for (const auto& rect : taken) { // from above, so that it only ever goes down past what it has passed
        if (!rect.isEmpty() && card.intersects(rect.adjusted(-gap, -gap, gap, gap)))
            card.moveTop(rect.bottom() + gap);
    }
    return card;
}

} // namespace emac::widgets
