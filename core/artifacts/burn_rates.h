// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/request.h"
#include "core/base/decimal.h"

#include <string>
#include <vector>

namespace emac::artifacts {

enum class Severity
{
    Page,
    Ticket
};

/// "page", "ticket".
const char* word(Severity severity);

/// Alert while the error ratio over both windows exceeds rate · (1 − target).
struct BurnRow
{
    Severity severity = Severity::Page;
    base::Decimal rate; ///< multiple of the rate that spends the budget evenly
    base::Duration longWindow{0};
    base::Duration shortWindow{0};
    bool operator==(const BurnRow&) const = default;
};

/// The rows of the alerts of the intent's availability objective: those of its policy, then the standard ones that it
/// lacks (no row over the same long window). Standard are the four rows of the SRE Workbook (chapter 5, table 5-8 and
/// the text below it), which spend 2 % of the budget in 1 h, 5 % in 6 h (page), 10 % in 1 d and in 3 d (ticket): rate =
/// share · period / long window, with three digits after the point, at least 1. Left out are rows that cannot fire,
/// and standard ones longer than the period.
/// @pre there is an availability objective
std::vector<BurnRow> burnRows(const journey::Intent& intent, Findings& findings);

/// The period of the error budget: sloBudgetWindow, else the objective's window, else 30 d.
base::Duration budgetPeriod(const journey::Intent& intent);

} // namespace emac::artifacts
