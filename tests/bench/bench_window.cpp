// SPDX-License-Identifier: GPL-3.0-or-later
// What a person waits for in the window: from a key press to everything repainted, opening a large journey, the start.
// Offscreen: what a display adds is not in it.
#include "app/workbench/journeytab.h"
#include "app/workbench/mainwindow.h"
#include "core/journey/paths.h"
#include "core/spec/write.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/charts/intervalchart.h"
#include "widgets/charts/latencychart.h"
#include "widgets/common/theme.h"
#include "widgets/panels/valuefield.h"

#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QLineEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

using namespace emac;
using namespace journey;

namespace {

/// So many, or as many as there is time for; those of the warm-up are not counted: fonts, plans of transforms and what
/// is remembered of the journey come with the first.
constexpr std::size_t latencyPresses = 300;
constexpr double latencyTime = 90e3; // ms
constexpr std::size_t warmUp = 10;
/// Until the next press, where the envelope is not waited for: a quick typist.
constexpr double typingPace = 100; // ms

double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Of this thread, which tells more than the clock where other programs are running.
double busy()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Calls of components of their own with stated numbers, in series, races, retries, branches and parallels. With
/// latency, each has a lognormal one, and there is an objective on p99.
std::string journeyOf(int calls, bool latency = false)
{
    Intent intent;
    intent.name = "large";
    intent.objectives.availability = {std::chrono::hours(720), base::Ratio(*base::Decimal::parse("0.99")), {}, {}};
    using namespace std::chrono_literals;
    if (latency)
        intent.objectives.latency = {720h, "p99", 20s, {}};
    std::vector<ComponentPtr> components;
    const auto call = [&components, latency] {
        Component component;
        component.name = "component-" + std::to_string(components.size());
        component.kind = "service";
        component.inlineAvailability = base::Ratio(*base::Decimal::parse("0.9999"));
        component.failureDomains = {components.size() % 2 == 0 ? "zone:a" : "zone:b"};
        const auto median = std::chrono::milliseconds(5 + components.size() * 7 % 31);
        if (latency)
            component.latency = LognormalLatency{0, 0, LognormalLatency::Quantiles{median, 4 * median}};
        components.push_back(std::make_shared<const Component>(component));
        return makeExpression(Call{component.name});
    };
    std::vector<ExpressionPtr> steps;
    const auto half = base::Ratio(*base::Decimal::parse("0.5"));
    while (static_cast<int>(components.size()) < calls) {
        steps.push_back(call());
        steps.push_back(makeExpression(Race{{call(), call()}, std::chrono::milliseconds(50)}));
        steps.push_back(makeExpression(Retry{2, {}, call()}));
        steps.push_back(makeExpression(Parallel{{makeExpression(Series{{call(), call()}}), call()}}));
        steps.push_back(
            makeExpression(Branch{{{"", half, call()}, {"", half, makeExpression(Fallback{call(), {call()}})}}}));
    }
    intent.journey.root = makeExpression(Series{std::move(steps)});
    intent.journey.components = Components(std::move(components));
    return spec::write(intent);
}

class Painted : public QObject
{
public:
    std::map<QObject*, int> counts;
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            ++counts[watched];
        return false;
    }
};

void until(const std::function<bool()>& done)
{
    while (!done())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

workbench::JourneyTab* open(workbench::MainWindow& window, const QString& path)
{
    QSignalSpy opened(&window, &workbench::MainWindow::tabOpened);
    window.open(path);
    until([&] { return !opened.isEmpty(); });
    return window.currentTab();
}

bool isSettled(workbench::JourneyTab* tab)
{
    const auto evaluation = tab->document()->evaluation();
    return evaluation && evaluation->revision == tab->document()->revision();
}

void print(const char* what, std::vector<double> times)
{
    std::ranges::sort(times);
    const auto at = [&](double share) {
        return times[std::min(times.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times.size())))];
    };
    std::printf("%-44s median %6.1f ms   p99 %6.1f ms   most %6.1f ms   (%zu)\n", what, at(0.5), at(0.99), times.back(),
                times.size());
}

QString written(const QTemporaryDir& folder, int calls, bool latency = false)
{
    QDir(folder.path()).mkdir(QStringLiteral(".git"));
    const auto path = folder.filePath(QStringLiteral("large-%1.yaml").arg(calls));
    std::ofstream(path.toStdString()) << journeyOf(calls, latency);
    return path;
}

