// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/actionregistry.h"
#include "widgets/common/prompts.h"
#include "widgets/document/fileopener.h"

#include <QMainWindow>
#include <QUndoGroup>

#include <memory>
#include <vector>

class QDockWidget;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace emac::workbench {

class JourneyTab;
class StartPage;

/// The one window: a tab for each journey, docks that show the current one, the verdict in the tool bar.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(std::unique_ptr<widgets::Prompts> prompts = std::make_unique<widgets::Prompts>(),
                        QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens the file in a tab of its own, or shows the tab that has it.
    void open(const QString& path);
    /// Null while nothing is open.
    JourneyTab* currentTab() const;
    widgets::ActionRegistry* actions() { return &m_actions; }

signals:
    /// A file that was asked for is open and shown.
    void tabOpened(emac::workbench::JourneyTab* tab);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void setUpActions();
    void setUpViewActions();
    void setUpMenus();
    void setUpToolBar();
    void setUpDocks();
    QDockWidget* addDock(const QString& name, const QString& title, Qt::DockWidgetArea area, QStackedWidget* stack);

    void askForFiles();
    /// Shows the tab that has the file, also where it is open by another name; false where there is none.
    bool showOpen(const QString& path);
    void addTab(workspace::OpenedIntent file);
    bool saveTab(JourneyTab* tab);
    bool mayClose(JourneyTab* tab); ///< asks about unsaved changes
    void closeTab(JourneyTab* tab);
    void closeAsked(JourneyTab* tab); ///< closes unless the user keeps it
    JourneyTab* tabOf(const QWidget* view) const;
    void reload();
    void showCurrent();
    void updateTitles();
    void updateStatus();
    void fillRecentMenu(QMenu* menu);
    void showShortcuts();
    void showAbout();

    std::unique_ptr<widgets::Prompts> m_prompts;
    widgets::ActionRegistry m_actions;
    widgets::FileOpener m_opener;
    QUndoGroup m_undoGroup;
    std::vector<std::unique_ptr<JourneyTab>> m_journeys;

    QStackedWidget* m_centre = nullptr;
    StartPage* m_startPage = nullptr;
    QTabWidget* m_tabs = nullptr;
    QStackedWidget* m_inspectors = nullptr;
    QStackedWidget* m_availabilities = nullptr;
    QStackedWidget* m_problems = nullptr;
    QStackedWidget* m_sources = nullptr;
    QStackedWidget* m_verdicts = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QDockWidget* m_problemsDock = nullptr;
    QDockWidget* m_sourceDock = nullptr;
    QLabel* m_openingLabel = nullptr;
    QLabel* m_zoomLabel = nullptr;
};

} // namespace emac::workbench
