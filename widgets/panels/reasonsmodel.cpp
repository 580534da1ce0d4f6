// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/reasonsmodel.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/panels/icons.h"

namespace emac::widgets {

void ReasonsModel::setReasons(const journey::Notes& reasons)
{
    if (reasons == m_reasons)
        return;
    beginResetModel();
    m_reasons = reasons;
    endResetModel();
}

int ReasonsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_reasons.size());
}

QVariant ReasonsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& message = at(index.row()).message;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return messageText(message);
    case Qt::DecorationRole:
        return icons::severity(base::messageTemplate(message.code).severity);
    case Qt::ToolTipRole:
        return parts::plainToolTip(messageText(message));
    default:
        return {};
    }
}

} // namespace emac::widgets
