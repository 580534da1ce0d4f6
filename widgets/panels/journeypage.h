// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/inspectorpage.h"

class QFormLayout;

namespace emac::widgets {

/// The journey: its names, its objectives, what it is judged on, its numbers, its failure domains, its size.
class JourneyPage : public InspectorPage
{
    Q_OBJECT
public:
    JourneyPage(const InspectorContext& context, QWidget* parent);

    bool fits() const override;
    void refresh() override;

private:
    void addIdentity();
    void addObjectives();
    void addObjectiveButtons();
    void addAvailability(QFormLayout* form);
    void addLatency(QFormLayout* form);
    void addDeadline(QFormLayout* form);
    void addGovernance();
    void addRules();
    void addRuleFields(NamesField* names);
    void showResult();
    /// How far the objective is missed, or why nobody can tell.
    QString shortfallWords(const governance::ObjectiveJudgement& judgement, const governance::Decision& decision) const;
    const journey::Intent& intent() const { return document()->intent(); }
    /// Sets one member of the objectives.
    template<typename T, typename Change>
    std::function<journey::Edit(const T&)> objective(Change change) const;
    /// The rule of this name as it is now.
    journey::DomainRule rule(const QString& name) const;

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
    ValueField* m_target = nullptr; ///< null where no availability objective is stated
    QLabel* m_refusal;
    AvailabilityReadout* m_readout;
    QLabel* m_shortfall;
    QLabel* m_size;
    QLabel* m_model;
    QLabel* m_remarks;
};

} // namespace emac::widgets
