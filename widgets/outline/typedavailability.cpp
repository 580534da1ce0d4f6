// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outline/typedavailability.h"

#include "widgets/common/typedvalue.h"

#include <QCoreApplication>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::typedavailability)
};

std::optional<base::Ratio> stated(const JourneyDocument& document, const std::string& component)
{
    const auto found = document.intent().journey.components.find(component);
    return found ? found->inlineAvailability : std::nullopt;
}

} // namespace

bool isAvailabilityTypable(const JourneyDocument& document, const std::string& component)
{
    if (stated(document, component))
        return true;
    const auto found = document.intent().journey.components.find(component);
    if (!found || (found->atomicSloRef.empty() && !found->observed))
        return true;
    // A reference may lead nowhere.
    const auto evaluation = document.evaluation();
    const auto* input = evaluation ? evaluation->inputs.find(component) : nullptr;
    return input != nullptr && input->provenance.source == journey::Provenance::Source::NotStated;
}

QString statedAvailability(const JourneyDocument& document, const std::string& component)
{
    const auto ratio = stated(document, component);
    return ratio ? exactPercent(*ratio) : QString();
}

QString availabilityRefusal(const QString& text)
{
    if (text.trimmed().isEmpty() || typedRatio(text))
        return {};
    return Words::tr("Type a percentage such as %1, or a number from 0 to 1.")
        .arg(exactPercent(availabilityOf(0.0005)));
}

QString setTypedAvailability(JourneyDocument& document, const std::string& component, const QString& text)
{
    if (!document.isReadable())
        return document.whyNotEditable();
    if (auto reason = availabilityRefusal(text); !reason.isEmpty())
        return reason;
    const auto ratio = typedRatio(text);
    const auto name = QString::fromStdString(component);
    if (!ratio && !stated(document, component))
        return {};
    return document.apply(
        journey::SetAvailability{component, ratio},
        (ratio ? Words::tr("Set availability of %1") : Words::tr("Remove availability of %1")).arg(name));
}

} // namespace emac::widgets
