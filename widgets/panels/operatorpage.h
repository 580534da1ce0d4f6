// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/inspectorpage.h"

class QCheckBox;
class QFormLayout;

namespace emac::widgets {

namespace parts {
class IntervalReadout;
} // namespace parts

/// An operator: what it means, its parameters, its numbers.
class OperatorPage : public InspectorPage
{
    Q_OBJECT
public:
    /// @pre the node exists and is no call
    OperatorPage(JourneyDocument* document, journey::NodeId node, QWidget* parent);

    bool fits() const override;
    void refresh() override;

private:
    journey::ExpressionPtr node() const;
    void addParameters();
    void addDuration(QFormLayout* form, const QString& label, const QString& name, const QString& description);
    void addCount(QFormLayout* form, const QString& label, const QString& name, const QString& description);
    void showParameters(const journey::Expression& node);

    journey::NodeId m_id;
    journey::OperatorType m_type;
    std::size_t m_children; ///< when the page was made

    QLabel* m_title;
    QLabel* m_meaning;
    QLabel* m_identity;
    QLabel* m_notes;
    ValueField* m_count = nullptr;
    ValueField* m_duration = nullptr;
    QCheckBox* m_wait = nullptr;
    QLabel* m_waitRefusal = nullptr;
    std::vector<ValueField*> m_probabilities;
    parts::IntervalReadout* m_readout;
    QLabel* m_remarks;
};

} // namespace emac::widgets
