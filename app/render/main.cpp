// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/render/arguments.h"
#include "core/workspace/open.h"
#include "widgets/common/theme.h"
#include "widgets/drawing/drawingexport.h"

#include <QApplication>
#include <QHashFunctions>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>

namespace {

using emac::cli::Exit;
using namespace emac::widgets;

void report(const emac::base::Diagnostics& diagnostics)
{
    for (const auto& diagnostic : diagnostics)
        std::fputs((emac::base::toString(diagnostic) + '\n').c_str(), stderr);
}

/// Qt's hints about the desktop are of no use where there is none.
void handleMessage(QtMsgType type, const QMessageLogContext& /*context*/, const QString& text)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        std::fputs(("emac-render: " + text.toStdString() + '\n').c_str(), stderr);
}

void end(Exit status)
{
    QCoreApplication::exit(static_cast<int>(status));
}

/// Draws what has been opened, and ends the event loop.
class Renderer : public QObject
{
public:
    Renderer(emac::workspace::OpenedIntent opened, const emac::render::Arguments& arguments)
        : m_document(std::move(opened))
        , m_output(QString::fromStdString(arguments.output))
        , m_scale(arguments.scale)
    {
        connect(&m_document, &JourneyDocument::evaluationChanged, this, &Renderer::draw);
    }

private:
    void draw()
    {
        report(m_document.diagnostics());
        if (m_document.hasErrors())
            return end(Exit::InvalidInput);
        m_export = std::make_unique<DrawingExport>(&m_document, m_output, DrawingExport::Options{m_scale, {}});
        connect(m_export.get(), &DrawingExport::finished, this, [](const emac::base::Diagnostics& failures) {
            report(failures);
            end(failures.empty() ? Exit::Fine : Exit::CouldNotRun);
        });
    }

    JourneyDocument m_document;
    QString m_output;
    double m_scale;
    std::unique_ptr<DrawingExport> m_export;
};

Exit run(const emac::render::Arguments& arguments)
{
    auto opened = emac::cli::open(arguments);
    const bool unreadable = std::ranges::any_of(opened.diagnostics, [](const auto& diagnostic) {
        return diagnostic.message.code == emac::base::Code::FileUnreadable;
    });
    if (unreadable || !opened.document) {
        report(opened.diagnostics);
        return unreadable ? Exit::CouldNotRun : Exit::InvalidInput;
    }
    const Renderer renderer(std::move(opened), arguments);
    return static_cast<Exit>(QApplication::exec());
}

} // namespace

int main(int argc, char** argv)
{
    // Qt writes the fonts of a PDF file in the order of a hash: it is to be the same in every run.
    QHashSeed::setDeterministicGlobalSeed();
    CLI::App app("Draws a journey into a file, with its numbers, as the workbench does", "emac-render");
    app.set_version_flag("--version", std::string("emac-render ") + EMAC_VERSION);
    app.footer("Exit status: 0 fine, 1 could not run (I/O, usage), 2 invalid input.");
    emac::render::Arguments arguments;
    emac::render::addOptions(app, arguments);
    try {
        app.parse(argc, argv);
        qInstallMessageHandler(handleMessage);
        // Whatever display there is, or is not.
        qputenv("QT_QPA_PLATFORM", "offscreen");
        int count = 1; // the arguments are ours, not Qt's
        const QApplication application(count, argv);
        theme::apply();
        // A file reads the same wherever it was written.
        QLocale::setDefault(QLocale::c());
        return static_cast<int>(run(arguments));
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::CouldNotRun);
    } catch (const std::exception& error) {
        std::fputs((std::string("emac-render: ") + error.what() + '\n').c_str(), stderr);
        return static_cast<int>(Exit::CouldNotRun);
    }
}
