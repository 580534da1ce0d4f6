// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Everything the core says to people: a stable code and arguments. Words are put to it at the edge,
/// in English by `english()`, in the user's language by the widgets.
namespace emac::base {

enum class Severity
{
    Note,
    Warning,
    Error
};

/// One enumerator for each line of messages.def; its value is the NNN of EMAC-NNN.
enum class Code : int
{
#define EMAC_MESSAGE(name, number, severity, what, expected, mend) name = number,
#include "core/base/messages.def"
#undef EMAC_MESSAGE
};

/// The parts of a message as templates: %1 … %9 stand for the arguments.
/// `expected` and `mend` may be empty.
struct MessageTemplate
{
    Code code;
    Severity severity;
    const char* what;
    const char* expected;
    const char* mend;
};

/// O(log n) in the number of codes.
const MessageTemplate& messageTemplate(Code code);

struct Message
{
    Code code;
    std::vector<std::string> arguments;

    bool operator==(const Message&) const = default;
};

/// The text on one line for people: control characters are written as escapes, and what is longer than 300 bytes is
/// cut, with an ellipsis. So a hostile file forges no line and no terminal sequence.
std::string printable(std::string_view text);

/// Replaces %1 … %9 by the arguments; a missing argument is replaced by nothing. Arguments are made printable.
std::string substitute(std::string_view pattern, const std::vector<std::string>& arguments);

/// For an argument: the first five of the names with commas, and how many more there are.
std::string listed(const std::vector<std::string>& names);

/// "what; expected …; mend": the whole message in English, without its code.
std::string english(const Message& message);

/// "EMAC-301".
std::string codeName(Code code);

} // namespace emac::base
