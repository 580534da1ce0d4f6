// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// The Availability dock: interval bars for the journey and the selection's children, the objective line, an axis in
/// nines.
class AvailabilityPanel : public QWidget
{
    Q_OBJECT
public:
    AvailabilityPanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent = nullptr);
    ~AvailabilityPanel() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
