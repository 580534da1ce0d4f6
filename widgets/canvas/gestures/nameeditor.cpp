// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/nameeditor.h"

#include <QFocusEvent>
#include <QKeyEvent>

namespace emac::widgets {

NameEditor::NameEditor(QWidget* parent, const QString& label, const QString& initial, Accept accept, Accept check)
    : QLineEdit(initial, parent)
    , m_initial(initial)
    , m_accept(std::move(accept))
    , m_check(std::move(check))
{
    setObjectName(QStringLiteral("nameInPlace"));
    setAccessibleName(label);
    setPlaceholderText(label);
    setAttribute(Qt::WA_NoMousePropagation);
    setToolTip(label);
    selectAll();
    connect(this, &QLineEdit::textEdited, this, &NameEditor::doubt);
}

void NameEditor::giveUp()
{
    if (!m_done)
        close();
}

bool NameEditor::event(QEvent* event)
{
    // Keys of the window's actions that mean something else here.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void NameEditor::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        giveUp();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && commit())
        emit entered();
    else if (!m_done)
        QLineEdit::keyPressEvent(event);
    event->accept(); // what it has no use for is not for the canvas below
}

void NameEditor::doubt()
{
    const auto name = text().trimmed();
    const auto reason = name == m_initial ? QString() : m_check(name);
    if (m_doubted || !reason.isEmpty())
        emit doubted(reason);
    m_doubted = !reason.isEmpty();
    setAccessibleDescription(reason);
}

void NameEditor::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    // A menu of its own, or another window: it goes on when they are done.
    if (m_done || event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason)
        return;
    if (!commit())
        giveUp();
}

bool NameEditor::commit()
{
    if (m_done)
        return true;
    const auto name = text().trimmed();
    const auto reason = name == m_initial ? QString() : m_accept(name);
    if (!reason.isEmpty()) {
        setAccessibleDescription(reason);
        emit refused(reason);
        return false;
    }
    if (!m_done) // the edit itself may have closed it
        close();
    return true;
}

void NameEditor::close()
{
    m_done = true;
    if (m_doubted)
        emit doubted({});
    emit closed();
    if (hasFocus() && parentWidget() != nullptr)
        parentWidget()->setFocus();
    hide();
    deleteLater();
}

} // namespace emac::widgets
