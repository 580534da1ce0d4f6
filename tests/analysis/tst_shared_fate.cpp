// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/journeys.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// Shared fate at t = ∞, operator by operator. Failure probabilities: a .1, b .2, c .3, d .4.
class TestSharedFate : public QObject
{
    Q_OBJECT

private slots:
    void operators_data();
    void operators();
    void groups_data();
    void groups();
    void kOfGroups();
    void manyUses();
};

namespace {

using Domains = std::vector<std::vector<std::string>>;
constexpr const char* names = "abcd";

/// Domains of a, b, c, d; "unknown" stands for unknown ones.
journey::Inputs inputsWith(const Domains& domains)
{
    journey::Inputs inputs;
    for (std::size_t i = 0; i < 4; ++i) {
        auto input = point(static_cast<double>(i + 1) / 10);
        if (i < domains.size())
            input.domains = domains[i];
        input.domainsUnknown = input.domains == std::vector<std::string>{"unknown"};
        inputs.set(std::string(1, names[i]), input);
    }
    return inputs;
}

double failureOf(const ExpressionPtr& root, const Domains& domains)
{
    return analysis::analyse(journeyOf(root), inputsWith(domains)).value().journey->sharedFate.worst;
}

} // namespace

void TestSharedFate::operators_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("expected");
    const auto a = [] { return call("a"); };
    const auto b = [] { return call("b"); };
    const auto c = [] { return call("c"); };
    QTest::newRow("series") << series({a(), b()}) << 1 - 0.9 * 0.8;
    QTest::newRow("series of a component twice") << series({a(), a()}) << 1 - 0.9 * 0.9;
    QTest::newRow("parallel") << parallel({a(), b(), c()}) << 1 - 0.9 * 0.8 * 0.7;
    QTest::newRow("race") << race({a(), b()}) << 0.02;
    QTest::newRow("race of a component twice") << race({a(), a(), b()}) << 0.02;
    QTest::newRow("race over a series with a common component") << race({a(), series({a(), b()})}) << 0.1;
    QTest::newRow("race, common component in an optional") << race({a(), series({b(), optional(a())})}) << 0.1;
    QTest::newRow("fallback") << fallback(c(), {b(), a()}) << 0.006;
    QTest::newRow("fallback to the same") << fallback(b(), {b()}) << 0.2;
    QTest::newRow("2 of 3") << kofn(2, {a(), b(), c()})
                            << 1 - (0.9 * 0.8 * 0.7 + 0.1 * 0.8 * 0.7 + 0.9 * 0.2 * 0.7 + 0.9 * 0.8 * 0.3);
    QTest::newRow("2 of 3, two the same") << kofn(2, {a(), a(), b()}) << 1 - (0.81 + 0.9 * 0.1 * 0.8);
    QTest::newRow("3 of 3") << kofn(3, {a(), a(), b()}) << 1 - 0.81 * 0.8;
    QTest::newRow("4 of 3") << kofn(4, {a(), a(), b()}) << 1.0;
    QTest::newRow("retry") << retry(5, series({a(), b()})) << 1 - 0.9 * 0.8;
    QTest::newRow("branch") << branch({{"0.25", "0.25", a()}, {"0.75", "0.75", b()}}) << 0.175;
    QTest::newRow("branch, worst end") << branch({{"0", "1", a()}, {"0.25", "0.75", b()}}) << 0.175;
    QTest::newRow("timeout") << timeout(b()) << 0.2;
    QTest::newRow("optional") << series({a(), optional(b())}) << 0.1;
}

void TestSharedFate::operators()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, expected);
    QVERIFY(relativeError(failureOf(root, {}), expected) <= 1e-12);
    // The same through a fragment
    const auto used = journeyOf(use("f"), {{"f", root}});
    QCOMPARE(analysis::analyse(used, inputsWith({})).value().journey->sharedFate.worst, failureOf(root, {}));
}

