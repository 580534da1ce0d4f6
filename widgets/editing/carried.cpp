// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/carried.h"

#include "core/journey/structure.h"
#include "core/spec/clip.h"
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace emac::widgets {

namespace {

QString mimeType()
{
    return QStringLiteral("application/x-emac-palette-item");
}

/// Of the data; another one is not understood.
constexpr qint32 version = 1;

bool isFrame(journey::OperatorType type)
{
    return type != journey::OperatorType::Call && type != journey::OperatorType::Use;
}

} // namespace

std::unique_ptr<QMimeData> mimeOf(const Carried& carried)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << version << static_cast<qint32>(carried.kind) << static_cast<qint32>(carried.type) << carried.name
           << carried.definition;
    auto data = std::make_unique<QMimeData>();
    data->setData(mimeType(), bytes);
    return data;
}

std::optional<Carried> carriedBy(const QMimeData* data)
{
    if (data == nullptr || !data->hasFormat(mimeType()))
        return std::nullopt;
    QDataStream stream(data->data(mimeType()));
    stream.setVersion(QDataStream::Qt_6_0);
    qint32 written = 0;
    qint32 kind = -1;
    qint32 type = -1;
    Carried carried;
    stream >> written >> kind >> type >> carried.name >> carried.definition;
    if (stream.status() != QDataStream::Ok || !stream.atEnd() || written != version || kind < 0
        || kind > static_cast<qint32>(Carried::Kind::Fragment) || type < 0
        || type > static_cast<qint32>(journey::OperatorType::Use))
        return std::nullopt;
    carried.kind = static_cast<Carried::Kind>(kind);
    carried.type = static_cast<journey::OperatorType>(type);
    if (carried.kind == Carried::Kind::Operator && !isFrame(carried.type))
        return std::nullopt;
    return carried;
}

std::optional<journey::Cargo> cargoOf(const Carried& carried, const journey::Journey& journey)
{
    const auto name = carried.name.toStdString();
    switch (carried.kind) {
    case Carried::Kind::Operator:
        return journey::newOperator(journey, carried.type);
    case Carried::Kind::Component:
        if (!name.empty() && !carried.definition.isEmpty() && !journey.components.find(name)) {
            const auto clip = spec::readClip(carried.definition.toStdString(), name);
            if (clip.value)
                return spec::fitted(*clip.value, journey).cargo;
        }
        return journey::newCall(journey, name);
    case Carried::Kind::Fragment:
        break;
    }
    return journey.fragment(name) ? std::optional(journey::newUse(name)) : std::nullopt;
}

std::vector<journey::Element> unnamedCalls(const Carried& carried, const journey::Cargo& cargo)
{
    std::vector<journey::Element> calls;
    if (!carried.name.isEmpty())
        return calls;
    for (const auto& node : cargo.nodes) {
        journey::forEachNode(node, [&](const journey::ExpressionPtr& one) {
            const auto* call = std::get_if<journey::Call>(&one->op);
            if (call != nullptr
                && std::ranges::find(cargo.components, call->component, &journey::Component::name)
                       != cargo.components.end())
                calls.push_back(journey::Element::ofNode(one->id));
        });
    }
    return calls;
}

QString wordsOf(const Carried& carried)
{
    if (carried.kind == Carried::Kind::Operator)
        return operatorTitle(carried.type);
    return carried.name.isEmpty() ? QCoreApplication::translate("emac::widgets::Carried", "new call") : carried.name;
}

void PlacingTool::set(std::optional<Carried> carried)
{
    if (m_carried == carried)
        return;
    m_carried = std::move(carried);
    emit changed();
}

} // namespace emac::widgets
