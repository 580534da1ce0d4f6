// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/render/arguments.h"

#include <CLI/CLI.hpp>

#include <exception>
#include <functional>

int main(int argc, char** argv)
{
    using emac::cli::Exit;

    CLI::App app("emac: how available a user journey really is, from intent and evidence", "emac");
    app.set_version_flag("--version", std::string("emac ") + EMAC_VERSION);
    app.require_subcommand(0, 1);
    app.footer("Exit status: 0 fine, 1 could not run (I/O, usage), 2 invalid input.");
    std::function<Exit()> run;

    emac::cli::ValidateArguments validate;
    auto* validateCommand =
        app.add_subcommand("validate", "Reports all that is wrong in intents, models and OpenSLO documents");
    validateCommand->add_option("FILE", validate.files, "Files to read")->required();
    emac::cli::addSloPath(*validateCommand, validate.sloPlaces);
    validateCommand->callback([&] { run = [&] { return emac::cli::validate(validate); }; });

    emac::cli::AnalyzeArguments analyze;
    std::string inputs = "target";
    std::string format = "text";
    auto* analyzeCommand =
        app.add_subcommand("analyze", "Derives the journey's availability bounds and the decision from an intent");
    emac::cli::addIntentOptions(*analyzeCommand, analyze);
    analyzeCommand->add_option("--inputs", inputs, "Availabilities to use: SLO targets, or observed outcomes")
        ->check(CLI::IsMember({"target", "observed"}))
        ->capture_default_str();
    analyzeCommand->add_option("--format", format, "Format of the result")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    analyzeCommand->callback([&] {
        analyze.observed = inputs == "observed";
        analyze.json = format == "json";
        run = [&] { return emac::cli::analyze(analyze); };
    });

    emac::cli::CompileArguments compile;
    std::string flavor = "operator";
    auto* compileCommand =
        app.add_subcommand("compile", "Writes what follows from an intent: Prometheus rules, Argo analysis, report");
    emac::cli::addIntentOptions(*compileCommand, compile);
    compileCommand->add_option("--out", compile.out, "Folder for all files (default: where the intent says)")
        ->type_name("DIR");
    compileCommand
        ->add_option("--flavor", flavor, "Rules as objects of the Prometheus operator, or as plain rule files")
        ->check(CLI::IsMember({"operator", "plain"}))
        ->capture_default_str();
    compileCommand->callback([&] {
        compile.plain = flavor == "plain";
        run = [&] { return emac::cli::compile(compile); };
    });

    emac::render::Arguments render;
    auto* renderCommand =
        app.add_subcommand("render", "Draws the journey with its numbers into a file: SVG, PNG, PDF or dot");
    emac::render::addOptions(*renderCommand, render);
    renderCommand->callback([&] { run = [&] { return emac::cli::render(render); }; });

    try {
        app.parse(argc, argv);
        if (!run)
            throw CLI::RequiredError("A subcommand");
        return static_cast<int>(run());
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::CouldNotRun);
    } catch (const std::exception& error) {
        emac::cli::report(std::string("emac: ") + error.what());
        return static_cast<int>(Exit::CouldNotRun);
    }
}
