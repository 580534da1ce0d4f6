// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/renaming.h"

#include "core/journey/paths.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>

namespace emac::widgets {

using journey::Element;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::renaming)
};

std::optional<Selection> nothing(const QString& /*to*/)
{
    return std::nullopt;
}

Renaming ofComponent(const std::string& from)
{
    const auto name = QString::fromStdString(from);
    return {name, false,
            [from](const QString& to) {
                return journey::RenameComponent{from, to.toStdString()};
            },
            [name](const QString& to) { return Words::tr("Rename component %1 to %2").arg(name, to); }, nothing};
}

Renaming ofFragment(const std::string& from)
{
    const auto name = QString::fromStdString(from);
    return {name, false,
            [from](const QString& to) {
                return journey::RenameFragment{from, to.toStdString()};
            },
            [name](const QString& to) { return Words::tr("Rename fragment %1 to %2").arg(name, to); }, nothing};
}

Renaming ofOperator(const journey::Expression& node)
{
    const auto words = nodeWords(node);
    return {QString::fromStdString(node.name), true,
            [id = node.id](const QString& to) {
                return journey::SetNodeName{id, to.toStdString()};
            },
            [words](const QString& to) {
                return to.isEmpty() ? Words::tr("Remove id of %1").arg(words)
                                    : Words::tr("Rename %1 to %2").arg(words, to);
            },
            nothing};
}

Renaming ofJourney(const journey::Intent& intent)
{
    const auto name = QString::fromStdString(intent.name);
    return {name, false,
            [displayName = intent.displayName, labels = intent.labels](const QString& to) {
                return journey::SetMetadata{to.toStdString(), displayName, labels};
            },
            [name](const QString& to) { return Words::tr("Rename journey %1 to %2").arg(name, to); }, nothing};
}

} // namespace

std::optional<Renaming> renamingOf(const journey::Intent& intent, const Element& element)
{
    switch (element.kind) {
    case Element::Kind::Journey:
        return ofJourney(intent);
    case Element::Kind::Component: {
        if (!intent.journey.components.find(element.name))
            return std::nullopt;
        auto renaming = ofComponent(element.name);
        renaming.select = [](const QString& to) {
            return std::optional(Selection{Element::component(to.toStdString())});
        };
        return renaming;
    }
    case Element::Kind::Fragment: {
        if (!intent.journey.fragment(element.name))
            return std::nullopt;
        auto renaming = ofFragment(element.name);
        renaming.select = [](const QString& to) {
            return std::optional(Selection{Element::fragment(to.toStdString())});
        };
        return renaming;
    }
    case Element::Kind::Node: {
        const auto node = journey::findNode(intent.journey, element.node);
        if (!node)
            return std::nullopt;
        if (const auto* call = std::get_if<journey::Call>(&node->op))
            return ofComponent(call->component);
        if (const auto* use = std::get_if<journey::Use>(&node->op))
            return ofFragment(use->fragment);
        return ofOperator(*node);
    }
    case Element::Kind::None:
    case Element::Kind::DomainRule:
    case Element::Kind::Objective:
        break;
    }
    return std::nullopt;
}

} // namespace emac::widgets
