// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/journeyview.h"
#include "widgets/document/pages.h"
#include "widgets/editing/carried.h"

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace emac::widgets {

/// The drawing of a journey, and while a fragment of it is open, a line above that says so: the way to it, each step a
/// link back ("Checkout › payment"), whose the numbers are and whom an edit concerns. A double click on a use opens its
/// fragment; Backspace, and Esc where nothing is selected, lead back.
class DrawingPage : public QWidget
{
    Q_OBJECT
public:
    DrawingPage(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                QWidget* parent = nullptr);

    JourneyView* view() const { return m_view; }
    /// Of the view; while it holds something, Esc empties it first.
    void setPlacingTool(PlacingTool* tool);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void update();
    void open(const journey::Element& use);

    JourneyDocument* m_document;
    SelectionModel* m_selection;
    PageFollower m_follower;
    JourneyView* m_view;
    QWidget* m_bar;
    QHBoxLayout* m_way;
    QLabel* m_note;
    QPointer<PlacingTool> m_tool;
};

} // namespace emac::widgets
