// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "tests/analysis/random_journey.h"
#include "widgets/explain/explanation.h"
#include "widgets/explain/rules.h"

#include <QFileInfo>
#include <QLocale>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using namespace emac::tests;
using journey::Element;

namespace {

QString utf(const char* text)
{
    return QString::fromUtf8(text);
}

/// A journey with its numbers, without a text.
struct Numbers
{
    Numbers(ExpressionPtr root, const std::vector<std::pair<std::string, journey::Input>>& list,
            std::vector<journey::Fragment> fragments = {}, std::vector<journey::DomainRule> rules = {})
        : inputs(inputsOf(list))
    {
        intent.journey = journeyOf(std::move(root), std::move(fragments));
        intent.journey.domainRules = std::move(rules);
        analysis = *analysis::analyse(intent.journey, inputs);
    }

    std::optional<Explanation> explain(const Explained& what) const
    {
        return widgets::explain({intent, title, inputs, analysis, sources, "journey.yaml", {}}, what);
    }
    Explanation explain(Figure figure) const { return explain({Element::journey(), figure}).value(); }

    QString title = QStringLiteral("the journey");
    journey::Intent intent;
    journey::Inputs inputs;
    analysis::Analysis analysis;
    spec::SourceMap sources;
};

/// a and b share a zone, c shares nothing.
std::vector<std::pair<std::string, journey::Input>> threeComponents()
{
    return {{"a", withDomains(stated("0.99"), {"zone:1"})},
            {"b", withDomains(stated("0.98"), {"zone:1"})},
            {"c", withDomains(stated("0.95"), {"net"})}};
}

/// The availability of a failure domain.
journey::DomainRule rule(const char* name, const char* availability)
{
    return {name, {}, {}, {}, {}, ratio(availability)};
}

QStringList labels(const Explanation& explanation)
{
    QStringList result;
    for (const auto& row : explanation.rows)
        result << row.label;
    return result;
}

} // namespace

