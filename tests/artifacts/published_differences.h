// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

/// Where what is compiled from the published example differs from the published files, and why.
namespace emac::tests {

enum class How
{
    Differs,
    OursOnly,
    PublishedOnly
};

struct Difference
{
    How how;
    const char* path; ///< a regular expression for the whole path, as flatten() writes it
    const char* why;
};

using Differences = std::vector<Difference>;

const Differences inMetadata{
    {How::OursOnly, R"(metadata\.labels\.journey)", "all labels of the intent go along, not just one of them"},
    {How::OursOnly, R"(metadata\.annotations\.emac\.dev/spec-hash)", "what the file was compiled from"},
};

const Differences inRecordingRules{
    {How::Differs, R"(.*good_requests:rate5m\]\.expr)", "0 good requests are a value, not a gap"},
    {How::Differs, R"(.*slo_errors_per_request:ratio_rate(5m|30m|1h|2h|6h|24h|3d)\]\.expr)",
     "a total outage, in which no series of good requests exists, is a ratio of 1 and not silent; without traffic "
     "there is no ratio instead of 0/0"},
    {How::Differs, R"(.*availability_bound\|optimistic\]\.labels\.domain_assumption)",
     "what is independent is every component; 'payment' is no word of the intent"},
    {How::PublishedOnly, R"(.*latency_seconds:p99_upper_bound\]\..*)",
     "published is the objective itself (0.4) for illustration; a bound is recorded once it is derived from evidence"},
    {How::Differs, R"(.*unresolved_domain_conflict\]\.labels\.source)",
     "the domains are those of the intent here; the discovered model is evidence and not analysed"},
    {How::PublishedOnly, R"(.*contributor\|payment_network_shared_fate\]\..*)",
     "the example and the replay name the same contributor differently; ours is the replay's scheme"},
    {How::OursOnly, R"(.*contributor\|series/race_domain_correlation\]\..*)",
     "as above; the race of the example has no id, so that its place names it"},
    {How::OursOnly, R"(.*availability_bound\|envelope(Lower|Upper)\]\..*)", "our own: the bounds for any dependence"},
};

const Differences inAlerts{
    {How::Differs, R"(.*\[CheckoutErrorBudgetBurnSustained\]\.expr)",
     "the standard row 3 over 24h and 2h was missing, though its ratios are recorded"},
    {How::OursOnly, R"(.*\[CheckoutEventsMissing\]\..*)", "no ratio tells that nothing is measured"},
    {How::OursOnly, R"(.*\[CheckoutLatencyAboveObjective\]\..*)", "there is a latency objective, but was no alert"},
};

const Differences inAnalysisTemplate{
    {How::Differs, R"(spec\.metrics\[.*\]\.successCondition)",
     "an empty or undefined result is inconclusive, where result[0] alone is an error that aborts the rollout"},
    {How::OursOnly, R"(spec\.metrics\[.*\]\.failureCondition)", "as above: without it, inconclusive is failed"},
    {How::OursOnly, R"(spec\.metrics\[.*\]\.inconclusiveLimit)", "as above"},
    {How::OursOnly, R"(spec\.metrics\[.*\]\.count)", "an inline step with an interval and no count is refused by Argo"},
    {How::Differs, R"(spec\.metrics\[checkout-canary-burnrate-5m\]\.provider\.prometheus\.query)",
     "a canary without a single success fails, one without traffic is inconclusive"},
};

const Differences inRollout{
    {How::Differs, R"(spec\.strategy\.canary\.steps\[1\]\.pause\.duration)",
     "'promote' is limited to one action in 10 minutes"},
    {How::OursOnly, R"(apiVersion|kind)", "says what the snippet is a part of, so that tools can check it"},
    {How::OursOnly, R"(metadata\.labels\.emac\.example)", "labels of the intent go along"},
};

const Differences inReport{
    {How::Differs, R"(spec\.composition\.optimisticAssumptions\[\d\])",
     "the assumption is the independence of all components, whatever their kind"},
    {How::PublishedOnly, R"(spec\.syntheticSLIs\.latency\.p99UpperBound\.value)", "no bound has been derived yet"},
    {How::Differs, R"(spec\.syntheticSLIs\.latency\.p99UpperBound\.note)", "as above"},
    {How::PublishedOnly, R"(spec\.syntheticSLIs\.contributors\[.*payment_network_shared_fate.*\]\..*)",
     "the replay's scheme of names is ours"},
    {How::OursOnly, R"(spec\.syntheticSLIs\.contributors\[.*series/race_domain_correlation.*\]\..*)", "as above"},
    {How::Differs, R"(spec\.governance\.provenance\.dominantContributors\[0\])",
     "the race of the example has no id, so that its place names it"},
    {How::OursOnly, R"(spec\.(inputArtifacts|operatorGraph|atomicAvailabilityInputs|policy|interpretation)(\..*)?)",
     "fields of the replay's reports"},
    {How::OursOnly, R"(spec\.(failureDomainAssumptions|dominantContributors).*)", "as above"},
    {How::OursOnly, R"(spec\.composition\.(formulas|optimisticEstimate|pessimisticBound|boundWidth).*)", "as above"},
    {How::OursOnly, R"(spec\.governance\.(decision|reasons|passRequires).*)", "as above"},
    {How::OursOnly, R"(spec\.composition\.(nodes|results\.availability\.envelope).*)", "our own"},
    {How::OursOnly, R"(spec\.syntheticSLIs\.availability\.envelope(Lower|Upper)\..*)", "our own"},
    {How::OursOnly, R"(spec\.governance\.compiledArtifacts\.argoRolloutSnippet)", "compiled, and was not listed"},
};

/// Of the replay's reports; what they do not have is the example's, and compared there.
const Differences inReplay{
    {How::Differs, R"(apiVersion|kind|metadata\.name)", "ours is a DerivationReport of the journey"},
    {How::PublishedOnly, R"(metadata\.labels\.(emac\.sanity\.generated|scenario)|spec\.scenario)",
     "scenarios belong to the replay"},
    {How::Differs, R"(spec\.inputArtifacts\.(canonicalIntent|acceptedModel))",
     "paths relative to the working copy; the model in play is the scenario's"},
    {How::PublishedOnly, R"(spec\.inputArtifacts\.(atomicSloInput|policy|scenario|.*Evidence))",
     "inputs of the replay alone"},
    {How::PublishedOnly, R"(spec\.(generatedArtifacts\..*|localSloView))", "as above"},
    {How::PublishedOnly, R"(spec\.failureDomainAssumptions\.(payment.*|pessimisticRule))",
     "the same stands in 'relations', for any number of races and without the word 'payment'"},
    {How::PublishedOnly, R"(spec\.failureDomainAssumptions\.assumptions.*)",
     "the same in words of the example's report"},
    {How::PublishedOnly, R"(spec\.composition\.(optimisticEstimate|pessimisticBound)\.paymentRaceRule)",
     "'formulas' and 'relations' have it"},
    {How::PublishedOnly, R"(spec\.composition\.intermediateValues\..*)", "'nodes' has them, for every node"},
    {How::PublishedOnly, R"(spec\.confidence\.(fields|basis).*)", "fields of the discovered model, which is named"},
    {How::Differs, R"(spec\.governance\.reasons\[.\])", "all reasons, in the words of the decision"},
    {How::Differs, R"(spec\.interpretation)", "in words of the example's report"},
};

/// Of those in which the race loses its redundancy.
const Differences inReplayOfSharedFate{
    {How::Differs, R"(spec\.failureDomainAssumptions\.assumptions\[0\])", "the same in words of the example's report"},
    {How::PublishedOnly, R"(spec\.dominantContributors\[payment_race_domain_correlation\]\..*)",
     "the race of the intent has no id, so that its place names it"},
};

} // namespace emac::tests
