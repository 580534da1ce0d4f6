// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/latencywork.h"

#include "core/journey/paths.h"

#include <utility>

namespace emac::widgets {

namespace {

constexpr std::size_t usualPercentile = 3; // p99

} // namespace

/// What one run hands to the next; of the worker's jobs alone, which run one after the other.
struct LatencyWork::Memory
{
    std::optional<LatencyResult> last; ///< the last that was completed
    bool curves = false; ///< it has them
};

struct LatencyWork::Request
{
    workspace::AnalyseLatency analyse;
    std::shared_ptr<const Evaluation> evaluation;
    journey::NodeId node{};
    bool curves = false;

    const journey::Intent& intent() const { return evaluation->document->intent; }

    /// Curves only, of the calls' independent outcomes.
    std::optional<analysis::LatencyAnalysis> alone(const journey::Journey& journey, std::optional<journey::NodeId> of,
                                                   const base::Watch& watch, analysis::Memo& memo) const
    {
        auto options = workspace::latencyOptions(intent().objectives);
        options.node = of;
        options.sharedFate = false;
        options.envelope = false;
        options.curvePoints = curvePoints;
        return analyse(journey, evaluation->inputs, options, watch, &memo);
    }

    /// Of the node, where it has a law of its own to show. False where the watch expired.
    bool addSelected(LatencyResult& result, const base::Watch& watch, analysis::Memo& memo) const
    {
        result.node = {};
        result.selected.reset();
        const auto& journey = intent().journey;
        if (!curves || node == journey::NodeId{} || node == journey.root->id || !journey::findNode(journey, node))
            return true;
        result.node = node;
        result.selected = alone(journey, node, watch, memo);
        return result.selected.has_value();
    }

    bool addAccepted(LatencyResult& result, const base::Watch& watch, analysis::Memo& memo) const
    {
        if (!curves || !evaluation->model || !evaluation->model->root)
            return true;
        auto accepted = intent().journey;
        accepted.root = evaluation->model->root;
        result.accepted = alone(accepted, std::nullopt, watch, memo);
        return result.accepted.has_value();
    }
};

LatencyWork::LatencyWork(workspace::AnalyseLatency analyse, QObject* parent)
    : SlowWork(std::make_shared<SlowLane>(), parent)
    , m_analyse(std::move(analyse))
    , m_memory(std::make_shared<Memory>())
{
}

LatencyWork::~LatencyWork() = default;

std::size_t LatencyWork::percentile() const
{
    if (m_percentile)
        return *m_percentile;
    const auto* objectives = m_evaluation ? &m_evaluation->document->intent.objectives : nullptr;
    return objectives != nullptr && objectives->latency
               ? analysis::percentileIndex(objectives->latency->metric).value_or(usualPercentile)
               : usualPercentile;
}

void LatencyWork::setPercentile(std::size_t percentile)
{
    if (percentile == m_percentile || percentile >= analysis::reportedPercentiles.size())
        return;
    m_percentile = percentile;
    emit percentileChanged();
}

bool LatencyWork::isNeeded() const
{
    return m_evaluation && m_evaluation->document->intent.journey.root
           && (isWanted() || isJudged(m_evaluation->document->intent.objectives));
}

bool LatencyWork::isDone() const
{
    return !isNeeded() || (!awaitsFirst() && m_result && m_result->complete);
}

void LatencyWork::expectNewer()
{
    if (!isNeeded())
        return;
    expect();
    cancel(); // what is under way is of an earlier one, and in the way
}

void LatencyWork::follow(std::shared_ptr<const Evaluation> evaluation)
{
    const auto before = percentile();
    m_evaluation = std::move(evaluation);
    if (percentile() != before)
        emit percentileChanged();
    request();
}

void LatencyWork::setNode(journey::NodeId node)
{
    if (node == m_node)
        return;
    m_node = node;
    if (isWanted())
        request();
}

void LatencyWork::followWanted()
{
    // Objectives are judged on what is under way also when nobody looks any more.
    if (isWanted() || !isNeeded())
        request();
}

void LatencyWork::request()
{
    if (!isNeeded()) {
        // What stays would be of another revision when it is wanted again.
        const bool awaited = awaitsFirst();
        forget();
        if (std::exchange(m_result, nullptr) || awaited)
            emit changed();
        return;
    }
    submit([this, wanted = Request{m_analyse, m_evaluation, m_node, isWanted()},
            memory = m_memory](const base::Watch& watch, analysis::Memo& memo, const Deliver& deliver) {
        run(wanted, *memory, watch, memo, [&](LatencyResult found) {
            deliver([this, result = std::make_shared<const LatencyResult>(std::move(found))] { m_result = result; });
        });
    });
}

void LatencyWork::run(const Request& request, Memory& memory, const base::Watch& watch, analysis::Memo& memo,
                      const std::function<void(LatencyResult)>& deliver)
{
    const auto& evaluation = *request.evaluation;
    const auto& intent = request.intent();
    const bool known =
        memory.last && memory.last->evaluation == request.evaluation && (memory.curves || !request.curves);
    if (known) { // another node is selected
        if (request.addSelected(*memory.last, watch, memo))
            deliver(*memory.last);
        return;
    }
    LatencyResult result;
    result.revision = evaluation.revision;
    result.evaluation = request.evaluation;
    const auto take = [&](const workspace::LatencyEvaluation& found) {
        result.journey = found.latency;
        result.notes = found.notes;
        result.complete = found.complete;
        if (isJudged(intent.objectives))
            result.decision = found.decision;
        deliver(result);
    };
    if (!request.addSelected(result, watch, memo) || !request.addAccepted(result, watch, memo))
        return;
    auto options = workspace::latencyOptions(intent.objectives);
    options.curvePoints = request.curves ? curvePoints : 0;
    const auto whole = workspace::evaluateLatency(intent, evaluation, evaluation.model.get(), options, watch, &memo,
                                                  {take, request.analyse});
    if (!whole)
        return;
    take(*whole);
    memory.last = result;
    memory.curves = request.curves;
}

} // namespace emac::widgets
