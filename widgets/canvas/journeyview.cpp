// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "widgets/canvas/canvasnumbers.h"
#include "widgets/canvas/collapsing.h"
#include "widgets/canvas/journeyview_p.h"
#include "widgets/common/theme.h"

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr double zoomStep = 1.25;

} // namespace

void JourneyView::Private::followJourney()
{
    auto journey = document->isReadable() ? document->intent().journey : journey::Journey{};
    auto fragment = selection->fragment();
    auto root = fragment.empty() ? journey.root : journey.fragment(fragment);
    int most = mostDrawn;
    tooLarge = hasMoreNodes(root, most);
    if (tooLarge) {
        root = journey.root = nullptr;
        fragment.clear();
    }
    view.setAccessibleDescription(QString::fromStdString(journey::expressionText(root)));
    if (scene.setJourney(journey, fragment, {}, tooLarge ? journey::Placement() : document->value().placement))
        requestDrawing();
    collapsing.follow();
    gestures.followJourney();
    showWords();
}

/// All is painted again where they are others; where not, the items know what to paint.
void JourneyView::Private::showWords()
{
    if (const QString now = hint() + notice(); now != std::exchange(words, now))
        view.viewport()->update();
}

void JourneyView::Private::requestDrawing()
{
    drawing = true;
    layoutThread->submit(&view, scene.layoutRequest(),
                         [this](std::optional<layout::Drawing> drawing) { receive(std::move(drawing)); });
}

void JourneyView::Private::receive(std::optional<layout::Drawing> result)
{
    layoutFailed = !result;
    drawing = false;
    const auto corner = camera.corner();
    const bool first = std::exchange(turned, false) || scene.contentRect().isEmpty();
    const bool fresh = scene.boxOf(selection->current()).isEmpty();
    const auto isInSight = [this](const QRectF& box) {
        return view.mapToScene(view.viewport()->rect()).boundingRect().contains(box);
    };
    const bool wholeInSight = isInSight(scene.contentRect());
    syncing = true; // items come and go; what they stand for does not
    scene.setDrawing(result ? std::move(*result) : layout::Drawing{});
    followSelection();
    const auto& selected = selection->elements();
    if (std::ranges::any_of(selected, [this](const journey::Element& element) {
            return element.kind == journey::Element::Kind::Node && scene.shownAs(element.node) == journey::NodeId{};
        }))
        tellSelection();
    camera.reachAround();
    if (first && camera.follow != Camera::Follow::Nothing) {
        showContent();
        // What the page was turned for is in sight, and stays there.
        const auto* item = scene.item(selection->current().node);
        const auto sight = view.mapToScene(view.viewport()->rect()).boundingRect();
        if (item != nullptr && !sight.contains(item->box())) {
            camera.follow = Camera::Follow::Nothing;
            reveal(selection->current());
        }
    } else {
        camera.keepCorner(corner);
        const auto box = scene.boxOf(selection->current());
        const bool beyond = fresh && !isInSight(box); // just inserted beyond the edge
        const bool outgrown = wholeInSight && !isInSight(scene.contentRect());
        if (camera.follow != Camera::Follow::Nothing && (beyond || outgrown))
            showContent();
        if (fresh && !isInSight(box))
            reveal(selection->current());
    }
    showWords();
    gestures.followDrawing();
    if (const auto element = std::exchange(revealing, {}); element.kind != journey::Element::Kind::None)
        reveal(element);
    emit view.drawn();
}

void JourneyView::Private::followNumbers()
{
    if (document->isReadable())
        scene.setNumbers(numbersOf(*document, units->unit()));
}

void JourneyView::Private::followSelection()
{
    std::set<journey::NodeId> nodes;
    std::set<std::string> components;
    for (const auto& element : selection->elements()) {
        if (element.kind == journey::Element::Kind::Node)
            nodes.insert(element.node);
        else if (element.kind == journey::Element::Kind::Component)
            components.insert(element.name);
    }
    syncing = true;
    scene.showSelection(nodes, components);
    syncing = false;
    gestures.followSelection();
}

void JourneyView::Private::tellSelection()
{
    if (syncing)
        return;
    const auto selected = scene.selectedElements();
    // In the order of selecting: the last one is the current one.
    auto elements = selection->elements();
    std::erase_if(elements,
                  [&](const auto& element) { return std::ranges::find(selected, element) == selected.end(); });
    for (const auto& element : selected) {
        if (std::ranges::find(elements, element) == elements.end())
            elements.push_back(element);
    }
    selection->select(std::move(elements));
}

