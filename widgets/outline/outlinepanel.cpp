// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outline/outlinepanel.h"

#include "core/journey/paths.h"
#include "widgets/canvas/gestures/quickadd.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/outline/outlinemodel.h"
#include "widgets/outline/outlinetree.h"
#include "widgets/panels/fields.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

using journey::Element;

struct OutlinePanel::Private
{
    OutlinePanel* panel;
    JourneyDocument* document;
    SelectionModel* selection;
    OutlineModel* model;
    OutlineTree* tree;
    OutlineDelegate* delegate;
    QLineEdit* search;
    QLabel* count;
    QToolButton* previous;
    QToolButton* next;
    QPointer<QuickAdd> quickAdd{};
    std::vector<Element> unnamed{}; ///< to be named after the one that is being named
    bool syncing = false; ///< the tree is being told the selection

    void followSelection();
    void tellSelection();
    void seek();
    void showCount();
    void step(int direction);
    void selectFound();
    void wantStep();
    void wantChild();
    void add(const journey::Landing& landing);
    void nameNext();
    bool searchKey(const QKeyEvent& key);
};

void OutlinePanel::Private::followSelection()
{
    QItemSelection rows;
    const auto& elements = selection->elements();
    for (const auto& element : elements) {
        if (const auto index = model->indexOf(element); index.isValid())
            rows.select(index, index.siblingAtColumn(OutlineModel::ColumnCount - 1));
    }
    auto current = model->indexOf(selection->current());
    syncing = true;
    if (elements.empty() && current.isValid())
        rows.select(current, current.siblingAtColumn(OutlineModel::ColumnCount - 1));
    tree->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (current.isValid() && current != tree->currentIndex().siblingAtColumn(0)) {
        tree->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
        tree->scrollTo(current);
    }
    syncing = false;
}

void OutlinePanel::Private::tellSelection()
{
    if (syncing || model->isChanging())
        return;
    std::vector<Element> rows;
    for (const auto& index : tree->selectionModel()->selectedRows()) {
        const auto element = model->element(index);
        if (element.kind != Element::Kind::Journey)
            rows.push_back(element);
    }
    // In the order of selecting, but for the row of the cursor: the last one is the current one.
    auto elements = selection->elements();
    std::erase_if(elements, [&rows](const Element& one) { return std::ranges::find(rows, one) == rows.end(); });
    for (const auto& element : rows) {
        if (std::ranges::find(elements, element) == elements.end())
            elements.push_back(element);
    }
    auto here = tree->currentIndex();
    if (model->element(here).kind == Element::Kind::Journey) // which cannot be selected with others
        here = tree->indexBelow(here);
    const auto cursor = std::ranges::find(elements, model->element(here));
    if (cursor != elements.end())
        std::rotate(cursor, cursor + 1, elements.end());
    selection->select(std::move(elements));
}

void OutlinePanel::Private::seek()
{
    delegate->setSearching(!search->text().trimmed().isEmpty());
    model->find(search->text());
    showCount();
    tree->viewport()->update();
}

void OutlinePanel::Private::showCount()
{
    const auto found = model->found();
    const bool searching = !search->text().trimmed().isEmpty();
    const auto at = std::ranges::find(found, selection->current());
    const auto total = static_cast<int>(found.size());
    if (total == 0)
        count->setText(tr("Nothing found"));
    else if (at == found.end())
        count->setText(tr("%n found", nullptr, total));
    else
        count->setText(tr("%1 of %2").arg(at - found.begin() + 1).arg(total));
    count->setVisible(searching);
    for (auto* button : {previous, next})
        button->setEnabled(searching && total > 0);
}

/// In document order from the current row, around the end.
void OutlinePanel::Private::step(int direction)
{
    const auto found = model->found();
    if (found.empty())
        return;
    const auto order = [this](const Element& element) {
        std::vector<int> path;
        for (auto index = model->indexOf(element); index.isValid(); index = index.parent())
            path.insert(path.begin(), index.row());
        return path;
    };
    const auto here = order(model->element(tree->currentIndex()));
    const auto size = static_cast<std::ptrdiff_t>(found.size());
    std::ptrdiff_t target = 0;
    if (direction > 0) {
        const auto behind = std::ranges::find_if(found, [&](const Element& one) { return order(one) > here; });
        target = behind == found.end() ? 0 : behind - found.begin();
    } else {
        const auto notBefore = std::ranges::find_if(found, [&](const Element& one) { return order(one) >= here; });
        target = (notBefore - found.begin() + size - 1) % size;
    }
    selection->reveal(found[static_cast<std::size_t>(target)]);
    showCount();
}

void OutlinePanel::Private::selectFound()
{
    auto found = model->found();
    std::erase_if(found, [](const Element& one) { return one.kind != Element::Kind::Node; });
    if (!found.empty())
        selection->select(std::move(found));
}

void OutlinePanel::Private::wantStep()
{
    const bool empty = document->isReadable() && !document->intent().journey.root;
    emit panel->actionRequested(empty ? QStringLiteral("journey.firstCall") : QStringLiteral("journey.insertAfter"));
}

void OutlinePanel::Private::wantChild()
{
    const auto current = selection->current();
    const auto node = document->isReadable() && current.kind == Element::Kind::Node
                          ? journey::findNode(document->intent().journey, current.node)
                          : nullptr;
    const bool leaf =
        node && (std::holds_alternative<journey::Call>(node->op) || std::holds_alternative<journey::Use>(node->op));
    if (leaf)
        emit panel->refused(tr("A call holds no steps: wrap it in an operator first."));
    else if (node)
        emit panel->actionRequested(QStringLiteral("journey.insertInto"));
    else
        wantStep();
}

