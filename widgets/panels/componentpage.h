// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/componentform.h"

class QPushButton;
class QVBoxLayout;

namespace emac::widgets {

class LatencyEditor;

namespace parts {
class PlaceLink;
} // namespace parts

/// A call, or the component that it refers to: its identity, its availability with its source, its evidence, its
/// domains, where it is used.
class ComponentPage : public ComponentForm
{
    Q_OBJECT
public:
    /// `call` is 0 where the component itself is shown.
    ComponentPage(const InspectorContext& context, std::string component, journey::NodeId call, QWidget* parent);

    bool fits() const override;
    void refresh() override;

private:
    struct Availability; ///< what there is to say about it, from the intent and the newest numbers
    Availability availability(const journey::Component& component) const;
    void showAvailability(const journey::Component& component);
    void showDomains(const journey::Component& component);
    void overrideValue();
    void addIdentity();
    void addDomains();
    void addCall();
    void addUses();
    void showUses();

    std::string m_name;
    journey::NodeId m_call;

    QLabel* m_title;
    QLabel* m_kind;
    QLabel* m_value;
    AvailabilityReadout* m_readout; ///< of the call
    QLabel* m_source;
    parts::PlaceLink* m_place;
    ValueField* m_field;
    QPushButton* m_override;
    QPushButton* m_reset;
    QLabel* m_resetReason;
    QLabel* m_overridden;
    parts::PlaceLink* m_overriddenPlace;
    QLabel* m_observed;
    LatencyEditor* m_latency;
    QLabel* m_domains;
    QLabel* m_domainOrigin;
    QLabel* m_uses;
    QVBoxLayout* m_calls; ///< a link for each
    std::vector<journey::NodeId> m_called; ///< as the links show them
    QLabel* m_remarks;
};

} // namespace emac::widgets
