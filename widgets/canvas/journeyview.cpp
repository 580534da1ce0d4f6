// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/journeyview.h"

#include "core/journey/paths.h"
#include "widgets/canvas/camera.h"
#include "widgets/canvas/canvasnumbers.h"
#include "widgets/canvas/collapsing.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

constexpr double zoomStep = 1.25;
constexpr double wheelStep = 1.0015; ///< for an eighth of a degree

} // namespace

struct JourneyView::Private
{
    JourneyView& view;
    JourneyDocument* document;
    SelectionModel* selection;
    const DisplayUnits* units;
    JourneyScene scene;
    Collapsing collapsing{&scene, selection};
    journey::Element revealing{}; ///< with the next drawing
    std::shared_ptr<LayoutThread> layoutThread = LayoutThread::shared();
    Camera camera{view, scene};
    bool layoutFailed = false;
    bool tooLarge = false;
    bool drawing = false; ///< the first drawing is on its way
    bool syncing = false; ///< the scene is being told the selection
    QString words{}; ///< over the drawing
    bool spaceDown = false;
    std::optional<QPoint> panFrom;

    Private(JourneyView& owner, JourneyDocument* journeyDocument, SelectionModel* selectionModel,
            const DisplayUnits* displayUnits)
        : view(owner)
        , document(journeyDocument)
        , selection(selectionModel)
        , units(displayUnits)
    {
    }

    void followJourney();
    void requestDrawing();
    void showWords();
    void receive(std::optional<layout::Drawing> drawing);
    void followNumbers();
    void followSelection();
    void tellSelection();
    void reveal(const journey::Element& element);
    template<typename Move>
    void moveCamera(const Move& move);
    void showContent();
    bool moveSelection(Qt::Key key);
    QString hint() const;
    QString notice() const;
    void selectAt(QPoint position);
};

void JourneyView::Private::followJourney()
{
    auto journey = document->isReadable() ? document->intent().journey : journey::Journey{};
    int most = mostDrawn;
    tooLarge = hasMoreNodes(journey.root, most);
    if (tooLarge)
        journey.root = nullptr;
    view.setAccessibleDescription(QString::fromStdString(journey::expressionText(journey.root)));
    if (scene.setJourney(journey, {}, {}, tooLarge ? journey::Placement() : document->value().placement))
        requestDrawing();
    collapsing.follow();
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
    const auto centre = view.mapToScene(view.viewport()->rect().center());
    const bool first = scene.contentRect().isEmpty();
    syncing = true; // items come and go; what they stand for does not
    scene.setDrawing(result ? std::move(*result) : layout::Drawing{});
    followSelection();
    const auto& selected = selection->elements();
    if (std::ranges::any_of(selected, [this](const journey::Element& element) {
            return element.kind == journey::Element::Kind::Node && scene.shownAs(element.node) == journey::NodeId{};
        }))
        tellSelection();
    camera.reachAround();
    if (first && camera.follow != Camera::Follow::Nothing)
        showContent();
    else
        camera.centreOn(centre);
    showWords();
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

/// Moves the camera, and says where its zoom has become another.
template<typename Move>
void JourneyView::Private::moveCamera(const Move& move)
{
    const auto before = camera.zoom();
    move(camera);
    if (camera.zoom() != before)
        emit view.zoomChanged(camera.zoom());
}

void JourneyView::Private::showContent()
{
    moveCamera([](Camera& it) { it.followContent(); });
}

bool JourneyView::Private::moveSelection(Qt::Key key)
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
        selection->select(journey::Element::ofNode(target));
        view.ensureVisible(item->box(), 3 * theme::unit, 3 * theme::unit);
    }
    return true;
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
        return tr("This journey has no steps yet.\nRight-click here to draw a first call.");
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
    // A file dropped here is for the window.
    setAcceptDrops(false);
    setAccessibleName(tr("Journey drawing"));

    connect(document, &JourneyDocument::valueChanged, this, [this] {
        d->followJourney();
        d->followNumbers();
    });
    connect(document, &JourneyDocument::evaluationChanged, this, [this] { d->followNumbers(); });
    connect(document, &JourneyDocument::diagnosticsChanged, this, [this] { d->followNumbers(); });
    connect(document, &JourneyDocument::staleChanged, this, [this] { d->followNumbers(); });
    connect(units, &DisplayUnits::changed, this, [this] { d->followNumbers(); });
    connect(selection, &SelectionModel::changed, this, [this] { d->followSelection(); });
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

