// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace emac::render {

/// What emac-render is told, and emac hands on to it.
struct Arguments
{
    std::string intent;
    std::string output; ///< its extension says the format
    std::string model; ///< empty: `.emac/accepted/<file name>`, else none
    std::vector<std::string> sloPlaces;
    double scale = 2; ///< pixels of a PNG for each of the drawing's
};

inline void addOptions(CLI::App& command, Arguments& arguments)
{
    command.add_option("INTENT", arguments.intent, "A JourneyIntent")->required();
    command
        .add_option("-o,--output", arguments.output,
                    "File to write: its extension, .svg, .png, .pdf or .dot, says the format")
        ->type_name("FILE")
        ->required();
    command
        .add_option("--model", arguments.model,
                    "Accepted or discovered model (default: .emac/accepted/<file name> beside the intent)")
        ->type_name("ACCEPTED");
    command.add_option("--slo-path", arguments.sloPlaces, "Also search this folder for OpenSLO documents")
        ->type_name("DIR")
        ->check(CLI::Validator(CLI::ExistingPath).description(""));
    command.add_option("--scale", arguments.scale, "Pixels of a PNG for each pixel of the drawing, from 0.1 to 10")
        ->type_name("FACTOR")
        ->check(CLI::Validator(CLI::Range(0.1, 10.0)).description(""))
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
