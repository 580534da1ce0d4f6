// SPDX-License-Identifier: GPL-3.0-or-later
// A test made of command lines: literals are texts here.
#undef QT_NO_CAST_FROM_ASCII
#undef QT_USE_QSTRINGBUILDER

#include "tests/cli/running.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <set>

using Json = nlohmann::json;
using namespace running;

/// What emac says of latencies.
class TestCliLatency : public QObject
{
    Q_OBJECT

private slots:
    void asJson();
    void nothingIsNull();
    void lackingIsSaid();
    void unboundedIsSaid();
    void adviceForWhatIsUnbounded_data();
    void adviceForWhatIsUnbounded();
    void decisions();
    void samples();
    void checkoutExample();

private:
    Json json(const QByteArray& text)
    {
        const auto outcome = emac({"analyze", write(m_folder, "i.yaml", text), "--format", "json"});
        if (outcome.status != 0)
            qWarning("%s", outcome.err.constData());
        return outcome.status == 0 ? Json::parse(outcome.out.toStdString()) : Json();
    }
    QString text(const QByteArray& intent)
    {
        return QString::fromUtf8(emac({"analyze", write(m_folder, "i.yaml", intent)}).out);
    }

    QTemporaryDir m_folder;
};

namespace {

const char* const twoInSeries = "{type: series, steps: [{ref: a}, {ref: b}]}";

QByteArray component(const QByteArray& latency)
{
    return "{availability: 0.999, failure: immediate, failureDomains: [own]"
           + (latency.isEmpty() ? QByteArray() : ", latency: " + latency) + "}";
}

/// a takes 10 ms; b as said. The objectives are those of the latency, judged on the independent law.
QByteArray journey(const QByteArray& latencyOfB, const QByteArray& objectives = {})
{
    auto text = intent(twoInSeries, "{a: " + component("{constant: 10ms}") + ", b: " + component(latencyOfB) + "}")
                + "  governance: {useBoundsForAutomation: {latency: independent}}\n";
    return text.replace("{availability: {window: 30d, target: 0.99}}",
                        "{availability: {window: 30d, target: 0.99}" + objectives + "}");
}

/// Within half a per cent.
bool isNear(const Json& number, double expected)
{
    return number.is_number() && std::abs(number.get<double>() - expected) <= 0.005 * expected;
}

std::set<std::string> keys(const Json& object)
{
    std::set<std::string> names;
    for (const auto& [name, value] : object.items())
        names.insert(name);
    return names;
}

} // namespace

void TestCliLatency::asJson()
{
    const auto found =
        json(journey("{constant: 20ms}", ", deadline: {window: 30d, seconds: 25ms, target: 0.9}, "
                                         "latency: {window: 30d, objective: {metric: p99, threshold: 40ms}}"));
    const auto& latency = found["latency"];
    QVERIFY(latency["unit"] == "s");
    QCOMPARE(keys(latency["percentiles"]), (std::set<std::string>{"p50", "p90", "p95", "p99", "p999"}));
    for (const auto& [name, percentile] : latency["percentiles"].items()) {
        QCOMPARE(keys(percentile), (std::set<std::string>{"independent", "sharedFate", "envelope"}));
        QCOMPARE(keys(percentile["independent"]), (std::set<std::string>{"lower", "nominal", "upper"}));
        QVERIFY2(isNear(percentile["independent"]["lower"], 0.03), name.c_str());
        QVERIFY2(isNear(percentile["independent"]["upper"], 0.03), name.c_str());
        QVERIFY2(percentile["independent"]["lower"] <= percentile["independent"]["upper"], name.c_str());
        for (const auto* bounds : {"sharedFate", "envelope"}) {
            QCOMPARE(keys(percentile[bounds]), (std::set<std::string>{"lower", "upper"}));
            QVERIFY2(isNear(percentile[bounds]["lower"], 0.03), name.c_str());
        }
    }
    const auto& deadlines = latency["deadlines"];
    QCOMPARE(deadlines.size(), 2U);
    QCOMPARE(deadlines[0]["seconds"].get<double>(), 0.025);
    QCOMPARE(deadlines[0]["independent"]["upper"].get<double>(), 0.0);
    QCOMPARE(deadlines[1]["seconds"].get<double>(), 0.04);
    QVERIFY(isNear(deadlines[1]["independent"]["lower"], 0.999 * 0.999));
    QVERIFY(latency["numericWidth"]["independent"].is_number());
    QVERIFY(latency["openTails"].empty());

    const auto& objectives = found["objectives"];
    QCOMPARE(objectives.size(), 3U);
    QVERIFY(objectives[1]["name"] == "latency" && objectives[1]["decision"] == "PASS");
    QCOMPARE(objectives[1]["target"].get<double>(), 0.04);
    QVERIFY(objectives[2]["name"] == "deadline" && objectives[2]["decision"] == "FAIL");
    QVERIFY(isNear(objectives[2]["shortfall"], 0.9));
    QVERIFY(found["decision"] == "FAIL");
}

void TestCliLatency::nothingIsNull()
{
    const auto found = json(intent(twoInSeries, "{a: {availability: 0.999}, b: {availability: 0.999}}"));
    QVERIFY(found["latency"].is_null());
    QVERIFY(found["decision"] == "PASS");
}

