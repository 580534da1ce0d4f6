// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "widgets/document/journeydocument.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// What differs from the last commit of the working copy, and committing it: the branch, the files that a commit will
/// contain, the difference of the selected one, a message. One for a window: it follows the current document.
///
/// Nothing here waits for Git. It is asked again when the document is saved, when the panel comes into sight, and by
/// refresh().
class ChangesPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ChangesPanel(QWidget* parent = nullptr);
    ~ChangesPanel() override;

    void setDocument(JourneyDocument* document); ///< null for none

    void refresh(); ///< at once where the panel is in sight, else when it comes into it
    void focusMessage();

    /// Where the last look found HEAD on no branch: the short hash of its commit. Else empty.
    QString detachedAt() const;
    bool isCommitting() const;

    /// Commits what is on disk, with the message that is typed.
    void commit(bool withoutArtifacts = false);

signals:
    /// The user wants to commit: unsaved changes and a detached HEAD are to be asked about before commit().
    void commitRequested();
    /// The artifacts cannot be compiled; nothing was committed. `reasons` are lines for people.
    void notCompiled(const QString& reasons);
    void committed();

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
