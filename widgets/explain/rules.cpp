// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/rules.h"

#include "core/analysis/availability/arithmetic.h"
#include "core/base/decimal.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emac::analysis {
double mostOfAtLeast(std::size_t m, std::span<const double> p);
double leastOfAtLeast(std::size_t m, std::span<const double> p);
}

namespace emac::widgets {

namespace {

using analysis::End;
using journey::OperatorType;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::explain)
};

constexpr int mostTerms = 8;

bool isBound(Figure figure)
{
    return figure == Figure::Lowest || figure == Figure::Highest;
}

/// What an operator does with its parts, as far as the formula goes.
enum class Shape
{
    All, ///< all must succeed
    Any, ///< one is enough
    Count, ///< some must
    Mixture,
    Repeat,
    Same, ///< hands its part on
    Nothing ///< never fails
};

Shape shapeOf(const journey::Expression& node)
{
    switch (journey::typeOf(node)) {
    case OperatorType::Series:
    case OperatorType::Parallel:
        return Shape::All;
    case OperatorType::Race:
    case OperatorType::Fallback:
        return Shape::Any;
    case OperatorType::KofN: {
        const auto& kofn = std::get<journey::KofN>(node.op);
        return kofn.k == static_cast<int>(kofn.branches.size()) ? Shape::All : Shape::Count;
    }
    case OperatorType::Branch:
        return Shape::Mixture;
    case OperatorType::Retry:
        return Shape::Repeat;
    case OperatorType::Optional:
        return Shape::Nothing;
    case OperatorType::Call:
    case OperatorType::Timeout:
    case OperatorType::Use:
        break;
    }
    return Shape::Same;
}

double anyFails(const std::vector<double>& q)
{
    return std::accumulate(q.begin(), q.end(), 0.0, analysis::eitherFails);
}

double allFail(const std::vector<double>& q)
{
    return std::accumulate(q.begin(), q.end(), 1.0, std::multiplies{});
}

double sum(const std::vector<double>& q)
{
    return std::accumulate(q.begin(), q.end(), 0.0);
}

std::vector<double> ofGroup(const RuleInputs& inputs, const FateGroup& group)
{
    std::vector<double> q;
    for (const auto child : group.children)
        q.push_back(inputs.failures[child]);
    std::ranges::sort(q);
    return q;
}

bool isGrouped(const RuleInputs& inputs)
{
    return inputs.figure == Figure::Pessimistic && !inputs.groups.empty();
}

double anyFailure(const RuleInputs& inputs)
{
    const auto& q = inputs.failures;
    if (q.empty())
        return 1;
    if (inputs.figure == Figure::Lowest)
        return std::ranges::min(q);
    if (inputs.figure == Figure::Highest)
        return std::max(0.0, sum(q) - static_cast<double>(q.size() - 1));
    if (!isGrouped(inputs))
        return allFail(q);
    double failure = 1;
    for (const auto& group : inputs.groups)
        failure *= ofGroup(inputs, group).front();
    return failure;
}

double countFailure(const RuleInputs& inputs)
{
    const auto k = static_cast<std::size_t>(std::get<journey::KofN>(inputs.node->op).k);
    auto q = inputs.failures;
    if (k > q.size())
        return 1;
    if (isBound(inputs.figure)) {
        std::ranges::sort(q);
        const auto failing = q.size() - k + 1; // so many must fail to fail it
        return inputs.figure == Figure::Lowest ? analysis::mostOfAtLeast(failing, q)
                                               : analysis::leastOfAtLeast(failing, q);
    }
    analysis::TooFewSucceed tooFew(k, q.size());
    if (!isGrouped(inputs)) {
        for (const double failure : q)
            tooFew.add(failure);
        return tooFew.probability();
    }
    for (const auto& group : inputs.groups) {
        const auto members = ofGroup(inputs, group);
        if (members.size() == 1)
            tooFew.add(members.front());
        else
            tooFew.addGroup(members);
    }
    return tooFew.probability();
}

