// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/request.h"

#include <string>
#include <vector>

namespace emac::artifacts {

struct Artifact
{
    std::string path; ///< relative to the intent's folder, or beginning with Request::outputFolder; normal form
    std::string field; ///< of the intent that states the path or, with another, its folder; empty where none does
    std::string text;
    bool operator==(const Artifact&) const = default;
};

struct Compilation
{
    std::vector<Artifact> files; ///< empty where a finding is an error
    /// Paths as in Artifact where this intent compiles to nothing, but may have done so earlier.
    std::vector<std::string> unused;
    Findings findings;
};

/// The files that follow from an analysis and its decision: Prometheus rules and alerts, Argo's template and steps, and
/// the derivation report. A pure function: the same request gives the same bytes, in every locale. A journey without
/// availability objective or without queries has rules for its bounds and a report; an empty one, and one that
/// calls a component of unstated availability, is refused. O(size · depth).
Compilation compile(const Request& request);

} // namespace emac::artifacts
