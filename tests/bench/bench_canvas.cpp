// SPDX-License-Identifier: GPL-3.0-or-later
// How long the canvas keeps the GUI thread: from a journey to its picture, and for each frame of dragging one node. The
// layout itself runs in a thread of its own, and is shown beside. Run it with QT_QPA_PLATFORM=offscreen.
#include "core/spec/write.h"
#include "widgets/canvas/canvasnumbers.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/journeyview.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QFile>
#include <QGraphicsView>
#include <QMouseEvent>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace emac;
using namespace emac::journey;
using namespace emac::widgets;

namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// The time that this thread has computed, whatever else the machine does.
double computedMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double taken(const std::function<void()>& run)
{
    const double begin = computedMilliseconds();
    run();
    return computedMilliseconds() - begin;
}

/// Calls of components of their own: one after the other, or with `nested` in races and retries.
Intent largeIntent(int calls, bool nested)
{
    Intent intent;
    intent.name = "large";
    intent.objectives.availability = {std::chrono::hours(720), base::Ratio(*base::Decimal::parse("0.99")), {}, {}};
    std::vector<ComponentPtr> components;
    std::vector<ExpressionPtr> steps;
    const auto call = [&components] {
        Component component;
        component.name = "component-" + std::to_string(components.size());
        component.kind = "service";
        component.inlineAvailability = base::Ratio(*base::Decimal::parse("0.9999"));
        components.push_back(std::make_shared<const Component>(component));
        return makeExpression(Call{component.name});
    };
    while (static_cast<int>(components.size()) < calls) {
        steps.push_back(call());
        if (!nested)
            continue;
        steps.push_back(makeExpression(Race{{call(), call()}, std::chrono::milliseconds(50)}));
        steps.push_back(makeExpression(Retry{3, std::chrono::milliseconds(20), call()}));
    }
    intent.journey.root = makeExpression(Series{std::move(steps)});
    intent.journey.components = Components(std::move(components));
    return intent;
}

layout::Drawing drawn(const LayoutThread::Request& request)
{
    return layout::layOut(
        request.root, [&](const Expression& node) { return request.sizes.at(node.id); }, request.metrics,
        request.arrangement);
}

/// A journey in a file, with its numbers.
struct Opened
{
    explicit Opened(const Intent& intent)
    {
        path = folder.filePath(QStringLiteral("large.yaml"));
        const auto text = spec::write(intent);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
            std::abort();
        file.close();
        document = std::make_unique<JourneyDocument>(workspace::openIntent(path.toStdString()));
        while (!document->evaluation())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    QTemporaryDir folder;
    QString path;
    std::unique_ptr<JourneyDocument> document;
};

struct Window
{
    Window()
    {
        view.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        view.setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
        view.resize(1600, 1000);
        view.show();
        QCoreApplication::processEvents();
    }

