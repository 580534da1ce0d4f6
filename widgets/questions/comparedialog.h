// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/git.h"
#include "widgets/document/documentfile.h"
#include "widgets/document/lane.h"

#include <QDialog>
#include <QString>

#include <vector>

class QLabel;

namespace emac::widgets {

class DiffView;

/// Two states of one document: what is on disk, what is here, what was left by a process that ended.
struct Comparison
{
    QString title; ///< of the document
    QString path;
    QString beforeName; ///< "On disk"
    FileContent before;
    QString afterName; ///< "Here, not saved"
    FileContent after;
};

/// Shows how two states of a document differ: the text, and where things lie on the canvas. Only to look at.
class CompareDialog : public QDialog
{
    Q_OBJECT
public:
    CompareDialog(const Comparison& comparison, QWidget* parent);

signals:
    /// The difference is shown.
    void compared();

private:
    void receive(const std::vector<base::Result<workspace::GitDiff>>& diffs);

    QLabel* m_note;
    DiffView* m_view;
    Lane m_lane; ///< last: joined before the rest goes away
};

} // namespace emac::widgets
