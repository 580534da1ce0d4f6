// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "tests/analysis/oracle.h"
#include "tests/analysis/random_journey.h"

#include <QTest>

#include <set>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)
Q_DECLARE_METATYPE(std::optional<emac::journey::Note>)
Q_DECLARE_METATYPE(std::vector<std::string>)
Q_DECLARE_METATYPE(std::string)

/// A*: failure domains and own parts as independent events.
class TestCommonCause : public QObject
{
    Q_OBJECT

private slots:
    void randomJourneys_data();
    void randomJourneys();
    void operators_data();
    void operators();
    void nominalInputs();
    void hindrances_data();
    void hindrances();
    void nodesAlone();
    void limits();
};

namespace {

journey::DomainRule rule(std::string name, std::string_view availability)
{
    return {std::move(name), {}, {}, {}, {}, ratio(availability)};
}

/// Of a component with this own part in these domains, which fail with these probabilities.
journey::Input within(double own, const std::vector<std::string>& domains,
                      const std::map<std::string, double>& failures)
{
    double up = std::log1p(-own);
    for (const auto& domain : domains) {
        const auto found = failures.find(domain);
        up += found == failures.end() ? 0 : std::log1p(-found->second);
    }
    return withDomains(point(-std::expm1(up)), domains);
}

/// Every state of the domains; given it all else is as under independence, with the own parts.
class CommonCauseOracle
{
public:
    CommonCauseOracle(const journey::Journey& journey, const std::map<std::string, double>& domains)
        : m_journey(journey)
        , m_domains(domains)
    {
    }

    void add(const std::string& component, const journey::Input& input, double own)
    {
        m_components.push_back({component, input, own});
    }

    long double failure(const ExpressionPtr& node) const
    {
        long double sum = 0;
        for (std::uint32_t down = 0; down < (1U << m_domains.size()); ++down) {
            long double probability = 1;
            std::set<std::string> failed;
            std::size_t place = 0;
            for (const auto& [name, q] : m_domains) {
                const bool isDown = ((down >> place++) & 1U) != 0;
                probability *= isDown ? static_cast<long double>(q) : 1 - static_cast<long double>(q);
                if (isDown)
                    failed.insert(name);
            }
            journey::Inputs inputs;
            for (const auto& component : m_components) {
                const bool isDown = std::ranges::any_of(component.input.domains,
                                                        [&](const auto& domain) { return failed.contains(domain); });
                auto input = point(isDown ? 1 : component.own);
                input.independentCalls = component.input.independentCalls;
                inputs.set(component.name, input);
            }
            sum += probability * Oracle(m_journey, inputs, true).failure(node);
        }
        return sum;
    }

private:
    struct Component
    {
        std::string name;
        journey::Input input;
        double own;
    };
    const journey::Journey& m_journey;
    std::map<std::string, double> m_domains;
    std::vector<Component> m_components;
};

} // namespace

void TestCommonCause::randomJourneys_data()
{
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 300; ++seed)
        QTest::addRow("journey %llu", static_cast<unsigned long long>(seed)) << seed;
}

