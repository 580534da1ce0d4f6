// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/edits.h"
#include "core/journey/intent.h"
#include "core/journey/model.h"
#include "core/spec/catalogue.h"
#include "core/workspace/open.h"
#include "widgets/document/documentfile.h"
#include "widgets/document/documentlock.h"
#include "widgets/document/documentvalue.h"
#include "widgets/document/evaluation.h"
#include "widgets/document/latencywork.h"
#include "widgets/document/lateness.h"
#include "widgets/document/selectionmodel.h"
#include "widgets/document/tailwork.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <QUndoStack>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace emac::widgets {

class Lane;
struct EvaluationMemory;

/// A journey open in the workbench: its value, its undo stack, its file, its live analysis. Views read it, ask it to
/// change, and never talk to each other.
///
/// What it holds can be in three states. Readable and editable: the text parses. Readable only: the text does not parse
/// just now (someone types), and views show the last journey that could be read; or another process holds the document.
/// Not readable: the text never was a JourneyIntent; then there is only text and diagnostics.
class JourneyDocument : public QObject
{
    Q_OBJECT
public:
    /// Reads and writes the file, but neither locks nor watches it: see takeForEditing() and DocumentStore.
    explicit JourneyDocument(workspace::OpenedIntent file, QObject* parent = nullptr);
    ~JourneyDocument() override;

    QString path() const { return QString::fromStdString(m_file.path); }
    QString title() const; ///< the journey's display name, else its name, else the file's

    /// There is a journey to look at.
    bool isReadable() const { return m_value->document != nullptr; }
    /// apply() does not refuse on principle.
    bool isEditable() const { return whyNotEditable().isEmpty(); }
    QString whyNotEditable() const; ///< in the user's language; empty where it is
    const DocumentValue& value() const { return *m_value; }
    const journey::Intent& intent() const { return m_value->document->intent; } ///< @pre isReadable()
    /// Of text(). Empty while it does not parse: nothing of intent() has a place in it then.
    const spec::SourceMap& sources() const;
    const std::string& text() const { return m_value->text; } ///< as typed
    FileContent content() const; ///< what save() writes
    const spec::Catalogue& catalogue() const { return *m_file.catalogue; } ///< of the SLOs around the file
    const journey::AcceptedModel* model() const { return m_file.model.get(); }
    /// The selection is part of what undo brings back, so it is the document's, one for all its views.
    SelectionModel* selection() { return &m_selection; }

    /// Counts every change of the value and of what it refers to, undo and redo included.
    quint64 revision() const { return m_revision; }
    /// The newest numbers that have arrived, perhaps of an earlier revision; null before the first.
    std::shared_ptr<const Evaluation> evaluation() const { return m_evaluation; }
    /// True once the newest numbers are more than 150 ms late: views grey.
    bool isStale() const { return m_lateness.isLate(); }

    /// The newest laws in time, perhaps of an earlier revision; null while neither a view nor an objective needs them.
    std::shared_ptr<const LatencyResult> latency() const { return m_latencyWork->result(); }
    /// Where views say that they look at laws in time, and at which percentile.
    LatencyWork* latencyWork() const { return m_latencyWork.get(); }
    /// What each call adds to that percentile, for views that want it.
    TailWork* tailWork() const { return m_tailWork.get(); }

    /// What the decision is made of: numbers of one revision.
    struct Judged
    {
        std::shared_ptr<const Evaluation> evaluation; ///< null before the first
        std::shared_ptr<const LatencyResult> latency; ///< of the same revision; null where no objective needs it
    };
    /// The newest numbers on which every objective is judged: those of the evaluation, but with an objective on time,
    /// the earlier ones until the laws in time that it is judged on have arrived too. It is judged again once these are
    /// complete.
    const Judged& judged() const { return m_judged; }
    /// What these and the newest diagnostics come to: no verdict on a file with errors. Absent before the first.
    std::optional<governance::Decision> decision() const;
    /// The decision is more than 150 ms late.
    bool isDecisionStale() const;

