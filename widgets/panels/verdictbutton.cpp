// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/verdictbutton.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/document/verdictwords.h"
#include "widgets/panels/icons.h"
#include "widgets/panels/reasonspopup.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>

#include <algorithm>
#include <utility>

namespace emac::widgets {

namespace {

constexpr int mostWidth = 104 * theme::unit;
constexpr int leastWidth = 30 * theme::unit;

/// Where a reason is usually mended.
struct Remedy
{
    journey::Element element;
    QString field;
};

/// The first component that leaves an objective on time open; none where it is something else.
const std::string* culpritOf(const journey::Note& reason, const LatencyResult* latency)
{
    if (latency == nullptr)
        return nullptr;
    const auto first = [](const std::vector<std::string>& names) { return names.empty() ? nullptr : &names.front(); };
    switch (reason.message.code) {
    case base::Code::DecisionLatencyLacking:
    case base::Code::DecisionLatencyNotAssessed:
    case base::Code::DecisionDeadlineNotAssessed:
        return first(latency->journey.lacking);
    case base::Code::DecisionPercentileOpen:
    case base::Code::DecisionDeadlineOpen:
        return first(latency->journey.openTails);
    default:
        return nullptr;
    }
}

Remedy remedyOf(const journey::Note& reason, const LatencyResult* latency)
{
    if (const auto* culprit = culpritOf(reason, latency))
        return {journey::Element::component(*culprit), QStringLiteral("latency")};
    const auto& element = reason.element;
    if (element.kind == journey::Element::Kind::Component)
        return {element, QStringLiteral("availability")};
    if (element.kind != journey::Element::Kind::Objective)
        return {element, {}};
    return {element, element.name == "latency"    ? QStringLiteral("latency.threshold")
                     : element.name == "deadline" ? QStringLiteral("deadline.limit")
                                                  : QStringLiteral("target")};
}

} // namespace

struct VerdictButton::Private
{
    VerdictButton* button;
    JourneyDocument* document;
    SelectionModel* selection;
    const DisplayUnits* units;
    ReasonsPopup* popup;

    VerdictWords words{};
    bool stale = false; ///< shown in grey
    QSize hint{}; ///< of the words; layouts ask for it many times

    void refresh()
    {
        auto now = verdictWordsOf(*document, units->unit());
        const bool wasStale = std::exchange(stale, document->isDecisionStale());
        if (now != words || stale != wasStale)
            button->update();
        if (now == words)
            return;
        words = std::move(now);
        QStringList whole{words.word};
        for (const auto& part : {words.numbers, words.reason}) {
            if (!part.isEmpty())
                whole << part;
        }
        const auto text = whole.join(QLatin1Char('\n'));
        button->setToolTip(parts::plainToolTip(whole.join(VerdictButton::tr(" — "))));
        button->setAccessibleName(VerdictButton::tr("Verdict %1").arg(words.word));
        button->setAccessibleDescription(text);
        popup->setReasons(words.verdict ? VerdictButton::tr("Why %1").arg(words.word)
                                        : VerdictButton::tr("Why there is no verdict"),
                          words.reasons);
        popup->setExplainable(words.explainable);
        if (const auto before = std::exchange(hint, size()); hint != before)
            button->updateGeometry();
    }

    QFont wordFont() const { return theme::font(theme::TextSize::Heading, QFont::Bold); }
    QFont numberFont() const { return theme::numberFont(theme::TextSize::Body, QFont::DemiBold); }
    QFont reasonFont() const { return theme::font(theme::TextSize::Small); }

    QSize size() const
    {
        const QFontMetrics numbers(numberFont());
        const QFontMetrics reason(reasonFont());
        const int text = std::max(numbers.horizontalAdvance(words.numbers), reason.horizontalAdvance(words.reason));
        return {std::clamp(pillWidth() + text + 3 * theme::unit, leastWidth, mostWidth),
                numbers.height() + reason.height() + theme::unit};
    }

    /// As many whole parts of the numbers as there is room for; briefly where that takes more of them.
    QString numbersIn(const QFontMetrics& metrics, int room) const
    {
        if (metrics.horizontalAdvance(words.numbers) <= room)
            return words.numbers;
        for (auto parts = words.brief; !parts.isEmpty(); parts.removeLast()) {
            const bool all = parts.size() == words.brief.size();
            const QString text = parts.join(numbersApart()) + (all ? QString() : numbersApart() + u'…');
            if (metrics.horizontalAdvance(text) <= room)
                return text;
        }
        return words.numbers;
    }

