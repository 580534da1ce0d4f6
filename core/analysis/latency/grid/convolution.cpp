// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/convolution.h"

#include <fftw3.h>

#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <numbers>
#include <vector>

namespace emac::analysis {

namespace {

/// The part of the mass that is moved in each tail of a transform's result.
constexpr double movedTail = 1e-10;

template<typename T>
struct FftwFree
{
    void operator()(T* memory) const { fftw_free(memory); }
};
/// Aligned, so that one plan serves all of them.
template<typename T>
class Buffer
{
public:
    std::span<T> of(std::size_t size)
    {
        if (m_size < size) {
            m_memory.reset(static_cast<T*>(fftw_malloc(size * sizeof(T))));
            m_size = m_memory ? size : 0;
            if (!m_memory)
                throw std::bad_alloc();
        }
        return {m_memory.get(), size};
    }

private:
    std::unique_ptr<T, FftwFree<T>> m_memory;
    std::size_t m_size = 0;
};

/// What convolutions of one length need: transforms of half as many complex values, and w^j with w = exp(πi / length).
struct Transforms
{
    fftw_plan forward = nullptr;
    fftw_plan backward = nullptr;
    std::vector<std::complex<double>> weights;
};

/// Each length is planned once; only executing a plan is safe in several threads at once. Complex transforms are
/// planned in a fraction of a millisecond, real ones take twenty times as long.
class TransformStore
{
public:
    ~TransformStore()
    {
        for (const auto& [length, transforms] : m_transforms) {
            fftw_destroy_plan(transforms.forward);
            fftw_destroy_plan(transforms.backward);
        }
    }
    const Transforms& of(std::size_t length, fftw_complex* from, fftw_complex* to)
    {
        const std::lock_guard lock(m_mutex);
        auto& transforms = m_transforms[length];
        if (transforms.weights.empty()) {
            const auto half = static_cast<int>(length / 2);
            // An estimate leaves the arrays alone, and does not depend on the machine's load.
            transforms.forward = fftw_plan_dft_1d(half, from, to, FFTW_FORWARD, FFTW_ESTIMATE | FFTW_DESTROY_INPUT);
            transforms.backward = fftw_plan_dft_1d(half, to, from, FFTW_BACKWARD, FFTW_ESTIMATE | FFTW_DESTROY_INPUT);
            if (transforms.forward == nullptr || transforms.backward == nullptr)
                throw std::bad_alloc();
            transforms.weights = weightsOf(length);
        }
        return transforms;
    }

private:
    static std::vector<std::complex<double>> weightsOf(std::size_t length)
    {
        const double angle = std::numbers::pi / static_cast<double>(length);
        constexpr std::size_t block = 64; // an angle each, and the rest by products
        std::array<std::complex<double>, block> small;
        for (std::size_t j = 0; j < block; ++j)
            small[j] = std::polar(1.0, angle * static_cast<double>(j));
        std::vector<std::complex<double>> weights(length / 2);
        for (std::size_t begin = 0; begin < weights.size(); begin += block) {
            const auto turned = std::polar(1.0, angle * static_cast<double>(begin));
            for (std::size_t j = 0; j < std::min(block, weights.size() - begin); ++j)
                weights[begin + j] = turned * small[j];
        }
        return weights;
    }

