// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/valuefield.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/fields.h"

#include <QCompleter>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace emac::widgets {

namespace {

constexpr std::chrono::milliseconds pauseInTyping{600};

bool isUndo(const QKeyEvent& event)
{
    return event.matches(QKeySequence::Undo);
}

bool isRedo(const QKeyEvent& event)
{
    return event.matches(QKeySequence::Redo)
           || event.keyCombination() == (Qt::ControlModifier | Qt::ShiftModifier | Qt::Key_Z);
}

/// No text means this.
QString severalMeaning()
{
    return QStringLiteral("\n");
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
    , m_reset(new QToolButton(this))
    , m_understood(parts::muted({}, this))
    , m_hint(parts::body({}, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::unit / 2);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::unit / 2);
    row->addWidget(m_edit, 1);
    row->addWidget(m_reset);
    column->addLayout(row);
    m_reset->setObjectName(QStringLiteral("reset"));
    m_reset->setFocusPolicy(Qt::TabFocus);
    m_reset->hide();
    connect(m_reset, &QToolButton::clicked, this, [this] {
        restore();
        doApply({});
    });
    column->addWidget(m_understood);
    column->addWidget(m_hint);
    m_understood->setObjectName(QStringLiteral("understood"));
    m_understood->hide();
    m_edit->setFont(theme::numberFont(theme::TextSize::Body));
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    m_hint->setFont(theme::font(theme::TextSize::Small));
    m_hint->hide();
    connect(m_edit, &QLineEdit::textEdited, this, &ValueField::typed);
    connect(m_edit, &QLineEdit::textChanged, this, &ValueField::showUnderstood);
    connect(m_edit, &QLineEdit::returnPressed, this, &ValueField::commit);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseInTyping);
    connect(&m_pause, &QTimer::timeout, this, &ValueField::takeTyped);
}

void ValueField::setValue(const QString& meaning, const QString& shown)
{
    m_edit->setAccessibleName(accessibleName());
    m_several = m_differ && m_differ();
    const auto now = m_several ? severalMeaning() : meaning;
    const bool sameValue = now == m_meaning;
    m_meaning = now;
    m_shown = m_several ? QString() : shown;
    m_edit->setPlaceholderText(m_several ? tr("(several values)") : m_placeholder);
    m_reset->setVisible(m_resettable && !now.isEmpty() && !m_edit->isReadOnly());
    const bool typing = m_edit->isModified() && (m_edit->hasFocus() || !hint().isEmpty());
    if (typing && (sameValue || m_takingBack || m_rules.meaning(m_edit->text()) == now))
        return;
    restore();
}

void ValueField::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    m_edit->setPlaceholderText(text);
}

void ValueField::setEditable(bool editable)
{
    showEditable(m_edit, editable);
    m_reset->setVisible(m_resettable && !m_meaning.isEmpty() && editable);
}

void ValueField::makeResettable(const QString& label, const QString& toolTip)
{
    m_reset->setText(label);
    m_resettable = true;
    m_reset->setToolTip(toolTip);
    m_reset->setAccessibleName(toolTip);
}

void ValueField::complete(const QStringList& texts)
{
    auto* completer = new QCompleter(texts, m_edit);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_edit->setCompleter(completer);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, [this](const QString& text) {
        m_edit->setText(text);
        m_edit->setModified(true);
        commit();
    });
}

QString ValueField::hint() const
{
    return m_hint->text();
}

void ValueField::typed(const QString& text)
{
    const auto meaning = m_rules.meaning(text);
    m_pause.stop();
    if (!m_typing) {
        m_typing = true;
        m_before = m_meaning;
        m_beforeShown = m_shown;
    }
    if (!meaning) {
        // What was valid on the way must not stay behind as if it had been meant.
        if (m_rules.when == Apply::Live && m_meaning != m_before && m_rules.meaning(m_beforeShown))
            takeBack();
        showHint(text.isEmpty() && (m_meaning.isEmpty() || m_several) ? QString() : m_rules.expected,
                 m_rules.when == Apply::Live ? Tone::Quiet : Tone::Loud);
        return;
    }
    showHint({});
    if (m_rules.when != Apply::Live || *meaning == m_meaning)
        return;
    if (m_rules.mayGoOn && m_rules.mayGoOn(text))
        m_pause.start();
    else
        doApply(text);
}

void ValueField::takeTyped()
{
    const auto text = m_edit->text();
    const auto meaning = m_edit->isModified() ? m_rules.meaning(text) : std::nullopt;
    if (meaning && *meaning != m_meaning)
        doApply(text);
}

void ValueField::takeBack()
{
    const QScopedValueRollback going(m_takingBack, true); // the text is still being typed
    m_rules.apply(m_beforeShown);
}

void ValueField::commit()
{
    m_pause.stop();
    if (!m_edit->isModified())
        return;
    if (m_several && m_edit->text().trimmed().isEmpty()) { // typed and taken back: the values stay as they are
        restore();
        return;
    }
    const auto meaning = m_rules.meaning(m_edit->text());
    if (!meaning)
        return showHint(hint()); // no longer on the way to a value
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
    m_pause.stop();
    if (m_edit->text() != m_shown)
        m_edit->setText(m_shown);
    m_edit->setModified(false);
    m_typing = false;
    showUnderstood();
    showHint({});
}

void ValueField::showUnderstood()
{
    const bool typing = m_rules.understood && m_edit->isModified() && m_edit->hasFocus();
    const auto text = typing ? m_rules.understood(m_edit->text()) : QString();
    m_understood->setText(text);
    m_understood->setVisible(!text.isEmpty());
}

void ValueField::showHint(const QString& text, Tone tone)
{
    const bool loud = !text.isEmpty() && tone == Tone::Loud;
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
    auto words = m_hint->palette();
    words.setColor(QPalette::WindowText, loud ? theme::bad() : theme::mutedText());
    m_hint->setPalette(words);
    auto palette = m_edit->palette();
    const auto usual = m_edit->isReadOnly() ? theme::mutedText() : theme::text();
    palette.setColor(QPalette::Text, loud ? theme::bad() : usual);
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
            if (m_typing && m_rules.when == Apply::Live && m_meaning != m_before && m_rules.meaning(m_beforeShown))
                takeBack();
            restore();
            return true;
        }
        if (const int steps = stepsOf(key.key());
            steps != 0 && m_rules.step && !m_edit->isReadOnly() && !(key.modifiers() & ~Qt::KeypadModifier)) {
            const auto stepped = m_rules.step(m_edit->text(), steps);
            if (stepped != m_edit->text()) {
                m_edit->setText(stepped);
                m_edit->setModified(true);
                showUnderstood();
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
            // What is no value, or was refused, stays to be mended, with the reason; Esc gives it up.
            if (m_edit->isModified() && hint().isEmpty())
                restore();
        }
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace emac::widgets
