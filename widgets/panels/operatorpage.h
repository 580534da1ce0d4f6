// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/operatorform.h"

class QFormLayout;

namespace emac::widgets {

/// An operator: what it means, its identity, its parameters, what it holds, its numbers.
class OperatorPage : public OperatorForm
{
    Q_OBJECT
public:
    /// @pre the node exists and is no call
    OperatorPage(const InspectorContext& context, journey::NodeId node, QWidget* parent);

    bool fits() const override;
    void refresh() override;

private:
    journey::ExpressionPtr node() const;
    void addIdentity();
    void addChildren();
    void addChoice(QFormLayout* form, std::size_t index);
    /// A button that selects the child, and one that removes it.
    QWidget* childRow(const journey::ExpressionPtr& child);

    journey::NodeId m_id;
    std::vector<std::pair<journey::NodeId, QString>> m_children; ///< and their names, when the page was made
    QString m_words; ///< what the node was called then

    QLabel* m_title;
    QLabel* m_meaning;
    QLabel* m_refusal;
    AvailabilityReadout* m_readout;
    QLabel* m_remarks;
};

} // namespace emac::widgets
