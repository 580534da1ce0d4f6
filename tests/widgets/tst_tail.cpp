// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/canvas/canvasnumbers.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/charts/copytable.h"
#include "widgets/common/timetext.h"
#include "widgets/document/latencywork.h"
#include "widgets/document/tailwork.h"
#include "widgets/latency/tailmodel.h"
#include "widgets/latency/tailtable.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <numeric>

using namespace emac;
using namespace emac::widgets;
using namespace std::chrono_literals;
using emac::tests::CheckoutFolder;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

namespace {

/// Every component of the checkout journey takes a constant time.
QByteArray withConstants()
{
    auto text = CheckoutFolder::intentText();
    const auto add = [&text](const QByteArray& before, const QByteArray& latency) {
        text.replace(before, QByteArray(before + latency));
    };
    add("      kind: service\n", "      latency: {constant: 40ms}\n");
    add("cart: {", "latency: {constant: 30ms}, ");
    add("pricing: {", "latency: {constant: 10ms}, ");
    add("paya: {", "latency: {constant: 30ms}, ");
    add("payb: {", "latency: {constant: 100ms}, ");
    return text;
}

analysis::Contributions handMade(const OpenJourney& open)
{
    analysis::Contributions made;
    made.part = 0.99;
    made.seconds = 0.1;
    made.calls = {{open.call("front").node, "front", 0.0412, 0.412},
                  {open.call("cart").node, "cart", 0.03, 0.3},
                  {open.call("pricing").node, "pricing", -0.0012, -0.012},
                  {open.call("paya").node, "paya", 0.0001, 0.001}};
    made.delays = 0.0299;
    made.delaysShare = 0.299;
    return made;
}

std::shared_ptr<const TailResult> resultOf(const analysis::Contributions& contributions)
{
    auto result = std::make_shared<TailResult>();
    result->percentile = 3;
    result->contributions = contributions;
    for (const auto& call : contributions.calls)
        result->byCall.emplace(call.call, call);
    return result;
}

/// Answers with a number that counts the answers, when it is let go.
struct Analyst
{
    std::atomic<bool> waits = false;
    std::atomic<int> asked{0};
    std::atomic<int> stopped{0};
    std::atomic<double> percentile{0};
    QSemaphore go;

    TailWork::Analyse function()
    {
        return [this](const journey::Journey&, const journey::Inputs&, double part, const base::Watch& watch,
                      analysis::Memo*) -> std::optional<analysis::Contributions> {
            const int number = ++asked;
            percentile = part;
            while (waits && !go.tryAcquire(1, 1)) {
                if (watch.expired()) {
                    ++stopped;
                    return std::nullopt;
                }
            }
            analysis::Contributions made;
            made.part = part;
            made.seconds = number;
            return made;
        };
    }
};

std::shared_ptr<const Evaluation> numbers(const OpenJourney& open)
{
    if (!QTest::qWaitFor([&] { return isCurrent(*open.document); }))
        qFatal("no numbers arrive");
    return open.document->evaluation();
}

std::shared_ptr<const Evaluation> ofRevision(const Evaluation& evaluation, quint64 revision)
{
    auto copy = std::make_shared<Evaluation>(evaluation);
    copy->revision = revision;
    return copy;
}

struct Laws : LatencyWork
{
    Laws() : LatencyWork([](const auto&...) { return analysis::LatencyAnalysis(); }) { }
};

} // namespace

