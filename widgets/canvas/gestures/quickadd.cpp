// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/quickadd.h"

#include "widgets/canvas/glyphs.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/editing/renaming.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace emac::widgets {

namespace {

using journey::OperatorType;

constexpr int rowsInSight = 12;
constexpr int fewestRows = 7;
constexpr int glyph = 16; ///< pixels

/// How well what is typed names an offer; the lower, the better.
enum class Match
{
    Operator, ///< wholly
    Whole,
    Beginning,
    New, ///< a component that is not there yet: a name that is typed is not taken for the beginning of another one's
    ComponentsBeginning,
    Part,
    None
};

Match match(const Offer& offer, const QString& typed)
{
    const auto is = [&typed](const QString& name) { return name.compare(typed, Qt::CaseInsensitive) == 0; };
    const bool frame = offer.carried.kind == Carried::Kind::Operator && !offer.wraps;
    const auto keyword = QString::fromLatin1(journey::keyword(offer.carried.type));
    if (frame && (is(offer.text) || is(keyword)))
        return Match::Operator;
    if (is(offer.text) || is(offer.carried.name))
        return Match::Whole;
    if (offer.text.startsWith(typed, Qt::CaseInsensitive) || (frame && keyword.startsWith(typed, Qt::CaseInsensitive)))
        return offer.carried.kind == Carried::Kind::Component ? Match::ComponentsBeginning : Match::Beginning;
    return offer.text.contains(typed, Qt::CaseInsensitive) ? Match::Part : Match::None;
}

QIcon iconOf(const Carried& carried, const journey::Journey& journey, double ratio)
{
    QPixmap pixmap(QSize(glyph, glyph) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF square(0, 0, glyph, glyph);
    if (carried.kind == Carried::Kind::Operator) {
        glyphs::paintOperator(painter, square, carried.type, theme::operatorColour(carried.type));
    } else {
        const auto component = journey.components.find(carried.name.toStdString());
        const bool external = component && component->kind == "external_dependency";
        glyphs::paintComponent(painter, square, external, carried.kind == Carried::Kind::Fragment, theme::text());
    }
    return pixmap;
}

} // namespace

QuickAdd::QuickAdd(QWidget* parent, const journey::Journey& journey, const QString& where, const QString& around,
                   Accept accept)
    : QFrame(parent)
    , m_accept(std::move(accept))
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_refusal(parts::body({}, this))
{
    const auto offer = [this, &journey](const QString& text, const Carried& carried, bool wraps = false) {
        m_offers.push_back({text, carried, wraps, iconOf(carried, journey, devicePixelRatioF())});
    };
    for (const auto type : offeredOperators)
        offer(operatorTitle(type), {Carried::Kind::Operator, type, {}});
    for (const auto& component : journey.components.list()) {
        m_names << QString::fromStdString(component->name);
        offer(m_names.back(), {Carried::Kind::Component, OperatorType::Call, m_names.back()});
    }
    for (const auto& fragment : journey.fragments) {
        const auto name = QString::fromStdString(fragment.name);
        offer(tr("use %1").arg(name), {Carried::Kind::Fragment, OperatorType::Use, name});
    }
    for (const auto type : offeredOperators) {
        if (!around.isEmpty() && type != OperatorType::Series) // which alone around one node is none
            offer(tr("wrap %1 in %2").arg(around, operatorTitle(type).toLower()), {Carried::Kind::Operator, type, {}},
                  true);
    }

    setObjectName(QStringLiteral("quickAdd"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setAttribute(Qt::WA_NoMousePropagation);
    setAccessibleName(tr("Add %1").arg(where));
    auto* title = parts::muted(tr("Add %1").arg(where), this);
    title->setObjectName(QStringLiteral("quickAddTitle"));
    m_search->setObjectName(QStringLiteral("quickAddSearch"));
    m_search->setPlaceholderText(tr("Search, or type a new name"));
    m_search->setAccessibleName(tr("What to add"));
    m_search->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("quickAddList"));
    m_list->setAccessibleName(tr("What can be added"));
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({glyph, glyph});
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
    column->addWidget(title);
    column->addWidget(m_search);
    column->addWidget(m_refusal);
    column->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &QuickAdd::fill);
    connect(m_list, &QListWidget::itemClicked, this, &QuickAdd::choose);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (now != nullptr && now->window() == window() && now != this && !isAncestorOf(now))
            giveUp();
    });
    setFocusProxy(m_search);
    fill();
}

void QuickAdd::openAt(QPoint near)
{
    const auto room = parentWidget()->rect();
    const int row = m_list->sizeHintForRow(0);
    setFixedWidth(std::min(34 * theme::unit, room.width()));
    // Below the point rather than over what is there: a list that is scrolled, as long as it shows a few.
    m_list->setFixedHeight(rowsInSight * row + 2);
    const int around = layout()->totalHeightForWidth(width()) - m_list->height();
    const int below = room.height() - near.y() - around;
    m_list->setFixedHeight(std::clamp(below, std::min(fewestRows * row, room.height() - around), m_list->height()));
    adjustSize();
    move(std::clamp(near.x(), 0, std::max(0, room.width() - width())),
         std::clamp(near.y(), 0, std::max(0, room.height() - height())));
    raise();
    show();
    setFocus();
}

void QuickAdd::fill()
{
    m_refusal->hide();
    m_search->setAccessibleDescription({});
    const auto typed = m_search->text().trimmed();
    std::vector<std::pair<Match, Offer>> found;
    for (const auto& offer : m_offers) {
        if (const auto how = typed.isEmpty() ? Match::Part : match(offer, typed); how != Match::None)
            found.emplace_back(how, offer);
    }
    const auto refusal = typed.isEmpty() ? QString() : componentNameRefusal(typed);
    if (!typed.isEmpty() && refusal.isEmpty() && !m_names.contains(typed)) {
        const Carried carried{Carried::Kind::Component, OperatorType::Call, typed};
        found.emplace_back(Match::New, Offer{tr("New component “%1”").arg(typed), carried, false,
                                             iconOf(carried, {}, devicePixelRatioF())});
    }
    std::ranges::stable_sort(found, {}, &std::pair<Match, Offer>::first);
    m_shown.clear();
    m_list->clear();
    for (const auto& [how, offer] : found) {
        m_shown.push_back(offer);
        auto* item = new QListWidgetItem(offer.icon, offer.text, m_list);
        item->setSizeHint({0, std::max(m_list->fontMetrics().height(), glyph) + theme::unit / 2});
    }
    // Enter alone adds nothing.
    m_list->setCurrentRow(typed.isEmpty() || m_shown.empty() ? -1 : 0);
    if (m_shown.empty())
        refuse(refusal);
}

void QuickAdd::choose()
{
    if (m_done || m_shown.empty())
        return;
    const auto row = m_list->currentRow();
    if (row < 0) {
        refuse(tr("Type what to add, or choose it with the arrow keys."));
        return;
    }
    const auto offer = m_shown[static_cast<std::size_t>(row)];
    const auto refusal = m_accept(offer);
    if (refusal.isEmpty())
        giveUp();
    else
        refuse(refusal);
}

void QuickAdd::refuse(const QString& reason)
{
    m_refusal->setText(reason);
    m_refusal->show();
    m_search->setAccessibleDescription(reason);
    if (isVisible())
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
