// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the intent that it is given, then edits and saves it until it is killed. With a second argument it only edits,
// as a person does who never saves, and each edit says when it was made.
#include "killed_save.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/recovery.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStandardPaths>
#include <QTimer>

#include <cstdio>

using namespace emac;
using namespace std::chrono_literals;

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("killed-save"));
    QStandardPaths::setTestModeEnabled(true);
    widgets::JourneyDocument document(workspace::openIntent(argv[1]));
    if (document.takeForEditing())
        return 1;
    const bool saves = argc < 3;
    widgets::RecoveryKeeper keeper(&document, saves ? 1ms : widgets::RecoveryKeeper::defaultDelay);
    if (keeper.found() && !keeper.restore().isEmpty())
        return 3;
    int number = tests::killed::numberOf(document.text());
    QTimer edit;
    QObject::connect(&edit, &QTimer::timeout, &document, [&] {
        if (!saves) {
            document.setText(tests::killed::stampedText(QDateTime::currentMSecsSinceEpoch()));
            return;
        }
        ++number;
        journey::Placement placement;
        placement.nodes[document.intent().journey.root->id] = {static_cast<double>(number), 0};
        auto reason = document.setText(tests::killed::textOf(number));
        if (reason.isEmpty())
            reason = document.setPlacement(placement, QStringLiteral("move"));
        if (reason.isEmpty() && number % 2 == 0) // the others wait for their recovery copy
            reason = document.save();
        if (!reason.isEmpty()) {
            std::fprintf(stderr, "%s\n", qPrintable(reason));
            QCoreApplication::exit(2);
        }
    });
    edit.start(saves ? 4ms : 20ms); // the recovery copy has time to be written in between
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}
