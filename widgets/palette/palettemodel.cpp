// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palettemodel.h"

#include "core/journey/structure.h"
#include "core/spec/clip.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace emac::widgets {

using journey::OperatorType;

namespace {

bool statesAvailability(const journey::Component& component)
{
    return component.inlineAvailability || component.observed || !component.atomicSloRef.empty();
}

Carried carriedCall(const std::string& name)
{
    return {Carried::Kind::Component, OperatorType::Call, QString::fromStdString(name), {}};
}

PaletteRow rowOf(const journey::Component& component)
{
    PaletteRow row;
    row.title = QString::fromStdString(component.name);
    row.carried = carriedCall(component.name);
    row.external = component.kind == "external_dependency";
    row.notStated = !statesAvailability(component);
    return row;
}

/// A component that something else knows, as it is there.
PaletteRow rowFrom(const journey::Component& component, const QString& source, const QString& toolTip)
{
    auto row = rowOf(component);
    row.carried->definition = QString::fromStdString(spec::writeClip(component));
    row.detail = source;
    row.toolTip = toolTip;
    return row;
}

/// How often each component is called and each fragment used. O(size · log).
struct Counts
{
    std::map<std::string, int> calls;
    std::map<std::string, int> uses;

    explicit Counts(const journey::Journey& journey)
    {
        journey::forEachNode(journey, [this](const journey::ExpressionPtr& node) {
            if (const auto* call = std::get_if<journey::Call>(&node->op))
                ++calls[call->component];
            else if (const auto* use = std::get_if<journey::Use>(&node->op))
                ++uses[use->fragment];
        });
    }
};

} // namespace

QString operatorMeaning(OperatorType type)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("emac::widgets::PaletteModel", text); };
    switch (type) {
    case OperatorType::Series:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "One after the other; all must succeed"));
    case OperatorType::Parallel:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "Started together; all must succeed"));
    case OperatorType::Race:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "Started together; the first success wins"));
    case OperatorType::KofN:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "Started together; done when k have succeeded"));
    case OperatorType::Branch:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "Just one of them is taken, with a probability"));
    case OperatorType::Retry:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "Tried again after a failure"));
    case OperatorType::Timeout:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "Has failed when it is not done by the deadline"));
    case OperatorType::Fallback:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "The next is tried when the one before has failed"));
    case OperatorType::Optional:
        return tr(QT_TRANSLATE_NOOP("emac::widgets::PaletteModel", "Its failure does not fail the journey"));
    case OperatorType::Call:
    case OperatorType::Use:
        break;
    }
    return {};
}

PaletteModel::PaletteModel(QObject* parent) : QAbstractListModel(parent)
{
    build();
}

void PaletteModel::setKnown(const std::vector<workspace::JourneyUsage>& journeys,
                            const std::vector<workspace::SloService>& services)
{
    std::set<std::string> seen;
    std::vector<PaletteRow> known;
    for (const auto& other : journeys) {
        const auto source = QString::fromStdString(other.name);
        for (const auto& component : other.components) {
            const auto name = QString::fromStdString(component.name);
            if (seen.insert(component.name).second)
                known.push_back(rowFrom(component, source, tr("%1, as the journey %2 has it").arg(name, source)));
        }
    }
    for (const auto& service : services) {
        if (!seen.insert(service.service).second)
            continue;
        auto component = journey::componentNamed(service.service);
        component.kind = "service";
        component.atomicSloRef = "openslo:" + service.slo;
        known.push_back(
            rowFrom(component, tr("SLO"),
                    tr("%1, with its SLO %2")
                        .arg(QString::fromStdString(service.service), QString::fromStdString(service.slo))));
    }
    std::ranges::sort(known, {}, [](const PaletteRow& row) { return row.title.toCaseFolded(); });
    if (known == m_known)
        return;
    m_known = std::move(known);
    build();
}

void PaletteModel::setJourney(const journey::Journey& journey)
{
    m_journey = journey;
    build();
}

