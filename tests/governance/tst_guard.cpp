// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/guard.h"

#include <QTest>

using namespace emac;
using namespace emac::governance;

/// Guards, cut into what can be asked one by one.
class TestGuard : public QObject
{
    Q_OBJECT

private slots:
    void conjuncts_data();
    void conjuncts();
    void opposites();
};

namespace {

QString shown(const GuardConjunct& conjunct)
{
    const QString text = QString::fromStdString(conjunct.text) + QStringLiteral(" -> ");
    if (!conjunct.condition)
        return text + QStringLiteral("unknown");
    const auto& condition = *conjunct.condition;
    if (condition.quantity == GuardQuantity::NoDomainConflict)
        return text + QStringLiteral("no conflict");
    static const char* const names[] = {"A-", "A+", "latency ", "confidence", "", "burn"};
    return text + QString::fromLatin1(names[static_cast<int>(condition.quantity)])
           + QString::fromStdString(condition.percentile) + QLatin1Char(' ')
           + QString::fromLatin1(symbol(condition.comparison)) + QLatin1Char(' ')
           + QString::fromStdString(condition.bound.toString());
}

} // namespace

void TestGuard::conjuncts_data()
{
    QTest::addColumn<QString>("guard");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char* guard, std::initializer_list<const char*> parts) {
        QStringList list;
        for (const auto* part : parts)
            list << QString::fromLatin1(part);
        QTest::newRow(guard) << QString::fromLatin1(guard) << list;
    };
    row("A_minus >= 0.995 && p99_U <= 0.4 && conf(delta) >= 0.8 && no_unresolved_domain_conflict",
        {"A_minus >= 0.995 -> A- >= 0.995", "p99_U <= 0.4 -> latency p99 <= 0.4",
         "conf(delta) >= 0.8 -> confidence >= 0.8", "no_unresolved_domain_conflict -> no conflict"});
    row("", {});
    row(" ( ) ", {});
    row("A_plus>99.9%", {"A_plus>99.9% -> A+ > 0.999"});
    row("p999_U < 400ms", {"p999_U < 400ms -> latency p999 < 0.4"});
    row("1.5s >= p50_U", {"1.5s >= p50_U -> latency p50 <= 1.5"});
    row("0.9 == A_minus", {"0.9 == A_minus -> A- == 0.9"});
    row("0.9 < A_minus", {"0.9 < A_minus -> A- > 0.9"});
    row("0.9 > A_minus", {"0.9 > A_minus -> A- < 0.9"});
    row("0.9 <= A_minus", {"0.9 <= A_minus -> A- >= 0.9"});
    row("burn_rate != 1", {"burn_rate != 1 -> burn != 1"});
    row("(A_minus >= 0.9 && (burn_rate < 2)) && conf ( delta ) > 0.5",
        {"A_minus >= 0.9 -> A- >= 0.9", "burn_rate < 2 -> burn < 2", "conf ( delta ) > 0.5 -> confidence > 0.5"});
    row("A_minus >= 0.9 && (burn_rate < 2 || p99_U < 1)",
        {"A_minus >= 0.9 -> A- >= 0.9", "burn_rate < 2 || p99_U < 1 -> unknown"});
    // || binds less than &&.
    row("A_minus >= 0.9 && burn_rate < 2 || p99_U < 1", {"A_minus >= 0.9 && burn_rate < 2 || p99_U < 1 -> unknown"});
    row("!(A_minus < 0.9)", {"!(A_minus < 0.9) -> unknown"});
    row("!no_unresolved_domain_conflict", {"!no_unresolved_domain_conflict -> unknown"});
    row("A_minus", {"A_minus -> unknown"});
    row("A_minus >= A_plus", {"A_minus >= A_plus -> unknown"});
    row("A_minus >=", {"A_minus >= -> unknown"});
    row("p98_U < 1", {"p98_U < 1 -> unknown"});
    row("conf(model) > 0.5", {"conf(model) > 0.5 -> unknown"});
    row("A_minus = 0.9", {"A_minus = 0.9 -> unknown"});
    row("A_minus >= 0.9 && ", {"A_minus >= 0.9 -> A- >= 0.9", "A_minus >= 0.9 && -> unknown"});
    row("((((A_minus >= 0.9", {"((((A_minus >= 0.9 -> unknown"});
}

void TestGuard::conjuncts()
{
    QFETCH(QString, guard);
    QStringList parts;
    for (const auto& conjunct : conjunctsOf(guard.toStdString()))
        parts << shown(conjunct);
    QTEST(parts, "parts");
}

void TestGuard::opposites()
{
    for (const auto comparison : {Comparison::Less, Comparison::LessOrEqual, Comparison::Greater,
                                  Comparison::GreaterOrEqual, Comparison::Equal, Comparison::NotEqual}) {
        const auto holds = [](Comparison c, int a, int b) {
            switch (c) {
            case Comparison::Less:
                return a < b;
            case Comparison::LessOrEqual:
                return a <= b;
            case Comparison::Greater:
                return a > b;
            case Comparison::GreaterOrEqual:
                return a >= b;
            case Comparison::Equal:
                return a == b;
            case Comparison::NotEqual:
                return a != b;
            }
            return false;
        };
        for (const int other : {0, 1, 2})
            QVERIFY(holds(comparison, 1, other) != holds(opposite(comparison), 1, other));
    }
}

QTEST_GUILESS_MAIN(TestGuard)
#include "tst_guard.moc"
