// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/random_journey.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

/// What holds of every journey, on 2,000 random ones of up to 200 calls.
class TestAnalysisProperties : public QObject
{
    Q_OBJECT

private slots:
    void randomJourneys();
};

namespace {

constexpr double fewUlp = 1e-13;

/// a ≤ b but for rounding.
bool atMost(double a, double b)
{
    return a <= b * (1 + fewUlp) + 1e-300;
}

bool atMost(const analysis::Unavailability& a, const analysis::Unavailability& b)
{
    return atMost(a.best, b.best) && atMost(a.worst, b.worst);
}

bool isInterval(const analysis::Unavailability& q)
{
    return 0 <= q.best && q.best <= q.worst && q.worst <= 1;
}

/// E⁻ ≤ inner ≤ E⁺, at both ends of its inputs.
bool isWithin(const analysis::Unavailability& inner, const analysis::Envelope& envelope)
{
    return atMost(envelope.failure.best, inner.best) && atMost(inner.worst, envelope.failure.worst);
}

/// Intervals are intervals, and E⁻ ≤ A⁻ ≤ A⁺ ≤ E⁺ at both ends, at every node.
bool isConsistent(const analysis::Analysis& analysis)
{
    return std::ranges::all_of(analysis.nodes, [](const auto& entry) {
        const auto& node = entry.second;
        return isInterval(node.sharedFate) && isInterval(node.envelope.failure)
               && isWithin(node.sharedFate, node.envelope)
               && (!node.independent
                   || (isInterval(*node.independent) && isWithin(*node.independent, node.envelope)
                       && node.independent->best <= node.sharedFate.best
                       && node.independent->worst <= node.sharedFate.worst));
    });
}

/// Nothing became better. With `independent` false only under shared fate: a branch that chooses anew what is worst for
/// itself can do the whole good where components of it are called elsewhere too.
bool nowhereBetter(const analysis::Analysis& before, const analysis::Analysis& after, bool independent)
{
    return std::ranges::all_of(before.nodes, [&](const auto& entry) {
        const auto& was = entry.second;
        const auto* is = after.find(entry.first);
        return is != nullptr && was.independent.has_value() == is->independent.has_value()
               && atMost(was.sharedFate, is->sharedFate) && atMost(was.envelope.failure, is->envelope.failure)
               && (!independent || !was.independent || atMost(*was.independent, *is->independent));
    });
}

/// With a limit on diagrams some values are missing, and the others are what they are without.
bool agreesWhereKnown(const analysis::Analysis& limited, const analysis::Analysis& full)
{
    const auto isOfLimits = [](const journey::Note& note) {
        return note.message.code != base::Code::TimeoutWithoutEffect; // said of what has no latency
    };
    return std::ranges::none_of(limited.notes, isOfLimits)
               == std::ranges::all_of(limited.nodes,
                                      [](const auto& entry) { return entry.second.independent.has_value(); })
           && std::ranges::all_of(limited.nodes, [&](const auto& entry) {
                  const auto& few = entry.second.independent;
                  const auto all = full.find(entry.first)->independent.value();
                  return !few || (atMost(*few, all) && atMost(all, *few));
              });
}

journey::Input worse(journey::Input input, Random& random)
{
    const auto raise = [&](double q) { return q + (1 - q) * random.unit() * 0.5; };
    if (random.chance(0.5))
        input.failure.lower = std::min(raise(input.failure.lower), input.failure.upper);
    else
        input.failure.upper = raise(input.failure.upper);
    return input;
}

} // namespace

void TestAnalysisProperties::randomJourneys()
{
    int computed = 0;
    int apart = 0;
    int absent = 0;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        // Mostly few repeated components, now and then very many.
        options.repeatable = seed % 40 == 0 ? 160 : random.below(7);
        options.unique = 200;
        options.calls = seed % 40 == 0 ? 200 : random.between(1, 200);
        options.smallest = random.chance(0.3) ? 1e-10 : 1e-4;
        options.domains = true;
        options.choiceRanges = random.chance(0.5);
        const auto made = randomJourney(random, options);
        const auto context = QByteArray::number(qulonglong{seed});
        const auto base = analysis::analyse(made.journey, made.inputs).value();
        QVERIFY2(isConsistent(base), context.constData());
        computed += base.journey->independent ? 1 : 0;
        if (seed % 5 == 0) {
            const auto few = analysis::analyse(made.journey, made.inputs, {}, nullptr, {30}).value();
            QVERIFY2(isConsistent(few) && agreesWhereKnown(few, base), context.constData());
            absent += few.journey->independent ? 0 : 1;
        }
        apart += base.journey->independent && base.journey->independent->worst < base.journey->sharedFate.worst ? 1 : 0;

        const auto pick = [&] { return made.components[random.below(made.components.size())]; };
        auto raised = made.inputs;
        const auto component = pick();
        raised.set(component, worse(*made.inputs.find(component), random));
        const auto afterRaise = analysis::analyse(made.journey, raised).value();
        QVERIFY2(nowhereBetter(base, afterRaise, !options.choiceRanges), context.constData());

        auto joined = made.inputs;
        for (const auto& name : {pick(), pick()}) {
            auto input = *joined.find(name);
            input.domains.push_back("common");
            joined.set(name, input);
        }
        const auto afterJoin = analysis::analyse(made.journey, joined).value();
        QVERIFY2(nowhereBetter(base, afterJoin, true), context.constData());
    }
    qInfo("A+ above A- in %d journeys of 2000, beyond 30 nodes in %d of 400", apart, absent);
    QCOMPARE(computed, 2000);
    QVERIFY(absent > 50 && absent < 350);
    QVERIFY(apart > 1000);
}

QTEST_GUILESS_MAIN(TestAnalysisProperties)
#include "tst_analysis_properties.moc"
