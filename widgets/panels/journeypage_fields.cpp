// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a journey that are typed and chosen.
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/editing/nodeselection.h"
#include "widgets/panels/journeypage.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;

constexpr base::Duration usualWindow = 30 * 24h;

base::Ratio ratio(const char* text)
{
    return base::Ratio(*base::Decimal::parse(text));
}

} // namespace

template<typename T, typename Change>
std::function<journey::Edit(const T&)> JourneyPage::objective(Change change) const
{
    return [this, change](const T& value) {
        auto objectives = intent().objectives;
        change(objectives, value);
        return journey::SetObjectives{std::move(objectives)};
    };
}

void JourneyPage::addIdentity()
{
    column()->addSpacing(theme::unit);
    auto* form = parts::form();
    parts::addRow(form, tr("Name"),
                  textField(
                      QStringLiteral("name"), [this] { return QString::fromStdString(intent().name); },
                      [this](const QString& name) {
                          return journey::SetMetadata{name.toStdString(), intent().displayName, intent().labels};
                      },
                      tr("Rename journey")));
    auto* display = textField(
        QStringLiteral("displayName"), [this] { return QString::fromStdString(intent().displayName); },
        [this](const QString& name) {
            return journey::SetMetadata{intent().name, name.toStdString(), intent().labels};
        },
        tr("Set display name"));
    display->setPlaceholder(tr("none"));
    parts::addRow(form, tr("Display name"), display);
    column()->addLayout(form);
}

void JourneyPage::addObjectives()
{
    addSection(tr("Objectives"));
    auto* form = parts::form();
    if (m_stated.availability)
        addAvailability(form);
    else
        column()->addWidget(parts::muted(tr("No availability objective is stated."), this));
    if (m_stated.latency)
        addLatency(form);
    if (m_stated.deadline)
        addDeadline(form);
    auto* events = numberField(
        QStringLiteral("expectedEvents"), [this] { return intent().expectedEvents; },
        [](const std::optional<double>& value) { return journey::SetExpectedEvents{value}; },
        tr("Set expected events"));
    events->setPlaceholder(tr("not stated"));
    events->setToolTip(tr("Journeys in a window"));
    parts::addRow(form, tr("Expected events"), events);
    column()->addLayout(form);
    addObjectiveButtons();
    column()->addWidget(m_refusal);
}

void JourneyPage::addAvailability(QFormLayout* form)
{
    m_target = ratioField(
        QStringLiteral("target"), [](const base::Ratio& value) { return journey::SetObjectiveTarget{value}; },
        tr("Set availability objective"), ValueField::Apply::Live);
    m_target->setAccessibleName(tr("Target of the availability objective"));
    parts::addRow(form, tr("Availability"), m_target);
    parts::addRow(
        form, tr("Window"),
        durationField(
            QStringLiteral("window"),
            [this] { return intent().objectives.availability.value_or(journey::AvailabilityObjective{}).window; },
            objective<base::Duration>(
                [](journey::Objectives& all, base::Duration value) { all.availability->window = value; }),
            tr("Set window of the availability objective")));
}

void JourneyPage::addLatency(QFormLayout* form)
{
    const auto now = [this] { return intent().objectives.latency.value_or(journey::LatencyObjective{}); };
    parts::addRow(form, tr("Latency"),
                  textField(
                      QStringLiteral("latency.metric"), [now] { return QString::fromStdString(now().metric); },
                      objective<QString>([](journey::Objectives& all, const QString& value) {
                          all.latency->metric = value.toStdString();
                      }),
                      tr("Set metric of the latency objective")));
    parts::addRow(form, tr("  within"),
                  durationField(
                      QStringLiteral("latency.threshold"), [now] { return now().threshold; },
                      objective<base::Duration>(
                          [](journey::Objectives& all, base::Duration value) { all.latency->threshold = value; }),
                      tr("Set threshold of the latency objective")));
    parts::addRow(form, tr("  over"),
                  durationField(
                      QStringLiteral("latency.window"), [now] { return now().window; },
                      objective<base::Duration>(
                          [](journey::Objectives& all, base::Duration value) { all.latency->window = value; }),
                      tr("Set window of the latency objective")));
}

