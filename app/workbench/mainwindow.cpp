// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/mainwindow.h"

#include "app/workbench/focusring.h"
#include "app/workbench/journeytab.h"
#include "app/workbench/keptsizes.h"
#include "app/workbench/panelfocus.h"
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
#include <QUndoView>

#include <algorithm>

namespace emac::workbench {

using namespace widgets;

namespace {
constexpr int layoutVersion = 1;
} // namespace

MainWindow::MainWindow(std::shared_ptr<Prompts> prompts, std::shared_ptr<DocumentStore> store,
                       std::shared_ptr<DisplayUnits> units)
    : m_prompts(std::move(prompts))
    , m_store(std::move(store))
    , m_units(std::move(units))
    , m_usage(m_store.get())
    , m_focus(new PanelFocus(this,
                             [this]() -> QWidget* {
                                 auto* tab = currentTab();
                                 return tab != nullptr ? static_cast<QWidget*>(tab->view()) : nullptr;
                             }))
    , m_sizes(new KeptSizes(this))
    , m_centre(new QStackedWidget)
    , m_startPage(new StartPage)
    , m_tabs(new QTabWidget)
    , m_openingLabel(new QLabel)
    , m_unitLabel(new QLabel)
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
    setUpUnitActions();
    setUpFocusActions();
    setUpDocks();
    setUpPalette();
    setUpMenus();
    setUpToolBar();
    setUpTyping();
    new FocusRing(this);
    statusBar()->addPermanentWidget(m_openingLabel);
    statusBar()->addPermanentWidget(m_unitLabel);
    statusBar()->addPermanentWidget(m_zoomLabel);
    m_unitLabel->setToolTip(tr("How availability reads; see the View menu"));

    connect(m_startPage, &StartPage::newRequested, this, &MainWindow::askForNew);
    connect(m_startPage, &StartPage::openRequested, this, &MainWindow::askForFiles);
    connect(m_startPage, &StartPage::fileRequested, this, &MainWindow::open);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::showCurrent);
    connect(m_tabs, &QTabWidget::tabCloseRequested, this,
            [this](int index) { closeAsked(tabOf(m_tabs->widget(index))); });
    // Queued: the question runs an event loop of its own.
    connect(m_store.get(), &DocumentStore::questionRaised, this, &MainWindow::takeQuestion, Qt::QueuedConnection);
    connect(&m_opener, &FileOpener::started, this, &MainWindow::updateStatus);
    connect(&m_opener, &FileOpener::opened, this, [this](const auto& file) {
        updateStatus();
        addTab(m_store->add(*file));
    });

    resize(1440, 900);
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray(), layoutVersion);
    showCurrent();
}

std::shared_ptr<DisplayUnits> MainWindow::rememberedUnits()
{
    return std::make_shared<DisplayUnits>(QStringLiteral("availability/unit"));
}

MainWindow::~MainWindow()
{
    // Pages delete their own widgets, which must not tell a window that is half gone.
    m_tabs->disconnect(this);
}

JourneyTab* MainWindow::currentTab() const
{
    return tabOf(m_tabs->currentWidget());
}

JourneyTab* MainWindow::tabOf(const QWidget* view) const
{
    const auto tab =
        std::ranges::find_if(m_journeys, [view](const auto& candidate) { return candidate->page() == view; });
    return tab == m_journeys.end() ? nullptr : tab->get();
}

