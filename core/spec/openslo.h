// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spec/catalogue.h"
#include "core/spec/checker.h"
#include "core/spec/documents.h"

#include <optional>

namespace emac::spec {

/// An OpenSLO v1 document as far as the workbench knows it.
struct OpenSloDocument
{
    std::string kind;
    std::string name;
    base::Place place; ///< of metadata.name
    std::optional<SloDocument> slo; ///< of kind SLO
    std::optional<DataSource> dataSource; ///< of kind DataSource
};

/// Checks a document of DocumentClass::OpenSlo. Empty where it has no name. Diagnostics are left in the checker.
std::optional<OpenSloDocument> readOpenSlo(const yaml::Node& root, const DocumentKind& kind, Checker& checker);

} // namespace emac::spec
