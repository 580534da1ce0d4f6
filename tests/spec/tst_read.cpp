// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/read.h"
#include "diagnostics.h"

#include <QTest>

using namespace emac;

/// Each message of structure and of the journey, by a text that provokes it.
class TestRead : public QObject
{
    Q_OBJECT

private slots:
    void headers_data();
    void headers();
    void specs_data();
    void specs();
    void allAtOnce();
    void suggestions_data();
    void suggestions();
    void manyMessages();
    void otherForms();
};

namespace {

void row(const char* name, const char* text, std::initializer_list<const char*> expected)
{
    QTest::newRow(name) << QByteArray(text) << strings(expected);
}

} // namespace

void TestRead::headers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    row("nothing", "", {"0:0 error EMAC-201"});
    row("only a comment", "# a\n", {"0:0 error EMAC-201"});
    row("a list", "- a\n", {"1:1 error EMAC-201"});
    row("no kind", "metadata: {name: j}\n", {"1:1 error EMAC-212"});
    row("Kubernetes", "apiVersion: v1\nkind: Service\n", {"2:7 error EMAC-202"});
    row("another kind of ours", "apiVersion: emac.dev/v1alpha1\nkind: ModelDelta\n", {"2:7 error EMAC-203"});
    row("evidence", "schema: emac.sanity.trace/v1\n", {"1:9 error EMAC-203"});
    row("wrong apiVersion", "apiVersion: emac.dev/v2\nkind: JourneyIntent\nmetadata: {name: j}\nspec: {}\n",
        {"1:13 error EMAC-216"});
    row("near apiVersion", "apiVersion: emac.dev/v1alpha2\nkind: JourneyIntent\nmetadata: {name: j}\nspec: {}\n",
        {"1:13 error EMAC-217"});
    row("two intents",
        "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\nspec: {}\n---\n"
        "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: k}\nspec: {}\n",
        {"7:7 warning EMAC-205"});
    row("no metadata, no spec", "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\n",
        {"1:1 error EMAC-212", "1:1 error EMAC-212"});
    row("no name", "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {}\nspec: {}\n",
        {"3:11 error EMAC-212"});
    row("empty name", "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: ''}\nspec: {}\n",
        {"3:18 error EMAC-225"});
    row("name with a line end",
        "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: \"a\\nb\"}\nspec: {}\n",
        {"3:18 error EMAC-227"});
    row("null spec", "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: j}\nspec:\n",
        {"4:1 error EMAC-214"});
    row("syntax", "apiVersion: [\n", {"2:1 error EMAC-104"});
}

void TestRead::headers()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto result = spec::readIntent(text.toStdString(), "f");
    qInfo("%s", inWords(result.diagnostics).c_str());
    QCOMPARE(brief(result.diagnostics), expected);
}

