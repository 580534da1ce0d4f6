// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

namespace emac::base {

/// What long work looks at now and then: a stop token and a deadline of the steady clock, the only clock in the core.
class Watch
{
public:
    using Clock = std::chrono::steady_clock;

    Watch() = default;
    explicit Watch(std::stop_token token) : m_token(std::move(token)) { }
    Watch(std::stop_token token, Clock::duration limit)
        : m_token(std::move(token))
        , m_deadline(Clock::now() + limit) { }

    /// True once the work should end. Costs one atomic read, and a clock read where there is a deadline.
    bool expired() const { return m_token.stop_requested() || (m_deadline && Clock::now() >= *m_deadline); }
    /// True once someone has asked to stop, whatever the deadline.
    bool stopRequested() const { return m_token.stop_requested(); }

private:
    std::stop_token m_token;
    std::optional<Clock::time_point> m_deadline;
};

} // namespace emac::base
