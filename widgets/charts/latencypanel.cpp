// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencypanel.h"

#include "core/journey/paths.h"
#include "widgets/charts/copytable.h"
#include "widgets/charts/latencychart.h"
#include "widgets/charts/latencylegend.h"
#include "widgets/charts/latencynotice.h"
#include "widgets/charts/latencytablemodel.h"
#include "widgets/common/parts.h"
#include "widgets/common/refreshwhenseen.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"
#include "widgets/latency/tailtable.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

namespace emac::widgets {

namespace {

constexpr int legendWidth = 44 * theme::unit;
constexpr int wideEnough = 110 * theme::unit;
/// The legend below the chart leaves it so much, with what stands above it.
constexpr int leastChart = 28 * theme::unit;
/// With less than that only its heading is shown.
constexpr int leastLegend = 8 * theme::unit;
/// What comes later than the independent law stays so long until the next one comes: as long as any other number before
/// it counts as late.
constexpr int earlierStays = 150; // ms

QString logarithmicKey()
{
    return QStringLiteral("latency/logarithmicTime");
}
QString ninesKey()
{
    return QStringLiteral("latency/nines");
}

} // namespace

struct LatencyPanel::Private
{
    LatencyPanel* panel;
    JourneyDocument* document;
    SelectionModel* selection;
    LatencyTableModel* model;
    QTimer* earlierTimer;
    QComboBox* percentile = nullptr;
    QToolButton* logarithmic = nullptr;
    QToolButton* nines = nullptr;
    QToolButton* toggle = nullptr;
    QToolButton* tailToggle = nullptr;
    LatencyNotice* notice = nullptr;
    QStackedWidget* pages = nullptr;
    LatencyChart* chart = nullptr;
    CopyTable* table = nullptr;
    TailTable* tail = nullptr;
    QLabel* message = nullptr;
    AssumptionLegend* legend = nullptr;
    QBoxLayout* body = nullptr; ///< the pages and the legend

    LatencyWork* work() const { return document->latencyWork(); }

    void refresh()
    {
        {
            const QSignalBlocker blocker(percentile);
            percentile->setCurrentIndex(static_cast<int>(work()->percentile()));
        }
        const auto result = document->latency();
        if (!document->isReadable())
            return tell(LatencyPanel::tr("This file is no journey. See Problems."));
        if (!document->intent().journey.root)
            return tell(LatencyPanel::tr("The journey is empty: there is no call yet, and so no latency."));
        if (!result)
            return tell(LatencyPanel::tr("The laws in time are on their way."));
        auto content = contentOf(*result);
        notice->setContent(LatencyNotice::contentOf(result->journey, content.percentile));
        if (!content.journey && !content.selected && !content.accepted) {
            message->setText(LatencyPanel::tr("Latency shows where every call that somebody waits for has latency "
                                              "evidence: a constant, quantiles, a histogram, samples."));
            pages->setCurrentWidget(message);
            return;
        }
        keepEarlier(content, result->complete);
        showLegendOf(content, *legend);
        shown = content;
        if (tailToggle->isChecked())
            return pages->setCurrentWidget(tail);
        if (!toggle->isChecked()) { // the hidden table costs nothing
            chart->setContent(std::move(content));
            pages->setCurrentWidget(chart);
            return;
        }
        model->setContent(content);
        for (const auto column : {LatencyTableModel::SharedFateLower, LatencyTableModel::SharedFateUpper})
            table->setColumnHidden(column, content.journey && !content.journey->sharedFate);
        table->setColumnHidden(LatencyTableModel::Selected, !content.selected);
        pages->setCurrentWidget(table);
    }

    void tell(const QString& text)
    {
        notice->setContent({});
        message->setText(text);
        pages->setCurrentWidget(message);
    }

    LatencyContent contentOf(const LatencyResult& result) const
    {
        LatencyContent content;
        const auto& intent = result.evaluation->document->intent;
        content.journey = result.journey.law;
        if (result.selected && result.selected->law) {
            const auto node = journey::findNode(intent.journey, result.node);
            content.selected = {QString::fromStdString(journey::displayName(*node)), result.selected->law->independent};
        }
        if (result.accepted && result.accepted->law)
            content.accepted = {LatencyPanel::tr("accepted model"), result.accepted->law->independent};
        if (const auto& objective = intent.objectives.latency) {
            if (const auto percentile = analysis::percentileIndex(objective->metric))
                content.percentileObjective = {*percentile, base::seconds(objective->threshold)};
        }
        if (const auto& objective = intent.objectives.deadline)
            content.deadlineObjective = {base::seconds(objective->limit), objective->target.success()};
        content.percentile = work()->percentile();
        content.time = logarithmic->isChecked() ? timeaxis::Scale::Logarithmic : timeaxis::Scale::Linear;
        content.probability =
            nines->isChecked() ? LatencyContent::Probability::Nines : LatencyContent::Probability::Linear;
        content.stale = document->isStale() || work()->isStale();
        return content;
    }