/// From a key press in a field of the inspector until canvas, chart, inspector and verdict show the new numbers.
void keyPresses(int calls)
{
    const QTemporaryDir folder;
    workbench::MainWindow window;
    window.resize(1600, 1000);
    window.show();
    auto* tab = open(window, written(folder, calls));
    QSignalSpy drawn(tab->view(), &widgets::JourneyView::drawn);
    until([&] { return !drawn.isEmpty() && isSettled(tab); });
    tab->selection()->select(
        Element::ofNode(nodePlaces(tab->document()->intent().journey)[static_cast<std::size_t>(calls / 2)].node->id));
    const auto component = std::string("component-") + std::to_string(calls / 2);
    tab->selection()->reveal(Element::component(component));
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    auto* field = tab->inspector()->findChild<widgets::ValueField*>(QStringLiteral("availability"));
    field->lineEdit()->setFocus();
    // What changes must be there to be seen: the card, with its digits, and the chart.
    auto* scene = static_cast<widgets::JourneyScene*>(tab->view()->scene());
    const auto* card = scene->item(scene->callsOf(component).front());
    tab->view()->setZoom(0.7);
    tab->view()->ensureVisible(card->box());
    auto* chart = tab->availability()->findChild<widgets::IntervalChart*>();
    if (!chart->isVisible() || !tab->inspector()->isVisible()
        || !tab->view()->mapToScene(tab->view()->viewport()->rect()).boundingRect().contains(card->box()))
        std::abort();
    QCoreApplication::processEvents();
    Painted painted;
    std::vector<double> times;
    std::vector<double> sent;
    std::vector<double> work;
    std::vector<double> numbers;
    int canvasUnpainted = 0;
    int verdictUnpainted = 0;
    int chartUnpainted = 0;
    int sameDigits = 0;
    for (int i = 0; i < 300; ++i) {
        for (int j = 0; j < 5; ++j)
            QCoreApplication::processEvents();
        painted.counts.clear();
        const auto key = (i / 3) % 2 == 0 ? Qt::Key_Down : Qt::Key_Up;
        qApp->installEventFilter(&painted);
        const auto digits = card->look().numbers;
        const auto begin = now();
        const auto busyBefore = busy();
        QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(field->lineEdit(), &press);
        sent.push_back(now() - begin);
        until([&] { return isSettled(tab); });
        numbers.push_back(now() - begin);
        for (int j = 0; j < 3; ++j)
            QCoreApplication::processEvents(); // what was asked to be painted: the scene asks in two steps
        times.push_back(now() - begin);
        work.push_back(busy() - busyBefore);
        qApp->removeEventFilter(&painted);
        canvasUnpainted += painted.counts[tab->view()->viewport()] == 0 ? 1 : 0;
        chartUnpainted += painted.counts[chart->viewport()] == 0 ? 1 : 0;
        sameDigits += card->look().numbers == digits ? 1 : 0;
        verdictUnpainted += painted.counts[tab->verdict()] == 0 ? 1 : 0;
    }
    print(qPrintable(QStringLiteral("a value of one of %1 calls, all repainted").arg(calls)), times);
    print("  until the key press is dealt with", sent);
    print("  until the numbers are there", numbers);
    print("  work of the GUI thread", work);
    std::printf(
        "  unpainted: canvas %d times, chart %d times, verdict %d times; the same digits on the card %d times\n",
        canvasUnpainted, chartUnpainted, verdictUnpainted, sameDigits);
}

bool hasLaws(workbench::JourneyTab* tab, bool complete)
{
    const auto laws = tab->document()->latency();
    return laws && laws->revision == tab->document()->revision() && (!complete || laws->complete);
}

enum class Next
{
    WhenComplete, ///< the envelope of the last press is waited for
    AtPace ///< it is under way still, and given up
};

/// From a key press in a field until the views of availability, and then those of latency, show the new numbers; with
/// both docks in sight.
void latencyKeyPresses(int calls, Next next)
{
    const QTemporaryDir folder;
    workbench::MainWindow window;
    window.resize(1600, 1000);
    window.show();
    const auto dock = [&window](const char* name) { return window.findChild<QDockWidget*>(QLatin1String(name)); };
    dock("latency")->setFloating(true);
    dock("latency")->resize(1000, 340);
    dock("latency")->show();
    auto* tab = open(window, written(folder, calls, true));
    QSignalSpy drawn(tab->view(), &widgets::JourneyView::drawn);
    until([&] { return !drawn.isEmpty() && isSettled(tab) && hasLaws(tab, true); });
    const auto component = std::string("component-") + std::to_string(calls / 2);
    tab->selection()->select(
        Element::ofNode(nodePlaces(tab->document()->intent().journey)[static_cast<std::size_t>(calls / 2)].node->id));
    tab->selection()->reveal(Element::component(component));
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    auto* field = tab->inspector()->findChild<widgets::ValueField*>(QStringLiteral("availability"));
    field->lineEdit()->setFocus();
    auto* chart = tab->availability()->findChild<widgets::IntervalChart*>();
    auto* latency = tab->latency()->findChild<widgets::LatencyChart*>();
    if (!chart->isVisible() || !latency->isVisible()) {
        std::printf("out of sight: availability %d, latency %d\n", chart->isVisible(), latency->isVisible());
        std::abort();
    }
    Painted painted;
    std::vector<double> availabilities;
    std::vector<double> laws;
    std::vector<double> shown;
    std::vector<double> complete;
    std::vector<double> work;
    int unpainted = 0;
    QTimer beat; // so that waiting for the pace ends
    beat.start(1);
    std::size_t presses = 0;
    for (const double end = now() + latencyTime; presses < warmUp + latencyPresses && now() < end; ++presses) {
        if (presses == warmUp) {
            for (auto* times : {&availabilities, &laws, &shown, &complete, &work})
                times->clear();
            unpainted = 0;
        }
        if (next == Next::WhenComplete)
            until([&] { return hasLaws(tab, true); });
        for (int j = 0; j < 5; ++j)
            QCoreApplication::processEvents();
        painted.counts.clear();
        qApp->installEventFilter(&painted);
        const auto begin = now();
        const auto busyBefore = busy();
        QKeyEvent press(QEvent::KeyPress, (presses / 3) % 2 == 0 ? Qt::Key_Down : Qt::Key_Up, Qt::NoModifier);
        QCoreApplication::sendEvent(field->lineEdit(), &press);
        until([&] { return isSettled(tab); });
        for (int j = 0; j < 3; ++j)
            QCoreApplication::processEvents(); // what was asked to be painted: the scene asks in two steps
        availabilities.push_back(now() - begin);
        until([&] { return hasLaws(tab, false); });
        laws.push_back(now() - begin);
        for (int j = 0; j < 3; ++j)
            QCoreApplication::processEvents();
        shown.push_back(now() - begin);
        work.push_back(busy() - busyBefore);
        unpainted += painted.counts[latency->viewport()] == 0 ? 1 : 0;
        qApp->removeEventFilter(&painted);
        if (next == Next::AtPace) {
            until([&] { return now() - begin >= typingPace; });
            continue;
        }
        until([&] { return hasLaws(tab, true); });
        complete.push_back(now() - begin);
    }
    const auto how = next == Next::AtPace ? QStringLiteral("typed quickly, ") : QString();
    print(qPrintable(QStringLiteral("latency in sight, %1%2 calls: availability").arg(how).arg(calls)), availabilities);
    print("  until the laws are there", laws);
    print("  views of latency", shown);
    print("  work of the GUI thread until then", work);
    if (!complete.empty())
        print("  until the envelope is there", complete);
    std::printf("  unpainted: latency %d times; %zu presses before, to warm up, are not counted\n", unpainted, warmUp);
}

