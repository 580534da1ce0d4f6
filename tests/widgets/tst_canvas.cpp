// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/layoutthread.h"
#include "widgets/canvas/look.h"

#include <QLocale>
#include <QTest>

using namespace emac;
using namespace emac::journey;
using namespace emac::widgets;

namespace {

ExpressionPtr call(const std::string& name)
{
    return makeExpression(Call{name});
}

base::Ratio ratio(const char* text)
{
    return base::Ratio(*base::Decimal::parse(text));
}

ComponentPtr component(const std::string& name, const std::string& kind)
{
    auto made = std::make_shared<Component>();
    made->name = name;
    made->kind = kind;
    return made;
}

analysis::NodeAvailability availability(double best, double worst)
{
    analysis::NodeAvailability values;
    values.independent = analysis::Unavailability{best, best};
    values.sharedFate = {worst, worst};
    values.envelope = {{best, worst}, true};
    return values;
}

Input input(Provenance::Source source, const char* reference, bool domainsUnknown)
{
    Input made;
    made.stated = source != Provenance::Source::NotStated;
    made.provenance.source = source;
    made.provenance.reference = reference;
    made.domainsUnknown = domainsUnknown;
    return made;
}

layout::Drawing drawn(const JourneyScene& scene)
{
    const auto request = scene.layoutRequest();
    return layout::layOut(
        request.root, [&](const Expression& node) { return request.sizes.at(node.id); }, request.metrics);
}

} // namespace

Q_DECLARE_METATYPE(emac::journey::Input)

