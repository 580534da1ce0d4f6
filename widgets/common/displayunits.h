// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/availabilitydisplay.h"

#include <QObject>

namespace emac::widgets {

/// How availabilities read in all windows; views hold it and follow changed().
class DisplayUnits : public QObject
{
    Q_OBJECT
public:
    /// Reads the unit from the settings under this key, and keeps it there; without a key it is not kept.
    explicit DisplayUnits(QString settingsKey = {}, QObject* parent = nullptr);

    AvailabilityUnit unit() const { return m_unit; }
    void setUnit(AvailabilityUnit unit);
    AvailabilityDisplay display(const journey::Objectives& objectives) const { return displayOf(m_unit, objectives); }

signals:
    void changed();

private:
    QString m_key;
    AvailabilityUnit m_unit = AvailabilityUnit::Percent;
};

} // namespace emac::widgets
