// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/documentlock.h"

#include "widgets/document/recovery.h"

#include <QLockFile>

namespace emac::widgets {

namespace {

std::unique_ptr<QLockFile> lockOf(const QString& path)
{
    auto lock = std::make_unique<QLockFile>(recovery::fileOf(path) + QStringLiteral(".lock"));
    // A journey may stay open for days: only the process that is gone makes a lock stale, never its age.
    lock->setStaleLockTime(0);
    return lock;
}

/// Tries once. @returns who holds it.
std::optional<LockHolder> tryToLock(QLockFile& lock)
{
    if (lock.tryLock() || lock.error() != QLockFile::LockFailedError)
        return std::nullopt;
    LockHolder holder;
    lock.getLockInfo(&holder.process, &holder.host, &holder.application);
    return holder;
}

} // namespace

DocumentLock::DocumentLock() = default;
DocumentLock::~DocumentLock() = default;
DocumentLock::DocumentLock(DocumentLock&&) noexcept = default;
DocumentLock& DocumentLock::operator=(DocumentLock&&) noexcept = default;

std::optional<LockHolder> DocumentLock::take(const QString& path)
{
    auto lock = lockOf(path);
    if (auto holder = tryToLock(*lock))
        return holder;
    m_lock = std::move(lock);
    return std::nullopt;
}

std::optional<LockHolder> DocumentLock::holderOf(const QString& path)
{
    return tryToLock(*lockOf(path));
}

} // namespace emac::widgets