double allFailure(const RuleInputs& inputs)
{
    const auto& q = inputs.failures;
    if (inputs.figure == Figure::Lowest)
        return std::min(1.0, sum(q));
    if (inputs.figure == Figure::Highest)
        return q.empty() ? 0 : std::ranges::max(q);
    return anyFails(q);
}

double retryFailure(const RuleInputs& inputs)
{
    const double attempts = std::get<journey::Retry>(inputs.node->op).attempts;
    const double q = inputs.failures.front();
    switch (inputs.figure) {
    case Figure::Pessimistic:
    case Figure::Lowest:
        return q;
    case Figure::Highest:
        return std::max(0.0, q * attempts - (attempts - 1));
    case Figure::Optimistic:
    case Figure::CommonCause:
        break;
    }
    return std::pow(q, attempts);
}

QString localised(std::string text)
{
    return QString::fromStdString(text).replace(QLatin1Char('.'), QLocale().decimalPoint());
}

/// A failure probability as it is: "0.005", "2.52e-7".
QString failureText(double q)
{
    return QLocale().toString(q, 'g', 4);
}

QString terms(const std::vector<double>& failures, QString (*text)(double), const QString& separator)
{
    QStringList list;
    for (std::size_t i = 0; i < failures.size() && i < mostTerms; ++i)
        list << text(failures[i]);
    const auto joined = list.join(separator);
    return failures.size() <= mostTerms ? joined
                                        : Words::tr("%1%2… (%3 parts)").arg(joined, separator).arg(failures.size());
}

QString product(const std::vector<double>& failures, QString (*text)(double))
{
    return terms(failures, text, QStringLiteral(" · "));
}

/// "max(0.995, 0.99)" where there is more than one.
QString chosenOf(const QString& word, const std::vector<double>& failures)
{
    const auto list = terms(failures, ratioText, QStringLiteral(", "));
    return failures.size() == 1 ? list : QStringLiteral("%1(%2)").arg(word, list);
}

QString anyInNumbers(const RuleInputs& inputs)
{
    if (inputs.figure == Figure::Lowest)
        return chosenOf(QStringLiteral("max"), inputs.failures);
    if (inputs.figure == Figure::Highest)
        return QStringLiteral("min(1, %1)").arg(terms(inputs.failures, ratioText, QStringLiteral(" + ")));
    if (!isGrouped(inputs))
        return QStringLiteral("1 − %1").arg(product(inputs.failures, failureText));
    QStringList factors;
    for (const auto& group : inputs.groups)
        factors << chosenOf(QStringLiteral("max"), ofGroup(inputs, group));
    if (factors.size() == 1)
        return factors.front();
    for (auto& factor : factors)
        factor = QStringLiteral("(1 − %1)").arg(factor);
    return QStringLiteral("1 − %1").arg(factors.join(QStringLiteral(" · ")));
}

QString allInNumbers(const RuleInputs& inputs)
{
    if (inputs.figure == Figure::Lowest)
        return QStringLiteral("max(0, 1 − (%1))").arg(terms(inputs.failures, failureText, QStringLiteral(" + ")));
    if (inputs.figure == Figure::Highest)
        return chosenOf(QStringLiteral("min"), inputs.failures);
    return product(inputs.failures, ratioText);
}

QString mixtureInNumbers(const RuleInputs& inputs)
{
    const auto weights = branchProbabilities(inputs);
    QStringList list;
    for (std::size_t i = 0; i < weights.size() && i < mostTerms; ++i)
        list << QStringLiteral("%1 · %2").arg(QLocale().toString(weights[i], 'g', 6), ratioText(inputs.failures[i]));
    if (weights.size() > mostTerms)
        list << Words::tr("… (%1 parts)").arg(weights.size());
    return list.join(QStringLiteral(" + "));
}

