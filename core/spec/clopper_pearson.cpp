// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/resolve.h"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>

namespace emac::spec {

namespace {

using namespace boost::math::policies;
/// Values as good as they can be had, never an exception.
using Quiet = policy<domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
                     evaluation_error<ignore_error>, underflow_error<ignore_error>>;

} // namespace

journey::FailureProbability clopperPearson(const journey::Observed& observed, double alpha)
{
    const auto total = static_cast<double>(observed.total);
    const auto failures = static_cast<double>(observed.total - observed.good);
    const double half = alpha / 2;
    journey::FailureProbability result;
    result.nominal = failures / total;
    // Quantiles of Beta(f, n − f + 1) and Beta(f + 1, n − f); in closed form where all calls ended alike.
    if (failures <= 0)
        result.lower = 0;
    else if (failures >= total)
        result.lower = std::pow(half, 1 / total);
    else
        result.lower = boost::math::ibeta_inv(failures, total - failures + 1, half, Quiet());
    if (failures >= total)
        result.upper = 1;
    else if (failures <= 0)
        result.upper = -std::expm1(std::log(half) / total);
    else
        result.upper = boost::math::ibetac_inv(failures + 1, total - failures, half, Quiet());
    result.lower = std::clamp(result.lower, 0.0, result.nominal);
    result.upper = std::clamp(result.upper, result.nominal, 1.0);
    return result;
}

} // namespace emac::spec
