// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/subject.h"
#include "core/yaml/content.h"

namespace emac::artifacts {

/// A group of rules, as a PrometheusRule and a rule file hold it.
yaml::Content ruleGroup(const std::string& name, yaml::Content rules);

/// The groups as the request's flavour wants them: in a PrometheusRule of this name, or plain.
yaml::Content ruleFile(const Subject& subject, const std::string& name, yaml::Content groups);

/// The error ratio over every window that an alert or a gate asks for, and the bounds of the analysis as constants.
yaml::Content recordingRules(const Subject& subject);

/// The series that hold a constant of the analysis, with their labels, as PromQL selects them: "journey:checkout:
/// availability_bound{bound=\"optimistic\"}". In the order of the rules.
struct Constant
{
    std::string record; ///< without labels
    std::vector<std::pair<std::string, std::string>> key; ///< the labels that tell it from others of its name
    double value = 0;

    std::string selector() const;
};

struct Constants
{
    std::optional<Constant> optimistic; ///< absent where it could not be computed
    Constant pessimistic;
    std::optional<Constant> commonCause;
    Constant envelopeLower;
    Constant envelopeUpper;
    std::optional<Constant> width; ///< of optimistic and pessimistic
    /// p99_U and what guards ask of the others, in seconds, as far as they are bounded: rounded up to four digits, so
    /// that the files are the same on every machine.
    std::vector<Constant> latencyBounds;
    std::optional<Constant> confidence; ///< of the discovered model, else of the model in play
    std::string confidenceSource; ///< its path
    Constant domainConflict; ///< 1 where the domains of some alternative are unknown or in conflict
    std::string domainSource; ///< the model in play, else the intent: the path
    std::vector<Constant> contributors;
};

Constants constantsOf(const Subject& subject);

} // namespace emac::artifacts
