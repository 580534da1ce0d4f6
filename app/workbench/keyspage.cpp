// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/keyspage.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
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
        gesture(QString(action.text()).remove(u'&').remove(u'…'), keysOf(action));
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

KeysPage::KeysPage(const ActionRegistry& actions, QWidget* parent) : QDialog(parent), m_table(new QTreeWidget(this))
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
    layout->addWidget(buttons);
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
        .gesture(tr("Several"), tr("Click with Ctrl or Shift, or drag over empty ground"))
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
    for (const auto* action : all.actions()) {
        if (!action->shortcuts().isEmpty() && !isListed(*m_table, action->objectName()))
            rest.add(*action);
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

} // namespace emac::workbench