    std::mutex m_mutex;
    std::map<std::size_t, Transforms> m_transforms;
};

TransformStore& transformStore()
{
    static TransformStore store;
    return store;
}

/// How many cells have mass, all of it, and the sum of its squares.
struct Spread
{
    std::size_t count = 0;
    double squares = 0;
    double mass = 0;
};

/// The masses of the cells from the first on, without the factor.
Spread toMasses(std::span<const double> values, std::span<double> out)
{
    constexpr std::size_t lanes = 4; // sums that do not wait for each other
    std::array<std::size_t, lanes> counts{};
    std::array<double, lanes> squares{};
    out[0] = values[0];
    std::size_t i = 1;
    const auto add = [&](std::size_t cell, std::size_t lane) {
        const double mass = values[cell] - values[cell - 1];
        out[cell] = mass;
        counts[lane] += mass > 0 ? 1 : 0;
        squares[lane] += mass * mass;
    };
    for (; i + lanes <= out.size(); i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            add(i + lane, lane);
    }
    for (; i < out.size(); ++i)
        add(i, 0);
    return {counts[0] + counts[1] + counts[2] + counts[3] + 1,
            out[0] * out[0] + ((squares[0] + squares[1]) + (squares[2] + squares[3])), values[out.size() - 1]};
}

/// A length of the form 2ⁿ, 3 · 2ⁿ or 5 · 2ⁿ, of which transforms are quick.
std::size_t transformLength(std::size_t atLeast)
{
    const std::size_t power = std::bit_ceil(std::max<std::size_t>(32, atLeast));
    for (const std::size_t length : {power / 8 * 5, power / 4 * 3})
        if (length >= atLeast)
            return length;
    return power;
}

struct Sparse
{
    std::vector<std::size_t> cells;
    std::vector<double> masses;

    explicit Sparse(std::span<const double> all)
    {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i] > 0) {
                cells.push_back(i);
                masses.push_back(all[i]);
            }
        }
    }
};

struct Work
{
    Buffer<double> a;
    Buffer<double> b;
    Buffer<double> sums;
    Buffer<fftw_complex> values;
    Buffer<fftw_complex> transformA;
    Buffer<fftw_complex> transformB;
};

/// @param out zeros at first
void multiplyOut(std::span<const double> a, std::span<const double> b, std::size_t countB, std::span<double> out)
{
    const Sparse sparse(a);
    if (countB * 4 < b.size()) {
        const Sparse other(b);
        for (std::size_t i = 0; i < sparse.cells.size(); ++i) {
            for (std::size_t j = 0; j < other.cells.size() && sparse.cells[i] + other.cells[j] < out.size(); ++j)
                out[sparse.cells[i] + other.cells[j]] += sparse.masses[i] * other.masses[j];
        }
        return;
    }
    for (std::size_t i = 0; i < sparse.cells.size(); ++i) {
        const auto cell = sparse.cells[i];
        const double mass = sparse.masses[i];
        const auto count = std::min(b.size(), out.size() - std::min(out.size(), cell));
        for (std::size_t j = 0; j < count; ++j)
            out[cell + j] += mass * b[j];
    }
}

/// (aⱼ + i aⱼ₊ₕ) · w^j for the j below h = half the length.
void fold(std::span<const double> masses, std::span<const std::complex<double>> weights, std::span<fftw_complex> out)
{
    const std::size_t half = weights.size();
    const std::size_t both = masses.size() > half ? masses.size() - half : 0;
    for (std::size_t j = 0; j < both; ++j) {
        const double first = masses[j];
        const double second = masses[j + half];
        out[j][0] = first * weights[j].real() - second * weights[j].imag();
        out[j][1] = first * weights[j].imag() + second * weights[j].real();
    }
    const std::size_t one = std::min(half, masses.size());
    for (std::size_t j = both; j < one; ++j) {
        out[j][0] = masses[j] * weights[j].real();
        out[j][1] = masses[j] * weights[j].imag();
    }
    for (std::size_t j = one; j < half; ++j)
        out[j][0] = out[j][1] = 0;
}

/// The first out.size() masses of the sum, by the right-angle convolution (Crandall & Fagin 1994): real polynomials
/// modulo X^length + 1 are complex ones modulo X^(length / 2) − i, which the weights make cyclic.
/// @pre length ≥ a.size() + b.size() − 1 ≥ out.size(), so nothing wraps
void convolveLong(std::span<const double> a, std::span<const double> b, std::size_t length, std::span<double> out,
                  Work& work)
{
    const auto half = length / 2;
    const auto values = work.values.of(half);
    const auto first = work.transformA.of(half);
    const auto second = work.transformB.of(half);
    const auto& [forward, backward, weights] = transformStore().of(length, values.data(), first.data());
    fold(a, weights, values);
    fftw_execute_dft(forward, values.data(), first.data());
    fold(b, weights, values);
    fftw_execute_dft(forward, values.data(), second.data());
    const double scale = 1 / static_cast<double>(half);
    for (std::size_t i = 0; i < half; ++i) {
        const double real = first[i][0] * second[i][0] - first[i][1] * second[i][1];
        const double imaginary = first[i][0] * second[i][1] + first[i][1] * second[i][0];
        first[i][0] = real * scale;
        first[i][1] = imaginary * scale;
    }
    fftw_execute_dft(backward, first.data(), values.data());
    for (std::size_t j = 0; j < std::min(half, out.size()); ++j)
        out[j] = values[j][0] * weights[j].real() + values[j][1] * weights[j].imag();
    for (std::size_t j = 0; j + half < out.size(); ++j)
        out[j + half] = values[j][1] * weights[j].real() - values[j][0] * weights[j].imag();
}

