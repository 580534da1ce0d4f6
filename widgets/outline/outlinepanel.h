// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/landing.h"
#include "widgets/common/displayunits.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace emac::widgets {

/// The journey as an outline that can be searched and edited by keyboard: what is selected here is selected everywhere,
/// so every action on the selection works here too.
class OutlinePanel : public QWidget
{
    Q_OBJECT
public:
    OutlinePanel(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                 QWidget* parent = nullptr);
    ~OutlinePanel() override;

    /// Gives the focus to the search field, its text selected.
    void focusSearch();
    /// Reveals the next, or the one before, of what the search finds, behind the current row; from the last one on to
    /// the first.
    void findNext();
    void findPrevious();
    /// Asks what to put there, below the current row.
    void add(const journey::Landing& landing);
    /// Names calls that have just been made, in their rows, one after the other: Enter goes on, Esc stops.
    void nameAll(std::vector<journey::Element> elements);
    /// Makes a name that is being typed an edit, where it is accepted.
    void commitPending();

signals:
    /// An action of the window, by its id, is to act on the selection.
    void actionRequested(const QString& id);
    /// A menu is wanted for the selection, which is what lies under the pointer.
    void menuRequested(const QPoint& globalPosition);
    /// A drop was refused, or there is nothing to do; nothing has changed.
    void refused(const QString& reason);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
