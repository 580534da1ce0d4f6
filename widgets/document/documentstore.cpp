// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/documentstore.h"

#include "widgets/document/recovery.h"

#include <algorithm>
#include <chrono>

namespace emac::widgets {

using namespace std::chrono_literals;

DocumentStore::DocumentStore(QObject* parent) : QObject(parent)
{
    // Git changes the files of a branch one after the other.
    m_rest.setSingleShot(true);
    m_rest.setInterval(300ms);
    connect(&m_rest, &QTimer::timeout, this, &DocumentStore::questionRaised);
}

QList<DocumentStore::Handle> DocumentStore::takeQuestion()
{
    QList<Handle> concerned;
    if (m_asking)
        return concerned;
    for (auto& document : documents()) {
        if (document->claimQuestion())
            concerned.append(std::move(document));
    }
    m_asking = !concerned.isEmpty();
    return concerned;
}

void DocumentStore::questionAnswered()
{
    m_asking = false;
    m_rest.start(); // what has changed meanwhile
}

DocumentStore::Handle DocumentStore::find(const QString& path) const
{
    const auto wanted = recovery::canonical(path);
    for (const auto& document : documents()) {
        if (recovery::canonical(document->path()) == wanted)
            return document;
    }
    return nullptr;
}

DocumentStore::Handle DocumentStore::add(workspace::OpenedIntent file)
{
    if (auto open = find(QString::fromStdString(file.path)))
        return open;
    auto document = std::make_shared<JourneyDocument>(std::move(file));
    document->takeForEditing();
    document->watchFile();
    new RecoveryKeeper(document.get());
    connect(document.get(), &JourneyDocument::changedOnDisk, &m_rest, qOverload<>(&QTimer::start));
    connect(document.get(), &JourneyDocument::fileRemoved, &m_rest, qOverload<>(&QTimer::start));
    std::erase_if(m_documents, [](const auto& known) { return known.expired(); });
    m_documents.push_back(document);
    return document;
}

QList<DocumentStore::Handle> DocumentStore::documents() const
{
    QList<Handle> open;
    for (const auto& known : m_documents) {
        if (auto document = known.lock())
            open.append(std::move(document));
    }
    return open;
}

bool DocumentStore::isShared(const JourneyDocument* document) const
{
    const auto known =
        std::ranges::find_if(m_documents, [document](const auto& other) { return other.lock().get() == document; });
    return known != m_documents.end() && known->use_count() > 1;
}

RecoveryKeeper* DocumentStore::recoveryOf(const JourneyDocument* document) const
{
    return document->findChild<RecoveryKeeper*>(QString(), Qt::FindDirectChildrenOnly);
}

} // namespace emac::widgets
