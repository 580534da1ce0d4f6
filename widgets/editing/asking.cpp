// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/asking.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {
constexpr int nameRole = Qt::UserRole;
constexpr int newRole = Qt::UserRole + 1;
} // namespace

AskDialog::AskDialog(QWidget* parent, const QString& title, const QString& label)
    : QDialog(parent)
    , m_column(new QVBoxLayout)
    , m_edit(new QLineEdit(this))
    , m_refusal(parts::body({}, this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(48 * theme::unit);
    auto* name = parts::body(label, this);
    name->setBuddy(m_edit);
    m_edit->setObjectName(QStringLiteral("answer"));
    m_edit->setAccessibleName(label);
    auto palette = m_refusal->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_refusal->setPalette(palette);
    m_refusal->setObjectName(QStringLiteral("refusal"));
    m_refusal->hide();

    m_column->setSpacing(theme::unit);
    m_column->addWidget(name);
    m_column->addWidget(m_edit);
    auto* outer = new QVBoxLayout(this);
    outer->setSpacing(theme::unit);
    outer->addLayout(m_column, 1);
    outer->addWidget(m_refusal);
    outer->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &AskDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &AskDialog::reject);
    connect(m_edit, &QLineEdit::textChanged, m_refusal, &QLabel::hide);
    m_edit->setFocus();
}

void AskDialog::setAnswerable(bool answerable)
{
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(answerable);
}

void AskDialog::accept()
{
    if (!m_buttons->button(QDialogButtonBox::Ok)->isEnabled())
        return;
    const auto refusal = answer();
    if (refusal.isEmpty()) {
        QDialog::accept();
        return;
    }
    m_refusal->setText(refusal);
    m_refusal->show();
    m_edit->setAccessibleDescription(refusal);
    m_edit->setFocus();
}

NameDialog::NameDialog(QWidget* parent, const QString& title, const QString& label, const QString& initial, Empty empty,
                       Accept accept)
    : AskDialog(parent, title, label)
    , m_accept(std::move(accept))
{
    const auto update = [this, empty](const QString& text) {
        setAnswerable(empty == Empty::Allow || !text.trimmed().isEmpty());
    };
    connect(edit(), &QLineEdit::textChanged, this, update);
    edit()->setText(initial);
    edit()->selectAll();
    update(initial);
}

QString NameDialog::answer()
{
    return m_accept(edit()->text().trimmed());
}

PickDialog::PickDialog(QWidget* parent, const QString& title, const QString& label, QStringList items,
                       const QString& offerNew, Accept accept)
    : AskDialog(parent, title, label)
    , m_items(std::move(items))
    , m_offerNew(offerNew)
    , m_accept(std::move(accept))
    , m_list(new QListWidget(this))
{
    m_list->setObjectName(QStringLiteral("choices"));
    m_list->setAccessibleName(label);
    m_list->setUniformItemSizes(true);
    column()->addWidget(m_list, 1);
    edit()->setPlaceholderText(offerNew.isEmpty() ? tr("Search") : tr("Search, or type a new name"));
    edit()->setClearButtonEnabled(true);
    edit()->installEventFilter(this);
    connect(edit(), &QLineEdit::textChanged, this, &PickDialog::fill);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &PickDialog::accept);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { setAnswerable(row >= 0); });
    fill();
}

void PickDialog::fill()
{
    const auto typed = edit()->text().trimmed();
    auto found = m_items;
    found.removeIf([&typed](const QString& item) { return !item.contains(typed, Qt::CaseInsensitive); });
    // What begins with the search comes first.
    std::ranges::stable_partition(
        found, [&typed](const QString& item) { return item.startsWith(typed, Qt::CaseInsensitive); });
    m_list->clear();
    for (const auto& name : std::as_const(found)) {
        auto* item = new QListWidgetItem(name, m_list);
        item->setData(nameRole, name);
        item->setData(newRole, false);
    }
    if (!m_offerNew.isEmpty() && !typed.isEmpty() && !m_items.contains(typed)) {
        auto* item = new QListWidgetItem(m_offerNew.arg(typed), m_list);
        item->setData(nameRole, typed);
        item->setData(newRole, true);
        item->setForeground(theme::accent());
    }
    m_list->setCurrentRow(m_list->count() > 0 ? std::max(0, static_cast<int>(found.indexOf(typed))) : -1);
    setAnswerable(m_list->count() > 0);
}

QString PickDialog::answer()
{
    const auto* item = m_list->currentItem();
    return item == nullptr ? QString() : m_accept(item->data(nameRole).toString(), item->data(newRole).toBool());
}

bool PickDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto key = static_cast<const QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return AskDialog::eventFilter(watched, event);
}

} // namespace emac::widgets
