// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// Tables of measurements, of which one column holds times.
namespace emac::widgets {

struct TimeColumns
{
    QStringList headings; ///< empty where the text is no table with a line of headings
    QList<int> times; ///< the columns that read as times
    /// Which of these is meant: the only one, or the only one whose heading speaks of it. −1: that is not clear.
    int likely = -1;
};

/// Of a text whose first line has several cells, between commas, semicolons, or tabs, none of them a number. O(n)
TimeColumns timeColumns(const QString& text);

/// The cells of one column, its heading first, each on the line that it is on; empty lines where there is none.
QString columnOf(const QString& text, int column);

} // namespace emac::widgets
