// SPDX-License-Identifier: GPL-3.0-or-later
// The lines and marks of the scene, and how all items come to their places.
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QGraphicsView>
#include <QStyle>

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::NodeId;
using journey::OperatorType;

// Frames, lines, marks and cards of one depth lie over all of the depth above.
constexpr double lineLayer = 0.3;
constexpr double wayLayer = 1e-5;
constexpr double markLayer = 0.6;

/// More on their way at once would only stutter.
constexpr int mostGliding = 400;

} // namespace

void JourneyScene::drawFlow(Motion motion)
{
    m_gliding.clear(); // items may go
    auto arrows = std::exchange(m_arrows, {});
    auto marks = std::exchange(m_marks, {});
    if (isEmpty())
        return;
    for (const auto& arrow : m_drawing.arrows) {
        const ArrowKey key(arrow.frame, arrow.from, arrow.to);
        auto item = std::move(arrows[key]);
        if (!item) {
            item = std::make_unique<ArrowItem>(m_style);
            addItem(item.get());
        }
        item->setLine(lineOf(arrow), motion);
        const auto* frame = place(arrow.frame);
        const auto* to = place(arrow.to);
        // The way to a later alternate passes behind the label of an earlier one.
        const bool fan = m_drawing.ports.contains(arrow.frame);
        const double behind = fan && to != nullptr ? wayLayer * static_cast<double>(to->index) : 0;
        item->setZValue((frame != nullptr ? frame->depth : -1) + lineLayer - behind);
        m_arrows.emplace(key, std::move(item));
    }
    drawMarks(motion, std::move(marks));
}

ArrowItem::Line JourneyScene::lineOf(const layout::Arrow& arrow) const
{
    ArrowItem::Line line;
    line.points = arrow.path;
    const auto* frame = place(arrow.frame);
    const auto* to = place(arrow.to);
    const bool fan = m_drawing.ports.contains(arrow.frame);
    const bool onPage = !m_items.contains(arrow.frame);
    line.head = onPage || (arrow.to != NodeId{} && (fan || arrow.from != NodeId{}));
    if (!fan)
        return line;
    line.colour = theme::operatorColour(journey::typeOf(*frame->node));
    const auto* way = to != nullptr ? to : place(arrow.from);
    if (std::holds_alternative<journey::Fallback>(frame->node->op)) {
        line.dashed = way->index > 0;
        if (to != nullptr)
            line.label = QString::number(to->index + 1);
    }
    if (const auto* branch = std::get_if<journey::Branch>(&frame->node->op); branch != nullptr && to != nullptr) {
        const auto& choice = branch->choices[to->index];
        line.label = probabilityText(choice.probability);
        line.caption = QString::fromStdString(choice.label);
    }
    return line;
}

void JourneyScene::drawMarks(Motion motion, std::map<MarkKey, std::unique_ptr<MarkItem>> before)
{
    using Kind = MarkItem::Mark::Kind;
    const auto point = [](layout::Point at) { return QPointF(at.x, at.y); };
    drawMark({Kind::Start, OperatorType::Call, point(m_drawing.start), 0, 0, {}}, {}, markLayer, motion, before);
    drawMark({Kind::End, OperatorType::Call, point(m_drawing.end), 0, 0, {}}, {}, markLayer, motion, before);
    for (const auto& [id, ports] : m_drawing.ports) {
        const auto& place = m_places.at(id);
        const auto below = journey::children(*place.node);
        const auto type = journey::typeOf(*place.node);
        const double top = m_drawing.axes.at(below.front()->id);
        const double bottom = m_drawing.axes.at(below.back()->id);
        const double z = place.depth + markLayer;
        QString text;
        if (const auto* kofn = std::get_if<journey::KofN>(&place.node->op))
            text = QStringLiteral("%1/%2").arg(kofn->k).arg(kofn->branches.size());
        drawMark({Kind::Fork, type, point(ports.fork), top, bottom, {}}, id, z, motion, before);
        drawMark({Kind::Join, type, point(ports.join), top, bottom, text}, id, z, motion, before);
    }
}

void JourneyScene::drawMark(MarkItem::Mark mark, NodeId id, double z, Motion motion,
                            std::map<MarkKey, std::unique_ptr<MarkItem>>& before)
{
    const MarkKey key(mark.kind, id);
    auto item = std::move(before[key]);
    if (!item) {
        item = std::make_unique<MarkItem>(m_style);
        addItem(item.get());
    }
    item->setMark(std::move(mark), motion);
    item->setZValue(z);
    m_marks.emplace(key, std::move(item));
}

/// Nothing glides that nobody sees, nor the first drawing, nor where too much would.
Motion JourneyScene::motionTo(const layout::Drawing& drawing) const
{
    const bool seen = std::ranges::any_of(views(), [](const QGraphicsView* view) { return view->isVisible(); });
    if (m_glideTime == 0 || m_items.empty() || !seen
        || QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0)
        return Motion::Jump;
    const auto moved = std::ranges::count_if(drawing.boxes, [this](const auto& box) {
        const auto drawn = m_items.find(box.first);
        const auto& rect = box.second;
        return drawn == m_items.end() || drawn->second->box() != QRectF(rect.x, rect.y, rect.width, rect.height);
    });
    return moved > mostGliding ? Motion::Jump : Motion::Glide;
}

void JourneyScene::startGliding()
{
    m_animation.stop();
    const auto add = [this](Gliding* item) {
        if (item->isGliding())
            m_gliding.push_back(item);
    };
    for (const auto& [id, item] : m_items)
        add(item.get());
    for (const auto& [key, item] : m_arrows)
        add(item.get());
    for (const auto& [key, item] : m_marks)
        add(item.get());
    m_animation.setDuration(m_glideTime);
    if (!m_gliding.empty())
        m_animation.start();
}

void JourneyScene::glide(double progress)
{
    for (auto* item : m_gliding)
        item->glide(progress);
    if (progress >= 1)
        m_gliding.clear();
}

} // namespace emac::widgets
