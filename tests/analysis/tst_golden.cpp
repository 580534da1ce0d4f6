// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/journeys.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

/// The published checkout: Series(front, Parallel(cart, pricing), Race(paya, payb)), objective .995.
class TestGolden : public QObject
{
    Q_OBJECT

private slots:
    void checkout_data();
    void checkout();
    void nineNines_data();
    void nineNines();
};

namespace {

constexpr double tolerance = 1e-12;

void printRow(const char* quantity, double expected, double got)
{
    qInfo("%-36s %.16g %.16g", quantity, expected, got);
}

struct Checkout
{
    ExpressionPtr parallelNode = parallel({call("cart"), call("pricing")});
    ExpressionPtr raceNode = race({call("paya"), call("payb")});
    ExpressionPtr root = series({call("front"), parallelNode, raceNode});

    analysis::Analysis analyse(const journey::Input& paya, const journey::Input& payb) const
    {
        const auto inputs = inputsOf({{"front", stated("0.9995")},
                                      {"cart", stated("0.999")},
                                      {"pricing", stated("0.999")},
                                      {"paya", paya},
                                      {"payb", payb}});
        return analysis::analyse(journeyOf(root), inputs).value();
    }
};

} // namespace

void TestGolden::checkout_data()
{
    QTest::addColumn<double>("expected");
    QTest::addColumn<double>("got");

    const auto payment = stated("0.995");
    const Checkout checkout;
    const auto shared =
        checkout.analyse(withDomains(payment, {"payment-network"}), withDomains(payment, {"payment-network"}));
    const auto unknown = checkout.analyse(withUnknownDomains(payment), payment);
    const auto separate =
        checkout.analyse(withDomains(payment, {"payment-network-a"}), withDomains(payment, {"payment-network-b"}));
    const auto plus = shared.journey->independent.value();
    const auto minus = shared.journey->sharedFate;
    const auto* race = shared.find(checkout.raceNode->id);
    const auto* parallel = shared.find(checkout.parallelNode->id);
    const double allowed = ratio("0.995").failure();

    QTest::newRow("Parallel+") << 0.998001 << 1 - parallel->independent->worst;
    QTest::newRow("Parallel-") << 0.998001 << 1 - parallel->sharedFate.worst;
    QTest::newRow("Race+") << 0.999975 << 1 - race->independent->worst;
    QTest::newRow("Race- shared") << 0.995 << 1 - race->sharedFate.worst;
    QTest::newRow("A+") << 0.9974770619500125 << 1 - plus.worst;
    QTest::newRow("A+ unavailability") << 0.0025229380499875 << plus.worst;
    QTest::newRow("A+ unavailability, best end") << 0.0025229380499875 << plus.best;
    QTest::newRow("A- shared") << 0.9925144895025 << 1 - minus.worst;
    QTest::newRow("A- shared unavailability") << 0.0074855104975 << minus.worst;
    QTest::newRow("A- unknown unavailability") << 0.0074855104975 << unknown.journey->sharedFate.worst;
    QTest::newRow("A- separate unavailability") << 0.0025229380499875 << separate.journey->sharedFate.worst;
    QTest::newRow("width") << 0.0049625724475125 << minus.worst - plus.worst;
    QTest::newRow("race loss") << 0.004975 << race->sharedFate.worst - race->independent->worst;
    QTest::newRow("shortfall") << 0.0024855104975 << minus.worst - allowed;
    QTest::newRow("implied burn at A-") << 1.4971020995 << minus.worst / allowed;
    QTest::newRow("implied burn at A+") << 0.5045876099975 << plus.worst / allowed;
}

void TestGolden::checkout()
{
    QFETCH(double, expected);
    QFETCH(double, got);
    printRow(QTest::currentDataTag(), expected, got);
    QVERIFY(relativeError(got, expected) <= tolerance);
}

/// A journey of nine nines keeps nine significant digits of its unavailability.
void TestGolden::nineNines_data()
{
    QTest::addColumn<double>("expected");
    QTest::addColumn<double>("independent");
    QTest::addColumn<double>("sharedFate");

    const auto row = [](const char* tag, const ExpressionPtr& root, double expected) {
        const auto good = stated("0.999999999");
        const auto inputs = inputsOf({{"a", good}, {"b", good}, {"c", good}});
        const auto analysis = analysis::analyse(journeyOf(root), inputs).value();
        QTest::newRow(tag) << expected << analysis.journey->independent->worst << analysis.journey->sharedFate.worst;
    };
    row("series of three", series({call("a"), call("b"), call("c")}), 3e-9 - 3e-18 + 1e-27);
    row("race of three", race({call("a"), call("b"), call("c")}), 1e-27);
    row("two of three", kofn(2, {call("a"), call("b"), call("c")}), 3e-18 - 2e-27);
    row("series of a race and a call", series({race({call("a"), call("b")}), call("c")}), 1e-9 + 1e-18 - 1e-27);
    row("branch", branch({{"0.999999", "1", call("a")}, {"0", "0.000001", race({call("b"), call("c")})}}), 1e-9);
}

void TestGolden::nineNines()
{
    QFETCH(double, expected);
    QFETCH(double, independent);
    QFETCH(double, sharedFate);
    printRow(QTest::currentDataTag(), expected, independent);
    QVERIFY(relativeError(independent, expected) <= tolerance);
    QVERIFY(relativeError(sharedFate, expected) <= tolerance);
}

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