void JourneyPage::addDeadline(QFormLayout* form)
{
    const auto now = [this] { return intent().objectives.deadline.value_or(journey::DeadlineObjective{}); };
    auto* target = ratioField(QStringLiteral("deadline.target"),
                              objective<base::Ratio>([](journey::Objectives& all, const base::Ratio& value) {
                                  all.deadline->target = value;
                              }),
                              tr("Set target of the deadline objective"), ValueField::Apply::WhenDone);
    follow([target, now] {
        target->setValue(QString::fromStdString(now().target.decimal().toString()), exactPercent(now().target));
    });
    parts::addRow(form, tr("Deadline"), target);
    parts::addRow(form, tr("  within"),
                  durationField(
                      QStringLiteral("deadline.limit"), [now] { return now().limit; },
                      objective<base::Duration>(
                          [](journey::Objectives& all, base::Duration value) { all.deadline->limit = value; }),
                      tr("Set limit of the deadline objective")));
    parts::addRow(form, tr("  over"),
                  durationField(
                      QStringLiteral("deadline.window"), [now] { return now().window; },
                      objective<base::Duration>(
                          [](journey::Objectives& all, base::Duration value) { all.deadline->window = value; }),
                      tr("Set window of the deadline objective")));
}

void JourneyPage::addObjectiveButtons()
{
    auto* row = new QHBoxLayout;
    const auto addButton = [this, row](bool stated, const QString& what, const QString& id, auto set) {
        auto* button = new QPushButton(stated ? tr("Remove %1").arg(what) : tr("Add %1").arg(what), this);
        button->setObjectName(id);
        button->setAutoDefault(false);
        addEditing(button);
        connect(button, &QPushButton::clicked, this, [this, stated, what, set] {
            auto objectives = intent().objectives;
            set(objectives, !stated);
            const auto refusal =
                document()->apply(journey::SetObjectives{objectives},
                                  stated ? tr("Remove %1 objective").arg(what) : tr("Add %1 objective").arg(what));
            m_refusal->setText(refusal);
            m_refusal->setVisible(!refusal.isEmpty());
        });
        row->addWidget(button);
    };
    addButton(m_stated.availability, tr("availability"), QStringLiteral("objective.availability"),
              [](journey::Objectives& all, bool state) {
                  all.availability.reset();
                  if (state)
                      all.availability = journey::AvailabilityObjective{usualWindow, ratio("0.999"), {}, {}};
              });
    addButton(m_stated.latency, tr("latency"), QStringLiteral("objective.latency"),
              [](journey::Objectives& all, bool state) {
                  all.latency.reset();
                  if (state)
                      all.latency = journey::LatencyObjective{usualWindow, "p99", 1s, {}};
              });
    addButton(m_stated.deadline, tr("deadline"), QStringLiteral("objective.deadline"),
              [](journey::Objectives& all, bool state) {
                  all.deadline.reset();
                  if (state)
                      all.deadline = journey::DeadlineObjective{usualWindow, 1s, ratio("0.99")};
              });
    row->addStretch();
    column()->addLayout(row);
}

void JourneyPage::addGovernance()
{
    addSection(tr("Judged on"));
    auto* form = parts::form();
    // The first one is that nothing is stated; the others stand in the order of the enumeration.
    const auto optional = [](int index, auto first) {
        using T = decltype(first);
        return index == 0 ? std::nullopt : std::optional(static_cast<T>(index - 1));
    };
    const auto indexOf = [](const auto& value) { return value ? static_cast<int>(*value) + 1 : 0; };
    parts::addRow(form, tr("Availability"),
                  choiceField(
                      QStringLiteral("governance.availability"),
                      {tr("pessimistic shared fate, A⁻ (default)"), tr("pessimistic shared fate, A⁻"),
                       tr("optimistic independence, A⁺"), tr("common cause, A*"), tr("the envelope, any dependence")},
                      [=, this] { return indexOf(intent().governance.availability); },
                      [=, this](int index) {
                          auto governance = intent().governance;
                          governance.availability = optional(index, journey::AvailabilityAssumption::Pessimistic);
                          return journey::SetGovernance{std::move(governance)};
                      },
                      tr("Set assumption for availability")));
    parts::addRow(form, tr("Latency"),
                  choiceField(
                      QStringLiteral("governance.latency"),
                      {tr("upper confidence (default)"), tr("upper confidence"), tr("independence"),
                       tr("the envelope, any dependence")},
                      [=, this] { return indexOf(intent().governance.latency); },
                      [=, this](int index) {
                          auto governance = intent().governance;
                          governance.latency = optional(index, journey::LatencyAssumption::UpperConfidence);
                          return journey::SetGovernance{std::move(governance)};
                      },
                      tr("Set assumption for latency")));
    column()->addLayout(form);
}

