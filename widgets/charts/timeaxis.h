// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/ninesaxis.h"

/// An axis of times, linear or logarithmic: position in seconds, or log10 of them.
namespace emac::widgets::timeaxis {

using nines::Range;
using nines::Tick;

enum class Scale
{
    Linear,
    Logarithmic
};

/// −∞ for no time on a logarithmic axis.
double position(double seconds, Scale scale);
double secondsAt(double position, Scale scale);

/// Ticks at 1, 2 and 5 of each power of ten: the densest whose labels stand apart on an axis of `width` pixels, with
/// units of their own, "500 ms", "1 s". On a linear axis at multiples of such a step, from 0.
std::vector<Tick> ticks(const Range& range, Scale scale, double width,
                        const std::function<double(const QString&)>& measure);

} // namespace emac::widgets::timeaxis
