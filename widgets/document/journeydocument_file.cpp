// SPDX-License-Identifier: GPL-3.0-or-later
// The document and its file: saving, reloading, what others do to it, who holds it.
#include "core/workspace/working_copy.h"
#include "widgets/common/format.h"
#include "widgets/document/filewatcher.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/lane.h"
#include "widgets/document/recovery.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace emac::widgets {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostWatched = 1000; ///< files around; the system counts them for each user

} // namespace

QString JourneyDocument::save(Errors errors)
{
    if (m_holder)
        return whyNotEditable();
    if (errors == Errors::Refuse && hasErrorsNow())
        return messageText({base::Code::FileHasErrors, {m_file.path}});
    if (auto reason = m_disk.write(content()); !reason.isEmpty())
        return reason;
    settle();
    return {};
}

QString JourneyDocument::saveAs(const QString& path, Errors errors)
{
    if (errors == Errors::Refuse && hasErrorsNow())
        return messageText({base::Code::FileHasErrors, {path.toStdString()}});
    const bool same = recovery::canonical(path) == recovery::canonical(this->path());
    if (same && m_holder)
        return whyNotEditable();
    DocumentLock lock;
    if (!same) {
        if (const auto holder = lock.take(path))
            return heldBy(QDir::toNativeSeparators(path), *holder);
    }
    if (auto reason = m_disk.writeAs(path, content()); !reason.isEmpty())
        return reason;
    if (!same && m_locking)
        m_lock = std::move(lock);
    m_file.path = path.toStdString();
    settle();
    if (std::exchange(m_holder, std::nullopt))
        emit readOnlyChanged();
    emit pathChanged();
    requestSurroundings();
    return {};
}

void JourneyDocument::settle()
{
    m_gone = false;
    m_baseLayout = layoutText(*m_value);
    m_undo.setClean(); // no step before this moment takes up one after it
    updateModified();
}

QString JourneyDocument::reload(const QString& description)
{
    auto onDisk = m_disk.read();
    if (!onDisk.value)
        return messageText(onDisk.diagnostics.front().message);
    if (!onDisk.value->text)
        return tr("“%1” does not exist any more.").arg(QDir::toNativeSeparators(path()));
    m_gone = false;
    const bool differs = *onDisk.value != content();
    m_disk.setBase(*onDisk.value);
    if (differs) {
        auto value = readValue(*onDisk.value, *m_value, m_file.path);
        m_baseLayout = layoutText(*value);
        if (m_holder) {
            // Nothing to undo: what is read-only here was never changed here.
            m_undo.clear();
            setValue(std::move(value));
        } else {
            pushStep(std::move(value), {}, description);
        }
    }
    updateModified();
    requestSurroundings();
    return {};
}

QString JourneyDocument::restore(const FileContent& content, const QString& description)
{
    if (m_holder)
        return whyNotEditable();
    pushStep(readValue(content, *m_value, m_file.path), {}, description);
    return {};
}

bool JourneyDocument::isChangedOnDisk() const
{
    const auto onDisk = m_disk.read();
    return onDisk.value && onDisk.value->text && *onDisk.value != m_disk.base() && *onDisk.value != content();
}

void JourneyDocument::keepOwn()
{
    if (auto onDisk = m_disk.read(); onDisk.value) {
        if (onDisk.value->layout != m_disk.base().layout)
            m_baseLayout = onDisk.value->layout;
        m_disk.setBase(*std::move(onDisk.value));
    }
    updateModified();
}

void JourneyDocument::followDisk(const FileContent& onDisk)
{
    // While the file is away (Git changes the branch, say) the base stays what it was: when the file comes back it is
    // still known whether this document has changes of its own.
    const bool went = !onDisk.text && !m_gone;
    m_gone = !onDisk.text;
    if (onDisk == content()) {
        m_disk.setBase(onDisk);
        m_baseLayout = layoutText(*m_value);
    }
    updateModified();
    m_question = m_gone ? m_question || went : false;
    if (went)
        emit fileRemoved();
    if (m_gone || onDisk == m_disk.base())
        return;
    m_question = content() != m_disk.base();
    if (m_question)
        emit changedOnDisk();
    else if (reload().isEmpty())
        emit reloaded();
}

