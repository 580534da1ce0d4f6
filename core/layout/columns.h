// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace emac::layout {

/// The left edges of boxes of these widths that follow each other, as dot ranks them with this gap; the first is 0.
/// dot sets each rank by its neighbour alone, so a long chain is laid out in pieces that share a box; pieces
/// are remembered, and a chain of which one box has changed costs one piece. From any thread; they wait for each other.
/// O(boxes · log), and some milliseconds for each new piece. @pre there is a box
/// @throws std::runtime_error where Graphviz lacks its dot plugin.
std::vector<double> columns(const std::vector<double>& widths, double gap);

} // namespace emac::layout
