// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/flowitems.h"
#include "widgets/canvas/layoutthread.h"
#include "widgets/canvas/looseitem.h"
#include "widgets/canvas/nodeitem.h"
#include "widgets/document/selectionmodel.h"

#include <QGraphicsScene>
#include <QVariantAnimation>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace emac::widgets {

/// Beyond this a drawing helps nobody, takes Graphviz minutes, and in one frame all of its stack.
inline constexpr int mostDrawn = 5000;
/// Whether the tree, fragments not written out, has more than `most` nodes, which are subtracted from it.
bool hasMoreNodes(const journey::ExpressionPtr& node, int& most);

/// The items of one journey. It is told three values, the journey with what was placed by hand, its drawing, its
/// numbers, and keeps the picture of the last drawing until the next arrives; what has another place then glides there
/// where a window shows the scene. Nodes are addressed by NodeId; items live no longer than their drawing.
///
/// An operator can be closed: it is drawn as one box, and what is below it not at all. That is a state of this picture
/// alone; edits keep it, and selecting what is hidden opens what hides it.
class JourneyScene : public QGraphicsScene
{
    Q_OBJECT
public:
    explicit JourneyScene(QObject* parent = nullptr);
    explicit JourneyScene(CanvasStyle style, QObject* parent = nullptr);
    ~JourneyScene() override;

    /// Shows the journey's own tree, with what lies loose beside it, or the body of one of its fragments. Boxes have
    /// room for the numbers that are given here, and for usual ones: those of setNumbers() may have to be cut. What
    /// has not changed since is taken over. O(nodes).
    /// @returns whether it needs another drawing: structure, places or a box size differ.
    bool setJourney(const journey::Journey& journey, const std::string& fragment = {},
                    const CanvasNumbers& numbers = {}, const journey::Placement& placement = {});
    /// What the layout is to be asked for, for the journey set last.
    LayoutThread::Request layoutRequest() const;
    /// @pre a drawing of the journey set last
    void setDrawing(layout::Drawing drawing);
    /// The same numbers of the same journey again cost nothing. @returns how many items show something else now and are
    /// painted again
    int setNumbers(const CanvasNumbers& numbers);

    /// In milliseconds; 0: everything is in its new place at once, as where the desktop wants no animations.
    void setGlideTime(int time) { m_glideTime = time; }

    /// Closes these operators, and opens all others. Calls, uses and a series that is the page are ignored.
    void setCollapsed(std::set<journey::NodeId> operators);
    const std::set<journey::NodeId>& collapsed() const { return m_collapsed; }
    bool canClose(journey::NodeId id) const; ///< it is drawn as a frame where it is open
    bool isClosed(journey::NodeId id) const { return m_collapsed.contains(id) && canClose(id); }
    /// The node itself, or the closed operator that hides it; 0 for strangers.
    journey::NodeId shownAs(journey::NodeId id) const;
    void open(journey::NodeId id); ///< all that hides it
    journey::NodeId parentOf(journey::NodeId id) const; ///< 0 for the root and for strangers

    bool isEmpty() const { return !m_root; }
    const journey::ExpressionPtr& root() const { return m_root; } ///< of what is shown; null where that is empty
    const journey::Journey& journey() const { return m_journey; }
    /// Of the journey set last, or of an earlier one until the new one has been laid out.
    const layout::Drawing& drawing() const { return m_drawing; }
    /// Of all items, without margin.
    QRectF contentRect() const;
    /// Null where the node is not drawn.
    const NodeItem* item(journey::NodeId id) const;
    /// In the order of the drawing.
    const std::vector<journey::NodeId>& nodes() const { return m_order; }
    /// Of the node, of the component's first call or of its loose card, or of what hides it; empty where there is none.
    QRectF boxOf(const journey::Element& element) const;

    /// Of the title of the node, or of the component's loose card; empty where neither is drawn.
    QRectF nameBoxOf(const journey::Element& element) const;

    QRectF looseBox(const std::string& component) const; ///< of its loose card; empty where there is none

