// SPDX-License-Identifier: GPL-3.0-or-later
// The handles, and what is said beside the pointer.
#include "widgets/canvas/gestures/canvasgestures.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"

#include <QGraphicsView>
#include <QToolTip>

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr double legibleHandles = 0.4; ///< zoomed out further, handles would cover what they belong to
const QPointF nowhere(-1e9, -1e9);

} // namespace

std::optional<AddHandle> CanvasGestures::handleAt(QPoint at) const
{
    const auto point = scenePoint(at);
    const auto found = std::ranges::find_if(
        m_handles, [&](const AddHandle& handle) { return QLineF(handle.at, point).length() <= handleRadius; });
    return found == m_handles.end() ? std::nullopt : std::optional(*found);
}

void CanvasGestures::showHandles()
{
    Preview preview;
    const auto point = m_hovered ? scenePoint(*m_hovered) : nowhere;
    m_handles.clear();
    if (isEditable() && !m_prompts.isOpen() && m_view.transform().m11() >= legibleHandles)
        m_handles = addHandles(page(), point, m_document.selection()->current().node);
    for (const auto& handle : m_handles)
        preview.handles.push_back(handle.at);
    m_preview.show(std::move(preview));
    sayHandle();
}

/// What the one under the pointer adds, instead of what it lies on.
void CanvasGestures::sayHandle()
{
    const auto handle = m_hovered ? handleAt(*m_hovered) : std::nullopt;
    if (!handle && !m_saysHandle)
        return;
    say(handle ? tr("add %1").arg(landingWords(m_document.intent().journey, handle->landing)) : QString(),
        m_hovered.value_or(QPoint()), false);
    if (handle)
        QToolTip::hideText();
    m_saysHandle = handle.has_value();
    emit cursorChanged();
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
    m_handles.clear();
    say(preview.words, at, false);
    m_preview.show(std::move(preview));
}

void CanvasGestures::say(const QString& words, QPoint at, bool bad)
{
    m_hush.stop();
    m_saysHandle = false;
    m_words->setVisible(!words.isEmpty());
    auto palette = m_words->palette();
    palette.setColor(QPalette::Window, theme::surface());
    palette.setColor(QPalette::WindowText, bad ? theme::bad() : theme::text());
    m_words->setPalette(palette);
    m_words->setText(words);
    m_words->adjustSize();
    const auto room = m_view.viewport()->size() - m_words->size();
    m_words->move(std::clamp(at.x() + 2 * theme::unit, 0, std::max(0, room.width())),
                  std::clamp(at.y() + 4 * theme::unit, 0, std::max(0, room.height())));
    m_words->raise();
}

void CanvasGestures::refuse(const QString& reason, QPoint at)
{
    say(reason, at, true);
    m_hush.start();
    emit refused(reason);
}

void CanvasGestures::refuseBesideSelection(const QString& reason)
{
    const auto viewport = m_view.viewport()->rect();
    const auto box = m_scene.boxOf(m_document.selection()->current());
    const auto beside = m_view.mapFromScene(box).boundingRect();
    refuse(reason, !box.isEmpty() && viewport.intersects(beside) ? beside.bottomLeft() : viewport.center());
}

} // namespace emac::widgets
