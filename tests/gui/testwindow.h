// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "tests/gui/testprompts.h"

#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

namespace emac::tests {

/// The main window, with questions that the test answers.
struct TestWindow
{
    TestWindow() : prompts(std::make_shared<TestPrompts>()), window(prompts)
    {
        window.resize(1200, 800);
        window.show();
    }

    workbench::JourneyTab* open(const QString& path)
    {
        QSignalSpy opened(&window, &workbench::MainWindow::tabOpened);
        window.open(path);
        [&] { QTRY_COMPARE(opened.size(), 1); }();
        return window.currentTab();
    }

    void trigger(const char* id) { window.actions()->action(QLatin1String(id))->trigger(); }
    QTabWidget* tabs() { return window.findChild<QTabWidget*>(); }

    std::shared_ptr<TestPrompts> prompts;
    workbench::MainWindow window;
};

/// @returns why it is refused
inline QString setCart(workbench::JourneyTab* tab, const char* value)
{
    return tab->document()->apply(journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse(value))},
                                  QStringLiteral("set cart"));
}

} // namespace emac::tests
