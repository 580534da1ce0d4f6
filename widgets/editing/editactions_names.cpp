// SPDX-License-Identifier: GPL-3.0-or-later
// The actions on what has a name: nodes, components, fragments, failure domains, the journey.
#include "core/journey/paths.h"
#include "widgets/editing/asking.h"
#include "widgets/editing/editactions.h"
#include "widgets/editing/renaming.h"

#include <algorithm>

namespace emac::widgets {

using journey::Element;
using journey::OperatorType;
using Empty = NameDialog::Empty;

void EditActions::rename()
{
    const auto node = m_selected.single();
    const auto& intent = m_document->intent();
    auto element = node ? Element::ofNode(node->id) : m_document->selection()->current();
    if (m_document->selection()->current().kind == Element::Kind::Fragment)
        element = m_document->selection()->current();
    const auto renaming = renamingOf(intent, element);
    if (!renaming)
        return;
    QString title;
    QString label;
    if (element.kind == Element::Kind::Journey) {
        title = tr("Rename Journey");
        label = tr("Name of the journey");
    } else if (element.kind == Element::Kind::Fragment || (node && journey::typeOf(*node) == OperatorType::Use)) {
        title = tr("Rename Fragment");
        label = tr("Name of the fragment, in all its uses");
    } else if (!component().empty()) {
        title = tr("Rename Component");
        label = tr("Name of the component, in all its calls");
    } else {
        title = tr("Rename %1").arg(nodeWords(*node));
        label = tr("Id; empty for none");
    }
    open(new NameDialog(m_window, title, label, renaming->current, renaming->mayBeEmpty ? Empty::Allow : Empty::Refuse,
                        [this, naming = *namingOf(intent, element)](const QString& to) {
                            const auto reason = widgets::rename(*m_document, naming, to);
                            if (!reason.isEmpty())
                                emit refused(reason);
                            return reason;
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
                            if (auto reason = componentNameRefusal(name); !reason.isEmpty())
                                return reason;
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