void TestRead::specs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    // The journey's tree. Components stand in one line behind it, so that columns stay readable.
    row("empty journey", "  components: {}\n", {});
    row("a call as the root", "  operator: {ref: a}\n  components: {a: {}}\n", {});
    row("unknown key", "  operator: {ref: a, speed: 3}\n  components: {a: {}}\n", {"5:22 warning EMAC-210"});
    row("unknown key, near", "  operator: {ref: a, nots: x}\n  components: {a: {}}\n", {"5:22 warning EMAC-211"});
    row("unknown key in spec", "  scale: 3\n", {"5:3 warning EMAC-210"});
    row("wrong type: list", "  operator: []\n", {"5:13 error EMAC-213"});
    row("wrong type: text", "  expectedEvents: many\n", {"5:19 error EMAC-213"});
    row("wrong type: mapping", "  expectedEvents: {a: 1}\n", {"5:19 error EMAC-213"});
    row("null mapping", "  components:\n", {"5:3 error EMAC-214"});
    row("null value", "  expectedEvents:\n", {"5:3 error EMAC-215"});
    row("null list", "  operator: {type: series, steps: }\n", {"5:28 error EMAC-215"});
    row("unknown word",
        "  operator: {type: race, semantics: slowest, branches: [{ref: a}]}\n  components: {a: {failureDomains: "
        "[d]}}\n",
        {"5:37 error EMAC-216"});
    row("unknown word, near",
        "  operator: {type: race, semantics: hegded, branches: [{ref: a}]}\n  components: {a: {failureDomains: [d]}}\n",
        {"5:37 error EMAC-217"});
    row("no time to fail", "  operator: {ref: a}\n  components: {a: {failure: 30ms}}\n", {"6:29 error EMAC-216"});
    row("join", "  operator: {type: parallel, join: any, branches: [{ref: a}]}\n  components: {a: {}}\n",
        {"5:36 error EMAC-216"});
    row("number out of range", "  expectedEvents: 0\n", {"5:19 error EMAC-218"});
    row("integer too large",
        "  operator: {type: kofn, k: 99999999999999999999, branches: [{ref: a}]}\n  components: {a: {}}\n",
        {"5:29 error EMAC-218"});
    row("not whole", "  operator: {type: kofn, k: 1.5, branches: [{ref: a}]}\n  components: {a: {}}\n",
        {"5:29 error EMAC-213"});
    row("duration too long", "  operator: {type: timeout, deadline: 40000d, body: {ref: a}}\n  components: {a: {}}\n",
        {"5:39 error EMAC-219"});
    row("duration too fine", "  operator: {type: timeout, deadline: 0.5ns, body: {ref: a}}\n  components: {a: {}}\n",
        {"5:39 error EMAC-219"});
    row("no duration", "  operator: {type: timeout, deadline: soon, body: {ref: a}}\n  components: {a: {}}\n",
        {"5:39 error EMAC-213"});
    row("window of nothing", "  objectives: {availability: {window: 0s, target: 0.9}}\n", {"5:39 error EMAC-220"});
    row("no window", "  objectives: {availability: {target: 0.9}}\n", {"5:30 error EMAC-212"});
    row("empty list", "  operator: {type: series, steps: []}\n", {"5:35 error EMAC-221"});
    row("interval of three",
        "  operator: {type: branch, choices: [{probability: [0.1, 0.2, 0.3], body: {ref: a}}]}\n  components: {a: "
        "{}}\n",
        {"5:52 error EMAC-222"});
    row("two latencies", "  operator: {ref: a}\n  components: {a: {latency: {constant: 1s, samples: x}}}\n",
        {"6:29 error EMAC-223"});
    row("ref and use", "  operator: {ref: a, use: b}\n", {"5:13 error EMAC-223"});
    row("no operator", "  operator: {steps: []}\n", {"5:13 error EMAC-224"});
    row("no latency", "  operator: {ref: a}\n  components: {a: {latency: {}}}\n", {"6:29 error EMAC-224"});
    row("empty quantiles", "  operator: {ref: a}\n  components: {a: {latency: {quantiles: {}}}}\n",
        {"6:41 error EMAC-228"});

    row("unknown component", "  operator: {ref: front}\n  components: {}\n", {"5:19 error EMAC-301"});
    row("unknown component, near", "  operator: {ref: payx}\n  components: {paya: {}}\n",
        {"5:19 error EMAC-302", "6:16 warning EMAC-328"});
    row("unknown fragment", "  operator: {use: f}\n", {"5:19 error EMAC-303"});
    row("unknown fragment, near", "  operator: {use: cards}\n  fragments: {card: {ref: a}}\n  components: {a: {}}\n",
        {"5:19 error EMAC-304", "6:15 warning EMAC-309", "7:16 warning EMAC-328"});
    row("unknown operator", "  operator: {type: quorum}\n", {"5:20 error EMAC-305"});
    row("unknown operator, near", "  operator: {type: sereis}\n", {"5:20 error EMAC-306"});
    row("null operator", "  operator: {type: }\n", {"5:14 error EMAC-215"});
    row("duplicate id",
        "  operator: {type: series, id: x, steps: [{ref: a}, {use: f}]}\n  fragments: {f: {ref: a, id: x}}\n"
        "  components: {a: {}}\n",
        {"6:31 error EMAC-307"});
    row("fragment uses itself", "  operator: {use: f}\n  fragments: {f: {use: f}}\n", {"6:24 error EMAC-308"});
    row("fragments in a circle",
        "  operator: {type: series, steps: [{ref: a}, {use: f}]}\n  fragments:\n    f: {type: series, steps: [{ref: "
        "a}, {use: g}]}\n"
        "    g: {type: series, steps: [{ref: a}, {use: f}]}\n  components: {a: {}}\n",
        {"8:47 error EMAC-308"});
    row("unused fragment", "  operator: {ref: a}\n  fragments: {f: {ref: a}}\n  components: {a: {}}\n",
        {"6:15 warning EMAC-309"});
    row("probability",
        "  operator: {type: branch, choices: [{probability: 1.2, body: {ref: a}}]}\n  components: {a: {}}\n",
        {"5:52 error EMAC-310"});
    row("negative probability",
        "  operator: {type: branch, choices: [{probability: -1%, body: {ref: a}}]}\n  components: {a: {}}\n",
        {"5:52 error EMAC-310"});
    row("availability", "  operator: {ref: a}\n  components: {a: {availability: 1.0000000000000000000001}}\n",
        {"6:34 error EMAC-310"});
    row("target of 1", "  objectives: {availability: {window: 30d, target: 1}}\n", {"5:52 error EMAC-311"});
    row("target of 100%", "  objectives: {availability: {window: 30d, target: 100%}}\n", {"5:52 error EMAC-311"});
    row("target of 0", "  objectives: {deadline: {window: 30d, seconds: 1, target: 0.0}}\n", {"5:60 error EMAC-311"});
    row("negative duration",
        "  operator: {type: retry, attempts: 2, backoff: -3ms, body: {ref: a}}\n  components: {a: {}}\n",
        {"5:49 error EMAC-312"});
    row("k too large", "  operator: {type: kofn, k: 3, branches: [{ref: a}, {ref: a}]}\n  components: {a: {}}\n",
        {"5:29 error EMAC-313"});
    row("k of 0", "  operator: {type: kofn, k: 0, branches: [{ref: a}]}\n  components: {a: {}}\n",
        {"5:29 error EMAC-313"});
    row("attempts", "  operator: {type: retry, attempts: 0, body: {ref: a}}\n  components: {a: {}}\n",
        {"5:37 error EMAC-314"});
    row("choices",
        "  operator: {type: branch, choices: [{probability: 0.5, body: {ref: a}}, {probability: [0.1, 0.4], body: "
        "{ref: a}}]}\n"
        "  components: {a: {}}\n",
        {"5:28 error EMAC-317"});
    row("choices that can",
        "  operator: {type: branch, choices: [{probability: 0.5, body: {ref: a}}, {probability: [0.1, 0.5], body: "
        "{ref: a}}]}\n"
        "  components: {a: {}}\n",
        {});
    row("reversed interval",
        "  operator: {type: branch, choices: [{probability: [1, 0.4], body: {ref: a}}]}\n  components: {a: {}}\n",
        {"5:52 error EMAC-318"});
    row("quantiles decrease",
        "  operator: {ref: a}\n  components: {a: {latency: {quantiles: {p50: 20ms, p90: 10ms, p99: 1s}}}}\n",
        {"6:58 error EMAC-319"});
    row("maximum below", "  operator: {ref: a}\n  components: {a: {latency: {quantiles: {max: 10ms, p50: 20ms}}}}\n",
        {"6:47 error EMAC-319"});
    row("no quantile", "  operator: {ref: a}\n  components: {a: {latency: {quantiles: {p100: 20ms, q: 1s, p0: 1s}}}}\n",
        {"6:42 error EMAC-320", "6:54 error EMAC-320", "6:61 error EMAC-320"});
    row("histogram counts",
        "  operator: {ref: a}\n  components: {a: {latency: {histogram: [{le: 1, count: 5}, {le: +Inf, count: 4}]}}}\n",
        {"6:79 error EMAC-321"});
    row("histogram bounds",
        "  operator: {ref: a}\n  components: {a: {latency: {histogram: [{le: 1, count: 5}, {le: 1, count: 6}, {le: "
        "+Inf, count: 6}]}}}\n",
        {"6:66 error EMAC-322"});
    row("histogram without the last",
        "  operator: {ref: a}\n  components: {a: {latency: {histogram: [{le: 1, count: 5}]}}}\n",
        {"6:42 error EMAC-323"});
    row("histogram bound below 0",
        "  operator: {ref: a}\n  components: {a: {latency: {histogram: [{le: -1, count: 0}, {le: +Inf, count: 6}]}}}\n",
        {"6:47 error EMAC-218"});
    row("histogram bound beyond ten years",
        "  operator: {ref: a}\n  components: {a: {latency: {histogram: [{le: 4e8, count: 0}, {le: +Inf, count: "
        "6}]}}}\n",
        {"6:47 error EMAC-218"});
    row("histogram of nothing",
        "  operator: {ref: a}\n  components: {a: {latency: {histogram: [{le: 1, count: 0}, {le: +Inf, count: 0}]}}}\n",
        {"6:61 error EMAC-331"});
    row("mu of less than 1 ns",
        "  operator: {ref: a}\n  components: {a: {latency: {lognormal: {mu: -30, sigma: 1}}}}\n",
        {"6:46 error EMAC-218"});
    row("mu of more than ten years",
        "  operator: {ref: a}\n  components: {a: {latency: {lognormal: {mu: 50, sigma: 1}}}}\n",
        {"6:46 error EMAC-218"});
    row("a p99 of more than ten years",
        "  operator: {ref: a}\n  components: {a: {latency: {lognormal: {mu: -3, sigma: 100}}}}\n",
        {"6:57 error EMAC-218"});
    row("samples from nowhere", "  operator: {ref: a}\n  components: {a: {latency: {samples: ''}}}\n",
        {"6:39 error EMAC-225"});
    row("sigma of 0", "  operator: {ref: a}\n  components: {a: {latency: {lognormal: {mu: -3, sigma: 0}}}}\n",
        {"6:57 error EMAC-218"});
    row("lognormal", "  operator: {ref: a}\n  components: {a: {latency: {lognormal: {median: 2s, p99: 1s}}}}\n",
        {"6:59 error EMAC-324"});
    row("observed", "  operator: {ref: a}\n  components: {a: {availability: {observed: {good: 5, total: 4}}}}\n",
        {"6:52 error EMAC-325"});
    row("observed nothing",
        "  operator: {ref: a}\n  components: {a: {availability: {observed: {good: 0, total: 0}}}}\n",
        {"6:62 error EMAC-218"});
    row("own part",
        "  operator: {ref: a}\n  components: {a: {availability: 0.9999, failureDomains: ['net:x', other]}}\n"
        "  failureDomains: {rules: [{name: net, availability: 0.999}, {name: other}]}\n",
        {"6:34 error EMAC-326"});
    row("two rules", "  failureDomains: {rules: [{name: d}, {name: d}]}\n", {"5:46 error EMAC-327"});
    row("not called", "  components: {a: {}}\n", {"5:16 warning EMAC-328"});
    row("no domain",
        "  operator: {type: fallback, primary: {ref: a}, alternates: [{ref: b}]}\n  components: {a: {}, b: "
        "{failureDomains: [d]}}\n",
        {"6:16 warning EMAC-329"});
    row("all of n is no redundancy", "  operator: {type: kofn, k: 1, branches: [{ref: a}]}\n  components: {a: {}}\n",
        {});
    row("malformed domain", "  operator: {ref: a}\n  components: {a: {failureDomains: [':x']}}\n",
        {"6:37 error EMAC-330"});
    row("malformed reference", "  operator: {ref: a}\n  components: {a: {atomicSLORef: 'slo:x'}}\n",
        {"6:34 error EMAC-401"});
    row("quoted numbers", "  expectedEvents: '12'\n  operator: {ref: a}\n  components: {a: {availability: '0.99'}}\n",
        {});
}

