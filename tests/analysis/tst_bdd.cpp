// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/formula_values.h"
#include "tests/analysis/journeys.h"
#include "tests/base/random.h"

#include <QTest>

#include <bit>
#include <map>
#include <set>

using namespace emac;
using namespace emac::tests;
using namespace emac::analysis;

/// Decision diagrams, formulas and their modules against truth tables.
class TestBdd : public QObject
{
    Q_OBJECT

private slots:
    void truthTables();
    void atLeast();
    void limits();
    void formulas();
    void constants();
    void modules();
    void probabilities();
    void orders();
    void deep();
};

namespace {

/// A function of six variables: its value for each of their 64 states.
using Table = std::uint64_t;
constexpr std::uint32_t variables = 6;

Table tableOf(std::uint32_t variable)
{
    Table table = 0;
    for (std::uint32_t state = 0; state < 64; ++state)
        table |= static_cast<Table>((state >> variable) & 1U) << state;
    return table;
}

Table atLeastTable(std::size_t m, const std::vector<Table>& functions)
{
    Table table = 0;
    for (std::uint32_t state = 0; state < 64; ++state) {
        const auto holds = std::ranges::count_if(functions, [&](Table f) { return ((f >> state) & 1U) != 0; });
        table |= static_cast<Table>(static_cast<std::size_t>(holds) >= m ? 1 : 0) << state;
    }
    return table;
}

Table tableOf(const Bdd& bdd, BddRef function)
{
    Table table = 0;
    for (std::uint32_t state = 0; state < 64; ++state) {
        BddRef at = function;
        while (at > bddTrue) {
            const auto& node = bdd.nodes()[at];
            at = ((state >> node.level) & 1U) != 0 ? node.high : node.low;
        }
        table |= static_cast<Table>(at) << state;
    }
    return table;
}

/// Random gates over six leaves, with the function of each.
struct RandomFormula
{
    Formula formula;
    std::vector<GateIndex> gates;
    std::map<GateIndex, Table> tables;

    RandomFormula(Random& random, int count)
    {
        add(Formula::never, 0);
        add(Formula::always, ~Table{0});
        for (std::uint32_t i = 0; i < variables; ++i)
            add(formula.leaf(i), tableOf(i));
        for (int i = 0; i < count; ++i) {
            std::vector<GateIndex> children;
            for (int j = random.between(1, 4); j > 0; --j)
                children.push_back(gates[random.below(gates.size())]);
            addGate(random, children);
        }
    }

    void add(GateIndex gate, Table table)
    {
        gates.push_back(gate);
        tables.emplace(gate, table);
    }

    void addGate(Random& random, const std::vector<GateIndex>& children)
    {
        std::vector<Table> below;
        for (const auto child : children)
            below.push_back(tables.at(child));
        switch (random.below(4)) {
        case 0:
            add(formula.any(children), atLeastTable(1, below));
            break;
        case 1:
            add(formula.all(children), atLeastTable(below.size(), below));
            break;
        case 2: {
            const auto m = static_cast<std::size_t>(random.between(0, 5));
            add(formula.atLeast(m, children), atLeastTable(m, below));
            break;
        }
        default: {
            const auto leaf = static_cast<LeafIndex>(random.below(variables));
            const Table chosen = tableOf(leaf);
            add(formula.choice(formula.leaf(leaf), children.front(), children.back()),
                (chosen & below.front()) | (~chosen & below.back()));
        }
        }
    }
};

/// The gate itself and all that it leads to.
std::set<GateIndex> below(const Formula& formula, GateIndex gate)
{
    std::set<GateIndex> result{gate};
    for (const auto child : formula.children(formula.gate(gate)))
        result.merge(below(formula, child));
    return result;
}

/// Nearly a tree: few gates stand in two places. The last one leads to all.
Formula sparseFormula(Random& random)
{
    Formula formula;
    std::vector<GateIndex> open;
    for (std::uint32_t i = 0; i < 20; ++i)
        open.push_back(formula.leaf(i));
    auto all = open;
    while (open.size() > 1) {
        std::set<GateIndex> children;
        for (int i = random.between(2, 4); i > 0 && !open.empty(); --i) {
            const auto place = static_cast<std::ptrdiff_t>(random.below(open.size()));
            children.insert(open[static_cast<std::size_t>(place)]);
            open.erase(open.begin() + place);
        }
        if (random.chance(0.3))
            children.insert(all[random.below(all.size())]);
        const std::vector<GateIndex> list(children.begin(), children.end());
        open.push_back(random.chance(0.5) ? formula.any(list) : formula.all(list));
        all.push_back(open.back());
    }
    return formula;
}

bool isConstant(GateIndex gate)
{
    return gate == Formula::never || gate == Formula::always;
}

} // namespace

