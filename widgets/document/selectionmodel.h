// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"

#include <QObject>

#include <string>
#include <vector>

namespace emac::widgets {

using Selection = std::vector<journey::Element>;

/// Fragments opened one in another, the innermost last; empty: the journey's own tree.
using Page = std::vector<std::string>;

/// What is selected, shared by all views of one document. Empty means the journey itself. With it, which of the
/// journey's trees the drawing shows.
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

    const Page& page() const { return m_page; }
    /// The fragment whose body is shown; empty: the journey's own tree.
    std::string fragment() const { return m_page.empty() ? std::string() : m_page.back(); }
    void turnTo(Page page);

signals:
    void changed();
    void pageChanged();
    void revealed(const emac::journey::Element& element, const QString& field);

private:
    Selection m_elements;
    Page m_page;
};

} // namespace emac::widgets
