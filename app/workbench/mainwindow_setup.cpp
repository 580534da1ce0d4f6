// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window is made of: actions, menus, tool bar, docks.
#include "app/workbench/journeytab.h"
#include "app/workbench/keptsizes.h"
#include "app/workbench/keyspage.h"
#include "app/workbench/mainwindow.h"
#include "app/workbench/panelfocus.h"
#include "app/workbench/recentfiles.h"
#include "app/workbench/signs.h"
#include "app/workbench/startpage.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typing.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QUndoView>

namespace emac::workbench {

using namespace widgets;
using Menu = ActionRegistry::Menu;

void MainWindow::setUpFileActions()
{
    m_actions.add(QStringLiteral("file.new"), Menu::File, tr("&New Journey…"), {QKeySequence(Qt::CTRL | Qt::Key_N)},
                  [this] { askForNew(); });
    m_actions.add(QStringLiteral("file.newWindow"), Menu::File, tr("New &Window"),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)}, [this] { openWindow(); });
    m_actions
        .add(QStringLiteral("file.open"), Menu::File, tr("&Open…"), {QKeySequence::Open}, [this] { askForFiles(); })
        ->setIcon(sign("document-open"));
    m_actions
        .add(QStringLiteral("file.save"), Menu::File, tr("&Save"), {QKeySequence::Save},
             [this] { saveTab(currentTab()); })
        ->setIcon(sign("document-save"));
    m_actions.add(QStringLiteral("file.saveAs"), Menu::File, tr("Save &As…"),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)}, [this] { saveTabAs(currentTab()); });
    m_actions.add(QStringLiteral("file.saveAll"), Menu::File, tr("Save A&ll"),
                  {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)}, [this] { saveAll(); });
    m_actions.add(QStringLiteral("file.exportDrawing"), Menu::File, tr("Export &Drawing…"),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, [this] { exportDrawing(currentTab()); });
    m_actions.add(QStringLiteral("file.revert"), Menu::File, tr("Re&vert Unsaved Changes"), {},
                  [this] { reload(tr("Revert unsaved changes")); });
    m_actions.add(QStringLiteral("file.reload"), Menu::File, tr("&Reload from Disk"),
                  {QKeySequence(Qt::Key_F5 | Qt::SHIFT)}, [this] { reload(tr("Reload from disk")); });
    m_actions.add(QStringLiteral("file.tryToEdit"), Menu::File, tr("&Try to Edit"), {},
                  [this] { tryToEdit(currentTab()->document()); });
    setUpChangesActions();
    m_actions.add(QStringLiteral("file.close"), Menu::File, tr("&Close"), {QKeySequence(Qt::CTRL | Qt::Key_W)},
                  [this] { closeAsked(currentTab()); });
    m_actions.add(QStringLiteral("file.quit"), Menu::File, tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)},
                  [] { QApplication::closeAllWindows(); });
}

void MainWindow::setUpChangesActions()
{
    const auto bringUp = [this] {
        m_changesDock->show();
        m_changesDock->raise();
    };
    m_actions.add(QStringLiteral("file.showChanges"), Menu::File, tr("Show C&hanges"),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)}, bringUp);
    m_actions.add(QStringLiteral("file.commit"), Menu::File, tr("Co&mmit…"),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)}, [this, bringUp] {
                      bringUp();
                      m_changes->focusMessage();
                  });
}

