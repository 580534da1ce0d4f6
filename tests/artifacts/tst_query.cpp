// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/query.h"

#include <QTest>

using namespace emac;
using artifacts::Query;

/// Windows and matchers put into the queries of an intent.
class TestQuery : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void tellsWhichRangesItReplaces();
    void refuses_data();
    void refuses();
};

void TestQuery::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("over");
    QTest::addColumn<QString>("summed");
    QTest::addColumn<QString>("canary"); ///< "none" where the canary cannot be told
    const auto row = [](const char* name, const char* text, const char* over, const char* summed, const char* canary) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(over) << QString::fromLatin1(summed)
                            << QString::fromLatin1(canary);
    };
    row("template", "sum(rate(x{a=\"b\"}[{{ .window }}]))", "sum(rate(x{a=\"b\"}[5m]))", "sum(rate(x{a=\"b\"}[5m]))",
        "sum(rate(x{a=\"b\",k=\"v\"}[5m]))");
    row("template without blanks and dot", "sum(rate(x[{{window}}]))", "sum(rate(x[5m]))", "sum(rate(x[5m]))",
        "sum(rate(x{k=\"v\"}[5m]))");
    row("hard-coded window", "sum(increase(x{a=\"b\"}[30d]))", "sum(increase(x{a=\"b\"}[5m]))",
        "sum(increase(x{a=\"b\"}[5m]))", "sum(increase(x{a=\"b\",k=\"v\"}[5m]))");
    row("template beside another range", "sum(rate(x[{{.window}}])) / avg_over_time(y[1h])",
        "sum(rate(x[5m])) / avg_over_time(y[1h])", "sum(sum(rate(x[5m])) / avg_over_time(y[1h]))",
        "sum(rate(x{k=\"v\"}[5m])) / avg_over_time(y{k=\"v\"}[1h])");
    row("one selector", "x_total{a=\"b\"}", "sum(rate(x_total{a=\"b\"}[5m]))", "sum(rate(x_total{a=\"b\"}[5m]))",
        "sum(rate(x_total{a=\"b\",k=\"v\"}[5m]))");
    row("one name", " x:y_total\n", "sum(rate(x:y_total[5m]))", "sum(rate(x:y_total[5m]))",
        "sum(rate(x:y_total{k=\"v\"}[5m]))");
    row("selector without name", "{a=\"b\"}", "sum(rate({a=\"b\"}[5m]))", "sum(rate({a=\"b\"}[5m]))",
        "sum(rate({a=\"b\",k=\"v\"}[5m]))");
    row("not summed", "rate(x[1m])", "rate(x[5m])", "sum(rate(x[5m]))", "rate(x{k=\"v\"}[5m])");
    row("summed by", "sum(rate(x[1m])) by (route)", "sum(rate(x[5m])) by (route)", "sum(sum(rate(x[5m])) by (route))",
        "sum(rate(x{k=\"v\"}[5m])) by (route)");
    row("two sums", "sum(rate(x[1m])) + sum(rate(y{}[1m]))", "sum(rate(x[5m])) + sum(rate(y{}[5m]))",
        "sum(sum(rate(x[5m])) + sum(rate(y{}[5m])))", "sum(rate(x{k=\"v\"}[5m])) + sum(rate(y{k=\"v\"}[5m]))");
    row("subquery", "max_over_time(sum(rate(x[1m]))[30d:1m])", "max_over_time(sum(rate(x[5m]))[5m:1m])",
        "sum(max_over_time(sum(rate(x[5m]))[5m:1m]))", "none");
    row("subquery with the template", "sum_over_time(f(x)[{{ .window }}:])", "sum_over_time(f(x)[5m:])",
        "sum(sum_over_time(f(x)[5m:]))", "none");
    row("offset", "rate(x[1m] offset 1w)", "rate(x[5m] offset 1w)", "sum(rate(x[5m] offset 1w))",
        "rate(x{k=\"v\"}[5m] offset 1w)");
    row("brackets in strings", "sum(rate(x{a=~\"[0-9]{2}\",b='}',c=`[`}[1m]))",
        "sum(rate(x{a=~\"[0-9]{2}\",b='}',c=`[`}[5m]))", "sum(rate(x{a=~\"[0-9]{2}\",b='}',c=`[`}[5m]))",
        "sum(rate(x{a=~\"[0-9]{2}\",b='}',c=`[`,k=\"v\"}[5m]))");
    row("a label refuses the empty text", "rate({a!=\"\"}[1m])", "rate({a!=\"\"}[5m])", "sum(rate({a!=\"\"}[5m]))",
        "rate({a!=\"\",k=\"v\"}[5m])");
    row("a quoted name", "rate({\"x.y\"}[1m])", "rate({\"x.y\"}[5m])", "sum(rate({\"x.y\"}[5m]))",
        "rate({\"x.y\",k=\"v\"}[5m])");
    row("every sign", "-rate(x[1m] @ end()) >= bool 2^3 % 4 * rate(y{a!~\"b\"}[1m] offset -5m) != 0",
        "-rate(x[5m] @ end()) >= bool 2^3 % 4 * rate(y{a!~\"b\"}[5m] offset -5m) != 0",
        "sum(-rate(x[5m] @ end()) >= bool 2^3 % 4 * rate(y{a!~\"b\"}[5m] offset -5m) != 0)",
        "-rate(x{k=\"v\"}[5m] @ end()) >= bool 2^3 % 4 * rate(y{a!~\"b\",k=\"v\"}[5m] offset -5m) != 0");
    row("escaped quote", "rate(x{a=\"\\\"[\"}[1m])", "rate(x{a=\"\\\"[\"}[5m])", "sum(rate(x{a=\"\\\"[\"}[5m]))",
        "rate(x{a=\"\\\"[\",k=\"v\"}[5m])");
    row("comma behind the last matcher", "rate(x{a=\"b\",}[1m])", "rate(x{a=\"b\",}[5m])", "sum(rate(x{a=\"b\",}[5m]))",
        "rate(x{a=\"b\",k=\"v\"}[5m])");
    row("comments and lines", "histogram_quantile(\n  0.99, # the tail\n  sum(rate(x[1m])) by (le)\n)\n",
        "histogram_quantile(0.99, sum(rate(x[5m])) by (le))", "sum(histogram_quantile(0.99, sum(rate(x[5m])) by (le)))",
        "histogram_quantile(0.99, sum(rate(x{k=\"v\"}[5m])) by (le))");
}

