// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/canvasgestures.h"

#include "core/journey/paths.h"
#include "widgets/canvas/gestures/nudge.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"
#include "widgets/document/pages.h"
#include "widgets/editing/nodeselection.h"

#include <QApplication>
#include <QGraphicsView>
#include <QKeyEvent>

#include <algorithm>

namespace emac::widgets {

using journey::Element;
using journey::NodeId;

namespace {

constexpr double reachOnScreen = 12;
constexpr int scrollInterval = 30; // ms
constexpr int refusalShown = 5000; // ms

} // namespace

CanvasGestures::CanvasGestures(QGraphicsView& view, JourneyScene& scene, JourneyDocument& document)
    : m_view(view)
    , m_scene(scene)
    , m_document(document)
    , m_prompts(view, scene, document)
    , m_words(new QLabel(view.viewport()))
{
    m_scene.addItem(&m_preview);
    m_words->setObjectName(QStringLiteral("gestureWords"));
    m_words->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_words->setAutoFillBackground(true);
    m_words->setBackgroundRole(QPalette::Window); // not the viewport's
    m_words->setForegroundRole(QPalette::WindowText);
    m_words->setMargin(theme::unit / 2);
    m_words->setFrameShape(QFrame::StyledPanel);
    m_words->hide();
    m_scroll.setInterval(scrollInterval);
    m_hush.setSingleShot(true);
    m_hush.setInterval(refusalShown);
    connect(&m_scroll, &QTimer::timeout, this, &CanvasGestures::scrollAtEdge);
    connect(&m_hush, &QTimer::timeout, m_words, &QLabel::hide);
    connect(&m_prompts, &CanvasPrompts::refused, this, &CanvasGestures::refuse);
    connect(&m_prompts, &CanvasPrompts::doubted, this,
            [this](const QString& reason, QPoint at) { say(reason, at, true); });
}

CanvasGestures::~CanvasGestures()
{
    m_scene.removeItem(&m_preview);
}

void CanvasGestures::setTool(PlacingTool* tool)
{
    if (m_tool)
        m_tool->disconnect(this);
    m_tool = tool;
    if (m_tool)
        connect(m_tool, &PlacingTool::changed, this, &CanvasGestures::takeUpTool);
    takeUpTool();
}

bool CanvasGestures::isEditable() const
{
    // What is not drawn as it is cannot be edited by what is drawn.
    return m_document.isReadable() && m_document.isEditable() && m_scene.root() == shownTree(m_document);
}

double CanvasGestures::reach() const
{
    return std::min(reachOnScreen / m_view.transform().m11(), 2 * reachOnScreen);
}

DrawnPage CanvasGestures::page() const
{
    return drawnPage(m_document, m_scene, reach());
}

QPointF CanvasGestures::scenePoint(QPoint at) const
{
    return m_view.viewportTransform().inverted().map(QPointF(at));
}

const NodeItem* CanvasGestures::nodeAt(QPoint at) const
{
    for (const auto* item : m_view.items(at)) {
        if (const auto* node = dynamic_cast<const NodeItem*>(item))
            return node;
    }
    return nullptr;
}

// ---- Taking up.

/// What the tool holds is carried, without a button, from now on; or nothing is any more.
void CanvasGestures::takeUpTool()
{
    if (m_carrying && m_by == By::Tool)
        cancel();
    if (!m_tool || !m_tool->carried() || !isEditable())
        return;
    cancel();
    m_carrying = Carrying::ofItem(m_document, m_scene, *m_tool->carried());
    m_by = By::Tool;
    emit cursorChanged();
}

Qt::CursorShape CanvasGestures::cursor() const
{
    if (m_carrying && m_by == By::Tool)
        return Qt::CrossCursor;
    return m_saysHandle ? Qt::PointingHandCursor : Qt::ArrowCursor;
}

bool CanvasGestures::press(QMouseEvent* event)
{
    const auto at = event->position().toPoint();
    if (event->button() != Qt::LeftButton) {
        const bool ends = m_carrying || m_pulling;
        m_noMenu = ends && event->button() == Qt::RightButton;
        if (ends)
            drop();
        return ends;
    }
    m_clicked = elementAt(at);
    m_placed = m_carrying && m_by == By::Tool;
    if (m_placed) {
        carry(at, event->modifiers());
        const bool keeps = (event->modifiers() & Qt::ShiftModifier) != 0;
        putDown(keeps ? Naming::Later : Naming::Now);
        if (keeps)
            takeUpTool();
        else if (m_tool)
            m_tool->set(std::nullopt);
        return true;
    }
    if (m_carrying || m_pulling)
        cancel(); // its release went elsewhere
    if (!isEditable())
        return false;
    m_press = Press{at, {}, {}, handleAt(at)};
    if (m_press->handle) {
        m_pulling = true;
        return true;
    }
    if (const auto* node = nodeAt(at)) {
        m_press->node = node->id();
        if (node->disclosure().contains(scenePoint(at)))
            m_press.reset();
        return false;
    }
    for (const auto& loose : m_document.value().placement.loose) {
        if (m_clicked == Element::component(loose.component))
            m_press->loose = loose;
    }
    if (!m_press->loose) {
        m_press.reset();
        return false;
    }
    if (event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)) {
        m_press.reset();
        return false; // the scene adds it to what is selected
    }
    if (!m_document.selection()->contains(*m_clicked))
        m_document.selection()->select(*m_clicked);
    return true;
}

