// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/outline/outlinemodel.h"

#include "widgets/canvas/canvasnumbers.h"
#include "widgets/canvas/nodesentence.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/editing/nodeselection.h"
#include "widgets/editing/renaming.h"
#include "widgets/outline/outlinerow.h"
#include "widgets/outline/typedavailability.h"

#include <algorithm>

namespace emac::widgets {

using journey::Element;

OutlineModel::OutlineModel(JourneyDocument* document, const DisplayUnits* units, QObject* parent)
    : QAbstractItemModel(parent)
    , m_document(document)
    , m_units(units)
    , m_root(std::make_unique<Row>())
{
    const auto numbers = [this] { showNumbers(); };
    connect(document, &JourneyDocument::valueChanged, this, &OutlineModel::follow);
    connect(document, &JourneyDocument::evaluationChanged, this, numbers);
    connect(document, &JourneyDocument::diagnosticsChanged, this, numbers);
    connect(document, &JourneyDocument::staleChanged, this, numbers);
    connect(units, &DisplayUnits::changed, this, numbers);
    follow();
}

OutlineModel::~OutlineModel() = default;

void OutlineModel::matchFragments(const journey::Journey& journey)
{
    std::vector<Fragment> now;
    auto before = std::move(m_fragments);
    const auto take = [&before](auto matches) {
        journey::NodeId key{};
        if (const auto found = std::ranges::find_if(before, matches); found != before.end()) {
            key = found->key;
            before.erase(found);
        }
        return key;
    };
    for (const auto& fragment : journey.fragments) {
        const auto key = take([&fragment](const Fragment& one) { return one.name == fragment.name; });
        now.push_back({fragment.name, key, fragment.body ? fragment.body->id : journey::NodeId{}});
    }
    for (auto& fragment : now) { // one that was renamed keeps its body
        if (fragment.key == journey::NodeId{})
            fragment.key = take([&fragment](const Fragment& one) { return one.body == fragment.body; });
        if (fragment.key == journey::NodeId{})
            fragment.key = journey::newNodeId();
    }
    m_fragments = std::move(now);
}

void OutlineModel::follow()
{
    if (!m_document->isReadable())
        return;
    const auto& journey = m_document->intent().journey;
    matchFragments(journey);
    std::vector<Wanted> outermost{{journey::NodeId{}, Element::journey(), nullptr, journey.root}};
    for (std::size_t i = 0; i < journey.fragments.size(); ++i)
        outermost.push_back(
            {m_fragments[i].key, Element::fragment(journey.fragments[i].name), nullptr, journey.fragments[i].body});
    m_changing = true;
    Follower(*this, outermost).follow();
    m_changing = false;
    showNumbers();
    emit followed();
}

void OutlineModel::showNumbers()
{
    if (!m_document->isReadable())
        return;
    const auto numbers = numbersOf(*m_document, m_units->unit());
    const auto uses = fragmentUses(m_document->intent().journey);
    for (const auto& row : m_root->children)
        show(*row, numbers, uses);
}

void OutlineModel::show(Row& row, const CanvasNumbers& numbers, const std::map<std::string, int>& uses)
{
    Look look;
    if (row.node) {
        look = m_looks.lookOf(*row.node, m_document->intent().journey, uses, numbers);
    } else if (row.element.kind == Element::Kind::Fragment) {
        const auto found = uses.find(row.element.name);
        look.title = QString::fromStdString(row.element.name);
        look.detail = tr("fragment, used %1×").arg(found == uses.end() ? 0 : found->second);
        look.toolTip = tr("The fragment %1: an edit here changes all its uses").arg(look.title);
    } else {
        look.title = m_document->title();
        look.detail = tr("journey");
        look.toolTip = tr("The journey %1").arg(look.title);
        look.stale = numbers.stale;
        if (const auto* values =
                numbers.analysis && numbers.analysis->journey ? &*numbers.analysis->journey : nullptr) {
            const double worst = values->sharedFate.worst;
            look.numbers = values->independent ? shortRange(worst, values->independent->best, numbers.display)
                                               : availabilityText(worst, numbers.display);
            look.heat = heatOf(*values, numbers.errorBudget);
        }
    }
    if (look != row.look) {
        row.look = std::move(look);
        emit dataChanged(indexOf(row), indexOf(row, ColumnCount - 1));
    }
    mark(row);
    for (const auto& child : row.children)
        show(*child, numbers, uses);
}

void OutlineModel::mark(Row& row)
{
    const auto contains = [this](const QString& text) { return text.contains(m_sought, Qt::CaseInsensitive); };
    bool found = !m_sought.isEmpty() && contains(row.look.title);
    if (row.node && !m_sought.isEmpty()) {
        const auto type = journey::typeOf(*row.node);
        found = found || contains(QString::fromStdString(row.node->name)) || contains(operatorTitle(type))
                || contains(QString::fromLatin1(journey::keyword(type)))
                || contains(roleOf(row.parent->node.get(), row.index()));
    }
    if (found == row.found)
        return;
    row.found = found;
    emit dataChanged(indexOf(row), indexOf(row, ColumnCount - 1), {FoundRole});
}

std::vector<Element> OutlineModel::find(const QString& text)
{
    m_sought = text.trimmed();
    const auto markAll = [this](const auto& self, Row& row) -> void {
        mark(row);
        for (const auto& child : row.children)
            self(self, *child);
    };
    for (const auto& row : m_root->children)
        markAll(markAll, *row);
    return found();
}

std::vector<Element> OutlineModel::found() const
{
    std::vector<Element> result;
    const auto collect = [&result](const auto& self, const Row& row) -> void {
        if (row.found)
            result.push_back(row.element);
        for (const auto& child : row.children)
            self(self, *child);
    };
    collect(collect, *m_root);
    return result;
}

OutlineModel::Row* OutlineModel::rowOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Row*>(index.internalPointer()) : m_root.get();
}

