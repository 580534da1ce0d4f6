// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/mainwindow.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTimer>

#include <algorithm>
#include <string_view>

namespace {

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Draws user journeys and shows how available they are."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("files"),
                                 QCoreApplication::translate("main", "Journey intents to open."),
                                 QStringLiteral("[files…]"));
}

/// --help and --version need no display, which QApplication ends without. Does not return where they are asked for.
void answerWithoutDisplay(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    describe(parser);
    parser.process(application);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("EmaC Workbench"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EMAC_VERSION));
    QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench"));
    const auto asksForWords = [](std::string_view argument) {
        return argument == "--help" || argument == "-h" || argument == "--version" || argument == "-v"
               || argument == "--help-all";
    };
    if (std::any_of(argv + 1, argv + argc, asksForWords))
        answerWithoutDisplay(argc, argv);

    QApplication application(argc, argv);
    emac::widgets::theme::apply();
    QApplication::setDesktopFileName(QStringLiteral("dev.emac.Workbench"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/application.svg")));

    QCommandLineParser parser;
    describe(parser);
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