void addUp(std::span<double> masses)
{
    double sum = 0;
    for (double& mass : masses) {
        sum += std::max(0.0, mass);
        mass = sum;
    }
}

} // namespace

Convolution convolve(const Cdf& a, const Cdf& b, std::size_t cells)
{
    const std::size_t first = a.first() + b.first();
    if (a.isZero() || b.isZero() || first >= cells)
        return {};
    if (a.values().size() == 1)
        return {b.shifted(a.first()).multiplied(a.last()), 0, 0};
    if (b.values().size() == 1)
        return {a.shifted(b.first()).multiplied(b.last()), 0, 0};

    thread_local Work work;
    const std::size_t room = cells - first;
    const auto countA = std::min(a.values().size(), room);
    const auto countB = std::min(b.values().size(), room);
    const auto whole = countA + countB - 1;
    const auto length = transformLength(whole);
    const auto massesA = work.a.of(countA);
    const auto massesB = work.b.of(countB);
    const auto spreadA = toMasses(a.values(), massesA);
    const auto spreadB = toMasses(b.values(), massesB);
    const double factor = a.factor() * b.factor();
    const std::size_t size = std::min(whole, room);
    // About n log2 n products take as long as three transforms.
    const double logarithm = std::log2(static_cast<double>(length));
    const double products = static_cast<double>(spreadA.count) * static_cast<double>(spreadB.count);

    if (products < std::max(4096.0, logarithm * static_cast<double>(length))) {
        std::vector<double> out(size, 0.0);
        if (spreadA.count <= spreadB.count)
            multiplyOut(massesA, massesB, spreadB.count, out);
        else
            multiplyOut(massesB, massesA, spreadA.count, out);
        addUp(out);
        return {Cdf(first, std::move(out)).multiplied(factor), 0, 0};
    }

    Convolution result;
    // A transform's error is below ~3 ε log2(n) times its norm (Higham 2002, theorem 24.2), to which the weights add a
    // few ε, and no coefficient of a law exceeds its mass: so the errors of all cells together are below
    // 3 ε log2(2n) (‖a‖₂‖b‖₁ + ‖b‖₂‖a‖₁ + ‖a ∗ b‖₂) in the Euclidean norm, and a sum of at most n of them below √n
    // times that (Cauchy and Schwarz).
    const double ofA = std::sqrt(spreadA.squares) * spreadB.mass;
    const double ofB = std::sqrt(spreadB.squares) * spreadA.mass;
    result.noise = 3 * std::numeric_limits<double>::epsilon() * (logarithm + 1) * std::sqrt(static_cast<double>(length))
                   * (ofA + ofB + std::min(ofA, ofB)) * factor;
    const auto sums = work.sums.of(size);
    convolveLong(massesA, massesB, length, sums, work);
    addUp(sums);
    const double limit = movedTail * sums.back();
    const auto begin = std::ranges::upper_bound(sums, limit);
    double moved = begin == sums.begin() ? 0 : *std::prev(begin);
    auto end = sums.end();
    if (size == whole) { // else the tail is behind the grid
        end = std::next(std::ranges::lower_bound(sums, sums.back() - limit));
        moved = std::max(moved, sums.back() - *std::prev(end));
    }
    result.moved = moved * factor;
    if (begin < end) {
        const auto skipped = static_cast<std::size_t>(begin - sums.begin());
        result.cdf = Cdf(first + skipped, std::vector<double>(begin, end)).multiplied(factor);
    }
    return result;
}

} // namespace emac::analysis