/// All operators, retries and own draws, several domains for a component: every node against enumeration.
void TestCommonCause::randomJourneys()
{
    QFETCH(quint64, seed);
    Random random(seed);
    RandomJourneyOptions options;
    options.repeatable = static_cast<std::size_t>(random.between(1, 5));
    options.unique = static_cast<std::size_t>(random.between(0, 3));
    options.calls = random.between(2, 14);
    options.choiceRanges = false;
    auto made = randomJourney(random, options);
    const double scale = seed % 3 == 0 ? 1e-8 : 1;
    // "zone" is one rule for two domains; "rack:1" states nothing.
    const std::map<std::string, double> failures{
        {"net", 0.1 * scale}, {"zone:a", 0.2 * scale}, {"zone:b", 0.2 * scale}};
    const auto text = [&](double q) { return base::Decimal::fromDouble(q).complement().toString(); };
    made.journey.domainRules = {
        rule("net", text(0.1 * scale)), rule("zone", text(0.2 * scale)), {"rack:1", {}, {}, {}, {}, {}}};
    CommonCauseOracle oracle(made.journey, failures);
    for (const auto& name : made.components) {
        std::vector<std::string> domains;
        for (const auto* domain : {"net", "zone:a", "zone:b", "rack:1"}) {
            if (random.chance(0.35))
                domains.push_back(domain);
        }
        const double own = random.chance(0.1) ? 0 : scale * random.unit();
        auto input = within(own, domains, failures);
        input.independentCalls = made.inputs.find(name)->independentCalls;
        made.inputs.set(name, input);
        oracle.add(name, input, own);
    }
    const auto analysis = analysis::analyse(made.journey, made.inputs).value();
    QVERIFY(!analysis.commonCauseMissing);
    for (const auto& place : journey::nodePlaces(made.journey)) {
        const auto got = analysis.find(place.node->id)->commonCause;
        QVERIFY(got);
        const auto expected = static_cast<double>(oracle.failure(place.node));
        // An own part of nearly nothing keeps few of its digits in the sum with the domains.
        QVERIFY2(std::abs(*got - expected) <= 1e-10 * expected + 1e-15 * scale,
                 qPrintable(QStringLiteral("%1 instead of %2").arg(*got, 0, 'g', 17).arg(expected, 0, 'g', 17)));
    }
    QVERIFY(analysis.journey->commonCause);
}

void TestCommonCause::operators_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("expected");
    const auto a = [] { return call("a"); };
    const auto b = [] { return call("b"); };
    // D fails with .2; own parts: a .1, b .3; free, .5, is in no domain; i is as a with own draws.
    QTest::newRow("one") << a() << 0.2 + 0.8 * 0.1;
    QTest::newRow("race") << race({a(), b()}) << 0.2 + 0.8 * 0.03;
    QTest::newRow("series") << series({a(), b()}) << 1 - 0.8 * 0.9 * 0.7;
    QTest::newRow("the same twice") << race({a(), a()}) << 0.2 + 0.8 * 0.1;
    QTest::newRow("own draws twice") << race({call("i"), call("i")}) << 0.2 + 0.8 * 0.01;
    QTest::newRow("retry") << retry(3, a()) << 0.2 + 0.8 * 0.001;
    QTest::newRow("retry of the same twice") << retry(2, series({a(), a()})) << 0.2 + 0.8 * 0.01;
    QTest::newRow("retry and the same outside") << race({retry(2, a()), a()}) << 0.2 + 0.8 * 0.001;
    QTest::newRow("retry in a retry") << retry(2, race({retry(2, a()), b()})) << 0.2 + 0.8 * 0.01 * 0.3 * 0.01 * 0.3;
    QTest::newRow("retry outside of all domains") << retry(2, call("free")) << 0.25;
    QTest::newRow("fragment twice") << race({use("f"), use("f")}) << 0.2 + 0.8 * 0.1;
    QTest::newRow("retry of a fragment") << retry(2, use("f")) << 0.2 + 0.8 * 0.01;
    QTest::newRow("2 of 3") << kofn(2, {a(), b(), call("free")})
                            << 0.2 * 1 + 0.8 * (0.1 * 0.3 + 0.1 * 0.7 * 0.5 + 0.9 * 0.3 * 0.5);
    QTest::newRow("fallback") << fallback(a(), {call("free")}) << 0.28 * 0.5;
    QTest::newRow("optional") << series({call("free"), optional(a())}) << 0.5;
    QTest::newRow("branch") << race({branch({{"0.25", "0.25", a()}, {"0.75", "0.75", b()}}), a()})
                            << 0.2 + 0.8 * 0.1 * (0.25 + 0.75 * 0.3);
    QTest::newRow("branch with intervals")
        << branch({{"0.1", "0.5", call("free")}, {"0.5", "0.9", optional(a())}}) << 0.3 * 0.5;
}

