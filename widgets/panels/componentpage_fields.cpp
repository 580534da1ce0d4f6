// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a component that are typed and chosen.
#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "widgets/common/latencytext.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/editing/nodeselection.h"
#include "widgets/panels/componentpage.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {

/// "998 / 1000": good outcomes of all.
std::optional<journey::Observed> typedObserved(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^\\s*(\\d+)\\s*(?:/|of)\\s*(\\d+)\\s*$"));
    const auto match = form.match(text);
    bool isGood = false;
    bool isTotal = false;
    const auto good = match.captured(1).toULongLong(&isGood);
    const auto total = match.captured(2).toULongLong(&isTotal);
    return isGood && isTotal ? std::optional(journey::Observed{good, total}) : std::nullopt;
}

QString observedText(const std::optional<journey::Observed>& observed)
{
    return observed ? QStringLiteral("%1 / %2").arg(observed->good).arg(observed->total) : QString();
}

QString observedMeaning(const QString& text)
{
    return observedText(typedObserved(text));
}

} // namespace

journey::Component ComponentPage::component() const
{
    const auto found = document()->intent().journey.components.find(m_name);
    return found ? *found : journey::componentNamed(m_name);
}

template<typename T, typename Change>
std::function<journey::Edit(const T&)> ComponentPage::change(Change change) const
{
    return [this, change](const T& value) {
        auto component = this->component();
        change(component, value);
        return journey::SetComponent{std::move(component)};
    };
}

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
    auto* kind = textField(
        QStringLiteral("kind"), [this] { return QString::fromStdString(component().kind); },
        change<QString>([](journey::Component& one, const QString& text) { one.kind = text.toStdString(); }),
        tr("Set kind of %1").arg(words));
    kind->setPlaceholder(tr("service (default)"));
    kind->complete({QStringLiteral("service"), QStringLiteral("external_dependency")});
    parts::addRow(form, tr("Kind"), kind);

    auto* slo = textField(
        QStringLiteral("atomicSLORef"), [this] { return QString::fromStdString(component().atomicSloRef); },
        [this](const QString& reference) {
            return journey::BindComponent{m_name, reference.toStdString()};
        },
        tr("Bind %1").arg(words));
    slo->setPlaceholder(tr("openslo:NAME"));
    slo->makeResettable(tr("Remove"), tr("Removes the binding."));
    QStringList known;
    for (const auto& one : document()->catalogue().names())
        known << QStringLiteral("openslo:") + QString::fromStdString(one);
    slo->complete(known);
    parts::addRow(form, tr("SLO"), slo);
    parts::addRow(
        form, tr("Notes"),
        notesField(
            QStringLiteral("notes"), [this] { return QString::fromStdString(component().notes); },
            change<QString>([](journey::Component& one, const QString& text) { one.notes = text.toStdString(); }),
            tr("Set notes of %1").arg(words)));
    column()->addLayout(form);
}

