// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/recentfiles.h"

#include <QFileInfo>
#include <QSettings>

namespace emac::workbench::recentfiles {

namespace {
QString key()
{
    return QStringLiteral("recentFiles");
}
} // namespace

QStringList list()
{
    QStringList existing;
    for (const auto& path : QSettings().value(key()).toStringList()) {
        if (QFileInfo::exists(path))
            existing.append(path);
    }
    return existing;
}

void add(const QString& path)
{
    auto paths = list();
    paths.removeAll(path);
    paths.prepend(path);
    QSettings().setValue(key(), paths.mid(0, most));
}

void clear()
{
    QSettings().remove(key());
}

} // namespace emac::workbench::recentfiles
