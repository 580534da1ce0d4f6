// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/documentfile.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace emac::widgets {

/// What is not saved yet of one document, kept apart from the working copy.
struct RecoveryCopy
{
    QString path; ///< of the document
    QDateTime written; ///< UTC
    QByteArray base; ///< recovery::hashOf() the text on disk that it builds upon
    std::string text; ///< as typed, journey or not
    std::string layout; ///< as DocumentFile has it
};

/// The recovery copies of this user: one file for each document, in the application's local data folder.
namespace recovery {

QByteArray hashOf(const std::optional<std::string>& text); ///< SHA-256; empty where there is no text

/// The document's own path, links resolved; for a file that does not exist, those of its folder.
QString canonical(const QString& path);

/// The file of the document's copy, in a folder that exists.
QString fileOf(const QString& path);

/// Replaces the copy, whole or not at all. Readable by this user only. @returns false where it cannot be written.
bool write(const RecoveryCopy& copy);
/// Absent where there is none, where it is damaged, and where it belongs to another document.
std::optional<RecoveryCopy> read(const QString& path);
void remove(const QString& path);

/// All that can be read and are nobody's just now: what a process left behind that did not end in order. Newest first.
QList<RecoveryCopy> left();

} // namespace recovery

class JourneyDocument;
class Lane;

/// Keeps the recovery copy of one document that is open for writing: written at most `delay` after a change, on a
/// thread of its own, and removed as soon as the document equals what is on disk, and at the end. A copy that an
/// earlier process left is found here; until it is restored or discarded it is kept as it is. As a child of its
/// document the keeper lives as long.
class RecoveryKeeper : public QObject
{
    Q_OBJECT
public:
    /// A process that is killed loses no more than two seconds of edits: this, and the time to write.
    static constexpr std::chrono::milliseconds defaultDelay{1500};

    explicit RecoveryKeeper(JourneyDocument* document, std::chrono::milliseconds delay = defaultDelay);
    /// Waits for what is being written, then removes the own copy: whoever lets a document go has asked before.
    ~RecoveryKeeper() override;

    /// What an earlier process left and nobody has decided about; it differs from what is on disk.
    const std::optional<RecoveryCopy>& found() const { return m_found; }
    /// False where the file has changed since the copy was made.
    bool foundFits() const;
    /// The copy becomes the document's value, as one undo step. @returns why not. @pre found()
    QString restore();
    void discard();

private:
    void look();
    void write();
    void remove();
    void follow();

    JourneyDocument* m_document;
    QString m_path;
    std::optional<RecoveryCopy> m_found;
    bool m_used = false; ///< a copy of this keeper's own may exist
    QTimer m_timer;
    std::unique_ptr<Lane> m_lane;
};

} // namespace emac::widgets
