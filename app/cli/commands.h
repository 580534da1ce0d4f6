// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/intentarguments.h"

#include <string>
#include <vector>

namespace emac::render {
struct Arguments;
} // namespace emac::render

namespace emac::cli {

/// Exit statuses of every command.
enum class Exit : int
{
    Fine = 0,
    CouldNotRun = 1,
    InvalidInput = 2
};

struct ValidateArguments
{
    std::vector<std::string> files;
    std::vector<std::string> sloPlaces;
};
/// Diagnostics of every file on stderr, one line a file on stdout.
Exit validate(const ValidateArguments& arguments);

struct AnalyzeArguments : IntentArguments
{
    bool observed = false;
    bool json = false;
};
/// The analysis on stdout, diagnostics on stderr. On input with errors: nothing on stdout.
Exit analyze(const AnalyzeArguments& arguments);

struct CompileArguments : IntentArguments
{
    std::string out; ///< a folder for all files; empty: where the intent says
    bool plain = false; ///< rule files instead of PrometheusRule objects
};
/// Writes all artifacts that differ from what is on disk, and names all on stdout, one a line; diagnostics on stderr.
/// Where there are errors, nothing is written.
Exit compile(const CompileArguments& arguments);

/// Has emac-render draw the journey into a file, whose name is on stdout then; its diagnostics are on stderr.
Exit render(const render::Arguments& arguments);

} // namespace emac::cli
