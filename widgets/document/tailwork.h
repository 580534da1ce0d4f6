// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/contributions.h"
#include "widgets/document/evaluation.h"
#include "widgets/document/slowwork.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace emac::widgets {

class LatencyWork;

/// What each call adds to a percentile, of one revision of a document. An immutable value.
struct TailResult
{
    quint64 revision = 0; ///< of the document
    std::shared_ptr<const Evaluation> evaluation; ///< whose inputs it is made of; never null
    std::size_t percentile = 0; ///< of analysis::reportedPercentiles
    analysis::Contributions contributions;
    std::unordered_map<journey::NodeId, analysis::CallContribution> byCall; ///< the same
};

/// The last step of the slow work of a document: the contributions to the percentile that views speak of, for views
/// that want them. They begin when the laws in time are there, where these are needed too.
class TailWork : public SlowWork
{
    Q_OBJECT
public:
    using Analyse = std::function<std::optional<analysis::Contributions>(
        const journey::Journey&, const journey::Inputs&, double percentile, const base::Watch&, analysis::Memo*)>;

    /// @pre the laws outlive it
    TailWork(const LatencyWork* laws, Analyse analyse, QObject* parent = nullptr);
    ~TailWork() override;

    /// The newest that has arrived; null before the first, and while nobody wants them.
    std::shared_ptr<const TailResult> result() const { return m_result; }

    /// The numbers of the document are there, and the laws have heard of them.
    void follow(std::shared_ptr<const Evaluation> evaluation);

private:
    void followWanted() override;
    bool isNeeded() const;
    /// As soon as the laws are done.
    void request();

    const LatencyWork* m_laws;
    Analyse m_analyse;
    std::shared_ptr<const Evaluation> m_evaluation; ///< the newest
    std::shared_ptr<const TailResult> m_result;
};

} // namespace emac::widgets
