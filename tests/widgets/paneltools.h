// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "widgets/common/displayunits.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <memory>

namespace emac::tests {

inline bool isCurrent(const widgets::JourneyDocument& document)
{
    return document.evaluation() && document.evaluation()->revision == document.revision();
}

/// Its laws in time are there, with all that was wanted of them.
inline bool hasLaws(const widgets::JourneyDocument& document)
{
    const auto laws = document.latency();
    return laws && laws->complete && laws->revision == document.revision();
}

/// A document of this text in a folder of its own, with the SLO of `front` beside it.
struct OpenJourney
{
    explicit OpenJourney(const QByteArray& text = CheckoutFolder::intentText())
    {
        folder.write(QStringLiteral("checkout.yaml"), text);
        document = std::make_unique<widgets::JourneyDocument>(workspace::openIntent(folder.path().toStdString()));
    }

    /// The first call of the component.
    journey::Element call(const std::string& component) const
    {
        for (const auto& place : journey::nodePlaces(document->intent().journey)) {
            const auto* found = std::get_if<journey::Call>(&place.node->op);
            if (found && found->component == component)
                return journey::Element::ofNode(place.node->id);
        }
        return journey::Element::none();
    }

    /// The first node of the operator.
    journey::Element node(journey::OperatorType type) const
    {
        for (const auto& place : journey::nodePlaces(document->intent().journey)) {
            if (journey::typeOf(*place.node) == type)
                return journey::Element::ofNode(place.node->id);
        }
        return journey::Element::none();
    }

    QByteArray text() const { return QByteArray::fromStdString(document->text()); }

    CheckoutFolder folder;
    std::unique_ptr<widgets::JourneyDocument> document;
    widgets::SelectionModel selection;
    widgets::DisplayUnits units;
};

} // namespace emac::tests
