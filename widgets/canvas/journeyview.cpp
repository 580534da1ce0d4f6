// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/journeyview.h"

#include "core/journey/paths.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

/// Beyond this a drawing helps nobody, takes Graphviz minutes, and in one frame all of its stack.
constexpr int mostDrawn = 5000;

/// Counts nodes, fragments not written out, until there are more than `most`.
bool hasMoreNodes(const journey::ExpressionPtr& node, int& most)
{
    if (!node)
        return false;
    if (--most < 0)
        return true;
    const auto below = journey::children(*node);
    return std::ranges::any_of(below, [&most](const auto& child) { return hasMoreNodes(child, most); });
}

constexpr double fitMargin = 4 * theme::unit;
constexpr double legibleZoom = 0.25; ///< a journey is not opened at less: then only its beginning is in sight
constexpr double largestFit = 1.4; ///< a small journey is not blown up beyond this
constexpr double zoomStep = 1.25;
constexpr double wheelStep = 1.0015; ///< for an eighth of a degree

/// The worst problem of each node and component.
std::map<journey::Element, base::Severity> problemsOf(const JourneyDocument& document)
{
    std::map<journey::Element, base::Severity> problems;
    const auto add = [&](const journey::Element& element, base::Severity severity) {
        auto& worst = problems.try_emplace(element, severity).first->second;
        worst = std::max(worst, severity);
    };
    std::vector<std::uint32_t> lines;
    std::vector<base::Severity> severities;
    for (const auto& diagnostic : document.diagnostics()) {
        if (diagnostic.place.line == 0 || QString::fromStdString(diagnostic.place.file) != document.path())
            continue;
        lines.push_back(diagnostic.place.line);
        severities.push_back(diagnostic.severity());
    }
    const auto elements = document.sources().elementsAt(lines);
    for (std::size_t i = 0; i < elements.size(); ++i)
        add(elements[i], severities[i]);
    if (const auto evaluation = document.evaluation()) {
        for (const auto& note : evaluation->notes)
            add(note.element, base::messageTemplate(note.message.code).severity);
    }
    return problems;
}

} // namespace

struct JourneyView::Private
{
    JourneyView& view;
    JourneyDocument* document;
    SelectionModel* selection;
    JourneyScene scene;
    std::shared_ptr<LayoutThread> layoutThread = LayoutThread::shared();
    /// What a resized window keeps in sight, until the user zooms or pans.
    enum class Follow
    {
        Nothing,
        Beginning,
        All
    };
    Follow follow = Follow::Beginning;
    bool layoutFailed = false;
    bool tooLarge = false;
    bool drawing = false; ///< the first drawing is on its way
    bool syncing = false; ///< the scene is being told the selection
    bool spaceDown = false;
    std::optional<QPoint> panFrom;

    Private(JourneyView& owner, JourneyDocument* journeyDocument, SelectionModel* selectionModel)
        : view(owner)
        , document(journeyDocument)
        , selection(selectionModel)
    {
    }

    void followJourney();
    void receive(std::optional<layout::Drawing> drawing);
    void followNumbers();
    void followSelection();
    void tellSelection();
    void reveal(const journey::Element& element);
    void zoomAt(QPointF anchor, double factor);
    void centreOn(QPointF scenePoint);
    void fit(const QRectF& rect);
    void followWindow();
    void updateSceneRect();
    void panBy(QPoint delta);
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
    if (scene.setJourney(journey)) {
        drawing = true;
        layoutThread->submit(&view, scene.layoutRequest(),
                             [this](std::optional<layout::Drawing> drawing) { receive(std::move(drawing)); });
    }
    view.viewport()->update();
}

void JourneyView::Private::receive(std::optional<layout::Drawing> result)
{
    layoutFailed = !result;
    drawing = false;
    const auto centre = view.mapToScene(view.viewport()->rect().center());
    const bool first = scene.contentRect().isEmpty();
    scene.setDrawing(result ? std::move(*result) : layout::Drawing{});
    followSelection();
    updateSceneRect();
    if (first && follow != Follow::Nothing)
        followWindow();
    else
        centreOn(centre);
    view.viewport()->update();
    emit view.drawn();
}

void JourneyView::Private::followNumbers()
{
    if (!document->isReadable())
        return;
    CanvasNumbers numbers;
    const auto evaluation = document->evaluation();
    if (evaluation) {
        numbers.analysis = &evaluation->analysis;
        numbers.inputs = &evaluation->inputs;
    }
    if (const auto& objective = document->intent().objectives.availability)
        numbers.errorBudget = objective->target.failure();
    numbers.problems = problemsOf(*document);
    numbers.stale = document->isStale();
    scene.setNumbers(numbers);
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
    const auto nodes = scene.selectedNodes();
    // In the order of selecting: the last one is the current one.
    auto elements = selection->elements();
    std::erase_if(elements, [&](const journey::Element& element) {
        return element.kind != journey::Element::Kind::Node || std::ranges::find(nodes, element.node) == nodes.end();
    });
    for (const auto node : nodes) {
        const auto element = journey::Element::ofNode(node);
        if (std::ranges::find(elements, element) == elements.end())
            elements.push_back(element);
    }
    selection->select(std::move(elements));
}

