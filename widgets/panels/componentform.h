// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/inspectorpage.h"

class QFormLayout;

namespace emac::widgets {

/// The fields that one component has, or several have in common. What is typed is set in all of them, as one undo
/// step; where they differ, a field says so until something is typed.
class ComponentForm : public InspectorPage
{
    Q_OBJECT
protected:
    /// @pre at least one name
    ComponentForm(const InspectorContext& context, std::vector<std::string> names, QWidget* parent);

    const std::vector<std::string>& names() const { return m_names; }
    /// "cart", "3 components": what the undo steps speak of.
    QString words() const;
    /// As it is now; of the name alone where it is gone.
    journey::Component component(const std::string& name) const;
    journey::Component first() const { return component(m_names.front()); }

    void addKind(QFormLayout* form);
    void addSlo(QFormLayout* form);
    void addAvailability(QFormLayout* form); ///< the number written in the journey
    void addEvidence(); ///< but for the latency
    void addLatency(); ///< as one line of text
    /// Lists the domains that all have.
    NamesField* addDomainNames();

private:
    /// Sets one member of all.
    template<typename T, typename Change>
    Set<T> change(Change change) const;
    /// The edits made of each name, as one.
    template<typename Make>
    journey::Edit each(const Make& make) const;
    /// Whether get(component) is not the same for all.
    template<typename Member>
    Differ differ(Member get) const;
    void addObserved(QFormLayout* form);
    std::vector<std::string> commonDomains() const;

    std::vector<std::string> m_names;
};

} // namespace emac::widgets
