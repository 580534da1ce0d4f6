// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/explain/explanation.h"
#include "widgets/explain/sharing.h"

namespace emac::widgets {

/// The rows of an explanation that tell of stated values: at the end of their intervals that the figure takes.
class InputRows
{
public:
    InputRows(const ExplanationSource& source, Figure figure) : m_source(source), m_figure(figure) { }

    QString shown(double failure) const { return availabilityText(failure, m_source.display); }
    QString shown(const base::Ratio& ratio) const { return exactAvailability(ratio, m_source.display); }

    /// Of the field in the text, of the element where the field is not written.
    base::Place placeOf(const journey::Element& element, std::string_view field = {}) const;

    /// The component's value with its source; behind it the one that it overrides.
    std::vector<Explanation::Row> rowsOf(const std::string& component) const;
    Explanation::Row rowOf(const StatedDomain& domain) const;

private:
    double inputOf(const journey::FailureProbability& failure) const;
    QString shownInput(const journey::FailureProbability& failure) const;
    QString endText() const;

    const ExplanationSource& m_source;
    Figure m_figure;
};

/// What the failure domains leave of a component: its availability over theirs, as a failure probability.
double ownFailure(double failure, const std::vector<std::string>& domains, const journey::Journey& journey);

} // namespace emac::widgets
