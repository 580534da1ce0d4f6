// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace emac::widgets {

namespace {

QString translated(const char* pattern, const std::vector<std::string>& arguments)
{
    const auto words = QCoreApplication::translate("emac::messages", pattern).toStdString();
    return QString::fromStdString(base::substitute(words, arguments));
}

} // namespace

QString availabilityText(double unavailability)
{
    if (unavailability <= 0)
        return QCoreApplication::translate("emac::format", "100 %");
    if (unavailability >= 1)
        return QCoreApplication::translate("emac::format", "0 %");
    // Three significant digits of q in per cent, but at least one decimal.
    const int magnitude = static_cast<int>(std::floor(std::log10(unavailability * 100)));
    const int decimals = std::max(1, 2 - magnitude);
    if (decimals > 9)
        return QCoreApplication::translate("emac::format", "100 % − %1 %")
            .arg(QLocale().toString(unavailability * 100, 'g', 3));
    const double scale = std::pow(10.0, decimals);
    // Numbers that are short decimals must not lose their last digit to rounding noise.
    const double down = std::floor((100 - unavailability * 100) * scale * (1 + 4e-16) + 1e-6) / scale;
    return QCoreApplication::translate("emac::format", "%1 %").arg(QLocale().toString(down, 'f', decimals));
}

QString availabilityRange(double worst, double best)
{
    const auto low = availabilityText(worst);
    const auto high = availabilityText(best);
    return low == high ? low : QCoreApplication::translate("emac::format", "%1 … %2").arg(low, high);
}

QString unavailabilityText(double unavailability)
{
    return QLocale().toString(unavailability, 'g', 3);
}

QString ninesText(double unavailability)
{
    return unavailability <= 0 ? QStringLiteral("∞") : QLocale().toString(-std::log10(unavailability), 'f', 2);
}

QString durationText(base::Duration duration)
{
    return QString::fromStdString(base::toString(duration));
}

QString messageText(const base::Message& message)
{
    const auto& parts = base::messageTemplate(message.code);
    auto text = translated(parts.what, message.arguments);
    if (*parts.expected != '\0')
        text = QCoreApplication::translate("emac::format", "%1; expected %2")
                   .arg(text, translated(parts.expected, message.arguments));
    if (*parts.mend != '\0')
        text =
            QCoreApplication::translate("emac::format", "%1; %2").arg(text, translated(parts.mend, message.arguments));
    return text;
}

QString messageWhat(const base::Message& message)
{
    return translated(base::messageTemplate(message.code).what, message.arguments);
}

QString messageMend(const base::Message& message)
{
    return translated(base::messageTemplate(message.code).mend, message.arguments);
}

QString operatorTitle(journey::OperatorType type)
{
    using enum journey::OperatorType;
    switch (type) {
    case Call:
        return QCoreApplication::translate("emac::format", "Call");
    case Series:
        return QCoreApplication::translate("emac::format", "Series");
    case Parallel:
        return QCoreApplication::translate("emac::format", "Parallel");
    case Race:
        return QCoreApplication::translate("emac::format", "Race");
    case KofN:
        return QCoreApplication::translate("emac::format", "k of n");
    case Branch:
        return QCoreApplication::translate("emac::format", "Branch");
    case Retry:
        return QCoreApplication::translate("emac::format", "Retry");
    case Fallback:
        return QCoreApplication::translate("emac::format", "Fallback");
    case Timeout:
        return QCoreApplication::translate("emac::format", "Timeout");
    case Optional:
        return QCoreApplication::translate("emac::format", "Optional");
    case Use:
        return QCoreApplication::translate("emac::format", "Fragment");
    }
    return {};
}

} // namespace emac::widgets
