// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/journey/intent.h"
#include "core/journey/placement.h"

#include <string>
#include <string_view>

/// Text <-> Placement: the kind JourneyLayout of `emac.dev/v1alpha1`, which names nodes by their place keys.
namespace emac::spec {

/// Reads the layout of this journey. Reports all that is wrong, with places in `file`; a wrong entry is left out.
/// Empty text is an empty placement. The value is absent where there is no mapping of the kind JourneyLayout.
base::Result<journey::Placement> readLayout(std::string_view text, const std::string& file,
                                            const journey::Journey& journey, const base::Watch& watch = {});

/// The canonical text: sorted by place key and by component, numbers in their shortest exact form, one trailing
/// newline, the same bytes in every locale. Empty where nothing is placed: there is no file then. Nodes that are not in
/// the journey are left out. Reading it back gives the same placement, `loose` sorted by component.
/// @pre offsets are finite and within ±Placement::farthest
std::string writeLayout(const journey::Placement& placement, const journey::Journey& journey);

} // namespace emac::spec
