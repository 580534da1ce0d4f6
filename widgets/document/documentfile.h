// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "widgets/document/filewatcher.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>

namespace emac::widgets {

/// What a document is on disk.
struct FileContent
{
    std::optional<std::string> text; ///< absent where there is no file
    std::string layout; ///< of `.emac/layout/<file name>`; empty where there is none
    bool operator==(const FileContent&) const = default;
};

/// The file of a document and the layout file beside it: reading, safe writing, and noticing what others write.
/// `base` is the content that the document builds upon: read when it was opened, written when it was saved.
class DocumentFile : public QObject
{
    Q_OBJECT
public:
    /// @param path absolute
    DocumentFile(const QString& path, FileContent base, QObject* parent = nullptr);

    const QString& path() const { return m_path; }
    const FileContent& base() const { return m_base; }

    /// What is on disk now, or why it cannot be read.
    base::Result<FileContent> read() const { return read(m_path); }
    static base::Result<FileContent> read(const QString& path);

    /// Takes what is on disk for the base, whoever wrote it.
    void setBase(FileContent base);

    /// Writes the content and makes it the base. @returns why not, in the user's language; then the file is as it was,
    /// and the base too. Refused (FileChangedOnDisk) where the disk holds neither the base nor the content.
    ///
    /// Each file is written whole beside its place and then put there, so that it is never half. The layout goes first:
    /// until the text is there, the document on disk is the old one, and a recovery copy made on it still fits; the
    /// layout of the new one does no harm to the old text, as places that it does not know are left alone. A layout
    /// that cannot be written keeps the text from being written too. Permissions and links stay; hard links part.
    QString write(const FileContent& content);
    /// The same under another name, which then is this file's own. What is there is overwritten.
    QString writeAs(const QString& path, const FileContent& content);

    /// Begins to tell of changes by others.
    void watch();

signals:
    /// The disk holds another content than when it was last looked at, read or written here; perhaps the base again.
    void changed(const emac::widgets::FileContent& onDisk);

private:
    void check();
    void follow();

    QString m_path;
    FileContent m_base;
    FileContent m_seen;
    std::unique_ptr<FileWatcher> m_watcher; ///< null until watched
};

/// `.emac/layout/<file name>` in the folder of the file.
QString layoutPathOf(const QString& path);

} // namespace emac::widgets
