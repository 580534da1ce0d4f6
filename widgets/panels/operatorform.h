// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panels/inspectorpage.h"

class QFormLayout;

namespace emac::widgets {

/// The fields that one operator has, or several have in common. What is typed is set in all of them, as one undo step;
/// where they differ, a field says so until something is typed.
class OperatorForm : public InspectorPage
{
    Q_OBJECT
protected:
    /// @pre at least one id, of nodes that exist and are no calls
    OperatorForm(const InspectorContext& context, std::vector<journey::NodeId> ids, QWidget* parent);

    /// "race payment", "3 operators": what the undo steps speak of.
    QString words() const { return m_words; }
    /// What all were when the page was made; absent where they were not the same.
    std::optional<journey::OperatorType> type() const { return m_type; }
    /// Null where it is gone.
    journey::ExpressionPtr node(journey::NodeId id) const;
    /// The operator of the node as one of this type; what it has of another one is that of a new one.
    template<typename T>
    T op(journey::NodeId id) const
    {
        const auto expression = node(id);
        const auto* found = expression ? std::get_if<T>(&expression->op) : nullptr;
        return found != nullptr ? *found : T{};
    }

    void addType(QFormLayout* form); ///< changes one operator into another. @pre none is a use
    void addParameters();

private:
    template<typename Make>
    journey::Edit each(const Make& make) const;
    template<typename Member>
    Differ differ(Member get) const;
    /// Of an operator T: a member that is a duration with 0 as its default, and one that is a count.
    template<typename T>
    void addDuration(QFormLayout* form, const QString& label, const QString& name, const QString& step,
                     std::optional<base::Duration> T::*member);
    template<typename T>
    void addCount(QFormLayout* form, const QString& label, const QString& name, const QString& step, int T::*member);
    void addDeadline(QFormLayout* form);
    void addWait(QFormLayout* form);

    std::vector<journey::NodeId> m_ids;
    std::optional<journey::OperatorType> m_type;
    QString m_words;
};

} // namespace emac::widgets