    /// Of the newest numbers, then of the newest laws in time.
    journey::Notes notes() const;
    /// Of the text, then of the files around it, then of the references, as of the newest numbers.
    base::Diagnostics diagnostics() const;
    /// The worst of those in the text, and of the notes on the newest numbers, for each node and component. Made once
    /// for many who ask. O(size + diagnostics · log) where something of it is another.
    const std::map<journey::Element, base::Severity>& problems() const;
    /// Errors among them, but for the layout file's; or a text that does not parse.
    bool hasErrors() const;
    /// The same of the text as it is at this moment, which is read for it. O(size of the text).
    bool hasErrorsNow() const;

    /// Does the edit as one undo step called `description`. An edit that changes nothing makes no step. `select` is
    /// what the step selects, and selects again when it is redone; without it the selection stays. `placement`
    /// puts things elsewhere on the canvas in the same step. Nodes that the edit moves into another frame lose their
    /// place, and components that it calls are not loose any more.
    /// @returns the reason in the user's language where it is refused; else an empty text.
    QString apply(const journey::Edit& edit, const QString& description,
                  const std::optional<Selection>& select = std::nullopt,
                  std::optional<journey::Placement> placement = std::nullopt);
    /// The whole text, as typed, journey or not. Calls that follow each other within a second are one step, unless a
    /// line end was typed or endTyping() was called between. @returns why it is refused, else an empty text.
    QString setText(const std::string& text, const QString& description = tr("Typing"));
    /// Puts things elsewhere on the canvas, as one undo step; steps of the same target that follow each other within a
    /// second become one. @returns why it is refused, else an empty text.
    QString setPlacement(journey::Placement placement, const QString& description, const std::string& target = {});
    /// What is typed from now on is another step: the focus is elsewhere.
    void endTyping() { ++m_typing; }

    /// Until endGesture(), edits of one value that are called the same are one step, however long that takes: a value
    /// is dragged.
    void beginGesture();
    void endGesture() { m_gesture = 0; }
    /// Ends it; the document is as it was before it, byte for byte, and there is no step.
    void giveUpGesture();

    QUndoStack* undoStack() { return &m_undo; }
    bool isModified() const { return m_modified; } ///< text or layout differ from the file's, whatever was undone

    enum class Errors
    {
        Refuse,
        Accept
    };
    /// Writes text and layout. Refused, with the reason in the user's language, when the file on disk has changed since
    /// it was opened or saved, or, unless they are accepted, when the document has errors. Empty on success.
    QString save(Errors errors = Errors::Refuse);
    /// The same under another name, whatever is there; the document then belongs to that file, and can be edited.
    /// Refused where another process holds that file.
    QString saveAs(const QString& path, Errors errors = Errors::Refuse);
    /// Takes what is on disk, as one undo step, and looks again for the SLOs and the model around it.
    /// @returns why the file cannot be read.
    QString reload(const QString& description = tr("Reload from disk"));
    /// What was not saved when a process ended, as one undo step.
    QString restore(const FileContent& content, const QString& description);

    const DocumentFile& file() const { return m_disk; }
    /// Tells of changes by others: changedOnDisk(), reloaded(). The SLOs and the model around the file are followed as
    /// they change.
    void watchFile();
    /// Looks at the disk now. True where it holds what neither is the base nor the document.
    bool isChangedOnDisk() const;
    /// The file was there when it was read or written last, and is not now.
    bool isGone() const { return m_gone; }
    /// True for the first call after changedOnDisk() or fileRemoved(), where there still is something to decide: of all
    /// the windows that show the document, one puts the question.
    bool claimQuestion() { return std::exchange(m_question, false) && (m_gone || isChangedOnDisk()); }
    /// Every window is to close the document.
    void requestClose() { emit closeRequested(); }
    /// What is on disk now may be overwritten by the next save.
    void keepOwn();

