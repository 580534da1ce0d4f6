// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/panels/valuefield.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace emac::widgets {

/// What the inspector shows of one element. It is made for the element's present form, and follows its values.
class InspectorPage : public QWidget
{
    Q_OBJECT
public:
    /// False once the element is gone or has another form: then a new page is made.
    virtual bool fits() const = 0;
    /// Takes the values of the document. @pre fits()
    virtual void refresh() = 0;

    /// Gives the focus to the field of this name (as in the source map: "availability", "choices.0.probability").
    /// @returns false where the page has none.
    bool focusField(const QString& name);

signals:
    void placeRequested(const emac::base::Place& place);

protected:
    InspectorPage(JourneyDocument* document, QWidget* parent);

    JourneyDocument* document() const { return m_document; }
    QVBoxLayout* column() const { return m_column; }
    /// A heading with room above it.
    void addSection(const QString& text);
    /// Makes the field known to focusField().
    void registerField(const QString& name, QWidget* field) { m_fields.insert(name, field); }

    ValueField* countField(const QString& name, std::function<journey::Edit(int)> edit, const QString& description);
    ValueField* durationField(const QString& name, std::function<journey::Edit(base::Duration)> edit,
                              const QString& description);
    ValueField* ratioField(const QString& name, std::function<journey::Edit(const base::Ratio&)> edit,
                           const QString& description, ValueField::Apply when);

    /// The notes of the analysis on this element, as lines; hidden where there are none.
    void showNotes(QLabel* label, const journey::Element& element) const;

private:
    ValueField* field(const QString& name, ValueField::Rules rules);

    JourneyDocument* m_document;
    QVBoxLayout* m_column;
    QHash<QString, QWidget*> m_fields;
};

/// The page of the element; of the journey where the element has none of its own. @pre the document is readable
InspectorPage* makeInspectorPage(JourneyDocument* document, const journey::Element& element, QWidget* parent);

} // namespace emac::widgets
