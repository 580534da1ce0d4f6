// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/contributors.h"

#include <QTest>

using namespace emac;
using namespace emac::journey;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

namespace {

ExpressionPtr call(const char* component)
{
    return makeExpression(Call{component});
}

Inputs inputsOf(std::initializer_list<std::pair<const char*, const char*>> domains)
{
    Inputs inputs;
    for (const auto& [component, domain] : domains) {
        Input input;
        input.failure = {0.1, 0.1, 0.1};
        input.stated = true;
        input.domains = {domain};
        inputs.set(component, input);
    }
    return inputs;
}

/// "name value" of each contributor, the value rounded to six digits.
QStringList listed(const ExpressionPtr& root, const Inputs& inputs, std::optional<double> shortfall = {})
{
    Journey journey;
    journey.root = root;
    governance::Decision decision;
    decision.objectives.push_back({"availability", governance::Verdict::Fail, 0.99, shortfall, std::nullopt});
    QStringList list;
    for (const auto& part : governance::contributors(journey, *analysis::analyse(journey, inputs), decision))
        list.append(QString::fromStdString(part.name + ' ') + QString::number(part.value, 'g', 6));
    return list;
}

} // namespace

/// a, b and c each fail one time in ten; a and b share a domain.
class TestContributors : public QObject
{
    Q_OBJECT

private slots:
    void eachOperatorWhereTheLawsDiffer_data()
    {
        QTest::addColumn<ExpressionPtr>("root");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, const ExpressionPtr& root, const QStringList& expected) {
            QTest::newRow(name) << root << expected;
        };
        row("nothing shared", makeExpression(Race{{call("a"), call("c")}}), {});
        row("shared race", makeExpression(Race{{call("a"), call("b")}}, "pay"),
            {QStringLiteral("pay_domain_correlation 0.09")});
        row("its parents only pass it on",
            makeExpression(Series{{call("c"), makeExpression(Race{{call("a"), call("b")}}, "pay")}}),
            {QStringLiteral("pay_domain_correlation 0.09")});
        row("retry", makeExpression(Retry{3, {}, call("a")}, "again"),
            {QStringLiteral("again_domain_correlation 0.099")});
        row("retry of one attempt", makeExpression(Retry{1, {}, call("a")}), {});
        row("repeated call", makeExpression(Series{{call("a"), call("a")}}),
            {QStringLiteral("series_domain_correlation 0.09")});
    }
    void eachOperatorWhereTheLawsDiffer()
    {
        QFETCH(ExpressionPtr, root);
        QFETCH(QStringList, expected);
        QCOMPARE(listed(root, inputsOf({{"a", "x"}, {"b", "x"}, {"c", "y"}})), expected);
    }

    void theShortfallComesLast()
    {
        const auto inputs = inputsOf({{"a", "x"}, {"b", "x"}});
        QCOMPARE(
            listed(makeExpression(Race{{call("a"), call("b")}}, "pay"), inputs, 0.25),
            QStringList({QStringLiteral("pay_domain_correlation 0.09"), QStringLiteral("objective_violation 0.25")}));
    }
};

QTEST_GUILESS_MAIN(TestContributors)
#include "tst_contributors.moc"