void JourneyView::Private::reveal(const journey::Element& element)
{
    if (collapsing.show(element))
        revealing = element; // once it is drawn
    else if (const auto box = scene.boxOf(element); !box.isEmpty())
        view.ensureVisible(box, 6 * theme::unit, 6 * theme::unit);
}

/// What was selected elsewhere, where nothing of it can be seen. What is half in sight stays: it was clicked here.
void JourneyView::Private::bringIntoSight()
{
    const auto box = scene.boxOf(selection->current());
    const auto sight = view.mapToScene(view.viewport()->rect()).boundingRect();
    if (!box.isEmpty() && !sight.intersects(box))
        reveal(selection->current());
}

void JourneyView::Private::showContent()
{
    moveCamera([](Camera& it) { it.followContent(); });
}

bool JourneyView::Private::moveSelection(Qt::Key key, bool extends)
{
    journey::NodeId target{};
    if (key == Qt::Key_Home)
        target = scene.firstNode();
    else if (key == Qt::Key_End)
        target = scene.lastNode();
    else if (selection->current().kind == journey::Element::Kind::Node)
        target = scene.neighbour(selection->current().node, key);
    else
        return false;
    if (const auto* item = scene.item(target)) {
        selection->select(extends ? extendedTo(target) : Selection{journey::Element::ofNode(target)});
        view.ensureVisible(item->box(), 3 * theme::unit, 3 * theme::unit);
    }
    return true;
}

/// What is selected, with the node and its siblings between; where the node is selected already, back to it.
Selection JourneyView::Private::extendedTo(journey::NodeId target) const
{
    auto elements = selection->elements();
    const auto current = selection->current();
    const auto wanted = journey::Element::ofNode(target);
    if (selection->contains(wanted)) {
        if (wanted != current)
            std::erase(elements, current);
    } else if (const auto from = std::ranges::find(scene.nodes(), current.node),
               to = std::ranges::find(scene.nodes(), target);
               from != scene.nodes().end()) {
        const bool back = to < from;
        std::vector<journey::NodeId> between(back ? to : from, (back ? from : to) + 1);
        if (back)
            std::ranges::reverse(between);
        for (const auto id : between) {
            if (id != target && scene.parentOf(id) == scene.parentOf(target)
                && !selection->contains(journey::Element::ofNode(id)))
                elements.push_back(journey::Element::ofNode(id));
        }
    }
    std::erase(elements, wanted); // the last one is the current one
    elements.push_back(wanted);
    return elements;
}

/// What lies in the rubber band is selected where it was not before, and the other way round.
void JourneyView::Private::toggleInBand()
{
    auto elements = *toggled;
    const auto band = view.rubberBandRect();
    for (const auto* item : view.items(band, Qt::ContainsItemShape)) {
        const auto element = JourneyScene::elementOf(item);
        if (element.kind == journey::Element::Kind::None)
            continue;
        if (std::erase(elements, element) == 0)
            elements.push_back(element);
    }
    selection->select(std::move(elements));
    followSelection(); // also where it is the same: the scene has selected all of the band
}

void JourneyView::Private::showCursor()
{
    view.viewport()->setCursor(panning.cursor().value_or(gestures.cursor()));
}

QString JourneyView::Private::hint() const
{
    if (!document->isReadable())
        return tr("There is no journey to draw.\nThe Problems panel says what is wrong with the file.");
    if (tooLarge)
        return tr("This journey has more than %1 operators and calls: too many for a drawing.\n"
                  "Its numbers are computed all the same.")
            .arg(mostDrawn);
    if (drawing && scene.contentRect().isEmpty())
        return tr("Drawing …");
    if (layoutFailed)
        return tr("The journey cannot be drawn: Graphviz lacks its dot layout.\nInstall the package libgvc6.");
    if (scene.isEmpty())
        return tr("This journey has no steps yet.\nPress Enter to add one, or drag one here from the palette.");
    return {};
}

/// Why the drawing cannot be edited, where there is one.
QString JourneyView::Private::notice() const
{
    return document->isReadable() && !document->value().parses ? tr(
               "The text is no journey as it stands: this is how it last was. Mend it in the Source panel, or undo.")
                                                               : QString();
}

/// What is selected already stays so, with all that is selected beside it.
void JourneyView::Private::selectAt(QPoint position)
{
    for (const auto* item : view.items(position)) {
        const auto element = JourneyScene::elementOf(item);
        if (element.kind == journey::Element::Kind::None)
            continue;
        if (!selection->contains(element))
            selection->select(element);
        return;
    }
    selection->clear();
}

