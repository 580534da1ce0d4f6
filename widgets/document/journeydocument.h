// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/base/diagnostic.h"
#include "core/governance/decision.h"
#include "core/journey/edits.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"
#include "core/journey/model.h"
#include "core/spec/catalogue.h"
#include "core/spec/read.h"
#include "core/workspace/open.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUndoStack>

#include <memory>
#include <optional>
#include <string>

namespace emac::widgets {

/// All that an undo step brings back, as one immutable value.
struct DocumentValue
{
    std::string text;
    spec::IntentDocument document;
};

/// The numbers of one revision of a document.
struct Evaluation
{
    quint64 revision = 0;
    journey::Inputs inputs;
    base::Diagnostics diagnostics; ///< of the references; those of the text are the document's own
    journey::Notes notes;
    analysis::Analysis analysis;
    governance::Decision decision; ///< on the numbers alone; see JourneyDocument::decision()
};

class Lane;
struct EvaluationMemory;

/// A journey open in the workbench: its value, its undo stack, its file, its live analysis. Views read it, ask it to
/// change, and never talk to each other.
class JourneyDocument : public QObject
{
    Q_OBJECT
public:
    explicit JourneyDocument(workspace::OpenedIntent file, QObject* parent = nullptr);
    ~JourneyDocument() override;

    QString path() const { return QString::fromStdString(m_file.path); }
    QString title() const; ///< the journey's display name, else its name, else the file's

    /// False where the text is no JourneyIntent at all: then there is only text and diagnostics.
    bool isReadable() const { return m_value != nullptr; }
    const DocumentValue& value() const { return *m_value; } ///< @pre isReadable()
    const journey::Intent& intent() const { return m_value->document.intent; }
    const spec::SourceMap& sources() const { return m_value->document.sources; }
    std::string text() const { return m_value ? m_value->text : m_file.text; }
    const journey::AcceptedModel* model() const { return m_file.model.get(); }

    /// Counts every change of the value, undo and redo included.
    quint64 revision() const { return m_revision; }
    /// The newest numbers that have arrived, perhaps of an earlier revision; null before the first.
    std::shared_ptr<const Evaluation> evaluation() const { return m_evaluation; }
    /// What the newest numbers and the newest diagnostics come to: no verdict on a file with errors. Absent before the
    /// first numbers.
    std::optional<governance::Decision> decision() const;
    /// True once the newest numbers are more than 150 ms late: views grey.
    bool isStale() const { return m_stale; }

    /// Of the text, then of the references, as of the newest numbers.
    base::Diagnostics diagnostics() const;

    /// Does the edit as one undo step called `description`. An edit that changes nothing makes no step.
    /// @returns the reason in the user's language where it is refused; else an empty text.
    QString apply(const journey::Edit& edit, const QString& description);

    QUndoStack* undoStack() { return &m_undo; }
    bool isModified() const; ///< the text differs from the one on disk when opened or last saved

    enum class Errors
    {
        Refuse,
        Accept
    };
    /// Writes the text to its file. Refused, with the reason in the user's language, when the file on disk has changed
    /// since it was opened or saved, or, unless they are accepted, when the document has errors. Empty on success.
    QString save(Errors errors = Errors::Refuse);

signals:
    void valueChanged(); ///< the intent or the text is another
    void evaluationChanged(); ///< new numbers have arrived
    void staleChanged(bool stale);
    void diagnosticsChanged();
    void modifiedChanged(bool modified);

private:
    friend class ValueStep;
    void setValue(std::shared_ptr<const DocumentValue> value);
    void updateModified();
    void requestEvaluation();
    void requestDiagnostics();
    void receive(std::shared_ptr<const Evaluation> evaluation);

    workspace::OpenedIntent m_file; ///< its text is the one on disk
    std::shared_ptr<const DocumentValue> m_value;
    base::Diagnostics m_textDiagnostics;
    QUndoStack m_undo;
    quint64 m_revision = 0;
    std::shared_ptr<const Evaluation> m_evaluation;
    std::shared_ptr<EvaluationMemory> m_evaluationMemory; ///< the availability lane's own
    QTimer m_lateTimer;
    bool m_stale = false;
    bool m_modified = false;
    // Last: a lane joins its thread before anything above goes away.
    std::unique_ptr<Lane> m_availabilityLane;
    std::unique_ptr<Lane> m_readingLane;
};

} // namespace emac::widgets
