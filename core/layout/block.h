// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/layout.h"

#include <vector>

namespace emac::layout {

/// A box with what lies in it, in coordinates of its own top left corner.
struct Block
{
    const journey::Expression* node = nullptr; ///< null: the page
    double width = 0;
    double height = 0;
    double axis = 0; ///< where arrows enter and leave, from the top
    double top = 0; ///< of a page: that of its highest step, or 0 where none is above the origin
    double left = 0; ///< of a fan and of a page: the least left edge of a part
    std::vector<Block> parts;
    std::vector<Point> corners; ///< of the parts: top left
    Point fork; ///< of a fan; of the page: the start
    Point join;
    double bend = 0; ///< of a fan: where its lines have reached their branch's height
    double rejoin = 0;
    /// Of a page in several rows, for each but the first: its first part, and the height at which the arrow to it goes
    /// back.
    struct Turn
    {
        std::size_t part = 0;
        double way = 0;
    };
    std::vector<Turn> turns;
};

} // namespace emac::layout
