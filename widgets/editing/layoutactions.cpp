// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/layoutactions.h"

#include "core/journey/paths.h"

#include <QMenu>

namespace emac::widgets {

LayoutActions::LayoutActions(ActionRegistry* registry, QObject* parent) : QObject(parent)
{
    m_all = registry->add(QStringLiteral("journey.layOutAll"), ActionRegistry::Menu::Journey, tr("&Lay Out All"),
                          {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)}, [this] {
                              // What lies loose is in nobody's way, and the layout has no place for it.
                              set({{}, m_document->value().placement.loose, {}}, tr("Lay out all"));
                          });
    m_selected = registry->add(QStringLiteral("journey.layOutSelection"), ActionRegistry::Menu::Journey,
                               tr("Lay Out Sel&ection"), {QKeySequence(Qt::CTRL | Qt::Key_L)},
                               [this] { set(withoutSelected(), tr("Lay out the selection")); });
    update();
}

void LayoutActions::setDocument(JourneyDocument* document)
{
    if (m_document) {
        disconnect(m_document, nullptr, this, nullptr);
        disconnect(m_document->selection(), nullptr, this, nullptr);
    }
    m_document = document;
    if (m_document) {
        connect(m_document, &JourneyDocument::valueChanged, this, &LayoutActions::update);
        connect(m_document, &JourneyDocument::readOnlyChanged, this, &LayoutActions::update);
        connect(m_document->selection(), &SelectionModel::changed, this, &LayoutActions::update);
    }
    update();
}

void LayoutActions::fillMenu(QMenu* menu) const
{
    menu->addSeparator();
    menu->addActions({m_all, m_selected});
}

bool LayoutActions::isEditable() const
{
    return m_document && m_document->isReadable() && m_document->isEditable();
}

journey::Placement LayoutActions::withoutSelected() const
{
    auto placement = m_document->value().placement;
    for (const auto& element : m_document->selection()->elements()) {
        journey::forEachNode(journey::findNode(m_document->intent().journey, element.node),
                             [&](const auto& node) { placement.nodes.erase(node->id); });
    }
    return placement;
}

void LayoutActions::set(journey::Placement placement, const QString& words)
{
    if (const auto reason = m_document->setPlacement(std::move(placement), words); !reason.isEmpty())
        emit refused(reason);
}

void LayoutActions::update()
{
    const bool placed = isEditable() && !m_document->value().placement.nodes.empty();
    m_all->setEnabled(isEditable() && (placed || !m_document->value().placement.unmatched.empty()));
    m_selected->setEnabled(placed && withoutSelected() != m_document->value().placement);
}

} // namespace emac::widgets
