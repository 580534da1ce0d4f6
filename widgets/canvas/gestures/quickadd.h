// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "widgets/canvas/gestures/adding.h"

#include <QFrame>

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;

namespace emac::widgets {

/// A search field over a list of all that can be added: operators, components and fragments in the order of the
/// palette, and where something is selected, the operators that can be put around it. What is typed finds them, an
/// operator of this name first, and offers a new component of this name, or says why there can be none. Enter or a
/// click adds; nothing is chosen before something is typed or an arrow key pressed. Esc and a focus that goes elsewhere
/// give up.
class QuickAdd : public QFrame
{
    Q_OBJECT
public:
    /// @returns why it is refused, else an empty text
    using Accept = std::function<QString(const Offer& offer)>;
    /// @param parent takes the focus afterwards
    /// @param where of what is added, "after payment"
    /// @param around what operators would be put around; empty: nothing
    QuickAdd(QWidget* parent, const journey::Journey& journey, const QString& where, const QString& around,
             Accept accept);

    /// Shows it near the point of the parent, within that, ready for typing.
    void openAt(QPoint near);
    void giveUp();

signals:
    void closed(); ///< it is about to go

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void choose();
    void refuse(const QString& reason);

    std::vector<Offer> m_offers; ///< all but the new component
    std::vector<Offer> m_shown;
    QStringList m_names; ///< of components
    Accept m_accept;
    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_refusal;
    bool m_done = false;
};

} // namespace emac::widgets
