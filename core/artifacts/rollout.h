// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/subject.h"
#include "core/yaml/content.h"

namespace emac::artifacts {

/// The canary steps of a Rollout of Argo, to be merged into a whole one: a first share of the traffic, then every
/// multiple of the largest step that a guarded 'promote' allows (maxTrafficStep, 50 % where it is not stated), each
/// with a pause and the analysis. Pauses are at least as long as the rate limit of 'promote' asks for.
yaml::Content rolloutSnippet(const Subject& subject, Findings& findings);

} // namespace emac::artifacts
