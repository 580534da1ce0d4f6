// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <utility>
#include <vector>

namespace emac::widgets {

/// A table whose rows are of elements of a journey: `Row::element`.
template<typename Row>
class ElementTable : public QAbstractTableModel
{
public:
    ElementTable(int columns, QObject* parent) : QAbstractTableModel(parent), m_columns(columns) { }

    const std::vector<Row>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : m_columns; }

protected:
    /// Keeps rows whose elements are the same, so that a selection stays.
    void replaceRows(std::vector<Row> rows)
    {
        if (std::ranges::equal(rows, m_rows, {}, &Row::element, &Row::element)) {
            m_rows = std::move(rows);
            return changeCells();
        }
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    void changeCells(const QList<int>& roles = {})
    {
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, m_columns - 1), roles);
    }

private:
    int m_columns;
    std::vector<Row> m_rows;
};

} // namespace emac::widgets
