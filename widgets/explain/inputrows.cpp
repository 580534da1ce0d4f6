// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/inputrows.h"

#include "core/journey/stated_domains.h"
#include "widgets/common/typedvalue.h"

#include <QCoreApplication>

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::Element;
using Source = journey::Provenance::Source;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::explain)
};

} // namespace

base::Place InputRows::placeOf(const Element& element, std::string_view field) const
{
    if (const auto place = m_source.sources.find(element, field))
        return {m_source.path, place->value.line, place->value.column};
    return {m_source.path, m_source.sources.lineOf(element), 0};
}

double InputRows::inputOf(const journey::FailureProbability& failure) const
{
    switch (m_figure) {
    case Figure::Pessimistic:
    case Figure::Lowest:
        return failure.upper;
    case Figure::CommonCause:
        return failure.nominal;
    case Figure::Optimistic:
    case Figure::Highest:
        break;
    }
    return failure.lower;
}

/// Exact where it was stated as a number.
QString InputRows::shownInput(const journey::FailureProbability& failure) const
{
    const double q = inputOf(failure);
    return failure.lower == failure.upper ? shown(availabilityOf(q)) : shown(q);
}

QString InputRows::endText() const
{
    switch (m_figure) {
    case Figure::Pessimistic:
    case Figure::Lowest:
        return Words::tr("lower end");
    case Figure::CommonCause:
        return Words::tr("nominal value");
    case Figure::Optimistic:
    case Figure::Highest:
        break;
    }
    return Words::tr("upper end");
}

std::vector<Explanation::Row> InputRows::rowsOf(const std::string& component) const
{
    Explanation::Row row{QString::fromStdString(component),
                         shown(m_figure == Figure::Optimistic || m_figure == Figure::Highest ? 0.0 : 1.0),
                         Words::tr("not stated: anything from 0 % to 100 %"),
                         placeOf(Element::component(component)),
                         {}};
    const auto* input = m_source.inputs.find(component);
    if (input == nullptr || !input->stated)
        return {row};
    const auto& from = input->provenance;
    row.value = shownInput(input->failure);
    row.place = from.place;
    const auto reference = QString::fromStdString(from.reference);
    switch (from.source) {
    case Source::Target:
        row.source = Words::tr("target of %1").arg(reference);
        break;
    case Source::Inline:
        row.source = reference.isEmpty() ? Words::tr("written in the journey")
                                         : Words::tr("written in the journey; wins over %1").arg(reference);
        row.place = placeOf(Element::component(component), "availability");
        break;
    case Source::Observed:
        row.source =
            Words::tr("%1 of the observed %2")
                .arg(endText(), availabilityRange(input->failure.upper, input->failure.lower, m_source.display));
        break;
    case Source::NotStated:
        break;
    }
    std::vector rows{row};
    if (from.source == Source::Inline && from.referenceFailure) {
        rows.push_back({Words::tr("Overridden"),
                        shown(availabilityOf(*from.referenceFailure)),
                        Words::tr("target of %1; without effect here").arg(reference),
                        from.referencePlace.value_or(base::Place{}),
                        {}});
    }
    return rows;
}

Explanation::Row InputRows::rowOf(const StatedDomain& domain) const
{
    const auto& rule = domain.rule;
    return {Words::tr("Failure domain %1").arg(QString::fromStdString(domain.domain)),
            shown(*rule.availability),
            Words::tr("stated by the rule %1").arg(QString::fromStdString(rule.name)),
            placeOf(Element::domainRule(rule.name), "availability"),
            {}};
}

double ownFailure(double failure, const std::vector<std::string>& domains, const journey::Journey& journey)
{
    const double together = journey::StatedDomains(journey).failure(domains).probability;
    return together < 1 ? std::max(0.0, failure - together) / (1 - together) : 0;
}

} // namespace emac::widgets
