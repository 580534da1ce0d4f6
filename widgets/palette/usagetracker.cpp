// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/usagetracker.h"

#include "widgets/document/recovery.h"

#include <QFile>

#include <algorithm>

namespace emac::widgets {

using namespace std::chrono_literals;

namespace {
/// The system has only so many watches for all programs.
constexpr std::size_t mostWatched = 200;
} // namespace

UsageTracker::UsageTracker(const DocumentStore* store, QObject* parent) : QObject(parent), m_store(store), m_lane(0ms)
{
    connect(&m_watcher, &FileWatcher::settled, this, &UsageTracker::refresh);
}

UsageTracker::~UsageTracker() = default;

void UsageTracker::setIntent(const QString& path)
{
    if (path == m_intent)
        return;
    m_intent = path;
    if (path.isEmpty()) {
        ++m_question;
        m_looking = false;
        return; // the next one may lie in the same working copy
    }
    auto places = workspace::searchPlaces(QFile::encodeName(path).toStdString());
    if (places == m_places && !m_found->journeys.empty())
        return;
    m_places = std::move(places);
    m_found = std::make_shared<const workspace::Usage>();
    emit changed();
    refresh();
}

void UsageTracker::refresh()
{
    if (m_places.empty())
        return;
    m_looking = true;
    m_lane.submit([this, question = ++m_question, places = m_places](const base::Watch& watch) {
        auto found = std::make_shared<const workspace::Usage>(workspace::readUsage(places, {}, watch));
        if (watch.expired())
            return; // a newer look is waiting
        QMetaObject::invokeMethod(
            this,
            [this, question, found] {
                if (question == m_question)
                    receive(found);
            },
            Qt::QueuedConnection);
    });
}

void UsageTracker::receive(std::shared_ptr<const workspace::Usage> found)
{
    m_looking = false;
    m_found = std::move(found);
    QStringList files;
    for (std::size_t i = 0; i < std::min(m_found->journeys.size(), mostWatched); ++i)
        files.append(QFile::decodeName(m_found->journeys[i].path.c_str()));
    // Watching begins with a look of its own: what happened meanwhile is found as well.
    if (files != m_watched) {
        m_watched = files;
        m_watcher.watch(files);
    }
    emit changed();
}

std::vector<workspace::JourneyUsage> UsageTracker::journeys() const
{
    auto all = m_found->journeys;
    const auto documents = m_store != nullptr ? m_store->documents() : QList<DocumentStore::Handle>();
    for (const auto& document : documents) {
        if (!document->isReadable())
            continue;
        const auto path = recovery::canonical(document->path());
        const auto known = std::ranges::find_if(all, [&path](const auto& journey) {
            return recovery::canonical(QFile::decodeName(journey.path.c_str())) == path;
        });
        auto now = workspace::usageOf({document->intent(), document->sources()},
                                      QFile::encodeName(document->path()).toStdString());
        if (known != all.end())
            *known = std::move(now);
        else if (path == recovery::canonical(m_intent))
            all.insert(all.begin(), std::move(now));
    }
    return all;
}

} // namespace emac::widgets
