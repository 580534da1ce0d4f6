// SPDX-License-Identifier: GPL-3.0-or-later
// The actions on the tree: inserting, removing, moving, wrapping.
#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/editing/asking.h"
#include "widgets/editing/editactions.h"
#include "widgets/editing/renaming.h"

namespace emac::widgets {

using journey::Element;
using journey::OperatorType;

void EditActions::insertBeside(journey::Side side)
{
    const auto& all = m_selected.all();
    const auto beside = all.empty() ? pageRoot() : side == journey::Side::After ? all.back().node : all.front().node;
    if (beside)
        emit addRequested(journey::Beside{beside->id, side});
    else
        emit addRequested(journey::OnEmptyGround{});
}

void EditActions::insertInto()
{
    const auto parent = m_selected.single();
    emit addRequested(journey::Into{parent->id, journey::childCount(*parent)});
}

void EditActions::callAnother()
{
    const auto node = m_selected.single();
    const auto name = nodeWords(*node);
    QStringList names;
    for (const auto& component : journey().components.list())
        names.append(QString::fromStdString(component->name));
    open(new PickDialog(
        m_window, tr("Call Another Component Than %1").arg(name), tr("Component to call"), names,
        tr("New component “%1”"), [this, name, id = node->id](const QString& to, bool isNew) {
            const auto component = to.toStdString();
            journey::Edit edit = journey::SetCall{id, component};
            if (isNew) {
                if (auto reason = componentNameRefusal(to); !reason.isEmpty())
                    return reason;
                edit = journey::Compound{{journey::AddComponent{journey::componentNamed(component)}, std::move(edit)}};
            }
            return apply(edit, tr("Call %1 instead of %2").arg(to, name));
        }));
}

void EditActions::remove()
{
    std::vector<journey::Edit> edits;
    if (!m_selected.empty())
        edits.emplace_back(journey::RemoveNodes{m_selected.ids()}); // first: they may call the components
    const auto nodesAlone = edits.size();
    for (const auto& element : m_document->selection()->elements()) {
        if (element.kind == Element::Kind::Component)
            edits.emplace_back(journey::RemoveComponent{element.name});
    }
    if (edits.size() == nodesAlone)
        return removeSelected(tr("Delete %1").arg(m_selected.words()));
    if (edits.size() == 1)
        apply(edits.front(), tr("Remove component %1").arg(QString::fromStdString(component())), Selection{});
    else
        apply(journey::Compound{std::move(edits)},
              tr("Delete %n elements", nullptr, static_cast<int>(m_document->selection()->elements().size())),
              Selection{});
}

void EditActions::removeSelected(const QString& words)
{
    const journey::Edit edit = journey::RemoveNodes{m_selected.ids()};
    // What is left decides what is selected.
    const auto after = journey::apply(m_document->intent(), edit);
    const auto select = after.value ? selectionAfter(m_selected.all(), journey(), after.value->journey) : Selection{};
    apply(edit, words, select);
}

void EditActions::move(int direction)
{
    const auto& all = m_selected.all();
    const auto index = direction < 0 ? all.front().index - 1 : all.back().index + 2;
    const auto words = direction < 0 ? tr("Move %1 earlier") : tr("Move %1 later");
    apply(journey::MoveNodes{m_selected.ids(), all.front().parent->id, index}, words.arg(m_selected.words()));
}

void EditActions::nest(std::optional<Nesting> (*nesting)(const journey::Journey&, const NodeSelection&))
{
    if (const auto step = nesting(journey(), m_selected))
        apply(step->edit, step->words, step->select);
}

void EditActions::wrap(OperatorType type)
{
    const auto wrapping = journey::wrapping(journey(), m_selected.ids(), type);
    const auto words = tr("Wrap %1 in %2").arg(m_selected.words(), operatorTitle(type));
    if (apply(wrapping.edit, words, Selection{Element::ofNode(wrapping.wrapper)}).isEmpty() && wrapping.placeholder)
        emit namesWanted({Element::ofNode(*wrapping.placeholder)});
}

void EditActions::unwrap()
{
    const auto node = m_selected.single();
    Selection children;
    for (const auto& child : journey::children(*node))
        children.push_back(Element::ofNode(child->id));
    apply(journey::Unwrap{node->id}, tr("Unwrap %1").arg(nodeWords(*node)), children);
}

void EditActions::change(OperatorType type)
{
    std::vector<journey::Edit> edits;
    for (const auto& place : m_selected.all()) {
        if (journey::typeOf(*place.node) != type)
            edits.emplace_back(journey::ChangeOperator{place.node->id, type});
    }
    const auto words = tr("Change %1 to %2").arg(m_selected.words(), operatorTitle(type));
    apply(edits.size() == 1 ? edits.front() : journey::Edit(journey::Compound{std::move(edits)}), words);
}

void EditActions::extract()
{
    open(new NameDialog(m_window, tr("Extract Fragment"), tr("Name of the fragment"), {}, NameDialog::Empty::Refuse,
                        [this, ids = m_selected.ids(), what = m_selected.words()](const QString& name) {
                            const auto use = journey::newNodeId();
                            return apply(journey::ExtractFragment{ids, name.toStdString(), use},
                                         tr("Extract %1 as fragment %2").arg(what, name),
                                         Selection{Element::ofNode(use)});
                        }));
}

void EditActions::inlineFragment()
{
    const auto place = m_selected.all().front();
    const auto name = std::get<journey::Use>(place.node->op).fragment;
    // The last use takes the body itself; a copy has identities that are not known before.
    const bool last = journey::usesOf(journey(), name) == 1;
    const auto body = journey().fragment(name);
    Selection select;
    if (last && body)
        select = {Element::ofNode(body->id)};
    else if (place.parent)
        select = {Element::ofNode(place.parent->id)};
    apply(journey::InlineFragment{place.node->id}, tr("Inline fragment %1").arg(QString::fromStdString(name)), select);
}

} // namespace emac::widgets