std::vector<journey::LooseComponent> CanvasGestures::selectedLoose() const
{
    auto loose = m_document.value().placement.loose;
    std::erase_if(loose, [this](const journey::LooseComponent& one) {
        return m_scene.looseBox(one.component).isEmpty() // of another page
               || !m_document.selection()->contains(Element::component(one.component));
    });
    return loose;
}

void CanvasGestures::startDrag()
{
    m_prompts.giveUp(); // also what waits for its drawing
    const auto from = scenePoint(m_press->at);
    m_by = By::Drag;
    if (m_press->loose) {
        m_carrying = Carrying::ofLoose(m_document, m_scene, selectedLoose(), from);
        return;
    }
    auto nodes = selectedNodes(m_document, m_scene);
    // What is grabbed may lie in a frame that is selected; where it does not, it alone is carried.
    const bool all = m_scene.item(m_press->node) && m_scene.item(m_press->node)->isSelected();
    if (!all)
        nodes = {m_press->node};
    m_carrying = Carrying::ofNodes(m_document, m_scene, nodes, from);
    if (all && m_carrying)
        m_carrying->takeAlong(selectedLoose());
    if (auto* grabber = m_scene.mouseGrabberItem()) // a click is no click any more
        grabber->ungrabMouse();
}

bool CanvasGestures::move(QMouseEvent* event)
{
    const auto at = event->position().toPoint();
    m_hovered = at;
    if (isBusy() && !(event->buttons() & Qt::LeftButton))
        cancel(); // its release went elsewhere
    if (m_press && !m_carrying && (event->buttons() & Qt::LeftButton)
        && (at - m_press->at).manhattanLength() >= QApplication::startDragDistance()) {
        if (!m_pulling && isEditable())
            startDrag();
    }
    if (m_carrying) {
        carry(at, event->modifiers());
        return true;
    }
    if (m_pulling) {
        pullHandle(at);
        return true;
    }
    if (!m_press && event->buttons() == Qt::NoButton)
        showHandles();
    return m_press && m_press->loose;
}

bool CanvasGestures::release(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || (m_carrying && m_by == By::Tool))
        return m_carrying.has_value();
    const auto press = std::exchange(m_press, std::nullopt);
    if (m_carrying) {
        carry(event->position().toPoint(), event->modifiers());
        putDown();
        return true;
    }
    if (std::exchange(m_pulling, false) && press && press->handle) {
        show({}, {});
        if (isEditable())
            m_prompts.add(press->handle->landing, event->position().toPoint());
        followSelection();
        return true;
    }
    if (!press || !press->loose)
        return false;
    m_document.selection()->select(Element::component(press->loose->component)); // alone, if it was not before
    return true;
}

bool CanvasGestures::isBusy() const
{
    return m_pulling || (m_carrying && m_by != By::Tool);
}

