// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"
#include "widgets/common/figures.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// The inspector of the selection: a call, an operator, or the journey.
class InspectorPanel : public QWidget
{
    Q_OBJECT
public:
    InspectorPanel(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                   QWidget* parent = nullptr);
    ~InspectorPanel() override;

    /// Makes what is typed in a field and not yet done an edit: before the document is saved, closed or reloaded.
    void commitPending();

    /// Gives the focus to the first number of the page; else to the first field, button, or the page itself.
    void focusFirst();

signals:
    /// The user wants to see this place of a file.
    void placeRequested(const emac::base::Place& place);
    /// An action of the window, by its id, is to act on the selection.
    void actionRequested(const QString& id);
    /// A number of the element is to be explained.
    void explanationRequested(const emac::journey::Element& element, emac::widgets::Figure figure);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
