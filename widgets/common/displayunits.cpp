// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/displayunits.h"

#include <QSettings>

#include <algorithm>
#include <array>
#include <utility>

namespace emac::widgets {

namespace {

const std::array names{
    std::pair{AvailabilityUnit::Percent, QStringLiteral("percent")},
    std::pair{AvailabilityUnit::Nines, QStringLiteral("nines")},
    std::pair{AvailabilityUnit::Downtime, QStringLiteral("downtime")},
};

} // namespace

DisplayUnits::DisplayUnits(QString settingsKey, QObject* parent) : QObject(parent), m_key(std::move(settingsKey))
{
    if (m_key.isEmpty())
        return;
    const auto stored = QSettings().value(m_key).toString();
    const auto found = std::ranges::find(names, stored, [](const auto& entry) { return entry.second; });
    if (found != names.end())
        m_unit = found->first;
}

void DisplayUnits::setUnit(AvailabilityUnit unit)
{
    if (unit == m_unit)
        return;
    m_unit = unit;
    if (!m_key.isEmpty()) {
        const auto found = std::ranges::find(names, unit, [](const auto& entry) { return entry.first; });
        QSettings().setValue(m_key, found->second);
    }
    emit changed();
}

} // namespace emac::widgets
