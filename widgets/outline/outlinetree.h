// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/editing/renaming.h"
#include "widgets/outline/outlinemodel.h"

#include <QPointer>
#include <QStyledItemDelegate>
#include <QTreeView>

#include <optional>
#include <string>
#include <unordered_set>

class QLineEdit;

namespace emac::widgets {

/// Paints a row: glyph, role in its parent, title, detail, badges; and its numbers over a bar of heat. Edits a name or
/// an availability in place: what would be refused is said beside the editor as it is typed; the editor stays until Esc
/// or a good name.
class OutlineDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    OutlineDelegate(OutlineModel* model, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The editor has its text from the beginning: numbers that arrive do not write over what is typed.
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    /// Null where nothing is edited.
    QLineEdit* editor() const { return m_editor; }

    /// Rows that find() has not found step back.
    void setSearching(bool searching) { m_searching = searching; }
    /// Whether the name that is edited next has just been made, and means nothing.
    void setFresh(bool fresh) { m_fresh = fresh; }
    /// Ends what is being edited with what is typed.
    void commitPending();

signals:
    void entered(); ///< by Return or Tab, and accepted; the editor has closed
    void left(); ///< in any other way

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void paintStep(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintNumbers(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    bool finish(QLineEdit* editor);
    QString refusalOfTyped(const QString& text) const;
    static void say(QLineEdit* editor, const QString& refusal);

    OutlineModel* m_model;
    bool m_searching = false;
    bool m_fresh = false;
    bool m_closing = false; ///< the editor is, which has not been told yet
    bool m_entered = false; ///< it is by Return or Tab
    mutable Naming m_naming; ///< by the editor that was made last
    mutable std::optional<std::string> m_component; ///< or the one whose availability it edits
    mutable QPointer<QLineEdit> m_editor;
};

/// The tree of the outline. What is collapsed stays so, also when undo brings it back; everything else is open.
class OutlineTree : public QTreeView
{
    Q_OBJECT
public:
    explicit OutlineTree(OutlineModel* model, QWidget* parent = nullptr);

    /// Edits the name of the current row in place.
    void renameCurrent();
    /// The same of a row whose name has just been made, and means nothing.
    void nameFresh(const QModelIndex& index);
    /// Edits the availability of the current row in place, beginning with this text. @returns whether it has one
    bool typeAvailability(const QString& text);

signals:
    void stepWanted(); ///< Return: a step after the current row
    void childWanted(); ///< Ctrl+Return: a step in it
    void menuRequested(const QPoint& globalPosition);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void startDrag(Qt::DropActions supportedActions) override;

private:
    void expandAsRemembered();

    OutlineModel* m_model;
    std::unordered_set<journey::NodeId> m_collapsed;
    QPersistentModelIndex m_anchor; ///< where what Shift extends begins
    bool m_extending = false; ///< Shift is down
};

} // namespace emac::widgets
