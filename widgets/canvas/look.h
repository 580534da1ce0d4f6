// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/base/message.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"
#include "core/journey/placement.h"
#include "widgets/common/availabilitydisplay.h"
#include "widgets/document/tailwork.h"

#include <QFlags>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

/// What a node shows, as a value: two looks are compared to learn whether its item must be painted again.
namespace emac::widgets {

/// All that the canvas shows beside the journey itself. The pointers are read by the call that they are given to, not
/// kept.
struct CanvasNumbers
{
    const analysis::Analysis* analysis = nullptr; ///< null: nothing known yet
    const journey::Inputs* inputs = nullptr;
    std::optional<double> errorBudget; ///< 1 − target, in (0, 1)
    std::map<journey::Element, base::Severity> problems; ///< the worst of each node and component
    bool stale = false; ///< the numbers are late: grey
    AvailabilityDisplay display{}; ///< how they read
    std::shared_ptr<const TailResult> tail{}; ///< what calls add to a percentile; null where it is not shown
    bool tailStale = false; ///< it is late: grey
    quint64 revision = 0; ///< of analysis and inputs, where the same are known to be the same again; else 0
};

enum class Badge
{
    Overridden = 1, ///< an inline availability wins over the SLO
    UnknownDomain = 2,
    NotStated = 4, ///< no availability
    Warning = 8,
    Error = 16
};
Q_DECLARE_FLAGS(Badges, Badge)
inline constexpr Badge worstFirst[] = {Badge::Error, Badge::Warning, Badge::NotStated, Badge::UnknownDomain,
                                       Badge::Overridden};

/// What a node adds to a percentile of the journey's latency.
struct TailPart
{
    double seconds = 0;
    double share = 0; ///< of the percentile
    QString text; ///< "41 ms · 31 %"
    bool stale = false;
    bool operator==(const TailPart&) const = default;
};

struct Look
{
    journey::OperatorType type = journey::OperatorType::Call;
    QString title; ///< component, fragment, or operator and name
    QString detail; ///< the operator's parameters; "used 3×"
    QString numbers; ///< A⁻ … A⁺
    std::optional<double> heat; ///< see heatOf()
    std::optional<TailPart> tail{}; ///< absent where it is not shown, and where there is next to nothing
    Badges badges;
    bool external = false; ///< an external dependency
    bool closed = false; ///< an operator drawn as one box
    bool loose = false; ///< of a component that lies on the canvas uncalled
    bool stale = false;
    QString toolTip;

    bool operator==(const Look&) const = default;
};

/// (1 − A⁻) over the error budget. Absent where nothing is budgeted, and where isOpen(): what is unknown is not hot.
std::optional<double> heatOf(const analysis::NodeAvailability& values, const std::optional<double>& errorBudget);

/// How often each fragment is used, in the tree and in fragments.
std::map<std::string, int> fragmentUses(const journey::Journey& journey);

Look lookOf(const journey::Expression& node, const journey::Journey& journey, const std::map<std::string, int>& uses,
            const CanvasNumbers& numbers);

/// The same for many nodes again and again: words are found only for those of which something is another. Bounded.
class LookMemo
{
public:
    LookMemo();
    ~LookMemo();
    Look lookOf(const journey::Expression& node, const journey::Journey& journey,
                const std::map<std::string, int>& uses, const CanvasNumbers& numbers);

private:
    struct Known;
    std::unordered_map<journey::NodeId, Known> m_known;
};

/// The look of an operator that is closed over so many calls, with the worst of their badges.
Look closedLook(Look look, int calls, Badges hidden, std::optional<TailPart> tail = {});

/// The part that all calls below the node make together, those of a fragment that is used once, however often it is.
/// O(calls below)
std::optional<TailPart> tailOf(const journey::ExpressionPtr& node, const journey::Journey& journey,
                               const CanvasNumbers& numbers);

/// Those that nothing calls: a component that is called does not lie loose, whatever was placed. O(nodes · log).
std::vector<journey::LooseComponent> looseComponents(const journey::Placement& placement,
                                                     const journey::Journey& journey);

/// That of a component that lies on the canvas uncalled.
Look looseLook(const std::string& component, const journey::Journey& journey, const CanvasNumbers& numbers);

/// "70 %", "10 – 30 %".
QString probabilityText(const journey::ProbabilityRange& range);

} // namespace emac::widgets

Q_DECLARE_OPERATORS_FOR_FLAGS(emac::widgets::Badges)