class TestExplanation : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void everyOperatorUnderEveryAssumption_data()
    {
        QTest::addColumn<ExpressionPtr>("root");
        QTest::addColumn<QStringList>("formulas"); // A⁻, A⁺, A*, E⁻, E⁺
        const auto row = [](const char* name, const ExpressionPtr& root, std::initializer_list<const char*> formulas) {
            QStringList list;
            for (const auto* formula : formulas)
                list << utf(formula);
            QTest::newRow(name) << root << list;
        };
        row("call", call("a"), {"A⁻ = 0.99", "A⁺ = 0.99", "A* = 0.99", "E⁻ = 0.99", "E⁺ = 0.99"});
        row("series", series({call("a"), call("b")}),
            {"A⁻ = 0.99 · 0.98 = 0.9702", "A⁺ = 0.99 · 0.98 = 0.9702", "A* = 0.99 · 0.98 = 0.9702",
             "E⁻ = max(0, 1 − (0.01 + 0.02)) = 0.97", "E⁺ = min(0.99, 0.98) = 0.98"});
        row("parallel", parallel({call("a"), call("b"), call("c")}),
            {"A⁻ = 0.99 · 0.98 · 0.95 = 0.92169", "A⁺ = 0.99 · 0.98 · 0.95 = 0.92169",
             "A* = 0.99 · 0.98 · 0.95 = 0.92169", "E⁻ = max(0, 1 − (0.01 + 0.02 + 0.05)) = 0.92",
             "E⁺ = min(0.99, 0.98, 0.95) = 0.95"});
        row("race", race({call("a"), call("b"), call("c")}),
            {"A⁻ = 1 − (1 − max(0.99, 0.98)) · (1 − 0.95) = 0.9995", "A⁺ = 1 − 0.01 · 0.02 · 0.05 = 0.99999",
             "A* = 1 − 0.01 · 0.02 · 0.05 = 0.99999", "E⁻ = max(0.99, 0.98, 0.95) = 0.99",
             "E⁺ = min(1, 0.99 + 0.98 + 0.95) = 1"});
        row("race in one group", race({call("a"), call("b")}),
            {"A⁻ = max(0.99, 0.98) = 0.99", "A⁺ = 1 − 0.01 · 0.02 = 0.9998", "A* = 1 − 0.01 · 0.02 = 0.9998",
             "E⁻ = max(0.99, 0.98) = 0.99", "E⁺ = min(1, 0.99 + 0.98) = 1"});
        row("k of n", kofn(2, {call("a"), call("b"), call("c")}),
            {"A⁻ = at least 2 of {0.99; 0.98; 0.95} = 0.98901", "A⁺ = at least 2 of {0.99; 0.98; 0.95} = 0.99832",
             "A* = at least 2 of {0.99; 0.98; 0.95} = 0.99832", "E⁻ = at least 2 of {0.99; 0.98; 0.95} = 0.97",
             "E⁺ = at least 2 of {0.99; 0.98; 0.95} = 1"});
        row("n of n", kofn(2, {call("a"), call("b")}),
            {"A⁻ = 0.99 · 0.98 = 0.9702", "A⁺ = 0.99 · 0.98 = 0.9702", "A* = 0.99 · 0.98 = 0.9702",
             "E⁻ = max(0, 1 − (0.01 + 0.02)) = 0.97", "E⁺ = min(0.99, 0.98) = 0.98"});
        const auto mixture = "0.7 · 0.99 + 0.3 · 0.95 = 0.978";
        row("branch", branch({{"0.7", "0.7", call("a")}, {"0.3", "0.3", call("c")}}),
            {qPrintable(utf("A⁻ = ") + utf(mixture)), "A⁺ = 0.7 · 0.99 + 0.3 · 0.95 = 0.978",
             "A* = 0.7 · 0.99 + 0.3 · 0.95 = 0.978", "E⁻ = 0.7 · 0.99 + 0.3 · 0.95 = 0.978",
             "E⁺ = 0.7 · 0.99 + 0.3 · 0.95 = 0.978"});
        row("branch of intervals", branch({{"0.6", "0.8", call("a")}, {"0.2", "0.4", call("c")}}),
            {"A⁻ = 0.6 · 0.99 + 0.4 · 0.95 = 0.974", "A⁺ = 0.8 · 0.99 + 0.2 · 0.95 = 0.982",
             "A* = 0.7 · 0.99 + 0.3 · 0.95 = 0.978", "E⁻ = 0.6 · 0.99 + 0.4 · 0.95 = 0.974",
             "E⁺ = 0.8 · 0.99 + 0.2 · 0.95 = 0.982"});
        row("retry", retry(3, call("c")),
            {"A⁻ = 0.95", "A⁺ = 1 − 0.05^3 = 0.999875", "A* = 1 − 0.05^3 = 0.999875", "E⁻ = 0.95",
             "E⁺ = min(1, 3 · 0.95) = 1"});
        row("fallback", fallback(call("a"), {call("c")}),
            {"A⁻ = 1 − (1 − 0.99) · (1 − 0.95) = 0.9995", "A⁺ = 1 − 0.01 · 0.05 = 0.9995",
             "A* = 1 − 0.01 · 0.05 = 0.9995", "E⁻ = max(0.99, 0.95) = 0.99", "E⁺ = min(1, 0.99 + 0.95) = 1"});
        row("timeout", timeout(call("a")), {"A⁻ = 0.99", "A⁺ = 0.99", "A* = 0.99", "E⁻ = 0.99", "E⁺ = 0.99"});
        row("optional", optional(call("a")), {"A⁻ = 1", "A⁺ = 1", "A* = 1", "E⁻ = 1", "E⁺ = 1"});
        row("use", use("f"), {"A⁻ = 0.95", "A⁺ = 0.95", "A* = 0.95", "E⁻ = 0.95", "E⁺ = 0.95"});
    }
    void everyOperatorUnderEveryAssumption()
    {
        QFETCH(ExpressionPtr, root);
        QFETCH(QStringList, formulas);
        // A domain that nothing is in: there is an A*, and nothing has a common cause.
        const Numbers numbers(root, threeComponents(), {{"f", call("c")}}, {rule("elsewhere", "0.9")});
        for (std::size_t i = 0; i < allFigures.size(); ++i) {
            const auto figure = allFigures.at(i);
            const auto explanation = numbers.explain({Element::ofNode(root->id), figure}).value();
            QCOMPARE(explanation.formula, formulas[static_cast<qsizetype>(i)]);
            const auto failure = *failureOf(numbers.analysis.nodes.at(root->id), figure);
            QVERIFY(explanation.formula.endsWith(utf("= ") + ratioText(failure)));
            QCOMPARE(explanation.value, availabilityText(failure, {}));
            QVERIFY2(explanation.rule.startsWith(symbolOf(figure) + utf(" = ")), qPrintable(explanation.rule));
            QVERIFY(!explanation.rows.empty());
        }
    }

    void partsLeadFurther()
    {
        const auto inner = race({call("a"), call("b")}, "payment");
        const Numbers numbers(series({call("c"), inner}), threeComponents());
        const auto whole = numbers.explain(Figure::Pessimistic);
        QCOMPARE(whole.title, numbers.title);
        QCOMPARE(labels(whole), (QStringList{utf("c"), utf("payment")}));
        QCOMPARE(whole.rows[1].step, (Explained{Element::ofNode(inner->id), Figure::Pessimistic}));
        const auto below = numbers.explain(*whole.rows[1].step).value();
        QCOMPARE(below.title, utf("payment"));
        QCOMPARE(below.kind, utf("Race"));
        const auto call = numbers.explain(*below.rows[0].step).value();
        QCOMPARE(call.rule, utf("A⁻ = the availability of the component a"));
    }

    void groupsAreNamed_data()
    {
        QTest::addColumn<ExpressionPtr>("root");
        QTest::addColumn<QStringList>("remarks");
        const auto none = utf("c shares nothing with the others: a group of its own.");
        QTest::newRow("a domain") << race({call("a"), call("b"), call("c")})
                                  << QStringList{utf("One group: a, b; they share the failure domain zone:1."), none};
        QTest::newRow("a component") << race({call("c"), series({call("a"), call("c")})})
                                     << QStringList{utf("One group: c, Series: a, c; they share the component c, and "
                                                        "they share the failure domain net.")};
        QTest::newRow("unknown") << fallback(call("a"), {call("u")})
                                 << QStringList{
                                        utf("One group: a, u; the failure domains of u are unknown or in conflict.")};
        QTest::newRow("a bare kind") << race({call("a"), call("bare")})
                                     << QStringList{utf("One group: a, bare; they share the failure domain zone.")};
        QTest::newRow("none needed") << series({call("a"), call("b")}) << QStringList{};
    }
    void groupsAreNamed()
    {
        QFETCH(ExpressionPtr, root);
        auto components = threeComponents();
        components.emplace_back("u", withUnknownDomains(stated("0.9")));
        components.emplace_back("bare", withDomains(stated("0.9"), {"zone"}));
        QTEST(Numbers(root, components).explain(Figure::Pessimistic).remarks, "remarks");
    }

    void whatRepeatsIsNoProduct()
    {
        const auto root = series({call("a"), race({call("a"), call("c")})});
        const Numbers numbers(root, threeComponents());
        const auto explanation = numbers.explain(Figure::Optimistic);
        QCOMPARE(explanation.value, utf("99.00 %")); // a alone decides
        QCOMPARE(explanation.formula, QString());
        QCOMPARE(explanation.remarks.size(), 2);
        QVERIFY(explanation.remarks[0].contains(utf("the component a, which counts as one event")));
        QVERIFY(explanation.remarks[0].contains(utf("binary decision diagram")));
        QVERIFY(explanation.remarks[1].contains(utf("would give 98.95"))); // 0.99 · 0.9995
        // The envelope's rule does not know of it, and says so.
        const auto bound = numbers.explain(Figure::Lowest);
        QCOMPARE(bound.remarks.size(), 1);
        QVERIFY(bound.remarks[0].contains(
            utf("An outer bound, for the rule does not know that these are called more than once: a.")));
        QVERIFY(numbers.explain(Figure::Pessimistic).formula.startsWith(utf("A⁻ = 0.99 · ")));
    }

    void independentCallsAreNoRepeats()
    {
        auto components = threeComponents();
        components[0].second.independentCalls = true;
        const Numbers numbers(series({call("a"), call("a")}), components);
        QCOMPARE(numbers.explain(Figure::Optimistic).formula, utf("A⁺ = 0.99 · 0.99 = 0.9801"));
        QVERIFY(numbers.explain(Figure::Lowest).remarks.isEmpty());
    }

    void clampingIsTold()
    {
        // Products of a and a again lie below what any dependence can do: E⁻ = 1 − 0.3 · 2 … and A⁺ = 0.7.
        const auto root = series({call("x"), call("x")});
        Numbers numbers(root, {{"x", withDomains(stated("0.7"), {"d"})}});
        const auto exact = numbers.explain(Figure::Pessimistic);
        QCOMPARE(exact.formula, utf("A⁻ = 0.7 · 0.7 = 0.49"));
        auto& values = numbers.analysis.nodes.at(root->id);
        values.sharedFate.worst = 0.4;
        const auto raised = numbers.explain(Figure::Pessimistic);
        QCOMPARE(raised.value, utf("60.0 %"));
        QCOMPARE(raised.remarks, QStringList{utf("The number shown is E⁻, 60.0 %: no dependence at all can bring it "
                                                 "below.")});
        values.sharedFate.worst = 0.6;
        QVERIFY(numbers.explain(Figure::Pessimistic).remarks[0].startsWith(utf("The number shown is A⁺, 40.0 %")));
        // A part that was raised counts above it as it was before.
        const Numbers outer(series({root, call("y")}), {{"x", stated("0.7")}, {"y", stated("0.9")}});
        auto changed = outer;
        changed.analysis.nodes.at(root->id).sharedFate.worst = 0.4;
        const auto above = changed.explain(Figure::Pessimistic);
        QCOMPARE(above.formula, utf("A⁻ = 0.49 · 0.9 = 0.441"));
        QVERIFY(above.remarks[0].startsWith(utf("Series: x, x counts here as 49.0 %; its own number, 60.0 %")));
    }

    void whatIsMissingSaysWhy()
    {
        Numbers numbers(series({call("a"), call("b")}), threeComponents());
        const auto none = numbers.explain(Figure::CommonCause);
        QCOMPARE(none.value, utf("not computed"));
        QCOMPARE(none.formula, QString());
        QVERIFY(none.remarks[0].contains(utf("No failure domain states an availability")));
        numbers.analysis.commonCauseMissing =
            journey::Note{{base::Code::AvailabilityNotStated, {"b"}}, Element::component("b")};
        QVERIFY(numbers.explain(Figure::CommonCause).remarks[0].contains(utf("'b'")));
        numbers.analysis.nodes.at(numbers.intent.journey.root->id).independent.reset();
        const auto unknown = numbers.explain(Figure::Optimistic);
        QCOMPARE(unknown.value, utf("not computed"));
        QVERIFY(unknown.remarks[0].contains(utf("no approximation is shown instead")));
    }

    void commonCauseOfACall()
    {
        const Numbers numbers(call("a"), threeComponents(), {}, {rule("zone", "0.995")});
        const auto explanation =
            numbers.explain({Element::ofNode(numbers.intent.journey.root->id), Figure::CommonCause});
        QVERIFY(explanation);
        QVERIFY2(explanation->formula.startsWith(utf("A* = 0.99497")), qPrintable(explanation->formula));
        QVERIFY2(explanation->formula.endsWith(utf("… · 0.995 = 0.99")), qPrintable(explanation->formula));
        QCOMPARE(labels(*explanation),
                 (QStringList{utf("a"), utf("Called here"), utf("Own part"), utf("Failure domain zone:1")}));
        QCOMPARE(explanation->rows[3].value, utf("99.5 %"));
    }

    void commonDomainsAreNoProduct()
    {
        const std::vector rules{rule("zone:1", "0.99")};
        const auto alternatives =
            Numbers(race({call("a"), call("b")}), threeComponents(), {}, rules).explain(Figure::CommonCause);
        QCOMPARE(alternatives.value, utf("99.00 %"));
        QCOMPARE(alternatives.formula, QString());
        QVERIFY(alternatives.remarks[0].contains(utf("the failure domain zone:1, which counts as one event")));
        QVERIFY(alternatives.remarks[1].contains(utf("would give 99.9800 %")));
        const auto attempts = Numbers(retry(2, call("a")), threeComponents(), {}, rules).explain(Figure::CommonCause);
        QCOMPARE(attempts.value, utf("99.00 %"));
        QVERIFY(attempts.remarks[0].contains(utf("the failure domain zone:1")));
        // What stands in different values of a kind has nothing in common.
        auto apart = threeComponents();
        apart[1].second.domains = {"zone:2"};
        const auto separate = Numbers(race({call("a"), call("b")}), apart, {}, {rule("zone", "0.99")});
        QCOMPARE(separate.explain(Figure::CommonCause).formula, utf("A* = 1 − 0.01 · 0.02 = 0.9998"));
    }

    void inputsAtTheirEnds()
    {
        auto input = interval(0.01, 0.03);
        input.provenance.source = journey::Provenance::Source::Observed;
        const Numbers numbers(series({call("x"), call("open")}), {{"x", input}});
        const auto worst = numbers.explain(Figure::Pessimistic);
        QCOMPARE(worst.rows[0].value, utf("97.00 %"));
        QCOMPARE(worst.rows[0].source, utf("lower end of the observed 97.00 % … 99.00 %"));
        QCOMPARE(worst.rows[1].value, utf("0 %"));
        QCOMPARE(worst.rows[1].source, utf("not stated: anything from 0 % to 100 %"));
        QCOMPARE(numbers.explain(Figure::Highest).rows[0].value, utf("99.00 %"));
        QCOMPARE(numbers.explain(Figure::Optimistic).rows[1].value, utf("100 %"));
    }

    void longSeriesAreCut()
    {
        List steps;
        std::vector<std::pair<std::string, journey::Input>> list;
        for (std::size_t i = 0; i < 150; ++i) {
            steps.push_back(call(numbered("c", i)));
            list.emplace_back(numbered("c", i), point(1e-5));
        }
        const auto explanation = Numbers(series(steps), list).explain(Figure::Pessimistic);
        QCOMPARE(explanation.rows.size(), 100u);
        QCOMPARE(explanation.moreRows, 50);
        QVERIFY(explanation.formula.contains(utf("… (150 parts)")));
    }

    void everyInputHasItsLine()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("payb: {kind: external_dependency, availability: 0.995",
                     "payb: {kind: external_dependency, atomicSLORef: openslo:front-availability, availability: 0.995");
        const OpenJourney open(text);
        QTRY_VERIFY(isCurrent(*open.document));
        const auto& document = *open.document;
        const auto title = document.title();
        const ExplanationSource source{document.intent(),
                                       title,
                                       document.evaluation()->inputs,
                                       document.evaluation()->analysis,
                                       document.sources(),
                                       document.path().toStdString(),
                                       {}};
        const auto whole = explain(source, {Element::journey(), Figure::Pessimistic}).value();
        QCOMPARE(whole.value, utf("99.251 %"));
        QCOMPARE(whole.formula, utf("A⁻ = 0.9995 · 0.998001 · 0.995 = 0.992514…"));
        QCOMPARE(whole.rows[0].source, utf("target of openslo:front-availability"));
        QCOMPARE(QFileInfo(QString::fromStdString(whole.rows[0].place.file)).fileName(), utf("slo.yaml"));
        QCOMPARE(whole.rows[0].place.line, 9u);
        QCOMPARE(whole.rows[1].place.line, 12u);
        QCOMPARE(QString::fromStdString(whole.rows[1].place.file), document.path());
        const auto payment = explain(source, *whole.rows[2].step).value();
        QCOMPARE(payment.rows[0].place.line, 25u);
        QCOMPARE(payment.rows[0].source, utf("written in the journey"));
        const auto payb = explain(source, *payment.rows[1].step).value();
        QCOMPARE(payb.rows[0].source, utf("written in the journey; wins over openslo:front-availability"));
        QCOMPARE(payb.rows[0].place.line, 26u);
        QCOMPARE(payb.rows[1].label, utf("Overridden"));
        QCOMPARE(payb.rows[1].value, utf("99.95 %"));
        QCOMPARE(payb.rows[1].place.line, 9u);
    }

    void whatCanBeExplained()
    {
        const auto body = call("c");
        const auto root = series({call("a"), use("f")});
        const Numbers numbers(root, threeComponents(), {{"f", body}});
        const auto& journey = numbers.intent.journey;
        QCOMPARE(explainable(journey, Element::ofNode(root->id)), Element::ofNode(root->id));
        QCOMPARE(explainable(journey, Element::fragment("f")), Element::ofNode(body->id));
        QCOMPARE(explainable(journey, Element::component("c")), Element::ofNode(body->id));
        QCOMPARE(explainable(journey, Element::component("b")), Element::journey());
        QCOMPARE(explainable(journey, Element::objective("availability")), Element::journey());
        QVERIFY(!numbers.explain({Element::ofNode(journey::newNodeId()), Figure::Pessimistic}));
        QVERIFY(!numbers.explain({Element::component("c"), Figure::Pessimistic}));
    }

    /// Three quarters of the successes come by the deadline.
    void aTimeoutTakesWhatComesLater()
    {
        using namespace std::chrono_literals;
        auto late = stated("0.8");
        late.latency = journey::LatencyLaw({{10ms, 0.75, 0.75, 0, 0.75}, {40ms, 1, 1, 0.75, 1}});
        const Numbers numbers(journey::makeExpression(journey::Timeout{20ms, call("late")}), {{"late", late}});
        for (const auto& [figure, symbol] : {std::pair{Figure::Pessimistic, "A⁻"}, std::pair{Figure::Optimistic, "A⁺"},
                                             std::pair{Figure::Lowest, "E⁻"}, std::pair{Figure::Highest, "E⁺"}}) {
            const auto explained = numbers.explain(figure);
            QCOMPARE(explained.formula, utf("%1 = 0.8 · 0.75 = 0.6").arg(utf(symbol)));
            QVERIFY(explained.rule.contains(utf("come by the deadline")));
            QVERIFY(explained.remarks.isEmpty());
        }
    }

    /// On random journeys: the rules of explanations are those of the analysis.
    void rulesAgreeWithTheAnalysis()
    {
        Random random(20240517);
        for (int round = 0; round < 300; ++round) {
            RandomJourneyOptions options;
            options.calls = random.between(1, 60);
            options.domains = round % 2 == 0;
            options.choiceRanges = round % 3 == 0;
            auto made = randomJourney(random, options);
            for (const auto* name : {"net", "cluster"})
                made.journey.domainRules.push_back(rule(name, "0.9999"));
            const auto analysis = *analysis::analyse(made.journey, made.inputs);
            SharedFateRule sharedFate(made.journey, made.inputs, analysis);
            for (const auto& place : journey::nodePlaces(made.journey)) {
                const auto& values = analysis.nodes.at(place.node->id);
                const double rule = sharedFate.failure(place.node);
                const double capped = values.independent ? values.independent->worst : 0;
                const double clamped = std::max(std::min(rule, values.envelope.failure.worst), capped);
                QVERIFY2(relativeError(clamped, values.sharedFate.worst) < 1e-9 || !values.independent,
                         qPrintable(QStringLiteral("round %1").arg(round)));
                checkFormula(made, analysis, place.node, !options.choiceRanges);
            }
        }
    }

private:
    /// A formula is told only where it gives the number; else there is a remark.
    static void checkFormula(const RandomJourney& made, const analysis::Analysis& analysis, const ExpressionPtr& node,
                             bool choicesAreGiven)
    {
        journey::Intent intent;
        intent.journey = made.journey;
        const spec::SourceMap sources;
        const QString title;
        for (const auto figure : allFigures) {
            const auto explanation =
                explain({intent, title, made.inputs, analysis, sources, {}, {}}, {Element::ofNode(node->id), figure})
                    .value();
            const auto failure = failureOf(analysis.nodes.at(node->id), figure);
            const auto number = failure ? ratioText(*failure) : QString();
            QVERIFY(explanation.formula.endsWith(utf("= ") + number) || !explanation.remarks.isEmpty());
            QVERIFY(failure || explanation.formula.isEmpty());
            // What is in common is always named, where the choices of branches are given.
            if (choicesAreGiven) {
                const auto vague = explanation.remarks.filter(utf("The rule alone would give"));
                QVERIFY2(vague.isEmpty(), qPrintable(explanation.title + explanation.rule));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
