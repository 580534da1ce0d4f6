// SPDX-License-Identifier: GPL-3.0-or-later
// What a document is judged on: its numbers, and its laws in time.
#include "widgets/document/journeydocument.h"

#include <QFileInfo>

#include <utility>

namespace emac::widgets {

void JourneyDocument::connectLatency()
{
    connect(m_latencyWork.get(), &LatencyWork::changed, this, [this] {
        const auto result = m_latencyWork->result();
        const bool isFinal =
            result && m_judged.latency && m_judged.evaluation == result->evaluation && m_judged.latency->complete;
        if (result && result->decision && isJudgedOnTime() && !isFinal)
            judge({result->evaluation, result});
        emit latencyChanged();
        if (result && !result->complete)
            return; // those before stay meanwhile
        auto notes = result ? result->notes : journey::Notes();
        if (notes == m_timelyNotes)
            return;
        m_timelyNotes = std::move(notes);
        m_problems.reset();
        emit diagnosticsChanged();
    });
    connect(&m_selection, &SelectionModel::changed, this,
            [this] { m_latencyWork->setNode(m_selection.current().node); });
}

journey::Notes JourneyDocument::notes() const
{
    auto all = m_evaluation ? m_evaluation->notes : journey::Notes();
    all.insert(all.end(), m_timelyNotes.begin(), m_timelyNotes.end());
    return all;
}

bool JourneyDocument::isJudgedOnTime() const
{
    return m_evaluation->document->intent.journey.root
           && LatencyWork::isJudged(m_evaluation->document->intent.objectives);
}

bool JourneyDocument::isDecisionStale() const
{
    return isStale() || (m_evaluation && isJudgedOnTime() && m_latencyWork->isStale());
}

void JourneyDocument::judge(Judged judged)
{
    m_judged = std::move(judged);
    emit decisionChanged();
}

std::optional<governance::Decision> JourneyDocument::decision() const
{
    if (!m_judged.evaluation)
        return std::nullopt;
    auto decision = m_judged.latency ? *m_judged.latency->decision : m_judged.evaluation->decision;
    if (hasErrors()) {
        // Numbers help while mending; a verdict on a file with errors would be worth nothing.
        decision.verdict.reset();
        const auto name = QFileInfo(path()).fileName().toStdString();
        decision.reasons.insert(decision.reasons.begin(),
                                {{base::Code::FileHasErrors, {name}}, journey::Element::journey()});
    }
    return decision;
}

} // namespace emac::widgets
