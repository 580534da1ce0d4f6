// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "widgets/editing/carried.h"

#include <QFrame>

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;

namespace emac::widgets {

/// A search field over a list of all that can be added: components, fragments, operators, and a component of the name
/// that is typed; and where something is selected, the operators that can be put around it. Enter or a click adds,
/// Esc and a focus that goes elsewhere give up.
class QuickAdd : public QFrame
{
    Q_OBJECT
public:
    struct Offer
    {
        QString text;
        Carried carried;
        bool wraps = false; ///< the operator goes around what is selected
    };
    /// @returns why it is refused, else an empty text
    using Accept = std::function<QString(const Offer& offer)>;
    /// @param around what operators would be put around; empty: nothing
    QuickAdd(QWidget* parent, const journey::Journey& journey, const QString& around, Accept accept);

    void giveUp();

signals:
    void closed(); ///< it is about to go

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void choose();

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
