// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/mainwindow.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTimer>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    emac::widgets::theme::apply();
    QApplication::setApplicationName(QStringLiteral("EmaC Workbench"));
    QApplication::setApplicationVersion(QStringLiteral(EMAC_VERSION));
    QApplication::setOrganizationName(QStringLiteral("emac-workbench"));
    QApplication::setDesktopFileName(QStringLiteral("dev.emac.Workbench"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/application.svg")));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Draws user journeys and shows how available they are."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("files"),
                                 QCoreApplication::translate("main", "Journey intents to open."),
                                 QStringLiteral("[files…]"));
    parser.process(application);

    // Windows delete themselves, as any of them may be the last.
    auto* window = new emac::workbench::MainWindow;
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->show();
    for (const auto& path : parser.positionalArguments())
        window->open(path);
    QTimer::singleShot(0, window,
                       [window, opening = parser.positionalArguments()] { window->offerLeftBehind(opening); });
    return QApplication::exec();
}
