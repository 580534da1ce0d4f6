// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/selectionmodel.h"

#include <algorithm>

namespace emac::widgets {

journey::Element SelectionModel::current() const
{
    return m_elements.empty() ? journey::Element::journey() : m_elements.back();
}

bool SelectionModel::contains(const journey::Element& element) const
{
    return std::ranges::find(m_elements, element) != m_elements.end();
}

void SelectionModel::select(Selection elements)
{
    if (elements == m_elements)
        return;
    m_elements = std::move(elements);
    emit changed();
}

void SelectionModel::select(const journey::Element& element)
{
    if (element.kind == journey::Element::Kind::None || element.kind == journey::Element::Kind::Journey)
        clear();
    else
        select(Selection{element});
}

void SelectionModel::turnTo(Page page)
{
    if (page == m_page)
        return;
    m_page = std::move(page);
    emit pageChanged();
}

void SelectionModel::reveal(const journey::Element& element, const QString& field)
{
    select(element);
    emit revealed(element, field);
}

} // namespace emac::widgets
