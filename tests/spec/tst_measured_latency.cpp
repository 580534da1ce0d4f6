// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/validity.h"
#include "core/spec/prometheus_import.h"
#include "core/spec/samples.h"
#include "diagnostics.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>
#include <limits>

using namespace emac;
using base::Duration;

/// Histograms from pasted Prometheus text, and measured times from CSV.
class TestMeasuredLatency : public QObject
{
    Q_OBJECT

private slots:
    void histograms_data();
    void histograms();
    void histogramFaults_data();
    void histogramFaults();
    void severalSeriesAreNamed();
    void samples_data();
    void samples();
    void sampleFaults_data();
    void sampleFaults();
    void manyFaultsAreCounted();
    void histogramOfTimes();
    void histogramsOfTimesAreExact();
    void anyTextIsRead();
};

namespace {

/// "0.1:12 inf:20".
QString inWords(const journey::HistogramLatency& histogram)
{
    QStringList buckets;
    for (const auto& [bound, count] : histogram.buckets)
        buckets << QStringLiteral("%1:%2")
                       .arg(bound, 0, 'g', QLocale::FloatingPointShortest)
                       .arg(count, 0, 'g', QLocale::FloatingPointShortest);
    return buckets.join(QLatin1Char(' '));
}

QString inWords(const spec::SampledTimes& times)
{
    QStringList words;
    for (const auto& time : times)
        words << QString::fromStdString(base::toString(time));
    return words.join(QLatin1Char(' '));
}

} // namespace

void TestMeasuredLatency::histograms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QStringList>("said");
    const auto row = [](const char* name, const char* text, const char* expected, const QStringList& said = {}) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromLatin1(expected) << said;
    };
    row("as exposed",
        "# HELP http_request_duration_seconds Time\n# TYPE http_request_duration_seconds histogram\n"
        "http_request_duration_seconds_bucket{le=\"0.125\"} 5\n"
        "http_request_duration_seconds_bucket{le=\"0.5\"} 7\n"
        "http_request_duration_seconds_bucket{le=\"+Inf\"} 8\n"
        "http_request_duration_seconds_sum 1.5\nhttp_request_duration_seconds_count 8\nup 1\n",
        "0.125:5 0.5:7 inf:8");
    row("labels, escapes, order, timestamps, exemplars",
        "x_bucket{path=\"/a\\\"}\", le=\"+Inf\",job=\"shop\"} 8 1700000000000\n"
        "x_bucket{job=\"shop\",le=\"1.0\",path=\"/a\\\"}\",} 7 # {trace_id=\"1\"} 0.7 1\r\n"
        "x_bucket {job=\"shop\" , path=\"/a\\\"}\" , le = \"0.25\" }\t6\n",
        "0.25:6 1:7 inf:8");
    row("a query by (le)", "{le=\"0.25\"} 1\n{le=\"2\"} 3\n{le=\"+Inf\"} 3", "0.25:1 2:3 inf:3");
    row("rates", "{le=\"0.25\"} 0.125\n{le=\"2\"} 1.5\n{le=\"+Inf\"} 2.5e0", "0.25:0.125 2:1.5 inf:2.5",
        {QStringLiteral("3:1 warning EMAC-342")});
    row("rates that rounding unsettles", "{le=\"1\"} 0.30000000000000004\n{le=\"2\"} 0.3\n{le=\"+Inf\"} 0.5",
        "1:0.30000000000000004 2:0.30000000000000004 inf:0.5", {QStringLiteral("3:1 warning EMAC-342")});
    row("milliseconds",
        "istio_request_duration_milliseconds_bucket{le=\"0.5\"} 1\n"
        "istio_request_duration_milliseconds_bucket{le=\"+Inf\"} 2",
        "5e-04:1 inf:2");
    row("microseconds", "d_us_bucket{le=\"250000\"} 1\nd_us_bucket{le=\"+Inf\"} 2", "0.25:1 inf:2");
    row("a unit in the middle is none", "ms_delay_bucket{le=\"0.5\"} 1\nms_delay_bucket{le=\"+Inf\"} 2", "0.5:1 inf:2");
    row("a recorded series", "job:d:rate5m{le=\"0.5\"} 1\njob:d:rate5m{le=\"+Inf\"} 2", "0.5:1 inf:2");
    row("a byte order mark", "\xEF\xBB\xBFx_bucket{le=\"0\"} 1\nx_bucket{le=\"+Inf\"} 2", "0:1 inf:2");
}

