// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/array_operations.h"

#include "core/analysis/latency/grid/comonotone.h"

#include <array>

namespace emac::analysis {

namespace {

/// From the first cell on where any part is not 0, to the last at which any changes.
struct Support
{
    std::size_t begin = 0;
    std::size_t end = 0;

    Support(std::span<const Cdf> parts, std::size_t cells)
    {
        begin = cells;
        for (const auto& part : parts) {
            if (part.isZero())
                continue;
            begin = std::min(begin, part.first());
            end = std::max(end, part.end());
        }
        end = std::min(end, cells);
        begin = std::min(begin, end);
    }
    std::size_t size() const { return end - begin; }
};

} // namespace

const Convolution* ArrayOperations::find(Kind kind, const Cdf& a, const Cdf& b) const
{
    const auto found = std::ranges::find_if(m_done, [&](const Done& done) {
        return done.kind == kind && done.a.sharesWith(a) && done.b.sharesWith(b)
               && (kind == Kind::Sum || (done.a.factor() == a.factor() && done.b.factor() == b.factor()));
    });
    return found == m_done.end() ? nullptr : &found->result;
}

Convolution ArrayOperations::convolved(const Cdf& a, const Cdf& b, std::size_t cells)
{
    const auto* done = find(Kind::Sum, a, b);
    if (done == nullptr) {
        // Without the factors, so that other ones need no other sum.
        const Cdf plainA = a.isZero() ? a : a.multiplied(1 / a.factor());
        const Cdf plainB = b.isZero() ? b : b.multiplied(1 / b.factor());
        m_done.push_back({Kind::Sum, a, b, convolve(plainA, plainB, cells)});
        done = &m_done.back().result;
    }
    const double factor = a.factor() * b.factor();
    return {done->cdf.multiplied(factor), done->noise * factor, done->moved * factor};
}

Cdf ArrayOperations::together(const Cdf& a, const Cdf& b, std::size_t cells)
{
    if (const auto* done = find(Kind::Together, a, b))
        return done->cdf;
    Cdf result = comonotoneSum(a, b, cells);
    m_done.push_back({Kind::Together, a, b, {result, 0, 0}});
    return result;
}

template<typename Rule>
Cdf ArrayOperations::pointwise(Kind kind, const Cdf& a, const Cdf& b, std::size_t cells, Rule rule)
{
    if (const auto* done = find(kind, a, b))
        return done->cdf;
    const std::array both{a, b};
    const Support support(both, cells);
    m_left.resize(support.size());
    m_right.resize(support.size());
    a.copyTo(support.begin, m_left);
    b.copyTo(support.begin, m_right);
    std::vector<double> out(support.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = rule(m_left[i], m_right[i]);
    Cdf result(support.begin, std::move(out));
    m_done.push_back({kind, a, b, {result, 0, 0}});
    return result;
}

Cdf ArrayOperations::both(const Cdf& a, const Cdf& b, std::size_t cells)
{
    return pointwise(Kind::Both, a, b, cells, [](double x, double y) { return x * y; });
}

Cdf ArrayOperations::either(const Cdf& a, const Cdf& b, std::size_t cells)
{
    return pointwise(Kind::Either, a, b, cells, [](double x, double y) { return eitherFails(x, y); });
}

Cdf ArrayOperations::added(const Cdf& a, const Cdf& b, std::size_t cells)
{
    if (a.isZero() || b.isZero())
        return a.isZero() ? b : a;
    return pointwise(Kind::Added, a, b, cells, [](double x, double y) { return x + y; });
}

Cdf ArrayOperations::smaller(const Cdf& a, const Cdf& b, std::size_t cells)
{
    return pointwise(Kind::Smaller, a, b, cells, [](double x, double y) { return std::min(x, y); });
}

Cdf ArrayOperations::larger(const Cdf& a, const Cdf& b, std::size_t cells)
{
    return pointwise(Kind::Larger, a, b, cells, [](double x, double y) { return std::max(x, y); });
}

Cdf ArrayOperations::weighted(std::span<const double> weights, std::span<const Cdf> parts, std::size_t cells)
{
    const Support support(parts, cells);
    std::vector<double> out(support.size(), 0.0);
    m_left.resize(support.size());
    for (std::size_t j = 0; j < parts.size(); ++j) {
        parts[j].copyTo(support.begin, m_left);
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] += weights[j] * m_left[i];
    }
    return {support.begin, std::move(out)};
}

Cdf ArrayOperations::chosen(const ChoiceProbabilities& probabilities, End end, std::span<const Cdf> parts,
                            std::size_t cells)
{
    const Support support(parts, cells);
    std::vector<double> out(support.size());
    std::vector<double> failures(parts.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        for (std::size_t j = 0; j < parts.size(); ++j)
            failures[j] = 1 - parts[j].at(static_cast<std::ptrdiff_t>(support.begin + i));
        const auto weights = probabilities.choose(failures, end);
        for (std::size_t j = 0; j < parts.size(); ++j)
            out[i] += weights[j] * (1 - failures[j]);
        out[i] = i == 0 ? out[i] : std::max(out[i], out[i - 1]); // but for rounding it is monotone
    }
    return {support.begin, std::move(out)};
}

Cdf ArrayOperations::atLeast(std::size_t k, std::span<const Cdf> parts, std::size_t cells)
{
    if (k > parts.size())
        return {};
    const Support support(parts, cells);
    constexpr std::size_t block = 512; // all counts of a block fit into the cache
    std::vector<double> out(support.size());
    std::vector<double> counts(k * block);
    std::vector<double> values(block);
    for (std::size_t begin = 0; begin < out.size(); begin += block) {
        const auto size = std::min(block, out.size() - begin);
        std::ranges::fill(counts, 0.0);
        std::fill_n(counts.begin(), size, 1.0);
        const auto reached = std::span(out).subspan(begin, size);
        for (const auto& part : parts) {
            const auto current = std::span(values).first(size);
            part.copyTo(support.begin + begin, current);
            const auto count = [&](std::size_t j) { return std::span(counts).subspan(j * block, size); };
            for (std::size_t i = 0; i < size; ++i)
                reached[i] += count(k - 1)[i] * current[i];
            for (std::size_t j = k - 1; j > 0; --j) {
                for (std::size_t i = 0; i < size; ++i)
                    count(j)[i] = count(j)[i] * (1 - current[i]) + count(j - 1)[i] * current[i];
            }
            for (std::size_t i = 0; i < size; ++i)
                count(0)[i] *= 1 - current[i];
        }
    }
    for (std::size_t i = 1; i < out.size(); ++i)
        out[i] = std::max(out[i], out[i - 1]); // but for rounding it is monotone
    return {support.begin, std::move(out)};
}

Cdf ArrayOperations::completed(const Cdf& a, std::size_t at, double total)
{
    if (total <= 0)
        return {};
    const std::size_t begin = a.isZero() ? at : std::min(a.first(), at);
    std::vector<double> out(at - begin + 1);
    a.copyTo(begin, out);
    for (auto& value : out)
        value = std::min(value, total);
    out.back() = total;
    return {begin, std::move(out)};
}

} // namespace emac::analysis
