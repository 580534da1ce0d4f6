// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// The Latency dock: laws in time of the journey with objectives, of the selected node and of the accepted model; their
/// percentiles and deadlines as a table; why something is not known, with a link to the field that mends it.
/// Laws in time are computed for it while it is in sight.
class LatencyPanel : public QWidget
{
    Q_OBJECT
public:
    LatencyPanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent = nullptr);
    ~LatencyPanel() override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void look(bool inSight);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
