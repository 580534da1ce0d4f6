// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/tailrows.h"

#include "core/journey/paths.h"
#include "widgets/common/timetext.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>
#include <unordered_map>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::tail)
};

} // namespace

std::vector<TailRow> tailRows(const journey::Journey& journey, const analysis::Contributions& contributions)
{
    if (!contributions.seconds)
        return {};
    std::unordered_map<journey::NodeId, journey::NodePlace> places;
    for (auto& place : journey::nodePlaces(journey))
        places.emplace(place.node->id, place);
    std::vector<TailRow> rows;
    for (const auto& call : contributions.calls) {
        const auto found = places.find(call.call);
        if (found == places.end())
            continue;
        const auto parent = places.find(found->second.parent);
        const auto name = nodeWords(*found->second.node);
        rows.push_back(
            {journey::Element::ofNode(call.call),
             parent == places.end() ? name : Words::tr("%1 in %2").arg(name, nodeWords(*parent->second.node)),
             QString::fromStdString(call.component), call.seconds, call.share});
    }
    rows.push_back({journey::Element::journey(),
                    Words::tr("delays and deadlines"),
                    {},
                    contributions.delays,
                    contributions.delaysShare});
    return rows;
}

QString tailTime(double seconds, double whole)
{
    // Between a hundredth and a thousandth of the whole.
    const double unit = std::pow(10, std::floor(std::log10(whole)) - 2);
    const double shown = std::round(seconds / unit) * unit;
    if (shown == 0)
        return QLocale().toString(0);
    const auto text = timeText(std::abs(shown));
    return shown < 0 ? QLocale().negativeSign() + text : text;
}

QString tailShare(double share)
{
    const double percent = std::round(share * 1000) / 10;
    return QCoreApplication::translate("emac::format", "%1 %")
        .arg(QLocale().toString(percent == 0 ? 0.0 : percent, 'f', 1));
}

} // namespace emac::widgets