QModelIndex OutlineModel::indexOf(const Row& row, int column) const
{
    return createIndex(static_cast<int>(row.index()), column, &row);
}

QModelIndex OutlineModel::indexOf(const Element& element) const
{
    if (element.kind == Element::Kind::Node) {
        const auto found = m_rows.find(element.node);
        return found == m_rows.end() ? QModelIndex() : indexOf(*found->second);
    }
    for (const auto& row : m_root->children) {
        if (row->element == element)
            return indexOf(*row);
    }
    return {};
}

Element OutlineModel::element(const QModelIndex& index) const
{
    return index.isValid() ? rowOf(index)->element : Element::none();
}

journey::NodeId OutlineModel::key(const QModelIndex& index) const
{
    return rowOf(index)->key;
}

int OutlineModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(rowOf(parent)->children.size());
}

int OutlineModel::columnCount(const QModelIndex& /*parent*/) const
{
    return ColumnCount;
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, rowOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex OutlineModel::parent(const QModelIndex& index) const
{
    const auto* parent = index.isValid() ? rowOf(index)->parent : nullptr;
    return parent == nullptr || parent == m_root.get() ? QModelIndex() : indexOf(*parent);
}

QVariant OutlineModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == Availability)
        return tr("Type a number on a call, or double-click here, to state its component's availability.");
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Step ? tr("Step") : tr("A⁻ … A⁺");
}

Qt::ItemFlags OutlineModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (!m_document->isEditable())
        return flags;
    flags |= Qt::ItemIsDropEnabled;
    if (index.column() == Step || typable(index))
        flags |= Qt::ItemIsEditable;
    if (rowOf(index)->node)
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

std::optional<std::string> OutlineModel::typable(const QModelIndex& index) const
{
    if (!index.isValid() || index.column() != Availability || !m_document->isReadable())
        return std::nullopt;
    const auto& node = rowOf(index)->node;
    const auto* call = node ? std::get_if<journey::Call>(&node->op) : nullptr;
    const bool can = call != nullptr && isAvailabilityTypable(*m_document, call->component);
    return can ? std::optional(call->component) : std::nullopt;
}

QString OutlineModel::sentence(const Row& row) const
{
    if (!row.node)
        return tr("%1, %2").arg(row.look.title, row.look.detail);
    const auto evaluation = m_document->evaluation();
    return nodeSentence(*row.node, row.parent->node.get(), row.index(),
                        evaluation ? evaluation->analysis.find(row.key) : nullptr,
                        m_units->display(m_document->intent().objectives));
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_document->isReadable())
        return {};
    const auto& row = *rowOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Step ? row.look.title : row.look.numbers;
    case Qt::EditRole: {
        if (index.column() == Availability) {
            const auto component = typable(index);
            return component ? statedAvailability(*m_document, *component) : QString();
        }
        const auto renaming = renamingOf(m_document->intent(), row.element);
        return renaming ? renaming->current : QString();
    }
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() == Step ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return parts::plainToolTip(row.look.toolTip);
    case Qt::AccessibleTextRole:
        return index.column() == Step ? sentence(row) : row.look.numbers;
    case Qt::AccessibleDescriptionRole:
        return row.look.toolTip;
    case LookRole:
        return QVariant::fromValue(row.look);
    case RoleInParentRole:
        return roleOf(row.parent->node.get(), row.index());
    case IsNodeRole:
        return row.node != nullptr;
    case FoundRole:
        return row.found;
    default:
        return {};
    }
}

QString OutlineModel::rename(const QModelIndex& index, const QString& name)
{
    const auto naming = namingOf(m_document->intent(), element(index));
    return naming ? widgets::rename(*m_document, *naming, name.trimmed()) : QString();
}

bool OutlineModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const auto component = typable(index);
    const auto refusal =
        component ? setTypedAvailability(*m_document, *component, value.toString()) : rename(index, value.toString());
    if (!refusal.isEmpty())
        emit refused(refusal);
    return refusal.isEmpty();
}

} // namespace emac::widgets