void TestCliLatency::lackingIsSaid()
{
    QVERIFY(json(journey(""))["latency"].is_null());
    QVERIFY(text(journey("")).contains("not known: state the latency of b\n"));
    const auto judged = json(journey("", ", deadline: {window: 30d, seconds: 1, target: 0.9}"));
    QVERIFY(judged["objectives"][1]["decision"] == "REVIEW");
    QVERIFY(judged["decision"] == "REVIEW");
}

void TestCliLatency::unboundedIsSaid()
{
    const auto open = journey("{quantiles: {p50: 20ms, p95: 40ms}}");
    const auto found = json(open);
    const auto& p99 = found["latency"]["percentiles"]["p99"]["independent"];
    QVERIFY(p99["upper"].is_null());
    QVERIFY(p99["lower"].is_number());
    QVERIFY(isNear(found["latency"]["percentiles"]["p90"]["independent"]["upper"], 0.05));
    QVERIFY(found["latency"]["openTails"] == Json::array({"b"}));
    const auto table = text(open);
    QVERIFY2(table.contains("unbounded: bound the tail of b with a max"), qPrintable(table));
    QVERIFY(table.contains("… unbounded"));
}

void TestCliLatency::adviceForWhatIsUnbounded_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QString>("advice");
    QTest::newRow("the time to fail is not stated")
        << QByteArray("{type: fallback, primary: {ref: open}, alternates: [{ref: a}]}")
        << "unbounded: state the time to fail of a call";
    QTest::newRow("all is stated, and all may fail together")
        << QByteArray("{type: retry, attempts: 3, body: {ref: a}}") << "unbounded: whatever the dependence";
    QTest::newRow("nothing comes in time")
        << QByteArray("{type: timeout, deadline: 1ms, body: {ref: a}}") << "unbounded: nothing succeeds";
    QTest::newRow("all is bounded") << QByteArray("{ref: a}") << "";
}

void TestCliLatency::adviceForWhatIsUnbounded()
{
    QFETCH(QByteArray, operation);
    QFETCH(QString, advice);
    const auto table =
        text("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\nspec:\n  operator: " + operation
             + "\n  components:\n"
               "    a: {availability: 0.5, latency: {constant: 5ms}, failure: immediate, "
               "failureDomains: [x]}\n"
               "    open: {availability: 0.5, latency: {constant: 5ms}, failureDomains: [y]}\n");
    QCOMPARE(table.contains("unbounded"), !advice.isEmpty());
    QVERIFY2(table.contains(advice), qPrintable(table));
}

void TestCliLatency::decisions()
{
    const auto verdict = [this](const QByteArray& latencyOfB) {
        const auto found =
            json(journey(latencyOfB, ", latency: {window: 30d, objective: {metric: p99, threshold: 50ms}}"));
        return QString::fromStdString(found["objectives"][1]["decision"].get<std::string>());
    };
    QCOMPARE(verdict("{quantiles: {p50: 20ms, max: 39ms}}"), QStringLiteral("PASS"));
    QCOMPARE(verdict("{quantiles: {p50: 20ms, max: 60ms}}"), QStringLiteral("REVIEW"));
    QCOMPARE(verdict("{quantiles: {p50: 20ms}}"), QStringLiteral("REVIEW"));
    QCOMPARE(verdict("{quantiles: {p50: 20ms, p95: 39ms}}"), QStringLiteral("REVIEW"));
    QCOMPARE(verdict("{constant: 50ms}"), QStringLiteral("FAIL"));
}

void TestCliLatency::samples()
{
    const auto file = write(m_folder, "i.yaml", journey("{samples: times.csv}"));
    const auto missing = emac({"analyze", file});
    QCOMPARE(missing.status, 2);
    QVERIFY2(missing.err.contains("i.yaml:7:") && missing.err.contains("EMAC-420"), missing.err.constData());
    write(m_folder, "times.csv", "0.01\n0.02\nlong\n");
    const auto faulty = emac({"validate", file});
    QCOMPARE(faulty.status, 2);
    QVERIFY2(faulty.err.contains("times.csv:3:1: error EMAC-332"), faulty.err.constData());
    QByteArray times;
    for (int i = 0; i < 1000; ++i)
        times += "20ms\n";
    write(m_folder, "times.csv", times);
    const auto found = json(journey("{samples: times.csv}"));
    QVERIFY(isNear(found["latency"]["percentiles"]["p90"]["independent"]["upper"], 0.03));
    QVERIFY(found["latency"]["percentiles"]["p99"]["independent"]["upper"].is_null()); // ε = 0.043
}

/// The availabilities are those of the published example; the times are the example's own.
void TestCliLatency::checkoutExample()
{
    const auto outcome = emac({"analyze", example("checkout/emac.checkout.yaml"), "--format", "json"});
    QCOMPARE(outcome.status, 0);
    const auto found = Json::parse(outcome.out.toStdString());
    QVERIFY(found["decision"] == "FAIL");
    for (const int objective : {1, 2})
        QVERIFY(found["objectives"][objective]["decision"] == "PASS");
    const auto& p99 = found["latency"]["percentiles"]["p99"];
    QVERIFY(p99["independent"]["upper"] < p99["sharedFate"]["upper"]);
    QVERIFY(found["latency"]["percentiles"]["p999"]["independent"]["upper"].is_null());
    QVERIFY(found["latency"]["openTails"] == Json::array({"cart"}));
}

QTEST_GUILESS_MAIN(TestCliLatency)
#include "tst_cli_latency.moc"
