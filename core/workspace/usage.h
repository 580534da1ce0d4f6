// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spec/read.h"
#include "core/workspace/working_copy.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Which components a working copy knows, and where its journeys call them.
namespace emac::workspace {

/// One call of a component.
struct CallPlace
{
    std::string key; ///< place key of the call, by which it is found again: see journey::NodePlace
    std::string inside; ///< what to call the operator or the fragment that holds it; empty for the journey itself
    std::uint32_t line = 0; ///< in the file; 0 where it is not written there
    bool operator==(const CallPlace&) const = default;
};

/// One journey, and what it knows and calls.
struct JourneyUsage
{
    std::filesystem::path path;
    std::string name; ///< for people
    std::vector<journey::Component> components; ///< in the order of the document
    std::map<std::string, std::vector<CallPlace>> calls; ///< by component; of the tree first, then of fragments
    bool operator==(const JourneyUsage&) const = default;
};

/// A service that an OpenSLO document promises something of.
struct SloService
{
    std::string service;
    std::string slo; ///< metadata.name, for "openslo:NAME"
    bool operator==(const SloService&) const = default;
};

struct Usage
{
    std::vector<JourneyUsage> journeys; ///< nearer folders first, then by path
    std::vector<SloService> services; ///< sorted by service; one for each, the first of its SLOs by name
    base::Diagnostics diagnostics; ///< files that could not be read or hold errors, and limits that were reached
};

/// What a journey calls, as it is now. O(size · depth).
JourneyUsage usageOf(const spec::IntentDocument& document, const std::filesystem::path& path);

/// The journeys and SLOs of the YAML files below the places, in the order and within the limits of loadCatalogue(). A
/// journey with errors counts as far as it can be read.
Usage readUsage(const std::vector<std::filesystem::path>& places, const SearchLimits& limits = {},
                const base::Watch& watch = {});

} // namespace emac::workspace
