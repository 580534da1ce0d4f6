// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/questions/prompts.h"

#include <QDialog>
#include <QList>

class QLabel;
class QListWidget;
class QPushButton;

namespace emac::widgets {

/// The one question about all the open files that other programs have changed or removed. An answer is for the marked
/// ones; those without an answer stay undecided.
class DiskChangesDialog : public QDialog
{
    Q_OBJECT
public:
    DiskChangesDialog(const QList<DiskChange>& changes, QWidget* parent);

    /// In the order of the changes.
    const QList<Prompts::DiskAnswer>& answers() const { return m_answers; }

private:
    void answer(Prompts::DiskAnswer answer);
    void compare();
    void update();
    QList<int> marked() const; ///< rows of the changes that are not answered yet
    QString rowText(const DiskChange& change) const;

    QList<DiskChange> m_changes;
    QList<Prompts::DiskAnswer> m_answers;
    QListWidget* m_list;
    QLabel* m_consequence;
    QPushButton* m_keep;
    QPushButton* m_reload;
    QPushButton* m_compare;
};

} // namespace emac::widgets
