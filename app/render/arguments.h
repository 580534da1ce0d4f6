// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/options.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <functional>
#include <string>
#include <system_error>
#include <vector>

namespace emac::render {

/// What emac-render is told, and emac hands on to it.
struct Arguments : cli::IntentArguments
{
    std::string output; ///< its extension says the format
    double scale = 2; ///< pixels of a PNG for each of the drawing's
};

/// Why the text is no scale; empty where it is one.
inline std::string faultOfScale(const std::string& text)
{
    double scale = 0;
    const auto* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, scale);
    const bool fine = error == std::errc() && end == last && scale >= 0.1 && scale <= 10; // not so for a NaN
    return fine ? std::string() : '\'' + text + "' is no number from 0.1 to 10";
}

inline void addOptions(CLI::App& command, Arguments& arguments)
{
    cli::addIntentOptions(command, arguments);
    command
        .add_option("-o,--output", arguments.output,
                    "File to write: its extension, .svg, .png, .pdf or .dot, says the format")
        ->type_name("FILE")
        ->required();
    command.add_option("--scale", arguments.scale, "Pixels of a PNG for each pixel of the drawing, from 0.1 to 10")
        ->type_name("FACTOR")
        ->check(CLI::Validator(std::function<std::string(std::string&)>(faultOfScale), ""))
        ->capture_default_str();
}

/// The same as a command line.
inline std::vector<std::string> toCommandLine(const Arguments& arguments)
{
    std::vector<std::string> line{"--output=" + arguments.output, "--scale=" + std::to_string(arguments.scale)};
    if (!arguments.model.empty())
        line.push_back("--model=" + arguments.model);
    for (const auto& place : arguments.sloPlaces)
        line.push_back("--slo-path=" + place);
    line.insert(line.end(), {"--", arguments.intent});
    return line;
}

} // namespace emac::render
