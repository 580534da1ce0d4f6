// SPDX-License-Identifier: GPL-3.0-or-later
// Copying and pasting, what a palette adds, and turning to the page of a fragment and back.
#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/document/pages.h"
#include "widgets/editing/editactions.h"

#include <QClipboard>
#include <QGuiApplication>

namespace emac::widgets {

using journey::Element;
using journey::OperatorType;
using Menu = ActionRegistry::Menu;

namespace {

/// "cart", or "3 nodes".
QString wordsFor(const std::vector<journey::ExpressionPtr>& nodes)
{
    return nodes.size() == 1 ? nodeWords(*nodes.front())
                             : EditActions::tr("%n nodes", nullptr, static_cast<int>(nodes.size()));
}

QString listed(const std::vector<std::string>& names)
{
    QStringList list;
    for (const auto& name : names)
        list.append(QString::fromStdString(name));
    return list.join(QStringLiteral(", "));
}

} // namespace

void EditActions::addClipboardActions()
{
    const auto any = [this] { return !m_selected.empty(); };
    const auto always = [] { return true; };
    // In a text field these keys are the field's own: it takes them before the window does.
    add(QStringLiteral("edit.cut"), Menu::Edit, tr("Cu&t"), {QKeySequence(Qt::CTRL | Qt::Key_X)}, any,
        [this] { cut(); });
    add(
        QStringLiteral("edit.copy"), Menu::Edit, tr("&Copy"), {QKeySequence(Qt::CTRL | Qt::Key_C)}, any,
        [this] { copy(); }, Needs::Reading);
    add(QStringLiteral("edit.paste"), Menu::Edit, tr("&Paste"), {QKeySequence(Qt::CTRL | Qt::Key_V)}, always,
        [this] { paste(); });
    add(QStringLiteral("edit.duplicate"), Menu::Edit, tr("Duplicate"), {QKeySequence(Qt::CTRL | Qt::Key_D)}, any,
        [this] { duplicate(); });
    add(
        QStringLiteral("edit.selectAll"), Menu::Edit, tr("Select &All"), {QKeySequence(Qt::CTRL | Qt::Key_A)},
        [this] { return pageRoot() != nullptr; }, [this] { selectAll(); }, Needs::Reading);
}

void EditActions::addPageActions()
{
    add(
        QStringLiteral("journey.whereUsed"), Menu::Journey, tr("Where Used"), {QKeySequence(Qt::SHIFT | Qt::Key_F12)},
        [this] { return !component().empty(); },
        [this] { emit whereUsedRequested(QString::fromStdString(component())); }, Needs::Reading);
    add(
        QStringLiteral("journey.openFragment"), Menu::Journey, tr("Open Fra&gment"), {},
        [this] { return m_selected.isSingle(OperatorType::Use); },
        [this] {
            const auto node = m_selected.single();
            openFragment(*m_document->selection(), std::get<journey::Use>(node->op).fragment);
        },
        Needs::Reading);
    add(
        QStringLiteral("journey.leaveFragment"), Menu::Journey, tr("Bac&k from the Fragment"), {},
        [this] { return !m_document->selection()->page().empty(); },
        [this] { leaveFragment(*m_document, *m_document->selection()); }, Needs::Reading);
}

journey::ExpressionPtr EditActions::pageRoot() const
{
    return shownTree(*m_document);
}

journey::Landing EditActions::behind(const journey::ExpressionPtr& node) const
{
    const auto last = node ? node : pageRoot();
    if (last)
        return journey::Beside{last->id, journey::Side::After};
    return journey::OnEmptyGround{};
}

QString EditActions::applyNew(const journey::Edit& edit, const QString& words,
                              const std::vector<journey::ExpressionPtr>& nodes)
{
    return apply(edit, words, newlySelected(m_document->intent(), edit, nodes));
}

void EditActions::putDown(const Carried& carried)
{
    if (!m_document || !m_document->isReadable())
        return;
    const auto cargo = cargoOf(carried, journey());
    if (!cargo)
        return;
    const auto& all = m_selected.all();
    const auto edit = journey::puttingDown(journey(), *cargo, behind(all.empty() ? nullptr : all.back().node));
    if (!edit || !applyNew(*edit, tr("Add %1").arg(wordsFor(cargo->nodes)), cargo->nodes).isEmpty())
        return;
    if (const auto unnamed = unnamedCalls(carried, *cargo); !unnamed.empty())
        emit namesWanted(unnamed);
}

QString EditActions::copy() const
{
    const auto text = spec::writeClip(journey(), m_selected.ids());
    if (!text.empty())
        QGuiApplication::clipboard()->setText(QString::fromStdString(text));
    return m_selected.words();
}

void EditActions::cut()
{
    removeSelected(tr("Cut %1").arg(copy()));
}

void EditActions::paste()
{
    const auto text = QGuiApplication::clipboard()->text().toStdString();
    const auto clip = spec::readClip(text, tr("clipboard").toStdString());
    if (!clip.value) {
        const auto& first = clip.diagnostics.front();
        const auto reason = messageText(first.message);
        emit refused(first.place.line == 0
                         ? tr("Not pasted: %1").arg(reason)
                         : tr("Not pasted; line %1 of the clipboard: %2").arg(first.place.line).arg(reason));
        return;
    }
    const auto pasting = spec::fitted(*clip.value, journey());
    const auto node = m_selected.all().empty() ? nullptr : m_selected.all().back().node;
    const auto landing = m_selected.isSingleOperator()
                             ? journey::Landing(journey::Into{node->id, journey::childCount(*node)})
                             : behind(node);
    const auto edit = spec::puttingDown(journey(), pasting, landing);
    const auto words = wordsFor(pasting.cargo.nodes);
    if (!edit || !applyNew(*edit, tr("Paste %1").arg(words), pasting.cargo.nodes).isEmpty())
        return;
    if (!pasting.kept.empty())
        emit told(tr("Pasted %1; kept as it is here: %2").arg(words, listed(pasting.kept)));
}

void EditActions::duplicate()
{
    journey::Series originals;
    for (const auto& place : m_selected.all())
        originals.steps.push_back(place.node);
    // As one tree, so that no explicit id comes twice.
    const auto copies = journey::children(*journey::copied(journey::makeExpression(std::move(originals)), journey()));
    // Beside the last one, as its sibling: a branch of a race gets another branch, not a second step.
    const auto& last = m_selected.all().back();
    const auto landing =
        last.parent ? journey::Landing(journey::Into{last.parent->id, last.index + 1}) : behind(last.node);
    if (const auto edit = journey::puttingDown(journey(), {copies}, landing))
        applyNew(*edit, tr("Duplicate %1").arg(m_selected.words()), copies);
}

void EditActions::selectAll()
{
    m_document->selection()->select(wholePage(*m_document));
}

} // namespace emac::widgets
