// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/spec/fields.h"

/// Parts of an intent that are no more than their checked fields.
namespace emac::spec {

journey::Objectives buildObjectives(const Fields& objectives);
journey::EvidencePolicy buildEvidence(const Fields& evidence, const Faults& faults);
journey::Governance buildGovernance(const Fields& governance, const Faults& faults);

} // namespace emac::spec
