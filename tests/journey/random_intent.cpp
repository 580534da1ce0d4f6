// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/journey/random_intent.h"

#include <cmath>
#include <set>

namespace emac::tests {

using namespace journey;
using namespace std::chrono_literals;

namespace {

base::Ratio ratio(const std::string& text)
{
    return base::Ratio(base::Decimal::parse(text).value());
}

std::string numbered(const char* prefix, std::size_t number)
{
    return prefix + std::to_string(number);
}

base::Duration duration(Random& random)
{
    return random.between(0, 2000) * 1ms;
}

base::Duration positive(Random& random)
{
    return random.between(1, 90) * 24h;
}

template<typename T>
std::optional<T> perhaps(Random& random, T value)
{
    return random.chance(0.5) ? std::optional<T>(std::move(value)) : std::nullopt;
}

Branch randomBranch(Random& random, std::vector<ExpressionPtr> bodies)
{
    Branch branch;
    int left = 1000;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        const int share = i + 1 == bodies.size() ? left : random.between(0, left);
        left -= share;
        const int width = random.chance(0.2) ? random.between(0, 100) : 0;
        const auto end = [](int units) { return ratio(std::to_string(units) + "e-3"); };
        branch.choices.push_back({random.chance(0.5) ? numbered("way ", i) : std::string(),
                                  {end(std::max(0, share - width)), end(std::min(1000, share + width))},
                                  std::move(bodies[i])});
    }
    return branch;
}

class TreeMaker
{
public:
    TreeMaker(Random& random, const Journey& journey, bool named) : m_random(random), m_journey(journey), m_named(named)
    {
    }

    ExpressionPtr make(int depth)
    {
        auto op = depth == 0 || m_random.chance(0.25) ? leaf() : inner(depth);
        auto name = m_named && m_random.chance(0.2) ? numbered("n", m_names++) : std::string();
        return makeExpression(std::move(op), std::move(name), m_random.chance(0.1) ? randomText(m_random) : "");
    }

private:
    Operator leaf()
    {
        if (!m_journey.fragments.empty() && m_random.chance(0.2))
            return Use{m_random.oneOf(m_journey.fragments).name};
        return Call{m_random.oneOf(m_journey.components.list())->name};
    }

    std::vector<ExpressionPtr> list(int depth, int least)
    {
        std::vector<ExpressionPtr> children;
        for (int i = m_random.between(least, 4); i > 0; --i)
            children.push_back(make(depth - 1));
        return children;
    }

    Operator inner(int depth)
    {
        switch (m_random.below(9)) {
        case 0:
            return Parallel{list(depth, 1)};
        case 1:
            return Race{list(depth, 1), perhaps(m_random, duration(m_random))};
        case 2: {
            auto branches = list(depth, 1);
            const int k = m_random.between(1, static_cast<int>(branches.size()));
            return KofN{k, std::move(branches)};
        }
        case 3:
            return randomBranch(m_random, list(depth, 1));
        case 4:
            return Retry{m_random.between(1, 4), perhaps(m_random, duration(m_random)), make(depth - 1)};
        case 5: {
            auto primary = make(depth - 1);
            return Fallback{std::move(primary), list(depth, 1)};
        }
        case 6:
            return Timeout{duration(m_random), make(depth - 1)};
        case 7:
            return Optional{make(depth - 1), perhaps(m_random, m_random.chance(0.5))};
        default:
            return Series{list(depth, 1)};
        }
    }

    Random& m_random;
    const Journey& m_journey;
    bool m_named;
    std::size_t m_names = 0;
};

LatencyEvidence randomLatency(Random& random)
{
    const auto later = [&random](base::Duration time) { return time + random.between(1, 500) * 1ms; };
    const auto first = later(0ms);
    switch (random.below(6)) {
    case 0:
        return ConstantLatency{first};
    case 1: {
        // The reader computes mu and sigma of the quantiles so.
        const LognormalLatency::Quantiles quantiles{first, later(first)};
        const double mu = std::log(base::seconds(quantiles.median));
        return LognormalLatency{mu, (std::log(base::seconds(quantiles.p99)) - mu) / 2.3263478740408408, quantiles};
    }
    case 2:
        return LognormalLatency{-1.5, 0.25, std::nullopt};
    case 3: {
        QuantileLatency latency;
        latency.knots = {{ratio("0.5"), first}, {ratio("0.999"), later(first)}};
        latency.max = perhaps(random, later(latency.knots.back().value));
        return latency;
    }
    case 4:
        return HistogramLatency{{{0.005, 120}, {0.1, 120.0 + random.between(0, 9)}, {INFINITY, 4000}}};
    default:
        return SampledLatency{"samples/times.csv"};
    }
}

} // namespace

std::string randomText(Random& random)
{
    return random.oneOf<std::string>({"", "plain", "with: colon", "# no comment", "two\nlines", "it's \"quoted\"", "é",
                                      "true", "0.5", " padded ", "- item", "{a: b}"});
}

base::Ratio randomRatio(Random& random)
{
    return ratio(std::to_string(random.between(0, 1000)) + "e-3");
}

std::string randomDomain(Random& random)
{
    return random.oneOf<std::string>({"zone:a", "zone:b", "zone", "net:a", "net", "k8s/cluster:x", "payment-network"});
}

ExpressionPtr randomTree(Random& random, const Journey& journey, int depth)
{
    return TreeMaker(random, journey, false).make(depth);
}

