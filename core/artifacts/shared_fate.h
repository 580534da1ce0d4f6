// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/request.h"
#include "core/journey/expression.h"

#include <string>
#include <vector>

namespace emac::artifacts {

/// What makes alternatives fail together in the pessimistic bound.
struct SharedFate
{
    std::vector<std::string> domains; ///< that children of one redundancy operator have in common; sorted
    std::vector<std::string> components; ///< that they have in common; sorted
    std::vector<std::string> unknown; ///< components whose domains are unknown, below such an operator; sorted
    /// Each redundancy operator of the document, in its order.
    struct Operator
    {
        std::string id; ///< explicit id or place key
        journey::OperatorType type = journey::OperatorType::Race;
        std::vector<std::string> alternatives; ///< components below it; sorted
        bool shares = false; ///< some alternatives share their fate
        bool unknown = false; ///< the domains of some are unknown
        std::vector<std::string> domains; ///< that its children have in common; sorted
    };
    std::vector<Operator> operators;
    std::vector<std::string> retries; ///< ids of those with more than one attempt
    std::vector<std::string> undeclared; ///< components below a redundancy operator that state no domain; sorted

    /// "payment-network shared fate", "separate domains".
    std::string assumption() const;
    /// "Full correlation inside domain payment-network" and the like; empty where nothing is shared or assumed.
    std::vector<std::string> assumptions() const;
    /// Why the operator of this id is worth less than under independence.
    std::string reasonAt(const std::string& id) const;
};

/// A domain counts by its kind where a child has it without value. O(size · redundancy operators).
SharedFate sharedFateOf(const Request& request);

} // namespace emac::artifacts
