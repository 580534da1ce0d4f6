// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/severalpage.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/editing/nodeselection.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace emac::widgets {

using journey::Element;
using journey::OperatorType;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::severalpage)
};

QString counted(std::optional<OperatorType> type, int count)
{
    if (!type)
        return count == 1 ? Words::tr("1 component") : Words::tr("%n components", nullptr, count);
    if (*type == OperatorType::Call)
        return count == 1 ? Words::tr("1 call") : Words::tr("%n calls", nullptr, count);
    return Words::tr("%1 × %2").arg(count).arg(operatorTitle(*type).toLower());
}

/// Title, kinds, and a link to each.
void addHeader(QVBoxLayout* column, QWidget* page, SelectionModel* selection, const SelectedThings& things)
{
    column->setSpacing(theme::unit / 2);
    column->addWidget(parts::title(Words::tr("%n selected", nullptr, static_cast<int>(things.size())), page));
    auto* kinds = parts::muted(things.kinds(), page);
    kinds->setObjectName(QStringLiteral("kinds"));
    column->addWidget(kinds);
    auto* links = new QVBoxLayout;
    links->setSpacing(0);
    constexpr std::size_t most = 8;
    const auto names = things.names();
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        auto* link = new parts::TextLink(names[i].first, page);
        link->setObjectName(QStringLiteral("selected"));
        link->setAccessibleName(Words::tr("Select only %1").arg(names[i].first));
        QObject::connect(link, &QAbstractButton::clicked, selection,
                         [selection, element = names[i].second] { selection->reveal(element); });
        links->addWidget(link);
    }
    if (names.size() > most)
        links->addWidget(parts::muted(Words::tr("and %n more", nullptr, static_cast<int>(names.size() - most)), page));
    column->addLayout(links);
    column->addSpacing(theme::unit);
}

} // namespace

SelectedThings::SelectedThings(const journey::Journey& journey, const Selection& selection)
{
    for (const auto& element : selection) {
        if (element.kind == Element::Kind::Component && journey.components.find(element.name)) {
            m_list.push_back({element, std::nullopt, element.name, QString::fromStdString(element.name)});
            continue;
        }
        auto node = element.kind == Element::Kind::Node ? journey::findNode(journey, element.node) : nullptr;
        if (element.kind == Element::Kind::Fragment)
            node = journey.fragment(element.name);
        if (!node)
            continue;
        const auto* call = std::get_if<journey::Call>(&node->op);
        m_list.push_back({Element::ofNode(node->id), journey::typeOf(*node), call ? call->component : std::string(),
                          nodeWords(*node)});
    }
}

std::vector<std::string> SelectedThings::components() const
{
    std::vector<std::string> names;
    for (const auto& thing : m_list) {
        if (thing.component.empty())
            return {};
        if (std::ranges::find(names, thing.component) == names.end())
            names.push_back(thing.component);
    }
    return names;
}

std::vector<journey::NodeId> SelectedThings::operators() const
{
    std::vector<journey::NodeId> ids;
    for (const auto& thing : m_list) {
        if (!thing.type || *thing.type == OperatorType::Call || *thing.type == OperatorType::Use)
            return {};
        ids.push_back(thing.element.node);
    }
    return ids;
}

QString SelectedThings::kinds() const
{
    std::map<std::optional<OperatorType>, int> counts;
    for (const auto& thing : m_list)
        ++counts[thing.type];
    QStringList words;
    for (const auto& [type, count] : counts)
        words << counted(type, count);
    return words.join(Words::tr(", ", "between the parts of a list"));
}

std::vector<std::pair<QString, Element>> SelectedThings::names() const
{
    std::vector<std::pair<QString, Element>> names;
    for (const auto& thing : m_list)
        names.emplace_back(thing.words, thing.element);
    return names;
}

SeveralComponentsPage::SeveralComponentsPage(const InspectorContext& context, const Selection& selection,
                                             QWidget* parent)
    : ComponentForm(context, SelectedThings(context.document->intent().journey, selection).components(), parent)
    , m_selection(selection)
    , m_things(context.document->intent().journey, selection)
{
    addHeader(column(), this, document()->selection(), m_things);
    auto* note = parts::muted(names().size() == 1 ? tr("All call %1.").arg(words())
                                                  : tr("What is set here is set in all %1.").arg(words()),
                              this);
    column()->addWidget(note);
    auto* form = parts::form();
    addKind(form);
    addSlo(form);
    addAvailability(form);
    column()->addLayout(form);
    addEvidence();
    addLatency();
    addSection(tr("Failure domains of all"));
    addDomainNames();
}

bool SeveralComponentsPage::fits() const
{
    return SelectedThings(document()->intent().journey, m_selection) == m_things;
}

SeveralOperatorsPage::SeveralOperatorsPage(const InspectorContext& context, const Selection& selection, QWidget* parent)
    : OperatorForm(context, SelectedThings(context.document->intent().journey, selection).operators(), parent)
    , m_selection(selection)
    , m_things(context.document->intent().journey, selection)
{
    addHeader(column(), this, document()->selection(), m_things);
    auto* form = parts::form();
    addType(form);
    column()->addLayout(form);
    addParameters();
}

bool SeveralOperatorsPage::fits() const
{
    return SelectedThings(document()->intent().journey, m_selection) == m_things;
}

SeveralPage::SeveralPage(const InspectorContext& context, const Selection& selection, QWidget* parent)
    : InspectorPage(context, parent)
    , m_selection(selection)
    , m_things(context.document->intent().journey, selection)
{
    addHeader(column(), this, document()->selection(), m_things);
    column()->addWidget(parts::muted(tr("They have no values in common. The menus act on all of them."), this));
}

bool SeveralPage::fits() const
{
    return SelectedThings(document()->intent().journey, m_selection) == m_things;
}

InspectorPage* makeSeveralPage(const InspectorContext& context, const Selection& selection, QWidget* parent)
{
    const SelectedThings things(context.document->intent().journey, selection);
    if (things.size() < 2)
        return nullptr;
    if (!things.components().empty())
        return new SeveralComponentsPage(context, selection, parent);
    if (!things.operators().empty())
        return new SeveralOperatorsPage(context, selection, parent);
    return new SeveralPage(context, selection, parent);
}

} // namespace emac::widgets
