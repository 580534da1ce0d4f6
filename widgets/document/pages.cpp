// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/pages.h"

#include "core/journey/structure.h"

#include <algorithm>
#include <deque>
#include <map>

namespace emac::widgets {

namespace {

journey::ExpressionPtr treeNamed(const journey::Journey& journey, const std::string& fragment)
{
    return fragment.empty() ? journey.root : journey.fragment(fragment);
}

bool holds(const journey::ExpressionPtr& tree, journey::NodeId node)
{
    return tree
           && (tree->id == node || journey::anyChild(*tree, [node](const auto& child) { return holds(child, node); }));
}

/// The page, as far as it goes to a fragment that is on it.
Page upTo(const Page& page, Page::const_iterator fragment)
{
    return {page.begin(), fragment + 1};
}

} // namespace

std::optional<std::string> treeOf(const journey::Journey& journey, journey::NodeId node)
{
    if (holds(journey.root, node))
        return std::string();
    const auto found =
        std::ranges::find_if(journey.fragments, [node](const auto& fragment) { return holds(fragment.body, node); });
    return found == journey.fragments.end() ? std::nullopt : std::optional(found->name);
}

journey::ExpressionPtr shownTree(JourneyDocument& document)
{
    const auto& journey = document.intent().journey;
    const auto fragment = document.selection()->fragment();
    return fragment.empty() ? journey.root : journey.fragment(fragment);
}

Page pageTo(const journey::Journey& journey, const std::string& fragment, const Page& open)
{
    if (fragment.empty())
        return {};
    if (const auto found = std::ranges::find(open, fragment); found != open.end())
        return upTo(open, found);
    // Breadth first, from tree to tree along their uses.
    std::map<std::string, std::string> from;
    for (std::deque<std::string> trees{std::string()}; !trees.empty() && !from.contains(fragment); trees.pop_front()) {
        journey::forEachNode(treeNamed(journey, trees.front()), [&](const journey::ExpressionPtr& node) {
            const auto* use = std::get_if<journey::Use>(&node->op);
            if (use != nullptr && from.emplace(use->fragment, trees.front()).second)
                trees.push_back(use->fragment);
        });
    }
    Page page{fragment};
    for (auto step = from.find(fragment); step != from.end() && !step->second.empty(); step = from.find(step->second))
        page.insert(page.begin(), step->second);
    return page;
}

void openFragment(SelectionModel& selection, const std::string& fragment)
{
    auto page = selection.page();
    if (const auto found = std::ranges::find(page, fragment); found != page.end())
        page = upTo(page, found);
    else
        page.push_back(fragment);
    selection.clear();
    selection.turnTo(std::move(page));
}

void turnBack(const JourneyDocument& document, SelectionModel& selection, std::size_t depth)
{
    auto page = selection.page();
    if (depth >= page.size())
        return;
    const auto left = page[depth];
    page.resize(depth);
    Selection select;
    if (document.isReadable()) {
        journey::forEachNode(treeNamed(document.intent().journey, page.empty() ? std::string() : page.back()),
                             [&](const journey::ExpressionPtr& node) {
                                 const auto* use = std::get_if<journey::Use>(&node->op);
                                 if (select.empty() && use != nullptr && use->fragment == left)
                                     select = {journey::Element::ofNode(node->id)};
                             });
    }
    selection.turnTo(std::move(page));
    selection.select(std::move(select));
}

void leaveFragment(const JourneyDocument& document, SelectionModel& selection)
{
    if (!selection.page().empty())
        turnBack(document, selection, selection.page().size() - 1);
}

PageFollower::PageFollower(JourneyDocument* document, SelectionModel* selection, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_selection(selection)
{
    connect(document, &JourneyDocument::valueChanged, this, &PageFollower::followValue);
    connect(selection, &SelectionModel::changed, this, &PageFollower::followSelection);
    connect(selection, &SelectionModel::pageChanged, this, &PageFollower::remember);
    followValue();
}

void PageFollower::followValue()
{
    if (!m_document->isReadable())
        return;
    const auto& journey = m_document->intent().journey;
    Page page;
    for (std::size_t i = 0; i < m_selection->page().size(); ++i) {
        const auto& name = m_selection->page()[i];
        const auto renamed = std::ranges::find_if(journey.fragments, [this, i](const auto& fragment) {
            return i < m_bodies.size() && fragment.body->id == m_bodies[i];
        });
        if (journey.fragment(name))
            page.push_back(name);
        else if (renamed != journey.fragments.end())
            page.push_back(renamed->name);
        else
            break; // what was opened from it goes with it
    }
    m_selection->turnTo(std::move(page));
    remember();
}

void PageFollower::followSelection()
{
    const auto current = m_selection->current();
    if (!m_document->isReadable())
        return;
    const auto& journey = m_document->intent().journey;
    std::optional<std::string> tree;
    if (current.kind == journey::Element::Kind::Node)
        tree = treeOf(journey, current.node);
    else if (current.kind == journey::Element::Kind::Fragment && journey.fragment(current.name))
        tree = current.name;
    if (tree && *tree != m_selection->fragment())
        m_selection->turnTo(pageTo(journey, *tree, m_selection->page()));
}

void PageFollower::remember()
{
    m_bodies.clear();
    for (const auto& name : m_selection->page()) {
        const auto body = m_document->isReadable() ? m_document->intent().journey.fragment(name) : nullptr;
        m_bodies.push_back(body ? body->id : journey::NodeId{});
    }
}

} // namespace emac::widgets
