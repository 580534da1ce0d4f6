// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/componentform.h"
#include "widgets/panels/operatorform.h"

namespace emac::widgets {

/// What is selected, where that is several nodes and components: what they are, and how many.
class SelectedThings
{
public:
    /// Leaves out what does not exist.
    SelectedThings(const journey::Journey& journey, const Selection& selection);

    std::size_t size() const { return m_list.size(); }
    /// Of calls and components, each once, in the order of selecting; empty where there is something else.
    std::vector<std::string> components() const;
    /// Of operators; empty where there is something else.
    std::vector<journey::NodeId> operators() const;
    /// "2 calls, 1 race".
    QString kinds() const;
    /// How they are called, and what leads to each.
    std::vector<std::pair<QString, journey::Element>> names() const;

    bool operator==(const SelectedThings&) const = default;

private:
    struct Thing
    {
        journey::Element element;
        std::optional<journey::OperatorType> type; ///< absent of a component
        std::string component; ///< of a call and of a component
        QString words;
        bool operator==(const Thing&) const = default;
    };
    std::vector<Thing> m_list;
};

/// Several calls or components: the fields of the components.
class SeveralComponentsPage : public ComponentForm
{
    Q_OBJECT
public:
    /// @pre there are components
    SeveralComponentsPage(const InspectorContext& context, const Selection& selection, QWidget* parent);

    bool fits() const override;
    void refresh() override { refreshFields(); }

private:
    Selection m_selection;
    SelectedThings m_things;
};

/// Several operators: their type, and their parameters where that is the same.
class SeveralOperatorsPage : public OperatorForm
{
    Q_OBJECT
public:
    /// @pre there are operators
    SeveralOperatorsPage(const InspectorContext& context, const Selection& selection, QWidget* parent);

    bool fits() const override;
    void refresh() override { refreshFields(); }

private:
    Selection m_selection;
    SelectedThings m_things;
};

/// Several things that have no values in common.
class SeveralPage : public InspectorPage
{
    Q_OBJECT
public:
    SeveralPage(const InspectorContext& context, const Selection& selection, QWidget* parent);

    bool fits() const override;
    void refresh() override { refreshFields(); }

private:
    Selection m_selection;
    SelectedThings m_things;
};

/// Null unless several things are selected that exist.
InspectorPage* makeSeveralPage(const InspectorContext& context, const Selection& selection, QWidget* parent);

} // namespace emac::widgets
