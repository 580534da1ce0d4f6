// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "core/workspace/artifacts.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace emac::cli {

namespace {

using base::Code;

/// What is wrong with the disk, not with the intent.
constexpr std::array ofTheDisk{Code::FileUnreadable, Code::ArtifactForeign, Code::ArtifactOfAnother,
                               Code::ArtifactNotWritten, Code::ArtifactChanged};

Exit statusOf(const base::Diagnostics& diagnostics)
{
    const auto isOfTheDisk = [](const base::Diagnostic& diagnostic) {
        return std::ranges::find(ofTheDisk, diagnostic.message.code) != ofTheDisk.end();
    };
    if (std::ranges::any_of(diagnostics, isOfTheDisk))
        return Exit::CouldNotRun;
    return base::hasErrors(diagnostics) ? Exit::InvalidInput : Exit::Fine;
}

/// As short as it can be written from here.
std::string shown(const std::filesystem::path& path)
{
    std::error_code error;
    const auto here = std::filesystem::current_path(error);
    const auto below = error ? std::filesystem::path() : path.lexically_relative(here);
    return (below.empty() || *below.begin() == ".." ? path : below).string();
}

void reportAll(const base::Diagnostics& diagnostics)
{
    for (const auto& diagnostic : diagnostics)
        report(base::toString(diagnostic));
}

} // namespace

Exit compile(const CompileArguments& arguments)
{
    const Progress progress("compiling " + arguments.intent);
    const auto opened = open(arguments);

    workspace::CompileOptions how;
    how.flavor = arguments.plain ? artifacts::Flavor::Plain : artifacts::Flavor::Operator;
    if (!arguments.out.empty())
        how.out = arguments.out;
    const auto plan = workspace::planArtifacts(opened, how);
    reportAll(plan.diagnostics);
    if (const auto status = statusOf(plan.diagnostics); status != Exit::Fine)
        return status;

    const auto written = workspace::writeArtifacts(plan);
    reportAll(written.diagnostics);
    std::string list;
    for (const auto& file : *written.value)
        list += shown(file.path) + '\n';
    return write(list) ? statusOf(written.diagnostics) : Exit::CouldNotRun;
}

} // namespace emac::cli
