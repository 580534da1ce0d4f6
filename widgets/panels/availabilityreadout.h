// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/figures.h"

#include <QWidget>

#include <map>

class QLabel;

namespace emac::widgets {

namespace parts {
class TextLink;
} // namespace parts

class IntervalPicture;

/// All numbers of one element: a small picture as the chart draws them, and one line for each; a click on a number asks
/// for its explanation.
class AvailabilityReadout : public QWidget
{
    Q_OBJECT
public:
    explicit AvailabilityReadout(QWidget* parent);

    /// Null: there are no numbers (yet).
    void setValues(const analysis::NodeAvailability* values, const AvailabilityDisplay& display, bool stale);

signals:
    void explanationRequested(emac::widgets::Figure figure);

private:
    struct Line
    {
        QLabel* name = nullptr;
        parts::TextLink* value = nullptr;
    };

    IntervalPicture* m_picture;
    std::map<Figure, Line> m_lines;
    QLabel* m_remark;
};

} // namespace emac::widgets
