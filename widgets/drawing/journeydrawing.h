// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/drawing/drawingsubject.h"

#include <QObject>
#include <QSizeF>

#include <memory>
#include <optional>

class QPainter;

namespace emac::widgets {

/// A journey as a picture of its own size: heading, the drawn journey as the canvas shows it, each fragment below it
/// under its name, legend. Always light, in type of a fixed size, whatever the desktop's. A root series that would be
/// one long row is drawn in several.
class JourneyDrawing : public QObject
{
    Q_OBJECT
public:
    /// Has itself laid out, without waiting for it.
    explicit JourneyDrawing(DrawingSubject subject, QObject* parent = nullptr);
    ~JourneyDrawing() override;

    QString title() const;
    QString description() const; ///< verdict, numbers and expression, for those who cannot see the picture

    /// In pixels at 100 %, with a margin. @pre laid out, like paint()
    QSizeF size() const;
    /// Paints it at the origin; the painter's transformation may scale. It clips nothing, as an SVG file cannot.
    void paint(QPainter& painter);

signals:
    /// The picture is there, or why there will be none. Once, and never before the constructor has returned.
    void finished(const std::optional<emac::base::Message>& failure);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