/// Equal functions are one, and each has the values of its table.
void TestBdd::truthTables()
{
    Random random(1);
    const base::Watch watch;
    for (int round = 0; round < 50; ++round) {
        Bdd bdd({}, watch, watch);
        std::vector<std::pair<BddRef, Table>> known{{bddFalse, 0}, {bddTrue, ~Table{0}}};
        for (std::uint32_t i = 0; i < variables; ++i)
            known.emplace_back(bdd.variable(i), tableOf(i));
        for (int i = 0; i < 200; ++i) {
            const auto& [f, tf] = known[random.below(known.size())];
            const auto& [g, tg] = known[random.below(known.size())];
            const auto& [h, th] = known[random.below(known.size())];
            known.emplace_back(bdd.choose(f, g, h), (tf & tg) | (~tf & th));
        }
        std::map<Table, BddRef> byTable;
        for (const auto& [function, table] : known) {
            QCOMPARE(tableOf(bdd, function), table);
            QCOMPARE(byTable.emplace(table, function).first->second, function);
        }
    }
}

void TestBdd::atLeast()
{
    Random random(2);
    const base::Watch watch;
    for (std::size_t n = 0; n <= 7; ++n) {
        for (std::size_t m = 0; m <= n + 1; ++m) {
            Bdd bdd({}, watch, watch);
            std::vector<BddRef> functions;
            std::vector<Table> tables;
            for (std::size_t i = 0; i < n; ++i) { // some twice, some negated
                const auto variable = static_cast<std::uint32_t>(random.below(variables));
                const bool negated = random.chance(0.3);
                functions.push_back(negated ? bdd.choose(bdd.variable(variable), bddFalse, bddTrue)
                                            : bdd.variable(variable));
                tables.push_back(negated ? ~tableOf(variable) : tableOf(variable));
            }
            QCOMPARE(tableOf(bdd, bdd.atLeast(m, functions)), atLeastTable(m, tables));
            QCOMPARE(tableOf(bdd, bdd.any(functions)), atLeastTable(1, tables));
            QCOMPARE(tableOf(bdd, bdd.all(functions)), atLeastTable(n, tables));
        }
    }
}

void TestBdd::limits()
{
    const base::Watch watch;
    const base::Watch passed({}, base::Watch::Clock::duration::zero());
    std::stop_source source;
    source.request_stop();
    const base::Watch stopped(source.get_token());
    // x0 x32 + x1 x33 + …: exponential in this order.
    const auto build = [](Bdd& bdd) {
        BddRef sum = bddFalse;
        for (std::uint32_t i = 0; i < 32; ++i)
            sum = bdd.either(sum, bdd.both(bdd.variable(i), bdd.variable(32 + i)));
        return sum;
    };
    struct Row
    {
        DiagramLimits limits;
        const base::Watch& watch;
        const base::Watch& time;
        DiagramState state;
    };
    const std::size_t many = std::size_t{1} << 40U;
    for (const auto& row : {Row{{1000, many}, watch, watch, DiagramState::TooLarge},
                            Row{{many, 1'000'000}, watch, watch, DiagramState::OverMemory},
                            Row{{many, many}, watch, passed, DiagramState::OverTime},
                            Row{{many, many}, stopped, watch, DiagramState::Stopped}}) {
        Bdd bdd(row.limits, row.watch, row.time);
        QCOMPARE(build(bdd), noBdd);
        QCOMPARE(static_cast<int>(bdd.state()), static_cast<int>(row.state));
        QVERIFY(bdd.nodes().size() <= std::max<std::size_t>(row.limits.nodes, 1000));
        QCOMPARE(bdd.both(bddTrue, noBdd), noBdd);
    }
}

