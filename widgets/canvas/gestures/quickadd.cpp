// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/quickadd.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::OperatorType;

constexpr OperatorType frames[] = {OperatorType::Race,    OperatorType::Parallel, OperatorType::KofN,
                                   OperatorType::Branch,  OperatorType::Fallback, OperatorType::Retry,
                                   OperatorType::Timeout, OperatorType::Optional};
constexpr int rowsInSight = 8;

} // namespace

QuickAdd::QuickAdd(QWidget* parent, const journey::Journey& journey, const QString& around, Accept accept)
    : QFrame(parent)
    , m_accept(std::move(accept))
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_refusal(parts::body({}, this))
{
    for (const auto& component : journey.components.list()) {
        m_names << QString::fromStdString(component->name);
        m_offers.push_back({m_names.back(), {Carried::Kind::Component, OperatorType::Call, m_names.back()}});
    }
    for (const auto& fragment : journey.fragments) {
        const auto name = QString::fromStdString(fragment.name);
        m_offers.push_back({tr("use %1").arg(name), {Carried::Kind::Fragment, OperatorType::Use, name}});
    }
    for (const auto type : frames)
        m_offers.push_back({operatorTitle(type).toLower(), {Carried::Kind::Operator, type, {}}});
    for (const auto type : frames) {
        if (!around.isEmpty()) {
            m_offers.push_back({tr("wrap %1 in %2").arg(around, operatorTitle(type).toLower()),
                                {Carried::Kind::Operator, type, {}},
                                true});
        }
    }

    setObjectName(QStringLiteral("quickAdd"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setAttribute(Qt::WA_NoMousePropagation);
    setAccessibleName(tr("Add a step"));
    m_search->setObjectName(QStringLiteral("quickAddSearch"));
    m_search->setPlaceholderText(tr("Search, or type a new name"));
    m_search->setAccessibleName(tr("What to add"));
    m_search->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("quickAddList"));
    m_list->setAccessibleName(tr("What can be added"));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    auto palette = m_refusal->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_refusal->setPalette(palette);
    m_refusal->setForegroundRole(QPalette::WindowText); // not the viewport's
    m_refusal->setObjectName(QStringLiteral("refusal"));
    m_refusal->setWordWrap(true);
    m_refusal->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::unit / 2, theme::unit / 2, theme::unit / 2, theme::unit / 2);
    column->setSpacing(theme::unit / 2);
    column->addWidget(m_search);
    column->addWidget(m_refusal);
    column->addWidget(m_list);
    setFixedWidth(34 * theme::unit);
    m_list->setFixedHeight(rowsInSight * (m_list->fontMetrics().height() + theme::unit / 2));

    connect(m_search, &QLineEdit::textChanged, this, &QuickAdd::fill);
    connect(m_list, &QListWidget::itemClicked, this, &QuickAdd::choose);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now != nullptr && now->window() == window() && now != this && !isAncestorOf(now))
            giveUp();
    });
    setFocusProxy(m_search);
    fill();
}

void QuickAdd::fill()
{
    m_refusal->hide();
    const auto typed = m_search->text().trimmed();
    m_shown.clear();
    for (const auto& offer : m_offers) {
        if (offer.text.contains(typed, Qt::CaseInsensitive))
            m_shown.push_back(offer);
    }
    // What the search names wholly comes first, then what begins with it, then what it would name anew.
    const auto rest = std::ranges::stable_partition(
        m_shown, [&](const Offer& it) { return it.text.startsWith(typed, Qt::CaseInsensitive); });
    std::ranges::stable_partition(m_shown.begin(), rest.begin(), [&](const Offer& it) { return it.text == typed; });
    if (!typed.isEmpty() && !m_names.contains(typed)) {
        m_shown.insert(rest.begin(),
                       {tr("New component “%1”").arg(typed), {Carried::Kind::Component, OperatorType::Call, typed}});
    }
    m_list->clear();
    for (const auto& offer : m_shown)
        m_list->addItem(offer.text);
    m_list->setCurrentRow(m_shown.empty() ? -1 : 0);
}

void QuickAdd::choose()
{
    const auto row = m_list->currentRow();
    if (m_done || row < 0)
        return;
    const auto offer = m_shown[static_cast<std::size_t>(row)];
    const auto refusal = m_accept(offer);
    if (refusal.isEmpty()) {
        giveUp();
        return;
    }
    m_refusal->setText(refusal);
    m_refusal->show();
    m_search->setAccessibleDescription(refusal);
    adjustSize();
}

void QuickAdd::giveUp()
{
    if (m_done)
        return;
    m_done = true;
    emit closed();
    if (m_search->hasFocus() && parentWidget() != nullptr)
        parentWidget()->setFocus();
    hide();
    deleteLater();
}

void QuickAdd::keyPressEvent(QKeyEvent* event)
{
    event->accept(); // what the search has no use for is not for the canvas below
}

bool QuickAdd::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QFrame::eventFilter(watched, event);
    const auto key = static_cast<const QKeyEvent*>(event)->key();
    // With other keys down they are no moves in the list, and the list would take them for shortcuts of the window.
    const bool plain = !(static_cast<const QKeyEvent*>(event)->modifiers() & ~Qt::KeypadModifier);
    const bool moves =
        plain && (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown);
    const bool chooses = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!moves && !chooses && key != Qt::Key_Escape)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) { // not for the window's actions
        event->accept();
        return true;
    }
    if (moves)
        QCoreApplication::sendEvent(m_list, event);
    else if (chooses)
        choose();
    else
        giveUp();
    return true;
}

} // namespace emac::widgets
