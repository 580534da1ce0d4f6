// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/artifacts.h"
#include "core/workspace/working_copy.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

namespace emac::tests {

/// A working copy of its own, with what a test writes into it.
class WorkFolder
{
public:
    WorkFolder()
    {
        if (!m_folder.isValid())
            throw std::runtime_error("no temporary folder");
        std::filesystem::create_directory(path(".git"));
    }

    std::filesystem::path path(const std::string& relative = {}) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / relative;
    }

    void write(const std::string& relative, const std::string& text) const
    {
        std::filesystem::create_directories(path(relative).parent_path());
        std::ofstream file(path(relative), std::ios::binary);
        file << text;
        if (!file.flush())
            throw std::runtime_error("cannot write " + relative);
    }

    std::string read(const std::string& relative) const
    {
        return workspace::readFile(path(relative)).value.value_or("(no file)");
    }

    void copy(const std::filesystem::path& from, const std::string& relative) const
    {
        std::filesystem::create_directories(path(relative).parent_path());
        std::filesystem::copy(from, path(relative), std::filesystem::copy_options::recursive);
    }

    workspace::ArtifactPlan plan(const std::string& intent, const workspace::CompileOptions& options = {},
                                 const std::optional<std::string>& model = {}) const
    {
        workspace::OpenOptions open;
        if (model)
            open.model = path(*model);
        return workspace::planArtifacts(workspace::openIntent(path(intent), open), options);
    }

    /// The texts of the planned files, by their paths in this folder.
    std::map<std::string, std::string> compiled(const std::string& intent,
                                                const workspace::CompileOptions& options = {},
                                                const std::optional<std::string>& model = {}) const
    {
        std::map<std::string, std::string> texts;
        const auto root = std::filesystem::canonical(path());
        for (const auto& file : plan(intent, options, model).files)
            texts[file.path.lexically_relative(root).generic_string()] = file.after;
        return texts;
    }

private:
    QTemporaryDir m_folder;
};

/// The parts of a small intent that compiles: the race of a and b behind c. Tests replace what they are about.
struct SmallIntent
{
    std::string name = "shop";
    std::string metadata; ///< further entries, in flow style
    std::string objectives = R"(
    availability:
      window: 30d
      target: 0.995
      sli:
        goodEventQuery: sum(rate(shop_total{result="success"}[{{ .window }}]))
        totalEventQuery: sum(rate(shop_total[{{ .window }}])))";
    /// Left out where it is empty.
    std::string tree = "{type: series, steps: [{ref: c}, {type: race, id: pay, branches: [{ref: a}, {ref: b}]}]}";
    std::string components = "{a: {availability: 0.995, failureDomains: [net]}, b: {availability: 0.995, "
                             "failureDomains: [net]}, c: {availability: 0.999}}";
    std::string governance = "{}";
    std::string more; ///< further entries of spec

    std::string text() const
    {
        return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: " + name
               + (metadata.empty() ? "" : ", " + metadata) + "}\nspec:\n  objectives: " + objectives
               + (tree.empty() ? "" : "\n  operator: " + tree) + "\n  components: " + components
               + "\n  governance: " + governance + '\n' + more;
    }
};

/// The published example and replay; empty where they are not.
inline std::filesystem::path publishedFolder()
{
    const auto byDefault = QStringLiteral(EMAC_SOURCE_DIR "/../shared/data");
    const auto folder = qEnvironmentVariable("EMAC_TEST_DATA", byDefault);
    return QDir(folder).exists() ? std::filesystem::path(folder.toStdString()) : std::filesystem::path();
}

} // namespace emac::tests
