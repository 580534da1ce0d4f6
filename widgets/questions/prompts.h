// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/documentfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

class QWidget;

namespace emac::widgets {

struct Comparison;

/// What other programs have done to the file of an open document.
struct DiskChange
{
    QString title;
    QString path;
    FileContent mine;
    FileContent onDisk;
    bool modified = false; ///< there are changes here that are not saved

    bool removed() const { return !onDisk.text; }
};

/// The questions that stop a person: behind an interface, so that tests can answer them.
class Prompts
{
    Q_DECLARE_TR_FUNCTIONS(emac::widgets::Prompts)
public:
    enum class Answer
    {
        Save,
        Discard,
        Cancel
    };

    enum class DiskAnswer
    {
        KeepMine,
        Reload, ///< close, where the file was removed
        Later
    };
    enum class RecoveryAnswer
    {
        Restore,
        Discard
    };

    virtual ~Prompts() = default;
    /// Files to open; empty where cancelled.
    virtual QStringList filesToOpen(QWidget* parent, const QString& folder);
    /// "The journey has unsaved changes."
    virtual Answer unsavedChanges(QWidget* parent, const QString& title);
    /// True to go on in spite of what `text` says; `goOn` labels the button.
    virtual bool confirm(QWidget* parent, const QString& text, const QString& goOn);
    /// A path to save to; empty where cancelled. Asks by itself whether an existing file may be overwritten.
    virtual QString fileToSave(QWidget* parent, const QString& path);
    /// Where to write the drawing, with an end that says its form (drawingFormOf()) unless the person has typed
    /// another; empty where cancelled. Asks by itself whether an existing file may be overwritten.
    virtual QString drawingToSave(QWidget* parent, const QString& path);
    /// "Other programs have changed these files": one question for all of them, an answer for each. Offers to compare.
    virtual QList<DiskAnswer> changedOnDisk(QWidget* parent, const QList<DiskChange>& changes);
    /// "There are unsaved changes from before." `fits`: the file is still the one that they were made on. Offers to
    /// compare them with what is on disk.
    virtual RecoveryAnswer recovered(QWidget* parent, const Comparison& copy, const QDateTime& written, bool fits);
    /// "The document is open for editing elsewhere", as `holder` says. True to try again.
    virtual bool tryAgain(QWidget* parent, const QString& holder);
    virtual void failed(QWidget* parent, const QString& title, const QString& reason);
};

} // namespace emac::widgets
