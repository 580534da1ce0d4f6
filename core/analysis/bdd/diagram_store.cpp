// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/diagram_store.h"

namespace emac::analysis {

namespace {

/// A part that is taken out and put back soon finds its diagram again.
constexpr std::uint64_t revisionsKept = 16;

} // namespace

std::size_t DiagramStore::CodeHash::operator()(const std::vector<std::uint32_t>& code) const
{
    std::uint64_t bits = code.size();
    for (const auto word : code) {
        bits = (bits ^ word) * 0x9e3779b97f4a7c15U;
        bits ^= bits >> 29U;
    }
    return bits;
}

void DiagramStore::begin()
{
    ++m_revision;
    if (m_revision % revisionsKept == 0)
        std::erase_if(m_diagrams,
                      [this](const auto& entry) { return entry.second.lastUsed + revisionsKept < m_revision; });
}

DiagramStore::Found DiagramStore::of(const ModuleShape& shape, const DiagramLimits& limits, const base::Watch& watch)
{
    auto& entry = m_diagrams[shape.code()];
    entry.lastUsed = m_revision;
    const bool isKnown = entry.diagram && (entry.diagram->state() == DiagramState::Built || entry.limits == limits);
    if (isKnown)
        return {entry.diagram.get(), false};
    entry.diagram = std::make_unique<Diagram>(shape, limits, watch);
    entry.limits = limits;
    if (entry.diagram->state() == DiagramState::Stopped) {
        entry.diagram.reset();
        return {nullptr, true};
    }
    return {entry.diagram.get(), true};
}

} // namespace emac::analysis
