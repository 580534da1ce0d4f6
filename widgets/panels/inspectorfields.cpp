// SPDX-License-Identifier: GPL-3.0-or-later
// The fields that pages of the inspector are made of.
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/panels/inspectorpage.h"

#include <QLineEdit>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

using Meaning = std::optional<QString>;

Meaning countMeaning(const QString& text)
{
    const auto count = typedCount(text);
    return count ? Meaning(QString::number(*count)) : std::nullopt;
}

Meaning durationMeaning(const QString& text)
{
    const auto duration = typedDuration(text);
    return duration ? Meaning(QString::number(duration->count())) : std::nullopt;
}

Meaning ratioMeaning(const QString& text)
{
    const auto ratio = typedRatio(text);
    return ratio ? Meaning(QString::fromStdString(ratio->decimal().toString())) : std::nullopt;
}

QString numberText(double number)
{
    constexpr double mostDigits = 1e15;
    return QString::number(number, std::abs(number) < mostDigits ? 'f' : 'g', QLocale::FloatingPointShortest);
}

/// The empty text means that the default holds.
std::function<Meaning(const QString&)> orEmpty(Meaning (*meaning)(const QString&))
{
    return [meaning](const QString& text) { return text.trimmed().isEmpty() ? Meaning(QString()) : meaning(text); };
}

QString stepCount(const QString& text, int steps)
{
    const auto count = typedCount(text);
    return count ? QString::number(std::max(1, *count + steps)) : text;
}

QString ratioExpected()
{
    return InspectorPage::tr("Type a percentage such as %1, a number from 0 to 1, or nines such as 3 nines.")
        .arg(exactPercent(availabilityOf(0.0005)));
}

QString durationExpected()
{
    return InspectorPage::tr("Type a duration such as 250ms, 1.5s or 2m.");
}

} // namespace

void InspectorPage::follow(std::function<void()> refresh)
{
    m_follow.push_back(std::move(refresh));
}

void InspectorPage::refreshFields()
{
    for (const auto& refresh : m_follow)
        refresh();
    showEditable();
}

void InspectorPage::showEditable()
{
    const bool editable = document()->isEditable();
    for (auto* field : findChildren<ValueField*>())
        field->setEditable(editable);
    for (auto* field : findChildren<ChoiceField*>())
        field->setEditable(editable);
    for (auto* field : findChildren<NotesField*>())
        field->setEditable(editable);
    for (auto* field : findChildren<NamesField*>())
        field->setEditable(editable);
    for (auto* button : std::as_const(m_editing))
        button->setEnabled(editable);
}

ValueField* InspectorPage::field(const QString& name, ValueField::Rules rules)
{
    auto* result = new ValueField(document()->undoStack(), std::move(rules), this);
    result->setObjectName(name);
    registerField(name, result);
    return result;
}

ValueField* InspectorPage::countField(const QString& name, const Get<int>& get, const Set<int>& set,
                                      const QString& words)
{
    auto* result =
        field(name, {countMeaning,
                     [=, this](const QString& text) { return document()->apply(set(*typedCount(text)), words); },
                     stepCount, tr("Type a whole number of at least 1."), ValueField::Apply::WhenDone});
    follow([=] {
        const auto text = QString::number(get());
        result->setValue(text, text);
    });
    return result;
}

ValueField* InspectorPage::durationField(const QString& name, const Get<base::Duration>& get,
                                         const Set<base::Duration>& set, const QString& words)
{
    auto* result =
        field(name, {durationMeaning,
                     [=, this](const QString& text) { return document()->apply(set(*typedDuration(text)), words); },
                     {},
                     durationExpected(),
                     ValueField::Apply::WhenDone,
                     understoodDuration});
    follow([=] { result->setValue(QString::number(get().count()), durationText(get())); });
    return result;
}

