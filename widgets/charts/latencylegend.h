// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/assumptionlegend.h"
#include "widgets/charts/latencycontent.h"

namespace emac::widgets {

/// What each curve of the latency chart assumes, and what it guarantees.
AssumptionLegend::Content latencyLegend();

/// Only what the chart draws.
void showLegendOf(const LatencyContent& content, AssumptionLegend& legend);

} // namespace emac::widgets
