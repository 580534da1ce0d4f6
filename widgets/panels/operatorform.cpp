// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/operatorform.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/editing/nodeselection.h"

#include <QFormLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

OperatorForm::OperatorForm(const InspectorContext& context, std::vector<journey::NodeId> ids, QWidget* parent)
    : InspectorPage(context, parent)
    , m_ids(std::move(ids))
{
    const auto first = node(m_ids.front());
    m_type = journey::typeOf(*first);
    for (const auto id : m_ids) {
        if (journey::typeOf(*node(id)) != journey::typeOf(*first))
            m_type.reset();
    }
    m_words = m_ids.size() == 1 ? nodeWords(*first) : tr("%n operators", nullptr, static_cast<int>(m_ids.size()));
}

journey::ExpressionPtr OperatorForm::node(journey::NodeId id) const
{
    return journey::findNode(document()->intent().journey, id);
}

template<typename Make>
journey::Edit OperatorForm::each(const Make& make) const
{
    if (m_ids.size() == 1)
        return make(m_ids.front());
    journey::Compound all;
    for (const auto id : m_ids)
        all.edits.push_back(make(id));
    return all;
}

template<typename Member>
InspectorPage::Differ OperatorForm::differ(Member get) const
{
    return [this, get] {
        const auto value = get(m_ids.front());
        return std::ranges::any_of(m_ids, [&](journey::NodeId id) { return !(get(id) == value); });
    };
}

void OperatorForm::addType(QFormLayout* form)
{
    static constexpr journey::OperatorType types[] = {
        journey::OperatorType::Series,  journey::OperatorType::Parallel, journey::OperatorType::Race,
        journey::OperatorType::KofN,    journey::OperatorType::Branch,   journey::OperatorType::Retry,
        journey::OperatorType::Timeout, journey::OperatorType::Fallback, journey::OperatorType::Optional};
    QStringList titles;
    for (const auto type : types)
        titles << operatorTitle(type);
    const auto typeNow = [this](journey::NodeId id) {
        const auto expression = node(id);
        return expression ? journey::typeOf(*expression) : journey::OperatorType::Call;
    };
    auto* type = choiceField(
        QStringLiteral("type"), titles,
        [this, typeNow] { return static_cast<int>(std::ranges::find(types, typeNow(m_ids.front())) - types); },
        [this](int index) {
            return each([&](journey::NodeId id) -> journey::Edit { return journey::ChangeOperator{id, types[index]}; });
        },
        tr("Change operator of %1").arg(m_words));
    type->setDiffer(differ(typeNow));
    parts::addRow(form, tr("Operator"), type);
}

template<typename T>
void OperatorForm::addCount(QFormLayout* form, const QString& label, const QString& name, const QString& step,
                            int T::*member)
{
    const auto get = [this, member](journey::NodeId id) { return op<T>(id).*member; };
    auto* count = countField(
        name, [this, get] { return get(m_ids.front()); },
        [this](int value) {
            return each([&](journey::NodeId id) -> journey::Edit { return journey::SetCount{id, value}; });
        },
        step);
    count->setDiffer(differ(get));
    parts::addRow(form, label, count);
}

template<typename T>
void OperatorForm::addDuration(QFormLayout* form, const QString& label, const QString& name, const QString& step,
                               std::optional<base::Duration> T::*member)
{
    const auto get = [this, member](journey::NodeId id) { return op<T>(id).*member; };
    auto* duration = durationField(
        name, [this, get] { return get(m_ids.front()); },
        [this](const std::optional<base::Duration>& value) {
            return each([&](journey::NodeId id) -> journey::Edit { return journey::SetDuration{id, value}; });
        },
        step, base::Duration(0));
    duration->setDiffer(differ(get));
    parts::addRow(form, label, duration);
}

void OperatorForm::addDeadline(QFormLayout* form)
{
    const auto get = [this](journey::NodeId id) { return op<journey::Timeout>(id).deadline; };
    auto* deadline = durationField(
        QStringLiteral("deadline"), [this, get] { return get(m_ids.front()); },
        [this](base::Duration value) {
            return each([&](journey::NodeId id) -> journey::Edit { return journey::SetDuration{id, value}; });
        },
        tr("Set deadline of %1").arg(m_words));
    deadline->setDiffer(differ(get));
    parts::addRow(form, tr("Deadline"), deadline);
}

void OperatorForm::addWait(QFormLayout* form)
{
    const auto get = [this](journey::NodeId id) { return op<journey::Optional>(id).wait; };
    auto* wait = choiceField(
        QStringLiteral("wait"), {tr("waits for it (default)"), tr("waits for it"), tr("does not wait for it")},
        [this, get] {
            const auto value = get(m_ids.front());
            return value ? (*value ? 1 : 2) : 0;
        },
        [this](int index) {
            return each([&](journey::NodeId id) -> journey::Edit {
                return journey::SetWait{id, index == 0 ? std::nullopt : std::optional(index == 1)};
            });
        },
        tr("Set wait of %1").arg(m_words));
    wait->setDiffer(differ(get));
    parts::addRow(form, tr("The journey"), wait);
}

void OperatorForm::addParameters()
{
    using enum journey::OperatorType;
    if (!m_type)
        return;
    auto* form = parts::form();
    switch (*m_type) {
    case Race:
        addDuration(form, tr("Hedge delay"), QStringLiteral("hedgeDelay"), tr("Set hedge delay of %1").arg(m_words),
                    &journey::Race::hedgeDelay);
        break;
    case KofN:
        addCount(form, tr("k"), QStringLiteral("k"), tr("Set k of %1").arg(m_words), &journey::KofN::k);
        break;
    case Retry:
        addCount(form, tr("Attempts"), QStringLiteral("attempts"), tr("Set attempts of %1").arg(m_words),
                 &journey::Retry::attempts);
        addDuration(form, tr("Backoff"), QStringLiteral("backoff"), tr("Set backoff of %1").arg(m_words),
                    &journey::Retry::backoff);
        break;
    case Timeout:
        addDeadline(form);
        break;
    case Optional:
        addWait(form);
        break;
    case Call:
    case Series:
    case Parallel:
    case Branch:
    case Fallback:
    case Use:
        delete form;
        return;
    }
    addSection(tr("Parameters"));
    column()->addLayout(form);
}

} // namespace emac::widgets
