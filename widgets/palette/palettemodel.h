// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/workspace/usage.h"
#include "widgets/editing/carried.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace emac::widgets {

/// One row of the palette: something to put into the journey, or the heading above several.
struct PaletteRow
{
    QString title;
    QString detail{}; ///< where it is known from; may be empty
    QString toolTip{};
    std::optional<Carried> carried{}; ///< absent: a heading
    bool external = false; ///< an external dependency
    bool notStated = false; ///< a component without availability

    bool operator==(const PaletteRow&) const = default;
};

/// Operators, calls of the journey's components and of those that are known elsewhere in the working copy, fragments;
/// those of them whose title or detail holds the filter, and the headings above these. Rows can be dragged.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit PaletteModel(QObject* parent = nullptr);

    /// What other journeys of the working copy, and its SLOs, know. O(size).
    void setKnown(const std::vector<workspace::JourneyUsage>& journeys,
                  const std::vector<workspace::SloService>& services);
    /// The journey that things are put into. O(size · log).
    void setJourney(const journey::Journey& journey);
    /// Without regard to case; empty: all.
    void setFilter(const QString& filter);

    const PaletteRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    bool isHeading(int row) const { return !at(row).carried; }
    int rowOf(const Carried& carried) const; ///< −1 where it is not shown
    bool offers(const Carried& carried) const; ///< shown or not
    int firstItem() const; ///< −1 where nothing is left

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

private:
    void build();
    void show();

    journey::Journey m_journey;
    std::vector<PaletteRow> m_known; ///< each name once, sorted
    std::vector<PaletteRow> m_all;
    std::vector<PaletteRow> m_rows; ///< that pass the filter
    QString m_filter;
};

/// "The first success wins": half a sentence on what the operator means.
QString operatorMeaning(journey::OperatorType type);

} // namespace emac::widgets
