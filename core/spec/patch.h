// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/edits.h"
#include "core/spec/source_map.h"

#include <string>
#include <string_view>

namespace emac::spec {

struct Patch
{
    yaml::TextChange change;
    std::string text; ///< the whole text after the change
    SourceMap sources; ///< of that text
};

/// The edit as the smallest change of text: a single-line scalar is replaced in its place and in its quoting; an
/// `availability` entry is inserted or removed, in block or one-line flow style. What needs more is refused with its
/// reason (PatchNoEntry, PatchShared, PatchNotSingleLine, PatchLastEntry). An inserted entry stands behind the
/// reference `atomicSLORef`, else before the component's first key.
base::Result<Patch> patch(std::string_view text, const SourceMap& sources, const journey::Edit& edit);

} // namespace emac::spec
