// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/availabilitypanel.h"

#include "widgets/charts/assumptionlegend.h"
#include "widgets/charts/copytable.h"
#include "widgets/charts/intervalchart.h"
#include "widgets/charts/intervaltablemodel.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/unitswitch.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace emac::widgets {

namespace {

constexpr int legendWidth = 54 * theme::unit;
constexpr int wideEnough = 110 * theme::unit;

} // namespace

struct AvailabilityPanel::Private
{
    AvailabilityPanel* panel;
    JourneyDocument* document;
    SelectionModel* selection;
    DisplayUnits* units;
    QStackedWidget* pages;
    IntervalTableModel* model;
    QToolButton* toggle;
    IntervalChart* chart = nullptr;
    QTableView* table = nullptr;
    QLabel* message = nullptr;
    UnitSwitch* unitSwitch = nullptr;
    QLabel* unitName = nullptr;
    AssumptionLegend* legend = nullptr;
    QBoxLayout* content = nullptr; ///< the chart and its legend

    void refresh()
    {
        const auto tell = [this](const QString& text) {
            message->setText(text);
            pages->setCurrentWidget(message);
        };
        if (!document->isReadable())
            return tell(AvailabilityPanel::tr("This file is no journey. See Problems."));
        const auto& intent = document->intent();
        if (!intent.journey.root)
            return tell(AvailabilityPanel::tr("The journey is empty: there is no call yet, and so no availability."));

        const auto evaluation = document->evaluation();
        IntervalContent content;
        content.display = units->display(intent.objectives);
        content.rows =
            intervalRows(intent, document->title(), evaluation ? &evaluation->analysis : nullptr, selection->current());
        content.selected = selection->current();
        content.stale = document->isStale();
        if (const auto& objective = intent.objectives.availability) {
            content.objective = objective->target.failure();
            content.objectiveLabel =
                AvailabilityPanel::tr("objective %1").arg(exactAvailability(objective->target, content.display));
        }
        unitSwitch->setDisplay(content.display);
        unitName->setText(content.display.unit == AvailabilityUnit::Downtime ? displayName(content.display)
                                                                             : QString());
        model->setDisplay(content.display);
        model->setRows(content.rows);
        describe(content);
        chart->setContent(std::move(content));
        pages->setCurrentWidget(toggle->isChecked() ? static_cast<QWidget*>(table) : chart);
    }

    /// The journey's numbers in a sentence, for a screen reader.
    void describe(const IntervalContent& content)
    {
        const auto& whole = content.rows.front();
        auto text = AvailabilityPanel::tr("%1: %2.").arg(
            whole.label,
            figureLines(whole.values ? &*whole.values : nullptr, content.display).join(AvailabilityPanel::tr("; ")));
        if (whole.values && content.objective) {
            const auto& target = document->intent().objectives.availability->target;
            text = AvailabilityPanel::tr("%1 The objective is %2; A⁻ %3 it.")
                       .arg(text, exactAvailability(target, content.display),
                            whole.worst() <= *content.objective ? AvailabilityPanel::tr("meets")
                                                                : AvailabilityPanel::tr("misses"));
        }
        chart->setAccessibleDescription(text);
    }

    void reveal(int row)
    {
        const auto& rows = model->rows();
        if (row >= 0 && row < static_cast<int>(rows.size())) {
            const auto element = rows[static_cast<std::size_t>(row)].element;
            selection->reveal(element);
        }
    }

    void explain(int row, Figure figure)
    {
        const auto& rows = model->rows();
        if (row < 0 || row >= static_cast<int>(rows.size()))
            return;
        const auto& wanted = rows[static_cast<std::size_t>(row)];
        if (wanted.values)
            emit panel->explanationRequested(wanted.element, figure);
    }

