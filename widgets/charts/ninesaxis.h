// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/availabilitydisplay.h"

#include <QString>

#include <functional>
#include <vector>

/// An axis of availability in nines: position −log10(unavailability), so that every nine has the same width and better
/// lies to the right. Labels read as the display does.
namespace emac::widgets::nines {

/// 0 for q = 1, 2 for q = 0.01, infinite for q = 0.
double position(double unavailability);

struct Range
{
    double from = 0;
    double to = 0;
    double span() const { return to - from; }
    bool operator==(const Range&) const = default;
};

/// How values are placed: within the range as they are; beyond the clip positions, at these, with a mark.
struct Scale
{
    Range range;
    double clipLow = 0; ///< values to the left of it are drawn here
    double clipHigh = 0; ///< values to the right of it are drawn here
};

/// The scale that shows all values worth a place on a logarithmic axis (availability from 50 % to twelve nines; nothing
/// and certainty are clipped), with at least one nine from end to end.
///
/// `whiskers` may widen it on either side by as much as the values take, at least by one nine; what lies beyond that is
/// clipped.
Scale scaleFor(const std::vector<double>& unavailabilities, const std::vector<double>& whiskers = {});

/// A value with the room that its label needs to its left and right, in pixels.
struct Labelled
{
    double position = 0;
    double left = 0;
    double right = 0;
};

/// The range widened until every label has its room on an axis of `width` pixels; as far as that is possible.
Range widened(Range range, const std::vector<Labelled>& labels, double width);

struct Tick
{
    double position = 0;
    QString label; ///< "99.5 %", "2.5", "1 h"
    bool operator==(const Tick&) const = default;
};

/// Ticks at round numbers of the display's unit: the densest whose labels stand apart on an axis of `width` pixels.
/// In per cent at 1, 2 and 5 of each decade of unavailability, at every nine, every second, third …. `measure` gives
/// the width of a label.
std::vector<Tick> ticks(const Range& range, double width, const AvailabilityDisplay& display,
                        const std::function<double(const QString&)>& measure);

} // namespace emac::widgets::nines
