// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal.h"
#include "widgets/explain/rules.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <array>
#include <charconv>
#include <cmath>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::explain)
};

constexpr std::size_t mostTerms = 8;

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

/// %1 becomes the symbol, %2 and %3 those of the first and second part.
QString inSymbols(const QString& pattern, const QString& symbol)
{
    return pattern.arg(symbol, symbol + QChar(0x2081), symbol + QChar(0x2082));
}

QString anyText(const RuleInputs& inputs, const QString& s)
{
    switch (inputs.figure) {
    case Figure::Lowest:
        return inSymbols(Words::tr("%1 = max(%2, %3, …): at worst all fail together, and the best of them is left"), s);
    case Figure::Highest:
        return inSymbols(Words::tr("%1 = min(1, %2 + %3 + …): at best the failures of one are never those of another"),
                         s);
    case Figure::Pessimistic:
        return Words::tr("%1 = 1 − the product of (1 − the best %1 of the group) over all groups: what is in one group "
                         "is worth no more than its best")
            .arg(s);
    case Figure::Optimistic:
    case Figure::CommonCause:
        break;
    }
    return inSymbols(Words::tr("%1 = 1 − (1 − %2) · (1 − %3) · …: it fails where all fail"), s);
}

QString allText(const RuleInputs& inputs, const QString& s)
{
    if (inputs.figure == Figure::Lowest)
        return inSymbols(Words::tr("%1 = max(0, 1 − ((1 − %2) + (1 − %3) + …)): at worst no two failures coincide"), s);
    if (inputs.figure == Figure::Highest)
        return inSymbols(Words::tr("%1 = min(%2, %3, …): at best all failures coincide"), s);
    return inSymbols(Words::tr("%1 = %2 · %3 · …: all must succeed"), s);
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

QString ruleText(const RuleInputs& inputs)
{
    const auto s = symbolOf(inputs.figure);
    switch (shapeOf(*inputs.node)) {
    case RuleShape::All:
        return allText(inputs, s);
    case RuleShape::Any:
        return anyText(inputs, s);
    case RuleShape::Count:
        return countText(inputs, s);
    case RuleShape::Mixture:
        return inSymbols(Words::tr("%1 = w₁ · %2 + w₂ · %3 + …: exactly one choice is taken"), s);
    case RuleShape::Repeat:
        return retryText(inputs, s);
    case RuleShape::Nothing:
        return Words::tr("%1 = 1: the failure of what is optional does not fail the journey").arg(s);
    case RuleShape::Same:
        break;
    }
    if (std::holds_alternative<journey::Use>(inputs.node->op))
        return Words::tr("%1 = %1 of the fragment").arg(s);
    return inputs.timely < 1
               ? Words::tr("%1 = %1 of the body · the part of its successes that come by the deadline").arg(s)
               : Words::tr("%1 = %1 of the body: all its successes come in time, or how long they take is not known")
                     .arg(s);
}

QString ruleInNumbers(const RuleInputs& inputs)
{
    switch (shapeOf(*inputs.node)) {
    case RuleShape::All:
        return allInNumbers(inputs);
    case RuleShape::Any:
        return anyInNumbers(inputs);
    case RuleShape::Count: {
        const auto& kofn = std::get<journey::KofN>(inputs.node->op);
        return Words::tr("at least %1 of %2")
            .arg(kofn.k)
            .arg(QStringLiteral("{%1}").arg(terms(inputs.failures, ratioText, QStringLiteral("; "))));
    }
    case RuleShape::Mixture:
        return mixtureInNumbers(inputs);
    case RuleShape::Repeat:
        return retryInNumbers(inputs);
    case RuleShape::Nothing:
        return QStringLiteral("1");
    case RuleShape::Same:
        break;
    }
    if (inputs.failures.empty())
        return {};
    const auto body = ratioText(inputs.failures.front());
    return inputs.timely < 1 ? QStringLiteral("%1 · %2").arg(body, ratioText(1 - inputs.timely)) : body;
}

QString ratioText(double failure)
{
    if (failure <= 0)
        return QStringLiteral("1");
    if (failure >= 1)
        return QStringLiteral("0");
    // Rounding noise is no figure.
    constexpr std::size_t shortEnough = 9;
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), failure, std::chars_format::scientific, 11).ptr;
    const auto rounded = base::Decimal::parse({digits.data(), static_cast<std::size_t>(end - digits.data())});
    if (const auto exact = rounded->complement().toString(); exact.size() <= shortEnough)
        return localised(exact);
    const int decimals = 3 - static_cast<int>(std::floor(std::log10(failure)));
    if (decimals > 12)
        return QStringLiteral("1 − %1").arg(QLocale().toString(failure, 'g', 3));
    const double scale = std::pow(10.0, decimals);
    const double down = std::floor(scale - failure * scale + 1e-6) / scale;
    return Words::tr("%1…").arg(QLocale().toString(down, 'f', decimals));
}

} // namespace emac::widgets
