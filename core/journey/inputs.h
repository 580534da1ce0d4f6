// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/component.h"
#include "core/journey/element.h"
#include "core/journey/latency_law.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace emac::journey {

/// An interval of failure probabilities, 0 ≤ lower ≤ nominal ≤ upper ≤ 1.
struct FailureProbability
{
    double lower = 0;
    double nominal = 0;
    double upper = 1;
    bool operator==(const FailureProbability&) const = default;
};

/// Where a number comes from.
struct Provenance
{
    enum class Source
    {
        NotStated,
        Target,
        Inline,
        Observed
    };
    Source source = Source::NotStated;
    std::string reference; ///< "openslo:NAME" where there is one, also under an inline number
    base::Place place; ///< of the number: a line of the OpenSLO file or of the intent
    std::optional<base::Place> referencePlace; ///< of the SLO's target where an inline number overrides it
    std::optional<double> referenceFailure; ///< 1 − target of the overridden SLO
    bool operator==(const Provenance&) const = default;
};

/// Null where there is no latency evidence. Compared by what it points to.
class LatencyLawPtr
{
public:
    LatencyLawPtr() = default;
    LatencyLawPtr(LatencyLaw law) : m_law(std::make_shared<const LatencyLaw>(std::move(law))) { }

    const LatencyLaw* get() const { return m_law.get(); }
    const LatencyLaw& operator*() const { return *m_law; }
    const LatencyLaw* operator->() const { return m_law.get(); }
    explicit operator bool() const { return m_law != nullptr; }
    bool operator==(const LatencyLawPtr& other) const
    {
        return m_law == other.m_law || (m_law && other.m_law && *m_law == *other.m_law);
    }

private:
    std::shared_ptr<const LatencyLaw> m_law;
};

/// What the analysis knows of one component.
struct Input
{
    FailureProbability failure;
    Provenance provenance;
    bool stated = false; ///< false: [0, 1] because nothing is stated
    bool independentCalls = false; ///< calls draw their own outcomes
    LatencyLawPtr latency; ///< of the successful calls
    FailureTime failureTime; ///< when a failing call has failed
    std::vector<std::string> domains; ///< effective: of the model, else of the intent
    bool domainsUnknown = false; ///< the domains are unknown or in conflict
    Version version = 0; ///< new whenever anything above changes: see Inputs::keepVersions()
    bool operator==(const Input&) const = default;
};

/// All inputs of a journey, by component name. A component that is absent counts as [0, 1] with no domain.
class Inputs
{
public:
    void set(std::string component, Input input) { m_inputs.insert_or_assign(std::move(component), std::move(input)); }
    /// Null where there is none.
    const Input* find(const std::string& component) const
    {
        const auto found = m_inputs.find(component);
        return found == m_inputs.end() ? nullptr : &found->second;
    }
    std::size_t size() const { return m_inputs.size(); }

    /// Gives each input that is equal to the previous one of its component that one's version. O(size).
    void keepVersions(const Inputs& previous)
    {
        for (auto& [component, input] : m_inputs) {
            const auto* old = previous.find(component);
            if (old == nullptr)
                continue;
            const Version fresh = std::exchange(input.version, old->version);
            if (!(input == *old))
                input.version = fresh;
        }
    }

private:
    std::unordered_map<std::string, Input> m_inputs;
};

} // namespace emac::journey
