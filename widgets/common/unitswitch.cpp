// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/unitswitch.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace emac::widgets {

UnitSwitch::UnitSwitch(DisplayUnits* units, QWidget* parent) : QWidget(parent), m_units(units)
{
    setAccessibleName(tr("How availability reads"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    const auto add = [&](AvailabilityUnit unit, const QString& name, const QString& text, const QString& tip) {
        auto* button = new QToolButton(this);
        button->setObjectName(name);
        button->setText(text);
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setToolTip(parts::plainToolTip(tip));
        button->setFont(theme::font(theme::TextSize::Body));
        line->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, unit] { m_units->setUnit(unit); });
        const auto follow = [this, button, unit] { button->setChecked(m_units->unit() == unit); };
        connect(m_units, &DisplayUnits::changed, this, follow);
        follow();
        return button;
    };
    add(AvailabilityUnit::Percent, QStringLiteral("unit-percent"), tr("Per cent"),
        tr("Availability in per cent: 99.9 %"));
    add(AvailabilityUnit::Nines, QStringLiteral("unit-nines"), tr("Nines"),
        tr("Availability in nines, −log₁₀ of the unavailability: 99.9 % are 3 nines"));
    m_downtime = add(AvailabilityUnit::Downtime, QStringLiteral("unit-downtime"), tr("Downtime"), {});
    setDisplay({});
}

void UnitSwitch::setDisplay(const AvailabilityDisplay& display)
{
    const auto window = downtimeText(base::seconds(display.window));
    m_downtime->setToolTip(parts::plainToolTip(
        display.windowStated ? tr("What is lost of the objective's window of %1").arg(window)
                             : tr("What is lost of %1; no availability objective states a window").arg(window)));
}

} // namespace emac::widgets