    /// Of what can be explained of the row.
    void openMenu(int row, const QPoint& at)
    {
        const auto& rows = model->rows();
        if (row < 0 || row >= static_cast<int>(rows.size()) || !rows[static_cast<std::size_t>(row)].values)
            return;
        auto* menu = new QMenu(panel);
        menu->setObjectName(QStringLiteral("explainMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (const auto figure : allFigures) {
            menu->addAction(AvailabilityPanel::tr("Explain %1").arg(headingOf(figure)), panel,
                            [this, row, figure] { explain(row, figure); });
        }
        menu->popup(at);
    }

    /// The legend stands beside the chart where there is room, else below it.
    void arrange()
    {
        const bool wide = panel->width() > wideEnough;
        content->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
        content->setAlignment(legend, legend->isFolded() ? Qt::AlignTop : Qt::Alignment());
        legend->setMinimumWidth(wide && !legend->isFolded() ? legendWidth : 0);
        legend->setMaximumWidth(wide ? legendWidth : QWIDGETSIZE_MAX);
        legend->setMaximumHeight(wide ? QWIDGETSIZE_MAX : panel->height() / 2);
    }
};

AvailabilityPanel::AvailabilityPanel(JourneyDocument* document, SelectionModel* selection, DisplayUnits* units,
                                     QWidget* parent)
    : QWidget(parent)
    , d(new Private{this, document, selection, units, new QStackedWidget(this), new IntervalTableModel(this),
                    new QToolButton(this)})
{
    setAccessibleName(tr("Availability"));
    parts::useThemeColours(this);
    d->unitSwitch = new UnitSwitch(units, this);
    d->unitName = parts::muted({}, this);
    d->unitName->setObjectName(QStringLiteral("unit"));
    d->unitName->setFont(theme::font(theme::TextSize::Small));
    d->legend = new AssumptionLegend(AssumptionLegend::availability(), this);

    d->toggle->setText(tr("Table"));
    d->toggle->setObjectName(QStringLiteral("table-toggle"));
    d->toggle->setToolTip(tr("The same numbers as a table; Ctrl+C copies them"));
    d->toggle->setCheckable(true);
    d->toggle->setFont(theme::font(theme::TextSize::Body));

    d->chart = new IntervalChart(d->pages);
    d->chart->setAccessibleName(tr("Availability chart, better to the right"));
    d->table = new CopyTable(d->pages);
    d->table->setAccessibleName(tr("Availability table"));
    d->table->setModel(d->model);
    d->table->setContextMenuPolicy(Qt::CustomContextMenu);
    d->table->horizontalHeader()->setMinimumSectionSize(15 * theme::unit);
    d->table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    d->table->horizontalHeader()->setSectionResizeMode(IntervalTableModel::Name, QHeaderView::Stretch);
    d->message = parts::muted({}, d->pages);
    d->message->setObjectName(QStringLiteral("message"));
    d->message->setAlignment(Qt::AlignCenter);
    d->pages->addWidget(d->chart);
    d->pages->addWidget(d->table);
    d->pages->addWidget(d->message);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 0, 0);
    top->setSpacing(theme::unit);
    top->addWidget(d->unitSwitch);
    top->addWidget(d->unitName, 1);
    top->addWidget(d->toggle);
    d->content = new QBoxLayout(QBoxLayout::LeftToRight);
    d->content->setSpacing(2 * theme::unit);
    d->content->addWidget(d->pages, 1);
    d->content->addWidget(d->legend);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::unit, theme::unit, theme::unit, 0);
    column->setSpacing(theme::unit / 2);
    column->addLayout(top);
    column->addLayout(d->content, 1);

    connect(d->chart, &IntervalChart::rowClicked, this, [this](int row) { d->reveal(row); });
    connect(d->chart, &IntervalChart::figureClicked, this, [this](int row, Figure figure) { d->explain(row, figure); });
    connect(d->chart, &IntervalChart::menuRequested, this, [this](int row, const QPoint& at) { d->openMenu(row, at); });
    const auto explainCell = [this](const QModelIndex& index) {
        const auto figure = IntervalTableModel::figureOf(index.column());
        if (figure)
            d->explain(index.row(), *figure);
        return figure.has_value();
    };
    connect(d->table, &QTableView::clicked, this, explainCell);
    connect(d->table, &QTableView::activated, this, [this, explainCell](const QModelIndex& index) {
        if (!explainCell(index))
            d->reveal(index.row());
    });
    connect(d->table, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        // By keyboard, the menu belongs to the current cell.
        const auto under = d->table->indexAt(at);
        d->openMenu(under.isValid() ? under.row() : d->table->currentIndex().row(),
                    d->table->viewport()->mapToGlobal(at));
    });
    connect(d->legend, &AssumptionLegend::folded, this, [this] { d->arrange(); });
    connect(units, &DisplayUnits::changed, this, [this] { d->refresh(); });
    const auto refresh = [this] { d->refresh(); };
    connect(d->toggle, &QToolButton::toggled, this, refresh);
    connect(document, &JourneyDocument::valueChanged, this, refresh);
    connect(document, &JourneyDocument::evaluationChanged, this, refresh);
    connect(document, &JourneyDocument::staleChanged, this, refresh);
    connect(selection, &SelectionModel::changed, this, refresh);
    d->arrange();
    d->refresh();
}

void AvailabilityPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->arrange();
}

AvailabilityPanel::~AvailabilityPanel() = default;

} // namespace emac::widgets
