// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/editactions.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/editing/asking.h"

#include <QMenu>

#include <algorithm>

namespace emac::widgets {

using journey::OperatorType;
using Menu = ActionRegistry::Menu;

EditActions::EditActions(ActionRegistry* registry, QWidget* window)
    : QObject(window)
    , m_registry(registry)
    , m_window(window)
{
    addClipboardActions();
    addTreeActions();
    addOperatorActions();
    addNamedActions();
    addPageActions();
    update();
}

QAction* EditActions::add(const QString& id, Menu menu, const QString& text, const QList<QKeySequence>& shortcuts,
                          Enabled enabled, const std::function<void()>& handler, Needs needs)
{
    auto* action = m_registry->add(id, menu, text, shortcuts, handler);
    m_actions.push_back({action, std::move(enabled), needs});
    return action;
}

void EditActions::addTreeActions()
{
    const auto emptyPage = [this] { return !pageRoot(); };
    add(
        QStringLiteral("edit.delete"), Menu::Edit, tr("&Delete"), {QKeySequence(Qt::Key_Delete)},
        [this] { return !m_selected.empty() || !component().empty(); }, [this] { remove(); });
    add(
        QStringLiteral("edit.rename"), Menu::Edit, tr("Re&name…"), {QKeySequence(Qt::Key_F2)},
        [this] { return m_selected.all().size() <= 1; }, [this] { rename(); });
    add(
        QStringLiteral("edit.notes"), Menu::Edit, tr("N&otes…"), {QKeySequence(Qt::SHIFT | Qt::Key_F2)},
        [this] { return m_selected.single() != nullptr || !component().empty(); },
        [this] { m_document->selection()->reveal(m_document->selection()->current(), QStringLiteral("notes")); });
    add(
        QStringLiteral("edit.moveEarlier"), Menu::Edit, tr("Move &Earlier"), {QKeySequence(Qt::ALT | Qt::Key_Up)},
        [this] { return m_selected.canMove(-1); }, [this] { move(-1); });
    add(
        QStringLiteral("edit.moveLater"), Menu::Edit, tr("Move &Later"), {QKeySequence(Qt::ALT | Qt::Key_Down)},
        [this] { return m_selected.canMove(1); }, [this] { move(1); });
    auto* indent = add(
        QStringLiteral("edit.indent"), Menu::Edit, tr("&Indent"), {QKeySequence(Qt::ALT | Qt::Key_Right)},
        [this] { return indenting(journey(), m_selected).has_value(); }, [this] { nest(indenting); });
    indent->setToolTip(tr("%1: into the operator before; together with a call before it, into a new series, or, among "
                          "the steps of a series, into a new parallel")
                           .arg(indent->toolTip()));
    auto* outdent = add(
        QStringLiteral("edit.outdent"), Menu::Edit, tr("Outdent"), {QKeySequence(Qt::ALT | Qt::Key_Left)},
        [this] { return outdenting(journey(), m_selected).has_value(); }, [this] { nest(outdenting); });
    outdent->setToolTip(tr("%1: out of the operator that holds it, behind that").arg(outdent->toolTip()));

    add(QStringLiteral("journey.firstCall"), Menu::Journey, tr("Draw the &First Step…"), {}, emptyPage,
        [this] { insertBeside(journey::Side::After); });
    add(
        QStringLiteral("journey.insertAfter"), Menu::Journey, tr("Insert &After…"), {QKeySequence(Qt::Key_Insert)},
        [this] { return !m_selected.empty() || pageRoot(); }, [this] { insertBeside(journey::Side::After); });
    add(
        QStringLiteral("journey.insertBefore"), Menu::Journey, tr("Insert &Before…"),
        {QKeySequence(Qt::ALT | Qt::Key_Insert)}, [this] { return !m_selected.empty(); },
        [this] { insertBeside(journey::Side::Before); });
    add(
        QStringLiteral("journey.insertInto"), Menu::Journey, tr("Insert &Into…"),
        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Insert)}, [this] { return m_selected.isSingleOperator(); },
        [this] { insertInto(); });
}

