// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window does with files: opening, saving, closing, and what is asked about them.
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "app/workbench/newjourney.h"
#include "app/workbench/recentfiles.h"
#include "app/workbench/startpage.h"
#include "widgets/common/format.h"
#include "widgets/document/recovery.h"
#include "widgets/drawing/drawingexport.h"
#include "widgets/questions/comparedialog.h"

#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QPointer>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

namespace emac::workbench {

using namespace widgets;

void MainWindow::open(const QString& path)
{
    const auto absolute = QFileInfo(path).absoluteFilePath();
    if (showOpen(absolute))
        return;
    // Open in another window: shown here at once, with all that is not saved.
    if (auto document = m_store->find(absolute))
        addTab(std::move(document));
    else
        m_opener.open(absolute);
}

bool MainWindow::showOpen(const QString& path)
{
    const auto document = m_store->find(path);
    for (const auto& tab : m_journeys) {
        if (tab->document() == document.get()) {
            m_tabs->setCurrentWidget(tab->page());
            return true;
        }
    }
    return false;
}

void MainWindow::offerLeftBehind(const QStringList& opening)
{
    QStringList asked; // when they are opened
    for (const auto& path : opening)
        asked.append(recovery::canonical(path));
    QStringList paths;
    QStringList names;
    for (const auto& copy : recovery::left()) {
        if (m_store->find(copy.path) || asked.contains(recovery::canonical(copy.path)))
            continue;
        paths.append(copy.path);
        names.append(QDir::toNativeSeparators(copy.path));
    }
    if (paths.isEmpty()
        || !m_prompts->confirm(this, tr("The program ended without saving these journeys:\n%1").arg(names.join(u'\n')),
                               tr("Open Them")))
        return;
    for (const auto& path : std::as_const(paths))
        open(path);
}

MainWindow* MainWindow::openWindow()
{
    auto* window = new MainWindow(m_prompts, m_store, m_units);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->move(pos() + QPoint(40, 40));
    window->show();
    if (auto* tab = currentTab(); tab != nullptr)
        window->open(tab->document()->path());
    return window;
}

void MainWindow::askForFiles()
{
    auto* tab = currentTab();
    const auto folder = tab != nullptr ? QFileInfo(tab->document()->path()).path() : QDir::homePath();
    for (const auto& path : m_prompts->filesToOpen(this, folder))
        open(path);
}

void MainWindow::askForNew()
{
    auto* tab = currentTab();
    auto* dialog =
        new NewJourneyDialog(tab != nullptr ? QFileInfo(tab->document()->path()).path() : QDir::homePath(), this);
    connect(dialog, &NewJourneyDialog::created, this, &MainWindow::open);
    dialog->open();
}

void MainWindow::addTab(DocumentStore::Handle document)
{
    // Asked for twice before it was open, perhaps by different names.
    if (showOpen(document->path()))
        return;
    m_journeys.push_back(std::make_unique<JourneyTab>(std::move(document), m_units.get()));
    auto* tab = m_journeys.back().get();
    connectTab(tab);
    m_outlines->addWidget(tab->outline());
    m_inspectors->addWidget(tab->inspector());
    m_availabilities->addWidget(tab->availability());
    m_latencies->addWidget(tab->latency());
    m_explanations->addWidget(tab->explanation());
    m_problems->addWidget(tab->problems());
    m_sources->addWidget(tab->source());
    m_verdicts->addWidget(tab->verdict());
    m_tabs->setCurrentIndex(m_tabs->addTab(tab->page(), tab->document()->title()));
    if (tab->document()->isReadable()) {
        recentfiles::add(tab->document()->path());
    } else {
        m_problemsDock->show();
        m_problemsDock->raise();
    }
    showCurrent();
    ask(tab);
    emit tabOpened(tab);
}

void MainWindow::connectTab(JourneyTab* tab)
{
    auto* document = tab->document();
    const auto update = [this] {
        updateActions();
        updateTitles();
    };
    connect(document, &JourneyDocument::modifiedChanged, this, update);
    connect(document, &JourneyDocument::readOnlyChanged, this, update);
    connect(document, &JourneyDocument::pathChanged, this, update);
    connect(document, &JourneyDocument::pathChanged, &m_usage, [this, document] {
        if (currentTab() != nullptr && currentTab()->document() == document)
            m_usage.setIntent(document->path());
    });
    connect(document, &JourneyDocument::valueChanged, this, &MainWindow::updateTitles);
    connect(document, &JourneyDocument::valueChanged, this, &MainWindow::updateStatus);
    connect(document, &JourneyDocument::reloaded, this,
            [this, document] { say(tr("“%1” was changed by another program: reloaded").arg(document->title())); });
    // Queued: the document's slot must not be waiting while its tab goes.
    connect(
        document, &JourneyDocument::closeRequested, this,
        [this, shown = QPointer(tab)] {
            if (shown)
                closeTab(shown);
        },
        Qt::QueuedConnection);
    const auto bringUp = [](QDockWidget* dock) {
        dock->show();
        dock->raise();
    };
    connect(tab, &JourneyTab::sourceRequested, m_sourceDock, [=, dock = m_sourceDock] { bringUp(dock); });
    connect(tab, &JourneyTab::explanationRequested, m_explainDock, [=, dock = m_explainDock] { bringUp(dock); });
    connect(tab, &JourneyTab::inspectorRequested, m_inspectorDock, [=, dock = m_inspectorDock] { bringUp(dock); });
    connect(tab->inspector(), &InspectorPanel::actionRequested, this, &MainWindow::triggerIfEnabled);
    connect(tab->outline(), &OutlinePanel::actionRequested, this, &MainWindow::triggerIfEnabled);
    connect(tab->outline(), &OutlinePanel::menuRequested, this, &MainWindow::showContextMenu);
    connect(tab->outline(), &OutlinePanel::refused, this, &MainWindow::sayRefusal);
    connect(tab->view(), &JourneyView::menuRequested, this, &MainWindow::showContextMenu);
    connect(tab->view(), &JourneyView::zoomChanged, this, &MainWindow::updateStatus);
    connect(tab->view(), &JourneyView::refused, this, &MainWindow::say);
    tab->page()->setPlacingTool(&m_placing);
}

void MainWindow::ask(JourneyTab* tab)
{
    auto* document = tab->document();
    if (m_store->isShared(document))
        return; // asked when the first window opened it
    if (document->isReadOnly())
        tryToEdit(document);
    else
        offerRecovery(document);
}

void MainWindow::offerRecovery(JourneyDocument* document)
{
    auto* recovery = m_store->recoveryOf(document);
    if (!recovery->found())
        return;
    const auto& found = *recovery->found();
    const Comparison comparison{
        document->title(),       document->path(),           tr("On disk"),
        document->file().base(), tr("Unsaved, from before"), FileContent{found.text, found.layout}};
    if (m_prompts->recovered(this, comparison, found.written, recovery->foundFits())
        == Prompts::RecoveryAnswer::Discard)
        recovery->discard();
    else if (const auto reason = recovery->restore(); !reason.isEmpty())
        m_prompts->failed(this, tr("Not Restored"), reason);
}

void MainWindow::tryToEdit(JourneyDocument* document)
{
    while (document->takeForEditing()) {
        if (!m_prompts->tryAgain(this, document->whyNotEditable())) {
            offerRecovery(document);
            return;
        }
    }
    offerRecovery(document); // whoever held it may have left one
}

void MainWindow::takeQuestion()
{
    const auto concerned = m_store->takeQuestion();
    if (concerned.isEmpty())
        return;
    askAboutDisk(concerned);
    m_store->questionAnswered();
}

void MainWindow::askAboutDisk(const QList<DocumentStore::Handle>& documents)
{
    QList<DiskChange> changes;
    for (const auto& document : documents) {
        const auto onDisk = document->file().read();
        changes.append({document->title(), document->path(), document->content(), onDisk.value.value_or(FileContent()),
                        document->content() != document->file().base()});
    }
    const auto answers = m_prompts->changedOnDisk(this, changes);
    for (int i = 0; i < documents.size(); ++i) {
        auto* document = documents[i].get();
        switch (answers.value(i, Prompts::DiskAnswer::Later)) {
        case Prompts::DiskAnswer::KeepMine:
            document->keepOwn();
            break;
        case Prompts::DiskAnswer::Reload:
            if (changes[i].removed())
                document->requestClose();
            else
                said(document->reload(), tr("Reloaded “%1”").arg(document->title()));
            break;
        case Prompts::DiskAnswer::Later:
            break;
        }
    }
}

bool MainWindow::said(const QString& failure, const QString& success)
{
    if (failure.isEmpty())
        say(success);
    else
        m_prompts->failed(this, tr("Not Done"), failure);
    return failure.isEmpty();
}

bool MainWindow::mayHaveErrors(JourneyDocument* document, JourneyDocument::Errors& errors)
{
    errors = document->hasErrorsNow() ? JourneyDocument::Errors::Accept : JourneyDocument::Errors::Refuse;
    return errors == JourneyDocument::Errors::Refuse
           || m_prompts->confirm(this, tr("“%1” has errors (see Problems).").arg(document->title()), tr("Save Anyway"));
}

bool MainWindow::saveTab(JourneyTab* tab)
{
    tab->commitPending();
    auto* document = tab->document();
    if (document->isChangedOnDisk())
        askAboutDisk({m_store->find(document->path())});
    if (!document->isModified())
        return true;
    auto errors = JourneyDocument::Errors::Refuse;
    return mayHaveErrors(document, errors)
           && said(document->save(errors), tr("Saved %1").arg(QDir::toNativeSeparators(document->path())));
}

bool MainWindow::saveTabAs(JourneyTab* tab)
{
    tab->commitPending();
    auto* document = tab->document();
    const auto path = m_prompts->fileToSave(this, document->path());
    auto errors = JourneyDocument::Errors::Refuse;
    if (path.isEmpty() || !mayHaveErrors(document, errors))
        return false;
    if (const auto other = m_store->find(path); other && other.get() != document) {
        m_prompts->failed(this, tr("Not Saved"), tr("“%1” is open itself: close it first.").arg(other->title()));
        return false;
    }
    const auto absolute = QFileInfo(path).absoluteFilePath();
    if (!said(document->saveAs(absolute, errors), tr("Saved %1").arg(QDir::toNativeSeparators(absolute))))
        return false;
    recentfiles::add(absolute);
    return true;
}

void MainWindow::exportDrawing(JourneyTab* tab)
{
    tab->commitPending();
    auto* document = tab->document();
    const QFileInfo file(document->path());
    const auto path =
        m_prompts->drawingToSave(this, file.dir().filePath(file.completeBaseName() + QStringLiteral(".svg")));
    if (path.isEmpty())
        return;
    auto* drawing = new DrawingExport(document, QFileInfo(path).absoluteFilePath(), {.unit = m_units->unit()}, this);
    connect(drawing, &DrawingExport::finished, this, [this, drawing](const base::Diagnostics& failures) {
        drawing->deleteLater();
        said(failures.empty() ? QString() : messageText(failures.front().message),
             tr("Exported %1").arg(QDir::toNativeSeparators(drawing->path())));
    });
}

void MainWindow::saveAll()
{
    // By index: while a question is asked, another file may finish opening.
    // NOLINTNEXTLINE(modernize-loop-convert): the list may grow meanwhile
    for (std::size_t i = 0; i < m_journeys.size(); ++i) {
        m_journeys[i]->commitPending();
        if (m_journeys[i]->document()->isModified() && !saveTab(m_journeys[i].get()))
            return;
    }
}

void MainWindow::closeAsked(JourneyTab* tab)
{
    // While a question is asked another file may finish opening: the tab is the one asked for, not the current one.
    if (tab != nullptr && mayClose(tab))
        closeTab(tab);
}

bool MainWindow::mayClose(JourneyTab* tab)
{
    tab->commitPending();
    if (!tab->document()->isModified() || m_store->isShared(tab->document()))
        return true;
    m_tabs->setCurrentWidget(tab->page());
    switch (m_prompts->unsavedChanges(this, tab->document()->title())) {
    case Prompts::Answer::Save:
        return saveTab(tab);
    case Prompts::Answer::Discard:
        return true;
    case Prompts::Answer::Cancel:
        break;
    }
    return false;
}

void MainWindow::closeTab(JourneyTab* tab)
{
    m_undo.setStack(nullptr);
    m_history->setStack(nullptr);
    m_editing->setDocument(nullptr);
    m_changes->setDocument(nullptr);
    m_palette->setDocument(nullptr);
    tab->document()->disconnect(this);
    m_tabs->removeTab(m_tabs->indexOf(tab->page()));
    std::erase_if(m_journeys, [tab](const auto& candidate) { return candidate.get() == tab; });
    m_startPage->refresh();
    showCurrent();
}

void MainWindow::commitChanges()
{
    auto* tab = currentTab();
    tab->commitPending();
    auto* document = tab->document();
    if (document->isModified()
        && (!m_prompts->confirm(this,
                                tr("“%1” has unsaved changes. A commit contains what is saved.").arg(document->title()),
                                tr("Save and Commit"))
            || !saveTab(tab) || document->isModified()))
        return;
    const auto detached = m_changes->detachedAt();
    if (!detached.isEmpty()
        && !m_prompts->confirm(this, messageText({base::Code::GitDetached, {detached.toStdString()}}),
                               tr("Commit Anyway")))
        return;
    m_changes->commit();
}

void MainWindow::reload(const QString& description)
{
    auto* tab = currentTab();
    tab->commitPending();
    said(tab->document()->reload(description),
         tr("Took “%1” from disk; undo brings back what it was").arg(tab->document()->title()));
}

} // namespace emac::workbench
