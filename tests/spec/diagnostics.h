// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"

#include <QString>
#include <QStringList>

#include <initializer_list>
#include <string>

/// Literals as a list.
inline QStringList strings(std::initializer_list<const char*> literals)
{
    QStringList list;
    for (const auto* literal : literals)
        list << QString::fromLatin1(literal);
    return list;
}

/// "5:3 error EMAC-301" for each diagnostic: what the tables of the tests compare.
inline QStringList brief(const emac::base::Diagnostics& diagnostics)
{
    QStringList list;
    for (const auto& diagnostic : diagnostics) {
        const auto severity = diagnostic.severity();
        const char* word = severity == emac::base::Severity::Error     ? "error"
                           : severity == emac::base::Severity::Warning ? "warning"
                                                                       : "note";
        list << QStringLiteral("%1:%2 %3 %4")
                    .arg(diagnostic.place.line)
                    .arg(diagnostic.place.column)
                    .arg(QLatin1String(word), QString::fromStdString(emac::base::codeName(diagnostic.message.code)));
    }
    return list;
}

/// The same in words, to be shown where a comparison fails.
inline std::string inWords(const emac::base::Diagnostics& diagnostics)
{
    std::string text;
    for (const auto& diagnostic : diagnostics)
        text += emac::base::toString(diagnostic) + '\n';
    return text;
}

/// A JourneyIntent whose `spec:` stands in line 4; the body begins in line 5.
inline std::string intentText(const std::string& spec)
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\nspec:\n" + spec;
}
