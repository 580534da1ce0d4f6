// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/look.h"

#include "core/journey/paths.h"
#include "widgets/common/figures.h"
#include "widgets/common/format.h"
#include "widgets/common/timetext.h"
#include "widgets/latency/tailrows.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <cmath>
#include <set>
#include <string_view>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::canvas)
};

QString detailOf(const journey::Expression& node, int uses)
{
    using namespace journey;
    if (const auto* retry = std::get_if<Retry>(&node.op)) {
        const auto tries = Words::tr("×%1").arg(retry->attempts);
        return retry->backoff.value_or(base::Duration(0)).count() == 0
                   ? tries
                   : Words::tr("%1, %2 apart").arg(tries, durationText(*retry->backoff));
    }
    if (const auto* timeout = std::get_if<Timeout>(&node.op))
        return Words::tr("≤ %1").arg(durationText(timeout->deadline));
    if (const auto* race = std::get_if<Race>(&node.op);
        race != nullptr && race->hedgeDelay && race->hedgeDelay->count() != 0)
        return Words::tr("hedged by %1").arg(durationText(*race->hedgeDelay));
    if (const auto* optional = std::get_if<Optional>(&node.op); optional != nullptr && !optional->waits())
        return Words::tr("not waited for");
    if (std::holds_alternative<Use>(node.op))
        return Words::tr("used %1×").arg(uses);
    return {};
}

QString titleOf(const journey::Expression& node)
{
    const auto name = QString::fromStdString(journey::displayName(node));
    const auto type = journey::typeOf(node);
    if (type == journey::OperatorType::Call || type == journey::OperatorType::Use)
        return name;
    const auto* kofn = std::get_if<journey::KofN>(&node.op);
    const auto title =
        kofn != nullptr ? Words::tr("%1 of %2").arg(kofn->k).arg(kofn->branches.size()) : operatorTitle(type);
    return node.name.empty() ? title : Words::tr("%1 · %2").arg(title, name);
}

/// All that the look of a node comes from.
struct Subject
{
    journey::Version version = 0; ///< of the node
    journey::ComponentPtr component; ///< of a call
    int uses = 0; ///< of a use's fragment
    std::optional<analysis::NodeAvailability> values;
    Badges badges;
    std::optional<double> errorBudget;
    std::optional<TailPart> tail;
    QString percentile; ///< of the tail
    bool stale = false;
    AvailabilityDisplay display{};
    bool operator==(const Subject&) const = default;
};

Badges badgesOf(const journey::Call& call, const CanvasNumbers& numbers)
{
    const auto* input = numbers.inputs != nullptr ? numbers.inputs->find(call.component) : nullptr;
    if (input == nullptr)
        return numbers.inputs != nullptr ? Badge::NotStated : Badges();
    using Source = journey::Provenance::Source;
    Badges badges;
    badges.setFlag(Badge::Overridden,
                   input->provenance.source == Source::Inline && !input->provenance.reference.empty());
    badges.setFlag(Badge::UnknownDomain, input->domainsUnknown);
    badges.setFlag(Badge::NotStated, !input->stated);
    return badges;
}

void addProblem(Badges& badges, const journey::Element& element, const CanvasNumbers& numbers)
{
    const auto found = numbers.problems.find(element);
    if (found == numbers.problems.end())
        return;
    if (found->second == base::Severity::Error)
        badges |= Badge::Error;
    else if (found->second == base::Severity::Warning && !badges)
        badges |= Badge::Warning; // the other badges say it more precisely
}

/// "41 ms · 31 %"
std::optional<TailPart> partOf(double seconds, double share, const CanvasNumbers& numbers)
{
    constexpr double nextToNothing = 0.005;
    const auto& whole = numbers.tail->contributions.seconds;
    if (!whole || std::abs(share) < nextToNothing)
        return std::nullopt;
    const auto percent = QCoreApplication::translate("emac::format", "%1 %").arg(std::lround(share * 100));
    return TailPart{seconds, share, Words::tr("%1 · %2").arg(tailTime(seconds, *whole), percent), numbers.tailStale};
}

