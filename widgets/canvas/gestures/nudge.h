// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"

#include <QPointF>

namespace emac::widgets {

class JourneyScene;

/// Shifts the selected nodes, and the selected loose components, by so much on the canvas. Nudges of the same things
/// that follow each other within a second are one undo step. @returns why it is refused, else an empty text
QString nudge(JourneyDocument& document, const JourneyScene& scene, QPointF by);

} // namespace emac::widgets
