// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palettepanel.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/document/recovery.h"
#include "widgets/palette/palettedelegate.h"
#include "widgets/palette/palettemodel.h"

#include <QAction>
#include <QFile>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QVBoxLayout>

namespace emac::widgets {

PalettePanel::PalettePanel(PlacingTool* tool, UsageTracker* usage, QWidget* parent)
    : QWidget(parent)
    , m_tool(tool)
    , m_usage(usage)
    , m_model(new PaletteModel(this))
    , m_filter(new QLineEdit)
    , m_list(new QListView)
    , m_skipped(parts::muted({}, this))
    , m_refresh(this, [this] { refresh(); })
{
    parts::useThemeColours(this);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the palette"));
    m_filter->setClearButtonEnabled(true);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_model, m_tool, m_list));
    m_list->setAccessibleName(tr("Palette"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setDragEnabled(true);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_skipped->setObjectName(QStringLiteral("skipped"));
    m_skipped->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::unit, 0, 0);
    layout->setSpacing(theme::unit / 2);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(theme::unit, 0, theme::unit, 0);
    top->addWidget(m_filter);
    layout->addLayout(top);
    layout->addWidget(m_list);
    m_skipped->setContentsMargins(theme::unit, 0, theme::unit, theme::unit / 2);
    layout->addWidget(m_skipped);
    setMinimumWidth(18 * theme::unit);
    setFocusProxy(m_filter);
    m_filter->installEventFilter(this);
    m_list->installEventFilter(this);

    connect(m_filter, &QLineEdit::textChanged, this, &PalettePanel::filter);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        // The second click of two has added it already.
        if (!std::exchange(m_doubleClicked, false) && !m_model->isHeading(index.row()))
            arm(*m_model->at(index.row()).carried);
    });
    connect(m_list, &QListView::doubleClicked, this, [this] {
        m_doubleClicked = true;
        addCurrent();
    });
    connect(m_list, &QListView::pressed, this, [this] { m_doubleClicked = false; });
    connect(m_list, &QWidget::customContextMenuRequested, this, &PalettePanel::showMenu);
    connect(m_tool, &PlacingTool::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_usage, &UsageTracker::changed, this, [this] {
        m_knownIsNew = true;
        m_refresh.request();
    });
}

PalettePanel::~PalettePanel() = default;

void PalettePanel::setDocument(JourneyDocument* document)
{
    if (m_document == document)
        return;
    if (m_document)
        m_document->disconnect(&m_refresh);
    m_document = document;
    m_tool->set({});
    if (document != nullptr) {
        connect(document, &JourneyDocument::valueChanged, &m_refresh, &RefreshWhenSeen::request);
        connect(document, &JourneyDocument::readOnlyChanged, &m_refresh, &RefreshWhenSeen::request);
    }
    m_knownIsNew = true;
    m_refresh.request();
}

void PalettePanel::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void PalettePanel::refreshKnown()
{
    auto others = m_usage->found().journeys;
    if (m_document) {
        const auto own = recovery::canonical(m_document->path());
        std::erase_if(others, [&own](const auto& journey) {
            return recovery::canonical(QFile::decodeName(journey.path.c_str())) == own;
        });
    }
    m_model->setKnown(others, m_usage->found().services);
    tellSkipped();
}

void PalettePanel::refresh()
{
    const bool readable = m_document && m_document->isReadable();
    m_list->setEnabled(readable && m_document->isEditable());
    const auto before = current();
    if (std::exchange(m_knownIsNew, false))
        refreshKnown();
    m_model->setJourney(readable ? m_document->intent().journey : journey::Journey{});
    if (before)
        setCurrent(m_model->rowOf(*before));
    if (m_tool->carried() && (!m_list->isEnabled() || !m_model->offers(*m_tool->carried())))
        m_tool->set({});
}

void PalettePanel::tellSkipped()
{
    const auto& told = m_usage->found().diagnostics;
    QStringList lines;
    for (const auto& diagnostic : told)
        lines.append(tr("%1: %2").arg(parts::placeText(diagnostic.place), messageWhat(diagnostic.message)));
    m_skipped->setVisible(!told.empty());
    m_skipped->setText(told.size() == 1 ? tr("One file was not read in full.")
                                        : tr("%1 files were not read in full.").arg(told.size()));
    m_skipped->setToolTip(parts::plainToolTip(lines.join(QStringLiteral("\n"))));
}

void PalettePanel::filter(const QString& text)
{
    const auto before = current();
    m_model->setFilter(text);
    const int row = before ? m_model->rowOf(*before) : -1;
    // Enter takes what is current, so that something is.
    setCurrent(row >= 0 || text.isEmpty() ? row : m_model->firstItem());
}

std::optional<Carried> PalettePanel::current() const
{
    const auto index = m_list->currentIndex();
    return index.isValid() ? m_model->at(index.row()).carried : std::nullopt;
}

void PalettePanel::setCurrent(int row)
{
    m_list->setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row));
}

void PalettePanel::move(int direction)
{
    int row =
        m_list->currentIndex().isValid() ? m_list->currentIndex().row() : (direction > 0 ? -1 : m_model->rowCount());
    do
        row += direction;
    while (row >= 0 && row < m_model->rowCount() && m_model->isHeading(row));
    if (row >= 0 && row < m_model->rowCount())
        setCurrent(row);
}

void PalettePanel::arm(const Carried& carried)
{
    m_tool->set(m_tool->carried() == carried ? std::nullopt : std::optional(carried));
}

void PalettePanel::addCurrent()
{
    const auto carried = current();
    if (!carried || !m_list->isEnabled())
        return;
    m_tool->set({});
    emit addRequested(*carried);
}

void PalettePanel::showMenu(QPoint position)
{
    const auto index = m_list->indexAt(position);
    if (!index.isValid() || m_model->isHeading(index.row()))
        return;
    m_list->setCurrentIndex(index);
    const auto carried = *current();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("paletteMenu"));
    menu->addAction(tr("Add to the Journey"), this, &PalettePanel::addCurrent);
    if (carried.kind == Carried::Kind::Component && !carried.name.isEmpty())
        menu->addAction(tr("Where Used"), this, [this, carried] { emit whereUsedRequested(carried.name); });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

bool PalettePanel::filterKey(int key)
{
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        move(key == Qt::Key_Up ? -1 : 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        addCurrent();
        return true;
    case Qt::Key_Escape:
        if (m_tool->carried())
            m_tool->set({});
        else if (!m_filter->text().isEmpty())
            m_filter->clear();
        else
            return false;
        return true;
    default:
        return false;
    }
}

bool PalettePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    if (filterKey(key->key()))
        return true;
    // What is typed in the list goes into the filter.
    const auto typed = key->text();
    const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (watched != m_list || !plain || typed.isEmpty() || !typed.front().isPrint())
        return QWidget::eventFilter(watched, event);
    m_filter->setFocus();
    m_filter->insert(typed);
    return true;
}

} // namespace emac::widgets
