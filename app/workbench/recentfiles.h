// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

/// The files opened last, newest first, kept in the user's settings.
namespace emac::workbench::recentfiles {

inline constexpr int most = 12;

/// Those that still exist.
QStringList list();
/// Puts the file first. @param path absolute
void add(const QString& path);
void clear();

} // namespace emac::workbench::recentfiles