void MainWindow::setUpActions()
{
    setUpFileActions();
    m_undo.undo()->setIcon(sign("edit-undo"));
    m_actions.add(QStringLiteral("edit.undo"), Menu::Edit, m_undo.undo(), {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    m_undo.redo()->setIcon(sign("edit-redo"));
    m_actions.add(QStringLiteral("edit.redo"), Menu::Edit, m_undo.redo(),
                  {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_undo.setSettle([this] { return currentTab() == nullptr || currentTab()->settlePending(); });
    m_editing = new EditActions(&m_actions, this);
    connect(m_editing, &EditActions::refused, this, &MainWindow::sayRefusal);
    setUpFindActions();
    connect(m_editing, &EditActions::told, this, &MainWindow::say);
    connect(m_editing, &EditActions::whereUsedRequested, this, &MainWindow::showWhereUsed);
    connect(m_editing, &EditActions::addRequested, this,
            [this](const journey::Landing& landing) { currentTab()->add(landing); });
    connect(m_editing, &EditActions::namesWanted, this,
            [this](const std::vector<journey::Element>& calls) { currentTab()->nameAll(calls); });
    m_layout = new LayoutActions(&m_actions, this);
    connect(m_layout, &LayoutActions::refused, this, &MainWindow::sayRefusal);

    m_actions.add(QStringLiteral("help.shortcuts"), Menu::Help, tr("&Keys and Gestures"), {QKeySequence(Qt::Key_F1)},
                  [this] { showShortcuts(); });
    m_actions.add(QStringLiteral("help.about"), Menu::Help, tr("&About EmaC Workbench"), {}, [this] { showAbout(); });
}

void MainWindow::setUpFindActions()
{
    const auto onOutline = [this](void (OutlinePanel::*member)()) {
        return [this, member] {
            m_outlineDock->show();
            m_outlineDock->raise();
            if (auto* tab = currentTab(); tab != nullptr)
                (tab->outline()->*member)();
        };
    };
    m_actions.add(QStringLiteral("edit.find"), Menu::Edit, tr("&Find…"), {QKeySequence(Qt::CTRL | Qt::Key_F)},
                  onOutline(&OutlinePanel::focusSearch));
    m_actions.add(QStringLiteral("edit.findNext"), Menu::Edit, tr("Find Ne&xt"), {QKeySequence(Qt::Key_F3)},
                  onOutline(&OutlinePanel::findNext));
    m_actions.add(QStringLiteral("edit.findPrevious"), Menu::Edit, tr("Find Pre&vious"),
                  {QKeySequence(Qt::SHIFT | Qt::Key_F3)}, onOutline(&OutlinePanel::findPrevious));
}

void MainWindow::setUpViewActions()
{
    const auto onView = [this](void (JourneyView::*member)()) {
        return [this, member] {
            if (auto* tab = currentTab(); tab != nullptr)
                (tab->view()->*member)();
        };
    };
    m_actions
        .add(QStringLiteral("view.zoomIn"), Menu::View, tr("Zoom &In"),
             {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
             onView(&JourneyView::zoomIn))
        ->setIcon(sign("zoom-in"));
    m_actions
        .add(QStringLiteral("view.zoomOut"), Menu::View, tr("Zoom &Out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)},
             onView(&JourneyView::zoomOut))
        ->setIcon(sign("zoom-out"));
    m_actions.add(QStringLiteral("view.zoomReset"), Menu::View, tr("Zoom to &100 %"),
                  {QKeySequence(Qt::CTRL | Qt::Key_0)}, [this] {
                      if (auto* tab = currentTab(); tab != nullptr)
                          tab->view()->setZoom(1);
                  });
    m_actions
        .add(QStringLiteral("view.zoomFit"), Menu::View, tr("&Fit the Journey"), {QKeySequence(Qt::CTRL | Qt::Key_9)},
             onView(&JourneyView::fitAll))
        ->setIcon(sign("zoom-fit"));
    m_actions.add(QStringLiteral("view.zoomSelection"), Menu::View, tr("Fit the &Selection"),
                  {QKeySequence(Qt::CTRL | Qt::Key_8)}, onView(&JourneyView::fitSelection));
    m_collapse = new CollapseActions(&m_actions, this);
}

void MainWindow::setUpUnitActions()
{
    m_actions.add(QStringLiteral("view.explain"), Menu::View, tr("&Explain…"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
                  [this] {
                      if (auto* tab = currentTab(); tab != nullptr)
                          tab->explainSelection();
                  });
    auto* group = new QActionGroup(this);
    const auto add = [&](const char* id, AvailabilityUnit unit, const QString& text, const QKeySequence& shortcut) {
        auto* action =
            m_actions.add(QLatin1String(id), Menu::View, text, {shortcut}, [this, unit] { m_units->setUnit(unit); });
        action->setCheckable(true);
        group->addAction(action);
        const auto follow = [this, action, unit] { action->setChecked(m_units->unit() == unit); };
        connect(m_units.get(), &DisplayUnits::changed, action, follow);
        follow();
    };
    add("view.unit.percent", AvailabilityUnit::Percent, tr("Availability in &Per Cent"),
        QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_1));
    add("view.unit.nines", AvailabilityUnit::Nines, tr("Availability in &Nines"),
        QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_2));
    add("view.unit.downtime", AvailabilityUnit::Downtime, tr("Availability as &Downtime per Window"),
        QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_3));
    connect(m_units.get(), &DisplayUnits::changed, this, &MainWindow::updateStatus);
}

void MainWindow::setUpFocusActions()
{
    m_actions.add(QStringLiteral("view.properties"), Menu::View, tr("Edit P&roperties"), {QKeySequence(Qt::Key_F4)},
                  [this] { focusInspector(); });
    m_actions.add(QStringLiteral("view.nextPanel"), Menu::View, tr("Nex&t Panel"), {QKeySequence(Qt::Key_F6)},
                  [this] { m_focus->next(); });
    m_actions.add(QStringLiteral("view.previousPanel"), Menu::View, tr("Pre&vious Panel"),
                  {QKeySequence(Qt::SHIFT | Qt::Key_F6)}, [this] { m_focus->previous(); });
}

void MainWindow::focusInspector()
{
    m_inspectorDock->show();
    m_inspectorDock->raise();
    if (auto* tab = currentTab(); tab != nullptr)
        tab->inspector()->focusFirst();
}

void MainWindow::setUpTyping()
{
    QList<QAction*> onSelection;
    for (auto* action : m_actions.actions()) {
        const auto id = action->objectName();
        const bool ofWindow = id == QStringLiteral("edit.undo") || id == QStringLiteral("edit.redo")
                              || id.startsWith(QStringLiteral("edit.find"));
        const bool edits = id.startsWith(QStringLiteral("edit.")) || id.startsWith(QStringLiteral("journey."));
        const bool folds =
            id.startsWith(QStringLiteral("view.collapse")) || id.startsWith(QStringLiteral("view.expand"));
        if ((edits && !ofWindow) || folds)
            onSelection.append(action);
    }
    new TypingRule({onSelection, m_undo.undo(), m_undo.redo()}, this);
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, Qt::DockWidgetArea area, QWidget* widget)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(widget);
    addDockWidget(area, dock);
    m_focus->add(dock);
    m_sizes->add(dock);
    m_actions.add(QStringLiteral("view.dock.") + name, Menu::View, dock->toggleViewAction());
    return dock;
}

void MainWindow::setUpDocks()
{
    m_outlines = new QStackedWidget;
    m_inspectors = new QStackedWidget;
    m_availabilities = new QStackedWidget;
    m_latencies = new QStackedWidget;
    m_explanations = new QStackedWidget;
    m_problems = new QStackedWidget;
    m_sources = new QStackedWidget;
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    m_outlineDock = addDock(QStringLiteral("outline"), tr("Outline"), Qt::LeftDockWidgetArea, m_outlines);
    m_inspectorDock = addDock(QStringLiteral("inspector"), tr("Inspector"), Qt::RightDockWidgetArea, m_inspectors);
    m_explainDock = addDock(QStringLiteral("explain"), tr("Explain"), Qt::RightDockWidgetArea, m_explanations);
    auto* availability =
        addDock(QStringLiteral("availability"), tr("Availability"), Qt::BottomDockWidgetArea, m_availabilities);
    auto* latency = addDock(QStringLiteral("latency"), tr("Latency"), Qt::BottomDockWidgetArea, m_latencies);
    m_problemsDock = addDock(QStringLiteral("problems"), tr("Problems"), Qt::BottomDockWidgetArea, m_problems);
    m_sourceDock = addDock(QStringLiteral("source"), tr("Source"), Qt::BottomDockWidgetArea, m_sources);
    m_history = new QUndoView;
    m_history->setAccessibleName(tr("History"));
    m_history->setEmptyLabel(tr("As opened"));
    m_history->setIconSize({16, 16});
    m_history->setCleanIcon(sign("document-save"));
    m_history->setToolTip(tr("Click a step to go back or forward to it. The disk marks what was saved."));
    parts::useThemeColours(m_history);
    auto* history = addDock(QStringLiteral("history"), tr("History"), Qt::BottomDockWidgetArea, m_history);
    tabifyDockWidget(availability, latency);
    tabifyDockWidget(latency, m_problemsDock);
    tabifyDockWidget(m_problemsDock, m_sourceDock);
    tabifyDockWidget(m_sourceDock, history);
    m_changes = new ChangesPanel;
    m_changesDock = addDock(QStringLiteral("changes"), tr("Changes"), Qt::BottomDockWidgetArea, m_changes);
    tabifyDockWidget(history, m_changesDock);
    connect(m_changes, &ChangesPanel::commitRequested, this, &MainWindow::commitChanges);
    // Queued: the question runs an event loop of its own.
    connect(
        m_changes, &ChangesPanel::notCompiled, this,
        [this](const QString& reasons) {
            if (m_prompts->confirm(this, tr("The artifacts cannot be compiled:\n%1").arg(reasons),
                                   tr("Commit Without Them")))
                m_changes->commit(true);
        },
        Qt::QueuedConnection);
    availability->raise();
    tabifyDockWidget(m_inspectorDock, m_explainDock);
    m_inspectorDock->raise();
    resizeDocks({m_outlineDock, m_inspectorDock}, {340, 340}, Qt::Horizontal);
    resizeDocks({availability}, {280}, Qt::Vertical);
}

void MainWindow::setUpMenus()
{
    auto* file = menuBar()->addMenu(tr("&File"));
    file->addActions(m_actions.actions(Menu::File));
    auto* recent = new QMenu(tr("O&pen Recent"), file);
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecentMenu(recent); });
    file->insertMenu(m_actions.action(QStringLiteral("file.save")), recent);
    auto* exampleMenu = new QMenu(tr("Open &Example"), file);
    for (const auto& example : examples())
        exampleMenu->addAction(example.title, this, [this, path = example.path] { open(path); });
    file->insertMenu(m_actions.action(QStringLiteral("file.save")), exampleMenu);
    file->insertSeparator(m_actions.action(QStringLiteral("file.save")));
    file->insertSeparator(m_actions.action(QStringLiteral("file.close")));
    auto* edit = menuBar()->addMenu(tr("&Edit"));
    for (const auto* id : {"edit.undo", "edit.redo"})
        edit->addAction(m_actions.action(QLatin1String(id)));
    edit->addSeparator();
    m_editing->fillEditMenu(edit);
    edit->addSeparator();
    for (const auto* id : {"edit.find", "edit.findNext", "edit.findPrevious"})
        edit->addAction(m_actions.action(QLatin1String(id)));
    auto* journey = menuBar()->addMenu(tr("&Journey"));
    m_editing->fillJourneyMenu(journey);
    m_layout->fillMenu(journey);
    auto* view = menuBar()->addMenu(tr("&View"));
    view->addActions(m_actions.actions(Menu::View));
    for (const auto* id :
         {"view.collapse", "view.explain", "view.unit.percent", "view.properties", "view.dock.outline"})
        view->insertSeparator(m_actions.action(QLatin1String(id)));
    menuBar()->addMenu(tr("&Help"))->addActions(m_actions.actions(Menu::Help));
}

void MainWindow::showContextMenu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("contextMenu"));
    if (auto* explain = m_actions.action(QStringLiteral("view.explain")); explain->isEnabled()) {
        menu->addAction(explain);
        menu->addSeparator();
    }
    m_editing->fillContextMenu(menu);
    if (!menu->isEmpty())
        menu->popup(at);
    else
        delete menu;
}

