// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/fields.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/editing/asking.h"

#include <QCompleter>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

QVBoxLayout* columnOf(QWidget* field)
{
    auto* column = new QVBoxLayout(field);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::unit / 2);
    return column;
}

QLabel* hintOf(QWidget* field)
{
    auto* hint = parts::body({}, field);
    auto palette = hint->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    hint->setPalette(palette);
    hint->setFont(theme::font(theme::TextSize::Small));
    hint->hide();
    return hint;
}

void say(QLabel* hint, const QString& text)
{
    hint->setText(text);
    hint->setVisible(!text.isEmpty());
}

} // namespace

namespace {

/// The ground of what cannot be edited is that of the panel.
void showGround(QWidget* edit, bool editable)
{
    auto palette = edit->palette();
    palette.setColor(QPalette::Base, editable ? theme::surface() : theme::canvas());
    palette.setColor(QPalette::Text, editable ? theme::text() : theme::mutedText());
    edit->setPalette(palette);
}

} // namespace

void showEditable(QLineEdit* edit, bool editable)
{
    if (edit->isReadOnly() == !editable)
        return;
    edit->setReadOnly(!editable);
    showGround(edit, editable);
}

bool forwardUndo(QEvent* event, QUndoStack* stack)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return false;
    const auto& key = static_cast<const QKeyEvent&>(*event);
    const bool undo = key.matches(QKeySequence::Undo);
    const bool redo = key.matches(QKeySequence::Redo)
                      || key.keyCombination() == (Qt::ControlModifier | Qt::ShiftModifier | Qt::Key_Z);
    if (!undo && !redo)
        return false;
    if (event->type() == QEvent::ShortcutOverride)
        event->ignore(); // the window's action takes it
    else
        undo ? stack->undo() : stack->redo();
    return true;
}

ChoiceField::ChoiceField(const QStringList& items, Apply apply, QWidget* parent)
    : QWidget(parent)
    , m_apply(std::move(apply))
    , m_box(new QComboBox(this))
    , m_hint(hintOf(this))
{
    auto* column = columnOf(this);
    column->addWidget(m_box);
    column->addWidget(m_hint);
    m_box->addItems(items);
    m_box->setFocusPolicy(Qt::StrongFocus);
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->installEventFilter(this);
    setFocusProxy(m_box);
    connect(m_box, &QComboBox::activated, this, [this](int index) {
        if (index == m_current)
            return;
        const auto refusal = m_apply(index);
        m_box->setCurrentIndex(m_current);
        say(m_hint, refusal);
    });
}

void ChoiceField::setDiffer(std::function<bool()> differ)
{
    m_differ = std::move(differ);
    m_box->setPlaceholderText(tr("(several values)"));
}

void ChoiceField::setEditable(bool editable)
{
    m_box->setEnabled(editable);
}

void ChoiceField::setCurrent(int index)
{
    m_box->setAccessibleName(accessibleName());
    if (m_differ && m_differ())
        index = -1;
    if (index != m_current)
        say(m_hint, {});
    m_current = index;
    m_box->setCurrentIndex(index);
}

bool ChoiceField::eventFilter(QObject* watched, QEvent* event)
{
    // Scrolling past a field must not change it.
    if (event->type() == QEvent::Wheel && !m_box->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

NotesField::NotesField(QUndoStack* stack, Apply apply, QWidget* parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_apply(std::move(apply))
    , m_edit(new QPlainTextEdit(this))
    , m_hint(hintOf(this))
{
    auto* column = columnOf(this);
    column->addWidget(m_edit);
    column->addWidget(m_hint);
    m_edit->setTabChangesFocus(true);
    m_edit->setUndoRedoEnabled(false);
    m_edit->setPlaceholderText(tr("none"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * 3 + 2 * theme::unit);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
}

void NotesField::setText(const QString& text)
{
    m_edit->setAccessibleName(accessibleName());
    if (text == m_shown && m_edit->document()->isModified())
        return;
    m_shown = text;
    if (m_edit->toPlainText() != text)
        m_edit->setPlainText(text);
    m_edit->document()->setModified(false);
    say(m_hint, {});
}

void NotesField::setEditable(bool editable)
{
    if (m_edit->isReadOnly() == !editable)
        return;
    m_edit->setReadOnly(!editable);
    showGround(m_edit, editable);
}

void NotesField::commit()
{
    if (!m_edit->document()->isModified())
        return;
    const auto text = m_edit->toPlainText();
    if (text == m_shown)
        m_edit->document()->setModified(false);
    else
        say(m_hint, m_apply(text));
}

bool NotesField::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<const QFocusEvent*>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            commit();
    } else if (event->type() == QEvent::KeyPress) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (key.key() == Qt::Key_Return && (key.modifiers() & Qt::ControlModifier)) {
            commit();
            return true;
        }
        if (key.key() == Qt::Key_Escape && m_edit->document()->isModified()) {
            m_edit->setPlainText(m_shown);
            m_edit->document()->setModified(false);
            say(m_hint, {});
            return true;
        }
    }
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Undo))
        commit();
    return forwardUndo(event, m_stack) || QWidget::eventFilter(watched, event);
}

