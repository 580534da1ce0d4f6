// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"

#include <QObject>

#include <vector>

namespace emac::widgets {

using Selection = std::vector<journey::Element>;

/// What is selected, shared by all views of one document. Empty means the journey itself.
class SelectionModel : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const Selection& elements() const { return m_elements; }
    /// The last one selected; the journey where nothing is.
    journey::Element current() const;
    bool contains(const journey::Element& element) const;

    /// Replaces the selection; emits changed() only where it differs.
    void select(Selection elements);
    void select(const journey::Element& element);
    void clear() { select(Selection{}); }

    /// Selects the element and asks every view to bring it into sight, and the inspector to open `field`.
    void reveal(const journey::Element& element, const QString& field = {});

signals:
    void changed();
    void revealed(const emac::journey::Element& element, const QString& field);

private:
    Selection m_elements;
};

} // namespace emac::widgets
