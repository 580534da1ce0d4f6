// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/tailwork.h"

#include "widgets/document/lane.h"
#include "widgets/document/latencywork.h"

#include <utility>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;
constexpr auto lateAfter = 150ms;

} // namespace

TailWork::TailWork(const LatencyWork* laws, Analyse analyse, QObject* parent)
    : QObject(parent)
    , m_laws(laws)
    , m_analyse(std::move(analyse))
    , m_memo(std::make_shared<analysis::Memo>())
{
    m_lateTimer.setSingleShot(true);
    m_lateTimer.setInterval(lateAfter);
    connect(&m_lateTimer, &QTimer::timeout, this, [this] {
        m_stale = true;
        emit changed();
    });
    connect(laws, &LatencyWork::changed, this, [this] {
        const bool isCurrent =
            m_result && m_result->evaluation == m_evaluation && m_result->percentile == m_laws->percentile();
        if (isNeeded() && !awaitsLaws() && !isCurrent)
            request();
    });
    connect(laws, &LatencyWork::percentileChanged, this, [this] {
        if (isNeeded() && !awaitsLaws())
            request();
    });
}

TailWork::~TailWork() = default;

void TailWork::setWanted(QObject* view, bool wanted)
{
    if (wanted == m_views.contains(view))
        return;
    if (wanted) {
        m_views.insert(view);
        connect(view, &QObject::destroyed, this, [this](QObject* gone) { setWanted(gone, false); });
        if (m_views.size() == 1 && isNeeded() && !awaitsLaws())
            request();
    } else {
        m_views.remove(view);
        disconnect(view, &QObject::destroyed, this, nullptr);
        if (m_views.isEmpty())
            drop();
    }
}

void TailWork::follow(std::shared_ptr<const Evaluation> evaluation)
{
    m_evaluation = std::move(evaluation);
    if (!isNeeded())
        return drop();
    if (!m_lateTimer.isActive() && !m_stale)
        m_lateTimer.start();
    if (!awaitsLaws())
        return request();
    // The laws come first, and have the processor to themselves.
    ++m_asked;
    if (m_lane)
        m_lane->submit([](const base::Watch&) {});
}

bool TailWork::isNeeded() const
{
    return isWanted() && m_evaluation && m_evaluation->document->intent.journey.root;
}

bool TailWork::awaitsLaws() const
{
    if (!m_laws->isWanted() && !LatencyWork::isJudged(m_evaluation->document->intent.objectives))
        return false;
    const auto laws = m_laws->result();
    return !laws || laws->evaluation != m_evaluation || !laws->complete;
}

void TailWork::drop()
{
    ++m_asked;
    m_lateTimer.stop();
    m_stale = false;
    if (m_lane)
        m_lane->submit([](const base::Watch&) {});
    if (std::exchange(m_result, nullptr))
        emit changed();
}

void TailWork::request()
{
    if (!m_lateTimer.isActive() && !m_stale)
        m_lateTimer.start();
    if (!m_lane)
        m_lane = std::make_unique<Lane>(0ms);
    m_lane->submit([this, analyse = m_analyse, evaluation = m_evaluation, percentile = m_laws->percentile(),
                    memo = m_memo, serial = ++m_asked](const base::Watch& watch) {
        auto found = analyse(evaluation->document->intent.journey, evaluation->inputs,
                             analysis::reportedPercentiles.at(percentile), watch, memo.get());
        if (!found)
            return;
        auto result = std::make_shared<TailResult>(
            TailResult{evaluation->revision, evaluation, percentile, std::move(*found), {}});
        for (const auto& call : result->contributions.calls)
            result->byCall.emplace(call.call, call);
        QMetaObject::invokeMethod(
            this, [this, serial, result] { receive(serial, result); }, Qt::QueuedConnection);
    });
}

void TailWork::receive(quint64 serial, std::shared_ptr<const TailResult> result)
{
    if (serial < m_asked)
        return;
    m_result = std::move(result);
    m_lateTimer.stop();
    m_stale = false;
    emit changed();
}

} // namespace emac::widgets
