// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/validity.h"

#include "core/base/characters.h"
#include "core/journey/limits.h"
#include "core/journey/probabilities.h"
#include "core/journey/reference.h"

#include <type_traits>

namespace emac::journey {

using base::Code;

namespace {

Fault fault(Code code, std::vector<std::string> arguments)
{
    return base::Message{code, std::move(arguments)};
}

} // namespace

Fault nameFault(std::string_view name, std::string_view what)
{
    if (name.empty())
        return fault(Code::EmptyText, {std::string(what)});
    if (name.size() > mostNameBytes)
        return fault(Code::NameTooLong,
                     {std::string(name.substr(0, 40)), std::to_string(name.size()), std::to_string(mostNameBytes)});
    if (auto visible = base::withoutInvisible(name); visible != name)
        return fault(Code::NameControlCharacter, {std::move(visible)});
    return {};
}

Fault domainFault(std::string_view name)
{
    if (auto found = nameFault(name, "failureDomains"))
        return found;
    if (name.front() == ':' || name.back() == ':')
        return fault(Code::DomainNameMalformed, {std::string(name)});
    return {};
}

Fault referenceFault(std::string_view reference)
{
    if (reference.empty())
        return {};
    if (auto found = nameFault(reference, "atomicSLORef"))
        return found;
    if (!SloReference::parse(reference))
        return fault(Code::ReferenceMalformed, {std::string(reference)});
    return {};
}

Fault durationFault(base::Duration duration)
{
    auto text = base::toString(duration);
    if (duration < base::Duration(0))
        return fault(Code::NegativeDuration, {std::move(text)});
    if (!base::parseDuration(text))
        return fault(Code::DurationTooLong, {std::move(text)});
    return {};
}

Fault probabilityFault(const base::Ratio& ratio)
{
    const auto& number = ratio.decimal();
    if (number.isNegative() || number.complement().isNegative())
        return fault(Code::ProbabilityOutOfRange, {number.toString()});
    return {};
}

Fault rangeFault(const ProbabilityRange& range)
{
    for (const auto* end : {&range.lower, &range.upper}) {
        if (auto found = probabilityFault(*end))
            return found;
    }
    if (range.upper.decimal() < range.lower.decimal())
        return fault(Code::IntervalReversed, {range.lower.decimal().toString(), range.upper.decimal().toString()});
    return {};
}

Fault targetFault(const base::Ratio& target)
{
    const auto& number = target.decimal();
    if (number.isZero() || number.isNegative() || number.complement().isZero() || number.complement().isNegative())
        return fault(Code::TargetOutOfRange, {number.toString()});
    return {};
}

Fault countFault(const KofN& op)
{
    const auto n = op.branches.size();
    if (op.k < 1 || static_cast<std::size_t>(op.k) > n)
        return fault(Code::KOutOfRange, {std::to_string(op.k), std::to_string(n)});
    return {};
}

Fault countFault(const Retry& op)
{
    return op.attempts < 1 ? fault(Code::AttemptsOutOfRange, {std::to_string(op.attempts)}) : Fault{};
}

Fault operatorFault(const Operator& op)
{
    return std::visit(
        [](const auto& one) -> Fault {
            using T = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<T, Race>) {
                return durationFault(one.hedgeDelay.value_or(base::Duration(0)));
            } else if constexpr (std::is_same_v<T, KofN>) {
                return countFault(one);
            } else if constexpr (std::is_same_v<T, Branch>) {
                for (const auto& choice : one.choices) {
                    if (auto found = rangeFault(choice.probability))
                        return found;
                }
                return sumFault(one.choices);
            } else if constexpr (std::is_same_v<T, Retry>) {
                if (auto found = countFault(one))
                    return found;
                return durationFault(one.backoff.value_or(base::Duration(0)));
            } else if constexpr (std::is_same_v<T, Timeout>) {
                return durationFault(one.deadline);
            } else if constexpr (std::is_same_v<T, Call>) {
                return nameFault(one.component, "ref");
            } else if constexpr (std::is_same_v<T, Use>) {
                return nameFault(one.fragment, "use");
            }
            return {};
        },
        op);
}

} // namespace emac::journey
