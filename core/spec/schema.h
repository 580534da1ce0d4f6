// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace emac::spec {

/// The JSON Schema (draft 2020-12) of a JourneyIntent, made from the vocabulary table that drives the reader.
/// One trailing newline. The copy in resources/schema is kept current by a test.
std::string jsonSchema();

} // namespace emac::spec