void JourneyView::Private::reveal(const journey::Element& element)
{
    auto node = element.node;
    if (element.kind == journey::Element::Kind::Component) {
        const auto calls = scene.callsOf(element.name);
        if (!calls.empty())
            node = calls.front();
    }
    if (const auto* item = scene.item(node))
        view.ensureVisible(item->box(), 6 * theme::unit, 6 * theme::unit);
}

void JourneyView::Private::zoomAt(QPointF anchor, double factor)
{
    const double zoom = std::clamp(factor, minimumZoom, maximumZoom);
    const auto fixed = view.viewportTransform().inverted().map(anchor);
    const bool changed = zoom != view.zoom();
    view.setTransform(QTransform::fromScale(zoom, zoom));
    updateSceneRect();
    const auto shift = (view.viewportTransform().map(fixed) - anchor).toPoint();
    panBy(-shift);
    if (changed)
        emit view.zoomChanged(zoom);
}

void JourneyView::Private::centreOn(QPointF scenePoint)
{
    const auto shift = view.viewportTransform().map(scenePoint) - QRectF(view.viewport()->rect()).center();
    panBy(-shift.toPoint());
}

void JourneyView::Private::fit(const QRectF& rect)
{
    if (rect.isEmpty())
        return;
    const auto room = QSizeF(view.viewport()->size()) - QSizeF(2 * fitMargin, 2 * fitMargin);
    const double zoom = std::min({room.width() / rect.width(), room.height() / rect.height(), largestFit});
    zoomAt({}, zoom);
    centreOn(rect.center());
}

void JourneyView::Private::followWindow()
{
    const auto content = scene.contentRect();
    fit(content);
    if (follow == Follow::All || view.zoom() >= legibleZoom)
        return;
    zoomAt({}, legibleZoom);
    const double halfWidth = (view.viewport()->width() / 2.0 - fitMargin) / view.zoom();
    centreOn({content.left() + halfWidth, content.center().y()});
}

/// The scene reaches so far around its content that any point of it can be brought anywhere in the window.
void JourneyView::Private::updateSceneRect()
{
    const double width = view.viewport()->width() / view.zoom();
    const double height = view.viewport()->height() / view.zoom();
    view.setSceneRect(scene.contentRect().adjusted(-width, -height, width, height));
}

void JourneyView::Private::panBy(QPoint delta)
{
    view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() - delta.x());
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() - delta.y());
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
        const auto* node = dynamic_cast<const NodeItem*>(item);
        if (node == nullptr)
            continue;
        const auto element = journey::Element::ofNode(node->id());
        if (!selection->contains(element))
            selection->select(element);
        return;
    }
    selection->clear();
}

JourneyView::JourneyView(JourneyDocument* document, SelectionModel* selection, QWidget* parent)
    : QGraphicsView(parent)
    , d(std::make_unique<Private>(*this, document, selection))
{
    setScene(&d->scene);
    setFrameShape(QFrame::NoFrame);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
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
    connect(selection, &SelectionModel::changed, this, [this] { d->followSelection(); });
    connect(selection, &SelectionModel::revealed, this,
            [this](const journey::Element& element) { d->reveal(element); });
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

double JourneyView::zoom() const
{
    return transform().m11();
}

void JourneyView::setZoom(double factor)
{
    d->follow = Private::Follow::Nothing;
    d->zoomAt(QRectF(viewport()->rect()).center(), factor);
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
    d->follow = Private::Follow::All;
    d->followWindow();
}

void JourneyView::fitSelection()
{
    QRectF rect;
    for (const auto node : d->scene.selectedNodes())
        rect |= d->scene.item(node)->box();
    d->follow = Private::Follow::Nothing;
    d->fit(rect);
}

void JourneyView::wheelEvent(QWheelEvent* event)
{
    d->follow = Private::Follow::Nothing;
    const auto turn = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        d->zoomAt(event->position(), zoom() * std::pow(wheelStep, turn.y()));
    } else {
        auto delta = event->pixelDelta().isNull() ? turn / 2 : event->pixelDelta();
        d->panBy(event->modifiers() & Qt::ShiftModifier ? delta.transposed() : delta);
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
    d->follow = Private::Follow::Nothing;
    d->panBy(to - *d->panFrom);
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
        d->follow = Private::Follow::Nothing;
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
    if (d->follow != Private::Follow::Nothing)
        d->followWindow();
    else
        d->updateSceneRect();
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