void TestQuery::reads()
{
    QFETCH(QString, text);
    const auto parsed = Query::parse(text.toStdString());
    QVERIFY(std::holds_alternative<Query>(parsed));
    const auto& query = std::get<Query>(parsed);
    QTEST(QString::fromStdString(query.over("5m")), "over");
    QTEST(QString::fromStdString(query.summedOver("5m")), "summed");
    QTEST(QString::fromStdString(query.over("5m", "k=\"v\"").value_or("none")), "canary");
}

void TestQuery::tellsWhichRangesItReplaces()
{
    using Ranges = std::vector<std::string>;
    const auto replaced = [](const char* text) { return std::get<Query>(Query::parse(text)).replacedRanges(); };
    QCOMPARE(replaced("max_over_time(sum(rate(x[1m]))[30d:5m])"), (Ranges{"1m", "30d"}));
    QCOMPARE(replaced("x_total"), Ranges());
    QCOMPARE(replaced("rate(x[{{ .window }}]) / avg_over_time(y[1h])"), Ranges());
}

void TestQuery::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("code");
    const auto row = [](const char* text, base::Code code) {
        QTest::newRow(text) << QString::fromLatin1(text) << static_cast<int>(code);
    };
    row("", base::Code::QueryEmpty);
    row(" # nothing but a comment", base::Code::QueryEmpty);
    row("sum(rate(x[1m])", base::Code::QueryUnclosed);
    row("rate(x{a=\"b}[1m])", base::Code::QueryUnclosed);
    row("rate(x{a=\"b\\", base::Code::QueryUnclosed);
    row("rate(x[{{ .window ])", base::Code::QueryUnclosed);
    row("sum(rate(x[1m])))", base::Code::QueryFaulty);
    row("sum(rate(x[1m)])", base::Code::QueryFaulty);
    row("rate(x[$__rate_interval])", base::Code::QueryFaulty);
    row("rate(x[5m]); drop", base::Code::QueryFaulty);
    row("rate(x[5m]) & rate(y[5m])", base::Code::QueryFaulty);
    row("rate(x[])", base::Code::QueryFaulty);
    row("rate(x[often])", base::Code::QueryFaulty);
    row("rate([5m])", base::Code::QueryFaulty);
    row("[5m]", base::Code::QueryFaulty);
    row("{}", base::Code::QuerySelectsAll);
    row("sum(rate({}[{{ .window }}]))", base::Code::QuerySelectsAll);
    row("rate({a=\"\"}[5m])", base::Code::QuerySelectsAll);
    row("rate({a=~\".*\", \"b\"!=\"c\"}[5m])", base::Code::QuerySelectsAll);
    row("rate(x)", base::Code::QueryRangeMissing);
    row("rate(x[{{ .window }}]) / rate(y)", base::Code::QueryRangeMissing);
    row("sum(avg_over_time (x))", base::Code::QueryRangeMissing);
    row("rate(x{job=\"{{ .job }}\"}[{{ .interval }}])", base::Code::QueryTemplate);
    row("sum(good)", base::Code::QueryWithoutWindow);
    row("x + y", base::Code::QueryWithoutWindow);
    row("5", base::Code::QueryWithoutWindow);
}

void TestQuery::refuses()
{
    QFETCH(QString, text);
    const auto parsed = Query::parse(text.toStdString());
    QVERIFY(std::holds_alternative<base::Message>(parsed));
    QTEST(static_cast<int>(std::get<base::Message>(parsed).code), "code");
}

QTEST_GUILESS_MAIN(TestQuery)
#include "tst_query.moc"
