// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/model.h"
#include "core/spec/read.h"
#include "core/workspace/evaluate.h"

#include <QtGlobal>

#include <memory>

namespace emac::widgets {

/// The numbers of one revision of a document. Its diagnostics are those of the references, the text's are the
/// document's own; its decision is on availabilities alone: see JourneyDocument::decision().
struct Evaluation : workspace::Evaluation
{
    quint64 revision = 0;
    std::shared_ptr<const spec::IntentDocument> document; ///< what they are the numbers of
    std::shared_ptr<const journey::AcceptedModel> model; ///< null where there is none
};

} // namespace emac::widgets
