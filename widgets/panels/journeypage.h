// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/inspectorpage.h"

namespace emac::widgets {

namespace parts {
class IntervalReadout;
} // namespace parts

/// The journey: its objectives, the assumption that automation uses, its numbers, its size.
class JourneyPage : public InspectorPage
{
    Q_OBJECT
public:
    JourneyPage(JourneyDocument* document, QWidget* parent);

    bool fits() const override;
    void refresh() override;

private:
    void showObjectives(const journey::Objectives& objectives);
    void showResult();

    /// Which objectives the journey has: the page's form.
    struct Stated
    {
        bool availability;
        bool latency;
        bool deadline;
        bool operator==(const Stated&) const = default;
    };
    static Stated statedIn(const journey::Objectives& objectives);

    Stated m_stated;

    QLabel* m_title;
    QLabel* m_name;
    ValueField* m_target;
    QLabel* m_noTarget;
    QLabel* m_window;
    QLabel* m_latency;
    QLabel* m_deadline;
    QLabel* m_assumption;
    parts::IntervalReadout* m_readout;
    QLabel* m_shortfall;
    QLabel* m_size;
    QLabel* m_model;
    QLabel* m_remarks;
};

} // namespace emac::widgets
