// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/changes.h"
#include "widgets/document/lane.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>
#include <optional>

namespace emac::widgets {

/// What one look at a working copy has found.
struct ChangesLook
{
    std::optional<workspace::Changes> changes; ///< absent where Git could not tell; then `diagnostics` says why
    base::Diagnostics diagnostics;
};

/// How one file differs from the last commit.
struct FileDiff
{
    std::filesystem::path file; ///< relative to the root
    workspace::GitDiff diff;
    base::Diagnostics diagnostics; ///< why there is no diff
};

/// How a commit has ended.
struct CommitEnd
{
    std::optional<workspace::GitCommit> commit; ///< absent where none was made
    base::Diagnostics diagnostics;
};

/// What differs of one journey from the last commit: looked up, compared and committed on threads of its own, so that
/// nothing here waits. What is found of another journey, or before a newer question, is dropped.
class ChangesTracker : public QObject
{
    Q_OBJECT
public:
    explicit ChangesTracker(QObject* parent = nullptr);
    /// A commit that is under way is stopped: see stop().
    ~ChangesTracker() override;

    /// The file of the intent; empty for none. Forgets what was found, and looks.
    void setIntent(const QString& path);
    const QString& intent() const { return m_intent; }

    /// Looks again; lookChanged() follows. What was found last stays until then.
    void refresh();
    std::shared_ptr<const ChangesLook> look() const { return m_look; } ///< null before the first
    bool isLooking() const { return m_looking; }

    /// diffRead() follows, unless the next question comes first. @pre look()->changes
    void requestDiff(const workspace::Change& change);

    /// Commits the journey as it is on disk; committed() follows, and a new look. @pre !isCommitting()
    void commit(const QString& message, const workspace::CommitChoice& choice);
    bool isCommitting() const { return m_isCommitting; }
    /// Ends a commit that is under way, with its hooks; what it has ended as follows as ever.
    void stop();

signals:
    void lookChanged();
    void diffRead(const emac::widgets::FileDiff& diff);
    void committingChanged(bool committing);
    void committed(const emac::widgets::CommitEnd& end);

private:
    QString m_intent;
    std::shared_ptr<const ChangesLook> m_look;
    quint64 m_question = 0; ///< the newest; counts looks and diffs
    quint64 m_diffQuestion = 0;
    bool m_looking = false;
    bool m_isCommitting = false;
    // Last: a lane joins its thread before anything above goes away.
    Lane m_looks;
    Lane m_diffs;
    Lane m_commits;
};

} // namespace emac::widgets
