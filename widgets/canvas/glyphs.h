// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/expression.h"
#include "widgets/canvas/look.h"

#include <QColor>
#include <QRectF>

class QPainter;

/// Small signs as vector drawings, each fit into a square. Operators are told apart by shape, not by colour alone.
namespace emac::widgets::glyphs {

/// Parallel: bars joined by lines; race: chequered flag; k of n: some dots filled; branch: diamond with two ways;
/// retry: circular arrow; fallback: bent arrow; timeout: clock; optional: dashed outline; series: arrow between dots.
void paintOperator(QPainter& painter, const QRectF& square, journey::OperatorType type, const QColor& colour);

/// A service, an external dependency, or (Use) a fragment.
void paintComponent(QPainter& painter, const QRectF& square, bool external, bool fragment, const QColor& colour);

/// A disc with a sign.
void paintBadge(QPainter& painter, const QRectF& square, Badge badge);

/// A chequered flag on its pole: the first to arrive wins.
void paintFlag(QPainter& painter, const QRectF& square, const QColor& colour);

} // namespace emac::widgets::glyphs