void PaletteModel::build()
{
    std::vector<PaletteRow> all{{tr("Operators")}};
    for (const auto type : offeredOperators)
        all.push_back({operatorTitle(type), {}, operatorMeaning(type), Carried{Carried::Kind::Operator, type, {}, {}}});

    const Counts counts(m_journey);
    all.push_back({tr("Calls")});
    all.push_back(
        {tr("New call"), {}, tr("A call of a component that the journey does not have yet"), carriedCall({})});
    for (const auto& component : m_journey.components.list()) {
        auto row = emac::widgets::rowOf(*component);
        const auto found = counts.calls.find(component->name);
        const int calls = found == counts.calls.end() ? 0 : found->second;
        if (calls <= 1)
            row.toolTip = (calls == 0 ? tr("%1 is not called yet.") : tr("%1 is called once.")).arg(row.title);
        else
            row.toolTip = tr("%1 is called %2 times.").arg(row.title).arg(calls);
        if (row.notStated)
            row.toolTip = tr("%1 It states no availability.").arg(row.toolTip);
        all.push_back(std::move(row));
    }

    const auto heading = all.size();
    all.push_back({tr("In the working copy")});
    for (const auto& row : m_known) {
        if (!m_journey.components.find(row.title.toStdString()))
            all.push_back(row);
    }
    if (all.size() == heading + 1)
        all.pop_back();

    if (!m_journey.fragments.empty())
        all.push_back({tr("Fragments")});
    for (const auto& fragment : m_journey.fragments) {
        const auto name = QString::fromStdString(fragment.name);
        const auto uses = counts.uses.find(fragment.name);
        all.push_back({name, tr("%1×").arg(uses == counts.uses.end() ? 0 : uses->second),
                       tr("A use of the fragment %1").arg(name),
                       Carried{Carried::Kind::Fragment, OperatorType::Call, name, {}}});
    }
    if (all == m_all)
        return;
    m_all = std::move(all);
    show();
}

void PaletteModel::setFilter(const QString& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    show();
}

void PaletteModel::show()
{
    std::vector<PaletteRow> shown;
    std::optional<PaletteRow> heading;
    const auto words = m_filter.split(u' ', Qt::SkipEmptyParts);
    for (const auto& row : m_all) {
        if (!row.carried) {
            heading = row;
            continue;
        }
        const bool passes = std::ranges::all_of(words, [&row](const QString& word) {
            return row.title.contains(word, Qt::CaseInsensitive) || row.detail.contains(word, Qt::CaseInsensitive);
        });
        if (!passes)
            continue;
        if (heading)
            shown.push_back(*std::exchange(heading, std::nullopt));
        shown.push_back(row);
    }
    if (shown == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(shown);
    endResetModel();
}

int PaletteModel::rowOf(const Carried& carried) const
{
    const auto found = std::ranges::find(m_rows, std::optional(carried), &PaletteRow::carried);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

bool PaletteModel::offers(const Carried& carried) const
{
    return std::ranges::find(m_all, std::optional(carried), &PaletteRow::carried) != m_all.end();
}

int PaletteModel::firstItem() const
{
    return m_rows.empty() ? -1 : 1; // behind its heading
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index) || !index.isValid())
        return {};
    const auto& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::ToolTipRole:
        return parts::plainToolTip(row.toolTip);
    case Qt::AccessibleTextRole: {
        auto words = row.detail.isEmpty() ? row.title : tr("%1, %2").arg(row.title, row.detail);
        return row.notStated ? tr("%1, states no availability").arg(words) : words;
    }
    case Qt::AccessibleDescriptionRole:
        return row.toolTip;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    if (!checkIndex(index) || !index.isValid())
        return Qt::NoItemFlags;
    if (isHeading(index.row()))
        return Qt::ItemNeverHasChildren;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList PaletteModel::mimeTypes() const
{
    return mimeOf({})->formats();
}

QMimeData* PaletteModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty() || isHeading(indexes.front().row()))
        return nullptr;
    return mimeOf(*at(indexes.front().row()).carried).release();
}

} // namespace emac::widgets
