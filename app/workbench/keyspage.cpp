// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/keyspage.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace emac::workbench {

using namespace widgets;

namespace {

enum Column
{
    What,
    How
};

QString keysOf(const QAction& action)
{
    return QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText);
}

QTreeWidgetItem* addGroup(QTreeWidget* table, const QString& title)
{
    auto* group = new QTreeWidgetItem(table, {title});
    group->setFont(What, theme::font(theme::TextSize::Body, QFont::DemiBold));
    group->setFirstColumnSpanned(true);
    group->setFlags(Qt::ItemIsEnabled);
    return group;
}

class Group
{
public:
    Group(const ActionRegistry& actions, QTreeWidget* table, const QString& title)
        : m_actions(actions)
        , m_group(addGroup(table, title))
    {
    }

    /// What no action does.
    Group& gesture(const QString& what, const QString& how)
    {
        m_group->addChild(new QTreeWidgetItem({what, how}));
        return *this;
    }

    /// Each with its shortcut, in the words of the menu.
    Group& actions(std::initializer_list<const char*> ids)
    {
        for (const auto* id : ids)
            add(*m_actions.action(QLatin1String(id)));
        return *this;
    }

    void add(const QAction& action)
    {
        gesture(ActionRegistry::nameOf(action), keysOf(action));
        m_group->child(m_group->childCount() - 1)->setData(What, Qt::UserRole, action.objectName());
    }

private:
    const ActionRegistry& m_actions;
    QTreeWidgetItem* m_group;
};

bool isListed(const QTreeWidget& table, const QString& id)
{
    for (int group = 0; group < table.topLevelItemCount(); ++group) {
        for (int row = 0; row < table.topLevelItem(group)->childCount(); ++row) {
            if (table.topLevelItem(group)->child(row)->data(What, Qt::UserRole).toString() == id)
                return true;
        }
    }
    return false;
}

} // namespace