Component randomComponent(Random& random, std::string name)
{
    Component component;
    component.name = std::move(name);
    component.kind = random.oneOf<std::string>({"", "service", "external_dependency"});
    component.notes = random.chance(0.3) ? randomText(random) : "";
    component.atomicSloRef = random.oneOf<std::string>({"", "openslo:slo-a", "openslo:slo-b#fast"});
    component.latencySloRef = random.oneOf<std::string>({"", "", "openslo:slo-c"});
    if (random.chance(0.4))
        component.inlineAvailability = ratio("0." + std::to_string(random.between(1, 99)));
    else if (random.chance(0.3))
        component.observed = Observed{static_cast<std::uint64_t>(random.between(0, 999)), 1000};
    component.independentCalls = random.chance(0.7) ? std::nullopt : std::optional(random.chance(0.5));
    component.failure = random.oneOf<FailureTime>({{},
                                                   {FailureTime::Kind::Immediate, 0ms},
                                                   {FailureTime::Kind::LikeSuccess, 0ms},
                                                   {FailureTime::Kind::Constant, 30ms}});
    component.latency = perhaps(random, randomLatency(random));
    std::set<std::string> domains;
    while (random.chance(0.4))
        domains.insert(randomDomain(random));
    component.failureDomains.assign(domains.begin(), domains.end());
    if (random.chance(0.2))
        component.telemetry = Telemetry{"svc", randomText(random), {{"availabilityGood", "good_total"}}};
    component.version = newVersion();
    return component;
}

DomainRule randomRule(Random& random, std::string name)
{
    DomainRule rule{std::move(name), random.oneOf<std::string>({"", "declared", "inferred"}), "", "", "", {}};
    rule.source = random.chance(0.3) ? randomText(random) : "";
    rule.key = random.chance(0.3) ? "topology.kubernetes.io/zone" : "";
    rule.description = random.chance(0.3) ? randomText(random) : "";
    rule.availability = perhaps(random, ratio("0.9998"));
    return rule;
}

Objectives randomObjectives(Random& random)
{
    Objectives objectives;
    if (random.chance(0.8))
        objectives.availability = {positive(random), ratio("0.99" + std::to_string(random.between(1, 9))),
                                   random.chance(0.5) ? "sum(good)" : "", random.chance(0.5) ? "sum(total)" : ""};
    if (random.chance(0.4))
        objectives.latency = {positive(random), random.oneOf<std::string>({"p50", "p99", "p999"}), 400ms,
                              random.chance(0.5) ? "histogram_quantile(0.99, x)" : ""};
    if (random.chance(0.4))
        objectives.deadline = {positive(random), 400ms, ratio("0.99")};
    return objectives;
}

EvidencePolicy randomEvidence(Random& random)
{
    EvidencePolicy evidence;
    evidence.enabled = perhaps(random, random.chance(0.5));
    evidence.window = perhaps(random, positive(random));
    evidence.maxAge = perhaps(random, positive(random));
    evidence.minTraceEdgeCoverage = perhaps(random, 0.8);
    evidence.requirePaymentBranchCoverage = perhaps(random, true);
    evidence.discoveredModelRef = random.chance(0.3) ? "models/discovered.yaml" : "";
    while (random.chance(0.4))
        evidence.inputs.push_back({"opentelemetry-traces", randomText(random)});
    return evidence;
}

Governance randomGovernance(Random& random)
{
    Governance governance;
    governance.evaluationMode = random.chance(0.3) ? "continuous" : "";
    governance.availability = perhaps(random, AvailabilityAssumption::Optimistic);
    governance.latency = perhaps(random, LatencyAssumption::Independent);
    governance.alerts.promRuleOutput = random.chance(0.3) ? "prometheus/alerts.yaml" : "";
    governance.alerts.budgetWindow = perhaps(random, positive(random));
    while (random.chance(0.4))
        governance.alerts.page.push_back({14.4, 1h, 5min});
    governance.delivery.provider = random.oneOf<std::string>({"", "argo-rollouts", "flagger"});
    governance.delivery.maxCanaryBurnRate = perhaps(random, 2.0);
    while (random.chance(0.4)) {
        Action action;
        action.kind = "promote";
        action.guard = random.chance(0.5) ? "A_minus >= 0.995" : "";
        action.rollbackOnGuardViolation = perhaps(random, true);
        action.maxActions = perhaps(random, random.between(0, 9));
        action.rateWindow = perhaps(random, positive(random));
        governance.actions.push_back(std::move(action));
    }
    return governance;
}

Intent randomIntent(Random& random)
{
    Intent intent;
    intent.name = "checkout";
    intent.displayName = randomText(random);
    if (random.chance(0.5))
        intent.labels = {{"team", "payments"}, {"tier", randomText(random)}};
    intent.objectives = randomObjectives(random);
    intent.expectedEvents = perhaps(random, 1200000.0);
    intent.evidence = randomEvidence(random);
    intent.governance = randomGovernance(random);
    auto& journey = intent.journey;
    std::vector<ComponentPtr> components;
    const auto count = static_cast<std::size_t>(random.between(1, 8));
    for (std::size_t i = 0; i < count; ++i)
        components.push_back(std::make_shared<const Component>(randomComponent(random, numbered("c", i))));
    journey.components = Components(std::move(components));
    std::set<std::string> rules;
    while (random.chance(0.6))
        rules.insert(randomDomain(random));
    for (const auto& name : rules)
        journey.domainRules.push_back(randomRule(random, name));
    TreeMaker maker(random, journey, true);
    const auto fragments = static_cast<std::size_t>(random.between(0, 3));
    for (std::size_t i = 0; i < fragments; ++i) {
        auto body = maker.make(random.between(0, 2));
        journey.fragments.push_back({numbered("f", i), std::move(body)});
    }
    if (random.chance(0.95))
        journey.root = maker.make(random.between(0, 4));
    return intent;
}

} // namespace emac::tests