NamesField::NamesField(QUndoStack* stack, const QString& what, Edits edits, QWidget* parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_edits(std::move(edits))
    , m_what(what)
    , m_list(new QListWidget(this))
    , m_new(new QLineEdit(this))
    , m_rename(new QPushButton(tr("Rename…"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_hint(hintOf(this))
{
    auto* column = columnOf(this);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::unit / 2);
    row->addWidget(m_new, 1);
    row->addWidget(m_rename);
    row->addWidget(m_remove);
    column->addWidget(m_list);
    column->addLayout(row);
    column->addWidget(m_hint);
    m_list->setObjectName(QStringLiteral("names"));
    m_new->setObjectName(QStringLiteral("add"));
    m_rename->setObjectName(QStringLiteral("rename"));
    m_remove->setObjectName(QStringLiteral("remove"));
    m_new->setPlaceholderText(tr("Add…"));
    m_new->setToolTip(tr("Type a name and press Return"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_new->setAccessibleName(tr("Add a %1").arg(what));
    m_rename->setToolTip(tr("Renames the %1 wherever it is named").arg(what));
    m_rename->setAutoDefault(false);
    m_remove->setAutoDefault(false);
    m_new->installEventFilter(this);
    m_list->installEventFilter(this);
    setFocusProxy(m_new);
    connect(m_new, &QLineEdit::returnPressed, this, &NamesField::add);
    connect(m_remove, &QPushButton::clicked, this, &NamesField::removeCurrent);
    connect(m_rename, &QPushButton::clicked, this, &NamesField::renameCurrent);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &NamesField::renameCurrent);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        updateButtons();
        emit currentChanged(current());
    });
    updateButtons();
    m_list->hide();
}

void NamesField::setNames(const QStringList& names)
{
    m_list->setAccessibleName(accessibleName());
    QStringList shown;
    for (int row = 0; row < m_list->count(); ++row)
        shown << m_list->item(row)->text();
    if (names == shown)
        return;
    const int row = m_list->currentRow();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    m_list->addItems(names);
    m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    m_list->setVisible(!names.isEmpty());
    constexpr qsizetype mostRows = 6;
    const auto rows = static_cast<int>(std::min(names.size(), mostRows));
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth());
    updateButtons();
    emit currentChanged(current());
}

void NamesField::setEditable(bool editable)
{
    m_editable = editable;
    showEditable(m_new, editable);
    updateButtons();
}

void NamesField::updateButtons()
{
    for (auto* button : {m_rename, m_remove})
        button->setEnabled(m_editable && m_list->currentRow() >= 0);
}

QString NamesField::current() const
{
    const auto* item = m_list->currentItem();
    return item != nullptr ? item->text() : QString();
}

void NamesField::complete(const QStringList& names)
{
    auto* completer = new QCompleter(names, m_new);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    delete m_new->completer();
    m_new->setCompleter(completer);
}

bool NamesField::said(const QString& refusal)
{
    say(m_hint, refusal);
    return refusal.isEmpty();
}

void NamesField::add()
{
    const auto name = m_new->text().trimmed();
    if (!name.isEmpty() && said(m_edits.add(name)))
        m_new->clear();
}

void NamesField::removeCurrent()
{
    if (const auto name = current(); !name.isEmpty())
        said(m_edits.remove(name));
}

void NamesField::renameCurrent()
{
    const auto name = current();
    if (name.isEmpty())
        return;
    auto* dialog =
        new NameDialog(window(), tr("Rename %1").arg(name), tr("New name, wherever it is named"), name,
                       NameDialog::Empty::Refuse, [this, name](const QString& to) { return m_edits.rename(name, to); });
    connect(this, &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

bool NamesField::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (isKey && watched == m_list) {
        // In the list the keys mean its entry, not what is selected on the canvas.
        const auto key = static_cast<const QKeyEvent*>(event)->key();
        if (key == Qt::Key_Delete || key == Qt::Key_F2) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                key == Qt::Key_Delete ? removeCurrent() : renameCurrent();
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress && static_cast<const QKeyEvent*>(event)->key() == Qt::Key_Escape
        && !m_new->text().isEmpty()) {
        m_new->clear();
        said({});
        return true;
    }
    return forwardUndo(event, m_stack) || QWidget::eventFilter(watched, event);
}

} // namespace emac::widgets
