// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

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

    explicit DocumentStore(QObject* parent = nullptr);

    /// Null where the file is not open.
    Handle find(const QString& path) const;
    /// The document of the file, made of what was read where it is not open yet.
    Handle add(workspace::OpenedIntent file);
    QList<Handle> documents() const; ///< in the order of opening

    /// True where more than one window holds the document. @pre open here
    bool isShared(const JourneyDocument* document) const;
    /// @pre open here
    RecoveryKeeper* recoveryOf(const JourneyDocument* document) const;

    /// The documents that someone must decide about, because other programs have changed or removed their files: for
    /// the first window that asks, which then puts one question for all of them, and says when it is answered. None
    /// while another question is open.
    QList<Handle> takeQuestion();
    void questionAnswered();

signals:
    /// There is a question to take, and the disk has been at rest for a moment.
    void questionRaised();

private:
    std::vector<std::weak_ptr<JourneyDocument>> m_documents;
    QTimer m_rest;
    bool m_asking = false;
};

} // namespace emac::widgets
