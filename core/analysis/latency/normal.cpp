// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/normal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace emac::analysis {

namespace {

constexpr int perUnit = 64;
constexpr int mostDeviations = 8;

/// The Taylor series of the normal law around the multiples of 1/64, to the fifth order: what follows is below
/// (1/128)⁶ / 720 · max |φ⁽⁵⁾| < 2e-15.
class Table
{
public:
    Table()
    {
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            const double z = static_cast<double>(i) / perUnit - mostDeviations;
            const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
            m_rows[i] = {normal(z),
                         density,
                         -z / 2 * density,
                         (z * z - 1) / 6 * density,
                         (3 * z - z * z * z) / 24 * density,
                         (z * z * z * z - 6 * z * z + 3) / 120 * density};
        }
    }
    /// @pre |z| < 8
    double operator()(double z) const
    {
        const double place = (z + mostDeviations) * perUnit + 0.5;
        const auto row = static_cast<std::size_t>(place);
        const double rest = z - (static_cast<double>(row) / perUnit - mostDeviations);
        const auto& c = m_rows[row];
        return c[0] + rest * (c[1] + rest * (c[2] + rest * (c[3] + rest * (c[4] + rest * c[5]))));
    }

private:
    std::array<std::array<double, 6>, 2 * mostDeviations * perUnit + 2> m_rows{};
};

const Table& normalTable()
{
    static const Table table;
    return table;
}

/// ln(k + ½)
const std::vector<double>& logarithms()
{
    static const std::vector<double> table = [] {
        std::vector<double> values(std::size_t{1} << 17U);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = std::log(static_cast<double>(i) + 0.5);
        return values;
    }();
    return table;
}

} // namespace

double normal(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normalByTable(double z)
{
    const double most = mostDeviations - 1e-9;
    return normalTable()(std::clamp(z, -most, most));
}

void normalValues(double first, double step, std::span<double> values)
{
    const auto& table = normalTable();
    const double most = mostDeviations - 1e-9;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = table(std::clamp(first + static_cast<double>(i) * step, -most, most));
}

void lognormalValues(double mu, double sigma, std::size_t first, std::span<double> values)
{
    const auto& table = normalTable();
    const auto& known = logarithms();
    const double most = mostDeviations - 1e-9;
    double last = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t cell = first + i;
        const double logarithm = cell < known.size() ? known[cell] : std::log(static_cast<double>(cell) + 0.5);
        const double z = std::clamp((logarithm - mu) / sigma, -most, most);
        last = std::max(last, table(z));
        values[i] = last;
    }
}

} // namespace emac::analysis
