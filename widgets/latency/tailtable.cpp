// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/tailtable.h"

#include "widgets/charts/copytable.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"
#include "widgets/latency/tailmodel.h"

#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace emac::widgets {

TailTable::TailTable(JourneyDocument* document, SelectionModel* selection, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_model(new TailModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_heading(parts::body({}, this))
    , m_pages(new QStackedWidget(this))
    , m_table(new CopyTable(this))
    , m_message(parts::muted({}, this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(TailModel::SortRole);
    m_table->setModel(m_sorted);
    m_table->setObjectName(QStringLiteral("tail"));
    m_table->setAccessibleName(tr("What each call adds to the percentile"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(TailModel::Adds, Qt::DescendingOrder);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(TailModel::Place, QHeaderView::Stretch);
    m_heading->setObjectName(QStringLiteral("tailHeading"));
    m_message->setObjectName(QStringLiteral("tailMessage"));
    m_message->setAlignment(Qt::AlignCenter);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_message);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::unit / 2);
    column->addWidget(m_heading);
    column->addWidget(m_pages, 1);
    connect(m_table, &QTableView::clicked, this, &TailTable::reveal);
    connect(m_table, &QTableView::activated, this, &TailTable::reveal);
    connect(document->tailWork(), &TailWork::changed, this, &TailTable::refresh);
    connect(document->tailWork(), &TailWork::staleChanged, this, &TailTable::refresh);
    connect(document, &JourneyDocument::latencyChanged, this, &TailTable::refresh);
    refresh();
}

void TailTable::setWanted(bool wanted)
{
    m_document->tailWork()->setWanted(this, wanted);
}

void TailTable::refresh()
{
    const auto result = m_document->tailWork()->result();
    if (!m_document->isReadable() || !m_document->intent().journey.root)
        return tell(tr("There is no call yet."));
    if (!result)
        return tell(tr("The contributions are on their way."));
    const auto name = percentileName(result->percentile);
    const auto& found = result->contributions;
    if (!found.seconds)
        return tell(tr("There is no bound on %1, and so nothing to share out: what the Latency chart asks for comes "
                       "first.")
                        .arg(name));
    m_model->setRows(tailRows(m_document->intent().journey, found), *found.seconds);
    m_model->setStale(m_document->tailWork()->isStale());
    const auto law = found.law == analysis::Contributions::Law::SharedFate ? tr("shared fate") : tr("independence");
    m_heading->setText(tr("%1 is at most %2, under %3. It is the sum of what each part adds; the calls on the canvas "
                          "wear their shares.")
                           .arg(name, timeText(*found.seconds, base::Rounding::Up), law));
    m_heading->show();
    m_pages->setCurrentWidget(m_table);
}

void TailTable::tell(const QString& text)
{
    m_model->setRows({}, 0);
    m_heading->hide();
    m_message->setText(text);
    m_pages->setCurrentWidget(m_message);
}

void TailTable::reveal(const QModelIndex& index) const
{
    const auto row = m_sorted->mapToSource(index).row();
    if (row < 0 || row >= m_model->rowCount())
        return;
    const auto element = m_model->rows()[static_cast<std::size_t>(row)].element;
    m_selection->reveal(element);
}

} // namespace emac::widgets
