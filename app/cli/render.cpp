// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/render/arguments.h"
#include "core/base/diagnostic.h"
#include "core/workspace/process.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>

namespace emac::cli {

namespace {

constexpr auto mostTime = std::chrono::hours(1); ///< a drawing of thousands of calls takes minutes

/// The program that draws: beside this one, as it is built and installed, else in PATH.
std::optional<std::filesystem::path> renderer()
{
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto beside = own.parent_path() / "emac-render";
    if (!error && std::filesystem::is_regular_file(beside, error))
        return beside;
    return workspace::findProgram("emac-render");
}

Exit failed(const base::Message& message)
{
    report(base::toString(base::Diagnostic{message, {"emac"}}));
    return Exit::CouldNotRun;
}

} // namespace

Exit render(const render::Arguments& arguments)
{
    const auto program = renderer();
    if (!program)
        return failed({base::Code::RendererMissing, {}});
    workspace::Command command;
    command.program = *program;
    command.arguments = toCommandLine(arguments);
    command.limit = mostTime;
    const Progress progress("drawing " + arguments.intent);
    const auto finished = workspace::run(command);
    if (!finished.value)
        return failed(finished.diagnostics.front().message);
    auto said = finished.value->errors;
    while (said.ends_with('\n'))
        said.pop_back();
    if (!said.empty())
        report(said);
    if (const auto complaint = workspace::complaint(command, *finished.value))
        return failed(*complaint);
    if (finished.value->status == static_cast<int>(Exit::InvalidInput))
        return Exit::InvalidInput;
    return finished.value->succeeded() && write(base::printable(arguments.output) + '\n') ? Exit::Fine
                                                                                          : Exit::CouldNotRun;
}

} // namespace emac::cli
