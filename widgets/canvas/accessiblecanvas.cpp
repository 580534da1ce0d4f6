// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/accessiblecanvas.h"

#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/nodesentence.h"

#include <algorithm>
#include <unordered_set>

namespace emac::widgets {

namespace {

/// One node. It asks the canvas for all that it says, so that it is never out of date.
class AccessibleNode : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    AccessibleNode(AccessibleCanvas* canvas, journey::NodeId node) : m_canvas(canvas), m_node(node) { }

    journey::NodeId node() const { return m_node; }

    bool isValid() const override { return m_canvas != nullptr && m_canvas->scene().item(m_node) != nullptr; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return isValid() ? m_canvas->view()->window()->windowHandle() : nullptr; }
    QAccessibleInterface* parent() const override
    {
        return m_canvas != nullptr ? QAccessible::queryAccessibleInterface(m_canvas->view()) : nullptr;
    }
    QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
    QAccessibleInterface* childAt(int /*x*/, int /*y*/) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }

    QString text(QAccessible::Text text) const override
    {
        if (!isValid())
            return {};
        if (text == QAccessible::Description)
            return m_canvas->scene().item(m_node)->look().toolTip;
        if (text != QAccessible::Name)
            return {};
        const auto place = journey::locate(m_canvas->document().intent().journey, m_node);
        if (!place)
            return {};
        const auto evaluation = m_canvas->document().evaluation();
        return nodeSentence(*place->node, place->parent.get(), place->index,
                            evaluation ? evaluation->analysis.find(m_node) : nullptr, m_canvas->display());
    }
    void setText(QAccessible::Text /*text*/, const QString& /*words*/) override { }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const auto* view = m_canvas->view();
        const auto box = view->mapFromScene(m_canvas->scene().item(m_node)->box()).boundingRect();
        return {view->viewport()->mapToGlobal(box.topLeft()), box.size()};
    }

    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const auto element = journey::Element::ofNode(m_node);
        state.selectable = true;
        state.multiSelectable = true;
        state.focusable = true;
        state.selected = m_canvas->selection()->contains(element);
        state.focused = m_canvas->view()->hasFocus() && m_canvas->selection()->current() == element;
        const auto* viewport = m_canvas->view()->viewport();
        state.offscreen = !rect().intersects({viewport->mapToGlobal(QPoint()), viewport->size()});
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {setFocusAction(), pressAction()}; }
    QStringList keyBindingsForAction(const QString& /*action*/) const override { return {}; }
    void doAction(const QString& action) override
    {
        if (!isValid())
            return;
        if (action == setFocusAction())
            m_canvas->view()->setFocus(Qt::OtherFocusReason);
        m_canvas->selection()->reveal(journey::Element::ofNode(m_node));
    }

private:
    QPointer<AccessibleCanvas> m_canvas;
    journey::NodeId m_node;
};

/// The list of the nodes, in the view's place.
class AccessibleView : public QAccessibleWidget
{
public:
    AccessibleView(JourneyView* view, AccessibleCanvas* canvas)
        : QAccessibleWidget(view, QAccessible::List)
        , m_canvas(canvas)
    {
    }

    int childCount() const override { return m_canvas != nullptr ? static_cast<int>(m_canvas->nodes().size()) : 0; }
    QAccessibleInterface* child(int index) const override
    {
        return index >= 0 && index < childCount() ? m_canvas->item(m_canvas->nodes()[static_cast<std::size_t>(index)])
                                                  : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* item = dynamic_cast<const AccessibleNode*>(child);
        if (item == nullptr || m_canvas == nullptr)
            return -1;
        const auto& nodes = m_canvas->nodes();
        const auto found = std::ranges::find(nodes, item->node());
        return found == nodes.end() ? -1 : static_cast<int>(found - nodes.begin());
    }
    QAccessibleInterface* focusChild() const override
    {
        if (m_canvas == nullptr || !widget()->hasFocus())
            return nullptr;
        auto* current = m_canvas->current();
        return current != nullptr ? current : const_cast<AccessibleView*>(this);
    }
    /// The innermost node there.
    QAccessibleInterface* childAt(int x, int y) const override
    {
        QAccessibleInterface* found = nullptr;
        for (int index = 0; index < childCount(); ++index) { // parents come before their children
            if (auto* item = child(index); item->rect().contains(x, y))
                found = item;
        }
        return found;
    }

private:
    QPointer<AccessibleCanvas> m_canvas;
};

QAccessibleInterface* makeAccessibleView(const QString& /*className*/, QObject* object)
{
    auto* view = qobject_cast<JourneyView*>(object);
    auto* canvas = view != nullptr ? view->findChild<AccessibleCanvas*>({}, Qt::FindDirectChildrenOnly) : nullptr;
    return canvas != nullptr ? new AccessibleView(view, canvas) : nullptr;
}

} // namespace

AccessibleCanvas::AccessibleCanvas(JourneyView* view, JourneyDocument* document, SelectionModel* selection,
                                   const DisplayUnits* units)
    : QObject(view)
    , m_view(view)
    , m_document(document)
    , m_selection(selection)
    , m_units(units)
{
    // What was made for the view while it had no canvas is kept for ever otherwise.
    if (auto* plain = QAccessible::queryAccessibleInterface(view); plain != nullptr)
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(plain));
    QAccessible::installFactory(makeAccessibleView); // once, however often it is asked for
    connect(view, &JourneyView::drawn, this, &AccessibleCanvas::follow);
    connect(document, &JourneyDocument::valueChanged, this, &AccessibleCanvas::follow);
    connect(selection, &SelectionModel::changed, this, &AccessibleCanvas::announce);
    follow();
}

AccessibleCanvas::~AccessibleCanvas()
{
    for (const auto& [node, id] : m_ids)
        QAccessible::deleteAccessibleInterface(id);
}

const JourneyScene& AccessibleCanvas::scene() const
{
    return static_cast<const JourneyScene&>(*m_view->scene());
}

QAccessibleInterface* AccessibleCanvas::item(journey::NodeId node)
{
    if (std::ranges::find(m_nodes, node) == m_nodes.end())
        return nullptr;
    auto [made, isNew] = m_ids.try_emplace(node, 0);
    if (isNew)
        made->second = QAccessible::registerAccessibleInterface(new AccessibleNode(this, node));
    return QAccessible::accessibleInterface(made->second);
}

QAccessibleInterface* AccessibleCanvas::current()
{
    const auto current = m_selection->current();
    return current.kind == journey::Element::Kind::Node ? item(current.node) : nullptr;
}

void AccessibleCanvas::follow()
{
    std::vector<journey::NodeId> nodes;
    if (m_document->isReadable()) {
        journey::forEachNode(m_document->intent().journey, [&](const journey::ExpressionPtr& node) {
            if (scene().item(node->id) != nullptr)
                nodes.push_back(node->id);
        });
    }
    if (nodes == m_nodes)
        return;
    m_nodes = std::move(nodes);
    const std::unordered_set<journey::NodeId> drawn(m_nodes.begin(), m_nodes.end());
    std::erase_if(m_ids, [&drawn](const auto& made) {
        if (drawn.contains(made.first))
            return false;
        QAccessible::deleteAccessibleInterface(made.second);
        return true;
    });
    QAccessibleEvent event(m_view, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void AccessibleCanvas::announce()
{
    auto* item = current();
    if (item == nullptr || !m_view->hasFocus())
        return;
    QAccessibleEvent event(item, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
    emit announced(m_selection->current());
}

} // namespace emac::widgets