std::optional<LockHolder> JourneyDocument::takeForEditing()
{
    m_locking = true;
    if (m_lock.isHeld())
        return std::nullopt;
    const bool wasReadOnly = isReadOnly();
    m_holder = m_lock.take(path());
    if (!m_holder && wasReadOnly) {
        if (const auto onDisk = m_disk.read(); onDisk.value)
            followDisk(*onDisk.value);
    }
    if (isReadOnly() != wasReadOnly)
        emit readOnlyChanged();
    return m_holder;
}

QString JourneyDocument::heldBy(const QString& name, const LockHolder& holder)
{
    return tr("“%1” is open for editing in %2 (process %3 on %4).")
        .arg(name, holder.application)
        .arg(holder.process)
        .arg(holder.host);
}

void JourneyDocument::requestSurroundings()
{
    m_searched = true;
    m_samplePaths =
        m_value->document ? spec::samplePaths(m_value->document->intent.journey) : std::vector<std::string>();
    if (!m_surroundingsLane)
        m_surroundingsLane = std::make_unique<Lane>(0ms);
    m_surroundingsLane->submit([this, path = m_file.path, samples = m_samplePaths](const base::Watch& watch) {
        auto found = workspace::openSurroundings(path, samples, {}, watch);
        if (watch.expired())
            return;
        QMetaObject::invokeMethod(
            this,
            [this, path, found = std::move(found)]() mutable {
                if (path == m_file.path)
                    receive(std::move(found));
            },
            Qt::QueuedConnection);
    });
}

void JourneyDocument::receive(workspace::Surroundings found)
{
    const bool same = found.catalogue->files() == m_file.catalogue->files() && found.modelPath == m_file.modelPath
                      && found.modelText == m_file.modelText && workspace::equalSamples(found.samples, m_file.samples)
                      && found.diagnostics == m_otherDiagnostics;
    if (!same) {
        m_file.catalogue = std::move(found.catalogue);
        m_file.model = std::move(found.model);
        m_file.modelPath = std::move(found.modelPath);
        m_file.modelText = std::move(found.modelText);
        m_file.samples = std::move(found.samples);
        m_otherDiagnostics = std::move(found.diagnostics);
        m_problems.reset();
        ++m_revision;
        requestEvaluation();
        requestDiagnostics();
    }
    followSurroundings();
}

void JourneyDocument::watchFile()
{
    m_disk.watch();
    if (m_surroundingsWatcher)
        return;
    m_surroundingsWatcher = std::make_unique<FileWatcher>();
    connect(m_surroundingsWatcher.get(), &FileWatcher::settled, this, [this] {
        if (m_searched)
            requestSurroundings();
    });
    followSurroundings();
}

/// The files that hold SLOs, the places where more of them may come, the model and the sample files.
void JourneyDocument::followSurroundings()
{
    if (!m_surroundingsWatcher)
        return;
    const auto name = [](const std::string& path) { return QFile::decodeName(path.c_str()); };
    QStringList files;
    for (const auto& place : m_file.catalogue->searched())
        files.append(name(place));
    if (!m_file.modelPath.empty())
        files.append(name(m_file.modelPath));
    for (const auto& path : m_samplePaths)
        files.append(name((workspace::folderOf(m_file.path) / path).string()));
    for (const auto& [path, hash] : m_file.catalogue->files()) {
        if (files.size() < mostWatched)
            files.append(name(path));
    }
    // Watching begins with a look of its own: what happened meanwhile is found as well.
    if (std::exchange(m_watchedAround, files) != files)
        m_surroundingsWatcher->watch(files);
}

} // namespace emac::widgets
