// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/sum_bound.h"
#include "tests/analysis/journeys.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace emac;
using namespace emac::tests;
using analysis::StepSummand;
using analysis::SumBound;
using analysis::Summand;
using analysis::SummandPtr;
using analysis::TailOf;

/// Bounds for sums of unknown dependence, against published and closed values, and against couplings that come close.
class TestSumBound : public QObject
{
    Q_OBJECT

private slots:
    void published_data();
    void published();
    void rearranged_data();
    void rearranged();
    void bothQuestionsAgree_data() { published_data(); }
    void bothQuestionsAgree();
    void discrete();
    void everyCoupling();
    void unreachable();
    void manyLognormals();
};

namespace {

/// Its knots are where its tail is 1, …, 1e-12.
class Smooth : public Summand
{
public:
    bool isSmooth() const override { return true; }
    double before(double x) const override { return value(x); }
    SummandPtr frozen(double) const override { return nullptr; } // nobody asks

protected:
    template<typename Quantile>
    void addKnots(Quantile quantile)
    {
        for (double exponent = -2e-5; exponent > -12; exponent = exponent * 1.15 - 1e-5)
            m_knots.push_back(quantile(std::pow(10, exponent)));
    }
};

class Exponential : public Smooth
{
public:
    explicit Exponential(double mean) : m_mean(mean)
    {
        addKnots([mean](double tail) { return -mean * std::log(tail); });
    }
    double value(double x) const override { return x > 0 ? -std::expm1(-x / m_mean) : 0; }
    double integral(double x) const override { return x > 0 ? x + m_mean * std::expm1(-x / m_mean) : 0; }

private:
    double m_mean;
};

/// P(X > x) = (1 + x)^−2
class Pareto : public Smooth
{
public:
    Pareto()
    {
        addKnots([](double tail) { return 1 / std::sqrt(tail) - 1; });
    }
    double value(double x) const override { return x > 0 ? 1 - 1 / ((1 + x) * (1 + x)) : 0; }
    double integral(double x) const override { return x > 0 ? x - 1 + 1 / (1 + x) : 0; }
};

std::vector<SummandPtr> exponentials(const std::vector<double>& means)
{
    std::vector<SummandPtr> result;
    for (const double mean : means)
        result.push_back(std::make_shared<Exponential>(mean));
    return result;
}

std::vector<SummandPtr> paretos()
{
    std::vector<SummandPtr> result;
    for (int i = 0; i < 8; ++i)
        result.push_back(std::make_shared<Pareto>());
    return result;
}

using Laws = std::vector<SummandPtr>;

double quantile(const Summand& law, double p)
{
    return analysis::SummandTail(law, TailOf::Latest).quantile(1 - p);
}

} // namespace

Q_DECLARE_METATYPE(Laws)

/// Puccetti & Rüschendorf (2012), Embrechts, Puccetti & Rüschendorf (2013).
void TestSumBound::published_data()
{
    QTest::addColumn<Laws>("laws");
    QTest::addColumn<double>("p");
    QTest::addColumn<double>("worst");
    QTest::newRow("2 exponentials") << exponentials({1, 1}) << .99 << 10.59663;
    QTest::newRow("3 exponentials") << exponentials({1, 1, 1}) << .99 << 16.59341;
    QTest::newRow("5 exponentials") << exponentials({1, 1, 1, 1, 1}) << .99 << 27.98864;
    QTest::newRow("8 exponentials") << exponentials({1, 1, 1, 1, 1, 1, 1, 1}) << .99 << 44.83865;
    QTest::newRow("unequal ones") << exponentials({5, 8, 12, 20, 33}) << .99 << 432.6172;
    QTest::newRow("8 Pareto, .99") << paretos() << .99 << 141.6663;
    QTest::newRow("8 Pareto, .995") << paretos() << .995 << 203.6601;
    QTest::newRow("8 Pareto, .999") << paretos() << .999 << 465.2864;
}

void TestSumBound::published()
{
    QFETCH(Laws, laws);
    QFETCH(double, p);
    QFETCH(double, worst);
    const double got = SumBound(laws, TailOf::Latest).time(1 - p);
    QVERIFY2(relativeError(got, worst) < 2e-6, qPrintable(QString::number(got, 'g', 10)));
}

/// P(ΣX > t) ≤ chance where t is the time of that chance, and a tenth less makes the chance larger.
void TestSumBound::bothQuestionsAgree()
{
    QFETCH(Laws, laws);
    QFETCH(double, p);
    for (const auto side : {TailOf::Latest, TailOf::Earliest}) {
        const SumBound bound(laws, side);
        const double chance = side == TailOf::Latest ? 1 - p : p;
        const double t = bound.time(chance);
        QVERIFY2(relativeError(bound.chance(t), chance) < 1e-4, qPrintable(QString::number(bound.chance(t), 'g', 10)));
    }
}

