// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace emac::base {

/// A place in a text file. Lines and columns count from 1, columns in bytes; 0 means "the file as a whole".
struct Place
{
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    bool operator==(const Place&) const = default;
};

/// "file:line:column", or "file" alone where the line is 0.
std::string toString(const Place& place);

/// What a reader has to say about one place. The severity is that of the message's code.
struct Diagnostic
{
    Message message;
    Place place;

    Severity severity() const { return messageTemplate(message.code).severity; }
    bool operator==(const Diagnostic&) const = default;
};

/// All that is wrong, not the first thing, in the order of the text.
using Diagnostics = std::vector<Diagnostic>;

bool hasErrors(const Diagnostics& diagnostics);

/// Stable sort by file, line and column.
void sortByPlace(Diagnostics& diagnostics);

/// "file:line:column: error EMAC-301: what; expected …; mend".
std::string toString(const Diagnostic& diagnostic);

/// A value together with what there is to say about it. A value may be present although there are errors:
/// a file with errors is read as far as it makes sense.
template<typename T>
struct Result
{
    std::optional<T> value;
    Diagnostics diagnostics;

    bool clean() const { return value.has_value() && !hasErrors(diagnostics); }
};

} // namespace emac::base
