// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"
#include "widgets/common/figures.h"
#include "widgets/document/journeydocument.h"
#include "widgets/panels/fields.h"
#include "widgets/panels/valuefield.h"

#include <QHash>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace emac::widgets {

class AvailabilityReadout;

/// What every page is made of.
struct InspectorContext
{
    JourneyDocument* document;
    const DisplayUnits* units;
};

/// What the inspector shows of one element. It is made for the element's present form, and follows its values.
class InspectorPage : public QWidget
{
    Q_OBJECT
public:
    /// False once the element is gone or has another form: then a new page is made.
    virtual bool fits() const = 0;
    /// Takes the values of the document. @pre fits()
    virtual void refresh() = 0;

    /// The name of the field that has the focus; empty where none has.
    QString focusedField() const;
    /// Gives the focus to the field of this name (as in the source map: "availability", "choices.0.probability").
    /// @returns false where the page has none.
    bool focusField(const QString& name);

signals:
    void placeRequested(const emac::base::Place& place);
    /// An action of the window, by its id, is to act on the selection.
    void actionRequested(const QString& id);
    /// A number of the element is to be explained.
    void explanationRequested(const emac::journey::Element& element, emac::widgets::Figure figure);

protected:
    InspectorPage(const InspectorContext& context, QWidget* parent);

    JourneyDocument* document() const { return m_context.document; }
    /// How availabilities read. @pre the document is readable
    AvailabilityDisplay display() const { return m_context.units->display(document()->intent().objectives); }
    const InspectorContext& context() const { return m_context; }
    /// The numbers of an element, which follow the document by showValues().
    AvailabilityReadout* makeReadout(const journey::Element& element);
    void showValues(AvailabilityReadout* readout, const analysis::NodeAvailability* values) const;
    QVBoxLayout* column() const { return m_column; }
    /// A heading with room above it.
    void addSection(const QString& text);
    /// Makes the field known to focusField().
    void registerField(const QString& name, QWidget* field) { m_fields.insert(name, field); }
    /// A button that edits: it is off while the document cannot be edited.
    void addEditing(QWidget* button) { m_editing.append(button); }

    /// What a field shows, taken from the document by refreshFields().
    template<typename T>
    using Get = std::function<T()>;
    template<typename T>
    using Set = std::function<journey::Edit(const T&)>;
    /// Whether the values differ of what a field stands for.
    using Differ = std::function<bool()>;

    ValueField* countField(const QString& name, const Get<int>& get, const Set<int>& set, const QString& words);
    ValueField* durationField(const QString& name, const Get<base::Duration>& get, const Set<base::Duration>& set,
                              const QString& words);
    /// The default holds where no duration is stated.
    ValueField* durationField(const QString& name, const Get<std::optional<base::Duration>>& get,
                              const Set<std::optional<base::Duration>>& set, const QString& words,
                              base::Duration standard);
    /// The page shows the value itself.
    ValueField* ratioField(const QString& name, const Set<base::Ratio>& set, const QString& words,
                           ValueField::Apply when);
    ValueField* ratioField(const QString& name, const Get<std::optional<base::Ratio>>& get,
                           const Set<std::optional<base::Ratio>>& set, const QString& words);
    ValueField* textField(const QString& name, const Get<QString>& get, const Set<QString>& set, const QString& words);
    ValueField* numberField(const QString& name, const Get<std::optional<double>>& get,
                            const Set<std::optional<double>>& set, const QString& words);
    ChoiceField* choiceField(const QString& name, const QStringList& items, const Get<int>& get, const Set<int>& set,
                             const QString& words);
    NotesField* notesField(const QString& name, const Get<QString>& get, const Set<QString>& set, const QString& words);
    ValueField* field(const QString& name, ValueField::Rules rules);
    /// Runs now and with every refreshFields().
    void follow(std::function<void()> refresh);
    void refreshFields();
    /// Lets the fields be typed in, or only read, as the document is.
    void showEditable();

    /// The notes of the analysis on this element, as lines; hidden where there are none.
    void showNotes(QLabel* label, const journey::Element& element) const;

private:
    InspectorContext m_context;
    QVBoxLayout* m_column;
    QHash<QString, QWidget*> m_fields;
    QWidgetList m_editing;
    std::vector<std::function<void()>> m_follow;
};

/// The page of the element; of the journey where the element has none of its own. @pre the document is readable
InspectorPage* makeInspectorPage(const InspectorContext& context, const journey::Element& element, QWidget* parent);
/// The page of all that is selected.
InspectorPage* makeInspectorPage(const InspectorContext& context, const Selection& selection, QWidget* parent);

} // namespace emac::widgets
