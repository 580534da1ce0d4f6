// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"

#include <QWidget>

class QToolButton;

namespace emac::widgets {

/// Three buttons, of which one is down: per cent, nines, downtime.
class UnitSwitch : public QWidget
{
    Q_OBJECT
public:
    UnitSwitch(DisplayUnits* units, QWidget* parent);

    /// The window that downtime is told in, for the tool tip.
    void setDisplay(const AvailabilityDisplay& display);

private:
    DisplayUnits* m_units;
    QToolButton* m_downtime = nullptr;
};

} // namespace emac::widgets
