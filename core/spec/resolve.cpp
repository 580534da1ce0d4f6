// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/resolve.h"

#include "core/journey/calls.h"
#include "core/journey/stated_domains.h"
#include "core/spec/latency_laws.h"
#include "core/spec/scalars.h"
#include "core/spec/suggester.h"
#include "core/spec/vocabulary.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace emac::spec {

using base::Code;
using namespace journey;

namespace {

std::string availability(const base::Ratio& ratio)
{
    return ratio.decimal().toString();
}

/// What may stand behind the #.
std::vector<std::string> objectiveNames(const SloDocument& slo)
{
    std::vector<std::string> names;
    for (const auto& objective : slo.objectives)
        names.push_back(objective.displayName.empty() ? "(without displayName)" : objective.displayName);
    return names;
}

class Resolver
{
public:
    Resolver(const IntentDocument& document, const std::string& file, const Catalogue& catalogue,
             const AcceptedModel* model, InputChoice choice, const SampleFiles& samples)
        : m_document(document)
        , m_file(file)
        , m_catalogue(catalogue)
        , m_model(model)
        , m_choice(choice)
        , m_samples(samples)
        , m_stated(document.intent.journey)
    {
    }

    Resolution run()
    {
        const auto& components = m_document.intent.journey.components.list();
        std::set<std::string> called;
        for (auto& call : calledComponents(m_document.intent.journey))
            called.insert(std::move(call.component));
        std::vector<Found> found;
        std::size_t intervals = 0;
        for (const auto& component : components) {
            found.push_back(look(*component));
            if (called.contains(component->name))
                intervals += (found.back().useObserved ? 1U : 0U) + (isMeasured(*component) ? 1U : 0U);
        }
        // All intervals of the journey hold together with 95 % (Bonferroni).
        const double alpha = 0.05 / static_cast<double>(std::max<std::size_t>(1, intervals));
        for (std::size_t i = 0; i < components.size(); ++i)
            m_result.inputs.set(components[i]->name, input(*components[i], found[i], alpha));
        base::sortByPlace(m_result.diagnostics);
        return std::move(m_result);
    }

private:
    struct Found
    {
        const SloObjective* objective = nullptr; ///< of the atomic SLO
        bool useObserved = false;
        const SloObjective* threshold = nullptr; ///< of the latency SLO, with its threshold in seconds
    };

    /// Its latency gets a band of confidence.
    bool isMeasured(const Component& component) const
    {
        if (!component.latency)
            return false;
        if (const auto* samples = std::get_if<SampledLatency>(&*component.latency))
            return times(*samples) != nullptr;
        return std::holds_alternative<HistogramLatency>(*component.latency);
    }

    /// Null where the file has not been read, or has errors.
    const SampledTimes* times(const SampledLatency& samples) const
    {
        const auto found = m_samples.find(samples.path);
        return found == m_samples.end() || !found->second->value ? nullptr : &*found->second->value;
    }

    Found look(const Component& component)
    {
        Found found;
        found.objective = objective(component, component.atomicSloRef, "atomicSLORef");
        if (const auto* latency = objective(component, component.latencySloRef, "latencySLORef");
            latency != nullptr && hasThreshold(component, *latency))
            found.threshold = latency;
        const bool hasTarget = component.inlineAvailability || found.objective != nullptr;
        found.useObserved = component.observed && (m_choice == InputChoice::Observed || !hasTarget);
        return found;
    }

    /// The SLO that a reference names; null, with the reason said, where there is not just one.
    const SloDocument* referenced(const Component& component, const std::string& reference, std::string_view field)
    {
        const auto parsed = SloReference::parse(reference);
        if (!parsed)
            return nullptr; // absent; a malformed one is not read
        const auto place = placeOf(component, field);
        const auto slos = m_catalogue.find(parsed->name);
        if (slos.empty()) {
            dangling(component, std::string(parsed->name), place);
            return nullptr;
        }
        if (slos.size() > 1) {
            report(Code::SloDefinedTwice, place,
                   {slos[0]->name, base::toString(slos[0]->place), base::toString(slos[1]->place)});
            return nullptr;
        }
        return slos[0];
    }

    void dangling(const Component& component, const std::string& name, const base::Place& place)
    {
        if (m_names.empty())
            m_names = m_catalogue.names();
        const auto& searched = m_catalogue.searched();
        std::vector<std::string> arguments{name, component.name, searched.empty() ? "no folder" : joined(searched)};
        const auto near = m_suggester.nearest(name, m_names);
        if (near)
            arguments.push_back(*near);
        report(near ? Code::DanglingReferenceNear : Code::DanglingReference, place, std::move(arguments));
    }

