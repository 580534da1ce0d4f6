// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/drawingpage.h"

#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace emac::widgets {

DrawingPage::DrawingPage(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                         QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_selection(selection)
    , m_follower(document, selection)
    , m_view(new JourneyView(document, selection, units))
    , m_bar(new QWidget)
    , m_way(new QHBoxLayout)
    , m_note(parts::muted({}, m_bar))
{
    m_bar->setObjectName(QStringLiteral("breadcrumb"));
    parts::useThemeColours(m_bar);
    m_note->setObjectName(QStringLiteral("fragmentNote"));
    m_note->setWordWrap(true);
    m_way->setSpacing(theme::unit / 2);
    auto* rows = new QVBoxLayout(m_bar);
    rows->setContentsMargins(2 * theme::unit, theme::unit / 2, 2 * theme::unit, theme::unit / 2);
    rows->setSpacing(0);
    rows->addLayout(m_way);
    rows->addWidget(m_note);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    m_view->installEventFilter(this);
    connect(m_view, &JourneyView::openRequested, this, &DrawingPage::open);
    connect(document, &JourneyDocument::valueChanged, this, &DrawingPage::update);
    connect(selection, &SelectionModel::pageChanged, this, &DrawingPage::update);
    update();
}

void DrawingPage::update()
{
    const auto& page = m_selection->page();
    m_bar->setVisible(!page.empty() && m_document->isReadable());
    if (page.empty() || !m_document->isReadable())
        return;
    while (auto* item = m_way->takeAt(0)) {
        // Perhaps just being clicked.
        if (item->widget() != nullptr)
            item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t depth = 0; depth < page.size(); ++depth) {
        const auto name = depth == 0 ? m_document->title() : QString::fromStdString(page[depth - 1]);
        auto* link = new parts::TextLink(name, m_bar);
        link->setAccessibleName(tr("Back to %1").arg(name));
        connect(link, &QAbstractButton::clicked, this, [this, depth] {
            turnBack(*m_document, *m_selection, depth);
            m_view->setFocus();
        });
        m_way->addWidget(link);
        m_way->addWidget(parts::muted(QStringLiteral("›"), m_bar));
    }
    m_way->addWidget(parts::heading(QString::fromStdString(page.back()), m_bar));
    m_way->addStretch();
    const auto uses = static_cast<int>(journey::usesOf(m_document->intent().journey, page.back()));
    const auto whose = tr("The numbers are those of the fragment alone.");
    if (uses == 0)
        m_note->setText(tr("%1 Nothing uses it yet.").arg(whose));
    else if (uses == 1)
        m_note->setText(tr("%1 It is used in one place.").arg(whose));
    else
        m_note->setText(tr("%1 An edit here changes all %2 uses.").arg(whose).arg(uses));
}

void DrawingPage::setPlacingTool(PlacingTool* tool)
{
    m_tool = tool;
    m_view->setPlacingTool(tool);
}

void DrawingPage::open(const journey::Element& use)
{
    const auto node = journey::findNode(m_document->intent().journey, use.node);
    if (node && std::holds_alternative<journey::Use>(node->op))
        openFragment(*m_selection, std::string(std::get<journey::Use>(node->op).fragment));
}

bool DrawingPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress || watched != m_view)
        return false;
    const auto key = static_cast<QKeyEvent*>(event)->key();
    const bool busy = QApplication::mouseButtons() != Qt::NoButton; // a gesture, which Esc ends
    if (key == Qt::Key_Escape && !busy && m_tool && m_tool->carried()) {
        m_tool->set({});
        return true;
    }
    const bool leaves = key == Qt::Key_Backspace || (key == Qt::Key_Escape && m_selection->elements().empty());
    if (busy || !leaves || m_selection->page().empty())
        return false;
    leaveFragment(*m_document, *m_selection);
    return true;
}

} // namespace emac::widgets
