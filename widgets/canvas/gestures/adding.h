// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/landing.h"
#include "widgets/document/journeydocument.h"
#include "widgets/editing/carried.h"

#include <QIcon>
#include <QString>

#include <vector>

namespace emac::widgets {

/// One of the things that a quick add offers.
struct Offer
{
    QString text;
    Carried carried;
    bool wraps = false; ///< the operator goes around what was selected
    QIcon icon{};
};

/// Somewhere in a journey something is to be added: here, or around what is selected now, whatever is selected once it
/// is known what.
class Adding
{
public:
    Adding(JourneyDocument& document, journey::Landing landing);

    const journey::Landing& landing() const { return m_landing; }
    /// "after payment".
    QString words() const;
    /// What operators can be put around, as people call it; empty where there is nothing.
    const QString& around() const { return m_around; }

    struct Outcome
    {
        QString refusal{}; ///< in the user's language; empty where it is done
        std::vector<journey::Element> unnamed{}; ///< new calls that want a name, in document order
    };
    /// Adds it as one undo step and selects it.
    Outcome add(const Offer& offer) const;

private:
    Outcome wrap(journey::OperatorType type) const;

    JourneyDocument* m_document;
    journey::Landing m_landing;
    std::vector<journey::NodeId> m_selected; ///< siblings
    QString m_around;
};

} // namespace emac::widgets
