// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <optional>

class QLockFile;

namespace emac::widgets {

/// Who holds a document for writing.
struct LockHolder
{
    qint64 process = 0;
    QString host;
    QString application;
    bool operator==(const LockHolder&) const = default;
};

/// Lets one process at a time hold a document for writing. The lock lies beside the recovery copies of the user, never
/// in the Git tree; it speaks to the workbenches of one user and hinders no other program. That of a process which has
/// ended is taken over. Where no lock can be made at all, there is none and the document is free.
class DocumentLock
{
public:
    DocumentLock();
    ~DocumentLock();
    DocumentLock(DocumentLock&&) noexcept;
    DocumentLock& operator=(DocumentLock&&) noexcept;

    /// Takes the lock of this document and gives up the one held. @returns who holds it, then the one held stays.
    std::optional<LockHolder> take(const QString& path);
    bool isHeld() const { return m_lock != nullptr; }

    /// Who holds the document just now, another process or another lock of this one.
    static std::optional<LockHolder> holderOf(const QString& path);

private:
    std::unique_ptr<QLockFile> m_lock; ///< null while none is held
};

} // namespace emac::widgets