void TestRead::specs()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto result = spec::readIntent(intentText(text.toStdString()), "f");
    QVERIFY(result.value.has_value());
    qInfo("%s", inWords(result.diagnostics).c_str());
    QCOMPARE(brief(result.diagnostics), expected);
}

void TestRead::allAtOnce()
{
    const auto result = spec::readIntent(intentText("  objectives: {availability: {window: -1d, target: 2}}\n"
                                                    "  operator:\n"
                                                    "    type: series\n"
                                                    "    steps:\n"
                                                    "      - {ref: nobody}\n"
                                                    "      - {type: kofn, k: 9, branches: [{ref: a}], extra: 1}\n"
                                                    "      - {type: what}\n"
                                                    "      - {type: timeout, body: {ref: a}}\n"
                                                    "  components: {a: {availability: 7, latency: 3}}\n"),
                                         "dir/f.yaml");
    const auto expected = strings({"5:39 error EMAC-220", "5:52 error EMAC-311", "9:15 error EMAC-301",
                                   "10:25 error EMAC-313", "10:50 warning EMAC-210", "11:16 error EMAC-305",
                                   "12:9 error EMAC-212", "13:34 error EMAC-310", "13:46 error EMAC-213"});
    QCOMPARE(brief(result.diagnostics), expected);
    QCOMPARE(
        base::toString(result.diagnostics.front()),
        std::string("dir/f.yaml:5:39: error EMAC-220: 'window' is -1d; expected a duration above 0; state a duration "
                    "such as 30d or 400ms"));
    // What is sound is there: the unknown component's call, the kofn with what it has, the timeout.
    QCOMPARE(journey::children(*result.value->intent.journey.root).size(), std::size_t(3));
    QVERIFY(!result.value->intent.objectives.availability);
    QVERIFY(!result.value->intent.journey.components.find("a")->inlineAvailability);
}

