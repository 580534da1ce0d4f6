// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"
#include "widgets/common/figures.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// The Availability dock: interval bars with whiskers and ticks for the journey and the selection's children, the
/// objective line, an axis in nines, a legend of what each number assumes; the same numbers as a table. A click on a
/// number asks for its explanation, one on a row leads to the element.
class AvailabilityPanel : public QWidget
{
    Q_OBJECT
public:
    AvailabilityPanel(JourneyDocument* document, SelectionModel* selection, DisplayUnits* units,
                      QWidget* parent = nullptr);
    ~AvailabilityPanel() override;

signals:
    void explanationRequested(const emac::journey::Element& element, emac::widgets::Figure figure);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
