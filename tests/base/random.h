// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace emac::tests {

/// Seeded numbers, the same with every standard library.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) { }
    /// 0 … n − 1
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(m_engine() % n); }
    /// lowest … highest
    int between(int lowest, int highest)
    {
        return lowest + static_cast<int>(below(static_cast<std::size_t>(highest - lowest + 1)));
    }
    double unit() { return static_cast<double>(m_engine() >> 11U) * 0x1p-53; }
    bool chance(double probability) { return unit() < probability; }
    /// One of the list. @pre it is not empty
    template<typename T>
    T oneOf(const std::vector<T>& list)
    {
        return list[below(list.size())];
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace emac::tests
