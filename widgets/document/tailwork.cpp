// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/tailwork.h"

#include "widgets/document/latencywork.h"

#include <utility>

namespace emac::widgets {

TailWork::TailWork(const LatencyWork* laws, Analyse analyse, QObject* parent)
    : SlowWork(laws->lane(), parent)
    , m_laws(laws)
    , m_analyse(std::move(analyse))
{
    connect(laws, &LatencyWork::changed, this, &TailWork::request);
    connect(laws, &LatencyWork::percentileChanged, this, &TailWork::request);
}

TailWork::~TailWork() = default;

void TailWork::followWanted()
{
    follow(m_evaluation);
}

void TailWork::follow(std::shared_ptr<const Evaluation> evaluation)
{
    m_evaluation = std::move(evaluation);
    if (isNeeded())
        return request();
    forget();
    if (std::exchange(m_result, nullptr))
        emit changed();
}

bool TailWork::isNeeded() const
{
    return isWanted() && m_evaluation && m_evaluation->document->intent.journey.root;
}

void TailWork::request()
{
    const bool isCurrent =
        m_result && m_result->evaluation == m_evaluation && m_result->percentile == m_laws->percentile();
    if (!isNeeded())
        return;
    if (isCurrent)
        return forget(); // what may be under way is of another percentile
    expect();
    if (!m_laws->isDone())
        return cancel();
    submit([this, analyse = m_analyse, evaluation = m_evaluation,
            percentile = m_laws->percentile()](const base::Watch& watch, analysis::Memo& memo, const Deliver& deliver) {
        auto found = analyse(evaluation->document->intent.journey, evaluation->inputs,
                             analysis::reportedPercentiles.at(percentile), watch, &memo);
        if (!found)
            return;
        auto result = std::make_shared<TailResult>(
            TailResult{evaluation->revision, evaluation, percentile, std::move(*found), {}});
        for (const auto& call : result->contributions.calls)
            result->byCall.emplace(call.call, call);
        deliver([this, result] { m_result = result; });
    });
}

} // namespace emac::widgets