JourneyView::JourneyView(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                         QWidget* parent)
    : QGraphicsView(parent)
    , d(std::make_unique<Private>(*this, document, selection, units))
{
    setScene(&d->scene);
    setFrameShape(QFrame::NoFrame);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    setViewportUpdateMode(SmartViewportUpdate);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(AnchorViewCenter);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setDragMode(RubberBandDrag);
    setRubberBandSelectionMode(Qt::ContainsItemShape);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    viewport()->setAcceptDrops(true);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Journey drawing"));

    connect(document, &JourneyDocument::valueChanged, this, [this] {
        d->followJourney();
        d->followNumbers();
    });
    connect(document, &JourneyDocument::evaluationChanged, this, [this] { d->followNumbers(); });
    connect(document, &JourneyDocument::diagnosticsChanged, this, [this] { d->followNumbers(); });
    connect(document, &JourneyDocument::staleChanged, this, [this] { d->followNumbers(); });
    connect(document->tailWork(), &TailWork::changed, this, [this] { d->followNumbers(); });
    connect(document->tailWork(), &TailWork::staleChanged, this, [this] { d->followNumbers(); });
    connect(units, &DisplayUnits::changed, this, [this] { d->followNumbers(); });
    connect(&d->gestures, &CanvasGestures::refused, this, &JourneyView::refused);
    connect(&d->gestures, &CanvasGestures::cursorChanged, this, [this] { d->showCursor(); });
    connect(&d->gestures, &CanvasGestures::openRequested, this, &JourneyView::openRequested);
    connect(&d->gestures, &CanvasGestures::scrollWanted, this, [this](QPoint by) {
        d->camera.follow = Camera::Follow::Nothing;
        d->camera.panBy(by);
    });
    connect(selection, &SelectionModel::changed, this, [this] {
        d->followSelection();
        d->bringIntoSight();
    });
    connect(selection, &SelectionModel::pageChanged, this, [this] {
        d->turned = true;
        d->camera.follow = Camera::Follow::Beginning;
        d->followJourney();
        d->followNumbers();
    });
    connect(selection, &SelectionModel::revealed, this,
            [this](const journey::Element& element) { d->reveal(element); });
    connect(&d->scene, &JourneyScene::layoutNeeded, this, [this] { d->requestDrawing(); });
    connect(&d->scene, &QGraphicsScene::selectionChanged, this, [this] { d->tellSelection(); });
    d->followJourney();
    d->followNumbers();
}

JourneyView::~JourneyView()
{
    // Items that go are deselected; nobody should hear of it any more.
    disconnect(&d->scene, nullptr, this, nullptr);
    setScene(nullptr);
}

Collapsing* JourneyView::collapsing()
{
    return &d->collapsing;
}

double JourneyView::zoom() const
{
    return d->camera.zoom();
}

void JourneyView::setZoom(double factor)
{
    d->camera.follow = Camera::Follow::Nothing;
    d->moveCamera([&](Camera& camera) { camera.zoomAt(QRectF(viewport()->rect()).center(), factor); });
}

void JourneyView::zoomIn()
{
    setZoom(zoom() * zoomStep);
}

void JourneyView::zoomOut()
{
    setZoom(zoom() / zoomStep);
}

void JourneyView::fitAll()
{
    d->camera.follow = Camera::Follow::All;
    d->showContent();
}

void JourneyView::fitSelection()
{
    QRectF rect;
    for (const auto node : d->scene.selectedNodes())
        rect |= d->scene.item(node)->box();
    d->camera.follow = Camera::Follow::Nothing;
    d->moveCamera([&rect](Camera& camera) { camera.fit(rect); });
}

void JourneyView::add(const journey::Landing& landing)
{
    d->gestures.add(landing);
}

void JourneyView::nameAll(const std::vector<journey::Element>& elements)
{
    d->gestures.nameAll(elements);
}

void JourneyView::commitPending()
{
    d->gestures.commitPending();
}

bool JourneyView::settlePending()
{
    return d->gestures.settlePending();
}

void JourneyView::sayRefusal(const QString& reason)
{
    d->gestures.refuseBesideSelection(reason);
}

void JourneyView::setPlacingTool(PlacingTool* tool)
{
    d->gestures.setTool(tool);
}

} // namespace emac::widgets
