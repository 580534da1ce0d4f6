// SPDX-License-Identifier: GPL-3.0-or-later
// What is carried over the canvas, and what is pulled out of a handle.
#include "widgets/canvas/gestures/canvasgestures.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"

#include <QGraphicsView>

namespace emac::widgets {

namespace {

constexpr int edge = 3 * theme::unit; ///< of the viewport, where it scrolls
constexpr int scrollStep = theme::unit;

} // namespace

void CanvasGestures::carry(QPoint at, Qt::KeyboardModifiers modifiers)
{
    m_pointer = at;
    m_modifiers = modifiers;
    Carrying::Manner manner;
    manner.reach = reach();
    manner.pixel = 1 / m_view.transform().m11();
    manner.snaps = !(modifiers & Qt::AltModifier);
    if ((modifiers & Qt::ShiftModifier) && m_by != By::Tool)
        manner.onNode = OnNode::Race;
    else if (modifiers & Qt::ControlModifier)
        manner.onNode = OnNode::Parallel;
    m_carrying->aim(scenePoint(at), manner);
    auto preview = m_carrying->preview();
    if (m_carrying->isOnCard() && manner.onNode == OnNode::Series) {
        preview.words += m_by == By::Tool ? tr("  ·  Ctrl: parallel  ·  Shift: keep the tool")
                                          : tr("  ·  Shift: race  ·  Ctrl: parallel");
    }
    show(std::move(preview), at);
    m_scroll.start();
}

void CanvasGestures::putDown(Naming naming)
{
    auto carried = *std::exchange(m_carrying, std::nullopt);
    cancel();
    const auto outcome = carried.drop();
    m_view.setFocus();
    if (!outcome.refusal.isEmpty())
        refuse(outcome.refusal, m_pointer);
    else if (naming == Naming::Now)
        m_prompts.nameAll(outcome.unnamed);
    followSelection();
}

void CanvasGestures::pullHandle(QPoint at)
{
    m_pointer = at;
    Preview preview;
    preview.handles = {m_press->handle->at};
    preview.band = QLineF(m_press->handle->at, scenePoint(at));
    preview.words = tr("add %1").arg(landingWords(m_document.intent().journey, m_press->handle->landing));
    show(std::move(preview), at);
    m_scroll.start();
}

bool CanvasGestures::dragMoved(const QMimeData* data, QPoint at, Qt::KeyboardModifiers modifiers)
{
    const auto item = carriedBy(data);
    if (!item || !isEditable())
        return false;
    if (!m_carrying || m_by != By::Palette) {
        cancel();
        m_prompts.giveUp();
        m_carrying = Carrying::ofItem(m_document, m_scene, *item);
        m_by = By::Palette;
    }
    if (!m_carrying)
        return false;
    carry(at, modifiers);
    return true;
}

void CanvasGestures::dragLeft()
{
    if (m_carrying && m_by == By::Palette) {
        cancel();
        takeUpTool();
    }
}

bool CanvasGestures::dropped(const QMimeData* data, QPoint at, Qt::KeyboardModifiers modifiers)
{
    if (!dragMoved(data, at, modifiers))
        return false;
    putDown();
    return true;
}

void CanvasGestures::drop()
{
    const bool tool = m_carrying && m_by == By::Tool;
    cancel();
    if (tool && m_tool)
        m_tool->set(std::nullopt);
}

void CanvasGestures::cancel()
{
    m_scroll.stop();
    m_press.reset();
    m_carrying.reset();
    m_pulling = false;
    show({}, {});
    emit cursorChanged();
}

void CanvasGestures::scrollAtEdge()
{
    const auto inner = m_view.viewport()->rect().adjusted(edge, edge, -edge, -edge);
    const QPoint by(m_pointer.x() < inner.left()    ? scrollStep
                    : m_pointer.x() > inner.right() ? -scrollStep
                                                    : 0,
                    m_pointer.y() < inner.top()      ? scrollStep
                    : m_pointer.y() > inner.bottom() ? -scrollStep
                                                     : 0);
    if (by.isNull() || (m_carrying && m_by == By::Tool))
        return;
    emit scrollWanted(by);
    if (m_carrying)
        carry(m_pointer, m_modifiers);
    else if (m_pulling)
        pullHandle(m_pointer);
}

} // namespace emac::widgets
