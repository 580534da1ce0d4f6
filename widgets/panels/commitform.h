// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace emac::widgets {

/// The message of a commit, the button that makes it, and what came of it.
class CommitForm : public QWidget
{
    Q_OBJECT
public:
    explicit CommitForm(QWidget* parent = nullptr);

    QString message() const;
    void clearMessage();
    void focusMessage();

    /// @param files how many there are to commit; 0 where that is not known
    void setReady(bool ready, int files);
    /// While a commit is made, it can only be stopped.
    void setCommitting(bool committing);
    void setOutcome(const QString& text, const QColor& colour);

signals:
    void commitRequested(); ///< only while there is a message and something to commit
    void stopRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void updateButtons();

    QPlainTextEdit* m_message;
    QLabel* m_outcome;
    QPushButton* m_stop;
    QPushButton* m_commit;
    bool m_ready = false;
    bool m_committing = false;
};

} // namespace emac::widgets
