// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/questions/diskchangesdialog.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/questions/comparedialog.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

using Answer = Prompts::DiskAnswer;

namespace {

constexpr int indexRole = Qt::UserRole;

} // namespace

DiskChangesDialog::DiskChangesDialog(const QList<DiskChange>& changes, QWidget* parent)
    : QDialog(parent)
    , m_changes(changes)
    , m_answers(changes.size(), Answer::Later)
    , m_list(new QListWidget(this))
    , m_consequence(parts::muted({}, this))
    , m_keep(new QPushButton(tr("&Keep Mine"), this))
    , m_reload(new QPushButton(this))
    , m_compare(new QPushButton(tr("&Compare…"), this))
{
    setWindowTitle(tr("Changed on Disk"));
    setMinimumWidth(64 * theme::unit);
    parts::useThemeColours(this);
    m_list->setAccessibleName(tr("Changed journeys"));
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setWordWrap(true);
    m_list->setSpacing(theme::unit / 4);
    m_list->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    for (int i = 0; i < m_changes.size(); ++i) {
        auto* item = new QListWidgetItem(rowText(m_changes[i]), m_list);
        item->setData(indexRole, i);
        item->setToolTip(QDir::toNativeSeparators(m_changes[i].path));
        if (m_changes.size() > 1) {
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(Qt::Checked);
        }
    }
    m_list->setCurrentRow(0);
    m_keep->setObjectName(QStringLiteral("keepMine"));
    m_reload->setObjectName(QStringLiteral("reload"));
    m_compare->setObjectName(QStringLiteral("compare"));
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(m_keep, QDialogButtonBox::ActionRole);
    buttons->addButton(m_reload, QDialogButtonBox::ActionRole);
    buttons->addButton(m_compare, QDialogButtonBox::ActionRole);
    auto* later = buttons->addButton(tr("Decide &Later"), QDialogButtonBox::RejectRole);
    later->setDefault(true);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(theme::unit);
    column->addWidget(parts::heading(m_changes.size() == 1
                                         ? tr("Another program has changed the file of an open journey.")
                                         : tr("Other programs have changed the files of open journeys."),
                                     this));
    column->addWidget(m_list, 1);
    column->addWidget(m_consequence);
    column->addWidget(buttons);
    connect(m_keep, &QPushButton::clicked, this, [this] { answer(Answer::KeepMine); });
    connect(m_reload, &QPushButton::clicked, this, [this] { answer(Answer::Reload); });
    connect(m_compare, &QPushButton::clicked, this, &DiskChangesDialog::compare);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemChanged, this, &DiskChangesDialog::update);
    connect(m_list, &QListWidget::currentRowChanged, this, &DiskChangesDialog::update);
    update();
}

QString DiskChangesDialog::rowText(const DiskChange& change) const
{
    const auto what = change.removed()  ? tr("removed from disk")
                      : change.modified ? tr("changed on disk; changed here too, and not saved")
                                        : tr("changed on disk");
    return tr("%1 — %2", "journey — what has happened").arg(change.title, what);
}

QList<int> DiskChangesDialog::marked() const
{
    QList<int> rows;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_changes.size() == 1 || m_list->item(row)->checkState() == Qt::Checked)
            rows.append(row);
    }
    return rows;
}

void DiskChangesDialog::answer(Answer answer)
{
    auto rows = marked();
    std::ranges::reverse(rows);
    for (const int row : std::as_const(rows)) {
        const std::unique_ptr<QListWidgetItem> item(m_list->takeItem(row));
        m_answers[item->data(indexRole).toInt()] = answer;
    }
    if (m_list->count() == 0)
        accept();
    else
        update();
}

void DiskChangesDialog::compare()
{
    const auto* item = m_list->currentItem();
    if (item == nullptr)
        return;
    const auto& change = m_changes[item->data(indexRole).toInt()];
    CompareDialog dialog({change.title, change.path, tr("On disk"), change.onDisk, tr("Here"), change.mine}, this);
    dialog.exec();
}

void DiskChangesDialog::update()
{
    const auto rows = marked();
    const auto removed = std::ranges::count_if(
        rows, [this](int row) { return m_changes[m_list->item(row)->data(indexRole).toInt()].removed(); });
    const bool onlyRemoved = !rows.isEmpty() && removed == rows.size();
    m_reload->setText(removed == 0 ? tr("&Reload") : onlyRemoved ? tr("C&lose") : tr("&Reload or Close"));
    m_keep->setEnabled(!rows.isEmpty());
    m_reload->setEnabled(!rows.isEmpty());
    const auto* current = m_list->currentItem();
    m_compare->setEnabled(current != nullptr && !m_changes[current->data(indexRole).toInt()].removed());
    auto consequence = tr("Keeping yours means that the next save overwrites the file.");
    if (removed < rows.size())
        consequence += QLatin1Char(' ') + tr("Reloading can be undone.");
    if (removed > 0)
        consequence += QLatin1Char(' ')
                       + tr("Closing a journey whose file is gone loses it and all that was not saved; Git has what "
                            "was committed.");
    m_consequence->setText(consequence);
}

} // namespace emac::widgets
