// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/flowitems.h"
#include "widgets/canvas/layoutthread.h"
#include "widgets/canvas/nodeitem.h"

#include <QGraphicsScene>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace emac::widgets {

/// Beyond this a drawing helps nobody, takes Graphviz minutes, and in one frame all of its stack.
inline constexpr int mostDrawn = 5000;
/// Whether the tree, fragments not written out, has more than `most` nodes, which are subtracted from it.
bool hasMoreNodes(const journey::ExpressionPtr& node, int& most);

/// The items of one journey. It is told three values, the journey, its drawing, its numbers, and keeps the picture of
/// the last drawing until the next arrives. Nodes are addressed by NodeId; items live no longer than their drawing.
class JourneyScene : public QGraphicsScene
{
    Q_OBJECT
public:
    explicit JourneyScene(QObject* parent = nullptr);
    explicit JourneyScene(CanvasStyle style, QObject* parent = nullptr);
    ~JourneyScene() override;

    /// Shows the journey's own tree, or the body of one of its fragments. Boxes have room for the numbers that are
    /// given here, and for usual ones: those of setNumbers() may have to be cut.
    /// @returns whether it needs another drawing: the structure or a box size differs.
    bool setJourney(const journey::Journey& journey, const std::string& fragment = {},
                    const CanvasNumbers& numbers = {});
    /// What the layout is to be asked for, for the journey set last.
    LayoutThread::Request layoutRequest() const;
    /// @pre a drawing of the journey set last
    void setDrawing(layout::Drawing drawing);
    /// @returns how many items show something else now and are painted again
    int setNumbers(const CanvasNumbers& numbers);

    bool isEmpty() const { return !m_root; }
    const journey::Journey& journey() const { return m_journey; }
    /// Of the journey set last, or of an earlier one until the new one has been laid out.
    const layout::Drawing& drawing() const { return m_drawing; }
    /// Of all items, without margin.
    QRectF contentRect() const;
    /// Null where the node is not drawn.
    const NodeItem* item(journey::NodeId id) const;

    std::vector<journey::NodeId> selectedNodes() const;
    /// Outlines these nodes as selected, and the calls of these components as related.
    void showSelection(const std::set<journey::NodeId>& nodes, const std::set<std::string>& components);
    std::vector<journey::NodeId> callsOf(const std::string& component) const;

    /// The drawn node that an arrow key leads to. Along a series left and right, in a fan up and down lead to the
    /// siblings; the other two lead to the parent and the first child. 0 where there is none.
    journey::NodeId neighbour(journey::NodeId id, Qt::Key key) const;
    journey::NodeId firstNode() const;
    journey::NodeId lastNode() const;

private:
    struct Place
    {
        journey::ExpressionPtr node;
        journey::NodeId parent{};
        int depth = 0;
        std::size_t index = 0; ///< among its siblings
    };
    /// What a drawing depends on, of one node.
    struct Box
    {
        journey::NodeId id{};
        journey::NodeId parent{};
        journey::OperatorType type{};
        layout::Size size;
        bool operator==(const Box&) const = default;
    };
    const Place* place(journey::NodeId id) const;
    journey::NodeId child(journey::NodeId parent, std::size_t index) const;
    NodeItem* ensureItem(const Place& place);
    void drawFlow();
    void addArrows();
    void addMarks();
    void addMark(MarkItem::Mark mark, double z);

    CanvasStyle m_style;
    journey::Journey m_journey;
    journey::ExpressionPtr m_root; ///< of what is shown
    std::map<std::string, int> m_uses;
    std::map<journey::NodeId, Place> m_places;
    std::vector<journey::NodeId> m_order; ///< in document order
    std::map<journey::NodeId, Look> m_looks;
    std::vector<Box> m_shape; ///< of the journey
    std::vector<Box> m_drawnShape;
    layout::Drawing m_drawing;
    std::map<journey::NodeId, std::unique_ptr<NodeItem>> m_items;
    std::vector<std::unique_ptr<QGraphicsItem>> m_flow;
};

} // namespace emac::widgets
