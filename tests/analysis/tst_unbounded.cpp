// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "tests/analysis/latency_laws.h"
#include "tests/analysis/random_journey.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// A percentile that a band does not reach within any finite time is unbounded, never a number: also where the band
/// comes as near to it as one likes.
class TestUnbounded : public QObject
{
    Q_OBJECT

private slots:
    void envelope_data();
    void envelope();
    void whatIndependenceNeverReaches();
};

namespace {

/// l, m: lognormal, .95 and 1; c, d: constant, .99 and .95; o: .99 of its successes by 400 ms, 1.
journey::Inputs someInputs()
{
    const LatencyLaw open({{100ms, 0.5, 0.99, 0, 0.5}, {400ms, 0.99, 1, 0.99, 0.99}});
    return inputsOf({{"l", withLatency(point(0.05), lognormal(50, 0.8), failsLikeSuccess())},
                     {"m", withLatency(point(0), lognormal(35, 0.6))},
                     {"c", withLatency(point(0.01), LatencyLaw::constant(20ms), failsAtOnce())},
                     {"d", withLatency(point(0.05), LatencyLaw::constant(30ms), failsAtOnce())},
                     {"o", withLatency(point(0), open)}});
}

ExpressionPtr inTime(ExpressionPtr body)
{
    return journey::makeExpression(journey::Timeout{400ms, std::move(body)});
}

} // namespace

void TestUnbounded::envelope_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("part");
    QTest::addColumn<bool>("bounded");
    const auto unbounded = [](const char* name, ExpressionPtr root, double part) {
        QTest::newRow(name) << std::move(root) << part << false;
    };
    const auto bounded = [](const char* name, ExpressionPtr root, double part) {
        QTest::newRow(name) << std::move(root) << part << true;
    };
    unbounded("all attempts may fail together", retry(3, call("l")), 0.95);
    bounded("less than that", retry(3, call("l")), 0.949);
    bounded("at one time", retry(3, call("d")), 0.95);
    unbounded("an open tail and another law", series({call("o"), call("m")}), 0.99);
    bounded("an open tail", call("o"), 0.99);
    bounded("an open tail and a constant", series({call("o"), retry(2, call("o"))}), 0.98);
    unbounded("the larger of two", race({call("l"), call("d")}), 0.951);
    bounded("the larger one comes at one time", race({call("l"), call("c")}), 0.99);
    unbounded("only the smaller one does", race({call("l"), kofn(3, {call("d"), call("d"), call("d")})}), 0.95);
    unbounded("a fallback that waits for it", fallback(call("l"), {call("d")}), 0.95);
    bounded("until a deadline", retry(3, inTime(call("d"))), 0.95);
    unbounded("one part in a parallel", parallel({retry(9, call("l")), call("m")}), 0.95);
    unbounded("a choice", branch({{"0.001", "0.001", call("m")}, {"0.999", "0.999", retry(2, call("d"))}}), 0.95005);
    unbounded("an optional that is waited for", optional(call("l")), 0.9999999999999);
    bounded("an optional that is waited for, mostly", optional(call("l")), 0.999);
}

void TestUnbounded::envelope()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, part);
    QFETCH(bool, bounded);
    analysis::LatencyOptions options;
    options.percentiles = {part};
    options.deadlines = {24h * 3000};
    const auto law = analysis::analyseLatency(journeyOf(root), someInputs(), options).value().law.value();
    const auto& upper = law.envelope.value().percentiles.front().upper;
    QVERIFY2(upper.has_value() == bounded, std::to_string(upper.value_or(-1)).c_str());
}

/// Whatever part one law never reaches, the band of all laws does not reach either.
void TestUnbounded::whatIndependenceNeverReaches()
{
    std::size_t unbounded = 0;
    for (unsigned seed = 0; seed < 400; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        options.calls = 5;
        options.repeatable = 2;
        options.unique = 6;
        options.choiceRanges = false;
        auto made = randomJourney(random, options);
        journey::Inputs inputs;
        for (const auto& name : made.components) {
            constexpr std::array failures{0.0, 0.0, 0.01, 0.05, 0.1};
            constexpr std::array times{failsAtOnce, failsLikeSuccess};
            const int median = random.between(1, 100);
            const auto open = discrete({{median * 1ms, 0.5}, {median * 3ms, 0.49}});
            const std::array laws{lognormal(median, 0.7), LatencyLaw::constant(median * 1ms), open};
            inputs.set(name, withLatency(point(failures.at(static_cast<std::size_t>(random.between(0, 4)))),
                                         laws.at(static_cast<std::size_t>(random.between(0, 2))),
                                         times.at(static_cast<std::size_t>(random.between(0, 1)))()));
        }
        analysis::LatencyOptions asked;
        asked.sharedFate = false;
        asked.envelope = false;
        const auto alone = analysis::analyseLatency(made.journey, inputs, asked).value().law;
        if (!alone)
            continue;
        asked.envelope = true;
        const auto both = analysis::analyseLatency(made.journey, inputs, asked).value().law.value();
        for (std::size_t i = 0; i < asked.percentiles.size(); ++i) {
            if (alone->independent.percentiles[i].upper)
                continue;
            ++unbounded;
            const auto& upper = both.envelope.value().percentiles[i].upper;
            QVERIFY2(!upper && !both.independent.percentiles[i].upper,
                     (std::to_string(seed) + ": p" + std::to_string(asked.percentiles[i]) + " by "
                      + std::to_string(upper.value_or(-1)) + " in " + journey::expressionText(made.journey.root))
                         .c_str());
        }
    }
    QVERIFY2(unbounded > 100, std::to_string(unbounded).c_str());
}

QTEST_GUILESS_MAIN(TestUnbounded)
#include "tst_unbounded.moc"