/// Equal gates are one; what is folded and grouped is the same function.
void TestBdd::formulas()
{
    Random random(3);
    const base::Watch watch;
    for (int round = 0; round < 200; ++round) {
        const RandomFormula made(random, 30);
        Bdd bdd({}, watch, watch);
        std::vector<BddRef> functions;
        std::map<std::pair<int, std::vector<GateIndex>>, GateIndex> known;
        for (GateIndex i = 0; i < made.formula.size(); ++i) {
            const auto& gate = made.formula.gate(i);
            std::vector<BddRef> below;
            for (const auto child : made.formula.children(gate)) {
                QVERIFY(child < i);
                below.push_back(functions[child]);
            }
            using Rule = Formula::Rule;
            functions.push_back(gate.rule == Rule::False    ? bddFalse
                                : gate.rule == Rule::True   ? bddTrue
                                : gate.rule == Rule::Leaf   ? bdd.variable(gate.operand)
                                : gate.rule == Rule::Any    ? bdd.any(below)
                                : gate.rule == Rule::All    ? bdd.all(below)
                                : gate.rule == Rule::Choice ? bdd.choose(below[0], below[1], below[2])
                                                            : bdd.atLeast(gate.operand, below));
            if (gate.rule == Rule::Any || gate.rule == Rule::All) {
                const auto children = made.formula.children(gate);
                std::vector<GateIndex> sorted(children.begin(), children.end());
                std::ranges::sort(sorted);
                QVERIFY(sorted.size() > 1 && std::ranges::adjacent_find(sorted) == sorted.end());
                QVERIFY(known.emplace(std::pair(static_cast<int>(gate.rule), sorted), i).second);
            }
        }
        for (const auto& [gate, table] : made.tables)
            QCOMPARE(tableOf(bdd, functions[gate]), table);
    }
}

void TestBdd::constants()
{
    Formula formula;
    const auto a = formula.leaf(0);
    const auto b = formula.leaf(1);
    QCOMPARE(formula.any({}), Formula::never);
    QCOMPARE(formula.all({}), Formula::always);
    QCOMPARE(formula.any({a, Formula::always}), Formula::always);
    QCOMPARE(formula.all({a, Formula::never, b}), Formula::never);
    QCOMPARE(formula.any({Formula::never, a, a}), a);
    QCOMPARE(formula.any({a, b}), formula.any({b, a, b}));
    QCOMPARE(formula.atLeast(0, {a}), Formula::always);
    QCOMPARE(formula.atLeast(3, {a, b}), Formula::never);
    QCOMPARE(formula.atLeast(2, {a, Formula::always, b}), formula.any({a, b}));
    QCOMPARE(formula.atLeast(2, {a, b}), formula.all({a, b}));
    QCOMPARE(formula.choice(formula.leaf(2), a, a), a);
    QVERIFY(formula.choice(formula.leaf(2), a, b) != formula.choice(formula.leaf(2), b, a));
}

