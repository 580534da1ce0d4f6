// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/placement.h"
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
    journey::Placement placement; ///< what was put in its place by hand
};

/// The layout file of the value, canonical. Empty where nothing is placed.
std::string layoutText(const DocumentValue& value);

/// The value that this content is after `before`: nodes that are the same keep their identity. A layout that cannot be
/// read is none.
std::shared_ptr<const DocumentValue> readValue(const FileContent& content, const DocumentValue& before,
                                               const std::string& path);

/// The same for another text, with what was placed before still in its place. What loses its node keeps its entry by
/// place key, in case the node comes back. A loose component that is renamed follows, where nothing else can be meant.
/// `layout` is the layout file's, for the first text that parses.
std::shared_ptr<const DocumentValue> retyped(const std::string& text, const std::string& layout,
                                             const DocumentValue& before, const std::string& path);

} // namespace emac::widgets
