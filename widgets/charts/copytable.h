// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <functional>

namespace emac::widgets {

/// The table of a chart's numbers: whole rows are selected, and the copy keys copy them; all where none is selected.
class CopyTable : public QTableView
{
    Q_OBJECT
public:
    /// `text` makes the text of these rows; of all where there are none.
    CopyTable(std::function<QString(const QList<int>&)> text, QWidget* parent);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::function<QString(const QList<int>&)> m_text;
};

} // namespace emac::widgets
