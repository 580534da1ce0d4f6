// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/inspectorpage.h"

class QFormLayout;

namespace emac::widgets {

/// An operator: what it means, its identity, its parameters, what it holds, its numbers.
class OperatorPage : public InspectorPage
{
    Q_OBJECT
public:
    /// @pre the node exists and is no call
    OperatorPage(const InspectorContext& context, journey::NodeId node, QWidget* parent);

    bool fits() const override;
    void refresh() override;

private:
    journey::ExpressionPtr node() const;
    /// The operator of the node as one of this type; what it has of another one is that of a new one.
    template<typename T>
    T op() const;
    void addIdentity();
    void addParameters();
    void addDuration(QFormLayout* form, const QString& label, const QString& name,
                     const std::function<std::optional<base::Duration>()>& get, const QString& words);
    void addCount(QFormLayout* form, const QString& label, const QString& name, const std::function<int()>& get,
                  const QString& words);
    void addChildren();
    void addChoice(QFormLayout* form, std::size_t index);
    /// A button that selects the child, and one that removes it.
    QWidget* childRow(const journey::ExpressionPtr& child);

    journey::NodeId m_id;
    journey::OperatorType m_type;
    std::vector<journey::NodeId> m_children; ///< when the page was made
    QString m_words; ///< what the node was called then

    QLabel* m_title;
    QLabel* m_meaning;
    QLabel* m_refusal;
    AvailabilityReadout* m_readout;
    QLabel* m_remarks;
};

} // namespace emac::widgets
