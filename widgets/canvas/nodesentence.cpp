// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/nodesentence.h"

#include "core/journey/paths.h"
#include "widgets/canvas/look.h"
#include "widgets/common/figures.h"
#include "widgets/common/format.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>
#include <QStringList>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::nodesentence)
};

/// "race", or "race payment" where it has a name.
QString parentWords(const journey::Expression& parent)
{
    const auto title = operatorTitle(journey::typeOf(parent)).toLower();
    return parent.name.empty() ? title : Words::tr("%1 %2").arg(title, QString::fromStdString(parent.name));
}

QString valueWords(const analysis::NodeAvailability& values, const AvailabilityDisplay& display)
{
    const auto worst =
        Words::tr("%1 %2").arg(symbolOf(Figure::Pessimistic), availabilityText(values.sharedFate.worst, display));
    if (!values.independent)
        return worst;
    return Words::tr("%1 to %2 %3")
        .arg(worst, symbolOf(Figure::Optimistic), availabilityText(values.independent->best, display));
}

} // namespace

QString roleOf(const journey::Expression* parent, std::size_t index)
{
    if (parent == nullptr)
        return {};
    if (std::holds_alternative<journey::Fallback>(parent->op))
        return Words::tr("try %1").arg(index + 1);
    const auto* branch = std::get_if<journey::Branch>(&parent->op);
    if (branch == nullptr || index >= branch->choices.size())
        return {};
    const auto& choice = branch->choices[index];
    const auto probability = probabilityText(choice.probability);
    return choice.label.empty() ? probability
                                : Words::tr("%1 %2").arg(QString::fromStdString(choice.label), probability);
}

QString placeWords(const journey::Expression* parent, std::size_t index)
{
    using enum journey::OperatorType;
    if (parent == nullptr)
        return {};
    const auto type = journey::typeOf(*parent);
    const auto counted = [&](const QString& words) {
        return words.arg(index + 1).arg(journey::childCount(*parent)).arg(parentWords(*parent));
    };
    switch (type) {
    case Series:
        return counted(Words::tr("step %1 of %2 of %3"));
    case Branch:
        return Words::tr("%1, %2").arg(counted(Words::tr("choice %1 of %2 of %3")), roleOf(parent, index));
    case Fallback:
        return counted(Words::tr("try %1 of %2 of %3"));
    case Parallel:
    case Race:
    case KofN:
        return counted(Words::tr("branch %1 of %2 of %3"));
    case Retry:
    case Timeout:
    case Optional:
        return Words::tr("body of %1").arg(parentWords(*parent));
    case Call:
    case Use:
        break;
    }
    return {};
}

QString nodeSentence(const journey::Expression& node, const journey::Expression* parent, std::size_t index,
                     const analysis::NodeAvailability* values, const AvailabilityDisplay& display)
{
    QStringList parts{nodeWords(node)};
    const auto title = operatorTitle(journey::typeOf(node));
    if (parts.front() != title)
        parts << title.toLower();
    if (const auto place = placeWords(parent, index); !place.isEmpty())
        parts << place;
    if (values != nullptr)
        parts << valueWords(*values, display);
    return parts.join(Words::tr(", ", "between the parts of a list"));
}

} // namespace emac::widgets
