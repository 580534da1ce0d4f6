// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/documentfile.h"

#include "core/workspace/working_copy.h"
#include "widgets/common/format.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace emac::widgets {

namespace {

QString notWritten(const QString& path, const QString& reason)
{
    return messageText({base::Code::FileNotWritten, {path.toStdString(), reason.toStdString()}});
}

/// Replaces the file that the path leads to. @returns why not.
QString replace(const QString& path, const std::string& content)
{
    const auto target = QFileInfo(path).canonicalFilePath();
    QSaveFile file(target.isEmpty() ? path : target);
    if (!file.open(QIODevice::WriteOnly) || file.write(content.data(), static_cast<qint64>(content.size())) < 0
        || !file.commit())
        return notWritten(path, file.errorString());
    return {};
}

QString replaceLayout(const QString& path, const std::string& content)
{
    if (content.empty()) {
        QFile file(path);
        return !file.exists() || file.remove() ? QString() : notWritten(path, file.errorString());
    }
    if (const auto folder = QFileInfo(path).path(); !QDir().mkpath(folder))
        return notWritten(path, DocumentFile::tr("the folder cannot be made"));
    return replace(path, content);
}

} // namespace

QString layoutPathOf(const QString& path)
{
    const QFileInfo info(path);
    return info.dir().filePath(QStringLiteral(".emac/layout/") + info.fileName());
}

DocumentFile::DocumentFile(const QString& path, FileContent base, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_base(std::move(base))
    , m_seen(m_base)
{
}

base::Result<FileContent> DocumentFile::read(const QString& path)
{
    base::Result<FileContent> result;
    FileContent content;
    if (QFileInfo::exists(path)) {
        auto text = workspace::readFile(path.toStdString());
        if (!text.value)
            return {{}, std::move(text.diagnostics)};
        content.text = std::move(text.value);
    }
    if (const auto layout = layoutPathOf(path); QFileInfo::exists(layout)) {
        // A layout that cannot be read is none: it must not keep the text from being opened.
        auto text = workspace::readFile(layout.toStdString());
        content.layout = std::move(text.value).value_or(std::string());
        result.diagnostics = std::move(text.diagnostics);
    }
    result.value = std::move(content);
    return result;
}

void DocumentFile::setBase(FileContent base)
{
    m_base = std::move(base);
    m_seen = m_base;
}

QString DocumentFile::write(const FileContent& content)
{
    const auto onDisk = read();
    if (!onDisk.value)
        return messageText(onDisk.diagnostics.front().message);
    // A file that went away is no one's work to lose. The own content is there after a failure behind the replacing.
    const bool free = !onDisk.value->text || onDisk.value == m_base || onDisk.value == content;
    if (!free)
        return messageText({base::Code::FileChangedOnDisk, {m_path.toStdString()}});
    return writeAs(m_path, content);
}

QString DocumentFile::writeAs(const QString& path, const FileContent& content)
{
    const auto layout = layoutPathOf(path);
    const auto before = read(path);
    const auto layoutBefore = before.value ? before.value->layout : std::string();
    if (layoutBefore != content.layout) {
        if (const auto reason = replaceLayout(layout, content.layout); !reason.isEmpty())
            return reason;
    }
    if (const auto reason = replace(path, content.text.value_or(std::string())); !reason.isEmpty()) {
        if (layoutBefore != content.layout)
            replaceLayout(layout, layoutBefore);
        return reason;
    }
    m_path = path;
    setBase(content);
    if (m_watcher)
        follow();
    return {};
}

void DocumentFile::watch()
{
    if (m_watcher)
        return;
    m_watcher = std::make_unique<FileWatcher>();
    connect(m_watcher.get(), &FileWatcher::settled, this, &DocumentFile::check);
    follow();
}

void DocumentFile::follow()
{
    m_watcher->watch({m_path, layoutPathOf(m_path)});
}

void DocumentFile::check()
{
    auto onDisk = read();
    // What cannot be read for a moment has not changed as far as anyone can tell; saving looks again.
    if (!onDisk.value)
        return;
    if (*onDisk.value == m_seen)
        return;
    m_seen = *onDisk.value;
    emit changed(m_seen);
}

} // namespace emac::widgets
