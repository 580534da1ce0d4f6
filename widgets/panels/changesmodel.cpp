// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/changesmodel.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <algorithm>

namespace emac::widgets {

using workspace::Change;
using workspace::ChangeRole;
using workspace::FileState;

namespace {

QString roleText(ChangeRole role)
{
    switch (role) {
    case ChangeRole::Intent:
        return ChangesModel::tr("Intent");
    case ChangeRole::Layout:
        return ChangesModel::tr("Layout");
    case ChangeRole::Artifact:
        break;
    }
    return ChangesModel::tr("Artifact");
}

QString stateText(const Change& change)
{
    switch (change.state()) {
    case FileState::Unchanged:
        return ChangesModel::tr("unchanged");
    case FileState::New:
        return change.compiled ? ChangesModel::tr("new, to be compiled") : ChangesModel::tr("new");
    case FileState::Modified:
        return change.compiled ? ChangesModel::tr("modified, to be compiled") : ChangesModel::tr("modified");
    case FileState::Deleted:
        return ChangesModel::tr("deleted");
    case FileState::Conflicted:
        return ChangesModel::tr("in conflict");
    case FileState::Ignored:
        return ChangesModel::tr("ignored by Git");
    case FileState::Missing:
        return ChangesModel::tr("missing");
    case FileState::Foreign:
        break;
    }
    return ChangesModel::tr("in another repository");
}

QColor stateColour(const Change& change)
{
    switch (change.state()) {
    case FileState::New:
        return theme::good();
    case FileState::Modified:
        return theme::warning();
    case FileState::Deleted:
    case FileState::Conflicted:
    case FileState::Ignored:
    case FileState::Foreign:
        return theme::bad();
    case FileState::Unchanged:
    case FileState::Missing:
        break;
    }
    return theme::mutedText();
}

QString nameOf(const Change& change)
{
    return QString::fromStdString(change.file.path.generic_string());
}

} // namespace

void ChangesModel::setChanges(std::vector<Change> changes)
{
    if (changes == m_changes)
        return;
    beginResetModel();
    m_changes = std::move(changes);
    endResetModel();
}

int ChangesModel::rowOf(const std::filesystem::path& file) const
{
    const auto found = std::ranges::find_if(m_changes, [&file](const Change& c) { return c.file.path == file; });
    return found == m_changes.end() ? -1 : static_cast<int>(found - m_changes.begin());
}

int ChangesModel::included() const
{
    return static_cast<int>(std::ranges::count_if(
        m_changes, [this](const Change& c) { return c.differs() && !m_leftOut.contains(c.file.path); }));
}

void ChangesModel::includeAll()
{
    m_leftOut.clear();
    if (!m_changes.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::CheckStateRole});
}

int ChangesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int ChangesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags ChangesModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    auto flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == File && at(index.row()).differs())
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant ChangesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& change = at(index.row());
    if (role == Qt::CheckStateRole && index.column() == File && change.differs())
        return m_leftOut.contains(change.file.path) ? Qt::Unchecked : Qt::Checked;
    if (role == Qt::ForegroundRole) {
        if (index.column() == State)
            return stateColour(change);
        return change.differs() ? QVariant() : theme::mutedText();
    }
    if (role == Qt::ToolTipRole)
        return parts::plainToolTip(tr("%1 (%2)").arg(nameOf(change), stateText(change)));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case File:
        return nameOf(change);
    case Part:
        return roleText(change.role);
    case State:
        return stateText(change);
    case ColumnCount:
        break;
    }
    return {};
}

bool ChangesModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !flags(index).testFlag(Qt::ItemIsUserCheckable))
        return false;
    const auto& path = at(index.row()).file.path;
    if (value.value<Qt::CheckState>() == Qt::Checked)
        m_leftOut.erase(path);
    else
        m_leftOut.insert(path);
    emit dataChanged(index, index, {Qt::CheckStateRole});
    return true;
}

QVariant ChangesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case File:
        return tr("File");
    case Part:
        return tr("Part");
    case State:
        return tr("State");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace emac::widgets
