// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/limits.h"
#include "core/analysis/memo.h"
#include "core/base/watch.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace emac::analysis {

/// Failure probabilities at the better and at the worse end of all input intervals: 0 ≤ best ≤ worst ≤ 1.
/// Availabilities are 1 − these; work with these. A branch takes, within its intervals, the probabilities that are best
/// (worst) for itself; under A⁺, where components of its bodies are called elsewhere too, the whole can lie outside.
struct Unavailability
{
    double best = 0;
    double worst = 0;
    bool operator==(const Unavailability&) const = default;
};

/// What holds whatever the dependence between components: best is 1 − E⁺ with all inputs at their best ends, worst
/// 1 − E⁻ with all at their worst.
struct Envelope
{
    Unavailability failure;
    /// No event of a call repeats below; a component may, where its calls draw their own outcomes. Then some law
    /// attains each end; else it is an outer bound.
    bool sharp = false;
    bool operator==(const Envelope&) const = default;
};

/// The laws of one node, of what stands below it alone.
struct NodeAvailability
{
    /// A⁺, optimistic independence; absent where it could not be computed exactly.
    std::optional<Unavailability> independent;
    /// A⁻, pessimistic shared fate, within the envelope and not above A⁺ (semantics § 4).
    Unavailability sharedFate;
    /// [E⁻, E⁺], no assumption on dependence.
    Envelope envelope;
    /// 1 − A*, common cause, with the inputs at their nominal values; absent where no domain states an availability,
    /// and where it cannot be computed.
    std::optional<double> commonCause;
    /// Under a redundancy operator here, at least two children fell into one group (share a component or domain, or are
    /// unknown).
    bool sharesFate = false;
    /// Some component below has unknown or conflicting domains.
    bool domainsUnknown = false;
    /// The value rests on what a timeout costs where that is no event of its own, or where more components repeat
    /// below the timeout than its law can follow; A⁻ also where it is capped by such an A⁺.
    bool independentApproximate = false;
    bool sharedFateApproximate = false;
    bool commonCauseApproximate = false;
    bool operator==(const NodeAvailability&) const = default;
};

struct Analysis
{
    /// Absent for an empty journey.
    std::optional<NodeAvailability> journey;
    /// Every node of the tree; and every node of every fragment, by the fragment alone.
    std::unordered_map<journey::NodeId, NodeAvailability> nodes;
    /// All that there is to say, also why a number is absent.
    journey::Notes notes;
    /// Of the notes, why the journey has no A⁺.
    std::optional<journey::Note> independentMissing;
    /// Of the notes, why the journey has no A*, though some domain states its availability.
    std::optional<journey::Note> commonCauseMissing;

    const NodeAvailability* find(journey::NodeId id) const
    {
        const auto found = nodes.find(id);
        return found == nodes.end() ? nullptr : &found->second;
    }
};

/// A pure function of the journey and the inputs, bottom up. A memo, which may be null, makes it faster after small
/// changes, and changes nothing else; it takes inputs of one component and one version as equal.
/// A⁺ and A* are absent, and a note says which limit was met, where components or domains that repeat need a decision
/// diagram beyond the limits. The limit of time makes these two depend on the machine and its load for a module that
/// comes near it (DiagramOverTime): what must be the same everywhere, such as compiled files, is to be refused then.
/// @returns nothing where the watch expired.
std::optional<Analysis> analyse(const journey::Journey& journey, const journey::Inputs& inputs,
                                const base::Watch& watch = {}, Memo* memo = nullptr, const DiagramLimits& limits = {});

} // namespace emac::analysis
