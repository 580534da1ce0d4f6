// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spec/read.h"
#include "tests/base/random.h"

#include <optional>
#include <string>

namespace emac::tests {

/// How a text is dressed up.
struct Dress
{
    bool comments = false; ///< between lines and behind values, with tabs and letters beyond ASCII
    bool flow = false; ///< some collections in brackets
    bool crlf = false;
    bool byteOrderMark = false;
    bool finalNewline = true;
};

/// The intent as a text, dressed up at random.
std::string dressedText(Random& random, const journey::Intent& intent, const Dress& dress);

/// What is wrong with the document that an edit has made: its text does not read as its intent, or its map is not the
/// one that reading gives. Empty where all is right.
std::string faultOf(const spec::IntentDocument& document);

} // namespace emac::tests
