// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/latencywork.h"

#include "core/analysis/latency/insights.h"
#include "core/journey/paths.h"
#include "widgets/document/lane.h"

#include <algorithm>
#include <utility>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;
constexpr auto lateAfter = 150ms;
constexpr std::size_t usualPercentile = 3; // p99

} // namespace

/// What one run hands to the next; of the worker's jobs alone, which run one after the other.
struct LatencyWork::Memory
{
    analysis::Memo memo;
    std::optional<LatencyResult> last; ///< the last that was completed
    bool curves = false; ///< it has them
};

struct LatencyWork::Request
{
    Analyse analyse;
    std::shared_ptr<const Evaluation> evaluation;
    journey::NodeId node{};
    bool curves = false;

    const journey::Intent& intent() const { return evaluation->document->intent; }
    /// Curves only, of the calls' independent outcomes.
    std::optional<analysis::LatencyAnalysis> alone(const journey::Journey& journey, std::optional<journey::NodeId> of,
                                                   Memory& memory, const base::Watch& watch) const
    {
        auto options = workspace::latencyOptions(intent().objectives);
        options.node = of;
        options.sharedFate = false;
        options.envelope = false;
        options.curvePoints = curvePoints;
        return analyse(journey, evaluation->inputs, options, watch, &memory.memo);
    }
};

LatencyWork::LatencyWork(Analyse analyse, QObject* parent)
    : QObject(parent)
    , m_analyse(std::move(analyse))
    , m_memory(std::make_shared<Memory>())
{
    m_lateTimer.setSingleShot(true);
    m_lateTimer.setInterval(lateAfter);
    connect(&m_lateTimer, &QTimer::timeout, this, [this] { setStale(true); });
}

LatencyWork::~LatencyWork() = default;

void LatencyWork::setWanted(QObject* view, bool wanted)
{
    if (wanted == m_views.contains(view))
        return;
    if (wanted) {
        m_views.insert(view);
        connect(view, &QObject::destroyed, this, [this](QObject* gone) { setWanted(gone, false); });
        if (m_views.size() == 1)
            request();
    } else {
        m_views.remove(view);
        disconnect(view, &QObject::destroyed, this, nullptr);
    }
}

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

void LatencyWork::expect()
{
    if (isNeeded() && !m_lateTimer.isActive() && !m_stale)
        m_lateTimer.start();
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

void LatencyWork::request()
{
    if (!isNeeded()) {
        // What stays would be of another revision when it is wanted again.
        m_received = ++m_asked;
        m_lateTimer.stop();
        setStale(false);
        if (std::exchange(m_result, nullptr))
            emit changed();
        return;
    }
    expect();
    if (!m_lane)
        m_lane = std::make_unique<Lane>(0ms);
    const Request wanted{m_analyse, m_evaluation, m_node, isWanted()};
    m_lane->submit([this, wanted, memory = m_memory, serial = ++m_asked](const base::Watch& watch) {
        run(wanted, *memory, watch, [this, serial](LatencyResult found) {
            QMetaObject::invokeMethod(
                this,
                [this, serial, result = std::make_shared<const LatencyResult>(std::move(found))] {
                    receive(serial, result);
                },
                Qt::QueuedConnection);
        });
    });
}

void LatencyWork::run(const Request& request, Memory& memory, const base::Watch& watch,
                      const std::function<void(LatencyResult)>& deliver)
{
    const auto& intent = request.intent();
    const auto& evaluation = *request.evaluation;
    const bool judged = isJudged(intent.objectives);
    const bool judgesEnvelope = judged && intent.governance.latency == journey::LatencyAssumption::Envelope;
    LatencyResult result;
    const bool known =
        memory.last && memory.last->evaluation == request.evaluation && (memory.curves || !request.curves);
    auto options = workspace::latencyOptions(intent.objectives);
    options.envelope = judgesEnvelope;
    options.curvePoints = request.curves ? curvePoints : 0;
    if (known) { // another node is selected
        result = *memory.last;
    } else {
        auto whole = request.analyse(intent.journey, evaluation.inputs, options, watch, &memory.memo);
        if (!whole)
            return;
        result.revision = evaluation.revision;
        result.evaluation = request.evaluation;
        result.journey = std::move(*whole);
        result.notes = result.journey.notes;
        if (judged) {
            result.decision = governance::decide(intent, evaluation.inputs, evaluation.analysis, &result.journey,
                                                 evaluation.model.get(), watch, &memory.memo);
            if (!result.decision)
                return;
        }
        if (request.curves && evaluation.model && evaluation.model->root) {
            auto accepted = intent.journey;
            accepted.root = evaluation.model->root;
            result.accepted = request.alone(accepted, std::nullopt, memory, watch);
            if (!result.accepted)
                return;
        }
    }
    result.node = {};
    result.selected.reset();
    if (request.curves && request.node != journey::NodeId{} && request.node != intent.journey.root->id
        && journey::findNode(intent.journey, request.node)) {
        result.node = request.node;
        result.selected = request.alone(intent.journey, request.node, memory, watch);
        if (!result.selected)
            return;
    }
    if (!result.complete) {
        deliver(result);
        if (request.curves && !judgesEnvelope && result.journey.law) {
            options.sharedFate = false;
            options.envelope = true;
            const auto outer = request.analyse(intent.journey, evaluation.inputs, options, watch, &memory.memo);
            if (!outer)
                return;
            result.journey.law->envelope = outer->law->envelope;
        }
        const auto insights = analysis::latencyInsights(intent, evaluation.inputs, watch, &memory.memo);
        if (!insights)
            return;
        result.notes.insert(result.notes.end(), insights->begin(), insights->end());
        result.complete = true;
    }
    memory.last = result;
    memory.curves = request.curves;
    deliver(std::move(result));
}

void LatencyWork::receive(quint64 serial, std::shared_ptr<const LatencyResult> result)
{
    if (serial < m_received)
        return;
    m_received = serial;
    m_result = std::move(result);
    m_lateTimer.stop();
    if (m_result->revision != m_evaluation->revision || serial != m_asked)
        m_lateTimer.start();
    setStale(false);
    emit changed();
}

void LatencyWork::setStale(bool stale)
{
    if (std::exchange(m_stale, stale) != stale)
        emit staleChanged(stale);
}

} // namespace emac::widgets
