// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/inputs.h"
#include "core/journey/intent.h"
#include "core/journey/model.h"
#include "core/spec/catalogue.h"
#include "core/spec/read.h"
#include "core/spec/samples.h"

#include <map>
#include <memory>
#include <string>

namespace emac::spec {

/// Which of two availabilities a component is analysed with; one that lacks it uses the other, with a note.
enum class InputChoice
{
    Target,
    Observed
};

/// The files of measured times that an intent names, by the paths that it names them with; what was read of each, or
/// why nothing was. Never null.
using SampleFiles = std::map<std::string, std::shared_ptr<const base::Result<SampledTimes>>>;

/// The paths of the sample files that the components name, without duplicates.
std::vector<std::string> samplePaths(const journey::Journey& journey);

struct Resolution
{
    journey::Inputs inputs;
    base::Diagnostics diagnostics; ///< dangling or ambiguous references, overrides, unstated availabilities …
    journey::Notes notes; ///< "X has no observed availability: its target is used"
};

/// What each component is analysed with.
/// `model` may be null. Domains are those of the model where it names the component, else of the intent.
/// Observed availabilities are Clopper–Pearson intervals, and observed latencies DKW bands, at the joint confidence of
/// 95 % (α divided by the number of intervals that the called components use). Sample files that are not among those
/// given are an error. Diagnostics name the places of `document.sources` in `file`.
/// O(components · log catalogue + measured times).
Resolution resolve(const IntentDocument& document, const std::string& file, const Catalogue& catalogue,
                   const journey::AcceptedModel* model, InputChoice choice, const SampleFiles& samples = {});

/// The exact two-sided interval of a failure probability for `good` successes in `total` (Clopper & Pearson 1934), by
/// beta quantiles. alpha is the two-sided error, in (0, 1).
journey::FailureProbability clopperPearson(const journey::Observed& observed, double alpha);

} // namespace emac::spec
