// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/drawing/drawingform.h"
#include "widgets/drawing/drawingsubject.h"

#include <QObject>

#include <memory>

namespace emac::widgets {

class JourneyDrawing;

/// Writes the drawing of a document into a file, in the form that the file's name says, without waiting for it. What is
/// there is replaced as a whole, or not at all.
class DrawingExport : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        double scale = 2; ///< pixels of a PNG picture for each pixel of the drawing
        AvailabilityUnit unit = AvailabilityUnit::Percent;
    };

    /// Draws the document as it is once its numbers are as new as itself. @pre the document is readable
    DrawingExport(const JourneyDocument* document, QString path, const Options& options, QObject* parent = nullptr);
    ~DrawingExport() override;

    const QString& path() const { return m_path; }

signals:
    /// Once, and never before the constructor has returned. Empty on success.
    void finished(const emac::base::Diagnostics& failures);

private:
    void startWithNumbers(const JourneyDocument& document);
    void draw(DrawingSubject subject);
    void receive(const std::optional<base::Message>& failure);
    void write(const QByteArray& bytes);
    void finish(std::optional<base::Message> failure);

    QString m_path;
    Options m_options;
    std::optional<DrawingForm> m_form;
    std::unique_ptr<JourneyDrawing> m_drawing; ///< null before there are numbers
    bool m_started = false;
};

} // namespace emac::widgets
