// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace emac::workbench {

/// A line around what has the focus in a window, once keys have led it there: styles show it on few kinds of widgets.
/// Fields for text have their cursor.
class FocusRing : public QWidget
{
    Q_OBJECT
public:
    explicit FocusRing(QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void focusCame(QWidget* focus, Qt::FocusReason reason);
    void place();

    bool m_byKeys = false; ///< they have moved the focus last
    bool m_keyWasLast = false; ///< of keys and mouse buttons
    QPointer<QWidget> m_focus; ///< null while there is no ring
};

} // namespace emac::workbench
