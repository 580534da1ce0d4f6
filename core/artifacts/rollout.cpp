// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/rollout.h"

#include "core/artifacts/analysis_template.h"
#include "core/artifacts/document.h"
#include "core/artifacts/names.h"
#include "core/base/decimal.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace emac::artifacts {

using base::Duration;
using yaml::Content;
using namespace std::chrono_literals;

namespace {

constexpr int firstWeight = 10; ///< per cent
constexpr int usualStep = 50;
constexpr Duration firstPause = 5min;
constexpr Duration usualPause = 10min;

/// In per cent: the smallest that an action 'promote' states.
int trafficStep(const Subject& subject, Findings& findings)
{
    int step = 100;
    bool stated = false;
    const auto& actions = subject.intent().governance.actions;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const auto bound = actions[i].parameterBounds.find("maxTrafficStep");
        if (actions[i].kind != "promote" || bound == actions[i].parameterBounds.end())
            continue;
        const auto share = base::Decimal::parse(bound->second);
        // A hundredth of a per cent in hand for what is not exact in binary.
        const double percent = share ? std::floor(100 * share->toDouble() + 0.01) : 0;
        if (percent < 1 || percent > 100) {
            findings.push_back({{base::Code::TrafficStepIgnored, {bound->second}},
                                journey::Element::journey(),
                                "spec.governance.actions." + std::to_string(i) + ".parameterBounds.maxTrafficStep"});
            continue;
        }
        step = std::min(step, static_cast<int>(percent));
        stated = true;
    }
    return stated ? step : usualStep;
}

/// The longest time between two promotions that a rate limit asks for, in whole seconds.
Duration leastPause(const journey::Intent& intent)
{
    Duration pause{0};
    for (const auto& action : intent.governance.actions) {
        if (action.kind == "promote" && action.rateWindow && action.maxActions.value_or(1) > 0)
            pause = std::max<Duration>(pause, *action.rateWindow / action.maxActions.value_or(1));
    }
    return std::chrono::ceil<std::chrono::seconds>(pause);
}

Content mapping(const char* key, Content value, bool flow = false)
{
    auto content = Content::mapping(flow);
    content.add(key, std::move(value));
    return content;
}

Content steps(const Subject& subject, Findings& findings)
{
    const int step = trafficStep(subject, findings);
    const auto least = leastPause(subject.intent());
    auto list = Content::sequence();
    const auto add = [&](int weight, Duration pause) {
        const auto duration = goDuration(std::max(pause, least));
        list.add(mapping("setWeight", Content::plain(std::to_string(weight))));
        list.add(mapping("pause", mapping("duration", Content::ofText(duration), true)));
        auto templates = Content::sequence();
        templates.add(mapping("templateName", Content::ofText(analysisTemplateName(subject))));
        list.add(mapping("analysis", mapping("templates", std::move(templates))));
    };
    const int first = std::min(firstWeight, step);
    add(first, firstPause);
    for (int weight = step; weight < 100; weight += step) {
        if (weight > first)
            add(weight, usualPause);
    }
    return list;
}

} // namespace

Content rolloutSnippet(const Subject& subject, Findings& findings)
{
    auto object = Content::mapping();
    object.add("apiVersion", Content::ofText("argoproj.io/v1alpha1"));
    object.add("kind", Content::ofText("Rollout"));
    object.add("metadata", metadata(subject.request, {}));
    object.add("spec", mapping("strategy", mapping("canary", mapping("steps", steps(subject, findings)))));
    return object;
}

} // namespace emac::artifacts