KeysPage::KeysPage(ActionRegistry& actions, QWidget* parent)
    : QDialog(parent)
    , m_actions(actions)
    , m_table(new QTreeWidget(this))
    , m_which(new QLabel(this))
    , m_keys(new QKeySequenceEdit(this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_reset(new QPushButton(tr("Default"), this))
    , m_refusal(parts::body({}, this))
{
    setWindowTitle(tr("Keys and Gestures"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* search = new QLineEdit(this);
    search->setPlaceholderText(tr("Search"));
    search->setAccessibleName(tr("Search keys and gestures"));
    search->setClearButtonEnabled(true);
    connect(search, &QLineEdit::textChanged, this, &KeysPage::filter);
    m_table->setHeaderLabels({tr("To do"), tr("Keys and mouse")});
    m_table->setAccessibleName(tr("Keys and gestures"));
    m_table->setRootIsDecorated(false);
    m_table->setWordWrap(true);
    m_table->setItemsExpandable(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    parts::useThemeColours(m_table);
    fill(actions);
    m_table->expandAll();
    m_table->header()->setSectionResizeMode(What, QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(search);
    layout->addWidget(m_table);
    layout->addWidget(makeEditor());
    layout->addWidget(m_refusal);
    layout->addWidget(buttons);
    followRow();
    resize(110 * theme::unit, 90 * theme::unit);
    search->setFocus();
}

void KeysPage::fill(const ActionRegistry& all)
{
    Group(all, m_table, tr("Draw"))
        .gesture(tr("Add a step behind the selected one"), tr("Enter, type a name, Enter"))
        .gesture(tr("Add a step before it"), tr("Shift+Enter"))
        .gesture(tr("Add a step somewhere else"), tr("Click a + beside a card or on an arrow, or pull it away"))
        .gesture(tr("Add from the palette"), tr("Drag it; or click it, then the place (Shift: several); or Enter"))
        .gesture(tr("Put into the journey"), tr("Drop on an arrow, into a frame, or on a call"))
        .gesture(tr("Rename"), tr("Double click, or F2"))
        .gesture(tr("Give up a gesture or a name"), tr("Esc, or the right mouse button"))
        .actions({"journey.insertAfter", "journey.insertBefore", "journey.insertInto", "edit.delete", "edit.duplicate",
                  "edit.cut", "edit.copy", "edit.paste", "journey.unwrap", "journey.bind"});
    Group(all, m_table, tr("Move"))
        .gesture(tr("To another place of the journey"), tr("Drag onto an arrow, into a frame, or onto a call"))
        .gesture(tr("Only on the page"), tr("Drag onto empty ground"))
        .gesture(tr("Without aligning"), tr("Hold Alt while dragging"))
        .gesture(tr("Onto a call, into a race or a parallel"), tr("Hold Shift, or Ctrl, while dropping"))
        .gesture(tr("By a step, by a pixel"), tr("Ctrl+arrow, Ctrl+Shift+arrow"))
        .actions({"edit.moveEarlier", "edit.moveLater", "edit.indent", "edit.outdent", "journey.layOutSelection",
                  "journey.layOutAll"});
    Group(all, m_table, tr("Select"))
        .gesture(tr("The next one in a direction"), tr("Arrow keys"))
        .gesture(tr("The first, the last"), tr("Home, End"))
        .gesture(tr("Several"), tr("Click with Ctrl or Shift, Shift+arrow keys, or drag over empty ground"))
        .gesture(tr("Nothing"), tr("Esc, or click on empty ground"))
        .actions({"edit.selectAll", "edit.find", "edit.findNext", "edit.findPrevious", "journey.whereUsed"});
    Group(all, m_table, tr("View"))
        .gesture(tr("Scroll"), tr("Wheel; with Shift sideways"))
        .gesture(tr("Push the page"), tr("Drag with the middle button, or with Space held"))
        .gesture(tr("Zoom at the pointer"), tr("Ctrl+wheel"))
        .gesture(tr("Close or open an operator"), tr("Click its triangle"))
        .gesture(tr("Open a fragment"), tr("Double click its box"))
        .gesture(tr("Back to the drawing from a panel"), tr("Esc"))
        .gesture(tr("Explain a number"), tr("Click it"))
        .actions({"view.properties", "view.nextPanel", "view.previousPanel", "view.zoomIn", "view.zoomOut",
                  "view.zoomReset", "view.zoomFit", "view.zoomSelection", "view.collapse", "view.expand",
                  "view.explain"});
    Group rest(all, m_table, tr("Files and everything else"));
    for (const bool has : {true, false}) {
        for (const auto* action : all.actions()) {
            if (action->shortcuts().isEmpty() != has && !isListed(*m_table, action->objectName()))
                rest.add(*action);
        }
    }
}

void KeysPage::filter(const QString& text)
{
    const auto wanted = text.trimmed();
    for (int index = 0; index < m_table->topLevelItemCount(); ++index) {
        auto* group = m_table->topLevelItem(index);
        bool any = false;
        for (int row = 0; row < group->childCount(); ++row) {
            auto* item = group->child(row);
            const bool found = item->text(What).contains(wanted, Qt::CaseInsensitive)
                               || item->text(How).contains(wanted, Qt::CaseInsensitive);
            item->setHidden(!found);
            any = any || found;
        }
        group->setHidden(!any);
    }
}

/// The shortcut of the action that is chosen in the table.
QWidget* KeysPage::makeEditor()
{
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    m_keys->setObjectName(QStringLiteral("shortcut"));
    m_remove->setObjectName(QStringLiteral("removeShortcut"));
    m_reset->setObjectName(QStringLiteral("resetShortcut"));
    m_refusal->setObjectName(QStringLiteral("refusal"));
    m_refusal->setWordWrap(true);
    auto palette = m_refusal->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_refusal->setPalette(palette);
    m_which->setBuddy(m_keys);
    line->addWidget(m_which, 1);
    line->addWidget(m_keys);
    line->addWidget(m_remove);
    line->addWidget(m_reset);
    for (auto* button : {m_remove, m_reset})
        button->setAutoDefault(false);
    connect(m_table, &QTreeWidget::currentItemChanged, this, &KeysPage::followRow);
    connect(m_keys, &QKeySequenceEdit::editingFinished, this, [this] {
        if (!m_keys->keySequence().isEmpty())
            tell(m_actions.setShortcuts(current(), {m_keys->keySequence()}));
    });
    connect(m_remove, &QPushButton::clicked, this, [this] { tell(m_actions.setShortcuts(current(), {})); });
    connect(m_reset, &QPushButton::clicked, this, [this] { tell(m_actions.resetShortcuts(current())); });
    return row;
}

QString KeysPage::current() const
{
    const auto* item = m_table->currentItem();
    return item != nullptr ? item->data(What, Qt::UserRole).toString() : QString();
}

void KeysPage::followRow()
{
    const auto id = current();
    const auto* action = m_actions.action(id);
    m_which->setText(action != nullptr ? tr("Shortcut of “%1”").arg(m_table->currentItem()->text(What))
                                       : tr("Choose an action to change its shortcut"));
    m_keys->setAccessibleName(m_which->text());
    m_keys->setKeySequence(action != nullptr ? action->shortcut() : QKeySequence());
    m_keys->setEnabled(action != nullptr);
    m_remove->setEnabled(action != nullptr && !action->shortcuts().isEmpty());
    m_reset->setEnabled(action != nullptr && m_actions.hasOwnShortcuts(id));
    m_refusal->hide();
}

/// What became of it: the shortcuts as they are now, and why they are not others.
void KeysPage::tell(const QString& refusal)
{
    if (auto* item = m_table->currentItem(); item != nullptr)
        item->setText(How, keysOf(*m_actions.action(current())));
    followRow();
    m_refusal->setText(refusal);
    m_refusal->setVisible(!refusal.isEmpty());
}

} // namespace emac::workbench
