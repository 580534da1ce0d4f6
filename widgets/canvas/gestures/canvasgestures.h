// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/gestures/canvasprompts.h"
#include "widgets/canvas/gestures/carrying.h"
#include "widgets/canvas/gestures/preview.h"
#include "widgets/editing/carried.h"

#include <QLabel>
#include <QMouseEvent>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace emac::widgets {

class JourneyScene;
class NodeItem;

/// What mouse and keys do to the journey on the canvas. Each gesture shows before what it will do, is one undo step,
/// and leaves no trace where Esc ends it. The view hands its events on; true says that the event is dealt with.
class CanvasGestures : public QObject
{
    Q_OBJECT
public:
    CanvasGestures(QGraphicsView& view, JourneyScene& scene, JourneyDocument& document);
    ~CanvasGestures() override;

    void setTool(PlacingTool* tool);

    bool press(QMouseEvent* event);
    bool move(QMouseEvent* event);
    bool release(QMouseEvent* event);
    bool doubleClick(QMouseEvent* event);
    bool key(QKeyEvent* event);
    bool wantsKey(QKeyEvent* event) const; ///< though an action of the window has it too
    bool dragMoved(const QMimeData* data, QPoint at, Qt::KeyboardModifiers modifiers); ///< or has come in
    void dragLeft();
    bool dropped(const QMimeData* data, QPoint at, Qt::KeyboardModifiers modifiers);
    void pointerLeft();
    /// Something is being dragged or pulled; a tool that waits for its click does not count.
    bool isBusy() const;
    /// The view shows another part, or other modifier keys are down: what is shown is what a release would do.
    void followView(Qt::KeyboardModifiers modifiers);
    /// Makes a name that is being typed an edit, where it is accepted.
    void commitPending() { m_prompts.commitName(); }
    /// The same; but what is refused is given up. @returns false in that case
    bool settlePending();
    /// True once for a right click that ended a gesture: it asks for no menu.
    bool claimMenu() { return std::exchange(m_noMenu, false); }
    bool isOverHandle(QPoint at) const { return handleAt(at).has_value(); }
    Qt::CursorShape cursor() const;
    /// Says it beside what is selected, for a while.
    void refuseBesideSelection(const QString& reason);

    /// Asks what to put there, and names what has just been made: see CanvasPrompts.
    void add(const journey::Landing& landing) { m_prompts.add(landing); }
    void nameAll(std::vector<journey::Element> elements) { m_prompts.nameAll(std::move(elements)); }

    /// Ends what is going on, without a trace.
    void cancel();
    /// The document is another one, or a new drawing is shown.
    void followJourney();
    void followDrawing();
    void followSelection();

signals:
    void refused(const QString& reason);
    void scrollWanted(const QPoint& by); ///< pixels; the pointer is at the edge
    void cursorChanged();
    void openRequested(const emac::journey::Element& use); ///< a double click

private:
    struct Press ///< of the left button, before it has become a drag
    {
        QPoint at;
        journey::NodeId node{};
        std::optional<journey::LooseComponent> loose;
        std::optional<AddHandle> handle;
    };
    /// What is drawn there, and can be named: a node or a loose component.
    journey::Element elementAt(QPoint at) const;
    journey::Element renamable() const; ///< the one that is selected
    bool isEditable() const;
    double reach() const;
    DrawnPage page() const;
    QPointF scenePoint(QPoint at) const;
    const NodeItem* nodeAt(QPoint at) const;
    std::optional<AddHandle> handleAt(QPoint at) const;
    void showHandles();
    void sayHandle();
    std::vector<journey::LooseComponent> selectedLoose() const;
    void startDrag();
    void carry(QPoint at, Qt::KeyboardModifiers modifiers);
    enum class Naming
    {
        Now,
        Later
    };
    void putDown(Naming naming = Naming::Now);
    void pullHandle(QPoint at);
    void show(Preview preview, QPoint at);
    void say(const QString& words, QPoint at, bool bad);
    void refuse(const QString& reason, QPoint at);
    void scrollAtEdge();
    void takeUpTool();
    void drop(); ///< cancels, and the tool is empty

    QGraphicsView& m_view;
    JourneyScene& m_scene;
    JourneyDocument& m_document;
    CanvasPrompts m_prompts;
    PreviewItem m_preview;
    QLabel* m_words;
    QPointer<PlacingTool> m_tool;
    std::vector<AddHandle> m_handles; ///< that are shown
    bool m_saysHandle = false; ///< the words are those of the handle under the pointer
    std::optional<Press> m_press;
    std::optional<journey::Element> m_clicked; ///< under the last press; what else a second click hits was not meant
    bool m_placed = false; ///< the last press was the tool's
    std::optional<Carrying> m_carrying;
    enum class By
    {
        Drag, ///< of nodes
        Palette,
        Tool
    };
    By m_by = By::Drag;
    bool m_pulling = false; ///< a handle
    bool m_noMenu = false;
    QPoint m_pointer; ///< of a gesture
    std::optional<QPoint> m_hovered; ///< of a pointer without a button, over the view
    Qt::KeyboardModifiers m_modifiers;
    QTimer m_scroll;
    QTimer m_hush; ///< takes a refusal away
};

} // namespace emac::widgets
