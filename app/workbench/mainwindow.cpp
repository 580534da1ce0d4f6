// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/mainwindow.h"

#include "app/workbench/journeytab.h"
#include "app/workbench/recentfiles.h"
#include "app/workbench/startpage.h"

#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>

#include <algorithm>

namespace emac::workbench {

using namespace widgets;

namespace {
constexpr int layoutVersion = 1;
} // namespace

MainWindow::MainWindow(std::unique_ptr<Prompts> prompts, QWidget* parent)
    : QMainWindow(parent)
    , m_prompts(std::move(prompts))
    , m_centre(new QStackedWidget)
    , m_startPage(new StartPage)
    , m_tabs(new QTabWidget)
    , m_openingLabel(new QLabel)
    , m_zoomLabel(new QLabel)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    // The style's own cross is alarming in a row of tabs.
    m_tabs->tabBar()->setStyleSheet(
        QStringLiteral("QTabBar::close-button { image: url(:/icons/tab-close.svg); }"
                       "QTabBar::close-button:hover { image: url(:/icons/tab-close-hover.svg); }"));
    m_centre->addWidget(m_startPage);
    m_centre->addWidget(m_tabs);
    setCentralWidget(m_centre);
    setUpActions();
    setUpViewActions();
    setUpDocks();
    setUpMenus();
    setUpToolBar();
    statusBar()->addPermanentWidget(m_openingLabel);
    statusBar()->addPermanentWidget(m_zoomLabel);

    connect(m_startPage, &StartPage::openRequested, this, &MainWindow::askForFiles);
    connect(m_startPage, &StartPage::fileRequested, this, &MainWindow::open);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::showCurrent);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this,
            [this](int index) { closeAsked(tabOf(m_tabs->widget(index))); });
    connect(&m_opener, &FileOpener::started, this, &MainWindow::updateStatus);
    connect(&m_opener, &FileOpener::opened, this, [this](const auto& file) {
        updateStatus();
        addTab(*file);
    });

    resize(1440, 900);
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray(), layoutVersion);
    showCurrent();
}

MainWindow::~MainWindow()
{
    // Pages delete their own widgets, which must not tell a window that is half gone.
    m_tabs->disconnect(this);
}

void MainWindow::open(const QString& path)
{
    const auto absolute = QFileInfo(path).absoluteFilePath();
    if (!showOpen(absolute))
        m_opener.open(absolute);
}

bool MainWindow::showOpen(const QString& path)
{
    const QFileInfo wanted(path);
    for (const auto& tab : m_journeys) {
        const auto open = tab->document()->path();
        if (open == path || QFileInfo(open) == wanted) {
            m_tabs->setCurrentWidget(tab->view());
            return true;
        }
    }
    return false;
}

JourneyTab* MainWindow::currentTab() const
{
    return tabOf(m_tabs->currentWidget());
}

JourneyTab* MainWindow::tabOf(const QWidget* view) const
{
    const auto tab =
        std::ranges::find_if(m_journeys, [view](const auto& candidate) { return candidate->view() == view; });
    return tab == m_journeys.end() ? nullptr : tab->get();
}

void MainWindow::closeAsked(JourneyTab* tab)
{
    // While a question is asked another file may finish opening: the tab is the one asked for, not the current one.
    if (tab != nullptr && mayClose(tab))
        closeTab(tab);
}

void MainWindow::askForFiles()
{
    auto* tab = currentTab();
    const auto folder = tab != nullptr ? QFileInfo(tab->document()->path()).path() : QDir::homePath();
    for (const auto& path : m_prompts->filesToOpen(this, folder))
        open(path);
}

void MainWindow::addTab(workspace::OpenedIntent file)
{
    // Asked for twice before it was open, perhaps by different names.
    if (showOpen(QString::fromStdString(file.path)))
        return;
    auto added = std::make_unique<JourneyTab>(std::move(file));
    auto* tab = added.get();
    auto* document = tab->document();
    m_journeys.push_back(std::move(added));
    m_undoGroup.addStack(document->undoStack());
    m_inspectors->addWidget(tab->inspector());
    m_availabilities->addWidget(tab->availability());
    m_problems->addWidget(tab->problems());
    m_sources->addWidget(tab->source());
    m_verdicts->addWidget(tab->verdict());
    connect(document, &JourneyDocument::modifiedChanged, this, &MainWindow::updateTitles);
    connect(document, &JourneyDocument::valueChanged, this, &MainWindow::updateTitles);
    const auto bringUp = [](QDockWidget* dock) {
        dock->show();
        dock->raise();
    };
    connect(tab, &JourneyTab::sourceRequested, m_sourceDock, [=, dock = m_sourceDock] { bringUp(dock); });
    connect(tab, &JourneyTab::inspectorRequested, m_inspectorDock, [=, dock = m_inspectorDock] { bringUp(dock); });
    connect(tab->view(), &JourneyView::zoomChanged, this, &MainWindow::updateStatus);
    const int index = m_tabs->addTab(tab->view(), document->title());
    m_tabs->setTabToolTip(index, QDir::toNativeSeparators(document->path()));
    m_tabs->setCurrentIndex(index);
    if (document->isReadable())
        recentfiles::add(document->path());
    else
        bringUp(m_problemsDock);
    showCurrent();
    emit tabOpened(tab);
}

