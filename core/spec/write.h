// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/intent.h"
#include "core/spec/source_map.h"

#include <string>

namespace emac::spec {

/// The text of `before` changed into one of `after`, entry by entry: only what differs between the two is touched;
/// comments, order, quoting, indentation and line ends elsewhere stay byte for byte. What is new is written in
/// canonical form, with the indentation of the file; what has moved is copied, re-indented. Unchanged parts of the two
/// are told by their pointers, kept nodes by their NodeId. The text is not parsed again: the new map is that which
/// reading the new text would give.
/// Refused with PatchShared, PatchForm, PatchComments or PatchFaulty where the text is written in a way that
/// cannot be changed so; then nothing is changed.
/// O(size) with a small constant: a copy of the text and of its syntax.
/// @pre `sources` is the map of `before`
base::Result<SourceMap> write(const SourceMap& sources, const journey::Intent& before, const journey::Intent& after);

/// A new text in canonical form, with one trailing newline. O(size).
std::string write(const journey::Intent& intent);

} // namespace emac::spec