class TestTail : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void theTableOfAJourney()
    {
        const OpenJourney open;
        TailModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(tailRows(open.document->intent().journey, handMade(open)), 0.1);
        const auto text = [&model](int row) {
            QStringList cells;
            for (int column = 0; column < TailModel::ColumnCount; ++column)
                cells << model.index(row, column).data().toString();
            return cells.join(QLatin1String(" | "));
        };
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(text(0), QStringLiteral("front in Series | front | 41 ms | 41.2 %"));
        QCOMPARE(text(1), QStringLiteral("cart in Parallel | cart | 30 ms | 30.0 %"));
        QCOMPARE(text(2), QStringLiteral("pricing in Parallel | pricing | -1 ms | -1.2 %"));
        QCOMPARE(text(3), QStringLiteral("paya in payment | paya | 0 | 0.1 %"));
        QCOMPARE(text(4), QStringLiteral("delays and deadlines |  | 30 ms | 29.9 %"));

        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        auto other = handMade(open);
        other.calls[0].seconds = 0.05;
        model.setRows(tailRows(open.document->intent().journey, other), 0.1);
        QCOMPARE(reset.size(), 0); // the selection stays
        QCOMPARE(model.index(0, TailModel::Adds).data().toString(), QStringLiteral("50 ms"));
        other.calls.pop_back();
        model.setRows(tailRows(open.document->intent().journey, other), 0.1);
        QCOMPARE(model.rowCount(), 4);
        model.setRows({}, 0);
        QCOMPARE(model.rowCount(), 0);
    }

    void anUnboundedPercentileHasNoParts()
    {
        const OpenJourney open;
        QVERIFY(tailRows(open.document->intent().journey, {}).empty());
    }

    void noPartIsToldMoreExactlyThanItIsKnown_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<double>("whole");
        QTest::addColumn<QString>("text");
        QTest::newRow("a thousandth") << 0.12345 << 0.381 << QStringLiteral("123 ms");
        QTest::newRow("of a second") << 0.12345 << 1.2 << QStringLiteral("120 ms");
        QTest::newRow("small") << 0.00003 << 0.381 << QStringLiteral("0");
        QTest::newRow("negative") << -0.0123 << 0.381 << QStringLiteral("-12 ms");
        QTest::newRow("microseconds") << 0.0000123 << 0.0001 << QStringLiteral("12 µs");
    }

    void noPartIsToldMoreExactlyThanItIsKnown()
    {
        QFETCH(double, seconds);
        QFETCH(double, whole);
        QFETCH(QString, text);
        QCOMPARE(tailTime(seconds, whole), text);
    }

    void callsWearTheirPart()
    {
        const OpenJourney open;
        const auto& journey = open.document->intent().journey;
        CanvasNumbers numbers;
        numbers.tail = resultOf(handMade(open));
        const auto look = [&](const journey::Element& element) {
            return lookOf(*journey::findNode(journey, element.node), journey, {}, numbers);
        };
        const auto front = look(open.call("front"));
        QVERIFY(front.tail);
        QCOMPARE(front.tail->text, QStringLiteral("41 ms · 41 %"));
        QVERIFY(front.toolTip.contains(QStringLiteral("Adds 41 ms · 41 % to p99")));
        QVERIFY(!look(open.call("paya")).tail); // next to nothing
        QVERIFY(!look(open.call("payb")).tail);
        QVERIFY(!look(open.node(journey::OperatorType::Parallel)).tail);
        QCOMPARE(look(open.call("pricing")).tail->text, QStringLiteral("-1 ms · -1 %"));

        const auto sum =
            tailOf(journey::findNode(journey, open.node(journey::OperatorType::Parallel).node), journey, numbers);
        QCOMPARE(sum->text, QStringLiteral("29 ms · 29 %"));
        numbers.tail.reset();
        QVERIFY(!look(open.call("front")).tail);
    }

    void aUseWearsWhatItsFragmentAdds()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("      - ref: front\n", "      - use: twice\n      - use: twice\n");
        text.replace("  components:\n", "  fragments:\n"
                                        "    twice: {type: series, steps: [{ref: front}]}\n"
                                        "  components:\n");
        const OpenJourney open(text);
        QVERIFY2(open.document->isReadable() && open.document->intent().journey.root, "the text is a journey");
        const auto& journey = open.document->intent().journey;
        CanvasNumbers numbers;
        numbers.tail = resultOf(handMade(open));
        const auto use = journey::findNode(journey, open.node(journey::OperatorType::Use).node);
        QVERIFY(use);
        QCOMPARE(lookOf(*use, journey, fragmentUses(journey), numbers).tail->text, QStringLiteral("41 ms · 41 %"));
        // Closed over both uses: once.
        QCOMPARE(tailOf(journey.root, journey, numbers)->text, QStringLiteral("70 ms · 70 %"));
    }

    void theSceneFollows()
    {
        const OpenJourney open;
        numbersOf(open);
        JourneyScene scene;
        auto shown = widgets::numbersOf(*open.document);
        scene.setJourney(open.document->intent().journey, {}, shown);
        const auto request = scene.layoutRequest();
        scene.setDrawing(layout::layOut(
            request.root, [&](const journey::Expression& node) { return request.sizes.at(node.id); }, request.metrics));
        QVERIFY(!scene.item(open.call("front").node)->look().tail);
        shown.tail = resultOf(handMade(open));
        QCOMPARE(scene.setNumbers(shown), 3); // front, cart, pricing
        QVERIFY(scene.item(open.call("front").node)->look().tail);
        QCOMPARE(scene.setNumbers(shown), 0);
        shown.tailStale = true;
        QCOMPARE(scene.setNumbers(shown), 3);
        shown.tail.reset();
        QCOMPARE(scene.setNumbers(shown), 3);
    }

    void workIsDoneForWhomWantsIt()
    {
        const OpenJourney open;
        Analyst analyst;
        const Laws laws;
        TailWork work(&laws, analyst.function());
        QObject view;
        const auto first = numbers(open);
        work.follow(first);
        QTest::qWait(20);
        QCOMPARE(analyst.asked, 0);
        QSignalSpy changed(&work, &TailWork::changed);
        work.setWanted(&view, true);
        QTRY_VERIFY(work.result());
        QCOMPARE(work.result()->revision, first->revision);
        QCOMPARE(work.result()->percentile, std::size_t(3));
        QCOMPARE(analyst.percentile, 0.99);
        QCOMPARE(changed.size(), 1);
        work.setWanted(&view, false);
        QVERIFY(!work.result());
        QCOMPARE(changed.size(), 2);
    }

    void theNewestReplacesAllAndWhatIsOlderNeverShows()
    {
        const OpenJourney open;
        Analyst analyst;
        const Laws laws;
        TailWork work(&laws, analyst.function());
        QObject view;
        work.setWanted(&view, true);
        const auto first = numbers(open);
        analyst.waits = true;
        work.follow(first);
        QTRY_COMPARE(analyst.asked, 1);
        work.follow(ofRevision(*first, first->revision + 1)); // stops it at once
        QTRY_COMPARE(analyst.stopped, 1);
        QVERIFY(!work.result());
        QTRY_VERIFY(work.isStale()); // it takes long
        analyst.go.release();
        QTRY_VERIFY(work.result());
        QCOMPARE(work.result()->revision, first->revision + 1);
        QVERIFY(!work.isStale());
    }

    void anotherPercentileIsAskedFor()
    {
        const OpenJourney open;
        Analyst analyst;
        Laws laws;
        TailWork work(&laws, analyst.function());
        QObject view;
        work.setWanted(&view, true);
        work.follow(numbers(open));
        QTRY_VERIFY(work.result());
        laws.setPercentile(1);
        QTRY_COMPARE(work.result()->percentile, std::size_t(1));
        QCOMPARE(analyst.percentile, 0.9);
    }

    void aPercentileChosenWhileTheLawsAreAwaited()
    {
        const OpenJourney open;
        Analyst analyst;
        Laws laws;
        TailWork work(&laws, analyst.function());
        QObject view;
        laws.setWanted(&view, true);
        work.setWanted(&view, true);
        const auto first = numbers(open);
        laws.follow(first);
        work.follow(first);
        QTRY_VERIFY(work.result());
        QCOMPARE(analyst.asked, 1);
        laws.setNode(open.call("front").node); // the same numbers, and laws to come
        QVERIFY(!laws.isDone());
        laws.setPercentile(1);
        QTRY_COMPARE(work.result()->percentile, std::size_t(1));
        QCOMPARE(analyst.asked, 2);
        // Chosen and taken back: what is shown is of it.
        analyst.waits = true;
        laws.setPercentile(0);
        QTRY_COMPARE(analyst.asked, 3);
        laws.setPercentile(1);
        QTRY_COMPARE(analyst.stopped, 1);
        QTest::qWait(200);
        QVERIFY(!work.isStale());
        QCOMPARE(work.result()->percentile, std::size_t(1));
    }

    void lawsThatAreNotNeededAnyMoreAreNotAwaited()
    {
        const OpenJourney open;
        Analyst analyst;
        Laws laws;
        TailWork work(&laws, analyst.function());
        QObject view;
        QObject other;
        laws.setWanted(&other, true);
        work.setWanted(&view, true);
        const auto first = numbers(open);
        laws.follow(first);
        work.follow(first);
        laws.setWanted(&other, false);
        QTRY_VERIFY(work.result());
    }

    void theLawsComeFirst()
    {
        const OpenJourney open;
        Analyst analyst;
        Laws laws;
        TailWork work(&laws, analyst.function());
        QObject view;
        laws.setWanted(&view, true);
        work.setWanted(&view, true);
        const auto first = numbers(open);
        laws.follow(first);
        work.follow(first);
        QCOMPARE(analyst.asked, 0);
        QTRY_VERIFY(work.result());
        QCOMPARE(work.result()->evaluation, first);
        QVERIFY(laws.isDone());
        // Laws that come stop what follows from those before.
        analyst.waits = true;
        work.follow(ofRevision(*first, 50));
        QTRY_COMPARE(analyst.asked, 2);
        const auto next = ofRevision(*first, 51);
        laws.follow(next);
        QTRY_COMPARE(analyst.stopped, 1);
        analyst.waits = false;
        work.follow(next);
        QTRY_COMPARE(work.result()->evaluation, next);
    }

    void theTableOfARealJourney()
    {
        OpenJourney open(withConstants());
        QVERIFY(!base::hasErrors(open.document->diagnostics()));
        TailTable table(open.document.get(), &open.selection, nullptr);
        table.resize(600, 300);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        table.setWanted(true);
        QTRY_VERIFY(open.document->tailWork()->result());
        const auto found = open.document->tailWork()->result()->contributions;
        QVERIFY(found.seconds);
        const double sum = std::accumulate(found.calls.begin(), found.calls.end(), found.delays,
                                           [](double so, const auto& call) { return so + call.seconds; });
        QCOMPARE_LE(std::abs(sum - *found.seconds), 1e-9);

        auto* view = table.findChild<CopyTable*>();
        QVERIFY(view->isVisible());
        QVERIFY(table.findChild<QLabel*>(QStringLiteral("tailHeading"))
                    ->text()
                    .startsWith(QLatin1String("p99 is at most")));
        const auto cell = [view](int row, int column) { return view->model()->index(row, column).data().toString(); };
        QCOMPARE(cell(0, TailModel::Component), QStringLiteral("front")); // the largest first

        // A click leads to the call; sorting by name turns the rows around.
        const auto middle = view->visualRect(view->model()->index(0, 0)).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, middle);
        QCOMPARE(open.selection.current(), open.call("front"));
        auto* header = view->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(TailModel::Component) + 5, header->height() / 2});
        QStringList names;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            names << cell(row, TailModel::Component);
        auto sorted = names;
        sorted.sort();
        QVERIFY(names == sorted || names == QStringList(sorted.rbegin(), sorted.rend()));
        view->clearSelection();
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        const auto lines = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), view->model()->rowCount() + 1);
        QCOMPARE(lines.front(), QStringLiteral("Call\tComponent\tAdds\tShare"));

        table.setWanted(false);
        QVERIFY(table.findChild<QLabel*>(QStringLiteral("tailMessage"))->isVisible());
    }

private:
    static void numbersOf(const OpenJourney& open) { numbers(open); }
};

QTEST_MAIN(TestTail)
#include "tst_tail.moc"
