// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/process.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringList>
#include <QTemporaryDir>

#include <filesystem>
#include <string>

namespace emac::tests {

/// A Git repository of its own in a temporary folder, on a branch "main" and without a commit, with an identity and
/// without the configuration of whoever runs the tests.
class ScratchRepository
{
public:
    static bool hasGit() { return workspace::findProgram("git").has_value(); }

    ScratchRepository()
    {
        qputenv("HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("home"))));
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_folder.filePath(QStringLiteral("home/.config"))));
        qputenv("GIT_CONFIG_NOSYSTEM", "1");
        QDir(m_folder.path()).mkpath(QStringLiteral("home"));
        QDir(m_folder.path()).mkpath(QStringLiteral("copy"));
        write("../home/.gitconfig", "[user]\n\tname = A Person\n\temail = person@example.com\n"
                                    "[init]\n\tdefaultBranch = main\n[commit]\n\tgpgsign = false\n"
                                    "[core]\n\tfsync = none\n");
        git({"init", "--quiet"});
    }

    QString folder() const { return m_folder.filePath(QStringLiteral("copy")); }
    QString path(const QString& relative) const { return folder() + QLatin1Char('/') + relative; }
    std::filesystem::path fsPath(const char* relative = "") const
    {
        return std::filesystem::path(folder().toStdString()) / relative;
    }

    /// What git prints on stdout; stops the test where it fails.
    QByteArray git(const std::vector<std::string>& arguments) const
    {
        const auto finished = tryGit(arguments);
        if (!finished.succeeded())
            qFatal("git: %s%s", finished.output.c_str(), finished.errors.c_str());
        return QByteArray::fromStdString(finished.output);
    }
    workspace::Finished tryGit(const std::vector<std::string>& arguments) const
    {
        workspace::Command command;
        command.program = workspace::findProgram("git").value();
        command.folder = folder().toStdString();
        command.arguments = arguments;
        command.environment["LC_ALL"] = "C.UTF-8";
        return workspace::run(command).value.value();
    }

    void write(const QString& relative, const QByteArray& bytes) const
    {
        QDir().mkpath(QFileInfo(path(relative)).path());
        QFile file(path(relative));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }
    void write(const char* relative, const QByteArray& bytes) const { write(QString::fromUtf8(relative), bytes); }
    void remove(const char* relative) const { QFile::remove(path(QString::fromUtf8(relative))); }
    QByteArray read(const char* relative) const
    {
        QFile file(path(QString::fromUtf8(relative)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void hook(const char* name, const QByteArray& script) const
    {
        const QString file = QLatin1String(".git/hooks/") + QLatin1String(name);
        write(file, "#!/bin/sh\n" + script + '\n');
        QFile::setPermissions(path(file), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    /// Commits all there is.
    void commitAll(const char* message = "before") const
    {
        git({"add", "--all"});
        git({"commit", "--quiet", "--allow-empty", "--no-verify", "--message", message});
    }

    /// All that a commit may change in the repository: where HEAD points, the branch, the index, what is on disk.
    QByteArray state() const
    {
        return git({"rev-parse", "--symbolic-full-name", "--all"})
               + QByteArray::fromStdString(tryGit({"rev-parse", "HEAD"}).output) + git({"ls-files", "--stage"})
               + git({"status", "--porcelain=v2", "--ignored"});
    }
    /// The names that a commit changes, with their letter: "A\tname".
    QStringList changes(const char* revision = "HEAD") const
    {
        auto lines = QString::fromUtf8(
            git({"-c", "core.quotepath=off", "show", "--format=", "--name-status", "--no-renames", revision}));
        return lines.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    QByteArray staged() const { return git({"diff", "--cached", "--raw"}); }

private:
    QTemporaryDir m_folder;
};

} // namespace emac::tests
