// SPDX-License-Identifier: GPL-3.0-or-later
// The actions on the tree: inserting, removing, moving, wrapping.
#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/editing/asking.h"
#include "widgets/editing/editactions.h"

namespace emac::widgets {

using journey::Element;
using journey::OperatorType;

void EditActions::askForCall(const QString& title, Words words, MakeEdit edit)
{
    QStringList names;
    for (const auto& component : journey().components.list())
        names.append(QString::fromStdString(component->name));
    const auto doIt = [this, words = std::move(words), edit = std::move(edit)](const QString& name, bool isNew) {
        const auto component = name.toStdString();
        const auto call = journey::makeExpression(journey::Call{component});
        journey::Edit whole = edit(call);
        // A call that only changes its component stays the same node.
        const bool kept = std::holds_alternative<journey::SetCall>(whole);
        if (isNew)
            whole = journey::Compound{{journey::AddComponent{journey::componentNamed(component)}, std::move(whole)}};
        return apply(whole, words(name), kept ? std::nullopt : std::optional(Selection{Element::ofNode(call->id)}));
    };
    open(new PickDialog(m_window, title, tr("Component to call"), names, tr("New component “%1”"), doIt));
}

void EditActions::insertBeside(journey::Side side)
{
    const auto beside = m_selected.single() ? m_selected.single() : pageRoot();
    if (!beside) {
        askForCall(
            tr("Draw a First Call"), [](const QString& call) { return tr("Insert %1").arg(call); },
            [](journey::ExpressionPtr call) {
                return journey::SetRoot{{}, std::move(call)};
            });
        return;
    }
    const auto name = nodeWords(*beside);
    const bool before = side == journey::Side::Before;
    askForCall(
        before ? tr("Insert Call Before %1").arg(name) : tr("Insert Call After %1").arg(name),
        [before, name](const QString& call) {
            return before ? tr("Insert %1 before %2").arg(call, name) : tr("Insert %1 after %2").arg(call, name);
        },
        [id = beside->id, side](journey::ExpressionPtr call) {
            return journey::InsertBeside{id, side, std::move(call)};
        });
}

void EditActions::insertInto()
{
    const auto parent = m_selected.single();
    const auto name = nodeWords(*parent);
    askForCall(
        tr("Insert Call Into %1").arg(name),
        [name](const QString& call) { return tr("Insert %1 into %2").arg(call, name); },
        [this, id = parent->id](journey::ExpressionPtr call) {
            const auto now = journey::findNode(journey(), id);
            return journey::InsertChild{id, now ? journey::childCount(*now) : 0, std::move(call)};
        });
}

void EditActions::callAnother()
{
    const auto node = m_selected.single();
    const auto name = nodeWords(*node);
    askForCall(
        tr("Call Another Component Than %1").arg(name),
        [name](const QString& call) { return tr("Call %1 instead of %2").arg(call, name); },
        [id = node->id](const journey::ExpressionPtr& call) {
            return journey::SetCall{id, std::get<journey::Call>(call->op).component};
        });
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
