// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/component.h"
#include "core/journey/expression.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emac::journey {

/// A named expression that may be used in many places.
struct Fragment
{
    std::string name;
    ExpressionPtr body;
};

/// A rule of `failureDomains.rules`.
struct DomainRule
{
    std::string name; ///< "kind" or "kind:value"
    std::string kind; ///< "declared" or "inferred"; declared where it is empty
    std::string source;
    std::string key;
    std::string description;
    std::optional<base::Ratio> availability; ///< a_D, for the common-cause law
    bool operator==(const DomainRule&) const = default;
};

/// The components in document order, with lookup by name in O(log n). An immutable value: copies share.
class Components
{
public:
    Components() = default;
    /// @pre names are unique. O(n log n)
    explicit Components(std::vector<ComponentPtr> list);

    const std::vector<ComponentPtr>& list() const { return m_list; }
    /// Null where there is none of this name.
    ComponentPtr find(std::string_view name) const;
    /// The same, with the component of this name replaced. @pre it exists. O(n) pointer copies.
    Components with(ComponentPtr component) const;
    /// The same, with one more behind the others. @pre its name is new. O(n) copies
    Components adding(ComponentPtr component) const;
    /// The same, without the one of this name. @pre it exists. O(n) copies
    Components without(std::string_view name) const;
    /// The same, with the component of this name replaced by one of another name. @pre it exists, the new name does
    /// not. O(n) copies
    Components renamed(std::string_view name, ComponentPtr component) const;

private:
    using Order = std::vector<std::size_t>;
    /// Where this name stands in m_order, or would stand.
    std::size_t rank(std::string_view name) const;
    bool isAt(std::size_t rank, std::string_view name) const;

    std::vector<ComponentPtr> m_list;
    std::shared_ptr<const Order> m_order; ///< places in m_list, sorted by name; null where there are none
};

/// What is analysed: expression, fragments, components, domains.
struct Journey
{
    ExpressionPtr root; ///< null: an empty journey
    std::vector<Fragment> fragments;
    Components components;
    std::vector<DomainRule> domainRules;

    /// Null where there is none of this name. O(fragments).
    ExpressionPtr fragment(std::string_view name) const;
};

struct AvailabilityObjective
{
    base::Duration window{0};
    base::Ratio target; ///< in (0, 1)
    std::string goodEventQuery;
    std::string totalEventQuery;
    bool operator==(const AvailabilityObjective&) const = default;
};

struct LatencyObjective
{
    base::Duration window{0};
    std::string metric; ///< "p99"
    base::Duration threshold{0};
    std::string promql;
    bool operator==(const LatencyObjective&) const = default;
};

/// P(succeeds within `limit`) ≥ target.
struct DeadlineObjective
{
    base::Duration window{0};
    base::Duration limit{0};
    base::Ratio target;
    bool operator==(const DeadlineObjective&) const = default;
};

struct Objectives
{
    std::optional<AvailabilityObjective> availability;
    std::optional<LatencyObjective> latency;
    std::optional<DeadlineObjective> deadline;
    bool operator==(const Objectives&) const = default;
};

enum class AvailabilityAssumption
{
    Pessimistic,
    Optimistic,
    CommonCause,
    Envelope
};
enum class LatencyAssumption
{
    UpperConfidence,
    Independent,
    Envelope
};

struct BurnRate
{
    double rate = 0;
    base::Duration longWindow{0};
    base::Duration shortWindow{0};
    bool operator==(const BurnRate&) const = default;
};

struct Alerts
{
    std::string promRuleOutput;
    std::optional<base::Duration> budgetWindow;
    std::vector<BurnRate> page;
    std::vector<BurnRate> ticket;
    bool operator==(const Alerts&) const = default;
};

struct ProgressiveDelivery
{
    std::string provider; ///< "argo-rollouts", "flagger"
    std::string analysisTemplateOutput;
    std::optional<double> maxCanaryBurnRate;
    std::optional<double> maxP99LatencySeconds;
    bool operator==(const ProgressiveDelivery&) const = default;
};

struct Action
{
    std::string kind;
    std::string guard;
    std::map<std::string, std::string> parameterBounds;
    std::optional<bool> rollbackOnGuardViolation; ///< false where it is not stated
    std::string rollbackAction;
    std::optional<int> maxActions;
    std::optional<base::Duration> rateWindow;
    bool operator==(const Action&) const = default;
};

struct Governance
{
    std::string evaluationMode;
    std::optional<AvailabilityAssumption> availability; ///< pessimistic where it is not stated
    std::optional<LatencyAssumption> latency; ///< upper confidence where it is not stated
    Alerts alerts;
    ProgressiveDelivery delivery;
    std::vector<Action> actions;
    bool operator==(const Governance&) const = default;
};

struct EvidencePolicy
{
    std::optional<bool> enabled; ///< false where it is not stated
    std::optional<base::Duration> window;
    std::optional<base::Duration> maxAge;
    std::optional<double> minTraceEdgeCoverage;
    std::optional<bool> requirePaymentBranchCoverage;
    std::string discoveredModelRef; ///< provenance; never loaded for analysis
    struct Source
    {
        std::string type;
        std::string notes;
        bool operator==(const Source&) const = default;
    };
    std::vector<Source> inputs;
    bool operator==(const EvidencePolicy&) const = default;
};

/// What people declare about a journey: an immutable value, cheap to copy.
struct Intent
{
    std::string name; ///< metadata.name
    std::string displayName;
    std::map<std::string, std::string> labels;
    Objectives objectives;
    std::optional<double> expectedEvents; ///< per window
    Journey journey;
    EvidencePolicy evidence;
    Governance governance;
};

/// Equal content, disregarding NodeIds and versions. O(size).
bool equalContent(const Intent& a, const Intent& b);

} // namespace emac::journey
