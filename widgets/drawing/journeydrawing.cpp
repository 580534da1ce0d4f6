// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drawing/journeydrawing.h"

#include "core/journey/paths.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/theme.h"
#include "widgets/drawing/drawingtexts.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace emac::widgets {

namespace {

constexpr double margin = 3 * theme::unit;
constexpr double gap = 4 * theme::unit; ///< between the parts
constexpr double leastWidth = 70 * theme::unit; ///< of the content, for the texts
/// A row of steps that is longer, in pixels and for its height, is unreadable where it is shown as wide as a page.
constexpr double mostWidth = 1200;
constexpr double aspect = 2;
constexpr int bodySize = 13; ///< in pixels

CanvasStyle styleForFiles()
{
    QFont body(QApplication::font().family());
    body.setPixelSize(bodySize);
    // So that widths do not depend on the resolution, nor colours on the screen.
    body.setHintingPreference(QFont::PreferNoHinting);
    body.setStyleStrategy(static_cast<QFont::StyleStrategy>(QFont::PreferAntialias | QFont::NoSubpixelAntialias));
    CanvasStyle style(body);
    style.layout.mostWidth = mostWidth;
    style.layout.aspect = aspect;
    return style;
}

} // namespace

struct JourneyDrawing::Private
{
    struct Page
    {
        explicit Page(const CanvasStyle& style) : scene(style) { }

        JourneyScene scene;
        std::optional<FragmentHeading> heading; ///< none above the journey's own tree
        QRectF area{}; ///< with the heading

        double headingHeight() const { return heading ? heading->height() + theme::unit : 0; }
        QSizeF size() const
        {
            const auto content = scene.contentRect();
            return {std::max(content.width(), heading ? heading->width() : 0), content.height() + headingHeight()};
        }
    };

    JourneyDrawing& owner;
    DrawingSubject subject;
    CanvasStyle style = styleForFiles();
    DrawingHeading heading{subject, style};
    DrawingLegend legend{subject, style};
    std::vector<std::unique_ptr<Page>> pages{};
    std::size_t missing = 0; ///< pages that are not laid out yet
    QSizeF size{};
    std::shared_ptr<LayoutThread> thread = LayoutThread::shared();

    void start();
    void addPage(const journey::Fragment* fragment);
    void receive(Page& page, std::optional<layout::Drawing> drawing);
    void arrange();
    void finish(const std::optional<base::Message>& failure)
    {
        QMetaObject::invokeMethod(
            &owner, [this, failure] { emit owner.finished(failure); }, Qt::QueuedConnection);
    }
};

void JourneyDrawing::Private::start()
{
    int most = mostDrawn;
    bool tooLarge = hasMoreNodes(subject.journey.root, most);
    for (const auto& fragment : subject.journey.fragments)
        tooLarge = tooLarge || hasMoreNodes(fragment.body, most);
    if (tooLarge)
        return finish(base::Message{base::Code::JourneyTooLargeToDraw, {std::to_string(mostDrawn)}});
    addPage(nullptr);
    for (const auto& fragment : subject.journey.fragments)
        addPage(&fragment);
    missing = pages.size();
    for (const auto& page : pages)
        thread->submit(&page->scene, page->scene.layoutRequest(),
                       [this, page = page.get()](auto drawing) { receive(*page, std::move(drawing)); });
}

void JourneyDrawing::Private::addPage(const journey::Fragment* fragment)
{
    auto page = std::make_unique<Page>(style);
    page->scene.setBackgroundBrush(Qt::NoBrush);
    page->scene.setJourney(subject.journey, fragment != nullptr ? fragment->name : std::string(), subject.numbers);
    if (fragment != nullptr)
        page->heading.emplace(subject, *fragment, style);
    pages.push_back(std::move(page));
}

void JourneyDrawing::Private::receive(Page& page, std::optional<layout::Drawing> drawing)
{
    if (missing == 0)
        return; // another page has failed
    if (!drawing) {
        missing = 0;
        return finish(base::Message{base::Code::LayoutMissing, {}});
    }
    page.scene.setDrawing(std::move(*drawing));
    if (--missing > 0)
        return;
    arrange();
    finish(std::nullopt);
}

/// The journey first, then the fragments in lines no longer than the longest of them all.
void JourneyDrawing::Private::arrange()
{
    double width = leastWidth;
    for (const auto& page : pages)
        width = std::max(width, std::ceil(page->size().width()));
    QPointF at(margin, margin + heading.height(width) + gap);
    double bottom = at.y();
    for (const auto& page : pages) {
        const auto taken = page->size();
        const bool first = page == pages.front();
        if (first || at.x() + taken.width() > margin + width)
            at = {margin, first ? at.y() : bottom + gap};
        page->area = {at, taken};
        bottom = std::max(bottom, page->area.bottom());
        at = first ? QPointF(margin + width + 1, 0) : QPointF(page->area.right() + 2 * gap, at.y());
    }
    size = {width + 2 * margin, std::ceil(bottom + gap + legend.height(width) + margin)};
}

JourneyDrawing::JourneyDrawing(DrawingSubject subject, QObject* parent)
    : QObject(parent)
    , d(new Private{*this, std::move(subject)})
{
    d->start();
}

JourneyDrawing::~JourneyDrawing() = default;

QString JourneyDrawing::title() const
{
    return d->subject.title;
}

QString JourneyDrawing::description() const
{
    QStringList lines;
    for (const auto& line : {d->subject.verdict.word, d->subject.verdict.numbers, d->subject.verdict.reason,
                             QString::fromStdString(journey::expressionText(d->subject.journey.root))}) {
        if (!line.isEmpty())
            lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

QSizeF JourneyDrawing::size() const
{
    return d->size;
}

void JourneyDrawing::paint(QPainter& painter)
{
    painter.fillRect(QRectF(QPointF(), d->size), theme::surface());
    const double width = d->size.width() - 2 * margin;
    d->heading.paint(painter, QRectF(margin, margin, width, d->heading.height(width)));
    for (const auto& page : d->pages) {
        const auto& area = page->area;
        if (page->heading)
            page->heading->paint(painter, {area.left(), area.top(), area.width(), page->heading->height()});
        const auto content = page->scene.contentRect();
        if (content.isEmpty())
            continue;
        // What is painted beyond the boxes, such as badges, counts as theirs.
        const auto source = content.adjusted(-margin, -margin, margin, margin);
        const QPointF corner(area.left(), area.top() + page->headingHeight());
        page->scene.render(&painter, {corner - QPointF(margin, margin), source.size()}, source);
    }
    const double legend = d->legend.height(width);
    d->legend.paint(painter, QRectF(margin, d->size.height() - margin - legend, width, legend));
}

} // namespace emac::widgets
