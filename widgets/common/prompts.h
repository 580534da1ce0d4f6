// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

class QWidget;

namespace emac::widgets {

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

    virtual ~Prompts() = default;
    /// Files to open; empty where cancelled.
    virtual QStringList filesToOpen(QWidget* parent, const QString& folder);
    /// "The journey has unsaved changes."
    virtual Answer unsavedChanges(QWidget* parent, const QString& title);
    /// True to go on in spite of what `text` says; `goOn` labels the button.
    virtual bool confirm(QWidget* parent, const QString& text, const QString& goOn);
    virtual void failed(QWidget* parent, const QString& title, const QString& reason);
};

} // namespace emac::widgets
