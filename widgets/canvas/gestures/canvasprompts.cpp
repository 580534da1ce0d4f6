// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/canvasprompts.h"

#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"

#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace emac::widgets {

using journey::Element;

namespace {

constexpr int leastNameWidth = 16 * theme::unit;

} // namespace

CanvasPrompts::CanvasPrompts(QGraphicsView& view, const JourneyScene& scene, JourneyDocument& document)
    : m_view(view)
    , m_scene(scene)
    , m_document(document)
{
    // Whatever moves or zooms the view moves these.
    for (const auto* bar : {view.horizontalScrollBar(), view.verticalScrollBar()}) {
        connect(bar, &QScrollBar::valueChanged, this, &CanvasPrompts::placeName);
        connect(bar, &QScrollBar::rangeChanged, this, &CanvasPrompts::placeName);
    }
    connect(document.selection(), &SelectionModel::pageChanged, this, &CanvasPrompts::leavePage);
}

QRect CanvasPrompts::onViewport(const QRectF& box) const
{
    return m_view.mapFromScene(box).boundingRect();
}

// ---- Names.

void CanvasPrompts::rename(const Element& element, bool fresh)
{
    giveUp();
    open(element, fresh);
}

void CanvasPrompts::nameAll(std::vector<Element> elements)
{
    giveUp();
    if (elements.empty())
        return;
    m_unnamed.assign(elements.begin() + 1, elements.end());
    open(elements.front(), true);
}

void CanvasPrompts::open(const Element& element, bool fresh)
{
    if (m_scene.nameBoxOf(element).isEmpty()) {
        m_pending = Pending{element, fresh};
        return;
    }
    const auto& journey = m_document.intent().journey;
    const auto naming = namingOf(m_document.intent(), element, fresh);
    if (!naming)
        return;
    m_naming = *naming;
    m_view.ensureVisible(m_scene.boxOf(element), theme::unit, theme::unit);
    const auto node = journey::findNode(journey, element.node);
    const bool isOperator = node && journey::childCount(*node) > 0;
    const auto label = isOperator                                                     ? tr("Id; empty for none")
                       : node && journey::typeOf(*node) == journey::OperatorType::Use ? tr("Name of the fragment")
                                                                                      : tr("Name of the component");
    m_name = new NameEditor(
        m_view.viewport(), label, m_naming.from,
        [this, naming = *naming](const QString& name) { return widgets::rename(m_document, naming, name); },
        [this, naming = *naming](const QString& name) { return refusalOf(m_document.intent(), naming, name); });
    connect(m_name, &NameEditor::refused, this,
            [this](const QString& reason) { emit refused(reason, m_name->geometry().bottomLeft()); });
    connect(m_name, &NameEditor::doubted, this,
            [this](const QString& reason) { emit doubted(reason, m_name->geometry().bottomLeft()); });
    connect(m_name, &NameEditor::entered, this, [this] {
        if (m_unnamed.empty())
            return;
        const auto next = m_unnamed.front();
        m_unnamed.erase(m_unnamed.begin());
        open(next, true);
    });
    placeName();
    m_name->show();
    m_name->setFocus();
}

/// Over the name alone, so that what it belongs to stays in sight.
void CanvasPrompts::placeName()
{
    if (!m_name)
        return;
    const auto name = m_scene.nameBoxOf(m_naming.element);
    if (name.isEmpty())
        return;
    const auto place = onViewport(name);
    const int height = m_name->sizeHint().height();
    const int margin = theme::unit / 2; // the text stays where it was
    m_name->setGeometry(place.left() - margin, place.center().y() - height / 2,
                        std::max(place.width() + 2 * margin, leastNameWidth), height);
}

void CanvasPrompts::commitName()
{
    if (m_name)
        m_name->commit();
}

// ---- Adding.

void CanvasPrompts::add(const journey::Landing& landing, QPoint near)
{
    giveUp();
    const Adding adding(m_document, landing);
    m_quickAdd = new QuickAdd(
        m_view.viewport(), m_document.intent().journey, adding.words(), adding.around(), [=, this](const Offer& offer) {
            auto outcome = adding.add(offer);
            if (!outcome.unnamed.empty()) { // once the quick add has closed
                QMetaObject::invokeMethod(
                    this, [this, calls = std::move(outcome.unnamed)] { nameAll(calls); }, Qt::QueuedConnection);
            }
            return outcome.refusal;
        });
    m_lastAdded = near;
    m_quickAdd->openAt(near + QPoint(theme::unit, theme::unit));
}

void CanvasPrompts::add(const journey::Landing& landing)
{
    auto side = journey::Side::After;
    journey::NodeId node{};
    if (const auto* beside = std::get_if<journey::Beside>(&landing)) {
        side = beside->side;
        node = beside->node;
    } else if (const auto* into = std::get_if<journey::Into>(&landing)) {
        node = into->parent;
    } else {
        return add(landing, m_view.viewport()->rect().center());
    }
    const auto& root = m_scene.root();
    const bool isPage = root && root->id == node && m_scene.item(node) == nullptr;
    const auto box = isPage ? m_scene.contentRect() : m_scene.boxOf(Element::ofNode(node));
    if (box.isEmpty()) // what was just added may not be drawn yet
        return add(landing, m_lastAdded);
    m_view.ensureVisible(box, theme::unit, theme::unit);
    const auto place = onViewport(box);
    add(landing, {side == journey::Side::After ? place.right() : place.left(), place.bottom()});
}

void CanvasPrompts::addBesideSelection(journey::Side side)
{
    const auto current = journey::findNode(m_document.intent().journey, m_document.selection()->current().node);
    const auto& beside = current ? current : m_scene.root();
    add(beside ? journey::Landing(journey::Beside{beside->id, side}) : journey::OnEmptyGround{});
}

// ---- Following.

void CanvasPrompts::giveUp()
{
    m_pending.reset();
    m_unnamed.clear();
    if (m_name)
        m_name->giveUp();
    if (m_quickAdd)
        m_quickAdd->giveUp();
    m_name.clear();
    m_quickAdd.clear();
}

bool CanvasPrompts::isHidden(const Element& element) const
{
    const auto shown = element.kind == Element::Kind::Node ? m_scene.shownAs(element.node) : journey::NodeId{};
    return shown != journey::NodeId{} && shown != element.node;
}

/// Another page is shown, where what was asked about is not.
void CanvasPrompts::leavePage()
{
    commitName();
    giveUp();
}

void CanvasPrompts::followJourney()
{
    if (!m_document.isReadable())
        return giveUp();
    const auto& intent = m_document.intent();
    if (m_name && (!m_document.isEditable() || !renamingOf(intent, m_naming.element)))
        m_name->giveUp();
    if (m_pending && !renamingOf(intent, m_pending->element))
        m_pending.reset();
    std::erase_if(m_unnamed, [&intent](const Element& element) { return !renamingOf(intent, element); });
    if (m_quickAdd && !m_document.isEditable())
        m_quickAdd->giveUp();
}

void CanvasPrompts::followDrawing()
{
    // What an operator has been closed over is not named until somebody asks again.
    if ((m_name && isHidden(m_naming.element)) || (m_pending && isHidden(m_pending->element)))
        leavePage();
    if (m_pending && !m_scene.nameBoxOf(m_pending->element).isEmpty()) {
        const auto pending = *std::exchange(m_pending, std::nullopt);
        open(pending.element, pending.fresh);
    }
    placeName();
}

} // namespace emac::widgets