void TestRead::suggestions_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("name");
    const auto near = [](const char* name, const char* text, const char* suggestion) {
        QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(suggestion);
    };
    near("swapped letters", "  opeartor: {ref: a}\n", "operator");
    near("missing letter", "  fragmnts: {}\n", "fragments");
    near("letter case", "  expectedevents: 3\n", "expectedEvents");
    near("a component", "  operator: {ref: fronty}\n  components: {back: {}, front: {}}\n", "front");
}

void TestRead::suggestions()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, name);
    const auto result = spec::readIntent(intentText(text.toStdString()), "f");
    QVERIFY(!result.diagnostics.empty());
    QCOMPARE(result.diagnostics.front().message.arguments.back(), name.toStdString());
    QVERIFY(base::english(result.diagnostics.front().message).ends_with("did you mean '" + name.toStdString() + "'?"));
}

void TestRead::manyMessages()
{
    std::string text = "  labels: 1\n  operator:\n    type: series\n    steps:\n";
    for (int i = 0; i < 5000; ++i)
        text += "      - {ref: nobody" + std::to_string(i) + "}\n";
    const auto result = spec::readIntent(intentText(text), "f");
    // A thousand errors, the one warning, and how many more there are.
    QCOMPARE(result.diagnostics.size(), std::size_t(1002));
    QCOMPARE(result.diagnostics.front().message.code, base::Code::UnknownKey);
    QVERIFY(result.diagnostics.back() == (base::Diagnostic{{base::Code::MoreMessages, {"4000"}}, {"f", 0, 0}}));
}

/// Where a word or a mapping may stand, both are named.
void TestRead::otherForms()
{
    const auto result = spec::readIntent(intentText("  operator: {type: series, steps: [{ref: a}, {ref: b}]}\n"
                                                    "  components: {a: {failure: 30ms}, b: {failure: imediate}}\n"),
                                         "f");
    for (std::size_t i = 0; i < 2; ++i)
        QCOMPARE(result.diagnostics.at(i).message.arguments.at(2),
                 std::string("immediate, likeSuccess, {constant: …}"));
}

QTEST_GUILESS_MAIN(TestRead)
#include "tst_read.moc"
