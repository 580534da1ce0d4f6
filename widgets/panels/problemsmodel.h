// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/element.h"
#include "widgets/common/availabilitydisplay.h"

#include <QAbstractTableModel>

#include <vector>

namespace emac::widgets {

/// One thing to mend or to know, with where it leads.
struct Problem
{
    base::Message message;
    base::Place place;
    journey::Element element; ///< none where it is about no element
    bool operator==(const Problem&) const = default;
};

/// Errors first, then warnings, then notes; each in the order of file and line.
class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Severity,
        What,
        Mend,
        Where,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Sorts, removes duplicates, and changes only the rows that differ, so that a selection stays with its row.
    void setProblems(std::vector<Problem> problems);
    /// How availabilities in the messages read.
    void setDisplay(const AvailabilityDisplay& display);
    const Problem& at(int row) const { return m_problems[static_cast<std::size_t>(row)]; }
    int count(base::Severity severity) const;

    /// "2 errors, 1 warning, 3 notes"; "No problems" where there are none.
    QString summary() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Problem> m_problems;
    AvailabilityDisplay m_display;
};

} // namespace emac::widgets
