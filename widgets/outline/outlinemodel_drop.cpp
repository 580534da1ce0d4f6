// SPDX-License-Identifier: GPL-3.0-or-later
// Dragging rows of the outline, and dropping them and what a palette offers.
#include "core/journey/structure.h"
#include "widgets/editing/carried.h"
#include "widgets/editing/nodeselection.h"
#include "widgets/outline/outlinerow.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QIODevice>
#include <QMimeData>

namespace emac::widgets {

using journey::Element;

namespace {

QString nodesType()
{
    return QStringLiteral("application/x-emac-outline-rows");
}

/// The nodes of a drag that began in this process; NodeIds mean nothing elsewhere.
std::vector<journey::NodeId> nodesIn(const QMimeData& data)
{
    QDataStream stream(data.data(nodesType()));
    qint64 process = 0;
    QList<quint64> ids;
    stream >> process >> ids;
    std::vector<journey::NodeId> nodes;
    if (stream.status() != QDataStream::Ok || process != QCoreApplication::applicationPid())
        return nodes;
    for (const auto id : ids)
        nodes.push_back(static_cast<journey::NodeId>(id));
    return nodes;
}

bool holdsNodes(const journey::Expression& node)
{
    const auto type = journey::typeOf(node);
    return type != journey::OperatorType::Call && type != journey::OperatorType::Use;
}

} // namespace

QStringList OutlineModel::mimeTypes() const
{
    const auto carried = mimeOf(Carried{});
    return QStringList{nodesType()} + carried->formats();
}

QMimeData* OutlineModel::mimeData(const QModelIndexList& indexes) const
{
    QList<quint64> ids;
    for (const auto& index : indexes) {
        if (const auto* row = rowOf(index); index.column() == Step && row->node)
            ids.append(static_cast<quint64>(row->key));
    }
    if (ids.isEmpty())
        return nullptr;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << qint64{QCoreApplication::applicationPid()} << ids;
    auto data = std::make_unique<QMimeData>();
    data->setData(nodesType(), bytes);
    return data.release();
}

std::optional<journey::Cargo> OutlineModel::cargo(const QMimeData* data) const
{
    if (data == nullptr || !m_document->isReadable())
        return std::nullopt;
    const auto& journey = m_document->intent().journey;
    if (data->hasFormat(nodesType()))
        return journey::moved(journey, nodesIn(*data));
    const auto carried = carriedBy(data);
    return carried ? cargoOf(*carried, journey) : std::nullopt;
}

std::optional<journey::Landing> OutlineModel::landing(int row, const QModelIndex& parent) const
{
    if (!parent.isValid())
        return std::nullopt;
    const auto& onto = *rowOf(parent);
    if (onto.node) {
        if (!holdsNodes(*onto.node))
            return journey::Beside{onto.key, journey::Side::After};
        return journey::Into{onto.key, row < 0 ? journey::childCount(*onto.node) : static_cast<std::size_t>(row)};
    }
    if (onto.children.empty())
        return onto.element.kind == Element::Kind::Journey ? std::optional<journey::Landing>(journey::OnEmptyGround{})
                                                           : std::nullopt;
    return journey::Beside{onto.children.front()->key, row == 0 ? journey::Side::Before : journey::Side::After};
}

bool OutlineModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int /*column*/,
                                   const QModelIndex& parent) const
{
    if ((action != Qt::MoveAction && action != Qt::CopyAction) || !m_document->isEditable())
        return false;
    const auto where = landing(row, parent);
    const auto what = where ? cargo(data) : std::nullopt;
    return what && journey::puttingDown(m_document->intent().journey, *what, *where).has_value();
}

bool OutlineModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                const QModelIndex& parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const auto what = cargo(data);
    const auto edit = journey::puttingDown(m_document->intent().journey, *what, *landing(row, parent));
    Selection select;
    for (const auto& node : what->nodes)
        select.push_back(Element::ofNode(node->id));
    const auto words = what->nodes.size() == 1 ? nodeWords(*what->nodes.front())
                                               : tr("%n nodes", nullptr, static_cast<int>(what->nodes.size()));
    const auto refusal =
        m_document->apply(*edit, what->moves ? tr("Move %1").arg(words) : tr("Insert %1").arg(words), select);
    if (!refusal.isEmpty())
        emit refused(refusal);
    return refusal.isEmpty();
}

} // namespace emac::widgets
