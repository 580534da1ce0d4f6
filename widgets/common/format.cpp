// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace emac::widgets {

namespace {

QString translated(const char* pattern, const std::vector<std::string>& arguments)
{
    const auto words = QCoreApplication::translate("emac::messages", pattern).toStdString();
    return QString::fromStdString(base::substitute(words, arguments));
}

} // namespace

QString unavailabilityText(double unavailability)
{
    return QLocale().toString(unavailability, 'g', 3);
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
