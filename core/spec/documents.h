// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which kinds of documents there are, and which one a tree is.
namespace emac::spec {

enum class DocumentClass
{
    Intent,
    Model,
    Layout,
    OpenSlo,
    Recognised,
    Unknown
};

struct DocumentKind
{
    DocumentClass what = DocumentClass::Unknown;
    std::string apiVersion; ///< or the text of `schema`
    std::string kind; ///< empty where `schema` says all
    /// Where apiVersion is wrong for the kind: those that are read.
    std::vector<std::string> apiVersions;
    yaml::Position position; ///< of the value of kind or schema, else of the document

    std::string name() const; ///< "emac.dev/v1alpha1 JourneyIntent"
};

/// What the mapping says it is. A kind of ours with a wrong apiVersion keeps its class and lists the right ones.
DocumentKind kindOf(const yaml::Node& root);

/// Of all documents that are read, for messages.
std::string knownKinds();

} // namespace emac::spec
