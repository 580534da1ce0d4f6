// SPDX-License-Identifier: GPL-3.0-or-later
// How long an edit of a document takes: tree, text and source map; and its undoing, in the document of the workbench.
#include "core/journey/edits.h"
#include "core/spec/write.h"
#include "widgets/document/journeydocument.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

using namespace emac;
using namespace journey;

namespace {

/// Calls of components of their own, in races and retries within one series; with SLO references and domains.
Intent largeIntent(int calls)
{
    Intent intent;
    intent.name = "large";
    intent.objectives.availability = {std::chrono::hours(720), base::Ratio(*base::Decimal::parse("0.99")), {}, {}};
    std::vector<ComponentPtr> components;
    std::vector<ExpressionPtr> steps;
    const auto call = [&components] {
        Component component;
        component.name = "component-" + std::to_string(components.size());
        component.kind = "service";
        component.atomicSloRef = "openslo:slo-" + std::to_string(components.size());
        component.failureDomains = {"k8s/zone:a", "k8s/cluster"};
        components.push_back(std::make_shared<const Component>(component));
        return makeExpression(Call{component.name});
    };
    while (static_cast<int>(components.size()) < calls) {
        steps.push_back(call());
        steps.push_back(makeExpression(Race{{call(), call()}, std::chrono::milliseconds(50)}));
        steps.push_back(makeExpression(Retry{3, std::chrono::milliseconds(20), call()}));
    }
    intent.journey.root = makeExpression(Series{std::move(steps)});
    intent.journey.components = Components(std::move(components));
    return intent;
}

double medianMilliseconds(const std::function<void()>& run)
{
    std::vector<double> times;
    for (int i = 0; i < 31; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        run();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::ranges::nth_element(times, times.begin() + 15);
    return times[15];
}

struct Case
{
    const char* name;
    std::function<Edit(const Intent&, int)> edit;
};

void measure(int calls)
{
    const auto text = spec::write(largeIntent(calls));
    const auto read = spec::readIntent(text, "f");
    const auto& document = *read.value;
    const auto steps = children(*document.intent.journey.root);
    const auto middle = steps[steps.size() / 2 / 3 * 3 + 2]; // a retry
    const std::vector<Case> cases{
        {"set an availability",
         [](const Intent& intent, int i) {
             const auto& list = intent.journey.components.list();
             return SetAvailability{list[list.size() / 2]->name,
                                    base::Ratio(*base::Decimal::parse(i % 2 ? "0.9" : "0.8"))};
         }},
        {"set a count",
         [&](const Intent&, int i) {
             return SetCount{middle->id, 2 + i % 5};
         }},
        {"insert a step",
         [&](const Intent&, int) {
             return InsertBeside{middle->id, Side::After, makeExpression(Call{"component-0"})};
         }},
        {"wrap a step",
         [&](const Intent&, int) {
             return Wrap{{middle->id}, OperatorType::Timeout};
         }},
        {"delete a step", [&](const Intent&, int) { return RemoveNodes{{middle->id}}; }},
        {"rename a component",
         [](const Intent&, int) {
             return RenameComponent{"component-7", "renamed"};
         }},
    };
    std::printf("%d calls, %zu bytes\n", calls, text.size());
    for (const auto& one : cases) {
        int i = 0;
        double tree = 0;
        const double whole = medianMilliseconds([&] {
            const auto begin = std::chrono::steady_clock::now();
            const auto after = journey::apply(document.intent, one.edit(document.intent, ++i));
            tree = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
            if (!after.value || !spec::write(document.sources, document.intent, *after.value).value)
                std::abort();
        });
        std::printf("  %-20s %7.3f ms (tree alone %.3f)\n", one.name, whole, tree);
    }

    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("large.yaml"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
        std::abort();
    file.close();
    widgets::JourneyDocument open(workspace::openIntent(path.toStdString()));
    int i = 0;
    const auto component = open.intent().journey.components.list()[1]->name;
    const auto edit = [&] {
        const auto value = base::Ratio(*base::Decimal::parse("0.9" + std::to_string(++i)));
        if (!open.apply(SetAvailability{component, value}, QStringLiteral("step %1").arg(i)).isEmpty())
            std::abort();
        open.endTyping();
    };
    std::printf("  %-20s %7.3f ms\n", "edit in the document", medianMilliseconds(edit));
    std::printf("  %-20s %7.3f ms\n", "undo", medianMilliseconds([&] { open.undoStack()->undo(); }));
    std::printf("  %-20s %7.3f ms\n", "redo", medianMilliseconds([&] { open.undoStack()->redo(); }));
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    for (const int calls : {100, 1000, 10'000})
        measure(calls);
    return 0;
}
