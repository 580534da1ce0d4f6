// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/envelope.h"
#include "tests/analysis/journeys.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// The bounds without any assumption on dependence. Failure probabilities: a .1, b .2, c .3, d .9, e between .1 and .4;
/// the calls of i, .1, draw their own.
class TestEnvelope : public QObject
{
    Q_OBJECT

private slots:
    void checkout();
    void operators_data();
    void operators();
    void intervals();
    void sharedFateWithin();
};

namespace {

journey::Inputs someInputs()
{
    return inputsOf({{"a", point(0.1)},
                     {"b", point(0.2)},
                     {"c", point(0.3)},
                     {"d", point(0.9)},
                     {"e", interval(0.1, 0.4)},
                     {"i", independentCalls(point(0.1))}});
}

analysis::NodeAvailability resultOf(const ExpressionPtr& root, const std::vector<journey::Fragment>& fragments = {})
{
    return analysis::analyse(journeyOf(root, fragments), someInputs()).value().journey.value();
}

bool isAbout(double got, double expected)
{
    return std::abs(got - expected) <= 1e-15 + 1e-12 * expected;
}

} // namespace

/// [0.9925, 0.999], and attained.
void TestEnvelope::checkout()
{
    const auto root =
        series({call("front"), parallel({call("cart"), call("pricing")}), race({call("paya"), call("payb")})});
    const auto inputs = inputsOf({{"front", stated("0.9995")},
                                  {"cart", stated("0.999")},
                                  {"pricing", stated("0.999")},
                                  {"paya", stated("0.995")},
                                  {"payb", stated("0.995")}});
    const auto got = analysis::analyse(journeyOf(root), inputs).value().journey->envelope;
    QVERIFY(relativeError(got.failure.best, 0.001) <= 1e-12);
    QVERIFY(relativeError(got.failure.worst, 0.0075) <= 1e-12);
    QVERIFY(got.sharp);
}

void TestEnvelope::operators_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::addColumn<bool>("sharp");
    const auto row = [](const char* tag, const ExpressionPtr& root, double least, double most, bool sharp = true) {
        QTest::newRow(tag) << root << least << most << sharp;
    };
    const auto a = [] { return call("a"); };
    const auto b = [] { return call("b"); };
    const auto c = [] { return call("c"); };
    const auto d = [] { return call("d"); };
    row("call", a(), 0.1, 0.1);
    row("series", series({a(), b(), c()}), 0.3, 0.6);
    row("series, surely down", series({b(), d()}), 0.9, 1);
    row("parallel", parallel({a(), b()}), 0.2, 0.3);
    row("race", race({a(), b()}), 0, 0.1);
    row("race, both mostly down", race({c(), d()}), 0.2, 0.3);
    row("fallback", fallback(c(), {b()}), 0, 0.2);
    row("2 of 3", kofn(2, {a(), b(), c()}), 0, 0.3);
    row("2 of 3, the most by all three", kofn(2, {b(), b(), d()}), 0.15, 0.4, false);
    row("1 of 2", kofn(1, {c(), d()}), 0.2, 0.3);
    row("2 of 2", kofn(2, {a(), b()}), 0.2, 0.3);
    row("3 of 2", kofn(3, {a(), b()}), 1, 1);
    row("retry", retry(3, d()), 0.7, 0.9);
    row("retry, one attempt", retry(1, b()), 0.2, 0.2);
    row("retry of what fails seldom", retry(2, a()), 0, 0.1);
    row("branch", branch({{"0.25", "0.25", series({a(), b()})}, {"0.75", "0.75", c()}}), 0.275, 0.3);
    row("branch, chosen for itself", branch({{"0", "1", race({c(), d()})}, {"0", "1", b()}}), 0.2, 0.3);
    row("timeout", timeout(series({a(), b()})), 0.2, 0.3);
    row("optional", series({a(), optional(b())}), 0.1, 0.1);
    row("fragment", use("f"), 0.2, 0.3);
    row("fragment twice", series({use("f"), use("f")}), 0.2, 0.6, false);
    row("fragment and its component", series({use("f"), a()}), 0.2, 0.4, false);
    row("component twice", race({a(), a()}), 0, 0.1, false);
    row("component twice, deep", series({c(), race({a(), series({b(), timeout(a())})})}), 0.3, 0.4, false);
    row("own draws twice", race({call("i"), call("i")}), 0, 0.1);
    row("component in a retry, another draw outside", series({a(), retry(2, a())}), 0.1, 0.2);
    row("component twice in a retry", retry(2, series({a(), a()})), 0, 0.2, false);
    row("component in an optional too", series({a(), optional(series({a(), a()}))}), 0.1, 0.1);
    row("missing fragment", series({a(), use("nothing")}), 0.1, 1);
}

void TestEnvelope::operators()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, least);
    QFETCH(double, most);
    QFETCH(bool, sharp);
    const auto got = resultOf(root, {{"f", series({call("a"), call("b")})}}).envelope;
    QVERIFY2(isAbout(got.failure.best, least), qPrintable(QString::number(got.failure.best, 'g', 17)));
    QVERIFY2(isAbout(got.failure.worst, most), qPrintable(QString::number(got.failure.worst, 'g', 17)));
    QCOMPARE(got.sharp, sharp);
}

/// The upper bound with the inputs at their best, the lower one with the inputs at their worst.
void TestEnvelope::intervals()
{
    const auto got = resultOf(series({call("b"), call("e")})).envelope;
    QVERIFY(isAbout(got.failure.best, 0.2));
    QVERIFY(isAbout(got.failure.worst, 0.6));
}

/// Three of four in one domain: shared fate takes the product of three, and the envelope raises it at the node; the
/// parent goes on with what was not raised.
void TestEnvelope::sharedFateWithin()
{
    journey::Inputs inputs;
    List calls;
    for (int i = 0; i < 4; ++i) {
        calls.push_back(call(numbered("c", static_cast<std::size_t>(i))));
        inputs.set(numbered("c", static_cast<std::size_t>(i)), withDomains(interval(0.1, 0.2), {"zone"}));
    }
    inputs.set("z", point(0.1));
    const auto threeOfFour = kofn(3, calls);
    const auto root = parallel({threeOfFour, call("z")});
    const auto analysis = analysis::analyse(journeyOf(root), inputs).value();
    QVERIFY(1 - 0.8 * 0.8 * 0.8 > 0.4);
    QVERIFY(isAbout(analysis.find(threeOfFour->id)->sharedFate.worst, 0.4)); // not 0.488
    QVERIFY(isAbout(analysis.find(threeOfFour->id)->sharedFate.best, 0.2)); // not 0.271
    QVERIFY(1 - 0.512 * 0.9 > 0.5);
    QVERIFY(isAbout(analysis.journey->sharedFate.worst, 0.5)); // not 1 - 0.6 * 0.9
    QVERIFY(isAbout(analysis.journey->sharedFate.best, 0.3)); // not 1 - 0.729 * 0.9
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