void TestMeasuredLatency::histograms()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto read = spec::importPrometheus(text.toStdString());
    QTEST(brief(read.diagnostics), "said");
    QVERIFY(read.value);
    QCOMPARE(inWords(*read.value), expected);
    journey::Component component;
    component.name = "c";
    component.latency = *read.value;
    QVERIFY(!journey::componentFault(component, nullptr));
}

void TestMeasuredLatency::histogramFaults_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("said");
    const auto row = [](const char* name, const char* text, std::initializer_list<const char*> said) {
        QTest::newRow(name) << QString::fromUtf8(text) << strings(said);
    };
    row("nothing", "", {"0:0 error EMAC-336"});
    row("no buckets", "up 1\nx_count 3\n", {"0:0 error EMAC-336"});
    row("no Prometheus text",
        "# ok\n{\"status\": \"success\"}\nx_bucket{le=\"1\"}\nx_bucket{le=\"1\" 5\nx 1 2 3\nx one",
        {"2:1 error EMAC-339", "3:1 error EMAC-339", "4:1 error EMAC-339", "5:1 error EMAC-339", "6:1 error EMAC-339"});
    row("a label that does not end", "x_bucket{le=\"1", {"1:1 error EMAC-339"});
    row("a bucket without le", "x_bucket{job=\"a\"} 5\nx_bucket{le=\"+Inf\"} 5", {"1:1 error EMAC-338"});
    row("several series", "x_bucket{le=\"1\",job=\"a\"} 5\nx_bucket{le=\"+Inf\",job=\"b\"} 5", {"2:1 error EMAC-337"});
    row("twice", "x_bucket{le=\"1\"} 5\nx_bucket{le=\"1.0\"} 5\nx_bucket{le=\"+Inf\"} 5", {"2:1 error EMAC-341"});
    row("not cumulative", "x_bucket{le=\"1\"} 5\nx_bucket{le=\"2\"} 4\nx_bucket{le=\"+Inf\"} 4",
        {"2:1 error EMAC-321", "3:1 error EMAC-321"});
    row("no +Inf", "x_bucket{le=\"2\"} 5\nx_bucket{le=\"1\"} 4", {"1:1 error EMAC-323"});
    row("all zero", "x_bucket{le=\"1\"} 0\nx_bucket{le=\"+Inf\"} 0", {"2:1 error EMAC-331"});
    row("a bound below 0", "x_bucket{le=\"-1\"} 0\nx_bucket{le=\"+Inf\"} 1", {"1:1 error EMAC-218"});
    row("bounds beyond ten years", "x_ms_bucket{le=\"3e11\"} 0\nx_ms_bucket{le=\"4e11\"} 0\nx_ms_bucket{le=\"+Inf\"} 1",
        {"2:1 error EMAC-218"});
    row("a bound that is none", "x_bucket{le=\"wide\"} 0\nx_bucket{le=\"+Inf\"} 1", {"1:1 error EMAC-218"});
    row("counts that are none",
        "x_bucket{le=\"1\"} NaN\nx_bucket{le=\"2\"} -1\nx_bucket{le=\"3\"} -Inf\nx_bucket{le=\"+Inf\"} +Inf",
        {"1:1 error EMAC-218", "2:1 error EMAC-218", "3:1 error EMAC-218", "4:1 error EMAC-218"});
}