QString retryInNumbers(const RuleInputs& inputs)
{
    const int attempts = std::get<journey::Retry>(inputs.node->op).attempts;
    const double q = inputs.failures.front();
    switch (inputs.figure) {
    case Figure::Pessimistic:
    case Figure::Lowest:
        return ratioText(q);
    case Figure::Highest:
        return QStringLiteral("min(1, %1 · %2)").arg(attempts).arg(ratioText(q));
    case Figure::Optimistic:
    case Figure::CommonCause:
        break;
    }
    return QStringLiteral("1 − %1^%2").arg(failureText(q)).arg(attempts);
}

QString anyText(const RuleInputs& inputs, const QString& s)
{
    switch (inputs.figure) {
    case Figure::Lowest:
        return Words::tr("%1 = max(%1₁, %1₂, …): at worst all fail together, and the best of them is left").arg(s);
    case Figure::Highest:
        return Words::tr("%1 = min(1, %1₁ + %1₂ + …): at best the failures of one are never those of another").arg(s);
    case Figure::Pessimistic:
        return Words::tr("%1 = 1 − the product of (1 − the best %1 of the group) over all groups: what is in one group "
                         "is worth no more than its best")
            .arg(s);
    case Figure::Optimistic:
    case Figure::CommonCause:
        break;
    }
    return Words::tr("%1 = 1 − (1 − %1₁) · (1 − %1₂) · …: it fails where all fail").arg(s);
}

QString allText(const RuleInputs& inputs, const QString& s)
{
    if (inputs.figure == Figure::Lowest)
        return Words::tr("%1 = max(0, 1 − ((1 − %1₁) + (1 − %1₂) + …)): at worst no two failures coincide").arg(s);
    if (inputs.figure == Figure::Highest)
        return Words::tr("%1 = min(%1₁, %1₂, …): at best all failures coincide").arg(s);
    return Words::tr("%1 = %1₁ · %1₂ · …: all must succeed").arg(s);
}

QString countText(const RuleInputs& inputs, const QString& s)
{
    const auto& kofn = std::get<journey::KofN>(inputs.node->op);
    const auto some = Words::tr("at least %1 of %2").arg(kofn.k).arg(kofn.branches.size());
    if (isBound(inputs.figure))
        return Words::tr("%1 = the sharp bound of P(%2 succeed) for these availabilities, whatever the dependence "
                         "(Rüger 1978)")
            .arg(s, some);
    if (isGrouped(inputs))
        return Words::tr("%1 = P(%2 succeed): of a group at least j succeed with the product of its j largest %1; the "
                         "groups are independent")
            .arg(s, some);
    return Words::tr("%1 = P(%2 succeed), all independent").arg(s, some);
}

QString retryText(const RuleInputs& inputs, const QString& s)
{
    switch (inputs.figure) {
    case Figure::Pessimistic:
        return Words::tr("%1 = %1 of one attempt: what failed once fails again").arg(s);
    case Figure::Lowest:
        return Words::tr("%1 = %1 of one attempt: at worst all attempts fail together").arg(s);
    case Figure::Highest:
        return Words::tr("%1 = min(1, attempts · %1 of one attempt): at best no two attempts fail together").arg(s);
    case Figure::Optimistic:
    case Figure::CommonCause:
        break;
    }
    return Words::tr("%1 = 1 − (1 − %1 of one attempt)^attempts: each attempt draws afresh").arg(s);
}

} // namespace

std::vector<double> branchProbabilities(const RuleInputs& inputs)
{
    const bool worst = inputs.figure == Figure::Pessimistic || inputs.figure == Figure::Lowest;
    return analysis::ChoiceProbabilities(std::get<journey::Branch>(inputs.node->op))
        .choose(inputs.failures, worst ? End::Worst : End::Best);
}

double ruleFailure(const RuleInputs& inputs)
{
    switch (shapeOf(*inputs.node)) {
    case Shape::All:
        return allFailure(inputs);
    case Shape::Any:
        return anyFailure(inputs);
    case Shape::Count:
        return countFailure(inputs);
    case Shape::Mixture:
        return analysis::mixture(branchProbabilities(inputs), inputs.failures);
    case Shape::Repeat:
        return retryFailure(inputs);
    case Shape::Nothing:
        return 0;
    case Shape::Same:
        break;
    }
    if (!inputs.failures.empty())
        return inputs.failures.front();
    return inputs.figure == Figure::Optimistic || inputs.figure == Figure::Highest ? 0 : 1; // nothing is known
}

