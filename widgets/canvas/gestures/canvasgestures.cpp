// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/canvasgestures.h"

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
constexpr double legibleHandles = 0.4; ///< zoomed out further, handles would cover what they belong to
const QPointF nowhere(-1e9, -1e9);
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
    m_view.viewport()->setCursor(Qt::CrossCursor);
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
    if (m_carrying && m_by == By::Tool) {
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
    const auto& placement = m_document.value().placement;
    for (const auto& loose : placement.loose) {
        if (m_scene.looseBox(loose.component).contains(scenePoint(at)))
            m_press->loose = loose;
    }
    if (!m_press->loose) {
        m_press.reset();
        return false;
    }
    m_document.selection()->select(Element::component(m_press->loose->component));
    return true;
}

void CanvasGestures::startDrag()
{
    m_prompts.giveUp(); // also what waits for its drawing
    const auto from = scenePoint(m_press->at);
    m_by = By::Drag;
    if (m_press->loose) {
        m_carrying = Carrying::ofLoose(m_document, m_scene, *m_press->loose, from);
        return;
    }
    auto nodes = selectedNodes(m_document, m_scene);
    // What is grabbed may lie in a frame that is selected; where it does not, it alone is carried.
    if (!m_scene.item(m_press->node) || !m_scene.item(m_press->node)->isSelected())
        nodes = {m_press->node};
    m_carrying = Carrying::ofNodes(m_document, m_scene, nodes, from);
    if (auto* grabber = m_scene.mouseGrabberItem()) // a click is no click any more
        grabber->ungrabMouse();
}

bool CanvasGestures::move(QMouseEvent* event)
{
    const auto at = event->position().toPoint();
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
    m_hovered = at;
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
    return press && press->loose;
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
    if (event->button() != Qt::LeftButton || m_carrying || !isEditable() || handleAt(event->position().toPoint()))
        return false;
    const auto* node = nodeAt(event->position().toPoint());
    if (node == nullptr || node->disclosure().contains(scenePoint(event->position().toPoint())))
        return false;
    m_press.reset();
    m_prompts.rename(Element::ofNode(node->id()));
    followSelection();
    return true;
}

// ---- Keys.

bool CanvasGestures::wantsKey(QKeyEvent* event) const
{
    if (event->key() == Qt::Key_Escape)
        return m_carrying || m_pulling || m_press;
    return event->key() == Qt::Key_F2 && event->modifiers() == Qt::NoModifier && isEditable()
           && selectedNodes(m_document, m_scene).size() == 1;
}

bool CanvasGestures::key(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const auto key = event->key();
    if (wantsKey(event)) {
        if (key == Qt::Key_Escape)
            drop();
        else
            m_prompts.rename(Element::ofNode(selectedNodes(m_document, m_scene).front()));
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
        refuse(reason, m_view.viewport()->rect().center());
    return true;
}

// ---- Handles, words.

std::optional<AddHandle> CanvasGestures::handleAt(QPoint at) const
{
    const auto point = scenePoint(at);
    for (const auto& shown : m_preview.preview().handles) {
        if (QLineF(shown, point).length() > handleRadius)
            continue;
        for (const auto& handle : addHandles(page(), point, m_document.selection()->current().node)) {
            if (handle.at == shown)
                return handle;
        }
    }
    return std::nullopt;
}

void CanvasGestures::showHandles()
{
    Preview preview;
    const auto point = m_hovered ? scenePoint(*m_hovered) : nowhere;
    if (isEditable() && !m_prompts.isOpen() && m_view.transform().m11() >= legibleHandles) {
        for (const auto& handle : addHandles(page(), point, m_document.selection()->current().node))
            preview.handles.push_back(handle.at);
    }
    m_preview.show(std::move(preview));
}

void CanvasGestures::pointerLeft()
{
    m_hovered.reset();
    followSelection();
    if (m_carrying && m_by == By::Tool)
        show({}, {});
}

void CanvasGestures::show(Preview preview, QPoint at)
{
    say(preview.words, at, false);
    m_preview.show(std::move(preview));
}

void CanvasGestures::say(const QString& words, QPoint at, bool bad)
{
    m_hush.stop();
    m_words->setVisible(!words.isEmpty());
    auto palette = m_words->palette();
    palette.setColor(QPalette::Window, theme::surface());
    palette.setColor(QPalette::WindowText, bad ? theme::bad() : theme::text());
    m_words->setPalette(palette);
    m_words->setText(words);
    m_words->adjustSize();
    const auto room = m_view.viewport()->size() - m_words->size();
    m_words->move(std::clamp(at.x() + 2 * theme::unit, 0, std::max(0, room.width())),
                  std::clamp(at.y() + 2 * theme::unit, 0, std::max(0, room.height())));
    m_words->raise();
}

void CanvasGestures::refuse(const QString& reason, QPoint at)
{
    say(reason, at, true);
    m_hush.start();
    emit refused(reason);
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
