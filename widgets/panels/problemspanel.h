// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// All diagnostics and notes; a click leads to the element and to file and line.
class ProblemsPanel : public QWidget
{
    Q_OBJECT
public:
    ProblemsPanel(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                  QWidget* parent = nullptr);
    ~ProblemsPanel() override;

signals:
    /// The user follows a problem to this place of a file. What it is about has been selected where `isSelected`: then
    /// the place need not come up over the list.
    void placeRequested(const emac::base::Place& place, bool isSelected);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
