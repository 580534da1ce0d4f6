// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/duration.h"
#include "core/journey/reference.h"
#include "core/yaml/tree.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Texts of scalars as values; empty where the text is none. Quoted numbers are numbers too. Ranges are checked
/// elsewhere.
namespace emac::spec {

std::optional<base::Ratio> toRatio(std::string_view text);
std::optional<double> toNumber(std::string_view text); ///< finite
std::optional<double> toBound(std::string_view text); ///< a number or +Inf
std::optional<std::int64_t> toWhole(std::string_view text); ///< within ±10¹⁸
std::optional<bool> toBoolean(std::string_view text);

/// The text at most 40 bytes long, cut at a character, with "…" where it was longer.
std::string shortened(std::string_view text);

using journey::SloReference;

} // namespace emac::spec