void TestSharedFate::groups_data()
{
    QTest::addColumn<Domains>("domains");
    QTest::addColumn<double>("expected"); ///< of Race(a, b, c)
    QTest::addColumn<bool>("sharesFate");
    QTest::addColumn<bool>("unknown");
    const auto row = [](const char* tag, const Domains& domains, double expected, bool shares, bool unknown = false) {
        QTest::newRow(tag) << domains << expected << shares << unknown;
    };
    row("none", {}, 0.006, false);
    row("all apart", {{"zone:1"}, {"zone:2"}, {"net"}}, 0.006, false);
    row("two in one", {{"zone:1"}, {"zone:2"}, {"zone:2"}}, 0.02, true);
    row("one in common of several", {{"zone:1", "net:x"}, {"zone:2"}, {"net:x", "zone:3"}}, 0.02, true);
    row("all in one by a chain", {{"zone:1"}, {"zone:1", "net:x"}, {"net:x"}}, 0.1, true);
    row("a bare kind matches every value", {{"zone:1"}, {"zone"}, {"zone:3"}}, 0.1, true);
    row("a bare kind matches none of another kind", {{"zone:1"}, {"net"}, {"rack:3"}}, 0.006, false);
    row("equal values of different kinds", {{"zone:1"}, {"rack:1"}, {"net:1"}}, 0.006, false);
    row("a value with a colon", {{"zone:1:x"}, {"zone:1:y"}, {"zone:1:x"}}, 0.02, true);
    row("one unknown joins all", {{"zone:1"}, {"unknown"}, {"zone:3"}}, 0.1, true, true);
}

void TestSharedFate::groups()
{
    QFETCH(Domains, domains);
    QFETCH(double, expected);
    QFETCH(bool, sharesFate);
    QFETCH(bool, unknown);
    for (const bool nested : {false, true}) {
        const auto first = nested ? series({timeout(call("a")), optional(call("d"))}) : call("a");
        const auto root = race({first, call("b"), call("c")});
        const auto got = analysis::analyse(journeyOf(root), inputsWith(domains)).value().journey.value();
        QVERIFY(relativeError(got.sharedFate.worst, expected) <= 1e-12);
        QCOMPARE(got.sharesFate, sharesFate);
        QCOMPARE(got.domainsUnknown, unknown);
    }
}

/// P(at least j of a group) is the product of its j largest availabilities; groups are independent: all combinations.
void TestSharedFate::kOfGroups()
{
    const Domains domains{{"zone:1"}, {"zone:2"}, {"zone:1"}, {"zone:2"}}; // {a, c}, {b, d}
    const std::vector<double> ac{0.1, 0.9 * 0.3, 0.9 * 0.7};
    const std::vector<double> bd{0.2, 0.8 * 0.4, 0.8 * 0.6};
    for (int k = 1; k <= 4; ++k) {
        double expected = 0;
        for (std::size_t i = 0; i < ac.size(); ++i) {
            for (std::size_t j = 0; j < bd.size(); ++j)
                expected += static_cast<int>(i + j) < k ? ac[i] * bd[j] : 0;
        }
        const auto got = failureOf(kofn(k, {call("a"), call("b"), call("c"), call("d")}), domains);
        QVERIFY2(relativeError(got, expected) <= 1e-12, std::to_string(k).c_str());
    }
}

/// Domains are seen through fragments, however often they are used.
void TestSharedFate::manyUses()
{
    std::vector<journey::Fragment> fragments;
    for (int i = 0; i < 59; ++i) {
        const auto next = numbered("f", i + 1);
        fragments.push_back({numbered("f", i), race({use(next), use(next)})});
    }
    fragments.push_back({"f59", series({call("a"), call("b")})});
    const auto journey = journeyOf(race({use("f0"), call("c"), call("d")}), fragments);
    const auto result = analysis::analyse(journey, inputsWith({{"zone:1"}, {}, {"zone:1"}, {}})).value();
    QVERIFY(relativeError(result.journey->sharedFate.worst, (1 - 0.9 * 0.8) * 0.4) <= 1e-12);
}

QTEST_GUILESS_MAIN(TestSharedFate)
#include "tst_shared_fate.moc"
