// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/layout.h"

#include <vector>

/// What the lines of a drawing are made of: each continues a cubic Bézier path. @pre the path has its first point
namespace emac::layout {

void straight(std::vector<Point>& path, Point to);

/// Level at both ends, between the two in x. @pre `to` is not left of the path's end
void swing(std::vector<Point>& path, Point to);

/// Out to the right as far as `rightmost`, back at the height `way` below the path's end and above `to`, and in from
/// the left at `leftmost`.
void back(std::vector<Point>& path, double rightmost, double way, double leftmost, Point to);

} // namespace emac::layout