void TestMeasuredLatency::histogramFaults()
{
    QFETCH(const QString, text);
    const auto read = spec::importPrometheus(text.toStdString());
    QTEST(brief(read.diagnostics), "said");
    QVERIFY(!read.value);
}

void TestMeasuredLatency::severalSeriesAreNamed()
{
    std::string text;
    for (const char* job : {"d", "c", "b", "a"})
        text += "x_bucket{le=\"+Inf\",job=\"" + std::string(job) + "\"} 5\n";
    const auto read = spec::importPrometheus(text, "pasted");
    QCOMPARE(read.diagnostics.size(), 1U);
    QCOMPARE(read.diagnostics[0].message.arguments,
             (std::vector<std::string>{"4", "x_bucket{job=\"a\"}, x_bucket{job=\"b\"}, x_bucket{job=\"c\"}, …"}));
    QVERIFY((read.diagnostics[0].place == base::Place{"pasted", 2, 1}));
}

void TestMeasuredLatency::samples_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* text, const char* expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromLatin1(expected);
    };
    row("seconds", "0.3\n0.125\n1e-3\n+2\n0", "0s 1ms 125ms 300ms 2s");
    row("a heading, comments, empty lines at both ends", "\n# measured\n\nseconds\n0.125 # slow\n# more\n0.25\r\n\n\n",
        "125ms 250ms");
    row("durations", "20ms\n7us\n5ns\n1.5 s\n2m\n1h\n3\u00b5s", "5ns 3us 7us 20ms 1.5s 2m 1h");
    row("a heading with a unit", "latency_ms\n20\n0.5\n2s", "500us 20ms 2s");
    row("a heading in quotes", "\"time (us)\"\n\"20\"\n \"30\" ", "20us 30us");
    row("a heading without a unit", "latency\n2", "2s");
    row("a heading that begins like a number", "nanoseconds\n2", "2ns");
    row("finer than a nanosecond", "1e-10\n0.1234567894\n0.1234567896", "0s 123456789ns 123456790ns");
    row("one time without a line end", "10d", "10d");
}

void TestMeasuredLatency::samples()
{
    QFETCH(const QString, text);
    const auto read = spec::readSamples(text.toStdString(), "times.csv");
    QCOMPARE(brief(read.diagnostics), QStringList());
    QVERIFY(read.value);
    QTEST(inWords(*read.value), "expected");
}

void TestMeasuredLatency::sampleFaults_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("said");
    const auto row = [](const char* name, const char* text, std::initializer_list<const char*> said) {
        QTest::newRow(name) << QString::fromUtf8(text) << strings(said);
    };
    row("nothing", "", {"0:0 error EMAC-335"});
    row("only a heading", "# times\nseconds\n", {"0:0 error EMAC-335"});
    row("words", "0.1\nslow\n0.2\nfast", {"2:1 error EMAC-332", "4:1 error EMAC-332"});
    row("two headings", "seconds\nseconds\n1", {"2:1 error EMAC-332"});
    row("a unit that is none", "0.1\n5 apples", {"2:1 error EMAC-332"});
    row("a first line that is no heading", "0,1 s", {"1:1 error EMAC-333"});
    row("a number that goes on", "0.1.2", {"1:1 error EMAC-332"});
    row("not finite", "nan\ninf\n-inf\nNaN",
        {"1:1 error EMAC-332", "2:1 error EMAC-332", "3:1 error EMAC-332", "4:1 error EMAC-332"});
    row("negative", "1\n-0.5", {"2:1 error EMAC-312"});
    row("too long", "1\n4000d\n3e99", {"2:1 error EMAC-332", "3:1 error EMAC-332"});
    row("several columns", "time,status\n0.1,200\n0.2;200\n0.3\t200", {"1:1 error EMAC-333"});
    row("several columns and a word", "0.1\n0.2,200\nslow\n0.3,200", {"2:1 error EMAC-333", "3:1 error EMAC-332"});
    row("gaps", "0.1\n\n\n0.2\n \n0.3\n\n", {"2:1 error EMAC-334", "5:1 error EMAC-334"});
}

