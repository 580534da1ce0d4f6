// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/componentform.h"

#include "core/journey/landing.h"
#include "widgets/common/format.h"
#include "widgets/common/latencytext.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QFormLayout>
#include <QLabel>
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

bool contains(const std::vector<std::string>& list, const std::string& name)
{
    return std::ranges::find(list, name) != list.end();
}

} // namespace

ComponentForm::ComponentForm(const InspectorContext& context, std::vector<std::string> names, QWidget* parent)
    : InspectorPage(context, parent)
    , m_names(std::move(names))
{
}

QString ComponentForm::words() const
{
    return m_names.size() == 1 ? QString::fromStdString(m_names.front())
                               : tr("%n components", nullptr, static_cast<int>(m_names.size()));
}

journey::Component ComponentForm::component(const std::string& name) const
{
    const auto found = document()->intent().journey.components.find(name);
    return found ? *found : journey::componentNamed(name);
}

template<typename Make>
journey::Edit ComponentForm::each(const Make& make) const
{
    if (m_names.size() == 1)
        return make(m_names.front());
    journey::Compound all;
    for (const auto& name : m_names)
        all.edits.push_back(make(name));
    return all;
}

template<typename T, typename Change>
InspectorPage::Set<T> ComponentForm::change(Change change) const
{
    return [this, change](const T& value) {
        return each([&](const std::string& name) -> journey::Edit {
            auto one = component(name);
            change(one, value);
            return journey::SetComponent{std::move(one)};
        });
    };
}

template<typename Member>
InspectorPage::Differ ComponentForm::differ(Member get) const
{
    return [this, get] {
        const auto value = get(first());
        return std::ranges::any_of(m_names, [&](const std::string& name) { return !(get(component(name)) == value); });
    };
}

void ComponentForm::addKind(QFormLayout* form)
{
    const auto get = [](const journey::Component& one) { return one.kind; };
    auto* kind = textField(
        QStringLiteral("kind"), [this] { return QString::fromStdString(first().kind); },
        change<QString>([](journey::Component& one, const QString& text) { one.kind = text.toStdString(); }),
        tr("Set kind of %1").arg(words()));
    kind->setPlaceholder(tr("service (default)"));
    kind->setDiffer(differ(get));
    kind->complete({QStringLiteral("service"), QStringLiteral("external_dependency")});
    parts::addRow(form, tr("Kind"), kind);
}

void ComponentForm::addSlo(QFormLayout* form)
{
    auto* slo = textField(
        QStringLiteral("atomicSLORef"), [this] { return QString::fromStdString(first().atomicSloRef); },
        [this](const QString& reference) {
            return each([&](const std::string& name) -> journey::Edit {
                return journey::BindComponent{name, reference.toStdString()};
            });
        },
        tr("Bind %1").arg(words()));
    slo->setPlaceholder(tr("openslo:NAME"));
    slo->makeResettable(tr("Remove"), tr("Removes the binding."));
    slo->setDiffer(differ([](const journey::Component& one) { return one.atomicSloRef; }));
    QStringList known;
    for (const auto& one : document()->catalogue().names())
        known << QStringLiteral("openslo:") + QString::fromStdString(one);
    slo->complete(known);
    parts::addRow(form, tr("SLO"), slo);
}

void ComponentForm::addAvailability(QFormLayout* form)
{
    auto* availability = ratioField(
        QStringLiteral("availability"), [this] { return first().inlineAvailability; },
        [this](const std::optional<base::Ratio>& value) {
            return each([&](const std::string& name) -> journey::Edit {
                return journey::SetAvailability{name, value};
            });
        },
        tr("Set availability of %1").arg(words()));
    availability->setPlaceholder(tr("not written here"));
    availability->setToolTip(tr("The number written in the journey, which wins over an SLO and over observed counts."));
    availability->setDiffer(differ([](const journey::Component& one) { return one.inlineAvailability; }));
    parts::addRow(form, tr("Availability"), availability);
}

void ComponentForm::addEvidence()
{
    addSection(tr("Evidence"));
    auto* form = parts::form();
    addObserved(form);
    auto* calls = choiceField(
        QStringLiteral("calls"),
        {tr("share one outcome (default)"), tr("share one outcome"), tr("draw their own outcomes")},
        [this] {
            const auto independent = first().independentCalls;
            return independent ? (*independent ? 2 : 1) : 0;
        },
        change<int>([](journey::Component& one, int index) {
            one.independentCalls = index == 0 ? std::nullopt : std::optional(index == 2);
        }),
        tr("Set calls of %1").arg(words()));
    calls->setDiffer(differ([](const journey::Component& one) { return one.independentCalls; }));
    parts::addRow(form, tr("Calls"), calls);
    column()->addLayout(form);
}