QString ruleText(const RuleInputs& inputs)
{
    const auto s = symbolOf(inputs.figure);
    switch (shapeOf(*inputs.node)) {
    case Shape::All:
        return allText(inputs, s);
    case Shape::Any:
        return anyText(inputs, s);
    case Shape::Count:
        return countText(inputs, s);
    case Shape::Mixture:
        return Words::tr("%1 = w₁ · %1₁ + w₂ · %1₂ + …: exactly one choice is taken").arg(s);
    case Shape::Repeat:
        return retryText(inputs, s);
    case Shape::Nothing:
        return Words::tr("%1 = 1: the failure of what is optional does not fail the journey").arg(s);
    case Shape::Same:
        break;
    }
    return std::holds_alternative<journey::Use>(inputs.node->op)
               ? Words::tr("%1 = %1 of the fragment").arg(s)
               : Words::tr("%1 = %1 of the body: as if there were time enough, for availability alone is analysed")
                     .arg(s);
}

QString ruleInNumbers(const RuleInputs& inputs)
{
    switch (shapeOf(*inputs.node)) {
    case Shape::All:
        return allInNumbers(inputs);
    case Shape::Any:
        return anyInNumbers(inputs);
    case Shape::Count: {
        const auto& kofn = std::get<journey::KofN>(inputs.node->op);
        return Words::tr("at least %1 of %2")
            .arg(kofn.k)
            .arg(QStringLiteral("{%1}").arg(terms(inputs.failures, ratioText, QStringLiteral("; "))));
    }
    case Shape::Mixture:
        return mixtureInNumbers(inputs);
    case Shape::Repeat:
        return retryInNumbers(inputs);
    case Shape::Nothing:
        return QStringLiteral("1");
    case Shape::Same:
        break;
    }
    return inputs.failures.empty() ? QString() : ratioText(inputs.failures.front());
}

QString ratioText(double failure)
{
    if (failure <= 0)
        return QStringLiteral("1");
    if (failure >= 1)
        return QStringLiteral("0");
    constexpr std::size_t shortEnough = 9;
    if (const auto exact = base::Decimal::fromDouble(failure).complement().toString(); exact.size() <= shortEnough)
        return localised(exact);
    const int decimals = 3 - static_cast<int>(std::floor(std::log10(failure)));
    if (decimals > 12)
        return QStringLiteral("1 − %1").arg(QLocale().toString(failure, 'g', 3));
    const double scale = std::pow(10.0, decimals);
    const double down = std::floor(scale - failure * scale + 1e-6) / scale;
    return Words::tr("%1…").arg(QLocale().toString(down, 'f', decimals));
}

std::vector<FateGroup> SharedFateRule::groups(const journey::Expression& node) const
{
    return journey::isRedundant(node) ? fateGroups(journey::children(node), m_journey, m_inputs)
                                      : std::vector<FateGroup>{};
}

double SharedFateRule::failure(const journey::ExpressionPtr& node)
{
    if (!node)
        return 1;
    if (const auto* call = std::get_if<journey::Call>(&node->op)) {
        const auto* input = m_inputs.find(call->component);
        return input != nullptr ? input->failure.upper : 1;
    }
    const auto [known, isNew] = m_known.try_emplace(node->id, 1); // what leads back into itself is unknown
    if (!isNew)
        return known->second;
    RuleInputs inputs{node.get(), Figure::Pessimistic, {}, groups(*node)};
    if (const auto* use = std::get_if<journey::Use>(&node->op))
        inputs.failures.push_back(failure(m_journey.fragment(use->fragment)));
    for (const auto& child : journey::children(*node))
        inputs.failures.push_back(failure(child));
    return m_known[node->id] = ruleFailure(inputs);
}

} // namespace emac::widgets
