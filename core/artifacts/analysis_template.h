// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/subject.h"
#include "core/yaml/content.h"

#include <optional>
#include <string>

namespace emac::artifacts {

/// The address of Prometheus that is compiled where no data source states one.
inline constexpr const char* assumedPrometheus = "http://prometheus.monitoring.svc:9090";

/// The name of the AnalysisTemplate.
std::string analysisTemplateName(const Subject& subject);

/// An AnalysisTemplate of Argo Rollouts for inline steps: one metric for each conjunct of the guards of 'promote' that
/// can be asked of Prometheus, then the canary's burn rate and its 99th percentile. Missing and undefined values are
/// inconclusive, which pauses the rollout. Empty where there is nothing to ask.
std::optional<yaml::Content> analysisTemplate(const Subject& subject, Findings& findings);

} // namespace emac::artifacts