/// A gate is a module where nothing below it stands outside of it too, by the definition.
void TestBdd::modules()
{
    Random random(4);
    int inner = 0;
    int others = 0;
    for (int round = 0; round < 300; ++round) {
        const auto formula = sparseFormula(random);
        const auto top = static_cast<GateIndex>(formula.size() - 1);
        const Modules modules(formula, top);
        const auto reached = below(formula, top);
        for (GateIndex gate = 0; gate < formula.size(); ++gate) {
            if (!reached.contains(gate) || formula.gate(gate).rule == Formula::Rule::Leaf) {
                QCOMPARE(modules.rootOf(gate), noGate);
                continue;
            }
            const auto inside = below(formula, gate);
            bool isModule = true;
            for (const auto other : reached) {
                for (const auto child : formula.children(formula.gate(other))) {
                    const bool enters = child != gate && inside.contains(child);
                    isModule = isModule && (inside.contains(other) || !enters);
                }
            }
            QCOMPARE(modules.isRoot(gate), isModule);
            inner += isModule && gate != top ? 1 : 0;
            others += isModule ? 0 : 1;
            const auto& members = modules.gatesOf(modules.rootOf(gate));
            QVERIFY(std::ranges::is_sorted(members));
            QVERIFY(std::ranges::binary_search(members, gate));
            QVERIFY(below(formula, modules.rootOf(gate)).contains(gate));
        }
    }
    QVERIFY(inner > 500 && others > 500);
}

/// Every gate against the sum over all states, with probabilities of one and of tiny sizes.
void TestBdd::probabilities()
{
    Random random(5);
    const base::Watch watch;
    DiagramStore store;
    for (int round = 0; round < 300; ++round) {
        RandomFormula made(random, 15);
        std::vector<GateIndex> tops;
        for (const auto gate : made.gates) {
            if (!isConstant(gate))
                tops.push_back(gate);
        }
        const GateIndex top = made.formula.bundle(tops);
        store.begin();
        const CompiledFormula compiled(made.formula, top, store, {}, watch);
        QCOMPARE(static_cast<int>(compiled.state()), static_cast<int>(DiagramState::Built));
        std::vector<double> q;
        for (std::uint32_t i = 0; i < variables; ++i)
            q.push_back(random.chance(0.5) ? random.unit() : 1e-9 * random.unit());
        FormulaValues values(compiled, [&](LeafIndex leaf) { return Chance{q[leaf], 1 - q[leaf]}; });
        for (const auto& [gate, table] : made.tables) {
            long double expected = 0;
            for (std::uint32_t state = 0; state < 64; ++state) {
                long double probability = static_cast<long double>((table >> state) & 1U);
                for (std::uint32_t i = 0; i < variables; ++i)
                    probability *=
                        ((state >> i) & 1U) != 0 ? static_cast<long double>(q[i]) : 1 - static_cast<long double>(q[i]);
                expected += probability;
            }
            QVERIFY(relativeError(values.of(gate), static_cast<double>(expected)) <= 1e-12);
        }
    }
}

/// Each way is a permutation, and a function of the shape.
void TestBdd::orders()
{
    Random random(6);
    for (int round = 0; round < 100; ++round) {
        const RandomFormula made(random, 20);
        const GateIndex top = made.gates.back();
        const auto rule = made.formula.gate(top).rule;
        if (isConstant(top) || rule == Formula::Rule::Leaf)
            continue;
        const ModuleShape shape(made.formula, Modules(made.formula, top), top);
        for (std::size_t way = 0; way < orderCount; ++way) {
            auto order = orderOf(shape, way);
            QCOMPARE(order, orderOf(shape, way));
            std::ranges::sort(order);
            QCOMPARE(order.size(), std::size_t{shape.variableCount()});
            for (std::uint32_t i = 0; i < order.size(); ++i)
                QCOMPARE(order[i], i);
        }
    }
}

/// 100,000 levels: nothing recurses over them.
void TestBdd::deep()
{
    const base::Watch watch;
    Bdd bdd({}, watch, watch);
    constexpr std::uint32_t levels = 100'000;
    std::vector<BddRef> even;
    std::vector<BddRef> all;
    for (std::uint32_t i = 0; i < levels; ++i) {
        all.push_back(bdd.variable(i));
        if (i % 2 == 0)
            even.push_back(all.back());
    }
    const BddRef allHold = bdd.all(all);
    const BddRef evenHold = bdd.all(even);
    QCOMPARE(bdd.both(evenHold, allHold), allHold);
    QCOMPARE(bdd.either(evenHold, allHold), evenHold);
}

QTEST_GUILESS_MAIN(TestBdd)
#include "tst_bdd.moc"
