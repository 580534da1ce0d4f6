// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spec/read.h"
#include "widgets/document/documentfile.h"

#include <memory>
#include <string>

namespace emac::widgets {

/// All that an undo step brings back, as one immutable value.
struct DocumentValue
{
    std::string text;
    /// Of `text` where it parses; else of the last text that did, to look at and not to edit; null before there was
    /// one.
    std::shared_ptr<const spec::IntentDocument> document;
    bool parses = false; ///< `text` can be read as a JourneyIntent, perhaps with errors
    std::string layout; ///< of the layout file
};

/// The value that this content is after `before`: nodes that are the same keep their identity.
std::shared_ptr<const DocumentValue> readValue(FileContent content, const DocumentValue& before,
                                               const std::string& path);

} // namespace emac::widgets