void OutlinePanel::Private::add(const journey::Landing& landing)
{
    if (quickAdd)
        quickAdd->giveUp();
    if (!document->isReadable())
        return;
    const Adding adding(*document, landing);
    quickAdd =
        new QuickAdd(panel, document->intent().journey, adding.words(), adding.around(), [=, this](const Offer& offer) {
            auto outcome = adding.add(offer);
            if (!outcome.unnamed.empty()) { // once the quick add has closed
                QMetaObject::invokeMethod(
                    panel, [this, calls = std::move(outcome.unnamed)] { panel->nameAll(calls); }, Qt::QueuedConnection);
            }
            return outcome.refusal;
        });
    tree->scrollTo(tree->currentIndex());
    const auto row = tree->visualRect(tree->currentIndex());
    quickAdd->openAt(tree->viewport()->mapTo(panel, row.bottomLeft()));
}

void OutlinePanel::Private::nameNext()
{
    while (!unnamed.empty()) {
        const auto index = model->indexOf(unnamed.front());
        unnamed.erase(unnamed.begin());
        if (!index.isValid())
            continue;
        tree->nameFresh(index);
        return;
    }
}

bool OutlinePanel::Private::searchKey(const QKeyEvent& key)
{
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (key.modifiers() & Qt::ControlModifier)
            selectFound();
        else
            step(key.modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    case Qt::Key_Down:
        if (key.modifiers() & ~Qt::KeypadModifier)
            return false;
        tree->setFocus();
        return true;
    case Qt::Key_Escape:
        if (search->text().isEmpty())
            tree->setFocus();
        search->clear();
        return true;
    default:
        return false;
    }
}

OutlinePanel::OutlinePanel(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                           QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    setAccessibleName(tr("Outline"));
    parts::useThemeColours(this);
    d->panel = this;
    d->document = document;
    d->selection = selection;
    d->model = new OutlineModel(document, units, this);
    d->tree = new OutlineTree(d->model, this);
    d->delegate = new OutlineDelegate(d->model, this);
    d->tree->setItemDelegate(d->delegate);
    d->search = new QLineEdit(this);
    d->search->setObjectName(QStringLiteral("search"));
    d->search->setPlaceholderText(tr("Search"));
    d->search->setAccessibleName(tr("Search by name, component, operator or id"));
    d->search->setToolTip(tr("Name, component, operator or id. Return: next; Shift+Return: previous; "
                             "Ctrl+Return: select all that is found."));
    d->search->setClearButtonEnabled(true);
    d->search->installEventFilter(this);
    d->count = parts::muted({}, this);
    d->count->setObjectName(QStringLiteral("count"));
    d->count->setWordWrap(false);
    const auto arrow = [this](Qt::ArrowType type, const QString& words, int direction) {
        auto* button = new QToolButton(this);
        button->setArrowType(type);
        button->setAutoRaise(true);
        button->setAccessibleName(words);
        button->setToolTip(words);
        button->setFocusPolicy(Qt::NoFocus);
        connect(button, &QToolButton::clicked, this, [this, direction] { d->step(direction); });
        return button;
    };
    d->previous = arrow(Qt::UpArrow, tr("Previous that is found"), -1);
    d->next = arrow(Qt::DownArrow, tr("Next that is found"), 1);

    auto* line = new QHBoxLayout;
    line->setContentsMargins(theme::unit, theme::unit, theme::unit / 2, theme::unit / 2);
    line->setSpacing(theme::unit / 2);
    line->addWidget(d->search, 1);
    line->addWidget(d->count);
    line->addWidget(d->previous);
    line->addWidget(d->next);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(d->tree, 1);
    setFocusProxy(d->tree);

    connect(d->search, &QLineEdit::textChanged, this, [this] { d->seek(); });
    connect(d->tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { d->tellSelection(); });
    connect(d->tree, &OutlineTree::stepWanted, this, [this] { d->wantStep(); });
    connect(d->tree, &OutlineTree::childWanted, this, [this] { d->wantChild(); });
    connect(d->delegate, &OutlineDelegate::entered, this, [this] { d->nameNext(); });
    connect(d->delegate, &OutlineDelegate::left, this, [this] { d->unnamed.clear(); });
    connect(d->tree, &OutlineTree::menuRequested, this, &OutlinePanel::menuRequested);
    connect(d->model, &OutlineModel::refused, this, &OutlinePanel::refused);
    connect(d->model, &OutlineModel::followed, this, [this] {
        d->followSelection();
        d->showCount();
    });
    connect(selection, &SelectionModel::changed, this, [this] {
        d->followSelection();
        d->showCount();
    });
    connect(selection, &SelectionModel::revealed, this, [this](const Element& element) {
        if (const auto index = d->model->indexOf(element); index.isValid())
            d->tree->scrollTo(index);
    });
    d->followSelection();
    d->seek();
}

OutlinePanel::~OutlinePanel() = default;

void OutlinePanel::focusSearch()
{
    d->search->setFocus(Qt::ShortcutFocusReason);
    d->search->selectAll();
}

void OutlinePanel::findNext()
{
    d->step(1);
}

void OutlinePanel::findPrevious()
{
    d->step(-1);
}

void OutlinePanel::add(const journey::Landing& landing)
{
    d->add(landing);
}

void OutlinePanel::nameAll(std::vector<Element> elements)
{
    d->unnamed = std::move(elements);
    d->nameNext();
}

void OutlinePanel::commitPending()
{
    d->delegate->commitPending();
}

bool OutlinePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == d->search) {
        if (event->type() == QEvent::KeyPress && d->searchKey(static_cast<const QKeyEvent&>(*event)))
            return true;
        if (forwardUndo(event, d->document->undoStack()))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace emac::widgets
