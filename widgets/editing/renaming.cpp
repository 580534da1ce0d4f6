// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/renaming.h"

#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "core/journey/validity.h"
#include "widgets/common/format.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>

#include <algorithm>
#include <variant>

namespace emac::widgets {

using journey::Element;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::renaming)
};

/// What a naming comes to.
struct Step
{
    journey::Edit edit;
    QString words;
    std::optional<Selection> select;
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

namespace {

/// The component that the element names.
std::string componentOf(const journey::Journey& journey, const Element& element)
{
    if (element.kind == Element::Kind::Component)
        return element.name;
    const auto node = element.kind == Element::Kind::Node ? journey::findNode(journey, element.node) : nullptr;
    const auto* call = node ? std::get_if<journey::Call>(&node->op) : nullptr;
    return call != nullptr ? call->component : std::string();
}

/// Or why there is none.
std::variant<Step, QString> stepOf(const journey::Intent& intent, const Naming& naming, const QString& to)
{
    const auto renaming = renamingOf(intent, naming.element);
    if (!renaming)
        return Words::tr("It is not there any more; Esc leaves.");
    if (renaming->current != naming.from)
        return Words::tr("It is called “%1” now; Esc shows it.").arg(renaming->current);
    if (to.isEmpty() && !renaming->mayBeEmpty)
        return Words::tr("A name is needed here.");
    const auto component = componentOf(intent.journey, naming.element);
    if (component.empty())
        return Step{renaming->edit(to), renaming->words(to), renaming->select(to)};
    if (auto reason = componentNameRefusal(to); !reason.isEmpty())
        return reason;
    const auto node = naming.element.node;
    if (naming.fresh && node != journey::NodeId{} && intent.journey.components.find(to.toStdString())
        && journey::callsOf(intent.journey, component) == 1) {
        return Step{journey::Compound{{journey::SetCall{node, to.toStdString()}, journey::RemoveComponent{component}}},
                    Words::tr("Call %1 instead of %2").arg(to, naming.from),
                    {}};
    }
    return Step{renaming->edit(to), renaming->words(to), renaming->select(to)};
}

} // namespace

QString componentNameRefusal(const QString& name)
{
    if (const auto fault = journey::nameFault(name.toStdString(), "components"))
        return messageText(*fault);
    if (std::ranges::none_of(name.toUcs4(), [](char32_t c) { return QChar::isLetter(c); }))
        return Words::tr("A name has at least one letter; numbers are set in the inspector.");
    return {};
}

std::optional<Naming> namingOf(const journey::Intent& intent, const Element& element, bool fresh)
{
    const auto renaming = renamingOf(intent, element);
    return renaming ? std::optional(Naming{element, renaming->current, fresh}) : std::nullopt;
}

QString refusalOf(const journey::Intent& intent, const Naming& naming, const QString& to)
{
    if (to == naming.from)
        return {};
    const auto step = stepOf(intent, naming, to);
    if (const auto* reason = std::get_if<QString>(&step))
        return *reason;
    const auto after = journey::apply(intent, std::get<Step>(step).edit);
    return after.value ? QString() : messageText(after.diagnostics.front().message);
}

QString rename(JourneyDocument& document, const Naming& naming, const QString& to)
{
    if (to == naming.from)
        return {};
    if (!document.isReadable())
        return document.whyNotEditable();
    auto step = stepOf(document.intent(), naming, to);
    if (auto* reason = std::get_if<QString>(&step))
        return *reason;
    const auto& [edit, words, select] = std::get<Step>(step);
    return document.apply(edit, words, select);
}

} // namespace emac::widgets