void TestCommonCause::operators()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, expected);
    auto journey = journeyOf(root, {{"f", call("a")}});
    journey.domainRules = {rule("D", "0.8")};
    const std::map<std::string, double> failures{{"D", 0.2}};
    const auto inputs = inputsOf({{"a", within(0.1, {"D"}, failures)},
                                  {"b", within(0.3, {"D"}, failures)},
                                  {"i", independentCalls(within(0.1, {"D"}, failures))},
                                  {"free", point(0.5)}});
    const auto got = analysis::analyse(journey, inputs).value().journey->commonCause;
    QVERIFY(got);
    QVERIFY2(relativeError(*got, expected) <= 1e-12, qPrintable(QString::number(*got, 'g', 17)));
}

/// Not the ends of the intervals.
void TestCommonCause::nominalInputs()
{
    auto journey = journeyOf(series({call("a"), call("a"), call("b")}));
    journey.domainRules = {rule("D", "0.99")};
    auto inputs = inputsOf({{"a", withDomains(interval(0.1, 0.4), {"D"})}, {"b", interval(0.2, 0.3)}});
    const auto got = analysis::analyse(journey, inputs).value().journey.value();
    QVERIFY(relativeError(got.commonCause.value(), 1 - 0.75 * 0.75) <= 1e-12);
    QVERIFY(relativeError(got.independent->worst, 1 - 0.6 * 0.7) <= 1e-12);
}

void TestCommonCause::hindrances_data()
{
    QTest::addColumn<std::vector<std::string>>("domains"); ///< of a, b, c; "unknown"; "none" is not stated
    QTest::addColumn<std::string>("ruled");
    QTest::addColumn<bool>("computed");
    QTest::addColumn<std::optional<journey::Note>>("missing");
    using base::Code;
    using journey::Element;
    const auto row = [](const char* tag, const std::vector<std::string>& domains, const std::string& ruled,
                        bool computed, const std::optional<journey::Note>& missing = std::nullopt) {
        QTest::newRow(tag) << domains << ruled << computed << missing;
    };
    const auto bare = journey::Note{{Code::CommonCauseBareKind, {"zone", "a", "zone:1", "b"}}, Element::component("a")};
    row("no rule", {"zone", "zone", "zone"}, "", false);
    row("all bare", {"zone", "zone", "zone"}, "zone", true);
    row("all with a value", {"zone:1", "zone:2", "zone:1"}, "zone", true);
    row("a rule for one value", {"zone:1", "zone:2", "net"}, "zone:1", true);
    row("a rule that nobody is under", {"zone:1", "zone:2", "net"}, "rack", true);
    row("bare beside a value", {"zone", "zone:1", "net"}, "zone", false, bare);
    row("bare beside a value with a rule", {"zone", "zone:1", "net"}, "zone:1", false, bare);
    row("bare beside a value without a rule", {"zone", "zone:1", "net"}, "net", true);
    row("unknown", {"zone", "unknown", "zone"}, "zone", false,
        journey::Note{{Code::CommonCauseUnknownDomain, {"b"}}, Element::component("b")});
    row("not stated", {"zone", "zone", "none"}, "zone", false,
        journey::Note{{Code::CommonCauseNotStated, {"c"}}, Element::component("c")});
    row("better than its domain", {"zone", "zone", "net"}, "net=0.5", false,
        journey::Note{{Code::CommonCauseOwnPart, {"c", "0.9", "net (0.5)", "0.5"}}, Element::component("c")});
}

void TestCommonCause::hindrances()
{
    QFETCH(std::vector<std::string>, domains);
    QFETCH(std::string, ruled);
    QFETCH(bool, computed);
    QFETCH(std::optional<journey::Note>, missing);
    auto journey = journeyOf(series({race({call("a"), call("b")}), call("c")}));
    if (const auto equals = ruled.find('='); !ruled.empty()) {
        const auto availability = equals == std::string::npos ? "0.99" : ruled.substr(equals + 1);
        journey.domainRules = {rule(ruled.substr(0, equals), availability)};
    }
    journey::Inputs inputs;
    for (std::size_t i = 0; i < domains.size(); ++i) {
        const auto& domain = domains[i];
        auto input = withDomains(stated("0.9"), {domain});
        if (domain == "unknown")
            input = withUnknownDomains(stated("0.9"));
        if (domain == "none")
            input = {};
        inputs.set(std::string(1, "abc"[i]), input);
    }
    const auto got = analysis::analyse(journey, inputs).value();
    QCOMPARE(got.journey->commonCause.has_value(), computed);
    QCOMPARE(got.commonCauseMissing, missing);
}

