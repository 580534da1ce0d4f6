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
constexpr double aspect = 1.4;
constexpr int bodySize = 13; ///< in pixels
constexpr double mostEnlarged = 2.5; ///< the heading above and the legend below a large drawing

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
    style.disclosure = false; // nobody can click there
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
    std::optional<DrawingHeading> heading{};
    std::optional<DrawingLegend> legend{};
    std::vector<std::unique_ptr<Page>> pages{};
    std::size_t missing = 0; ///< pages that are not laid out yet
    QSizeF size{};
    std::optional<double> rule{}; ///< the height of the line between the journey and its fragments
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
    const theme::OnPaper paper;
    auto page = std::make_unique<Page>(style);
    page->scene.setBackgroundBrush(Qt::NoBrush);
    page->scene.setJourney(subject.journey, fragment != nullptr ? fragment->name : std::string(), subject.numbers,
                           subject.placement);
    if (fragment != nullptr)
        page->heading.emplace(subject, *fragment, style);
    pages.push_back(std::move(page));
}

void JourneyDrawing::Private::receive(Page& page, std::optional<layout::Drawing> drawing)
{
    const theme::OnPaper paper;
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
    // Shown as wide as a page, a large drawing still says in words how the journey fares.
    const auto body = theme::scaled(style.body, std::clamp(width / mostWidth, 1.0, mostEnlarged));
    heading.emplace(subject, body);
    legend.emplace(subject, body);
    const QPointF top(margin, margin + heading->height(width) + gap);
    pages.front()->area = {top, pages.front()->size()};
    double bottom = pages.front()->area.bottom();
    for (std::size_t i = 1; i < pages.size(); ++i) {
        auto& area = pages[i]->area;
        if (i == 1) {
            rule = bottom + gap;
            area = {QPointF(margin, bottom + 2 * gap), pages[i]->size()};
        } else {
            area = {pages[i - 1]->area.topRight() + QPointF(2 * gap, 0), pages[i]->size()};
            if (area.right() > margin + width)
                area.moveTopLeft({margin, bottom + gap});
        }
        bottom = std::max(bottom, area.bottom());
    }
    size = {width + 2 * margin, std::ceil(bottom + gap + legend->height(width) + margin)};
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
    const theme::OnPaper paper;
    painter.setFont(d->style.body); // not the application's, which an SVG file would name where there is no text
    painter.fillRect(QRectF(QPointF(), d->size), theme::surface());
    const double width = d->size.width() - 2 * margin;
    d->heading->paint(painter, QRectF(margin, margin, width, d->heading->height(width)));
    if (d->rule) {
        painter.setPen(QPen(theme::border(), 1));
        painter.drawLine(QPointF(margin, *d->rule), QPointF(margin + width, *d->rule));
    }
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
    const double legend = d->legend->height(width);
    d->legend->paint(painter, QRectF(margin, d->size.height() - margin - legend, width, legend));
}

} // namespace emac::widgets
