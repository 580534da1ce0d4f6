// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/focusring.h"

#include "widgets/common/theme.h"

#include <QApplication>
#include <QFocusEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QTimer>

namespace emac::workbench {

namespace theme = widgets::theme;

namespace {

bool hasCursor(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) != nullptr || qobject_cast<const QPlainTextEdit*>(widget) != nullptr
           || qobject_cast<const QTextEdit*>(widget) != nullptr;
}

} // namespace

FocusRing::FocusRing(QWidget* window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
    qApp->installEventFilter(this);
}

void FocusRing::focusCame(QWidget* focus, Qt::FocusReason reason)
{
    // What hides hands the focus on as if Tab had been pressed.
    if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason)
        m_byKeys = m_keyWasLast;
    else if (reason == Qt::MouseFocusReason)
        m_byKeys = false;
    m_focus = m_byKeys && !hasCursor(focus) ? focus : nullptr;
    place();
}

void FocusRing::place()
{
    // Not visibleRegion(): that lacks what is covered by a widget's own children.
    const auto inWindow = [this](const QWidget* widget) {
        return QRect(widget->mapTo(parentWidget(), QPoint()), widget->size());
    };
    QRect seen;
    if (m_focus && m_focus->isVisible() && m_focus->window() == parentWidget())
        seen = inWindow(m_focus);
    for (const QWidget* above = m_focus; !seen.isEmpty() && above != parentWidget(); above = above->parentWidget())
        seen &= inWindow(above);
    setVisible(!seen.isEmpty());
    if (seen.isEmpty())
        return;
    setGeometry(seen);
    raise();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    auto* widget = qobject_cast<QWidget*>(watched);
    if (widget == nullptr || widget == this)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride:
        m_keyWasLast = true;
        break;
    case QEvent::MouseButtonPress:
        m_keyWasLast = false;
        break;
    case QEvent::FocusIn:
        if (widget->window() == parentWidget() && widget != parentWidget())
            focusCame(widget, static_cast<const QFocusEvent*>(event)->reason());
        break;
    case QEvent::FocusOut:
        if (widget == m_focus) {
            m_focus = nullptr;
            place();
        }
        break;
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
        if (m_focus && (widget == m_focus || widget->isAncestorOf(m_focus)))
            QTimer::singleShot(0, this, &FocusRing::place); // once all of them have their places
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme::accent(), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), theme::unit / 2.0, theme::unit / 2.0);
}

} // namespace emac::workbench
