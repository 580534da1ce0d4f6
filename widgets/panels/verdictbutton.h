// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"
#include "widgets/common/figures.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QToolButton>

#include <memory>

namespace emac::widgets {

/// The verdict, always in sight; a click lists all reasons, each leading to its element, and the journey's numbers,
/// each leading to its explanation.
class VerdictButton : public QToolButton
{
    Q_OBJECT
public:
    VerdictButton(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                  QWidget* parent = nullptr);
    ~VerdictButton() override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// One of the journey's numbers is to be explained.
    void explanationRequested(const emac::journey::Element& element, emac::widgets::Figure figure);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
