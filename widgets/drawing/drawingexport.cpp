// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drawing/drawingexport.h"

#include "widgets/common/theme.h"
#include "widgets/drawing/dottext.h"
#include "widgets/drawing/journeydrawing.h"

#include <QSaveFile>

namespace emac::widgets {

DrawingExport::DrawingExport(const JourneyDocument* document, QString path, const Options& options, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_options(options)
    , m_form(drawingFormOf(m_path))
{
    if (!m_form) {
        finish(base::Message{base::Code::DrawingFormUnknown, {m_path.toStdString()}});
        return;
    }
    connect(document, &JourneyDocument::decisionChanged, this, [this, document] { startWithNumbers(*document); });
    startWithNumbers(*document);
}

DrawingExport::~DrawingExport() = default;

void DrawingExport::startWithNumbers(const JourneyDocument& document)
{
    const auto& judged = document.judged().evaluation;
    if (m_started || !judged || judged->revision != document.revision())
        return;
    m_started = true;
    draw(subjectOf(document, m_options.unit));
}

void DrawingExport::draw(DrawingSubject subject)
{
    if (m_form == DrawingForm::Dot) {
        const theme::OnPaper paper;
        write(dotText(subject));
        return;
    }
    m_drawing = std::make_unique<JourneyDrawing>(std::move(subject));
    connect(m_drawing.get(), &JourneyDrawing::finished, this, &DrawingExport::receive);
}

void DrawingExport::receive(const std::optional<base::Message>& failure)
{
    if (failure)
        return finish(failure);
    if (m_form == DrawingForm::Png) {
        const auto picture = pngOf(*m_drawing, m_options.scale);
        return picture.value ? write(*picture.value) : finish(picture.diagnostics.front().message);
    }
    write(m_form == DrawingForm::Svg ? svgOf(*m_drawing) : pdfOf(*m_drawing));
}

void DrawingExport::write(const QByteArray& bytes)
{
    QSaveFile file(m_path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        finish(std::nullopt);
    else
        finish(base::Message{base::Code::FileNotWritten, {m_path.toStdString(), file.errorString().toStdString()}});
}

void DrawingExport::finish(std::optional<base::Message> failure)
{
    base::Diagnostics failures;
    if (failure)
        failures.push_back({*std::move(failure), {m_path.toStdString()}});
    QMetaObject::invokeMethod(
        this, [this, failures = std::move(failures)] { emit finished(failures); }, Qt::QueuedConnection);
}

} // namespace emac::widgets
