// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <functional>

namespace emac::widgets {

/// A name that is edited in its place. Enter, and a focus that goes elsewhere in the window, commit; Esc gives up. What
/// is refused stays open on Enter, and is given up where the focus is gone. What would be refused is said as it is
/// typed.
class NameEditor : public QLineEdit
{
    Q_OBJECT
public:
    /// @returns why the name is refused, else an empty text
    using Accept = std::function<QString(const QString& name)>;
    /// @param check the same of what is being typed, without doing anything
    NameEditor(QWidget* parent, const QString& label, const QString& initial, Accept accept, Accept check);

    /// Ends without a change.
    void giveUp();
    /// Ends with the name, unless it is refused. @returns whether it is accepted
    bool commit();

signals:
    void refused(const QString& reason);
    /// What is typed now would be refused; empty: it would not.
    void doubted(const QString& reason);
    void entered(); ///< by Enter, accepted; it has closed
    void closed(); ///< it is about to go

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void close();
    void doubt();

    QString m_initial;
    Accept m_accept;
    Accept m_check;
    bool m_doubted = false;
    bool m_done = false;
};

} // namespace emac::widgets