void ComponentForm::addObserved(QFormLayout* form)
{
    const auto set = change<std::optional<journey::Observed>>(
        [](journey::Component& one, const std::optional<journey::Observed>& value) { one.observed = value; });
    auto* observed =
        field(QStringLiteral("observed"),
              {[](const QString& text) -> std::optional<QString> {
                   const auto meaning = observedMeaning(text);
                   return text.trimmed().isEmpty() || !meaning.isEmpty() ? std::optional(meaning) : std::nullopt;
               },
               [this, set](const QString& text) {
                   return document()->apply(set(typedObserved(text)), tr("Set observed counts of %1").arg(words()));
               },
               {},
               tr("Type good and all outcomes, such as 9990 / 10000."),
               ValueField::Apply::WhenDone});
    observed->setPlaceholder(tr("good / all"));
    observed->makeResettable(tr("Remove"), tr("Removes the counts."));
    observed->setDiffer(differ([](const journey::Component& one) { return one.observed; }));
    follow([=, this] { observed->setValue(observedText(first().observed), observedText(first().observed)); });
    parts::addRow(form, tr("Observed"), observed);
}

void ComponentForm::addLatency()
{
    auto* form = parts::form();
    column()->addLayout(form);
    const auto set = change<std::optional<journey::LatencyEvidence>>(
        [](journey::Component& one, const std::optional<journey::LatencyEvidence>& value) { one.latency = value; });
    auto* latency = field(
        QStringLiteral("latency"),
        {[](const QString& text) -> std::optional<QString> {
             if (text.trimmed().isEmpty())
                 return QString();
             const auto evidence = typedLatency(text);
             return evidence ? std::optional(latencyText(*evidence)) : std::nullopt;
         },
         [this, set](const QString& text) {
             return document()->apply(set(typedLatency(text)), tr("Set latency of %1").arg(words()));
         },
         {},
         tr("Type a duration; or median 20ms, p99 80ms; or p50 20ms, p99 80ms, max 200ms; or mu -3.9, sigma 0.6."),
         ValueField::Apply::WhenDone});
    latency->setPlaceholder(tr("median 20ms, p99 80ms"));
    latency->makeResettable(tr("Remove"), tr("Removes the latency evidence."));
    latency->setDiffer(differ([](const journey::Component& one) { return one.latency; }));
    auto* other = parts::muted({}, this);
    follow([=, this] {
        // A histogram and samples are no line of text, and must not be lost for one.
        const bool untypable = std::ranges::any_of(names(), [this](const std::string& name) {
            const auto evidence = component(name).latency;
            return evidence && latencyText(*evidence).isEmpty();
        });
        const auto evidence = first().latency;
        const auto text = evidence ? latencyText(*evidence) : QString();
        latency->setVisible(!untypable);
        other->setVisible(untypable);
        other->setText(tr("Of some it is measured: select one to edit it."));
        latency->setValue(text, text);
    });
    parts::addRow(form, tr("Latency"), latency);
    form->addRow({}, other);
}

std::vector<std::string> ComponentForm::commonDomains() const
{
    auto common = first().failureDomains;
    for (const auto& name : m_names) {
        const auto other = component(name).failureDomains;
        std::erase_if(common, [&other](const std::string& domain) { return !contains(other, domain); });
    }
    return common;
}

NamesField* ComponentForm::addDomainNames()
{
    const auto apply = [this](const journey::Edit& edit, const QString& step) { return document()->apply(edit, step); };
    const auto add = change<std::string>([](journey::Component& one, const std::string& domain) {
        if (!contains(one.failureDomains, domain))
            one.failureDomains.push_back(domain);
    });
    const auto remove = change<std::string>(
        [](journey::Component& one, const std::string& domain) { std::erase(one.failureDomains, domain); });
    auto* domains = new NamesField(
        document()->undoStack(), tr("failure domain"),
        {[=, this](const QString& name) {
             return apply(add(name.toStdString()), tr("Add failure domain %1 to %2").arg(name, words()));
         },
         [=, this](const QString& name) {
             return apply(remove(name.toStdString()), tr("Remove failure domain %1 from %2").arg(name, words()));
         },
         [=](const QString& from, const QString& to) {
             return apply(journey::RenameDomain{from.toStdString(), to.toStdString()},
                          tr("Rename failure domain %1 to %2").arg(from, to));
         }},
        this);
    domains->setObjectName(QStringLiteral("failureDomains"));
    domains->setAccessibleName(tr("Failure domains of %1").arg(words()));
    registerField(QStringLiteral("failureDomains"), domains);
    follow([=, this] {
        QStringList names;
        for (const auto& domain : commonDomains())
            names << QString::fromStdString(domain);
        domains->setNames(names);
    });
    column()->addWidget(domains);
    return domains;
}

} // namespace emac::widgets