class TestCanvas : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void lookOfOperators_data()
    {
        QTest::addColumn<quintptr>("index");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("detail");
        int row = 0;
        const auto add = [&](Operator op, const char* title, const char* detail) {
            m_operators.push_back(makeExpression(std::move(op), row % 2 == 0 ? "" : "named"));
            QTest::addRow("%d %s", row, title)
                << quintptr(row) << QString::fromUtf8(title) << QString::fromUtf8(detail);
            ++row;
        };
        using namespace std::chrono_literals;
        add(Series{{call("a")}}, "Series", "");
        add(Parallel{{call("a")}}, "Parallel · named", "");
        add(Race{{call("a")}, {}}, "Race", "");
        add(Race{{call("a")}, 20ms}, "Race · named", "hedged by 20ms");
        add(KofN{2, {call("a"), call("b"), call("c")}}, "2 of 3", "");
        add(Retry{3, {}, call("a")}, "Retry · named", "×3");
        add(Retry{3, 50ms, call("a")}, "Retry", "×3, 50ms apart");
        add(Timeout{800ms, call("a")}, "Timeout · named", "≤ 800ms");
        add(Optional{call("a"), true}, "Optional", "");
        add(Optional{call("a"), false}, "Optional · named", "not waited for");
        add(Use{"identity"}, "identity", "used 3×");
    }

    void lookOfOperators()
    {
        QFETCH(quintptr, index);
        const auto look = lookOf(*m_operators.at(index), {}, {{"identity", 3}}, {});
        QTEST(look.title, "title");
        QTEST(look.detail, "detail");
        QCOMPARE(look.numbers, QString());
    }

    void lookOfCalls_data()
    {
        using Source = Provenance::Source;
        QTest::addColumn<Input>("input");
        QTest::addColumn<int>("badges");
        QTest::addColumn<QString>("numbers");
        const auto number = QStringLiteral("99.500 %");
        QTest::newRow("target") << input(Source::Target, "openslo:a", false) << 0 << number;
        QTest::newRow("inline") << input(Source::Inline, "", false) << 0 << number;
        QTest::newRow("overridden") << input(Source::Inline, "openslo:a", false) << int(Badge::Overridden) << number;
        QTest::newRow("unknown domain") << input(Source::Target, "openslo:a", true) << int(Badge::UnknownDomain)
                                        << number;
        QTest::newRow("not stated") << input(Source::NotStated, "", false) << int(Badge::NotStated)
                                    << QStringLiteral("not stated");
    }

    void lookOfCalls()
    {
        QFETCH(Input, input);
        QFETCH(int, badges);
        const auto node = call("a");
        Journey journey{node, {}, Components({component("a", "external_dependency")}), {}};
        Inputs inputs;
        inputs.set("a", input);
        analysis::Analysis analysis;
        analysis.nodes.emplace(node->id, availability(0.005, 0.005));
        const CanvasNumbers numbers{&analysis, &inputs, 0.01, {}, false};
        const auto look = lookOf(*node, journey, {}, numbers);
        QCOMPARE(int(look.badges), badges);
        QTEST(look.numbers, "numbers");
        QVERIFY(look.external);
        QCOMPARE(look.heat.has_value(), input.stated);
        if (look.heat)
            QCOMPARE(*look.heat, 0.5);
    }

    void heat()
    {
        QCOMPARE(heatOf(availability(0.01, 0.02), 0.01), std::optional(2.0));
        QCOMPARE(heatOf(availability(0.01, 0.02), std::nullopt), std::nullopt);
        QCOMPARE(heatOf(availability(0.01, 0.02), 0.0), std::nullopt);
        QCOMPARE(heatOf(availability(0.01, 1), 0.01), std::nullopt); // something below is not stated
        QCOMPARE(heatOf(availability(1, 1), 0.5), std::optional(2.0)); // stated: it never succeeds
    }

    void problemsAreBadges()
    {
        const auto node = call("a");
        CanvasNumbers numbers;
        numbers.problems.emplace(Element::component("a"), base::Severity::Warning);
        QCOMPARE(lookOf(*node, {}, {}, numbers).badges, Badges(Badge::Warning));
        numbers.problems.emplace(Element::ofNode(node->id), base::Severity::Error);
        QCOMPARE(lookOf(*node, {}, {}, numbers).badges, Badge::Warning | Badge::Error);
    }

    void probabilities()
    {
        QCOMPARE(probabilityText({ratio("0.7"), ratio("0.7")}), QStringLiteral("70 %"));
        QCOMPARE(probabilityText({ratio("0.125"), ratio("0.3")}), QStringLiteral("12.5 – 30 %"));
    }

    void onlyStructureAsksForADrawing()
    {
        const auto a = call("a");
        const auto b = call("b");
        Branch branch{{{"", {ratio("0.7"), ratio("0.7")}, a}, {"", {ratio("0.3"), ratio("0.3")}, b}}};
        auto root = makeExpression(branch);
        JourneyScene scene;
        QVERIFY(scene.setJourney({root, {}, {}, {}}));
        scene.setDrawing(drawn(scene));
        QVERIFY(!scene.setJourney({root, {}, {}, {}}));

        branch.choices[0].probability = {ratio("0.6"), ratio("0.6")};
        root = replaced(*root, branch);
        QVERIFY(!scene.setJourney({root, {}, {}, {}}));

        branch.choices.push_back({"", {ratio("0.1"), ratio("0.1")}, call("c")});
        root = replaced(*root, branch);
        QVERIFY(scene.setJourney({root, {}, {}, {}}));
        QVERIFY(scene.item(branch.choices[2].body->id) == nullptr); // the last picture stays
        QVERIFY(scene.item(a->id) != nullptr);
        scene.setDrawing(drawn(scene));
        QVERIFY(scene.item(branch.choices[2].body->id) != nullptr);

        QVERIFY(scene.setJourney({}));
        scene.setDrawing(drawn(scene));
        QVERIFY(scene.items().isEmpty());
        QVERIFY(scene.contentRect().isEmpty());
    }

    void aFragmentIsAPageOfItsOwn()
    {
        const auto body = makeExpression(Race{{call("a"), call("b")}, {}});
        const auto use = makeExpression(Use{"pay"});
        const Journey journey{makeExpression(Series{{use, makeExpression(Use{"pay"})}}), {{"pay", body}}, {}, {}};
        JourneyScene scene;
        QVERIFY(scene.setJourney(journey, "pay"));
        scene.setDrawing(drawn(scene));
        QVERIFY(scene.item(body->id) != nullptr);
        QVERIFY(scene.item(use->id) == nullptr);
        QVERIFY(scene.setJourney(journey));
        scene.setDrawing(drawn(scene));
        QVERIFY(scene.item(body->id) == nullptr);
        QCOMPARE(scene.item(use->id)->look().detail, QStringLiteral("used 2×"));
    }

    void boxesHaveRoomForTheNumbersTheyAreMadeFor()
    {
        const auto a = call("a");
        analysis::Analysis analysis;
        analysis.nodes.emplace(a->id, availability(1.2345678e-9, 7.654321e-8));
        Inputs inputs;
        inputs.set("a", input(Provenance::Source::Target, "openslo:a", false));
        CanvasNumbers numbers;
        numbers.analysis = &analysis;
        numbers.inputs = &inputs;
        const auto width = [&](const CanvasNumbers& known) {
            JourneyScene scene;
            scene.setJourney({a, {}, {}, {}}, {}, known);
            return scene.layoutRequest().sizes.at(a->id).width;
        };
        QVERIFY(width(numbers) > width({}));
    }

    void theWayToAnAlternatePassesBehindEarlierLabels()
    {
        JourneyScene scene;
        scene.setJourney({makeExpression(Fallback{call("a"), {call("b"), call("c")}}), {}, {}, {}});
        scene.setDrawing(drawn(scene));
        std::map<double, double> ways; // z by the height of the end
        for (const auto* item : scene.items()) {
            if (dynamic_cast<const ArrowItem*>(item) != nullptr && item->zValue() < 0.3 && item->zValue() > 0)
                ways.emplace(item->boundingRect().bottom(), item->zValue());
        }
        QCOMPARE(ways.size(), std::size_t{2}); // the alternates'
        QVERIFY(ways.begin()->second > ways.rbegin()->second);
    }

    void callBecomesAFrameUnderItsId()
    {
        const auto a = call("a");
        JourneyScene scene;
        scene.setJourney({a, {}, {}, {}});
        scene.setDrawing(drawn(scene));
        QVERIFY(dynamic_cast<const CardItem*>(scene.item(a->id)) != nullptr);
        scene.setJourney({replaced(*a, Retry{2, {}, call("b")}), {}, {}, {}});
        scene.setDrawing(drawn(scene));
        QVERIFY(dynamic_cast<const FrameItem*>(scene.item(a->id)) != nullptr);
    }

    void onlyWhatChangesIsPaintedAgain()
    {
        const auto a = call("a");
        const auto b = call("b");
        const auto race = makeExpression(Race{{a, b}, {}});
        JourneyScene scene;
        scene.setJourney({makeExpression(Series{{race}}), {}, {}, {}});
        scene.setDrawing(drawn(scene));
        analysis::Analysis analysis;
        for (const auto& node : {a, b, race})
            analysis.nodes.emplace(node->id, availability(0.001, 0.002));
        CanvasNumbers numbers;
        numbers.analysis = &analysis;
        QCOMPARE(scene.setNumbers(numbers), 3);
        QCOMPARE(scene.setNumbers(numbers), 0);
        analysis.nodes[a->id] = availability(0.001, 0.003);
        QCOMPARE(scene.setNumbers(numbers), 1);
        QCOMPARE(scene.item(a->id)->look().numbers, QStringLiteral("99.700 % … 99.900 %"));
        numbers.stale = true;
        QCOMPARE(scene.setNumbers(numbers), 3);
        QVERIFY(scene.item(a->id)->look().stale);
    }

    void newestRequestReplacesThePending()
    {
        const auto thread = LayoutThread::shared();
        QCOMPARE(LayoutThread::shared(), thread);
        QObject client;
        std::vector<std::size_t> received;
        const auto submit = [&](QObject* to, std::size_t calls) {
            LayoutThread::Request request;
            std::vector<ExpressionPtr> steps;
            for (std::size_t i = 0; i < calls; ++i) {
                steps.push_back(call("c"));
                request.sizes.emplace(steps.back()->id, layout::Size{100, 50});
            }
            request.root = makeExpression(Series{steps});
            thread->submit(to, request, [&](auto drawing) { received.push_back(drawing ? drawing->boxes.size() : 0); });
        };
        for (std::size_t i = 1; i <= 20; ++i)
            submit(&client, i);
        QObject other;
        submit(&other, 30);
        {
            QObject gone;
            submit(&gone, 7);
        }
        QTRY_COMPARE(received.size(), std::size_t{2});
        submit(&client, 40);
        QTRY_COMPARE(received, (std::vector<std::size_t>{20, 30, 40}));
    }

private:
    std::vector<ExpressionPtr> m_operators;
};

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"
