// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace emac::widgets {

class JourneyDrawing;

/// The forms in which a drawing is written to a file.
enum class DrawingForm
{
    Svg,
    Png,
    Pdf,
    Dot
};

/// By the end of the file's name, in capitals or not; empty where it says none.
std::optional<DrawingForm> drawingFormOf(const QString& path);
/// "svg", "png", "pdf", "dot".
QString suffixOf(DrawingForm form);

// All of them write the same bytes for the same drawing with the same fonts; the order of the fonts in a PDF file is
// that of the process's hash seed. @pre the drawing is laid out

/// With title and description; texts stay texts.
QByteArray svgOf(JourneyDrawing& drawing);

/// One page of the drawing's size; what would be longer than PDF readers take (200 inches) is drawn smaller.
QByteArray pdfOf(JourneyDrawing& drawing);

/// `scale` pixels for each of the drawing's, and as many more to the inch. Of a picture that is too large nothing is
/// written: DrawingTooLarge, without a place.
base::Result<QByteArray> pngOf(JourneyDrawing& drawing, double scale);

} // namespace emac::widgets
