// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/convolution.h"
#include "core/analysis/latency/normal.h"
#include "tests/base/random.h"

#include <QTest>

#include <cmath>

using namespace emac;
using namespace emac::tests;

/// What laws on a grid are made of.
class TestConvolution : public QObject
{
    Q_OBJECT

private slots:
    void convolutionLosesNothing();
    void convolutionOfDiscreteLawsIsExact();
    void normalLaw();
};

namespace {

/// A law with mass in each of so many cells, or in few of them.
analysis::Cdf randomCdf(Random& random, std::size_t cells, double filled)
{
    std::vector<double> values;
    double sum = 0;
    for (std::size_t i = 0; i < cells; ++i) {
        sum += random.chance(filled) || i == 0 ? random.unit() / static_cast<double>(cells) : 0;
        values.push_back(sum);
    }
    return {random.below(20), std::move(values)};
}

/// The sum's law by the definition.
std::vector<double> sumByDefinition(const analysis::Cdf& a, const analysis::Cdf& b, std::size_t cells)
{
    std::vector<double> values(cells, 0.0);
    for (std::size_t i = a.first(); i < std::min(cells, a.end()); ++i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        const double mass = a.at(at) - a.at(at - 1);
        for (std::size_t k = i; mass > 0 && k < cells; ++k)
            values[k] += mass * b.at(static_cast<std::ptrdiff_t>(k - i));
    }
    return values;
}

} // namespace

/// Each value lies between the given one and what the bounds of its error allow, over grids that cut the sum or not.
void TestConvolution::convolutionLosesNothing()
{
    Random random(1);
    for (const std::size_t size : {300U, 1000U, 3000U}) {
        for (int run = 0; run < 5; ++run) {
            const auto a = randomCdf(random, size, 0.9).multiplied(0.7);
            const auto b = randomCdf(random, 2 * size, 0.5);
            const std::size_t cells = run % 2 == 0 ? 4 * size : size + 100;
            const auto sum = analysis::convolve(a, b, cells);
            const auto exact = sumByDefinition(a, b, cells);
            QVERIFY(sum.noise < 1e-12 && sum.moved <= 1e-10);
            for (std::size_t k = 0; k < cells; ++k) {
                const double got = sum.cdf.at(static_cast<std::ptrdiff_t>(k));
                QVERIFY(got <= exact[k] + sum.noise + 1e-15);
                QVERIFY(exact[k] <= got + sum.moved + sum.noise + 1e-15);
            }
        }
    }
}

void TestConvolution::convolutionOfDiscreteLawsIsExact()
{
    Random random(2);
    for (int run = 0; run < 20; ++run) {
        const auto a = randomCdf(random, 2000, 0.002);
        const auto b = run % 4 == 0 ? analysis::Cdf::atom(17, 0.3) : randomCdf(random, 3000, 0.003);
        const auto sum = analysis::convolve(a, b, 4000);
        const auto exact = sumByDefinition(a, b, 4000);
        QCOMPARE(sum.noise, 0.0);
        QCOMPARE(sum.moved, 0.0);
        for (std::size_t k = 0; k < exact.size(); ++k)
            QVERIFY(std::abs(sum.cdf.at(static_cast<std::ptrdiff_t>(k)) - exact[k]) < 1e-15);
    }
}

void TestConvolution::normalLaw()
{
    for (const auto& [mu, sigma] : {std::pair(5.0, 0.5), {8.0, 2.0}, {1.0, 0.1}}) {
        std::vector<double> values(20'000);
        analysis::lognormalValues(mu, sigma, 3, values);
        double before = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double z = (std::log(static_cast<double>(i) + 3.5) - mu) / sigma;
            if (std::abs(z) < 7.9)
                QVERIFY(std::abs(values[i] - analysis::normal(z)) < 1e-14);
            QVERIFY(before <= values[i] && values[i] <= 1);
            before = values[i];
        }
    }
}

QTEST_GUILESS_MAIN(TestConvolution)
#include "tst_convolution.moc"
