// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/actionregistry.h"

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace emac::workbench {

/// What mouse and keys do, in a few groups: gestures and keys of the drawing, then every action. The shortcut of an
/// action is changed below the table.
class KeysPage : public QDialog
{
    Q_OBJECT
public:
    KeysPage(widgets::ActionRegistry& actions, QWidget* parent);

private:
    void fill(const widgets::ActionRegistry& all);
    void filter(const QString& text);
    QWidget* makeEditor();
    void followRow();
    void tell(const QString& refusal);
    QString current() const; ///< id of the action; empty where none is chosen

    widgets::ActionRegistry& m_actions;
    QTreeWidget* m_table;
    QLabel* m_which;
    QKeySequenceEdit* m_keys;
    QPushButton* m_remove;
    QPushButton* m_reset;
    QLabel* m_refusal;
};

} // namespace emac::workbench
