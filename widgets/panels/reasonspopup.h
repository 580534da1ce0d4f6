// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"
#include "widgets/common/figures.h"

#include <QFrame>

class QLabel;
class QListView;

namespace emac::widgets {

class ReasonsModel;

/// A list of reasons that opens below the verdict: arrows move, Return follows, Escape closes. Below it the numbers
/// that can be explained.
class ReasonsPopup : public QFrame
{
    Q_OBJECT
public:
    explicit ReasonsPopup(QWidget* parent);

    void setReasons(const QString& heading, const journey::Notes& reasons);
    /// Whether there are numbers to be explained.
    void setExplainable(bool explainable);
    /// Opens below the widget, with the focus in the list.
    void openBelow(QWidget* widget);

signals:
    void chosen(const emac::journey::Note& reason);
    void explanationRequested(emac::widgets::Figure figure);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void choose(int row);

    ReasonsModel* m_model;
    QLabel* m_heading;
    QLabel* m_hint;
    QWidget* m_explain; ///< a link for each number
    QListView* m_list;
};

} // namespace emac::widgets