void EditActions::addOperatorActions()
{
    const auto word = [](OperatorType type) { return QString::fromLatin1(journey::keyword(type)); };
    for (const auto type : offeredOperators) {
        auto* action = add(
            QStringLiteral("journey.wrap.") + word(type), Menu::Journey, operatorTitle(type), {},
            [this, type] { return !m_selected.empty() && whyNotWrapped(type).isEmpty(); },
            [this, type] { wrap(type); });
        action->setIconText(tr("Wrap in %1").arg(operatorTitle(type))); // the text stands in a menu of that name
        m_wraps.append(action);
    }
    for (const auto type : offeredOperators) {
        auto* action = add(
            QStringLiteral("journey.change.") + word(type), Menu::Journey, operatorTitle(type), {},
            [this, type] { return m_selected.areOperatorsOtherThan(type); }, [this, type] { change(type); });
        action->setIconText(tr("Change to %1").arg(operatorTitle(type)));
        action->setToolTip(action->iconText());
        m_changes.append(action);
    }
    add(
        QStringLiteral("journey.unwrap"), Menu::Journey, tr("&Unwrap"), {QKeySequence(Qt::CTRL | Qt::Key_U)},
        [this] { return m_selected.isSingleOperator(); }, [this] { unwrap(); });
    add(
        QStringLiteral("journey.extract"), Menu::Journey, tr("E&xtract Fragment…"), {},
        [this] { return m_selected.areSiblings(); }, [this] { extract(); });
    add(
        QStringLiteral("journey.inline"), Menu::Journey, tr("I&nline Fragment"), {},
        [this] { return m_selected.isSingle(OperatorType::Use); }, [this] { inlineFragment(); });
}

void EditActions::addNamedActions()
{
    const auto always = [] { return true; };
    const auto hasComponent = [this] { return !component().empty(); };
    const auto bound = [this] {
        const auto found = journey().components.find(component());
        return found && !found->atomicSloRef.empty();
    };
    add(
        QStringLiteral("journey.callAnother"), Menu::Journey, tr("&Call Another Component…"), {},
        [this] { return m_selected.isSingle(OperatorType::Call) || m_selected.isSingle(OperatorType::Use); },
        [this] { callAnother(); });
    add(QStringLiteral("journey.bind"), Menu::Journey, tr("Bind to &SLO…"), {QKeySequence(Qt::CTRL | Qt::Key_B)},
        hasComponent, [this] { bind(); });
    add(QStringLiteral("journey.unbind"), Menu::Journey, tr("Remove SLO Bin&ding"), {}, bound, [this] {
        const auto name = component();
        apply(journey::BindComponent{name, {}}, tr("Remove SLO binding of %1").arg(QString::fromStdString(name)));
    });
    add(QStringLiteral("journey.addComponent"), Menu::Journey, tr("New Com&ponent…"), {}, always,
        [this] { addComponent(); });
    add(QStringLiteral("journey.removeComponent"), Menu::Journey, tr("&Remove Component"), {}, hasComponent, [this] {
        const auto name = component();
        apply(journey::RemoveComponent{name}, tr("Remove component %1").arg(QString::fromStdString(name)), Selection{});
    });
    add(QStringLiteral("journey.addDomain"), Menu::Journey, tr("New Failure Do&main…"), {}, always,
        [this] { addDomain(); });
    add(
        QStringLiteral("journey.renameDomain"), Menu::Journey, tr("Rename Failure Domain…"), {},
        [this] { return !domainNames().isEmpty(); }, [this] { renameDomain(); });
    add(
        QStringLiteral("journey.removeDomain"), Menu::Journey, tr("Remove Failure Domain…"), {},
        [this] { return !journey().domainRules.empty(); }, [this] { removeDomain(); });
}

void EditActions::setDocument(JourneyDocument* document)
{
    if (m_document == document)
        return;
    if (m_document) {
        m_document->disconnect(this);
        m_document->selection()->disconnect(this);
    }
    if (m_dialog)
        m_dialog->reject();
    m_document = document;
    if (document != nullptr) {
        connect(document, &JourneyDocument::valueChanged, this, &EditActions::update);
        connect(document, &JourneyDocument::readOnlyChanged, this, &EditActions::update);
        connect(document->selection(), &SelectionModel::changed, this, &EditActions::update);
        connect(document->selection(), &SelectionModel::pageChanged, this, &EditActions::update);
        connect(document, &QObject::destroyed, this, &EditActions::update);
    }
    update();
}

void EditActions::update()
{
    const bool readable = m_document && m_document->isReadable();
    const bool editable = readable && m_document->isEditable();
    m_selected = readable ? NodeSelection(*m_document) : NodeSelection();
    for (const auto& [action, enabled, needs] : m_actions)
        action->setEnabled((needs == Needs::Editing ? editable : readable) && enabled());
    for (std::size_t i = 0; i < std::size(offeredOperators); ++i) {
        const auto why = editable && !m_selected.empty() ? whyNotWrapped(offeredOperators[i]) : QString();
        const auto words = tr("Wrap in %1").arg(operatorTitle(offeredOperators[i]));
        m_wraps[static_cast<qsizetype>(i)]->setToolTip(why.isEmpty() ? words : tr("%1: %2").arg(words, why));
    }
}