void ComponentPage::addEvidence()
{
    const auto words = QString::fromStdString(m_name);
    addSection(tr("Evidence"));
    auto* form = parts::form();
    auto* observed =
        field(QStringLiteral("observed"),
              {[](const QString& text) -> std::optional<QString> {
                   const auto meaning = observedMeaning(text);
                   return text.trimmed().isEmpty() || !meaning.isEmpty() ? std::optional(meaning) : std::nullopt;
               },
               [this, words](const QString& text) {
                   auto one = component();
                   one.observed = typedObserved(text);
                   return document()->apply(journey::SetComponent{std::move(one)},
                                            tr("Set observed counts of %1").arg(words));
               },
               {},
               tr("Type good and all outcomes, such as 9990 / 10000."),
               ValueField::Apply::WhenDone});
    observed->setPlaceholder(tr("good / all"));
    observed->makeResettable(tr("Remove"), tr("Removes the counts."));
    follow([=, this] { observed->setValue(observedText(component().observed), observedText(component().observed)); });
    parts::addRow(form, tr("Observed"), observed);

    auto* latency = field(
        QStringLiteral("latency"),
        {[](const QString& text) -> std::optional<QString> {
             if (text.trimmed().isEmpty())
                 return QString();
             const auto evidence = typedLatency(text);
             return evidence ? std::optional(latencyText(*evidence)) : std::nullopt;
         },
         [this, words](const QString& text) {
             auto one = component();
             one.latency = typedLatency(text);
             return document()->apply(journey::SetComponent{std::move(one)}, tr("Set latency of %1").arg(words));
         },
         {},
         tr("Type a duration; or median 20ms, p99 80ms; or p50 20ms, p99 80ms, max 200ms; or mu -3.9, sigma 0.6."),
         ValueField::Apply::WhenDone});
    latency->setPlaceholder(tr("median 20ms, p99 80ms"));
    latency->makeResettable(tr("Remove"), tr("Removes the latency evidence."));
    auto* other = parts::muted({}, this);
    follow([=, this] {
        const auto evidence = component().latency;
        const auto text = evidence ? latencyText(*evidence) : QString();
        // A histogram and samples are no line of text.
        latency->setVisible(!evidence || !text.isEmpty());
        other->setVisible(evidence && text.isEmpty());
        other->setText(tr("A histogram or samples; see Source."));
        latency->setValue(text, text);
    });
    parts::addRow(form, tr("Latency"), latency);
    form->addRow({}, other);

    parts::addRow(form, tr("Calls"),
                  choiceField(
                      QStringLiteral("calls"),
                      {tr("share one outcome (default)"), tr("share one outcome"), tr("draw their own outcomes")},
                      [this] {
                          const auto independent = component().independentCalls;
                          return independent ? (*independent ? 2 : 1) : 0;
                      },
                      change<int>([](journey::Component& one, int index) {
                          one.independentCalls = index == 0 ? std::nullopt : std::optional(index == 2);
                      }),
                      tr("Set calls of %1").arg(words)));
    column()->addLayout(form);
}

void ComponentPage::addDomains()
{
    const auto words = QString::fromStdString(m_name);
    addSection(tr("Failure domains"));
    const auto apply = [this](const journey::Edit& edit, const QString& step) { return document()->apply(edit, step); };
    const auto with = [this](auto edit) {
        auto one = component();
        edit(one.failureDomains);
        return journey::SetComponent{std::move(one)};
    };
    auto* domains = new NamesField(document()->undoStack(), tr("failure domain"),
                                   {[=](const QString& name) {
                                        return apply(with([&](auto& list) { list.push_back(name.toStdString()); }),
                                                     tr("Add failure domain %1 to %2").arg(name, words));
                                    },
                                    [=](const QString& name) {
                                        return apply(with([&](auto& list) { std::erase(list, name.toStdString()); }),
                                                     tr("Remove failure domain %1 from %2").arg(name, words));
                                    },
                                    [=](const QString& from, const QString& to) {
                                        return apply(journey::RenameDomain{from.toStdString(), to.toStdString()},
                                                     tr("Rename failure domain %1 to %2").arg(from, to));
                                    }},
                                   this);
    domains->setObjectName(QStringLiteral("failureDomains"));
    domains->setAccessibleName(tr("Failure domains of %1").arg(words));
    registerField(QStringLiteral("failureDomains"), domains);
    follow([=, this] {
        QStringList names;
        for (const auto& domain : component().failureDomains)
            names << QString::fromStdString(domain);
        domains->setNames(names);
    });
    column()->addWidget(domains);
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
    std::vector<journey::NodePlace> calls;
    for (auto& place : journey::nodePlaces(document()->intent().journey)) {
        const auto* call = std::get_if<journey::Call>(&place.node->op);
        if (call != nullptr && call->component == m_name)
            calls.push_back(std::move(place));
    }
    const auto count = static_cast<int>(calls.size());
    m_uses->setText(count == 1 ? tr("1 call in this journey") : tr("%n calls in this journey", nullptr, count));
    if (count > 1 && component().independentCalls.value_or(false))
        m_uses->setText(tr("%1; each call draws its own outcome").arg(m_uses->text()));
    std::vector<journey::NodeId> called;
    for (const auto& place : calls)
        called.push_back(place.node->id);
    if (called == m_called)
        return;
    m_called = called;
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
