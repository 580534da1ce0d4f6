// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/memo.h"

#include "core/analysis/availability/availability_memo.h"
#include "core/analysis/latency/envelope/envelope_memo.h"
#include "core/analysis/latency/latency_memo.h"

namespace emac::analysis {

Memo::Memo()
    : m_availability(std::make_unique<AvailabilityMemo>())
    , m_latency(std::make_unique<LatencyMemo>())
    , m_envelope(std::make_unique<EnvelopeMemo>())
{
}

Memo::~Memo() = default;
Memo::Memo(Memo&& other) noexcept = default;
Memo& Memo::operator=(Memo&& other) noexcept = default;

void Memo::clear()
{
    m_availability = std::make_unique<AvailabilityMemo>();
    m_latency = std::make_unique<LatencyMemo>();
    m_envelope = std::make_unique<EnvelopeMemo>();
}

Memo::Statistics Memo::statistics() const
{
    return {m_availability->work().computed, m_availability->size(), m_latency->computed(), m_latency->bytes()};
}

} // namespace emac::analysis