    /// The one objective that a reference names; null, with the reason said, where it has no target or there is not
    /// just one.
    const SloObjective* objective(const Component& component, const std::string& reference, std::string_view field)
    {
        const auto* slo = referenced(component, reference, field);
        if (slo == nullptr)
            return nullptr;
        const auto wanted = SloReference::parse(reference)->objective;
        const auto place = placeOf(component, field);
        const SloObjective* found = nullptr;
        if (!wanted.empty()) {
            const auto named = std::ranges::find(slo->objectives, wanted, &SloObjective::displayName);
            if (named == slo->objectives.end()) {
                report(Code::ObjectiveUnknown, place, {slo->name, std::string(wanted), joined(objectiveNames(*slo))});
                return nullptr;
            }
            found = &*named;
        } else if (slo->objectives.size() == 1) {
            found = &slo->objectives.front();
        } else if (slo->objectives.size() > 1) {
            report(Code::ObjectiveAmbiguous, place,
                   {slo->name, std::to_string(slo->objectives.size()), joined(objectiveNames(*slo))});
            return nullptr;
        }
        if (found == nullptr || !found->target) {
            report(Code::ObjectiveWithoutTarget, place,
                   {slo->name, base::toString(found == nullptr ? slo->place : found->place)});
            return nullptr;
        }
        return found;
    }

    /// Says what is missing where the objective is no threshold of a latency.
    bool hasThreshold(const Component& component, const SloObjective& objective)
    {
        const std::string name(SloReference::parse(component.latencySloRef)->name);
        const auto fault = [&](Code code, std::vector<std::string> more) {
            std::vector<std::string> arguments{name, base::toString(objective.place)};
            arguments.insert(arguments.end(), more.begin(), more.end());
            report(code, placeOf(component, "latencySLORef"), std::move(arguments));
            return false;
        };
        if (objective.op.empty() || !objective.value)
            return fault(Code::ThresholdMissing, {});
        if (objective.op != "lte" && objective.op != "lt")
            return fault(Code::ThresholdOperator, {objective.op});
        if (!(*objective.value > 0 && *objective.value <= journey::longestTime))
            return fault(Code::ThresholdValue, {base::Decimal::fromDouble(*objective.value).toString()});
        return true;
    }

    Input input(const Component& component, const Found& found, double alpha)
    {
        Input result;
        result.independentCalls = component.independentCalls.value_or(false);
        result.latency = latency(component, found, alpha);
        result.failureTime = component.failure;
        result.version = newVersion();
        const bool fromModel = domains(component, result);
        result.provenance.reference = component.atomicSloRef;
        if (found.useObserved)
            observed(component, alpha, result);
        else if (component.inlineAvailability)
            inlined(component, found, result);
        else if (found.objective != nullptr)
            target(component, *found.objective, result);
        else if (!m_document.sources.find(Element::component(component.name), "availability"))
            report(Code::AvailabilityNotStated, placeOf(component, ""), {component.name});
        // The reader has checked inline numbers against the intent's own domains.
        if (result.stated && (fromModel || result.provenance.source != Provenance::Source::Inline))
            ownPart(component, result);
        return result;
    }

    /// The effective domains; true where they are the model's.
    bool domains(const Component& component, Input& result) const
    {
        EffectiveDomains effective{component.failureDomains, {}};
        bool fromModel = false;
        if (m_model != nullptr) {
            const auto found = m_model->domains.find(component.name);
            fromModel = found != m_model->domains.end();
            if (fromModel)
                effective = found->second;
        }
        result.domains = effective.domains;
        result.domainsUnknown = effective.unknown();
        return fromModel;
    }

    LatencyLawPtr latency(const Component& component, const Found& found, double alpha)
    {
        const auto* slo = found.threshold;
        const base::Duration threshold(slo == nullptr ? 0 : std::llround(*slo->value * 1e9));
        if (!component.latency)
            return slo == nullptr ? LatencyLawPtr() : latencyLaw(*slo->target, threshold);
        if (slo != nullptr)
            report(Code::InlineOverridesThreshold, placeOf(component, "latency"),
                   {component.name, base::toString(threshold), component.latencySloRef, base::toString(slo->place)});
        if (const auto* histogram = std::get_if<HistogramLatency>(&*component.latency))
            return latencyLaw(*histogram, alpha);
        if (const auto* samples = std::get_if<SampledLatency>(&*component.latency)) {
            const auto* found = times(*samples);
            return found != nullptr ? latencyLaw(*found, alpha) : withoutTimes(component, *samples);
        }
        if (const auto* quantiles = std::get_if<QuantileLatency>(&*component.latency))
            return latencyLaw(*quantiles);
        if (const auto* lognormal = std::get_if<LognormalLatency>(&*component.latency))
            return latencyLaw(*lognormal);
        return latencyLaw(std::get<ConstantLatency>(*component.latency));
    }

