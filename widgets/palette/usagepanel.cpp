// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/usagepanel.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {
constexpr int pathRole = Qt::UserRole;
constexpr int keyRole = Qt::UserRole + 1;
constexpr int rowHeight = 3 * theme::unit; ///< pixels
} // namespace

UsagePanel::UsagePanel(UsageTracker* usage, QWidget* parent)
    : QWidget(parent)
    , m_usage(usage)
    , m_heading(parts::heading({}, this))
    , m_summary(parts::muted({}, this))
    , m_tree(new QTreeWidget)
    , m_refresh(this, [this] { refresh(); })
{
    parts::useThemeColours(this);
    m_summary->setObjectName(QStringLiteral("usageSummary"));
    m_tree->setAccessibleName(tr("Where used"));
    m_tree->setHeaderHidden(true);
    m_tree->setColumnCount(2);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::unit, theme::unit, 0);
    for (auto* label : {m_heading, m_summary}) {
        label->setContentsMargins(theme::unit, 0, theme::unit, 0);
        layout->addWidget(label);
    }
    layout->addWidget(m_tree, 1);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) { open(item); });
    connect(m_usage, &UsageTracker::changed, &m_refresh, &RefreshWhenSeen::request);
    refresh();
}

void UsagePanel::showComponent(const QString& component)
{
    m_component = component;
    m_usage->refresh();
    refresh();
}

void UsagePanel::refresh()
{
    m_tree->clear();
    m_heading->setText(m_component.isEmpty() ? tr("Where used") : m_component);
    if (m_component.isEmpty()) {
        m_summary->setText(tr("Choose “Where Used” in the menu of a call or a component."));
        return;
    }
    for (const auto& journey : m_usage->journeys())
        add(journey);
    int calls = 0;
    int journeys = 0;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        const int here = m_tree->topLevelItem(i)->childCount();
        calls += here;
        journeys += here > 0 ? 1 : 0;
    }
    if (calls == 0)
        m_summary->setText(m_usage->isLooking() ? tr("Looking …") : tr("No journey of the working copy calls it."));
    else if (calls == 1)
        m_summary->setText(tr("Called once."));
    else
        m_summary->setText(journeys == 1 ? tr("Called %1 times in one journey.").arg(calls)
                                         : tr("Called %1 times in %2 journeys.").arg(calls).arg(journeys));
    m_tree->expandAll();
}

void UsagePanel::add(const workspace::JourneyUsage& journey)
{
    const auto name = m_component.toStdString();
    const auto calls = journey.calls.find(name);
    const bool declared =
        std::ranges::any_of(journey.components, [&name](const auto& one) { return one.name == name; });
    if (calls == journey.calls.end() && !declared)
        return;
    const auto path = QFile::decodeName(journey.path.c_str());
    const auto count = calls == journey.calls.end() ? std::size_t(0) : calls->second.size();
    auto* top = new QTreeWidgetItem(
        m_tree, {QString::fromStdString(journey.name), count == 0 ? tr("not called") : tr("%1×").arg(count)});
    auto bold = m_tree->font();
    bold.setWeight(QFont::DemiBold);
    top->setFont(0, bold);
    top->setSizeHint(0, {0, rowHeight});
    top->setData(0, pathRole, path);
    top->setToolTip(0, parts::plainToolTip(path));
    if (count == 0)
        return;
    for (const auto& call : calls->second) {
        const auto inside = QString::fromStdString(call.inside);
        auto* item = new QTreeWidgetItem(top, {inside.isEmpty() ? tr("the journey itself") : tr("in %1").arg(inside),
                                               call.line == 0 ? QString() : tr("line %1").arg(call.line)});
        item->setSizeHint(0, {0, rowHeight});
        item->setData(0, pathRole, path);
        item->setData(0, keyRole, QString::fromStdString(call.key));
    }
}

void UsagePanel::open(const QTreeWidgetItem* item)
{
    emit callRequested(item->data(0, pathRole).toString(), item->data(0, keyRole).toString());
}

} // namespace emac::widgets
