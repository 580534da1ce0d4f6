// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/assumptionlegend.h"

namespace emac::widgets {

/// What each curve of the latency chart assumes, and what it guarantees.
AssumptionLegend::Content latencyLegend();

} // namespace emac::widgets