    JourneyScene scene;
    QGraphicsView view{&scene};
};

void measureOpening(const Opened& opened)
{
    Window window;
    auto& scene = window.scene;
    layout::Drawing drawing;
    const auto& journey = opened.document->intent().journey;
    const auto numbers = numbersOf(*opened.document);
    const double set = taken([&] { scene.setJourney(journey); });
    const double layout = taken([&] { drawing = drawn(scene.layoutRequest()); });
    const double items = taken([&] { scene.setDrawing(drawing); });
    const double looks = taken([&] { scene.setNumbers(numbers); });
    window.view.fitInView(scene.contentRect(), Qt::KeepAspectRatio);
    const double paint = taken([&] { window.view.viewport()->repaint(); });
    const double again = taken([&] { scene.setJourney(journey); });
    const double numbersAgain = taken([&] { scene.setNumbers(numbers); });
    std::printf("  open   journey %6.1f  layout %6.1f  items %6.1f  numbers %6.1f  full paint %6.1f  all %7.1f ms\n",
                set, layout, items, looks, paint, set + layout + items + looks + paint);
    std::printf("  again  journey %6.1f  numbers %6.1f ms\n", again, numbersAgain);
}

/// What each mouse move costs: the journey with the new place, the request, the drawing, and what is painted.
void measureDrag(const char* name, const Opened& opened, NodeId node, double zoom, double dx, double dy)
{
    Window window;
    auto& scene = window.scene;
    const auto& journey = opened.document->intent().journey;
    scene.setJourney(journey);
    scene.setDrawing(drawn(scene.layoutRequest()));
    scene.setNumbers(numbersOf(*opened.document));
    scene.setGlideTime(0);
    // As the camera of the real view does: the scene reaches beyond its content, and so stays where it is.
    window.view.setSceneRect(scene.contentRect().adjusted(-5000, -5000, 5000, 5000));
    if (zoom > 0)
        window.view.setTransform(QTransform::fromScale(zoom, zoom));
    else
        window.view.fitInView(scene.contentRect(), Qt::KeepAspectRatio);
    window.view.centerOn(scene.item(node)->box().center());
    window.view.viewport()->repaint();
    QCoreApplication::processEvents();
    const auto start = scene.item(node)->box().topLeft();
    std::vector<double> frames;
    double layouts = 0;
    constexpr int moves = 200;
    for (int i = 1; i <= moves; ++i) {
        Placement placement;
        placement.nodes[node] = {start.x() + i * dx, start.y() + i * dy};
        LayoutThread::Request request;
        double frame = taken([&] {
            scene.setJourney(journey, {}, {}, placement);
            request = scene.layoutRequest();
        });
        layout::Drawing drawing;
        layouts = std::max(layouts, taken([&] { drawing = drawn(request); }));
        frame += taken([&] {
            scene.setDrawing(std::move(drawing));
            QCoreApplication::processEvents(); // the scene repaints what has changed
        });
        frames.push_back(frame);
    }
    std::ranges::sort(frames);
    std::printf("  drag   %-34s median %6.2f  p99 %6.2f ms  (layout at most %5.1f)\n", name, frames[moves / 2],
                frames[moves * 99 / 100], layouts);
}

/// The view as people have it, from the document that is read to the first picture, and a move through the document.
void measureView(const Opened& opened)
{
    auto* document = opened.document.get();
    const DisplayUnits units;
    const auto begin = Clock::now();
    JourneyView view(document, document->selection(), &units);
    view.resize(1600, 1000);
    bool shown = false;
    QObject::connect(&view, &JourneyView::drawn, &view, [&] { shown = true; });
    view.show();
    while (!shown)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    view.viewport()->repaint();
    std::printf("  view   first full paint after %.1f ms\n", millisecondsSince(begin));

    const auto node = children(*document->intent().journey.root)[3]->id;
    std::vector<double> times;
    for (int i = 0; i < 100; ++i) {
        Placement placement;
        placement.nodes[node] = {700.0 + i, 40.0 + i};
        times.push_back(taken([&] { document->setPlacement(placement, QStringLiteral("Move"), "drag"); }));
        QCoreApplication::processEvents();
    }
    std::ranges::sort(times);
    std::printf("  view   a move in the document: median %.2f  p99 %.2f ms\n", times[50], times[98]);
}

/// What each mouse move of a real drag costs, and then the drop: what is carried is shown above the drawing, which is
/// laid out again once it is put down.
void measureMouse(const Opened& opened)
{
    auto* document = opened.document.get();
    const DisplayUnits units;
    JourneyView view(document, document->selection(), &units);
    view.resize(1600, 1000);
    int drawings = 0;
    QObject::connect(&view, &JourneyView::drawn, &view, [&] { ++drawings; });
    view.show();
    const auto settle = [&](int wanted) {
        while (drawings < wanted)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
    };
    settle(1);
    const auto& scene = *static_cast<JourneyScene*>(view.scene());
    const auto node = children(*document->intent().journey.root)[9]->id;
    view.setZoom(0.6);
    view.centerOn(scene.item(node)->box().center());
    QCoreApplication::processEvents();
    const auto start = view.mapFromScene(scene.item(node)->box().center());
    const auto send = [&](QEvent::Type type, QPoint at, Qt::MouseButtons buttons) {
        const auto button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, view.viewport()->mapToGlobal(at), button, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(view.viewport(), &event);
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents(); // what was asked to be painted
    };
    send(QEvent::MouseButtonPress, start, Qt::LeftButton);
    std::vector<double> frames;
    constexpr int moves = 200;
    auto at = start;
    for (int i = 1; i <= moves; ++i) {
        at = start + QPoint(i * 2, i);
        frames.push_back(taken([&] { send(QEvent::MouseMove, at, Qt::LeftButton); }));
    }
    std::ranges::sort(frames);
    const int before = drawings;
    const double drop = taken([&] {
        send(QEvent::MouseButtonRelease, at, Qt::NoButton);
        while (drawings == before && document->undoStack()->canUndo())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        view.viewport()->repaint();
    });
    std::printf("  mouse  a step is dragged: median %.2f  p99 %.2f ms; dropped: %.1f ms%s\n", frames[moves / 2],
                frames[moves * 99 / 100], drop, document->undoStack()->canUndo() ? "" : " (to no effect)");
}

void measure(int calls, bool nested)
{
    const Opened opened(largeIntent(calls, nested));
    std::printf("%d calls, %s\n", calls, nested ? "in races and retries" : "one series");
    measureOpening(opened);
    const auto steps = children(*opened.document->intent().journey.root);
    const auto& middle = *steps[steps.size() / 2];
    measureDrag("a step down, at 100 %", opened, middle.id, 1, 0, 2);
    measureDrag("a step aside, all after it move", opened, middle.id, 1, 3, 0);
    measureDrag("a step down, all in sight", opened, middle.id, 0, 0, 2);
    measureDrag("a step aside, all in sight", opened, middle.id, 0, 3, 0);
    if (nested) {
        const auto race =
            std::ranges::find_if(steps, [](const auto& step) { return typeOf(*step) == OperatorType::Race; });
        measureDrag("a branch, its frame grows", opened, children(**race).front()->id, 1, 3, 2);
    }
    measureView(opened);
    measureMouse(opened);
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    theme::apply();
    for (const int calls : {200, 1000}) {
        for (const bool nested : {false, true})
            measure(calls, nested);
    }
    return 0;
}
