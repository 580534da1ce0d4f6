// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/collapseactions.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/displayunits.h"
#include "widgets/common/undoactions.h"
#include "widgets/document/documentstore.h"
#include "widgets/document/fileopener.h"
#include "widgets/editing/carried.h"
#include "widgets/editing/editactions.h"
#include "widgets/editing/layoutactions.h"
#include "widgets/palette/palettepanel.h"
#include "widgets/palette/usagepanel.h"
#include "widgets/panels/changespanel.h"
#include "widgets/questions/prompts.h"

#include <QMainWindow>

#include <memory>
#include <optional>
#include <vector>

class QDockWidget;
class QLabel;
class QStackedWidget;
class QTabWidget;
class QUndoView;

namespace emac::workbench {

class JourneyTab;
class KeptSizes;
class PanelFocus;
class StartPage;

/// A window: a tab for each journey, docks that show the current one, the verdict in the tool bar. Windows that share a
/// store share the documents that they both have open.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(std::shared_ptr<widgets::Prompts> prompts = std::make_shared<widgets::Prompts>(),
                        std::shared_ptr<widgets::DocumentStore> store = std::make_shared<widgets::DocumentStore>(),
                        std::shared_ptr<widgets::DisplayUnits> units = rememberedUnits());
    ~MainWindow() override;

    /// Opens the file in a tab of its own, or shows the tab that has it.
    void open(const QString& path);
    /// Asks whether to open what a process left unsaved that did not end in order.
    void offerLeftBehind(const QStringList& opening = {});
    /// Another window on the same documents, with the current one open. It deletes itself when it is closed.
    MainWindow* openWindow();
    /// Null while nothing is open.
    JourneyTab* currentTab() const;
    widgets::ActionRegistry* actions() { return &m_actions; }
    /// As they were chosen last, in any window.
    static std::shared_ptr<widgets::DisplayUnits> rememberedUnits();

signals:
    /// A file that was asked for is open and shown.
    void tabOpened(emac::workbench::JourneyTab* tab);

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void setUpActions();
    void setUpFileActions();
    void setUpChangesActions();
    void setUpFindActions();
    void setUpViewActions();
    void setUpUnitActions();
    void setUpFocusActions();
    void setUpTyping();
    void setUpMenus();
    void setUpToolBar();
    void setUpDocks();
    void setUpPalette();
    QDockWidget* addDock(const QString& name, const QString& title, Qt::DockWidgetArea area, QWidget* widget);
    void showContextMenu(const QPoint& at);
    void showWhereUsed(const QString& component);
    /// Opens the journey, and selects the call there; see journey::NodePlace for its key.
    void showCall(const QString& path, const QString& key);
    void selectWanted(); ///< what showCall() is for, once the journey is open
    void say(const QString& text); ///< for some seconds, in the status bar
    void sayRefusal(const QString& reason);
    void triggerIfEnabled(const QString& id);
    void focusInspector();

    void askForFiles();
    void askForNew();
    /// Shows the tab that has the file, also where it is open by another name; false where there is none.
    bool showOpen(const QString& path);
    void addTab(widgets::DocumentStore::Handle document);
    void connectTab(JourneyTab* tab);
    void ask(JourneyTab* tab); ///< what must be decided when a document is opened
    /// Keep mine or reload, for files that other programs have changed; the same, or close, where they are gone.
    void askAboutDisk(const QList<widgets::DocumentStore::Handle>& documents);
    void takeQuestion();
    bool saveTab(JourneyTab* tab);
    bool saveTabAs(JourneyTab* tab);
    void exportDrawing(JourneyTab* tab);
    /// False where the user thinks better of saving a document with errors.
    bool mayHaveErrors(widgets::JourneyDocument* document, widgets::JourneyDocument::Errors& errors);
    bool said(const QString& failure, const QString& success); ///< true where there is no failure
    void saveAll();
    bool mayClose(JourneyTab* tab); ///< asks about unsaved changes
    void closeTab(JourneyTab* tab);
    void closeAsked(JourneyTab* tab); ///< closes unless the user keeps it
    JourneyTab* tabOf(const QWidget* view) const;
    void commitChanges(); ///< asks what there is to ask, saves, commits
    void reload(const QString& description);
    void tryToEdit(widgets::JourneyDocument* document);
    void offerRecovery(widgets::JourneyDocument* document); ///< where something was left unsaved
    void showCurrent();
    void updateActions();
    void updateTitles();
    void updateStatus();
    void fillRecentMenu(QMenu* menu);
    void showShortcuts();
    void showAbout();

    std::shared_ptr<widgets::Prompts> m_prompts;
    std::shared_ptr<widgets::DocumentStore> m_store;
    std::shared_ptr<widgets::DisplayUnits> m_units; ///< of all windows
    widgets::ActionRegistry m_actions;
    widgets::FileOpener m_opener;
    widgets::UndoActions m_undo;
    widgets::PlacingTool m_placing; ///< what the next click on a drawing puts down
    widgets::UsageTracker m_usage;
    widgets::EditActions* m_editing = nullptr; ///< made behind undo and redo, as menus list them
    widgets::LayoutActions* m_layout = nullptr;
    widgets::CollapseActions* m_collapse = nullptr;
    PanelFocus* m_focus;
    KeptSizes* m_sizes;
    std::vector<std::unique_ptr<JourneyTab>> m_journeys;

    QStackedWidget* m_centre = nullptr;
    StartPage* m_startPage = nullptr;
    QTabWidget* m_tabs = nullptr;
    QStackedWidget* m_outlines = nullptr;
    QStackedWidget* m_inspectors = nullptr;
    QStackedWidget* m_availabilities = nullptr;
    QStackedWidget* m_latencies = nullptr;
    QStackedWidget* m_explanations = nullptr;
    QStackedWidget* m_problems = nullptr;
    QStackedWidget* m_sources = nullptr;
    QStackedWidget* m_verdicts = nullptr;
    QUndoView* m_history = nullptr;
    QDockWidget* m_outlineDock = nullptr;
    QDockWidget* m_inspectorDock = nullptr;
    QDockWidget* m_explainDock = nullptr;
    QDockWidget* m_problemsDock = nullptr;
    QDockWidget* m_sourceDock = nullptr;
    widgets::PalettePanel* m_palette = nullptr; ///< one for all tabs
    widgets::UsagePanel* m_whereUsed = nullptr; ///< one for all tabs
    QDockWidget* m_whereUsedDock = nullptr;
    struct WantedCall
    {
        QString path;
        QString key;
    };
    std::optional<WantedCall> m_wanted;
    widgets::ChangesPanel* m_changes = nullptr; ///< one for all tabs
    QDockWidget* m_changesDock = nullptr;
    QLabel* m_openingLabel = nullptr;
    QLabel* m_unitLabel = nullptr; ///< how availabilities read
    QLabel* m_zoomLabel = nullptr;
};

} // namespace emac::workbench
