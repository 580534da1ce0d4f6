// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/component.h"
#include "core/journey/inputs.h"
#include "core/journey/latency_law.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

/// The forms that evidence of a latency takes, and the way from one to another.
namespace emac::widgets {

enum class EvidenceForm
{
    None,
    Constant,
    Lognormal, ///< by median and p99
    LognormalParameters, ///< by mu and sigma
    Quantiles,
    Histogram,
    Samples
};

EvidenceForm formOf(const std::optional<journey::LatencyEvidence>& evidence);

/// The quantiles that a person is offered: p50, p90, p95, p99, p999.
const std::vector<base::Ratio>& usualQuantiles();

/// The time at which the nominal curve reaches the probability; empty where it never does. O(log of the time)
std::optional<base::Duration> nominalQuantile(const journey::LatencyLaw& law, double probability);

/// With at most so many significant digits, in whole nanoseconds.
base::Duration rounded(base::Duration time, int digits);

/// What another form keeps of the evidence, of which `law` is the law where that is known: what is stated, exactly; and
/// what follows from its nominal curve, to three digits. Empty where nothing of it makes that form: the numbers are
/// then to be typed. Samples and histograms are measured, and never made.
std::optional<journey::LatencyEvidence> converted(const journey::LatencyEvidence& evidence,
                                                  const journey::LatencyLaw* law, EvidenceForm form);

/// The law of numbers that are typed; of a histogram with the DKW band of one interval alone. Null for samples, and
/// where the numbers make no distribution.
journey::LatencyLawPtr lawOfTyped(const journey::LatencyEvidence& evidence);

/// "12 buckets up to 2.5 s, 48,123 calls".
QString histogramWords(const journey::HistogramLatency& histogram);

/// The numbers of a form as texts that say them exactly: "median", "p99", "mu", "p50", "max", "path", ….
using EvidenceTexts = std::map<QString, QString>;

/// Of what can be typed: empty for a histogram.
EvidenceTexts textsOf(const std::optional<journey::LatencyEvidence>& evidence);

/// Empty where a number lacks or is none. Whether the numbers make a distribution is for the edit to say.
std::optional<journey::LatencyEvidence> evidenceOf(EvidenceForm form, const EvidenceTexts& texts);

} // namespace emac::widgets