journey::DomainRule JourneyPage::rule(const QString& name) const
{
    const auto& rules = intent().journey.domainRules;
    const auto found = std::ranges::find(rules, name.toStdString(), &journey::DomainRule::name);
    return found == rules.end() ? ruleNamed(name.toStdString()) : *found;
}

void JourneyPage::addRules()
{
    addSection(tr("Failure domains"));
    const auto apply = [this](const journey::Edit& edit, const QString& words) {
        return document()->apply(edit, words);
    };
    auto* names = new NamesField(
        document()->undoStack(), tr("failure domain"),
        {[=](const QString& name) {
             return apply(journey::AddDomainRule{ruleNamed(name.toStdString())}, tr("New failure domain %1").arg(name));
         },
         [=](const QString& name) {
             return apply(journey::RemoveDomainRule{name.toStdString()}, tr("Remove failure domain %1").arg(name));
         },
         [=](const QString& from, const QString& to) {
             return apply(journey::RenameDomain{from.toStdString(), to.toStdString()},
                          tr("Rename failure domain %1 to %2").arg(from, to));
         }},
        this);
    names->setObjectName(QStringLiteral("rules"));
    names->setAccessibleName(tr("Rules for failure domains"));
    registerField(QStringLiteral("rules"), names);
    follow([=, this] {
        QStringList rules;
        for (const auto& rule : intent().journey.domainRules)
            rules << QString::fromStdString(rule.name);
        names->setNames(rules);
    });
    column()->addWidget(names);
    addRuleFields(names);
}

void JourneyPage::addRuleFields(NamesField* names)
{
    auto* box = new QWidget(this);
    auto* form = parts::form();
    box->setLayout(form);
    const auto current = [this, names] { return rule(names->current()); };
    const auto set = [current](auto change) {
        return [current, change](const auto& value) {
            auto rule = current();
            change(rule, value);
            return journey::SetDomainRule{std::move(rule)};
        };
    };
    const auto addText = [&](const QString& label, const QString& name, std::string journey::DomainRule::*member) {
        auto* text = textField(
            name, [=] { return QString::fromStdString(current().*member); },
            set([member](journey::DomainRule& rule, const QString& value) { rule.*member = value.toStdString(); }),
            tr("Set %1 of a failure domain").arg(label));
        text->setPlaceholder(tr("none"));
        parts::addRow(form, label, text);
    };
    auto* availability = ratioField(
        QStringLiteral("rule.availability"), [=] { return current().availability; },
        set([](journey::DomainRule& rule, const std::optional<base::Ratio>& value) { rule.availability = value; }),
        tr("Set availability of a failure domain"));
    availability->setPlaceholder(tr("not stated"));
    parts::addRow(form, tr("Availability"), availability);
    parts::addRow(form, tr("Kind"),
                  choiceField(
                      QStringLiteral("rule.kind"), {tr("declared (default)"), tr("declared"), tr("inferred")},
                      [=] { return current().kind == "inferred" ? 2
                                   : current().kind.empty()     ? 0
                                                                : 1; },
                      set([](journey::DomainRule& rule, int index) {
                          rule.kind = index == 0 ? "" : index == 1 ? "declared" : "inferred";
                      }),
                      tr("Set kind of a failure domain")));
    addText(tr("Source"), QStringLiteral("rule.source"), &journey::DomainRule::source);
    addText(tr("Key"), QStringLiteral("rule.key"), &journey::DomainRule::key);
    addText(tr("Description"), QStringLiteral("rule.description"), &journey::DomainRule::description);
    column()->addWidget(box);
    const auto show = [=, this] {
        box->setVisible(!names->current().isEmpty());
        refreshFields();
    };
    box->hide();
    connect(names, &NamesField::currentChanged, this, show);
}

} // namespace emac::widgets
