// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/valuestep.h"

namespace emac::widgets {

namespace {
constexpr std::chrono::seconds mergeWithin{1};
} // namespace

ValueStep::ValueStep(JourneyDocument* document, State before, State after, std::string target,
                     const QString& description, quint64 gesture)
    : QUndoCommand(description)
    , m_document(document)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_target(std::move(target))
    , m_gesture(gesture)
    , m_done(std::chrono::steady_clock::now())
{
}

void ValueStep::undo()
{
    m_document->setValue(m_before.value);
    m_document->selection()->select(m_before.selection);
    setObsolete(m_document->m_givingUp);
}

void ValueStep::redo()
{
    m_document->setValue(m_after.value);
    m_document->selection()->select(m_after.selection);
}

int ValueStep::id() const
{
    return 1;
}

bool ValueStep::mergeWith(const QUndoCommand* other)
{
    const auto* next = static_cast<const ValueStep*>(other); // same id(), so of this class
    if (m_target.empty() || next->m_target != m_target || next->text() != text() || next->m_gesture != m_gesture)
        return false;
    if (m_gesture == 0 && next->m_done - m_done > mergeWithin)
        return false;
    m_after = next->m_after;
    m_done = next->m_done;
    const auto& before = *m_before.value;
    setObsolete(m_after.value->text == before.text && m_after.value->placement == before.placement);
    return true;
}

} // namespace emac::widgets