QString EditActions::whyNotWrapped(OperatorType type) const
{
    if (!m_selected.areSiblings())
        return tr("only what stands in the same frame can be put into one together");
    if (type == OperatorType::Series && m_selected.all().size() == 1)
        return tr("a series needs two steps; select both, or drop one onto the other");
    return {};
}

std::string EditActions::component() const
{
    if (!m_document || !m_document->isReadable())
        return {};
    const auto current = m_document->selection()->current();
    if (current.kind == journey::Element::Kind::Component)
        return journey().components.find(current.name) ? current.name : std::string();
    const auto node = m_selected.single();
    const auto* call = node ? std::get_if<journey::Call>(&node->op) : nullptr;
    return call != nullptr ? call->component : std::string();
}

QString EditActions::apply(const journey::Edit& edit, const QString& words, const std::optional<Selection>& select)
{
    if (!m_document)
        return {};
    const auto reason = m_document->apply(edit, words, select);
    if (!reason.isEmpty())
        emit refused(reason);
    return reason;
}

void EditActions::open(AskDialog* dialog)
{
    // The answer is for this document only: see setDocument().
    connect(m_document, &QObject::destroyed, dialog, &QDialog::reject);
    m_dialog = dialog;
    dialog->open();
}

QAction* EditActions::action(const char* id) const
{
    return m_registry->action(QLatin1String(id));
}

void EditActions::addSubMenu(const QString& title, const QList<QAction*>& actions, QMenu* parent) const
{
    auto* menu = parent->addMenu(title);
    menu->setToolTipsVisible(true); // why an item is off
    menu->addActions(actions);
}

void EditActions::addItem(const char* id, QMenu* menu) const
{
    if (*id == '\0')
        menu->addSeparator();
    else
        menu->addAction(action(id));
}

void EditActions::fillEditMenu(QMenu* menu) const
{
    for (const auto* id :
         {"edit.cut", "edit.copy", "edit.paste", "edit.duplicate", "edit.selectAll", "", "edit.delete", "edit.rename",
          "edit.notes", "", "edit.moveEarlier", "edit.moveLater", "edit.indent", "edit.outdent"})
        addItem(id, menu);
}

void EditActions::fillJourneyMenu(QMenu* menu) const
{
    for (const auto* id : {"journey.firstCall", "journey.insertAfter", "journey.insertBefore", "journey.insertInto"})
        menu->addAction(action(id));
    menu->addSeparator();
    addSubMenu(tr("&Wrap in"), m_wraps, menu);
    addSubMenu(tr("Change &Operator"), m_changes, menu);
    for (const auto* id :
         {"journey.unwrap", "", "journey.extract", "journey.inline", "journey.openFragment", "journey.leaveFragment",
          "", "journey.callAnother", "journey.whereUsed", "journey.bind", "journey.unbind", "", "journey.addComponent",
          "journey.removeComponent", "", "journey.addDomain", "journey.renameDomain", "journey.removeDomain"}) {
        addItem(id, menu);
    }
}

void EditActions::fillContextMenu(QMenu* menu) const
{
    const auto addEnabled = [this, menu](std::initializer_list<const char*> ids) {
        for (const auto* id : ids) {
            if (action(id)->isEnabled())
                menu->addAction(action(id));
        }
        menu->addSeparator();
    };
    addEnabled({"journey.firstCall", "journey.insertAfter", "journey.insertBefore", "journey.insertInto"});
    if (!m_selected.empty())
        addSubMenu(tr("&Wrap in"), m_wraps, menu);
    if (std::ranges::any_of(m_changes, [](const QAction* action) { return action->isEnabled(); }))
        addSubMenu(tr("Change &Operator"), m_changes, menu);
    addEnabled({"journey.unwrap"});
    addEnabled({"journey.openFragment", "journey.extract", "journey.inline"});
    addEnabled({"journey.callAnother", "journey.bind", "journey.unbind", "journey.whereUsed"});
    if (m_selected.empty())
        addEnabled({"journey.addComponent", "journey.addDomain"});
    addEnabled({"edit.moveEarlier", "edit.moveLater", "edit.indent", "edit.outdent"});
    addEnabled({"edit.cut", "edit.copy", "edit.paste", "edit.duplicate"});
    addEnabled({"edit.rename", "edit.notes", "edit.delete"});
}

} // namespace emac::widgets
