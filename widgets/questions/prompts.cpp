// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/questions/prompts.h"

#include "widgets/questions/comparedialog.h"
#include "widgets/questions/diskchangesdialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace emac::widgets {

namespace {

QString ageText(const QDateTime& written)
{
    constexpr qint64 minute = 60;
    const auto seconds = std::max<qint64>(0, written.secsTo(QDateTime::currentDateTimeUtc()));
    const auto minutes = static_cast<int>(seconds / minute);
    if (minutes < 1)
        return Prompts::tr("less than a minute ago");
    if (minutes < 60)
        return Prompts::tr("%n minute(s) ago", nullptr, minutes);
    if (minutes < 24 * 60)
        return Prompts::tr("%n hour(s) ago", nullptr, minutes / 60);
    return Prompts::tr("%n day(s) ago", nullptr, minutes / (24 * 60));
}

} // namespace

QStringList Prompts::filesToOpen(QWidget* parent, const QString& folder)
{
    return QFileDialog::getOpenFileNames(parent, tr("Open Journey"), folder,
                                         tr("Journey intents (*.yaml *.yml);;All files (*)"));
}

Prompts::Answer Prompts::unsavedChanges(QWidget* parent, const QString& title)
{
    QMessageBox box(QMessageBox::Warning, tr("Unsaved Changes"), tr("“%1” has unsaved changes.").arg(title),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, parent);
    box.setInformativeText(tr("Without saving they are lost."));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return Answer::Save;
    case QMessageBox::Discard:
        return Answer::Discard;
    default:
        return Answer::Cancel;
    }
}

bool Prompts::confirm(QWidget* parent, const QString& text, const QString& goOn)
{
    QMessageBox box(QMessageBox::Question, QCoreApplication::applicationName(), text, QMessageBox::Cancel, parent);
    const auto* accept = box.addButton(goOn, QMessageBox::AcceptRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == accept;
}

QString Prompts::fileToSave(QWidget* parent, const QString& path)
{
    return QFileDialog::getSaveFileName(parent, tr("Save Journey As"), path,
                                        tr("Journey intents (*.yaml *.yml);;All files (*)"));
}

QString Prompts::drawingToSave(QWidget* parent, const QString& path)
{
    QFileDialog dialog(parent, tr("Export Drawing"), path);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(
        {tr("SVG picture (*.svg)"), tr("PNG picture (*.png)"), tr("PDF page (*.pdf)"), tr("Graphviz graph (*.dot)")});
    // A name without an end gets that of the chosen form, before the dialog asks about overwriting.
    const auto follow = [&dialog](const QString& filter) {
        dialog.setDefaultSuffix(filter.section(u'.', -1).chopped(1));
    };
    QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, follow);
    follow(dialog.selectedNameFilter());
    dialog.selectFile(QFileInfo(path).completeBaseName());
    return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

QList<Prompts::DiskAnswer> Prompts::changedOnDisk(QWidget* parent, const QList<DiskChange>& changes)
{
    DiskChangesDialog dialog(changes, parent);
    dialog.exec();
    return dialog.answers();
}

Prompts::RecoveryAnswer Prompts::recovered(QWidget* parent, const Comparison& copy, const QDateTime& written, bool fits)
{
    auto text = tr("They are from %1 (%2).")
                    .arg(QLocale().toString(written.toLocalTime(), QLocale::ShortFormat), ageText(written));
    if (!fits)
        text += QStringLiteral("\n\n") + tr("The file has changed since: restoring puts the older state in its place.");
    text += QStringLiteral("\n\n") + tr("Restoring can be undone; discarding can not.");
    for (;;) {
        QMessageBox box(QMessageBox::Question, tr("Unsaved Changes Found"),
                        tr("“%1” has changes that were not saved when the program ended.").arg(copy.title),
                        QMessageBox::NoButton, parent);
        box.setInformativeText(text);
        auto* restore = box.addButton(tr("Restore"), QMessageBox::AcceptRole);
        const auto* discard = box.addButton(tr("Discard"), QMessageBox::DestructiveRole);
        const auto* compare = box.addButton(tr("Compare…"), QMessageBox::ActionRole);
        box.setDefaultButton(restore);
        // Closing the question must not lose anything either.
        box.setEscapeButton(restore);
        box.exec();
        if (box.clickedButton() != compare)
            return box.clickedButton() == discard ? RecoveryAnswer::Discard : RecoveryAnswer::Restore;
        CompareDialog(copy, parent).exec();
    }
}

bool Prompts::tryAgain(QWidget* parent, const QString& holder)
{
    QMessageBox box(QMessageBox::Information, tr("Open for Reading Only"), holder, QMessageBox::Retry, parent);
    box.setInformativeText(tr("It is shown here for reading. It can be saved under another name."));
    auto* read = box.addButton(tr("Read Only"), QMessageBox::RejectRole);
    box.setDefaultButton(read);
    return box.exec() == QMessageBox::Retry;
}

void Prompts::failed(QWidget* parent, const QString& title, const QString& reason)
{
    QMessageBox::warning(parent, title, reason);
}

} // namespace emac::widgets
