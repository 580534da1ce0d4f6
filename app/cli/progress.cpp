// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include "app/cli/output.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace emac::cli {

Progress::Progress(std::string what)
    : m_what(std::move(what))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

void Progress::run(const std::stop_token& stop) const
{
    using namespace std::chrono_literals;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    auto pause = 1s;
    while (!stop.stop_requested()) {
        if (wake.wait_for(lock, stop, pause, [&stop] { return stop.stop_requested(); }))
            return;
        if (!stop.stop_requested())
            report("emac: still " + m_what + " …");
        pause = 5s;
    }
}

} // namespace emac::cli