    /// Says why there is none.
    LatencyLawPtr withoutTimes(const Component& component, const SampledLatency& samples)
    {
        const auto file = m_samples.find(samples.path);
        std::string reason = "it has not been read";
        if (file != m_samples.end() && !file->second->diagnostics.empty()) {
            const auto& first = file->second->diagnostics.front();
            reason = (first.place.line == 0 ? "" : "line " + std::to_string(first.place.line) + ": ")
                     + base::substitute(base::messageTemplate(first.message.code).what, first.message.arguments);
            // What is wrong in the file itself stands there too.
            if (first.place.line != 0)
                m_result.diagnostics.insert(m_result.diagnostics.end(), file->second->diagnostics.begin(),
                                            file->second->diagnostics.end());
        }
        report(Code::SamplesFaulty, placeOf(component, "latency.samples"),
               {component.name, samples.path, std::move(reason)});
        return {};
    }

    void observed(const Component& component, double alpha, Input& result)
    {
        result.failure = clopperPearson(*component.observed, alpha);
        result.provenance.source = Provenance::Source::Observed;
        result.provenance.place = placeOf(component, "availability.observed");
        result.stated = true;
        if (m_choice == InputChoice::Target)
            note(Code::ObservedUsedInstead, component);
    }

    void inlined(const Component& component, const Found& found, Input& result)
    {
        const double q = component.inlineAvailability->failure();
        result.failure = {q, q, q};
        result.provenance.source = Provenance::Source::Inline;
        result.provenance.place = placeOf(component, "availability");
        result.stated = true;
        if (found.objective != nullptr) {
            result.provenance.referencePlace = found.objective->place;
            result.provenance.referenceFailure = found.objective->target->failure();
            report(Code::InlineOverridesTarget, result.provenance.place,
                   {availability(*component.inlineAvailability), component.name, availability(*found.objective->target),
                    component.atomicSloRef, base::toString(found.objective->place)});
        }
        targetInstead(component);
    }

    void target(const Component& component, const SloObjective& objective, Input& result)
    {
        const double q = objective.target->failure();
        result.failure = {q, q, q};
        result.provenance.source = Provenance::Source::Target;
        result.provenance.place = objective.place;
        result.stated = true;
        targetInstead(component);
    }

    void targetInstead(const Component& component)
    {
        if (m_choice == InputChoice::Observed)
            note(Code::TargetUsedInstead, component);
    }

    void ownPart(const Component& component, const Input& result)
    {
        const auto stated = m_stated.failure(result.domains);
        if (isOwnPartSound(result.failure.upper, stated))
            return;
        report(Code::OwnPartAboveOne, placeOf(component, ""),
               {component.name, base::Decimal::fromDouble(result.failure.upper).complement().toString(), stated.names,
                base::Decimal::fromDouble(stated.probability).complement().toString()});
    }

    void note(Code code, const Component& component)
    {
        m_result.notes.push_back({{code, {component.name}}, Element::component(component.name)});
    }

    /// Of the component's field, or of its key where the field is "" or not written.
    base::Place placeOf(const Component& component, std::string_view field) const
    {
        const auto element = Element::component(component.name);
        const auto value = field.empty() ? std::nullopt : m_document.sources.find(element, field);
        if (value)
            return {m_file, value->value.line, value->value.column};
        const auto found = m_document.sources.find(element, "");
        return found ? base::Place{m_file, found->key.line, found->key.column} : base::Place{m_file, 0, 0};
    }

    void report(Code code, base::Place place, std::vector<std::string> arguments)
    {
        m_result.diagnostics.push_back({{code, std::move(arguments)}, std::move(place)});
    }

    const IntentDocument& m_document;
    const std::string& m_file;
    const Catalogue& m_catalogue;
    const AcceptedModel* m_model;
    InputChoice m_choice;
    const SampleFiles& m_samples;
    StatedDomains m_stated;
    Suggester m_suggester;
    std::vector<std::string> m_names;
    Resolution m_result;
};

} // namespace

Resolution resolve(const IntentDocument& document, const std::string& file, const Catalogue& catalogue,
                   const AcceptedModel* model, InputChoice choice, const SampleFiles& samples)
{
    return Resolver(document, file, catalogue, model, choice, samples).run();
}

std::vector<std::string> samplePaths(const Journey& journey)
{
    std::set<std::string> paths;
    for (const auto& component : journey.components.list()) {
        if (!component->latency)
            continue;
        if (const auto* samples = std::get_if<SampledLatency>(&*component->latency))
            paths.insert(samples->path);
    }
    return {paths.begin(), paths.end()};
}

} // namespace emac::spec