ValueField* InspectorPage::durationField(const QString& name, const Get<std::optional<base::Duration>>& get,
                                         const Set<std::optional<base::Duration>>& set, const QString& words,
                                         base::Duration standard)
{
    auto* result =
        field(name, {orEmpty(durationMeaning),
                     [=, this](const QString& text) { return document()->apply(set(typedDuration(text)), words); },
                     {},
                     durationExpected(),
                     ValueField::Apply::WhenDone,
                     understoodDuration});
    result->setPlaceholder(tr("%1 (default)").arg(durationText(standard)));
    result->makeResettable(tr("Default"),
                           tr("Removes the value; the default, %1, holds again.").arg(durationText(standard)));
    follow([=] {
        const auto value = get();
        result->setValue(value ? QString::number(value->count()) : QString(), value ? durationText(*value) : QString());
    });
    return result;
}

ValueField* InspectorPage::ratioField(const QString& name, const Set<base::Ratio>& set, const QString& words,
                                      ValueField::Apply when)
{
    return field(name, {ratioMeaning,
                        [=, this](const QString& text) { return document()->apply(set(*typedRatio(text)), words); },
                        steppedRatio, ratioExpected(), when, understoodRatio});
}

ValueField* InspectorPage::ratioField(const QString& name, const Get<std::optional<base::Ratio>>& get,
                                      const Set<std::optional<base::Ratio>>& set, const QString& words)
{
    auto* result =
        field(name, {orEmpty(ratioMeaning),
                     [=, this](const QString& text) { return document()->apply(set(typedRatio(text)), words); },
                     steppedRatio, ratioExpected(), ValueField::Apply::WhenDone, understoodRatio});
    result->makeResettable(tr("Remove"), tr("Removes the value."));
    follow([=] {
        const auto value = get();
        result->setValue(value ? QString::fromStdString(value->decimal().toString()) : QString(),
                         value ? exactPercent(*value) : QString());
    });
    return result;
}

ValueField* InspectorPage::textField(const QString& name, const Get<QString>& get, const Set<QString>& set,
                                     const QString& words)
{
    auto* result =
        field(name, {[](const QString& text) { return Meaning(text.trimmed()); },
                     [=, this](const QString& text) { return document()->apply(set(text.trimmed()), words); },
                     {},
                     {},
                     ValueField::Apply::WhenDone});
    result->lineEdit()->setFont(theme::font(theme::TextSize::Body));
    follow([=] { result->setValue(get(), get()); });
    return result;
}

ValueField* InspectorPage::numberField(const QString& name, const Get<std::optional<double>>& get,
                                       const Set<std::optional<double>>& set, const QString& words)
{
    const auto meaning = [](const QString& text) -> Meaning {
        if (text.trimmed().isEmpty())
            return QString();
        const auto number = typedNumber(text);
        return number ? Meaning(numberText(*number)) : std::nullopt;
    };
    auto* result =
        field(name, {meaning,
                     [=, this](const QString& text) { return document()->apply(set(typedNumber(text)), words); },
                     {},
                     tr("Type a number."),
                     ValueField::Apply::WhenDone});
    result->makeResettable(tr("Remove"), tr("Removes the value."));
    follow([=] {
        const auto value = get();
        const auto text = value ? numberText(*value) : QString();
        result->setValue(text, text);
    });
    return result;
}

ChoiceField* InspectorPage::choiceField(const QString& name, const QStringList& items, const Get<int>& get,
                                        const Set<int>& set, const QString& words)
{
    auto* result = new ChoiceField(
        items, [=, this](int index) { return document()->apply(set(index), words); }, this);
    result->setObjectName(name);
    registerField(name, result);
    follow([=] { result->setCurrent(get()); });
    return result;
}

NotesField* InspectorPage::notesField(const QString& name, const Get<QString>& get, const Set<QString>& set,
                                      const QString& words)
{
    auto* result = new NotesField(
        document()->undoStack(), [=, this](const QString& text) { return document()->apply(set(text), words); }, this);
    result->setObjectName(name);
    result->setAccessibleName(tr("Notes"));
    registerField(name, result);
    follow([=] { result->setText(get()); });
    return result;
}

} // namespace emac::widgets
