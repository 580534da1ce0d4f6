// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/usage.h"
#include "widgets/document/documentstore.h"
#include "widgets/document/filewatcher.h"
#include "widgets/document/lane.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace emac::widgets {

/// Which components the working copy around a journey knows, and who calls them: looked up on a thread of its own when
/// the journey is another one, when a journey that was found has changed on disk, and on demand.
class UsageTracker : public QObject
{
    Q_OBJECT
public:
    /// @param store journeys that are open there count as they are now, saved or not; may be null
    explicit UsageTracker(const DocumentStore* store, QObject* parent = nullptr);
    ~UsageTracker() override;

    /// The file of a journey; empty for none. What was found in another working copy is forgotten.
    void setIntent(const QString& path);
    /// Looks again; changed() follows. What was found last stays until then.
    void refresh();
    bool isLooking() const { return m_looking; }

    /// As found on disk; empty before the first look has ended.
    const workspace::Usage& found() const { return *m_found; }
    /// The journeys, open ones as they are now. O(size of the open ones).
    std::vector<workspace::JourneyUsage> journeys() const;

signals:
    void changed();

private:
    void receive(std::shared_ptr<const workspace::Usage> found);

    const DocumentStore* m_store;
    QString m_intent;
    std::vector<std::filesystem::path> m_places;
    std::shared_ptr<const workspace::Usage> m_found = std::make_shared<const workspace::Usage>();
    quint64 m_question = 0;
    bool m_looking = false;
    QStringList m_watched;
    FileWatcher m_watcher;
    Lane m_lane; ///< last: it joins its thread before anything above goes away
};

} // namespace emac::widgets