void MainWindow::say(const QString& text)
{
    constexpr int time = 8000; // ms
    statusBar()->showMessage(text, time);
}

void MainWindow::sayRefusal(const QString& reason)
{
    say(reason);
    // A question that is open shows it itself.
    auto* tab = currentTab();
    if (QApplication::activeModalWidget() == nullptr && tab != nullptr)
        tab->view()->sayRefusal(reason);
}

void MainWindow::triggerIfEnabled(const QString& id)
{
    if (auto* action = m_actions.action(id); action->isEnabled())
        action->trigger();
}

void MainWindow::fillRecentMenu(QMenu* menu)
{
    menu->clear();
    for (const auto& path : recentfiles::list())
        menu->addAction(QDir::toNativeSeparators(path), this, [this, path] { open(path); });
    if (menu->isEmpty()) {
        menu->addAction(tr("No recent files"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    menu->addAction(tr("Clear This List"), this, [this] {
        recentfiles::clear();
        m_startPage->refresh();
    });
}

void MainWindow::setUpToolBar()
{
    auto* bar = addToolBar(tr("Tool Bar"));
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setIconSize({20, 20});
    for (const auto* id : {"file.open", "file.save", "", "edit.undo", "edit.redo", "", "view.zoomOut", "view.zoomIn",
                           "view.zoomFit", ""}) {
        if (*id == '\0')
            bar->addSeparator();
        else
            bar->addAction(m_actions.action(QLatin1String(id)));
    }
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    m_verdicts = new QStackedWidget;
    m_verdicts->addWidget(new QWidget);
    m_verdicts->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    bar->addWidget(m_verdicts);
}

void MainWindow::showShortcuts()
{
    auto* page = findChild<KeysPage*>();
    if (page == nullptr)
        page = new KeysPage(m_actions, this);
    page->show();
    page->raise();
    page->activateWindow();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About EmaC Workbench"),
                       tr("<h3>EmaC Workbench %1</h3>"
                          "<p>Journey SLOs from intent and evidence.</p>"
                          "<p>Licensed under the GNU General Public License, version 3 or later.</p>")
                           .arg(QLatin1String(EMAC_VERSION)));
}

} // namespace emac::workbench
