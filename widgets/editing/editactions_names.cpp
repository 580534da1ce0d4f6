// SPDX-License-Identifier: GPL-3.0-or-later
// The actions on what has a name: nodes, components, fragments, failure domains, the journey.
#include "core/journey/paths.h"
#include "widgets/editing/asking.h"
#include "widgets/editing/editactions.h"

#include <algorithm>

namespace emac::widgets {

using journey::Element;
using journey::OperatorType;
using Empty = NameDialog::Empty;

void EditActions::rename()
{
    const auto node = m_selected.single();
    if (!component().empty())
        renameComponent(component());
    else if (!node)
        renameJourney();
    else if (const auto* use = std::get_if<journey::Use>(&node->op))
        renameFragment(use->fragment);
    else
        renameNode(node);
}

void EditActions::renameComponent(const std::string& from)
{
    const auto name = QString::fromStdString(from);
    const bool selected = m_document->selection()->current().kind == Element::Kind::Component;
    open(new NameDialog(m_window, tr("Rename Component"), tr("Name of the component, in all its calls"), name,
                        Empty::Refuse, [=, this](const QString& to) {
                            const auto select = selected
                                                    ? std::optional(Selection{Element::component(to.toStdString())})
                                                    : std::nullopt;
                            return apply(journey::RenameComponent{from, to.toStdString()},
                                         tr("Rename component %1 to %2").arg(name, to), select);
                        }));
}

void EditActions::renameNode(const journey::ExpressionPtr& node)
{
    const auto words = nodeWords(*node);
    open(new NameDialog(
        m_window, tr("Rename %1").arg(words), tr("Id; empty for none"), QString::fromStdString(node->name),
        Empty::Allow, [this, words, id = node->id](const QString& to) {
            return apply(journey::SetNodeName{id, to.toStdString()},
                         to.isEmpty() ? tr("Remove id of %1").arg(words) : tr("Rename %1 to %2").arg(words, to));
        }));
}

void EditActions::renameFragment(const std::string& from)
{
    const auto name = QString::fromStdString(from);
    open(new NameDialog(
        m_window, tr("Rename Fragment"), tr("Name of the fragment, in all its uses"), name, Empty::Refuse,
        [=, this](const QString& to) {
            return apply(journey::RenameFragment{from, to.toStdString()}, tr("Rename fragment %1 to %2").arg(name, to));
        }));
}

void EditActions::renameJourney()
{
    const auto name = QString::fromStdString(m_document->intent().name);
    open(new NameDialog(m_window, tr("Rename Journey"), tr("Name of the journey"), name, Empty::Refuse,
                        [=, this](const QString& to) {
                            const auto& intent = m_document->intent();
                            return apply(journey::SetMetadata{to.toStdString(), intent.displayName, intent.labels},
                                         tr("Rename journey %1 to %2").arg(name, to));
                        }));
}

void EditActions::bind()
{
    const auto name = component();
    QStringList slos;
    for (const auto& slo : m_document->catalogue().names()) {
        const auto found = m_document->catalogue().find(slo);
        const QString reference = QStringLiteral("openslo:") + QString::fromStdString(slo);
        slos.append(reference);
        // Where there are several objectives, each is offered by its name.
        const auto& objectives = found.front()->objectives;
        for (const auto& objective : objectives) {
            if (objectives.size() > 1 && !objective.displayName.empty())
                slos.append(QStringLiteral("%1#%2").arg(reference, QString::fromStdString(objective.displayName)));
        }
    }
    const auto component = QString::fromStdString(name);
    open(new PickDialog(m_window, tr("Bind %1 to an SLO").arg(component),
                        slos.isEmpty() ? tr("No SLO was found beside the journey; type its name.")
                                       : tr("SLO that gives the availability"),
                        slos, tr("Not found beside the journey: “%1”"), [=, this](const QString& slo, bool) {
                            const auto prefix = QStringLiteral("openslo:");
                            const auto reference = slo.startsWith(prefix) ? slo : QString(prefix + slo);
                            return apply(journey::BindComponent{name, reference.toStdString()},
                                         tr("Bind %1 to %2").arg(component, reference));
                        }));
}

void EditActions::addComponent()
{
    open(new NameDialog(m_window, tr("New Component"), tr("Name of the component"), {}, Empty::Refuse,
                        [this](const QString& name) {
                            const auto component = name.toStdString();
                            return apply(journey::AddComponent{journey::componentNamed(component)},
                                         tr("New component %1").arg(name), Selection{Element::component(component)});
                        }));
}

QStringList EditActions::domainNames() const
{
    QStringList names;
    for (const auto& rule : journey().domainRules)
        names.append(QString::fromStdString(rule.name));
    for (const auto& component : journey().components.list()) {
        for (const auto& domain : component->failureDomains)
            names.append(QString::fromStdString(domain));
    }
    names.sort();
    names.removeDuplicates();
    return names;
}

void EditActions::addDomain()
{
    open(new NameDialog(m_window, tr("New Failure Domain"), tr("Name, as kind or kind:value"), {}, Empty::Refuse,
                        [this](const QString& name) {
                            return apply(journey::AddDomainRule{ruleNamed(name.toStdString())},
                                         tr("New failure domain %1").arg(name));
                        }));
}

void EditActions::renameDomain()
{
    open(new PickDialog(m_window, tr("Rename Failure Domain"), tr("Failure domain to rename, in rules and components"),
                        domainNames(), {}, [this](const QString& from, bool) {
                            const auto rename = [=, this](const QString& to) {
                                return apply(journey::RenameDomain{from.toStdString(), to.toStdString()},
                                             tr("Rename failure domain %1 to %2").arg(from, to));
                            };
                            open(new NameDialog(m_window, tr("Rename Failure Domain"), tr("New name of %1").arg(from),
                                                from, Empty::Refuse, rename));
                            return QString();
                        }));
}

void EditActions::removeDomain()
{
    QStringList names;
    for (const auto& rule : journey().domainRules)
        names.append(QString::fromStdString(rule.name));
    open(new PickDialog(
        m_window, tr("Remove Failure Domain"), tr("Rule to remove"), names, {}, [this](const QString& name, bool) {
            return apply(journey::RemoveDomainRule{name.toStdString()}, tr("Remove failure domain %1").arg(name));
        }));
}

} // namespace emac::widgets