/// Adds what the calls add.
void addCalls(const journey::ExpressionPtr& root, const journey::Journey& journey, const TailResult& tail,
              std::set<std::string_view>& used, TailPart& sum)
{
    journey::forEachNode(root, [&](const journey::ExpressionPtr& node) {
        if (const auto found = tail.byCall.find(node->id); found != tail.byCall.end()) {
            sum.seconds += found->second.seconds;
            sum.share += found->second.share;
        }
        const auto* use = std::get_if<journey::Use>(&node->op);
        if (use == nullptr || !used.insert(use->fragment).second)
            return;
        if (const auto body = journey.fragment(use->fragment))
            addCalls(body, journey, tail, used, sum);
    });
}

/// Of a call or a use; frames wear none.
std::optional<TailPart> ownTail(const journey::Expression& node, const journey::Journey& journey,
                                const CanvasNumbers& numbers)
{
    if (const auto* use = std::get_if<journey::Use>(&node.op)) {
        const auto body = journey.fragment(use->fragment);
        return body ? tailOf(body, journey, numbers) : std::nullopt;
    }
    const auto found = numbers.tail->byCall.find(node.id);
    return found == numbers.tail->byCall.end() ? std::nullopt
                                               : partOf(found->second.seconds, found->second.share, numbers);
}

Subject subjectOf(const journey::Expression& node, const journey::Journey& journey,
                  const std::map<std::string, int>& uses, const CanvasNumbers& numbers)
{
    Subject subject{node.version, {}, 0, {}, {}, numbers.errorBudget, {}, {}, numbers.stale, numbers.display};
    if (const auto* found = numbers.analysis != nullptr ? numbers.analysis->find(node.id) : nullptr)
        subject.values = *found;
    if (const auto* call = std::get_if<journey::Call>(&node.op)) {
        subject.component = journey.components.find(call->component);
        subject.badges = badgesOf(*call, numbers);
        addProblem(subject.badges, journey::Element::component(call->component), numbers);
    }
    if (const auto* use = std::get_if<journey::Use>(&node.op)) {
        const auto found = uses.find(use->fragment);
        subject.uses = found == uses.end() ? 1 : found->second;
    }
    addProblem(subject.badges, journey::Element::ofNode(node.id), numbers);
    if (numbers.tail) {
        subject.tail = ownTail(node, journey, numbers);
        subject.percentile = percentileName(numbers.tail->percentile);
    }
    return subject;
}

QString badgeText(Badge badge)
{
    switch (badge) {
    case Badge::Overridden:
        return Words::tr("A number in the journey overrides the SLO's target");
    case Badge::UnknownDomain:
        return Words::tr("Its failure domains are unknown or in conflict");
    case Badge::NotStated:
        return Words::tr("Its availability is not stated");
    case Badge::Warning:
    case Badge::Error:
        break;
    }
    return Words::tr("There is a problem: see Problems");
}

QString toolTipOf(const Look& look, const Subject& subject)
{
    QStringList lines{look.detail.isEmpty() ? look.title : Words::tr("%1 (%2)").arg(look.title, look.detail)};
    if (look.external)
        lines << Words::tr("External dependency");
    if (subject.values && !look.badges.testFlag(Badge::NotStated))
        lines << figureLines(&*subject.values, subject.display);
    if (look.heat)
        lines << Words::tr("At worst it alone takes %1 % of the error budget")
                     .arg(QLocale().toString(*look.heat * 100, 'g', 3));
    if (look.tail)
        lines << Words::tr("Adds %1 to %2").arg(look.tail->text, subject.percentile);
    for (const auto badge : {Badge::Overridden, Badge::UnknownDomain, Badge::NotStated, Badge::Warning, Badge::Error}) {
        if (look.badges.testFlag(badge))
            lines << badgeText(badge);
    }
    return lines.join(QLatin1Char('\n'));
}

Look described(const journey::Expression& node, const Subject& subject)
{
    Look look;
    look.type = journey::typeOf(node);
    look.title = titleOf(node);
    look.detail = detailOf(node, subject.uses);
    look.stale = subject.stale;
    look.badges = subject.badges;
    look.tail = subject.tail;
    look.external = subject.component && subject.component->kind.find("external") != std::string::npos;
    if (look.badges & Badge::NotStated) {
        look.numbers = Words::tr("not stated");
    } else if (subject.values) {
        const double worst = subject.values->sharedFate.worst;
        look.numbers = subject.values->independent
                           ? shortRange(worst, subject.values->independent->best, subject.display)
                           : Words::tr("at least %1").arg(availabilityText(worst, subject.display));
        look.heat = heatOf(*subject.values, subject.errorBudget);
    }
    look.toolTip = toolTipOf(look, subject);
    return look;
}

} // namespace

