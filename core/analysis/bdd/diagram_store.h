// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/diagram.h"

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace emac::analysis {

/// The diagrams of earlier analyses, found by the shape of their modules: a changed probability, name or place builds
/// none anew. One that ran into a limit is remembered with that limit and not tried again.
class DiagramStore
{
public:
    /// Forgets those that the last analyses did not ask for.
    void begin();

    struct Found
    {
        const Diagram* diagram; ///< null where the watch expired
        bool isNew;
    };
    /// Builds it where it is not known. Valid until begin() after next.
    Found of(const ModuleShape& shape, const DiagramLimits& limits, const base::Watch& watch);

private:
    struct CodeHash
    {
        std::size_t operator()(const std::vector<std::uint32_t>& code) const;
    };
    struct Entry
    {
        std::unique_ptr<Diagram> diagram;
        DiagramLimits limits;
        std::uint64_t lastUsed = 0;
    };

    std::unordered_map<std::vector<std::uint32_t>, Entry, CodeHash> m_diagrams;
    std::uint64_t m_revision = 0;
};

} // namespace emac::analysis
