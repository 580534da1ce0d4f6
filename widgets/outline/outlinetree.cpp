// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outline/outlinetree.h"

#include "widgets/common/theme.h"

#include <QContextMenuEvent>
#include <QDrag>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QResizeEvent>

#include <algorithm>

namespace emac::widgets {

namespace {
constexpr int numbersWidth = 18 * theme::unit; ///< two availabilities of seven figures
} // namespace

OutlineTree::OutlineTree(OutlineModel* model, QWidget* parent) : QTreeView(parent), m_model(model)
{
    setModel(model);
    setObjectName(QStringLiteral("outline"));
    setAccessibleName(tr("Outline of the journey"));
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(DoubleClicked);
    setExpandsOnDoubleClick(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(theme::unit * 3 / 2);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setDragEnabled(true);
    setAcceptDrops(true);
    setDropIndicatorShown(true);
    setDefaultDropAction(Qt::MoveAction);
    setDragDropMode(DragDrop);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(OutlineModel::Step, QHeaderView::Stretch);
    // Fitting the width to the contents would ask every row whenever one has changed.
    header()->setSectionResizeMode(OutlineModel::Availability, QHeaderView::Interactive);
    header()->setSectionsMovable(false);

    connect(this, &QTreeView::collapsed, this,
            [this](const QModelIndex& index) { m_collapsed.insert(m_model->key(index)); });
    connect(this, &QTreeView::expanded, this,
            [this](const QModelIndex& index) { m_collapsed.erase(m_model->key(index)); });
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (!m_extending)
            m_anchor = current;
    });
    connect(model, &OutlineModel::followed, this, &OutlineTree::expandAsRemembered);
    expandAsRemembered();
}

void OutlineTree::resizeEvent(QResizeEvent* event)
{
    // Names come first: where there is no room for both, the numbers are cut.
    header()->resizeSection(OutlineModel::Availability, std::min(numbersWidth, event->size().width() * 2 / 5));
    QTreeView::resizeEvent(event);
}

void OutlineTree::expandAsRemembered()
{
    const auto open = [this](const auto& self, const QModelIndex& parent) -> void {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const auto index = m_model->index(row, 0, parent);
            if (m_model->rowCount(index) == 0)
                continue;
            if (!m_collapsed.contains(m_model->key(index)))
                setExpanded(index, true);
            self(self, index);
        }
    };
    open(open, {});
}

void OutlineTree::renameCurrent()
{
    const auto index = currentIndex().siblingAtColumn(OutlineModel::Step);
    if (index.isValid() && (index.flags() & Qt::ItemIsEditable))
        edit(index);
}

void OutlineTree::nameFresh(const QModelIndex& index)
{
    auto* delegate = static_cast<OutlineDelegate*>(itemDelegate());
    scrollTo(index);
    delegate->setFresh(true);
    edit(index);
    delegate->setFresh(false);
}

bool OutlineTree::typeAvailability(const QString& text)
{
    const auto index = currentIndex().siblingAtColumn(OutlineModel::Availability);
    if (!index.isValid() || !(index.flags() & Qt::ItemIsEditable))
        return false;
    edit(index);
    if (auto* editor = static_cast<OutlineDelegate*>(itemDelegate())->editor())
        editor->setText(text);
    return true;
}

/// The view's own anchor is where a person was last, not where the document has led since.
void OutlineTree::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags command)
{
    if (m_extending && m_anchor.isValid())
        QTreeView::setSelection({visualRect(m_anchor).center(), visualRect(currentIndex()).center()}, command);
    else
        QTreeView::setSelection(rect, command);
}

void OutlineTree::mousePressEvent(QMouseEvent* event)
{
    m_extending = event->modifiers() & Qt::ShiftModifier;
    QTreeView::mousePressEvent(event);
    m_extending = false;
}

bool OutlineTree::event(QEvent* event)
{
    // Here a name is edited in place; elsewhere the window asks for it.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_F2
        && static_cast<QKeyEvent*>(event)->modifiers() == Qt::NoModifier) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void OutlineTree::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_F2:
        renameCurrent();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (state() != EditingState) {
            event->modifiers() & Qt::ControlModifier ? emit childWanted() : emit stepWanted();
            return;
        }
        break;
    case Qt::Key_Escape:
        event->ignore(); // leads back to the drawing
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event->modifiers() & Qt::AltModifier) // moves nodes, where that is possible, and never the selection
            return;
        break;
    default:
        break;
    }
    const auto typed = event->text();
    const bool plain = !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    if (plain && typed.size() == 1 && typed.front().isDigit() && state() != EditingState && typeAvailability(typed))
        return;
    m_extending = event->modifiers() & Qt::ShiftModifier;
    QTreeView::keyPressEvent(event);
    m_extending = false;
}

void OutlineTree::contextMenuEvent(QContextMenuEvent* event)
{
    auto at = event->globalPos();
    if (event->reason() != QContextMenuEvent::Mouse) {
        scrollTo(currentIndex());
        at = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    }
    event->accept();
    emit menuRequested(at);
}

void OutlineTree::startDrag(Qt::DropActions supportedActions)
{
    QModelIndexList rows;
    for (const auto& index : selectionModel()->selectedRows()) {
        if (index.flags() & Qt::ItemIsDragEnabled)
            rows.append(index);
    }
    auto* data = m_model->mimeData(rows);
    if (data == nullptr)
        return;
    // The drop is one edit, which also takes the rows from where they were.
    auto* drag = new QDrag(this);
    drag->setMimeData(data);
    drag->exec(supportedActions, Qt::MoveAction);
}

} // namespace emac::widgets
