// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QPlainTextEdit>
#include <QUndoStack>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

/// Fields of the inspector for what is no single typed value. Each shows beside it why an edit was refused. Undo and
/// redo keys mean the document's stack.
namespace emac::widgets {

/// One of a few values.
class ChoiceField : public QWidget
{
    Q_OBJECT
public:
    /// @returns why the choice was refused, else an empty text
    using Apply = std::function<QString(int index)>;
    ChoiceField(const QStringList& items, Apply apply, QWidget* parent);

    void setCurrent(int index);
    /// Where the field stands for values that differ, it shows "(several values)" until one is chosen.
    void setDiffer(std::function<bool()> differ);
    void setEditable(bool editable);
    QComboBox* comboBox() const { return m_box; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Apply m_apply;
    QComboBox* m_box;
    QLabel* m_hint;
    std::function<bool()> m_differ; ///< may be empty
    int m_current = 0; ///< -1: several
};

/// Several lines of free text; an edit once the focus leaves, or on Ctrl+Return. Esc gives up what is typed.
class NotesField : public QWidget
{
    Q_OBJECT
public:
    using Apply = std::function<QString(const QString& text)>;
    NotesField(QUndoStack* stack, Apply apply, QWidget* parent);

    void setText(const QString& text);
    void setEditable(bool editable);
    /// Makes what is typed and not yet done an edit.
    void commit();
    QPlainTextEdit* textEdit() const { return m_edit; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QUndoStack* m_stack;
    Apply m_apply;
    QPlainTextEdit* m_edit;
    QLabel* m_hint;
    QString m_shown;
};

/// A list of names with a line to add one, and buttons to rename and to remove the current one.
class NamesField : public QWidget
{
    Q_OBJECT
public:
    struct Edits
    {
        std::function<QString(const QString& name)> add;
        std::function<QString(const QString& name)> remove;
        std::function<QString(const QString& from, const QString& to)> rename;
    };
    /// @param what is in the list, for the placeholder: "failure domain"
    NamesField(QUndoStack* stack, const QString& what, Edits edits, QWidget* parent);

    void setNames(const QStringList& names);
    void setEditable(bool editable);
    QString current() const; ///< empty where none is
    /// Offers these while a name is typed.
    void complete(const QStringList& names);

signals:
    void currentChanged(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add();
    void removeCurrent();
    void renameCurrent();
    void updateButtons();
    bool said(const QString& refusal); ///< true where there is none

    QUndoStack* m_stack;
    bool m_editable = true;
    Edits m_edits;
    QString m_what;
    QListWidget* m_list;
    QLineEdit* m_new;
    QPushButton* m_rename;
    QPushButton* m_remove;
    QLabel* m_hint;
};

/// A field that cannot be edited can still be read and copied from, and looks so.
void showEditable(QLineEdit* edit, bool editable);

/// Undo and redo keys pressed in a field act on the stack. @returns whether the event was one of them
bool forwardUndo(QEvent* event, QUndoStack* stack);

} // namespace emac::widgets
