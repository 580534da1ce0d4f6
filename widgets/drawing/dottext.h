// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/drawing/drawingsubject.h"

#include <QByteArray>

namespace emac::widgets {

/// The journey as a graph for Graphviz' dot, in UTF-8: calls as boxes, operators as clusters, fragments as clusters of
/// their own, with the words and numbers of the canvas. The same text for the same subject. O(size).
QByteArray dotText(const DrawingSubject& subject);

} // namespace emac::widgets