/// A node that what hinders the journey does not concern has its value.
void TestCommonCause::nodesAlone()
{
    const auto good = race({call("a"), call("b")});
    const auto bad = race({call("a"), call("c")});
    const auto missing = use("nothing");
    auto journey = journeyOf(series({good, bad, optional(call("d")), missing}));
    journey.domainRules = {rule("zone", "0.99")};
    const auto inputs = inputsOf({{"a", withDomains(point(0.1), {"zone"})},
                                  {"b", withDomains(point(0.1), {"zone"})},
                                  {"c", withDomains(point(0.1), {"zone:1"})},
                                  {"d", withUnknownDomains(point(0.1))}});
    const auto analysis = analysis::analyse(journey, inputs).value();
    QVERIFY(!analysis.journey->commonCause);
    const double own = 1 - 0.9 / 0.99;
    QVERIFY(relativeError(analysis.find(good->id)->commonCause.value(), 0.01 + 0.99 * own * own) <= 1e-12);
    QVERIFY(!analysis.find(bad->id)->commonCause);
    const auto below = journey::children(*bad);
    QVERIFY(analysis.find(below[0]->id)->commonCause);
    QVERIFY(relativeError(analysis.find(below[1]->id)->commonCause.value(), 0.1) <= 1e-12);
    QCOMPARE(analysis.find(journey::children(*journey.root)[2]->id)->commonCause, std::optional(0.0));

    // What is optional hinders nothing; a fragment that does not exist does.
    journey.root = series({good, optional(bad)});
    QVERIFY(analysis::analyse(journey, inputs)->journey->commonCause);
    journey.root = series({good, missing});
    const auto without = analysis::analyse(journey, inputs).value();
    QVERIFY(!without.journey->commonCause);
    QCOMPARE(without.commonCauseMissing, std::optional(journey::Note{{base::Code::CommonCauseNoBody, {"nothing"}},
                                                                     journey::Element::ofNode(missing->id)}));
}

/// Past a limit, and with so many attempts that they cannot be written out.
void TestCommonCause::limits()
{
    List races;
    journey::Inputs inputs;
    for (int i = 0; i < 20; ++i) {
        const auto name = numbered("c", static_cast<std::size_t>(i));
        inputs.set(name, withDomains(point(0.1), {numbered("zone:", static_cast<std::size_t>(i % 5)),
                                                  numbered("net:", static_cast<std::size_t>(i % 7))}));
        races.push_back(race({call(name), call(numbered("c", static_cast<std::size_t>((i + 3) % 20)))}));
    }
    auto journey = journeyOf(series(races));
    journey.domainRules = {rule("zone", "0.99"), rule("net", "0.99")};
    const auto limited = analysis::analyse(journey, inputs, {}, nullptr, {50}).value();
    QVERIFY(!limited.journey->commonCause);
    QCOMPARE(limited.commonCauseMissing,
             std::optional(journey::Note{{base::Code::DiagramTooLarge, {"50"}}, journey::Element::journey()}));
    QVERIFY(analysis::analyse(journey, inputs)->journey->commonCause);

    journey.root = retry(2'000'000'000, call("c0"));
    const auto endless = analysis::analyse(journey, inputs).value();
    QVERIFY(!endless.journey->commonCause);
    QCOMPARE(endless.commonCauseMissing->message.code, base::Code::DiagramTooLarge);
    journey.root = retry(1000, call("c0"));
    const auto often = analysis::analyse(journey, inputs).value().journey->commonCause;
    QVERIFY(relativeError(often.value(), 1 - 0.99 * 0.99) <= 1e-10);
}

QTEST_GUILESS_MAIN(TestCommonCause)
#include "tst_common_cause.moc"