void TestSumBound::rearranged_data()
{
    QTest::addColumn<Laws>("laws");
    QTest::addColumn<double>("bestCase"); // 0: not published
    QTest::newRow("5 unequal exponentials") << exponentials({5, 8, 12, 20, 33}) << 151.938;
    QTest::newRow("2 exponentials") << exponentials({1, 1}) << 4.605;
    QTest::newRow("8 Pareto") << paretos() << 9.0;
}

namespace {

/// The rearrangement algorithm (Puccetti & Rüschendorf 2012) on equally likely rows: each column opposite to the sum of
/// the others. A real coupling, so the sums are attained. @returns them, ascending
std::vector<double> rearrangedSums(std::vector<std::vector<double>> columns)
{
    const std::size_t rows = columns.front().size();
    std::vector<double> sums(rows, 0.0);
    for (auto& column : columns) {
        for (std::size_t i = 0; i < rows; ++i)
            sums[i] += column[i];
    }
    std::vector<std::size_t> order(rows);
    for (int sweep = 0; sweep < 60; ++sweep) {
        for (auto& column : columns) {
            for (std::size_t i = 0; i < rows; ++i)
                sums[i] -= column[i];
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::ranges::stable_sort(order, [&](auto a, auto b) { return sums[a] < sums[b]; });
            std::ranges::sort(column, std::greater());
            std::vector<double> placed(rows);
            for (std::size_t i = 0; i < rows; ++i)
                placed[order[i]] = column[i];
            column = std::move(placed);
            for (std::size_t i = 0; i < rows; ++i)
                sums[i] += column[i];
        }
    }
    std::ranges::sort(sums);
    return sums;
}

/// The law given that it is in its upper (lower) part of 1 − p (p), in so many equally likely rows.
std::vector<double> part(const Summand& law, double p, TailOf side, int rows)
{
    std::vector<double> result;
    for (int i = 0; i < rows; ++i) {
        const double level = (i + 0.5) / rows;
        result.push_back(quantile(law, side == TailOf::Latest ? p + (1 - p) * level : p * level));
    }
    return result;
}

} // namespace

/// A coupling comes close to both bounds, and lies within them.
void TestSumBound::rearranged()
{
    QFETCH(Laws, laws);
    QFETCH(double, bestCase);
    constexpr double p = 0.99;
    for (const auto side : {TailOf::Latest, TailOf::Earliest}) {
        std::vector<std::vector<double>> columns;
        std::mt19937 random(7);
        for (const auto& law : laws) {
            columns.push_back(part(*law, p, side, 2000));
            std::ranges::shuffle(columns.back(), random);
        }
        const auto sums = rearrangedSums(columns);
        const bool latest = side == TailOf::Latest;
        const double bound = SumBound(laws, side).time(latest ? 1 - p : p);
        const double attained = latest ? sums.front() : sums.back();
        const QByteArray text = QByteArray::number(bound, 'g', 9) + " against " + QByteArray::number(attained, 'g', 9);
        QVERIFY2(latest ? bound > attained * (1 - 1e-4) : bound < attained * (1 + 2e-2), text.constData());
        QVERIFY2(relativeError(bound, attained) < 2e-2, text.constData());
        if (!latest)
            QVERIFY2(relativeError(bound, bestCase) < 1e-3, text.constData());
    }
}

/// Two of two points each: 1 or 3, with .5. The sum is 4 for sure where they are opposite.
void TestSumBound::discrete()
{
    const SummandPtr law = std::make_shared<StepSummand>(std::vector{1.0, 3.0}, std::vector{0.5, 1.0});
    const SumBound latest({law, law}, TailOf::Latest);
    const SumBound earliest({law, law}, TailOf::Earliest);
    QCOMPARE(latest.time(0.3), 6.0);
    QCOMPARE(latest.time(0.5), 4.0);
    QCOMPARE(latest.chance(1.9), 1.0);
    QCOMPARE(latest.chance(3.9), 1.0);
    QCOMPARE(latest.chance(4), 0.5);
    QCOMPARE(latest.chance(6), 0.0);
    QCOMPARE(earliest.time(0.3), 2.0);
    QCOMPARE(earliest.time(0.5), 4.0);
    QCOMPARE(earliest.chance(1.9), 0.0);
    QCOMPARE(earliest.chance(2), 0.5);
    QCOMPARE(earliest.chance(3.9), 0.5);
    QCOMPARE(earliest.chance(4), 1.0);

    const SummandPtr constant = std::make_shared<StepSummand>(std::vector{2.0}, std::vector{1.0});
    const SumBound constants({constant, constant, constant}, TailOf::Latest);
    QCOMPARE(constants.time(0.01), 6.0);
    QCOMPARE(constants.chance(6), 0.0);
    QCOMPARE(constants.chance(5.9), 1.0);
    const SumBound early({constant, constant, constant}, TailOf::Earliest);
    QCOMPARE(early.time(0.5), 6.0);
    QCOMPARE(early.chance(6), 1.0);
    QCOMPARE(early.chance(5.9), 0.0);
    QCOMPARE(SumBound({constant}, TailOf::Latest).time(0.01), 2.0);
    QCOMPARE(SumBound({constant}, TailOf::Earliest).chance(2), 1.0);
}

