// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <thread>

namespace emac::cli {

/// Says on stderr what is going on when it takes longer than a second, and again every five.
class Progress
{
public:
    explicit Progress(std::string what);

private:
    void run(const std::stop_token& stop) const;

    std::string m_what;
    std::jthread m_thread;
};

} // namespace emac::cli