std::optional<double> heatOf(const analysis::NodeAvailability& values, const std::optional<double>& errorBudget)
{
    if (!errorBudget || *errorBudget <= 0 || isOpen(values))
        return std::nullopt;
    return values.sharedFate.worst / *errorBudget;
}

std::map<std::string, int> fragmentUses(const journey::Journey& journey)
{
    std::map<std::string, int> uses;
    const auto count = [&uses](const journey::ExpressionPtr& node) {
        if (const auto* use = std::get_if<journey::Use>(&node->op))
            ++uses[use->fragment];
    };
    journey::forEachNode(journey.root, count);
    for (const auto& fragment : journey.fragments)
        journey::forEachNode(fragment.body, count);
    return uses;
}

Look lookOf(const journey::Expression& node, const journey::Journey& journey, const std::map<std::string, int>& uses,
            const CanvasNumbers& numbers)
{
    return described(node, subjectOf(node, journey, uses, numbers));
}

struct LookMemo::Known
{
    Subject subject;
    Look look;
};

LookMemo::LookMemo() = default;
LookMemo::~LookMemo() = default;

Look LookMemo::lookOf(const journey::Expression& node, const journey::Journey& journey,
                      const std::map<std::string, int>& uses, const CanvasNumbers& numbers)
{
    constexpr std::size_t mostKnown = 20'000;
    if (m_known.size() > mostKnown)
        m_known.clear();
    auto subject = subjectOf(node, journey, uses, numbers);
    auto& known = m_known[node.id];
    if (known.look.title.isNull() || known.subject != subject) {
        known.look = described(node, subject);
        known.subject = std::move(subject);
    }
    return known.look;
}

Look closedLook(Look look, int calls, Badges hidden, std::optional<TailPart> tail)
{
    look.closed = true;
    look.tail = std::move(tail);
    look.detail = calls == 1 ? Words::tr("1 call") : Words::tr("%1 calls").arg(calls);
    look.toolTip += QLatin1Char('\n') + Words::tr("Closed over %1").arg(look.detail);
    for (const auto badge : worstFirst) {
        if (!hidden.testFlag(badge))
            continue;
        if (!look.badges.testFlag(badge))
            look.toolTip += QLatin1Char('\n') + badgeText(badge);
        look.badges |= badge;
        break;
    }
    return look;
}

std::optional<TailPart> tailOf(const journey::ExpressionPtr& node, const journey::Journey& journey,
                               const CanvasNumbers& numbers)
{
    if (!numbers.tail)
        return std::nullopt;
    TailPart sum;
    std::set<std::string_view> used;
    addCalls(node, journey, *numbers.tail, used, sum);
    return partOf(sum.seconds, sum.share, numbers);
}

std::vector<journey::LooseComponent> looseComponents(const journey::Placement& placement,
                                                     const journey::Journey& journey)
{
    auto loose = placement.loose;
    if (loose.empty())
        return loose;
    std::set<std::string_view> called;
    const auto add = [&called](const journey::ExpressionPtr& node) {
        if (const auto* call = std::get_if<journey::Call>(&node->op))
            called.insert(call->component);
    };
    journey::forEachNode(journey.root, add);
    for (const auto& fragment : journey.fragments)
        journey::forEachNode(fragment.body, add);
    std::erase_if(loose, [&called](const auto& one) { return called.contains(one.component); });
    return loose;
}

Look looseLook(const std::string& component, const journey::Journey& journey, const CanvasNumbers& numbers)
{
    const journey::Expression call{{}, 0, journey::Call{component}, {}, {}};
    auto look = lookOf(call, journey, {}, numbers);
    look.loose = true;
    look.toolTip += QLatin1Char('\n') + Words::tr("It lies loose: the journey does not call it");
    return look;
}

QString probabilityText(const journey::ProbabilityRange& range)
{
    const auto percent = [](const base::Ratio& ratio) { return QLocale().toString(ratio.success() * 100, 'g', 4); };
    if (range.lower == range.upper)
        return Words::tr("%1 %").arg(percent(range.lower));
    return Words::tr("%1 – %2 %").arg(percent(range.lower), percent(range.upper));
}

} // namespace emac::widgets
