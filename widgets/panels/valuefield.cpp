// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/valuefield.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

bool isUndo(const QKeyEvent& event)
{
    return event.matches(QKeySequence::Undo);
}

bool isRedo(const QKeyEvent& event)
{
    return event.matches(QKeySequence::Redo)
           || event.keyCombination() == (Qt::ControlModifier | Qt::ShiftModifier | Qt::Key_Z);
}

int stepsOf(int key)
{
    switch (key) {
    case Qt::Key_Up:
        return 1;
    case Qt::Key_Down:
        return -1;
    case Qt::Key_PageUp:
        return 10;
    case Qt::Key_PageDown:
        return -10;
    default:
        return 0;
    }
}

} // namespace

ValueField::ValueField(QUndoStack* stack, Rules rules, QWidget* parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_rules(std::move(rules))
    , m_edit(new QLineEdit(this))
    , m_hint(parts::body({}, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::unit / 2);
    column->addWidget(m_edit);
    column->addWidget(m_hint);
    m_edit->setFont(theme::numberFont(theme::TextSize::Body));
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    auto palette = m_hint->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_hint->setPalette(palette);
    m_hint->setFont(theme::font(theme::TextSize::Small));
    m_hint->hide();
    connect(m_edit, &QLineEdit::textEdited, this, &ValueField::typed);
    connect(m_edit, &QLineEdit::returnPressed, this, &ValueField::commit);
}

void ValueField::setValue(const QString& meaning, const QString& shown)
{
    m_edit->setAccessibleName(accessibleName());
    const bool sameValue = meaning == m_meaning;
    m_meaning = meaning;
    m_shown = shown;
    const bool typing = m_edit->hasFocus() && m_edit->isModified();
    if (typing && (sameValue || m_rules.meaning(m_edit->text()) == meaning))
        return;
    restore();
}

void ValueField::setPlaceholder(const QString& text)
{
    m_edit->setPlaceholderText(text);
}

QString ValueField::hint() const
{
    return m_hint->text();
}

void ValueField::typed(const QString& text)
{
    const auto meaning = m_rules.meaning(text);
    if (!m_typing) {
        m_typing = true;
        m_before = m_meaning;
        m_beforeShown = m_shown;
    }
    if (!meaning) {
        // What was valid on the way must not stay behind as if it had been meant.
        if (m_rules.when == Apply::Live && m_meaning != m_before && m_rules.meaning(m_beforeShown))
            m_rules.apply(m_beforeShown);
        showHint(text.isEmpty() && m_meaning.isEmpty() ? QString() : m_rules.expected);
        return;
    }
    showHint({});
    if (m_rules.when == Apply::Live && *meaning != m_meaning)
        doApply(text);
}

void ValueField::commit()
{
    if (!m_edit->isModified())
        return;
    const auto meaning = m_rules.meaning(m_edit->text());
    if (!meaning)
        return;
    if (*meaning != m_meaning)
        doApply(m_edit->text());
    if (*meaning == m_meaning)
        restore();
}

void ValueField::doApply(const QString& text)
{
    // Applying may end in setValue(), or in the field's removal by its page, which is deferred.
    showHint(m_rules.apply(text));
}

void ValueField::restore()
{
    if (m_edit->text() != m_shown)
        m_edit->setText(m_shown);
    m_edit->setModified(false);
    m_typing = false;
    showHint({});
}

void ValueField::showHint(const QString& text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
    auto palette = m_edit->palette();
    palette.setColor(QPalette::Text, text.isEmpty() ? theme::text() : theme::bad());
    m_edit->setPalette(palette);
    m_edit->setAccessibleDescription(text);
}

bool ValueField::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if (isUndo(key) || isRedo(key)) {
            commit();
            event->ignore();
            return true;
        }
        break;
    }
    case QEvent::KeyPress: {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if (isUndo(key) || isRedo(key)) {
            // Only where no action of the window has taken the key.
            commit();
            isRedo(key) ? m_stack->redo() : m_stack->undo();
            return true;
        }
        if (key.key() == Qt::Key_Escape && m_edit->isModified()) {
            restore();
            return true;
        }
        if (const int steps = stepsOf(key.key()); steps != 0 && m_rules.step) {
            const auto stepped = m_rules.step(m_edit->text(), steps);
            if (stepped != m_edit->text()) {
                m_edit->setText(stepped);
                m_edit->setModified(true);
                typed(stepped);
            }
            return true;
        }
        break;
    }
    case QEvent::FocusOut: {
        const auto reason = static_cast<const QFocusEvent*>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason) {
            commit();
            if (m_edit->isModified()) {
                const auto refusal = m_rules.meaning(m_edit->text()) ? hint() : QString();
                restore();
                showHint(refusal);
            }
        }
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace emac::widgets
