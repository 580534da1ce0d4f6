// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvasnumbers.h"

#include <algorithm>

namespace emac::widgets {

namespace {

/// The worst problem of each node and component.
std::map<journey::Element, base::Severity> problemsOf(const JourneyDocument& document)
{
    std::map<journey::Element, base::Severity> problems;
    const auto add = [&](const journey::Element& element, base::Severity severity) {
        auto& worst = problems.try_emplace(element, severity).first->second;
        worst = std::max(worst, severity);
    };
    std::vector<std::uint32_t> lines;
    std::vector<base::Severity> severities;
    for (const auto& diagnostic : document.diagnostics()) {
        if (diagnostic.place.line == 0 || QString::fromStdString(diagnostic.place.file) != document.path())
            continue;
        lines.push_back(diagnostic.place.line);
        severities.push_back(diagnostic.severity());
    }
    const auto elements = document.sources().elementsAt(lines);
    for (std::size_t i = 0; i < elements.size(); ++i)
        add(elements[i], severities[i]);
    if (const auto evaluation = document.evaluation()) {
        for (const auto& note : evaluation->notes)
            add(note.element, base::messageTemplate(note.message.code).severity);
    }
    return problems;
}

} // namespace

CanvasNumbers numbersOf(const JourneyDocument& document, AvailabilityUnit unit)
{
    CanvasNumbers numbers;
    if (const auto evaluation = document.evaluation()) {
        numbers.analysis = &evaluation->analysis;
        numbers.inputs = &evaluation->inputs;
        numbers.revision = evaluation->revision;
    }
    if (const auto& objective = document.intent().objectives.availability)
        numbers.errorBudget = objective->target.failure();
    numbers.problems = problemsOf(document);
    numbers.stale = document.isStale();
    numbers.display = displayOf(unit, document.intent().objectives);
    return numbers;
}

} // namespace emac::widgets
