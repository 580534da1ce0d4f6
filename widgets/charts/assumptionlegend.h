// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace emac::widgets {

/// What each number of the chart assumes, in a sentence beside its mark as it is drawn. Can be folded to its heading;
/// that is remembered.
class AssumptionLegend : public QWidget
{
    Q_OBJECT
public:
    explicit AssumptionLegend(QWidget* parent);

    bool isFolded() const;

signals:
    void folded(bool folded);

private:
    QToolButton* m_heading;
    QWidget* m_body;
};

} // namespace emac::widgets