    /// Shared fate and the envelope come after the independent law. Until they do, those before stay, so that they do
    /// not flicker while a value moves; but not once they count as late.
    void keepEarlier(LatencyContent& content, bool complete)
    {
        if (complete || !content.journey) {
            earlierTimer->stop();
            return;
        }
        if (!shown.journey || (!earlierTimer->isActive() && isLate))
            return;
        const auto keep = [this](auto& band, const auto& before) {
            if (band || !before)
                return;
            if (!earlierTimer->isActive())
                earlierTimer->start();
            band = before;
        };
        keep(content.journey->sharedFate, shown.journey->sharedFate);
        keep(content.journey->envelope, shown.journey->envelope);
    }
    LatencyContent shown{}; ///< the last
    bool isLate = false; ///< what stayed stays no longer

    void reveal(const QString& component) const
    {
        selection->reveal(journey::Element::component(component.toStdString()), QStringLiteral("latency"));
    }

    void follow(const QModelIndex& index) const
    {
        const auto result = document->latency();
        if (model->isUnbounded(index) && result && !result->journey.openTails.empty())
            return reveal(QString::fromStdString(result->journey.openTails.front()));
        if (const auto chosen = model->percentileOf(index.row()))
            work()->setPercentile(*chosen);
    }

    QToolButton* makeToggle(const QString& text, const QString& name, const QString& tip)
    {
        auto* button = new QToolButton(panel);
        button->setText(text);
        button->setObjectName(name);
        button->setToolTip(parts::plainToolTip(tip));
        button->setCheckable(true);
        button->setFont(theme::font(theme::TextSize::Body));
        return button;
    }

    void makeTop(QBoxLayout* top)
    {
        percentile = new QComboBox(panel);
        percentile->setObjectName(QStringLiteral("percentile"));
        percentile->setAccessibleName(LatencyPanel::tr("Percentile"));
        percentile->setToolTip(parts::plainToolTip(
            LatencyPanel::tr("The percentile of successful journeys that is marked here, and that contributions are "
                             "told for")));
        for (std::size_t i = 0; i < analysis::reportedPercentiles.size(); ++i)
            percentile->addItem(percentileName(i));
        logarithmic = makeToggle(LatencyPanel::tr("Log time"), QStringLiteral("log-time"),
                                 LatencyPanel::tr("A logarithmic axis of time"));
        nines =
            makeToggle(LatencyPanel::tr("Nines"), QStringLiteral("nines"),
                       LatencyPanel::tr("Probabilities in nines, so that the tail and the availability can be read"));
        toggle = makeToggle(LatencyPanel::tr("Table"), QStringLiteral("table-toggle"),
                            LatencyPanel::tr("Percentiles and deadlines as a table; Ctrl+C copies them"));
        tailToggle =
            makeToggle(LatencyPanel::tr("Tail"), QStringLiteral("tail-toggle"),
                       LatencyPanel::tr("What each call adds to the percentile, as a table and on the canvas"));
        const QSettings settings;
        logarithmic->setChecked(settings.value(logarithmicKey(), false).toBool());
        nines->setChecked(settings.value(ninesKey(), true).toBool());
        top->addWidget(percentile);
        top->addWidget(logarithmic);
        top->addWidget(nines);
        top->addStretch(1);
        top->addWidget(tailToggle, 0, Qt::AlignTop);
        top->addWidget(toggle, 0, Qt::AlignTop);
    }