    std::vector<journey::NodeId> selectedNodes() const;
    Selection selectedElements() const; ///< those, then the loose components
    /// Outlines these nodes and loose components as selected, and the calls of these components as related.
    void showSelection(const std::set<journey::NodeId>& nodes, const std::set<std::string>& components);
    std::vector<journey::NodeId> callsOf(const std::string& component) const;
    /// What a click on the item selects; none for lines and marks.
    static journey::Element elementOf(const QGraphicsItem* item);

    /// The drawn node that an arrow key leads to. Along a series left and right, in a fan up and down lead to the
    /// siblings; the other two lead to the parent and the first child. 0 where there is none.
    journey::NodeId neighbour(journey::NodeId id, Qt::Key key) const;
    journey::NodeId firstNode() const;
    journey::NodeId lastNode() const;

signals:
    void layoutNeeded(); ///< operators were closed or opened
    void disclosureClicked(const emac::journey::Element& node);

protected:
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;

private:
    struct Place
    {
        journey::ExpressionPtr node;
        journey::NodeId parent{};
        int depth = 0;
        std::size_t index = 0; ///< among its siblings
        journey::NodeId shownAs{};
        Look look; ///< of the open operator
        layout::Size size;
    };
    /// What a drawing depends on, of one node.
    struct Box
    {
        journey::NodeId id{};
        journey::NodeId parent{};
        journey::OperatorType type{};
        layout::Size size;
        bool closed = false;
        std::optional<journey::Offset> offset;
        bool operator==(const Box&) const = default;
    };
    struct Shape
    {
        std::vector<Box> boxes;
        std::vector<journey::LooseComponent> loose;
        bool operator==(const Shape&) const = default;
    };
    using Places = std::unordered_map<journey::NodeId, Place>;
    using ArrowKey = std::tuple<journey::NodeId, journey::NodeId, journey::NodeId>;
    using MarkKey = std::pair<MarkItem::Mark::Kind, journey::NodeId>;

    const Place* place(journey::NodeId id) const;
    journey::NodeId child(journey::NodeId parent, std::size_t index) const;
    void addPlaces(const journey::ExpressionPtr& node, journey::NodeId parent, int depth, std::size_t index);
    Shape shapeNow();
    Look shownLook(const Place& place, bool closed) const;
    NodeItem* ensureItem(const Place& place);
    bool shows(const CanvasNumbers& numbers) const;
    void placeLoose();
    QRectF freePlace(QRectF card) const; ///< for it, clear of the drawing and of the cards before
    bool clickDisclosure(const QGraphicsSceneMouseEvent& event);

    void drawFlow(Motion motion);
    ArrowItem::Line lineOf(const layout::Arrow& arrow) const;
    void drawMarks(Motion motion, std::map<MarkKey, std::unique_ptr<MarkItem>> before);
    void drawMark(MarkItem::Mark mark, journey::NodeId id, double z, Motion motion,
                  std::map<MarkKey, std::unique_ptr<MarkItem>>& before);
    Motion motionTo(const layout::Drawing& drawing) const;
    void startGliding();
    void glide(double progress);

    CanvasStyle m_style;
    journey::Journey m_journey;
    journey::ExpressionPtr m_root; ///< of what is shown
    bool m_fragment = false; ///< it is the body of one
    std::map<std::string, int> m_uses;
    LookMemo m_looks;
    Places m_places;
    std::vector<journey::NodeId> m_order; ///< in document order
    std::optional<CanvasNumbers> m_numbers; ///< of all looks, but for its pointers; absent where a look is newer
    journey::Placement m_placement;
    std::set<journey::NodeId> m_collapsed;
    Shape m_shape; ///< of the journey
    Shape m_drawnShape;
    layout::Drawing m_drawing;
    std::map<journey::NodeId, std::unique_ptr<NodeItem>> m_items;
    std::map<ArrowKey, std::unique_ptr<ArrowItem>> m_arrows;
    std::map<MarkKey, std::unique_ptr<MarkItem>> m_marks;
    std::map<std::string, std::unique_ptr<LooseItem>> m_loose;
    int m_glideTime = 150;
    QVariantAnimation m_animation;
    std::vector<Gliding*> m_gliding; ///< items of ours
};

} // namespace emac::widgets
