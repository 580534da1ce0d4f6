// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <cstdio>

namespace emac::cli {

void report(const std::string& line)
{
    const auto whole = line + '\n';
    if (std::fwrite(whole.data(), 1, whole.size(), stderr) == whole.size())
        std::fflush(stderr);
}

bool write(const std::string& text)
{
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written)
        report("emac: the result could not be written to the standard output");
    return written;
}

} // namespace emac::cli
