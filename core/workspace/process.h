// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Running another program: the only place in the project that does.
namespace emac::workspace {

/// A program, and all that it is given. No shell is involved: arguments reach it byte for byte.
struct Command
{
    std::filesystem::path program; ///< absolute, as findProgram() gives it
    std::vector<std::string> arguments; ///< without the program's own name; no NUL inside
    std::filesystem::path folder; ///< its working directory; empty for this process's own
    /// Variables on top of this process's own; absent ones are taken away.
    std::map<std::string, std::optional<std::string>> environment;
    std::string input; ///< its standard input; then the end of the file
    std::size_t mostOutput = std::size_t(16) << 20U; ///< bytes kept of stdout, and the same of stderr
    std::chrono::milliseconds limit = std::chrono::seconds(30); ///< how long it may take
};

enum class Ending
{
    Exited, ///< by itself, with a status
    Signalled, ///< by a signal that was not ours
    TooLong, ///< we ended it at its limit, or at the deadline of the watch
    Stopped, ///< we ended it as someone asked to stop
    TooMuch ///< we ended it as it wrote more than `mostOutput`
};

/// How a program has ended, and what it had written until then, cut at `mostOutput`.
struct Finished
{
    Ending ending = Ending::Exited;
    int status = 0; ///< exit status 0 … 255, or the number of the signal
    std::chrono::milliseconds elapsed{0};
    std::string output;
    std::string errors;

    bool succeeded() const { return ending == Ending::Exited && status == 0; }
};

/// Runs the program on the calling thread until it has ended. It gets a session of its own, so that it has no terminal
/// to ask at, and default signals. What must end early is asked to (SIGTERM, to its whole group), and killed 2 s later.
/// What the program leaves running in the background when it ends by itself is left alone, and not waited for, even
/// where it still holds the output. No descriptor of this process reaches it but the three standard ones.
/// @returns ProgramMissing where there is no such executable file; ProgramNotStarted with the system's reason.
base::Result<Finished> run(const Command& command, const base::Watch& watch = {});

/// What to tell people of a program that did not end by itself: ProgramTooLong, ProgramStopped, ProgramOutputTooLong,
/// ProgramCrashed. Absent for one that did, whatever its status.
std::optional<base::Message> complaint(const Command& command, const Finished& finished);

/// The executable file of that name in the folders of PATH, in their order; entries of PATH that are not absolute are
/// passed over. Empty where there is none.
std::optional<std::filesystem::path> findProgram(std::string_view name);

} // namespace emac::workspace
