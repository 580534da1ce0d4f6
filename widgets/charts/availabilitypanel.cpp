// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/availabilitypanel.h"

#include "widgets/charts/intervalchart.h"
#include "widgets/charts/intervaltablemodel.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {

/// Copies the selected rows, all where none is selected.
class CopyTable : public QTableView
{
public:
    using QTableView::QTableView;

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
            event->accept();
            return true;
        }
        return QTableView::event(event);
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if (!event->matches(QKeySequence::Copy)) {
            QTableView::keyPressEvent(event);
            return;
        }
        QList<int> rows;
        for (const auto& index : selectionModel()->selectedRows())
            rows << index.row();
        std::ranges::sort(rows);
        QGuiApplication::clipboard()->setText(static_cast<IntervalTableModel*>(model())->tabSeparated(rows));
    }
};

/// A short bar in the colour that the chart uses.
QLabel* swatch(const QColor& colour, QWidget* parent)
{
    auto* result = new QLabel(parent);
    QPixmap pixmap(theme::unit / 2, 2 * theme::unit);
    pixmap.fill(colour);
    result->setPixmap(pixmap);
    return result;
}

} // namespace

struct AvailabilityPanel::Private
{
    AvailabilityPanel* panel;
    JourneyDocument* document;
    SelectionModel* selection;
    QStackedWidget* pages;
    IntervalChart* chart;
    QTableView* table;
    IntervalTableModel* model;
    QLabel* message;
    QToolButton* toggle;

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
        content.rows =
            intervalRows(intent, document->title(), evaluation ? &evaluation->analysis : nullptr, selection->current());
        content.selected = selection->current();
        content.stale = document->isStale();
        if (const auto& objective = intent.objectives.availability) {
            content.objective = objective->target.failure();
            content.objectiveLabel = AvailabilityPanel::tr("objective %1").arg(exactPercent(objective->target));
        }
        model->setRows(content.rows);
        describe(content);
        chart->setContent(std::move(content));
        pages->setCurrentWidget(toggle->isChecked() ? static_cast<QWidget*>(table) : chart);
    }

    /// The journey's numbers in a sentence, for a screen reader.
    void describe(const IntervalContent& content)
    {
        const auto& whole = content.rows.front();
        QString text = AvailabilityPanel::tr("%1: no numbers yet.").arg(whole.label);
        if (whole.known) {
            text = whole.best ? AvailabilityPanel::tr("%1: A⁻ %2, A⁺ %3.")
                                    .arg(whole.label, availabilityText(whole.worst), availabilityText(*whole.best))
                              : AvailabilityPanel::tr("%1: A⁻ %2, A⁺ is not computed.")
                                    .arg(whole.label, availabilityText(whole.worst));
            if (content.objective)
                text = AvailabilityPanel::tr("%1 The objective is %2; A⁻ %3 it.")
                           .arg(text, exactPercent(document->intent().objectives.availability->target),
                                whole.worst <= *content.objective ? AvailabilityPanel::tr("meets")
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
};

AvailabilityPanel::AvailabilityPanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent)
    : QWidget(parent)
    , d(new Private{this, document, selection, new QStackedWidget(this), nullptr, nullptr, new IntervalTableModel(this),
                    nullptr, new QToolButton(this)})
{
    setAccessibleName(tr("Availability"));
    parts::useThemeColours(this);

    auto* legend = new QGridLayout;
    legend->setHorizontalSpacing(theme::unit);
    legend->setVerticalSpacing(0);
    const auto addLegend = [&](int row, const QColor& colour, const QString& text, const QString& more) {
        auto* words = parts::muted(text, this);
        words->setFont(theme::font(theme::TextSize::Small));
        words->setToolTip(parts::plainToolTip(more));
        words->setAccessibleDescription(more);
        legend->addWidget(swatch(colour, this), row, 0, Qt::AlignCenter);
        legend->addWidget(words, row, 1);
    };
    addLegend(
        0, theme::pessimistic(), tr("A⁻ pessimistic: what shares a component or a failure domain fails together"),
        tr("Pessimistic shared fate. Alternatives that share a component or a failure domain, or whose domains are "
           "unknown, fall into one group: such a race is worth no more than its best alternative. Inputs are taken "
           "at their lower ends."));
    addLegend(
        1, theme::optimistic(), tr("A⁺ optimistic: different components fail independently of each other"),
        tr("Optimistic independence. Outcomes of different components are independent; two calls of one component "
           "are the same event. Inputs are taken at their upper ends. A⁺ is not an upper bound for every law of "
           "dependence."));
    legend->setColumnStretch(1, 1);

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
    d->table->setSelectionBehavior(QAbstractItemView::SelectRows);
    d->table->setFrameShape(QFrame::NoFrame);
    d->table->setShowGrid(false);
    d->table->setAlternatingRowColors(true);
    d->table->setTabKeyNavigation(false);
    d->table->verticalHeader()->hide();
    d->table->verticalHeader()->setDefaultSectionSize(3 * theme::unit);
    d->table->horizontalHeader()->setMinimumSectionSize(15 * theme::unit);
    d->table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    d->table->horizontalHeader()->setSectionResizeMode(IntervalTableModel::Name, QHeaderView::Stretch);
    d->table->horizontalHeader()->setHighlightSections(false);
    d->message = parts::muted({}, d->pages);
    d->message->setObjectName(QStringLiteral("message"));
    d->message->setAlignment(Qt::AlignCenter);
    d->pages->addWidget(d->chart);
    d->pages->addWidget(d->table);
    d->pages->addWidget(d->message);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 0, 0);
    top->addLayout(legend, 1);
    top->addWidget(d->toggle, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::unit, theme::unit, theme::unit, 0);
    column->setSpacing(theme::unit / 2);
    column->addLayout(top);
    column->addWidget(d->pages, 1);

    connect(d->chart, &IntervalChart::rowClicked, this, [this](int row) { d->reveal(row); });
    connect(d->table, &QTableView::activated, this, [this](const QModelIndex& index) { d->reveal(index.row()); });
    const auto refresh = [this] { d->refresh(); };
    connect(d->toggle, &QToolButton::toggled, this, refresh);
    connect(document, &JourneyDocument::valueChanged, this, refresh);
    connect(document, &JourneyDocument::evaluationChanged, this, refresh);
    connect(document, &JourneyDocument::staleChanged, this, refresh);
    connect(selection, &SelectionModel::changed, this, refresh);
    d->refresh();
}

AvailabilityPanel::~AvailabilityPanel() = default;

} // namespace emac::widgets