    /// Takes the lock, or tries again; without it the document is read-only. What the holder has written meanwhile is
    /// read. @returns who holds it.
    std::optional<LockHolder> takeForEditing();
    bool isReadOnly() const { return m_holder.has_value(); }
    const std::optional<LockHolder>& lockHolder() const { return m_holder; }

signals:
    void valueChanged(); ///< the intent or the text is another
    void evaluationChanged(); ///< new numbers have arrived
    void latencyChanged(); ///< latency() is another
    void decisionChanged(); ///< judged() is another
    void staleChanged(bool stale);
    void diagnosticsChanged();
    void modifiedChanged(bool modified);
    void pathChanged();
    void readOnlyChanged();
    /// Another program has changed the file of a modified document: someone must decide between reload() and
    /// keepOwn(). Once for each new content.
    void changedOnDisk();
    /// Another program has changed the file of an unmodified document, which has followed.
    void reloaded();
    /// The file is not there any more: someone must decide between saving it anew, sometime, and closing the document.
    void fileRemoved();
    void closeRequested();

private:
    friend class ValueStep;
    using Value = std::shared_ptr<const DocumentValue>;
    void setValue(Value value);
    void pushStep(Value value, std::string target, const QString& description,
                  const std::optional<Selection>& select = std::nullopt);
    void updateModified();
    void settle(); ///< what is on disk is the document now
    void followDisk(const FileContent& onDisk);
    static QString heldBy(const QString& name, const LockHolder& holder);
    void requestSurroundings();
    void receive(workspace::Surroundings found);
    void followSurroundings();
    void requestEvaluation();
    void requestDiagnostics();
    void readForDiagnostics();
    void receive(std::shared_ptr<const Evaluation> evaluation);
    void judge(Judged judged);
    void connectLatency();
    bool isJudgedOnTime() const; ///< @pre there are numbers
    std::map<journey::Element, base::Severity> findProblems() const;

    workspace::OpenedIntent m_file; ///< path, catalogue, model and samples
    DocumentFile m_disk;
    std::string m_baseLayout; ///< canonical text of the base's layout
    DocumentLock m_lock;
    std::optional<LockHolder> m_holder; ///< where the lock is not ours
    bool m_locking = false; ///< the lock is wanted
    bool m_gone = false; ///< the file went away since it was read or written
    bool m_question = false; ///< changedOnDisk() or fileRemoved() has not been put to anyone yet
    bool m_searched; ///< for the SLOs and the model around the file
    std::vector<std::string> m_samplePaths; ///< that were read, or are being read
    std::unique_ptr<FileWatcher> m_surroundingsWatcher; ///< null until watched
    QStringList m_watchedAround;
    Value m_value;
    SelectionModel m_selection;
    base::Diagnostics m_textDiagnostics;
    base::Diagnostics m_layoutDiagnostics; ///< as of the opening; nothing against the journey
    base::Diagnostics m_otherDiagnostics; ///< of the files around the text
    mutable std::optional<std::map<journey::Element, base::Severity>> m_problems; ///< absent: not as of now
    QUndoStack m_undo;
    quint64 m_typing = 0; ///< counts the runs of typing
    quint64 m_gestures = 0; ///< counts them
    quint64 m_gesture = 0; ///< the one under way; 0: none
    int m_beforeGesture = 0; ///< steps
    bool m_givingUp = false; ///< a step that is undone now goes for good
    quint64 m_revision = 0;
    std::shared_ptr<const Evaluation> m_evaluation;
    Judged m_judged;
    journey::Notes m_timelyNotes; ///< of the laws in time
    std::shared_ptr<EvaluationMemory> m_evaluationMemory; ///< the availability lane's own
    Lateness m_lateness;
    QTimer m_pause; ///< before the text is read for its diagnostics
    quint64 m_reading = 0; ///< the ticket of the last reading
    bool m_modified = false;
    // Last: a lane joins its thread before anything above goes away.
    std::unique_ptr<LatencyWork> m_latencyWork;
    std::unique_ptr<TailWork> m_tailWork; ///< looks at the laws' work
    std::unique_ptr<Lane> m_availabilityLane;
    std::unique_ptr<Lane> m_readingLane;
    std::unique_ptr<Lane> m_surroundingsLane; ///< null before it is needed
};

} // namespace emac::widgets