void MainWindow::showCurrent()
{
    auto* tab = currentTab();
    m_centre->setCurrentWidget(tab != nullptr ? static_cast<QWidget*>(m_tabs) : m_startPage);
    for (auto* dock : findChildren<QDockWidget*>())
        dock->widget()->setEnabled(tab != nullptr);
    if (tab != nullptr) {
        m_outlines->setCurrentWidget(tab->outline());
        m_inspectors->setCurrentWidget(tab->inspector());
        m_availabilities->setCurrentWidget(tab->availability());
        m_latencies->setCurrentWidget(tab->latency());
        m_explanations->setCurrentWidget(tab->explanation());
        m_problems->setCurrentWidget(tab->problems());
        m_sources->setCurrentWidget(tab->source());
        m_verdicts->setCurrentWidget(tab->verdict());
        tab->view()->setFocus();
    }
    auto* stack = tab != nullptr ? tab->document()->undoStack() : nullptr;
    m_undo.setStack(stack);
    m_history->setStack(stack);
    m_editing->setDocument(tab != nullptr ? tab->document() : nullptr);
    m_layout->setDocument(tab != nullptr ? tab->document() : nullptr);
    m_collapse->setCollapsing(tab != nullptr ? tab->view()->collapsing() : nullptr);
    m_changes->setDocument(tab != nullptr ? tab->document() : nullptr);
    m_palette->setDocument(tab != nullptr ? tab->document() : nullptr);
    m_usage.setIntent(tab != nullptr ? tab->document()->path() : QString());
    updateActions();
    updateTitles();
    updateStatus();
}

void MainWindow::updateActions()
{
    auto* tab = currentTab();
    static const QStringList onTab{QStringLiteral("file.save"), QStringLiteral("file.saveAs"),
                                   QStringLiteral("file.close"), QStringLiteral("file.reload"),
                                   QStringLiteral("file.commit")};
    const bool drawn = tab != nullptr && tab->document()->isReadable();
    for (auto* action : m_actions.actions()) {
        const auto id = action->objectName();
        if (id.startsWith(QStringLiteral("view.zoom")) || id.startsWith(QStringLiteral("edit.find"))
            || id == QStringLiteral("view.explain") || id == QStringLiteral("file.exportDrawing"))
            action->setEnabled(drawn);
        else if (onTab.contains(id))
            action->setEnabled(tab != nullptr);
    }
    m_actions.action(QStringLiteral("file.revert"))->setEnabled(tab != nullptr && tab->document()->isModified());
    m_actions.action(QStringLiteral("file.tryToEdit"))->setEnabled(tab != nullptr && tab->document()->isReadOnly());
    m_actions.action(QStringLiteral("file.saveAll"))->setEnabled(std::ranges::any_of(m_journeys, [](const auto& open) {
        return open->document()->isModified();
    }));
}

void MainWindow::updateTitles()
{
    for (const auto& tab : m_journeys) {
        auto* document = tab->document();
        auto title = document->title();
        if (document->isReadOnly())
            title = tr("%1 (read-only)").arg(title);
        if (document->isModified())
            title = tr("%1 •").arg(title);
        const auto shown = QString(title).replace(u'&', QStringLiteral("&&"));
        // Setting a text lays the whole row of tabs out again.
        if (const int index = m_tabs->indexOf(tab->page()); m_tabs->tabText(index) != shown)
            m_tabs->setTabText(index, shown);
        m_tabs->setTabToolTip(m_tabs->indexOf(tab->page()), QDir::toNativeSeparators(document->path()));
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
    m_unitLabel->setText(
        tab != nullptr && tab->document()->isReadable()
            ? tr("Availability: %1").arg(displayName(m_units->display(tab->document()->intent().objectives)).toLower())
            : QString());
    m_openingLabel->setText(m_opener.pending() > 0 ? tr("Opening …") : QString());
}

void MainWindow::changeEvent(QEvent* event)
{
    // Whoever comes back from another program may have used Git there.
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_changes != nullptr) {
        m_changes->refresh();
        m_usage.refresh();
    }
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_changes->isCommitting()
        && !m_prompts->confirm(this, tr("A commit is under way. Closing the window stops it."), tr("Stop and Close"))) {
        event->ignore();
        return;
    }
    // By index: while a question is asked, another file may finish opening.
    // NOLINTNEXTLINE(modernize-loop-convert): the list may grow meanwhile
    for (std::size_t i = 0; i < m_journeys.size(); ++i) {
        if (!mayClose(m_journeys[i].get())) {
            event->ignore();
            return;
        }
    }
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState(layoutVersion));
    // At once, as another window may be closed before this one is deleted: it must know that it is the last one.
    while (!m_journeys.empty())
        closeTab(m_journeys.back().get());
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
