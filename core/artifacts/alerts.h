// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/subject.h"
#include "core/yaml/content.h"

namespace emac::artifacts {

/// Multiwindow burn-rate alerts (SRE Workbook, chapter 5), one for each severity; one for events that are not measured
/// at all, as no ratio tells of them; one for the latency objective that is measured. No groups where nothing can be
/// alerted on.
yaml::Content alerts(const Subject& subject);

} // namespace emac::artifacts
