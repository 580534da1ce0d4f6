// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/journeydocument.h"

#include "core/spec/resolve.h"
#include "core/spec/write.h"
#include "core/workspace/working_copy.h"
#include "widgets/common/format.h"
#include "widgets/document/lane.h"
#include "widgets/document/valuestep.h"

#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;
constexpr auto availabilityGrace = 50ms;
constexpr auto lateAfter = 150ms;

} // namespace

/// What one evaluation hands to the next; of the worker's jobs alone, which run one after the other.
struct EvaluationMemory
{
    analysis::Memo memo;
    std::shared_ptr<const Evaluation> previous; ///< null before the first
};

namespace {

/// All numbers of one value. Null where the watch expired.
std::shared_ptr<const Evaluation> evaluate(quint64 revision, const DocumentValue& value,
                                           const workspace::OpenedIntent& file, EvaluationMemory& memory,
                                           const base::Watch& watch)
{
    auto resolution =
        spec::resolve(value.document, file.path, *file.catalogue, file.model.get(), spec::InputChoice::Target);
    if (memory.previous)
        resolution.inputs.keepVersions(memory.previous->inputs);
    auto analysis = analysis::analyse(value.document.intent.journey, resolution.inputs, watch, &memory.memo);
    if (!analysis)
        return nullptr;
    auto decision =
        governance::decide(value.document.intent, resolution.inputs, *analysis, file.model.get(), watch, &memory.memo);
    if (!decision)
        return nullptr;
    auto evaluation = std::make_shared<Evaluation>();
    evaluation->revision = revision;
    evaluation->inputs = std::move(resolution.inputs);
    evaluation->diagnostics = std::move(resolution.diagnostics);
    evaluation->notes = std::move(resolution.notes);
    evaluation->notes.insert(evaluation->notes.end(), analysis->notes.begin(), analysis->notes.end());
    evaluation->analysis = std::move(*analysis);
    evaluation->decision = std::move(*decision);
    memory.previous = evaluation;
    return evaluation;
}

} // namespace

