// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/intentarguments.h"

#include <CLI/CLI.hpp>

/// Options that several commands have.
namespace emac::cli {

inline void addSloPath(CLI::App& command, std::vector<std::string>& places)
{
    command.add_option("--slo-path", places, "Also search this folder for OpenSLO documents")
        ->type_name("DIR")
        ->check(CLI::Validator(CLI::ExistingPath).description(""));
}

inline void addIntentOptions(CLI::App& command, IntentArguments& arguments)
{
    command.add_option("INTENT", arguments.intent, "A JourneyIntent")->required();
    command
        .add_option("--model", arguments.model,
                    "Accepted or discovered model (default: .emac/accepted/<file name> beside the intent)")
        ->type_name("ACCEPTED");
    addSloPath(command, arguments.sloPlaces);
}

} // namespace emac::cli