void JourneyView::wheelEvent(QWheelEvent* event)
{
    d->camera.follow = Camera::Follow::Nothing;
    const auto turn = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        d->moveCamera(
            [&](Camera& camera) { camera.zoomAt(event->position(), zoom() * std::pow(wheelStep, turn.y())); });
    } else {
        auto delta = event->pixelDelta().isNull() ? turn / 2 : event->pixelDelta();
        d->camera.panBy(event->modifiers() & Qt::ShiftModifier ? delta.transposed() : delta);
    }
    event->accept();
}

void JourneyView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && d->spaceDown)) {
        d->panFrom = event->position().toPoint();
        viewport()->setCursor(Qt::ClosedHandCursor);
        event->accept();
        return;
    }
    if (event->button() == Qt::RightButton) {
        d->selectAt(event->position().toPoint());
        event->accept();
        return;
    }
    QGraphicsView::mousePressEvent(event);
    // A component selected elsewhere is no selected item here: empty ground clears it as well.
    const bool adds = (event->modifiers() & Qt::ControlModifier) != 0;
    if (event->button() == Qt::LeftButton && !adds && d->scene.selectedItems().isEmpty())
        d->selection->clear();
}

void JourneyView::mouseMoveEvent(QMouseEvent* event)
{
    if (!d->panFrom) {
        QGraphicsView::mouseMoveEvent(event);
        return;
    }
    const auto to = event->position().toPoint();
    d->camera.follow = Camera::Follow::Nothing;
    d->camera.panBy(to - *d->panFrom);
    d->panFrom = to;
}

void JourneyView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!d->panFrom) {
        QGraphicsView::mouseReleaseEvent(event);
        return;
    }
    d->panFrom.reset();
    if (d->spaceDown)
        viewport()->setCursor(Qt::OpenHandCursor);
    else
        viewport()->unsetCursor();
}

void JourneyView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) {
            d->spaceDown = true;
            viewport()->setCursor(Qt::OpenHandCursor);
        }
        return;
    case Qt::Key_Escape:
        d->selection->clear();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        if (d->moveSelection(static_cast<Qt::Key>(event->key())))
            return;
        d->camera.follow = Camera::Follow::Nothing;
        break;
    default:
        break;
    }
    QGraphicsView::keyPressEvent(event);
}

void JourneyView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        d->spaceDown = false;
        if (!d->panFrom)
            viewport()->unsetCursor();
        return;
    }
    QGraphicsView::keyReleaseEvent(event);
}

void JourneyView::focusOutEvent(QFocusEvent* event)
{
    d->spaceDown = false;
    viewport()->unsetCursor();
    QGraphicsView::focusOutEvent(event);
}

void JourneyView::contextMenuEvent(QContextMenuEvent* event)
{
    auto at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        d->selectAt(event->pos());
    } else if (const auto* item = d->scene.item(d->selection->current().node)) {
        ensureVisible(item->box(), 3 * theme::unit, 3 * theme::unit);
        at = viewport()->mapToGlobal(mapFromScene(item->box().center()));
    }
    event->accept();
    emit menuRequested(at);
}

void JourneyView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (d->camera.follow != Camera::Follow::Nothing)
        d->showContent();
    else
        d->camera.reachAround();
}

void JourneyView::drawForeground(QPainter* painter, const QRectF& /*rect*/)
{
    const auto hint = d->hint();
    const auto notice = d->notice();
    if (hint.isEmpty() && notice.isEmpty())
        return;
    painter->save();
    painter->resetTransform();
    if (!hint.isEmpty()) {
        painter->setFont(theme::font(theme::TextSize::Heading));
        painter->setPen(theme::mutedText());
        painter->drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, hint);
    }
    if (!notice.isEmpty()) {
        const auto room = viewport()->rect().adjusted(2 * theme::unit, theme::unit, -2 * theme::unit, 0);
        painter->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
        const auto text = painter->boundingRect(room, Qt::AlignHCenter | Qt::TextWordWrap, notice);
        painter->fillRect(QRect(0, 0, viewport()->width(), text.height() + 2 * theme::unit), theme::surface());
        painter->setPen(theme::bad());
        painter->drawText(text, Qt::AlignHCenter | Qt::TextWordWrap, notice);
    }
    painter->restore();
}

} // namespace emac::widgets
