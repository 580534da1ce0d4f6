// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edit_steps.h"

// The journey as a whole.
namespace emac::journey {

namespace {

/// The intent with one value set, unless it is faulty.
template<typename T>
Edited with(const Intent& intent, T Intent::*member, const T& value, Fault fault)
{
    if (fault)
        return refused(std::move(*fault));
    Intent result = intent;
    result.*member = value;
    return {std::move(result), {}};
}

} // namespace

Edited edited(const Intent& intent, const SetObjectives& edit)
{
    return with(intent, &Intent::objectives, edit.value, objectivesFault(edit.value));
}

Edited edited(const Intent& intent, const SetObjectiveTarget& edit)
{
    if (!intent.objectives.availability)
        return refused(base::Code::ElementGone);
    auto objectives = intent.objectives;
    objectives.availability->target = edit.value;
    return with(intent, &Intent::objectives, objectives, targetFault(edit.value));
}

Edited edited(const Intent& intent, const SetExpectedEvents& edit)
{
    return with(intent, &Intent::expectedEvents, edit.value, expectedEventsFault(edit.value));
}

Edited edited(const Intent& intent, const SetGovernance& edit)
{
    return with(intent, &Intent::governance, edit.value, governanceFault(edit.value));
}

Edited edited(const Intent& intent, const SetEvidence& edit)
{
    return with(intent, &Intent::evidence, edit.value, evidenceFault(edit.value));
}

Edited edited(const Intent& intent, const SetMetadata& edit)
{
    Intent result = intent;
    result.displayName = edit.displayName;
    result.labels = edit.labels;
    return with(result, &Intent::name, edit.name, nameFault(edit.name, "name"));
}

} // namespace emac::journey
