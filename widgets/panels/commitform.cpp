// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/commitform.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace emac::widgets {

CommitForm::CommitForm(QWidget* parent)
    : QWidget(parent)
    , m_message(new QPlainTextEdit(this))
    , m_outcome(parts::body({}, this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_commit(new QPushButton(this))
{
    auto* label = parts::heading(tr("&Message"), this);
    label->setBuddy(m_message);
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setAccessibleName(tr("Message of the commit"));
    m_message->setPlaceholderText(tr("What changed, in one line\n\nand why"));
    m_message->setTabChangesFocus(true);
    m_message->installEventFilter(this);
    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_outcome->hide();
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setToolTip(tr("Ends Git and the hooks that it runs"));
    m_commit->setObjectName(QStringLiteral("commit"));

    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(m_stop);
    row->addWidget(m_commit);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::unit, theme::unit, theme::unit, theme::unit);
    column->setSpacing(theme::unit / 2);
    column->addWidget(label);
    column->addWidget(m_message, 1);
    column->addWidget(m_outcome);
    column->addLayout(row);

    connect(m_commit, &QPushButton::clicked, this, &CommitForm::commitRequested);
    connect(m_stop, &QPushButton::clicked, this, &CommitForm::stopRequested);
    connect(m_message, &QPlainTextEdit::textChanged, this, [this] { updateButtons(); });
    setReady(false, 0);
}

QString CommitForm::message() const
{
    return m_message->toPlainText();
}

void CommitForm::clearMessage()
{
    m_message->clear();
}

void CommitForm::focusMessage()
{
    m_message->setFocus();
}

void CommitForm::setReady(bool ready, int files)
{
    m_ready = ready;
    m_commit->setText(files == 1  ? tr("&Commit 1 File")
                      : files > 1 ? tr("&Commit %n Files", nullptr, files)
                                  : tr("&Commit"));
    updateButtons();
}

void CommitForm::setCommitting(bool committing)
{
    m_committing = committing;
    m_message->setReadOnly(committing);
    if (committing)
        setOutcome(tr("Committing …"), theme::mutedText());
    updateButtons();
}

void CommitForm::setOutcome(const QString& text, const QColor& colour)
{
    auto palette = m_outcome->palette();
    palette.setColor(QPalette::WindowText, colour);
    m_outcome->setPalette(palette);
    m_outcome->setText(text);
    m_outcome->setVisible(!text.isEmpty());
}

void CommitForm::updateButtons()
{
    const bool written = !message().trimmed().isEmpty();
    m_stop->setVisible(m_committing);
    m_commit->setEnabled(m_ready && written && !m_committing);
    m_commit->setToolTip(!m_ready  ? tr("There is nothing to commit")
                         : written ? tr("Compiles the artifacts and commits the files that are ticked (Ctrl+Return)")
                                   : tr("Write a message first"));
}

bool CommitForm::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers().testFlag(Qt::ControlModifier)) {
            m_commit->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace emac::widgets
