// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"

#include <QUndoCommand>

#include <chrono>
#include <string>

namespace emac::widgets {

/// The one kind of undo step: the document's value and the selection, before and after. Steps of the same target and
/// words that follow each other within a second, or in one gesture, become one, and none at all when the value is back
/// where it began. A step without a target stands alone.
class ValueStep : public QUndoCommand
{
public:
    struct State
    {
        std::shared_ptr<const DocumentValue> value;
        Selection selection;
    };

    /// @param gesture what the step belongs to, 0 where it is none: steps of different gestures stay apart
    ValueStep(JourneyDocument* document, State before, State after, std::string target, const QString& description,
              quint64 gesture = 0);

    void undo() override;
    void redo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    JourneyDocument* m_document;
    State m_before;
    State m_after;
    std::string m_target;
    quint64 m_gesture;
    std::chrono::steady_clock::time_point m_done;
};

} // namespace emac::widgets
