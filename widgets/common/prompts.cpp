// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/prompts.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

namespace emac::widgets {

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

void Prompts::failed(QWidget* parent, const QString& title, const QString& reason)
{
    QMessageBox::warning(parent, title, reason);
}

} // namespace emac::widgets
