// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/actionregistry.h"

#include <QDialog>

class QTreeWidget;

namespace emac::workbench {

/// What mouse and keys do, in a few groups: gestures and keys of the drawing, then every action that has a shortcut.
class KeysPage : public QDialog
{
    Q_OBJECT
public:
    KeysPage(const widgets::ActionRegistry& actions, QWidget* parent);

private:
    void fill(const widgets::ActionRegistry& all);
    void filter(const QString& text);

    QTreeWidget* m_table;
};

} // namespace emac::workbench