JourneyDocument::JourneyDocument(workspace::OpenedIntent file, QObject* parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_textDiagnostics(std::move(m_file.diagnostics))
    , m_evaluationMemory(std::make_shared<EvaluationMemory>())
    , m_availabilityLane(std::make_unique<Lane>(availabilityGrace))
    , m_readingLane(std::make_unique<Lane>(0ms))
{
    m_lateTimer.setSingleShot(true);
    m_lateTimer.setInterval(lateAfter);
    connect(&m_lateTimer, &QTimer::timeout, this, [this] {
        m_stale = true;
        emit staleChanged(true);
    });
    if (m_file.document) {
        m_value = std::make_shared<const DocumentValue>(DocumentValue{m_file.text, std::move(*m_file.document)});
        m_file.document.reset();
        requestEvaluation();
    }
}

JourneyDocument::~JourneyDocument() = default;

QString JourneyDocument::title() const
{
    if (m_value) {
        const auto& intent = m_value->document.intent;
        const auto& name = intent.displayName.empty() ? intent.name : intent.displayName;
        if (!name.empty())
            return QString::fromStdString(name);
    }
    return QFileInfo(path()).fileName();
}

base::Diagnostics JourneyDocument::diagnostics() const
{
    auto all = m_textDiagnostics;
    if (m_evaluation)
        all.insert(all.end(), m_evaluation->diagnostics.begin(), m_evaluation->diagnostics.end());
    base::sortByPlace(all);
    return all;
}

std::optional<governance::Decision> JourneyDocument::decision() const
{
    if (!m_evaluation)
        return std::nullopt;
    auto decision = m_evaluation->decision;
    if (base::hasErrors(m_textDiagnostics) || base::hasErrors(m_evaluation->diagnostics)) {
        // Numbers help while mending; a verdict on a file with errors would be worth nothing.
        decision.verdict.reset();
        const auto name = QFileInfo(path()).fileName().toStdString();
        decision.reasons.insert(decision.reasons.begin(),
                                {{base::Code::FileHasErrors, {name}}, journey::Element::journey()});
    }
    return decision;
}

QString JourneyDocument::apply(const journey::Edit& edit, const QString& description)
{
    if (!m_value)
        return messageText({base::Code::ElementGone, {}});
    auto intent = journey::apply(m_value->document.intent, edit);
    if (!intent.value)
        return messageText(intent.diagnostics.front().message);
    auto written = spec::write(m_value->document.sources, m_value->document.intent, *intent.value);
    if (!written.value)
        return messageText(written.diagnostics.front().message);
    auto text = written.value->text();
    if (text == m_value->text)
        return {};
    auto value = std::make_shared<const DocumentValue>(
        DocumentValue{std::move(text), {std::move(*intent.value), std::move(*written.value)}});
    m_undo.push(new ValueStep(this, m_value, std::move(value), journey::targetOf(edit), description));
    return {};
}

bool JourneyDocument::isModified() const
{
    return m_modified;
}

QString JourneyDocument::save(Errors errors)
{
    const auto shown = path().toStdString();
    if (errors == Errors::Refuse && base::hasErrors(diagnostics()))
        return messageText({base::Code::FileHasErrors, {shown}});
    const QFileInfo info(path());
    if (info.exists()) {
        const auto onDisk = workspace::readFile(m_file.path);
        if (!onDisk.value || *onDisk.value != m_file.text)
            return messageText({base::Code::FileChangedOnDisk, {shown}});
    }
    const auto text = this->text();
    QSaveFile target(info.isSymLink() ? info.canonicalFilePath() : path());
    if (!target.open(QIODevice::WriteOnly) || target.write(text.data(), static_cast<qint64>(text.size())) < 0
        || !target.commit())
        return messageText({base::Code::FileNotWritten, {shown, target.errorString().toStdString()}});
    m_file.text = text;
    m_undo.setClean();
    updateModified();
    return {};
}

void JourneyDocument::setValue(std::shared_ptr<const DocumentValue> value)
{
    m_value = std::move(value);
    ++m_revision;
    updateModified();
    emit valueChanged();
    requestEvaluation();
    requestDiagnostics();
}

void JourneyDocument::updateModified()
{
    const bool modified = m_value && m_value->text != m_file.text;
    if (modified == m_modified)
        return;
    m_modified = modified;
    emit modifiedChanged(modified);
}

void JourneyDocument::requestEvaluation()
{
    if (!m_lateTimer.isActive() && !m_stale)
        m_lateTimer.start();
    // The worker holds values of its own: nothing that it reads can change or go away.
    m_availabilityLane->submit(
        [this, revision = m_revision, value = m_value, memory = m_evaluationMemory,
         file = workspace::OpenedIntent{m_file.path, {}, {}, {}, m_file.catalogue, m_file.model, m_file.modelPath}](
            const base::Watch& watch) {
            auto evaluation = evaluate(revision, *value, file, *memory, watch);
            if (evaluation)
                QMetaObject::invokeMethod(
                    this, [this, evaluation] { receive(evaluation); }, Qt::QueuedConnection);
        });
}

void JourneyDocument::requestDiagnostics()
{
    m_readingLane->submit([this, revision = m_revision, value = m_value, path = m_file.path](const base::Watch& watch) {
        auto read = spec::readIntent(value->text, path, watch);
        if (watch.expired())
            return;
        if (read.value) {
            const auto outside = workspace::checkPaths(*read.value, path, path);
            read.diagnostics.insert(read.diagnostics.end(), outside.begin(), outside.end());
        }
        QMetaObject::invokeMethod(
            this,
            [this, revision, diagnostics = std::move(read.diagnostics)] {
                if (revision != m_revision)
                    return;
                // What was found in other files when this one was opened still holds.
                std::erase_if(m_textDiagnostics, [this](const auto& d) { return d.place.file == m_file.path; });
                m_textDiagnostics.insert(m_textDiagnostics.begin(), diagnostics.begin(), diagnostics.end());
                emit diagnosticsChanged();
            },
            Qt::QueuedConnection);
    });
}

void JourneyDocument::receive(std::shared_ptr<const Evaluation> evaluation)
{
    if (m_evaluation && evaluation->revision <= m_evaluation->revision)
        return;
    const bool sameDiagnostics = m_evaluation && m_evaluation->diagnostics == evaluation->diagnostics
                                 && m_evaluation->notes == evaluation->notes;
    m_evaluation = std::move(evaluation);
    // Lateness counts from the last result: a drag whose numbers keep coming is never late.
    m_lateTimer.stop();
    if (m_evaluation->revision != m_revision)
        m_lateTimer.start();
    if (m_stale) {
        m_stale = false;
        emit staleChanged(false);
    }
    emit evaluationChanged();
    if (!sameDiagnostics)
        emit diagnosticsChanged();
}

} // namespace emac::widgets
