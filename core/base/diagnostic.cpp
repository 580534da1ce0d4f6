// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace emac::base {

namespace {

const char* word(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Note:
        break;
    }
    return "note";
}

} // namespace

std::string toString(const Place& place)
{
    if (place.line == 0)
        return printable(place.file);
    return printable(place.file) + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
}

bool hasErrors(const Diagnostics& diagnostics)
{
    return std::ranges::any_of(diagnostics, [](const auto& d) { return d.severity() == Severity::Error; });
}

void sortByPlace(Diagnostics& diagnostics)
{
    std::ranges::stable_sort(diagnostics, [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.place.file, a.place.line, a.place.column)
               < std::tie(b.place.file, b.place.line, b.place.column);
    });
}

std::string toString(const Diagnostic& diagnostic)
{
    return toString(diagnostic.place) + ": " + word(diagnostic.severity()) + ' ' + codeName(diagnostic.message.code)
           + ": " + english(diagnostic.message);
}

} // namespace emac::base