/// Random step laws with mass at infinity, in random couplings of equally likely rows.
void TestSumBound::everyCoupling()
{
    std::mt19937 random(11);
    for (int round = 0; round < 400; ++round) {
        const int rows = std::uniform_int_distribution(2, 12)(random);
        const int laws = std::uniform_int_distribution(2, 5)(random);
        std::vector<SummandPtr> summands;
        std::vector<double> sums(static_cast<std::size_t>(rows), 0.0);
        for (int i = 0; i < laws; ++i) {
            std::vector<double> column;
            for (int k = 0; k < rows; ++k) {
                const int value = std::uniform_int_distribution(0, 9)(random);
                column.push_back(value == 9 ? std::numeric_limits<double>::infinity() : value);
            }
            std::vector<double> times;
            std::vector<double> values;
            for (double x = 0; x < 9; ++x) {
                times.push_back(x);
                values.push_back(static_cast<double>(std::ranges::count_if(column, [x](double v) { return v <= x; }))
                                 / rows);
            }
            summands.push_back(std::make_shared<StepSummand>(times, values));
            for (std::size_t k = 0; k < sums.size(); ++k)
                sums[k] += column[k];
        }
        const SumBound latest(summands, TailOf::Latest);
        const SumBound earliest(summands, TailOf::Earliest);
        const auto share = [&](const auto& predicate) {
            return static_cast<double>(std::ranges::count_if(sums, predicate)) / rows;
        };
        for (double t = 0; t < 9.0 * laws; t += 1) {
            QVERIFY(share([t](double s) { return s > t; }) <= latest.chance(t) + 1e-12);
            QVERIFY(share([t](double s) { return s <= t; }) <= earliest.chance(t) + 1e-12);
        }
        for (const double chance : {0.1, 0.3, 0.5, 0.75}) {
            const double late = latest.time(chance);
            QVERIFY(share([late](double s) { return s > late; }) <= chance + 1e-12);
            const double early = earliest.time(chance);
            QVERIFY(share([early](double s) { return s < early; }) <= chance + 1e-12);
        }
    }
}

void TestSumBound::unreachable()
{
    const SummandPtr law = std::make_shared<StepSummand>(std::vector{1.0}, std::vector{0.99});
    for (const std::size_t count : {1, 2, 3, 10}) {
        const SumBound latest(std::vector<SummandPtr>(count, law), TailOf::Latest);
        QVERIFY(std::isinf(latest.time(0.0099 * static_cast<double>(count))));
        QVERIFY(relativeError(latest.time(0.0101 * static_cast<double>(count)), static_cast<double>(count)) < 1e-12);
        QVERIFY(std::isinf(SumBound(std::vector<SummandPtr>(count, law), TailOf::Earliest).time(0.995)));
    }
}

/// Much tighter than to add up quantiles, and homogeneous.
void TestSumBound::manyLognormals()
{
    std::vector<SummandPtr> laws;
    std::vector<SummandPtr> doubled;
    double makarov = 0;
    for (int i = 0; i < 120; ++i) {
        const double mu = std::log(0.01 + 0.0005 * i);
        const double sigma = 0.4 + 0.005 * i;
        laws.push_back(std::make_shared<analysis::LognormalSummand>(mu, sigma, 1.0));
        doubled.push_back(std::make_shared<analysis::LognormalSummand>(mu + std::log(2.0), sigma, 1.0));
        makarov += quantile(*laws.back(), 1 - 0.01 / 120);
    }
    const double worst = SumBound(laws, TailOf::Latest).time(0.01);
    const double best = SumBound(laws, TailOf::Earliest).time(0.99);
    QVERIFY2(worst < 0.75 * makarov, std::to_string(worst / makarov).c_str());
    QVERIFY(best < worst);
    QVERIFY(relativeError(SumBound(doubled, TailOf::Latest).time(0.01), 2 * worst) < 1e-4);
    QBENCHMARK
    {
        SumBound(laws, TailOf::Latest).time(0.01);
    }
}

QTEST_GUILESS_MAIN(TestSumBound)
#include "tst_sum_bound.moc"
