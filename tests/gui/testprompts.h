// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/questions/comparedialog.h"
#include "widgets/questions/prompts.h"

namespace emac::tests {

/// Answers that the test gives in advance; counts what was asked.
class TestPrompts : public widgets::Prompts
{
public:
    QStringList files;
    Answer answer = Answer::Cancel;
    bool confirmed = false;
    int asked = 0;
    QStringList failures;
    QString saveTo;
    DiskAnswer disk = DiskAnswer::Later;
    QList<widgets::DiskChange> changes; ///< of the last question about the disk
    widgets::Comparison compared; ///< of the last question about a recovery copy
    RecoveryAnswer recovery = RecoveryAnswer::Restore;
    bool fits = false;
    QStringList holders;

    QStringList filesToOpen(QWidget* /*parent*/, const QString& /*folder*/) override { return files; }
    Answer unsavedChanges(QWidget* /*parent*/, const QString& /*title*/) override
    {
        ++asked;
        return answer;
    }
    bool confirm(QWidget* /*parent*/, const QString& /*text*/, const QString& /*goOn*/) override
    {
        ++asked;
        return confirmed;
    }
    QString fileToSave(QWidget* /*parent*/, const QString& /*path*/) override { return saveTo; }
    QList<DiskAnswer> changedOnDisk(QWidget* /*parent*/, const QList<widgets::DiskChange>& all) override
    {
        ++asked;
        changes = all;
        return QList<DiskAnswer>(all.size(), disk);
    }
    RecoveryAnswer recovered(QWidget* /*parent*/, const widgets::Comparison& copy, const QDateTime& /*written*/,
                             bool copyFits) override
    {
        ++asked;
        compared = copy;
        fits = copyFits;
        return recovery;
    }
    bool tryAgain(QWidget* /*parent*/, const QString& holder) override
    {
        holders.append(holder);
        return false;
    }
    void failed(QWidget* /*parent*/, const QString& /*title*/, const QString& reason) override
    {
        failures.append(reason);
    }
};

} // namespace emac::tests
