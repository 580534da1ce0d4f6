// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/decision.h"
#include "tests/analysis/journeys.h"

#include <optional>
#include <string>
#include <vector>

/// What is decided on, and what the decision is to be.
namespace emac::tests {

struct Case
{
    std::string tag;
    journey::Intent intent;
    journey::Inputs inputs;
    analysis::DiagramLimits limits;
    std::optional<analysis::LatencyAnalysis> latency;
    std::optional<journey::AcceptedModel> model;
    std::optional<governance::Verdict> verdict;
    journey::Notes reasons;
};

journey::Note note(base::Code code, std::vector<std::string> arguments, journey::Element element);

journey::AvailabilityObjective availability(std::string_view target);

/// Race(a, b) in separate domains, objective 0.98, that is met: A⁻ = A⁺ = 0.99.
Case passing(std::string tag);

journey::AcceptedModel modelOf(const Case& from);

/// Those on availability, the model and the objectives that are not assessed.
std::vector<Case> availabilityCases();

/// Those on latency and deadline objectives.
std::vector<Case> latencyCases();

} // namespace emac::tests