void CanvasGestures::followView(Qt::KeyboardModifiers modifiers)
{
    if (m_carrying)
        carry(m_pointer, modifiers);
}

bool CanvasGestures::doubleClick(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return false;
    const auto at = event->position().toPoint();
    const auto first = std::exchange(m_clicked, std::nullopt);
    if (std::exchange(m_placed, false)) // the second click is for the tool too, or for nothing
        return m_carrying ? press(event) : true;
    if (m_carrying || isOverHandle(at))
        return false;
    const auto element = elementAt(at);
    if (element.kind == Element::Kind::None || (first && *first != element))
        return false;
    const auto* node = nodeAt(at);
    if (node != nullptr && node->disclosure().contains(scenePoint(at)))
        return false;
    const auto found = journey::findNode(m_document.intent().journey, element.node);
    if (found && std::holds_alternative<journey::Use>(found->op)) {
        m_press.reset();
        emit openRequested(element);
        return true;
    }
    if (!isEditable())
        return false;
    m_press.reset();
    m_prompts.rename(element);
    followSelection();
    return true;
}

// ---- Keys.

Element CanvasGestures::elementAt(QPoint at) const
{
    if (!m_document.isReadable())
        return Element::none();
    if (const auto* node = nodeAt(at)) {
        // What is drawn may be gone already.
        const auto there = journey::findNode(m_document.intent().journey, node->id());
        return there ? Element::ofNode(node->id()) : Element::none();
    }
    for (const auto& loose : m_document.value().placement.loose) {
        if (m_scene.looseBox(loose.component).contains(scenePoint(at)))
            return Element::component(loose.component);
    }
    return Element::none();
}

Element CanvasGestures::renamable() const
{
    const auto nodes = selectedNodes(m_document, m_scene);
    const auto& selected = m_document.selection()->elements();
    if (nodes.size() == 1)
        return Element::ofNode(nodes.front());
    const bool loose = nodes.empty() && selected.size() == 1 && selected.front().kind == Element::Kind::Component
                       && !m_scene.looseBox(selected.front().name).isEmpty();
    return loose ? selected.front() : Element::none();
}

bool CanvasGestures::wantsKey(QKeyEvent* event) const
{
    if (event->key() == Qt::Key_Escape)
        return m_carrying || m_pulling || m_press;
    return event->key() == Qt::Key_F2 && event->modifiers() == Qt::NoModifier && isEditable()
           && renamable().kind != Element::Kind::None;
}

bool CanvasGestures::key(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const auto key = event->key();
    if (wantsKey(event)) {
        if (key == Qt::Key_Escape)
            drop();
        else
            m_prompts.rename(renamable());
        followSelection();
        return true;
    }
    if (m_carrying || !isEditable())
        return false;
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && !(modifiers & ~Qt::ShiftModifier)) {
        m_prompts.addBesideSelection(modifiers == Qt::ShiftModifier ? journey::Side::Before : journey::Side::After);
        followSelection();
        return true;
    }
    const QPointF way(key == Qt::Key_Right  ? 1
                      : key == Qt::Key_Left ? -1
                                            : 0,
                      key == Qt::Key_Down ? 1
                      : key == Qt::Key_Up ? -1
                                          : 0);
    if (way.isNull() || !(modifiers & Qt::ControlModifier) || (modifiers & Qt::AltModifier))
        return false;
    const auto reason = nudge(m_document, m_scene, way * (modifiers & Qt::ShiftModifier ? 1 : theme::unit));
    if (!reason.isEmpty())
        refuseBesideSelection(reason);
    return true;
}

// ---- What happens elsewhere.

bool CanvasGestures::settlePending()
{
    m_prompts.commitName();
    const bool refused = m_prompts.isNaming();
    if (refused)
        m_prompts.giveUp();
    return !refused;
}

void CanvasGestures::followJourney()
{
    // It was begun on another journey.
    cancel();
    m_prompts.followJourney();
    takeUpTool();
}

void CanvasGestures::followDrawing()
{
    m_prompts.followDrawing();
    followSelection();
}

void CanvasGestures::followSelection()
{
    if (!m_carrying && !m_press)
        showHandles();
}

} // namespace emac::widgets