void TestMeasuredLatency::sampleFaults()
{
    QFETCH(const QString, text);
    const auto read = spec::readSamples(text.toStdString(), "times.csv");
    QTEST(brief(read.diagnostics), "said");
    QVERIFY(!read.value);
}

void TestMeasuredLatency::manyFaultsAreCounted()
{
    std::string text = "1\n";
    for (int i = 0; i < 100; ++i)
        text += "x\n";
    const auto read = spec::readSamples(text, "times.csv");
    QCOMPARE(read.diagnostics.size(), 21U);
    QVERIFY((read.diagnostics.back().message == base::Message{base::Code::MoreMessages, {"80"}}));
}

void TestMeasuredLatency::histogramOfTimes()
{
    using namespace std::chrono_literals;
    QCOMPARE(inWords(spec::histogramOf({0ns, 0ns})), QStringLiteral("0:2 inf:2"));
    QCOMPARE(inWords(spec::histogramOf({999ns, 1000ns, 1001ns, 1001001ns})),
             QStringLiteral("9.99e-07:1 1e-06:2 1.01e-06:3 "
                            "0.00101:4 inf:4"));
}

void TestMeasuredLatency::histogramsOfTimesAreExact()
{
    const auto holds = [] {
        auto times = *rc::gen::nonEmpty(
            rc::gen::container<std::vector<std::int64_t>>(rc::gen::mapcat(rc::gen::inRange(0, 18), [](int digits) {
                std::int64_t most = 1;
                for (int i = 0; i < digits; ++i)
                    most *= 10;
                return rc::gen::inRange<std::int64_t>(0, std::min<std::int64_t>(most, 315'360'000'000'000'000) + 1);
            })));
        std::ranges::sort(times);
        spec::SampledTimes samples;
        for (const auto time : times)
            samples.emplace_back(time);
        const auto histogram = spec::histogramOf(samples);
        journey::Component component;
        component.name = "c";
        component.latency = histogram;
        RC_ASSERT(!journey::componentFault(component, nullptr));
        RC_ASSERT(histogram.buckets.size() <= 25U);
        for (const auto& [bound, count] : histogram.buckets) {
            const auto below =
                std::ranges::count_if(samples, [bound = bound](Duration time) { return base::seconds(time) <= bound; });
            RC_ASSERT(static_cast<double>(below) == count);
        }
        // No time is beyond the last finite bound.
        RC_ASSERT(histogram.buckets[histogram.buckets.size() - 2].count == histogram.buckets.back().count);
    };
    QVERIFY(rc::check("the buckets count the times", holds));
}

void TestMeasuredLatency::anyTextIsRead()
{
    const auto holds = [] {
        const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::vector<std::string>{
            "x_bucket", "{", "}",  "le=", "\"1\"", "\"+Inf\"", "\"",  "\\", ",",  " ",       "\n",
            "1",        "-", "e9", "NaN", "#",     "ms",       "0.5", "\r", "\t", "seconds", std::string(1, '\0'),
            "\xFF"}));
        std::string text;
        for (const auto& piece : pieces)
            text += piece;
        const auto histogram = spec::importPrometheus(text);
        RC_ASSERT(histogram.value.has_value() != base::hasErrors(histogram.diagnostics));
        const auto times = spec::readSamples(text);
        RC_ASSERT(times.value.has_value() != base::hasErrors(times.diagnostics));
        RC_ASSERT(!times.value || std::ranges::is_sorted(*times.value));
    };
    QVERIFY(rc::check("a value, or an error", holds));
}

QTEST_APPLESS_MAIN(TestMeasuredLatency)
#include "tst_measured_latency.moc"
