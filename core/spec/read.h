// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/journey/intent.h"
#include "core/journey/model.h"
#include "core/spec/source_map.h"

#include <optional>
#include <string>
#include <string_view>

namespace emac::spec {

/// A JourneyIntent as read from a text.
struct IntentDocument
{
    journey::Intent intent;
    SourceMap sources;
};

/// Reads the text of a JourneyIntent (`emac.dev/v1alpha1` with its extensions). Reports all that is wrong, with
/// places in `file`; unknown keys are warnings. The value is present where there is a mapping that is a JourneyIntent
/// at least by its kind: what is wrong in it is left out (a call of an unknown component stays in the tree). Fragments
/// that form a cycle are cut where the cycle closes. References to OpenSLO documents are resolved later, by resolve().
base::Result<IntentDocument> readIntent(std::string_view text, const std::string& file, const base::Watch& watch = {});

/// Reads an AcceptedJourneyModel or DiscoveredJourneyModel of `emac.dev/v1alpha1` or `emac.sanity/v1`.
base::Result<journey::AcceptedModel> readModel(std::string_view text, const std::string& file,
                                               const base::Watch& watch = {});

/// apiVersion and kind of each document, for a file of which nothing else is known; and a check of the kinds that
/// are only recognised (ModelDelta, DerivationReport, the replay's fixtures, emac.sanity.trace/v1 …): known, or an
/// error that lists what is read. For `emac validate`.
base::Diagnostics validateFile(std::string_view text, const std::string& file, const base::Watch& watch = {});

} // namespace emac::spec
