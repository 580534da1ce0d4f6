// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/collapsememory.h"

#include "core/journey/paths.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace emac::widgets {

namespace {

QString settingsKey()
{
    return QStringLiteral("canvas/closed");
}

/// Of each file its path and the place keys, the file that was looked at last first.
QList<QStringList> entries()
{
    QList<QStringList> found;
    for (const auto& entry : QSettings().value(settingsKey()).toList()) {
        if (auto words = entry.toStringList(); words.size() > 1)
            found.append(std::move(words));
    }
    return found;
}

QString nameOf(const JourneyDocument& document)
{
    return QFileInfo(document.path()).absoluteFilePath();
}

} // namespace

CollapseMemory::CollapseMemory(JourneyDocument* document, JourneyScene* scene, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_scene(scene)
{
    recall();
    connect(document, &JourneyDocument::valueChanged, this, &CollapseMemory::recall);
    connect(scene, &JourneyScene::layoutNeeded, this, &CollapseMemory::keep);
    // Other edits can change the key of a place, and count once they are in the file.
    connect(document, &JourneyDocument::modifiedChanged, this, [this](bool modified) {
        if (!modified)
            keep();
    });
    connect(document, &JourneyDocument::pathChanged, this, &CollapseMemory::keep);
}

CollapseMemory::~CollapseMemory() = default;

void CollapseMemory::recall()
{
    if (m_recalled || !m_document->isReadable())
        return;
    m_recalled = true;
    const auto all = entries();
    const auto found = std::ranges::find(all, nameOf(*m_document), [](const auto& entry) { return entry.front(); });
    if (found == all.end())
        return;
    std::set<journey::NodeId> closed;
    for (const auto& place : journey::nodePlaces(m_document->intent().journey)) {
        if (found->indexOf(QString::fromStdString(place.key), 1) > 0)
            closed.insert(place.node->id);
    }
    m_scene->setCollapsed(std::move(closed));
}

void CollapseMemory::keep()
{
    if (!m_recalled)
        return;
    auto all = entries();
    QStringList own{nameOf(*m_document)};
    const auto known = all.removeIf([&own](const QStringList& entry) { return entry.front() == own.front(); });
    if (m_scene->collapsed().empty() && known == 0)
        return;
    if (m_document->isReadable() && !m_scene->collapsed().empty()) {
        for (const auto& place : journey::nodePlaces(m_document->intent().journey)) {
            if (m_scene->collapsed().contains(place.node->id))
                own.append(QString::fromStdString(place.key));
        }
    }
    if (own.size() > 1)
        all.prepend(own);
    QVariantList stored;
    for (const auto& entry : all.mid(0, mostFiles))
        stored.append(entry);
    QSettings().setValue(settingsKey(), stored);
}

} // namespace emac::widgets
