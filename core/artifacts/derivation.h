// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/subject.h"
#include "core/yaml/content.h"

namespace emac::artifacts {

/// The DerivationReport: what the bounds are derived from and how, the decision with its reasons, and what it was
/// compiled into. Field names are those of the published example's report and, where that has none, of the replay's
/// reports; `nodes`, `envelope` and `commonCause` are our own. `gated`: there is an analysis template.
yaml::Content derivation(const Subject& subject, bool gated);

} // namespace emac::artifacts