    /// The legend stands beside the chart where there is room, else below it.
    void arrange()
    {
        const bool wide = panel->width() > wideEnough;
        body->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
        body->setAlignment(legend, legend->isFolded() ? Qt::AlignTop : Qt::Alignment());
        legend->setMinimumWidth(wide && !legend->isFolded() ? legendWidth : 0);
        legend->setMaximumWidth(wide ? legendWidth : QWIDGETSIZE_MAX);
        const int left = std::min(panel->height() / 3, panel->height() - leastChart);
        legend->setMaximumHeight(wide ? QWIDGETSIZE_MAX : left < leastLegend ? 3 * theme::unit : left);
    }
};

LatencyPanel::LatencyPanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent)
    : QWidget(parent)
    , d(new Private{this, document, selection, new LatencyTableModel(this), new QTimer(this)})
{
    setAccessibleName(tr("Latency"));
    parts::useThemeColours(this);
    d->notice = new LatencyNotice(this);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 0, 0);
    top->setSpacing(theme::unit);
    d->makeTop(top);

    d->pages = new QStackedWidget(this);
    d->chart = new LatencyChart(d->pages);
    d->table = new CopyTable(d->pages);
    d->table->setAccessibleName(tr("Latency table"));
    d->table->setModel(d->model);
    d->table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    d->table->horizontalHeader()->setSectionResizeMode(LatencyTableModel::Name, QHeaderView::Stretch);
    d->tail = new TailTable(document, selection, d->pages);
    d->message = parts::muted({}, d->pages);
    d->message->setObjectName(QStringLiteral("message"));
    d->message->setAlignment(Qt::AlignCenter);
    for (auto* page : std::initializer_list<QWidget*>{d->chart, d->table, d->tail, d->message})
        d->pages->addWidget(page);
    d->legend = new AssumptionLegend(latencyLegend(), this);
    d->body = new QBoxLayout(QBoxLayout::LeftToRight);
    d->body->setSpacing(2 * theme::unit);
    d->body->addWidget(d->pages, 1);
    d->body->addWidget(d->legend);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::unit, theme::unit, theme::unit, 0);
    column->setSpacing(theme::unit / 2);
    column->addLayout(top);
    column->addWidget(d->notice);
    column->addLayout(d->body, 1);

    d->earlierTimer->setSingleShot(true);
    d->earlierTimer->setInterval(earlierStays);
    const auto refresh = [this] { d->refresh(); };
    connect(d->earlierTimer, &QTimer::timeout, this, [this] {
        d->isLate = true;
        d->refresh();
        d->isLate = false;
    });
    connect(d->percentile, &QComboBox::currentIndexChanged, this,
            [this](int index) { d->work()->setPercentile(static_cast<std::size_t>(index)); });
    connect(d->logarithmic, &QToolButton::toggled, this, [this](bool on) {
        QSettings().setValue(logarithmicKey(), on);
        d->refresh();
    });
    connect(d->nines, &QToolButton::toggled, this, [this](bool on) {
        QSettings().setValue(ninesKey(), on);
        d->refresh();
    });
    // One page at a time.
    connect(d->toggle, &QToolButton::toggled, this, [this](bool on) {
        if (on)
            d->tailToggle->setChecked(false);
        d->refresh();
    });
    connect(d->tailToggle, &QToolButton::toggled, this, [this](bool on) {
        if (on)
            d->toggle->setChecked(false);
        d->tail->setWanted(on && isVisible());
        d->refresh();
    });
    connect(d->notice, &LatencyNotice::chosen, this, [this](const QString& component) { d->reveal(component); });
    connect(d->table, &QTableView::clicked, this, [this](const QModelIndex& index) { d->follow(index); });
    connect(d->table, &QTableView::activated, this, [this](const QModelIndex& index) { d->follow(index); });
    connect(d->legend, &AssumptionLegend::folded, this, [this] { d->arrange(); });
    auto* seen = new RefreshWhenSeen(this, refresh);
    for (const auto changed : {&JourneyDocument::valueChanged, &JourneyDocument::latencyChanged})
        connect(document, changed, seen, &RefreshWhenSeen::request);
    connect(document, &JourneyDocument::staleChanged, seen, &RefreshWhenSeen::request);
    connect(d->work(), &LatencyWork::staleChanged, seen, &RefreshWhenSeen::request);
    connect(d->work(), &LatencyWork::percentileChanged, seen, &RefreshWhenSeen::request);
    d->arrange();
    d->refresh();
}

LatencyPanel::~LatencyPanel() = default;

void LatencyPanel::look(bool inSight)
{
    d->work()->setWanted(this, inSight && isVisible());
    d->tail->setWanted(inSight && isVisible() && d->tailToggle->isChecked());
}

void LatencyPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->arrange();
}

void LatencyPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    // A dock behind the tab of another is out of sight, though Qt calls it visible.
    for (auto* widget = parentWidget(); widget != nullptr; widget = widget->parentWidget()) {
        if (auto* dock = qobject_cast<QDockWidget*>(widget))
            connect(dock, &QDockWidget::visibilityChanged, this, &LatencyPanel::look, Qt::UniqueConnection);
    }
    QTimer::singleShot(0, this, [this] { look(isVisible() && !visibleRegion().isEmpty()); });
}

void LatencyPanel::hideEvent(QHideEvent* event)
{
    look(false);
    QWidget::hideEvent(event);
}

} // namespace emac::widgets
