// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/panels/problemsmodel.h"
#include "widgets/panels/problemspanel.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace emac;
using namespace emac::widgets;
using base::Code;
using emac::tests::CheckoutFolder;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

namespace {

Problem problem(Code code, std::uint32_t line, std::vector<std::string> arguments = {})
{
    return {{code, std::move(arguments)}, {"/tmp/a.yaml", line, 1}, {}};
}

QStringList rows(const ProblemsModel& model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result << model.index(row, ProblemsModel::Severity).data().toString() + QLatin1Char(' ')
                      + model.index(row, ProblemsModel::Where).data().toString();
    return result;
}

QByteArray withProblems()
{
    auto text = CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - ref: frond\n");
    text.replace("availability: 0.999, failureDomains: [zone-a]}\n    pricing",
                 "failureDomains: [zone-a]}\n    pricing");
    return text;
}

/// The first row with the message; -1 where there is none.
int rowOf(const ProblemsModel& model, int code)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (static_cast<int>(model.at(row).message.code) == code)
            return row;
    }
    return -1;
}

} // namespace

class TestProblemsPanel : public QObject
{
    Q_OBJECT

private slots:
    void errorsFirstThenByPlace()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.summary(), QStringLiteral("No problems"));
        model.setProblems({problem(Code::TimeoutWithoutEffect, 1), problem(Code::KOutOfRange, 9),
                           problem(Code::AvailabilityNotStated, 2), problem(Code::KOutOfRange, 4),
                           problem(Code::KOutOfRange, 4)});
        QCOMPARE(rows(model), QStringList({QStringLiteral("Error a.yaml:4"), QStringLiteral("Error a.yaml:9"),
                                           QStringLiteral("Warning a.yaml:2"), QStringLiteral("Note a.yaml:1")}));
        QCOMPARE(model.summary(), QStringLiteral("2 errors, 1 warning, 1 note"));
    }

    void anUpdateKeepsTheOtherRows()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto first = problem(Code::KOutOfRange, 1, {"4", "3"});
        const auto last = problem(Code::TimeoutWithoutEffect, 9);
        model.setProblems({first, last});
        const QPersistentModelIndex kept(model.index(1, 0));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setProblems({first, problem(Code::KOutOfRange, 2), problem(Code::KOutOfRange, 3), last});
        QCOMPARE(kept.row(), 3);
        model.setProblems({problem(Code::KOutOfRange, 1, {"5", "3"}), last});
        QCOMPARE(kept.row(), 1);
        model.setProblems({last});
        QCOMPARE(kept.row(), 0);
        model.setProblems({});
        QVERIFY(!kept.isValid());
        QCOMPARE(reset.size(), 0);
    }

    void aClickLeadsToElementAndPlace()
    {
        OpenJourney open(withProblems());
        QTRY_VERIFY(isCurrent(*open.document));
        ProblemsPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(900, 200);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        auto* list = panel.findChild<QTreeView*>(QStringLiteral("problems"));
        QVERIFY(list->model()->rowCount() >= 2);
        QSignalSpy places(&panel, &ProblemsPanel::placeRequested);
        QSignalSpy revealed(&open.selection, &SelectionModel::revealed);

        // The unknown component: an error at its call, line 11 of the text.
        const auto first = list->model()->index(0, ProblemsModel::What);
        QVERIFY(first.data().toString().contains(QLatin1String("frond")));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(first).center());
        QCOMPARE(open.selection.current(), open.call("frond"));
        QCOMPARE(places.size(), 1);
        QCOMPARE(places[0][0].value<base::Place>().line, 11u);

        // By keyboard to the component without availability.
        int row = 1;
        while (
            row < list->model()->rowCount()
            && !list->model()->index(row, ProblemsModel::What).data().toString().contains(QLatin1String("not stated")))
            ++row;
        QVERIFY(row < list->model()->rowCount());
        list->setCurrentIndex(list->model()->index(row, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(open.selection.current(), journey::Element::component("cart"));
        QCOMPARE(places.size(), 2);
        QCOMPARE(revealed.size(), 2);
    }

    void whatIsWrongWithALatencyLeadsToItsField_data()
    {
        QTest::addColumn<QByteArray>("paya"); // what is said of it
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("field");
        QTest::newRow("an SLO that is no threshold") << QByteArray("latencySLORef: openslo:front-availability, ")
                                                     << int(Code::ThresholdMissing) << QStringLiteral("latencySLORef");
        QTest::newRow("a missing file of samples") << QByteArray("latency: {samples: gone.csv}, ")
                                                   << int(Code::SamplesFaulty) << QStringLiteral("latency.samples");
    }

    void whatIsWrongWithALatencyLeadsToItsField()
    {
        QFETCH(QByteArray, paya);
        QFETCH(int, code);
        QFETCH(QString, field);
        auto text = CheckoutFolder::intentText();
        const QByteArray before("paya: {kind: external_dependency, ");
        text.replace(before, QByteArray(before + paya));
        OpenJourney open(text);
        QVERIFY(open.document->isReadable());
        ProblemsPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(900, 300);
        panel.show();
        auto* list = panel.findChild<QTreeView*>(QStringLiteral("problems"));
        const auto* model = static_cast<const ProblemsModel*>(list->model());
        QTRY_VERIFY(rowOf(*model, code) >= 0);
        QSignalSpy revealed(&open.selection, &SelectionModel::revealed);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(model->index(rowOf(*model, code), 1)).center());
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(revealed[0][0].value<journey::Element>(), journey::Element::component("paya"));
        QCOMPARE(revealed[0][1].toString(), field);
    }

    void anInsightLeadsToItsNode_data()
    {
        using Type = journey::OperatorType;
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("field"); // empty: none in particular
        const auto row = [](const char* name, const char* expression, Code code, Type type, const char* field) {
            QTest::newRow(name) << QByteArray(expression) << int(code) << int(type) << QString::fromLatin1(field);
        };
        row("a try behind the timeout",
            "{type: timeout, deadline: 250ms, body: {type: retry, attempts: 2, body: {ref: slow}}}",
            Code::InsightTryAfterTimeout, Type::Retry, "backoff");
        row("a try behind the objective", "{type: retry, attempts: 2, backoff: 200ms, body: {ref: slow}}",
            Code::InsightTryAfterObjective, Type::Retry, "backoff");
        row("an alternate behind the timeout",
            "{type: timeout, deadline: 250ms, body: {type: fallback, primary: {ref: slow}, alternates: [{ref: slow}]}}",
            Code::InsightAlternateAfterTimeout, Type::Fallback, "");
        row("an alternate behind the objective",
            "{type: fallback, primary: {ref: slow}, alternates: [{ref: late}, {ref: slow}]}",
            Code::InsightAlternateAfterObjective, Type::Fallback, "");
        row("a timeout beyond the objective", "{type: timeout, deadline: 800ms, body: {ref: slow}}",
            Code::InsightTimeoutAfterObjective, Type::Timeout, "deadline");
        row("a late hedge", "{type: race, hedgeDelay: 300ms, branches: [{ref: slow}, {ref: late}]}",
            Code::InsightHedgeLate, Type::Race, "hedgeDelay");
        row("several that fail nobody knows when",
            "{type: retry, attempts: 2, body: {type: series, steps: [{ref: open}, {ref: other}]}}",
            Code::InsightFailureTimeOpen, Type::Retry, "");
    }

    void anInsightLeadsToItsNode()
    {
        QFETCH(QByteArray, expression);
        QFETCH(int, code);
        QFETCH(int, type);
        QFETCH(QString, field);
        const OpenJourney open(
            "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: insights}\nspec:\n"
            "  objectives:\n    latency: {window: 30d, objective: {metric: p99, threshold: 500ms}}\n"
            "  operator: {type: series, steps: [{ref: quick}, "
            + expression
            + "]}\n"
              "  components:\n"
              "    quick: {kind: service, availability: 0.99, latency: {constant: 1ms}, failure: immediate}\n"
              "    slow: {kind: service, availability: 0.9, latency: {constant: 200ms}, failure: likeSuccess}\n"
              "    late: {kind: service, availability: 0.9, latency: {constant: 10ms}, failure: {constant: 300ms}}\n"
              "    open: {kind: service, availability: 0.9, latency: {constant: 10ms}}\n"
              "    other: {kind: service, availability: 0.9, latency: {constant: 10ms}}\n");
        QVERIFY(open.document->isReadable() && !open.document->hasErrorsNow());
        auto& selection = *open.document->selection();
        ProblemsPanel panel(open.document.get(), &selection, &open.units);
        panel.resize(900, 300);
        panel.show();
        auto* list = panel.findChild<QTreeView*>(QStringLiteral("problems"));
        const auto* model = static_cast<const ProblemsModel*>(list->model());
        QTRY_VERIFY(rowOf(*model, code) >= 0);
        QSignalSpy revealed(&selection, &SelectionModel::revealed);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(model->index(rowOf(*model, code), 1)).center());
        const auto node = open.node(static_cast<journey::OperatorType>(type));
        QCOMPARE(selection.current(), node);
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(revealed[0][0].value<journey::Element>(), node);
        if (!field.isEmpty())
            QCOMPARE(revealed[0][1].toString(), field);
    }

    void anInsightOnOneFailureTimeLeadsToItsField()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("    availability: {window: 30d, target: 0.995}\n",
                     "    deadline: {window: 30d, seconds: 1s, target: 0.9}\n");
        text.replace("      - ref: front\n", "      - {type: retry, attempts: 2, body: {ref: cart}}\n");
        text.replace("        branches: [{ref: cart}, {ref: pricing}]\n", "        branches: [{ref: pricing}]\n");
        text.replace("cart: {", "cart: {latency: {constant: 10ms}, ");
        const OpenJourney open(text);
        QVERIFY(open.document->isReadable());
        auto& selection = *open.document->selection();
        ProblemsPanel panel(open.document.get(), &selection, &open.units);
        panel.resize(900, 300);
        panel.show();
        auto* list = panel.findChild<QTreeView*>(QStringLiteral("problems"));
        const auto* model = static_cast<const ProblemsModel*>(list->model());
        QTRY_VERIFY(rowOf(*model, int(Code::InsightFailureTimeOpen)) >= 0);
        QSignalSpy revealed(&selection, &SelectionModel::revealed);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(model->index(rowOf(*model, int(Code::InsightFailureTimeOpen)), 1)).center());
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(revealed[0][0].value<journey::Element>(), journey::Element::component("cart"));
        QCOMPARE(revealed[0][1].toString(), QStringLiteral("failure"));
    }

    void theCountFollows()
    {
        OpenJourney open(withProblems());
        ProblemsPanel panel(open.document.get(), &open.selection, &open.units);
        panel.show();
        auto* summary = panel.findChild<QLabel*>(QStringLiteral("summary"));
        QTRY_VERIFY(summary->text().contains(QLatin1String("1 error, ")));

        OpenJourney fine;
        ProblemsPanel empty(fine.document.get(), &fine.selection, &fine.units);
        empty.show();
        QTRY_VERIFY(isCurrent(*fine.document));
        const auto text = empty.findChild<QLabel*>(QStringLiteral("summary"))->text();
        QVERIFY2(!text.contains(QLatin1String("error")), qPrintable(text));
    }

    void aFileThatIsNoJourney()
    {
        OpenJourney open("hello: [\n");
        ProblemsPanel panel(open.document.get(), &open.selection, &open.units);
        panel.show();
        auto* list = panel.findChild<QTreeView*>(QStringLiteral("problems"));
        QVERIFY(list->model()->rowCount() >= 1);
        QSignalSpy places(&panel, &ProblemsPanel::placeRequested);
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(places.size(), 1);
        QCOMPARE(open.selection.current(), journey::Element::journey());
    }
};

QTEST_MAIN(TestProblemsPanel)
#include "tst_problemspanel.moc"
