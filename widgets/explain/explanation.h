// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/base/diagnostic.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"
#include "core/spec/source_map.h"
#include "widgets/common/figures.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace emac::widgets {

/// One number of one element.
struct Explained
{
    journey::Element element; ///< the journey or a node
    Figure figure = Figure::Pessimistic;
    bool operator==(const Explained&) const = default;
};

/// How a number came about, in the user's language.
struct Explanation
{
    /// What goes into it: a part, an input, a parameter.
    struct Row
    {
        QString label;
        QString value;
        QString source; ///< "Target of openslo:front-availability"; may be empty
        base::Place place; ///< of the value or of the part; no file where it has none
        std::optional<Explained> step; ///< what explains the value further
        bool operator==(const Row&) const = default;
    };

    Explained what;
    QString title; ///< "payment"
    QString kind; ///< "Race", "Call", "Journey"
    QString value; ///< as the display reads; "not computed"
    QString rule; ///< "A⁺ = 1 − (1 − A⁺₁) · (1 − A⁺₂) · …: it fails where all fail"
    QString formula; ///< "1 − 0.005 · 0.005 = 0.999975"; empty where no formula holds
    QStringList remarks; ///< what the formula does not say
    std::vector<Row> rows;
    int moreRows = 0; ///< parts beyond the rows
    bool operator==(const Explanation&) const = default;
};

/// What an explanation is made from: of one revision of the document.
struct ExplanationSource
{
    const journey::Intent& intent;
    const QString& title; ///< the journey's
    const journey::Inputs& inputs;
    const analysis::Analysis& analysis;
    const spec::SourceMap& sources; ///< of the text of the intent
    std::string path; ///< of its file
    AvailabilityDisplay display;
};

/// The node that stands for an element of a selection: itself, a fragment's body, a component's first call; else the
/// journey.
journey::Element explainable(const journey::Journey& journey, const journey::Element& element);

/// Empty where the element is not there or has no numbers. O(size · log) for shared fate, else O(size below).
std::optional<Explanation> explain(const ExplanationSource& source, const Explained& what);

} // namespace emac::widgets
