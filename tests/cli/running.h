// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

/// Running emac.
namespace running {

struct Outcome
{
    int status = -1;
    QByteArray out;
    QByteArray err;
};

inline Outcome emac(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(EMAC_BIN_DIR "/emac"), arguments);
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

inline QString example(const QString& path)
{
    return QStringLiteral(EMAC_SOURCE_DIR "/resources/examples/") + path;
}

/// Writes the file into the folder, which is a working copy of its own: nothing beside it is searched for SLOs.
inline QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& text)
{
    QDir(folder.path()).mkdir(QStringLiteral(".git"));
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

/// An intent with this operator and these components, as flow-style YAML.
inline QByteArray intent(const QByteArray& op, const QByteArray& components, const QByteArray& target = "0.99")
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: small}\nspec:\n"
           "  objectives: {availability: {window: 30d, target: "
           + target + "}}\n  operator: " + op + "\n  components: " + components + "\n";
}

} // namespace running
