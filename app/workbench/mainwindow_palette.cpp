// SPDX-License-Identifier: GPL-3.0-or-later
// The palette, and where its components are used.
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "core/journey/paths.h"
#include "widgets/document/recovery.h"

#include <QDockWidget>
#include <QStatusBar>

#include <algorithm>
#include <utility>

namespace emac::workbench {

using namespace widgets;

void MainWindow::setUpPalette()
{
    m_palette = new PalettePanel(&m_placing, &m_usage);
    auto* dock = addDock(QStringLiteral("palette"), tr("Palette"), Qt::LeftDockWidgetArea, m_palette);
    connect(m_palette, &PalettePanel::addRequested, m_editing, &EditActions::putDown);
    connect(m_palette, &PalettePanel::whereUsedRequested, this, &MainWindow::showWhereUsed);
    m_whereUsed = new UsagePanel(&m_usage);
    m_whereUsedDock = addDock(QStringLiteral("whereUsed"), tr("Where Used"), Qt::RightDockWidgetArea, m_whereUsed);
    connect(m_whereUsed, &UsagePanel::callRequested, this, &MainWindow::showCall);
    connect(this, &MainWindow::tabOpened, this, &MainWindow::selectWanted);
    tabifyDockWidget(m_explainDock, m_whereUsedDock);
    m_inspectorDock->raise();
    resizeDocks({m_outlineDock, dock}, {300, 340}, Qt::Vertical);
    resizeDocks({dock}, {260}, Qt::Horizontal);
}

void MainWindow::showWhereUsed(const QString& component)
{
    m_whereUsedDock->show();
    m_whereUsedDock->raise();
    m_whereUsed->showComponent(component);
}

void MainWindow::showCall(const QString& path, const QString& key)
{
    m_wanted = {path, key};
    open(path);
    selectWanted();
}

void MainWindow::selectWanted()
{
    auto* tab = currentTab();
    if (!m_wanted || tab == nullptr
        || recovery::canonical(tab->document()->path()) != recovery::canonical(m_wanted->path))
        return; // it is being read
    const auto key = std::exchange(m_wanted, std::nullopt)->key.toStdString();
    if (key.empty() || !tab->document()->isReadable())
        return;
    const auto places = journey::nodePlaces(tab->document()->intent().journey);
    const auto found = std::ranges::find(places, key, &journey::NodePlace::key);
    if (found == places.end())
        say(tr("The call is not there any more."));
    else
        tab->selection()->reveal(journey::Element::ofNode(found->node->id));
}

} // namespace emac::workbench
