// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;

namespace emac::widgets {

class CopyTable;
class TailModel;

/// What each call adds to the percentile that the views speak of, the largest first; a click leads to the call. While
/// it is wanted, the calls on the canvas wear their parts too.
class TailTable : public QWidget
{
    Q_OBJECT
public:
    TailTable(JourneyDocument* document, SelectionModel* selection, QWidget* parent);

    /// Contributions are computed for it, or not any more.
    void setWanted(bool wanted);

private:
    void refresh();
    void tell(const QString& text);
    void reveal(const QModelIndex& index) const;

    JourneyDocument* m_document;
    SelectionModel* m_selection;
    TailModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QLabel* m_heading;
    QStackedWidget* m_pages;
    CopyTable* m_table;
    QLabel* m_message;
};

} // namespace emac::widgets
