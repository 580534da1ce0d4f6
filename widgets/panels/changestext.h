// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/changes.h"

#include <QString>

/// The state of a working copy in words, in the user's language.
namespace emac::widgets::changestext {

/// "main · 2 commits ahead of origin/main".
QString branch(const workspace::GitStatus& status);

/// What there is to know before committing, a line each; empty where there is nothing.
QString remarks(const workspace::Changes& changes, bool unsaved);

/// "Committed 1a2b3c4 on main: the first line of the message".
QString made(const workspace::GitCommit& commit, const QString& message);

/// All messages, a line each.
QString lines(const base::Diagnostics& diagnostics);

/// The first seven digits.
QString shortHash(const std::string& hash);

} // namespace emac::widgets::changestext