/// From asking for the file until the first full paint; and the longest time in which the window did not answer.
void opening(int calls)
{
    const QTemporaryDir folder;
    const auto path = written(folder, calls);
    std::vector<double> times;
    double longest = 0;
    for (int i = 0; i < 5; ++i) {
        workbench::MainWindow window;
        window.resize(1600, 1000);
        window.show();
        for (int j = 0; j < 20; ++j)
            QCoreApplication::processEvents();
        const auto begin = now();
        double last = begin;
        QTimer beat;
        QObject::connect(&beat, &QTimer::timeout, [&] {
            longest = std::max(longest, now() - last);
            last = now();
        });
        beat.start(1);
        auto* tab = open(window, path);
        bool drawn = false;
        QObject::connect(tab->view(), &widgets::JourneyView::drawn, [&] { drawn = true; });
        until([&] { return drawn && isSettled(tab); });
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        longest = std::max(longest, now() - last);
        times.push_back(now() - begin);
    }
    print(qPrintable(QStringLiteral("opening %1 calls, to the full paint").arg(calls)), times);
    std::printf("  longest time without an answer %.1f ms\n", longest);
}

double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmRSS:"))
            return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

/// What the program does first, in a process of its own: prints when it has painted the example, and its memory.
int started(const QString& path)
{
    workbench::MainWindow window;
    window.resize(1440, 900);
    window.show();
    window.open(path);
    until([&] { return window.currentTab() != nullptr; });
    auto* tab = window.currentTab();
    bool drawn = false;
    QObject::connect(tab->view(), &widgets::JourneyView::drawn, [&] { drawn = true; });
    until([&] { return drawn && isSettled(tab); });
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    std::printf("%.3f %.1f\n", now(), residentMegabytes());
    std::fflush(stdout);
    std::_Exit(0);
}

void starting()
{
    std::vector<double> times;
    double memory = 0;
    for (int i = 0; i < 11; ++i) {
        QProcess process;
        const auto begin = now();
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--started"),
                       QStringLiteral(EMAC_SOURCE_DIR "/resources/examples/checkout/emac.checkout.yaml")});
        process.waitForFinished();
        const auto words = process.readAllStandardOutput().simplified().split(' ');
        if (words.size() != 2)
            std::abort();
        times.push_back(words[0].toDouble() - begin);
        memory = std::max(memory, words[1].toDouble());
    }
    print("the start, to the painted checkout example", times);
    std::printf("  resident %.0f MB\n", memory);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("bench-window"));
    QStandardPaths::setTestModeEnabled(true);
    const QApplication application(argc, argv);
    widgets::theme::apply();
    if (argc == 3 && std::string(argv[1]) == "--started")
        return started(QString::fromLocal8Bit(argv[2]));
    const std::string only = argc == 2 ? argv[1] : ""; ///< "start", "keys", "latency" or "open"; all where it is empty
    if (only.empty() || only == "start")
        starting();
    if (only.empty() || only == "keys")
        keyPresses(200);
    if (only.empty() || only == "latency")
        for (const auto next : {Next::WhenComplete, Next::AtPace})
            latencyKeyPresses(200, next);
    if (only.empty() || only == "open")
        opening(1000);
    return 0;
}
