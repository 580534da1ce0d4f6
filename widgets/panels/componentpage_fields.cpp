// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a component that are typed and chosen.
#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/editing/nodeselection.h"
#include "widgets/panels/componentpage.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace emac::widgets {

void ComponentPage::addIdentity()
{
    column()->addSpacing(theme::unit);
    const auto words = QString::fromStdString(m_name);
    auto* form = parts::form();
    auto* name = textField(
        QStringLiteral("name"), [words] { return words; },
        [this](const QString& to) {
            return journey::RenameComponent{m_name, to.toStdString()};
        },
        tr("Rename component %1").arg(words));
    name->setToolTip(tr("The component is renamed in all its calls."));
    parts::addRow(form, tr("Name"), name);
    addKind(form);
    addSlo(form);
    const auto setNotes = [this](const QString& text) {
        auto one = first();
        one.notes = text.toStdString();
        return journey::SetComponent{std::move(one)};
    };
    parts::addRow(form, tr("Notes"),
                  notesField(
                      QStringLiteral("notes"), [this] { return QString::fromStdString(first().notes); }, setNotes,
                      tr("Set notes of %1").arg(words)));
    column()->addLayout(form);
}

void ComponentPage::addDomains()
{
    addSection(tr("Failure domains"));
    addDomainNames();
    column()->addWidget(m_domains);
    column()->addWidget(m_domainOrigin);
}

void ComponentPage::addCall()
{
    addSection(tr("This call"));
    const auto words = QString::fromStdString(m_name);
    const auto node = [this] { return journey::findNode(document()->intent().journey, m_call); };
    auto* form = parts::form();
    auto* id = textField(
        QStringLiteral("id"), [node] { return QString::fromStdString(node()->name); },
        [this](const QString& name) {
            return journey::SetNodeName{m_call, name.toStdString()};
        },
        tr("Set id of the call of %1").arg(words));
    id->setPlaceholder(tr("none"));
    parts::addRow(form, tr("Id"), id);
    parts::addRow(form, tr("Notes"),
                  notesField(
                      QStringLiteral("call.notes"), [node] { return QString::fromStdString(node()->notes); },
                      [this](const QString& notes) {
                          return journey::SetNodeNotes{m_call, notes.toStdString()};
                      },
                      tr("Set notes of the call of %1").arg(words)));
    column()->addLayout(form);
}

void ComponentPage::addUses()
{
    if (m_call != journey::NodeId{})
        addCall();
    addSection(tr("Where used"));
    m_calls->setSpacing(0);
    column()->addWidget(m_uses);
    column()->addLayout(m_calls);
}

void ComponentPage::showUses()
{
    std::vector<journey::NodeId> called;
    journey::forEachNode(document()->intent().journey, [&](const journey::ExpressionPtr& node) {
        const auto* call = std::get_if<journey::Call>(&node->op);
        if (call != nullptr && call->component == m_name)
            called.push_back(node->id);
    });
    const auto count = static_cast<int>(called.size());
    m_uses->setText(count == 1 ? tr("1 call in this journey") : tr("%n calls in this journey", nullptr, count));
    if (count > 1 && first().independentCalls.value_or(false))
        m_uses->setText(tr("%1; each call draws its own outcome").arg(m_uses->text()));
    if (called == m_called)
        return;
    m_called = called;
    std::vector<journey::NodePlace> calls;
    std::ranges::copy_if(journey::nodePlaces(document()->intent().journey), std::back_inserter(calls),
                         [&](const auto& place) { return std::ranges::find(called, place.node->id) != called.end(); });
    while (auto* item = m_calls->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(most, calls.size()); ++i) {
        const auto parent = journey::findNode(document()->intent().journey, calls[i].parent);
        const auto place =
            parent ? tr("%1 in %2").arg(nodeWords(*calls[i].node), nodeWords(*parent)) : nodeWords(*calls[i].node);
        auto* link = new parts::TextLink(place, this);
        link->setObjectName(QStringLiteral("use"));
        link->setAccessibleName(tr("Select %1").arg(place));
        link->setEnabled(calls[i].node->id != m_call);
        const auto id = calls[i].node->id;
        connect(link, &QAbstractButton::clicked, this,
                [this, id] { document()->selection()->reveal(journey::Element::ofNode(id)); });
        m_calls->addWidget(link);
    }
}

} // namespace emac::widgets
