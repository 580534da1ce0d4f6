// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"

#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace emac::widgets {

class RecoveryKeeper;

/// The open documents of one process: one for each file, whatever windows show it and by whatever name it is asked for.
/// Documents from here are locked where that is possible, watched, and kept recoverable. The last to let go of a
/// document closes it.
class DocumentStore : public QObject
{
    Q_OBJECT
public:
    using Handle = std::shared_ptr<JourneyDocument>;

    using QObject::QObject;

    /// Null where the file is not open.
    Handle find(const QString& path) const;
    /// The document of the file, made of what was read where it is not open yet.
    Handle add(workspace::OpenedIntent file);
    QList<Handle> documents() const; ///< in the order of opening

    /// True where more than one window holds the document. @pre open here
    bool isShared(const JourneyDocument* document) const;
    /// @pre open here
    RecoveryKeeper* recoveryOf(const JourneyDocument* document) const;

private:
    std::vector<std::weak_ptr<JourneyDocument>> m_documents;
};

} // namespace emac::widgets