    int pillWidth() const
    {
        return QFontMetrics(wordFont()).horizontalAdvance(words.word) + QFontMetrics(wordFont()).height()
               + 4 * theme::unit;
    }
};

VerdictButton::VerdictButton(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                             QWidget* parent)
    : QToolButton(parent)
    , d(new Private{this, document, selection, units, new ReasonsPopup(this)})
{
    setAutoRaise(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QToolButton::clicked, this, [this] { d->popup->openBelow(this); });
    connect(d->popup, &ReasonsPopup::chosen, this, [this](const journey::Note& reason) {
        const auto [element, field] = remedyOf(reason, d->document->judged().latency.get());
        d->selection->reveal(element, field);
    });
    connect(d->popup, &ReasonsPopup::explanationRequested, this,
            [this](Figure figure) { emit explanationRequested(journey::Element::journey(), figure); });
    const auto refresh = [this] { d->refresh(); };
    connect(units, &DisplayUnits::changed, this, refresh);
    connect(document, &JourneyDocument::valueChanged, this, refresh);
    connect(document, &JourneyDocument::decisionChanged, this, refresh);
    connect(document, &JourneyDocument::diagnosticsChanged, this, refresh);
    connect(document, &JourneyDocument::staleChanged, this, refresh);
    connect(document->latencyWork(), &LatencyWork::staleChanged, this, refresh);
    d->refresh();
}

VerdictButton::~VerdictButton() = default;

void VerdictButton::contextMenuEvent(QContextMenuEvent* event)
{
    const auto& evaluation = d->document->judged().evaluation;
    if (!evaluation || !evaluation->analysis.journey)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("explainMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto figure : allFigures) {
        menu->addAction(tr("Explain %1").arg(headingOf(figure)), this,
                        [this, figure] { emit explanationRequested(journey::Element::journey(), figure); });
    }
    menu->popup(event->globalPos());
}

QSize VerdictButton::sizeHint() const
{
    return d->hint;
}

QSize VerdictButton::minimumSizeHint() const
{
    return {std::min(leastWidth, d->hint.width()), d->hint.height()};
}

void VerdictButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool stale = d->stale;
    const auto colour = stale ? theme::mutedText() : theme::verdictColour(d->words.verdict);
    const QRectF whole = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    auto tint = colour;
    tint.setAlpha(underMouse() || isDown() ? 40 : 20);
    painter.setPen(QPen(hasFocus() ? theme::accent() : colour, hasFocus() ? 2 : 1));
    painter.setBrush(tint);
    painter.drawRoundedRect(whole, theme::unit, theme::unit);

    const QRectF pill(0.5, 0.5, d->pillWidth(), whole.height());
    painter.save();
    painter.setClipRect(QRectF(0, 0, pill.right(), height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(whole, theme::unit, theme::unit);
    painter.restore();
    const double side = QFontMetrics(d->wordFont()).height();
    icons::paintVerdict(painter, {pill.left() + theme::unit, pill.center().y() - side / 2, side, side},
                        d->words.verdict, Qt::white, colour);
    painter.setFont(d->wordFont());
    painter.setPen(Qt::white);
    painter.drawText(pill.adjusted(side + 2 * theme::unit, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, d->words.word);

    QRectF text = whole.adjusted(pill.width() + theme::unit, theme::unit / 2.0, -theme::unit, -theme::unit / 2.0);
    const auto line = [&](const QFont& type, const QColor& ink, const QString& words, Qt::Alignment where) {
        painter.setFont(type);
        painter.setPen(ink);
        painter.drawText(text, where | Qt::AlignLeft | Qt::TextSingleLine,
                         QFontMetrics(type).elidedText(words, Qt::ElideRight, static_cast<int>(text.width())));
    };
    const bool both = !d->words.numbers.isEmpty() && !d->words.reason.isEmpty();
    if (!d->words.numbers.isEmpty())
        line(d->numberFont(), stale ? theme::mutedText() : theme::text(),
             d->numbersIn(QFontMetrics(d->numberFont()), static_cast<int>(text.width())),
             both ? Qt::AlignTop : Qt::AlignVCenter);
    if (!d->words.reason.isEmpty())
        line(d->reasonFont(), theme::mutedText(), d->words.reason, both ? Qt::AlignBottom : Qt::AlignVCenter);
}

} // namespace emac::widgets