bool MainWindow::saveTab(JourneyTab* tab)
{
    tab->inspector()->commitPending();
    auto* document = tab->document();
    auto errors = JourneyDocument::Errors::Refuse;
    if (base::hasErrors(document->diagnostics())) {
        if (!m_prompts->confirm(this, tr("“%1” has errors (see Problems).").arg(document->title()), tr("Save Anyway")))
            return false;
        errors = JourneyDocument::Errors::Accept;
    }
    const auto reason = document->save(errors);
    if (reason.isEmpty()) {
        statusBar()->showMessage(tr("Saved %1").arg(QDir::toNativeSeparators(document->path())), 4000);
        return true;
    }
    m_prompts->failed(this, tr("Not Saved"), reason);
    return false;
}

bool MainWindow::mayClose(JourneyTab* tab)
{
    tab->inspector()->commitPending();
    if (!tab->document()->isModified())
        return true;
    m_tabs->setCurrentWidget(tab->view());
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
    m_undoGroup.removeStack(tab->document()->undoStack());
    m_tabs->removeTab(m_tabs->indexOf(tab->view()));
    std::erase_if(m_journeys, [tab](const auto& candidate) { return candidate.get() == tab; });
    m_startPage->refresh();
    showCurrent();
}

void MainWindow::reload()
{
    auto* tab = currentTab();
    const auto path = tab->document()->path();
    tab->inspector()->commitPending();
    if (tab->document()->isModified()
        && !m_prompts->confirm(this, tr("Reloading drops the unsaved changes of “%1”.").arg(tab->document()->title()),
                               tr("Reload")))
        return;
    closeTab(tab);
    open(path);
}

void MainWindow::showCurrent()
{
    auto* tab = currentTab();
    m_centre->setCurrentWidget(tab != nullptr ? static_cast<QWidget*>(m_tabs) : m_startPage);
    for (auto* dock : findChildren<QDockWidget*>())
        dock->widget()->setEnabled(tab != nullptr);
    if (tab != nullptr) {
        m_inspectors->setCurrentWidget(tab->inspector());
        m_availabilities->setCurrentWidget(tab->availability());
        m_problems->setCurrentWidget(tab->problems());
        m_sources->setCurrentWidget(tab->source());
        m_verdicts->setCurrentWidget(tab->verdict());
        m_undoGroup.setActiveStack(tab->document()->undoStack());
        tab->view()->setFocus();
    }
    const bool drawn = tab != nullptr && tab->document()->isReadable();
    for (auto* action : m_actions.actions()) {
        const auto id = action->objectName();
        if (id.startsWith(QStringLiteral("view.zoom")))
            action->setEnabled(drawn);
        else if (id == QStringLiteral("file.save") || id == QStringLiteral("file.close")
                 || id == QStringLiteral("file.reload"))
            action->setEnabled(tab != nullptr);
    }
    updateTitles();
    updateStatus();
}

void MainWindow::updateTitles()
{
    for (const auto& tab : m_journeys) {
        auto* document = tab->document();
        const auto title = document->isModified() ? tr("%1 •").arg(document->title()) : document->title();
        const auto shown = QString(title).replace(u'&', QStringLiteral("&&"));
        // Setting a text lays the whole row of tabs out again.
        if (const int index = m_tabs->indexOf(tab->view()); m_tabs->tabText(index) != shown)
            m_tabs->setTabText(index, shown);
    }
    auto* tab = currentTab();
    setWindowModified(tab != nullptr && tab->document()->isModified());
    setWindowFilePath(tab != nullptr ? tab->document()->path() : QString());
    setWindowTitle(tab != nullptr ? tr("%1[*] – EmaC Workbench").arg(tab->document()->title()) : tr("EmaC Workbench"));
}

void MainWindow::updateStatus()
{
    auto* tab = currentTab();
    m_zoomLabel->setText(tab != nullptr && tab->document()->isReadable()
                             ? tr("%1 %").arg(qRound(tab->view()->zoom() * 100))
                             : QString());
    m_openingLabel->setText(m_opener.pending() > 0 ? tr("Opening …") : QString());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    // By index: while a question is asked, another file may finish opening.
    for (std::size_t i = 0; i < m_journeys.size(); ++i) {
        if (!mayClose(m_journeys[i].get())) {
            event->ignore();
            return;
        }
    }
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState(layoutVersion));
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (std::ranges::any_of(urls, [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    for (const auto& url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            open(url.toLocalFile());
    }
    event->acceptProposedAction();
}

} // namespace emac::workbench
