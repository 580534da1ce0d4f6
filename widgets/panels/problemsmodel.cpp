// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/problemsmodel.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/panels/icons.h"

#include <algorithm>
#include <tuple>

namespace emac::widgets {

namespace {

base::Severity severityOf(const Problem& problem)
{
    return base::messageTemplate(problem.message.code).severity;
}

QString word(base::Severity severity)
{
    switch (severity) {
    case base::Severity::Error:
        return ProblemsModel::tr("Error");
    case base::Severity::Warning:
        return ProblemsModel::tr("Warning");
    case base::Severity::Note:
        break;
    }
    return ProblemsModel::tr("Note");
}

const QIcon& icon(base::Severity severity)
{
    static const QIcon icons[] = {icons::severity(base::Severity::Note), icons::severity(base::Severity::Warning),
                                  icons::severity(base::Severity::Error)};
    return icons[static_cast<int>(severity)];
}

} // namespace

void ProblemsModel::setProblems(std::vector<Problem> problems)
{
    std::ranges::stable_sort(problems, [](const Problem& a, const Problem& b) {
        return std::tuple(severityOf(b), std::tie(a.place.file, a.place.line, a.place.column))
               < std::tuple(severityOf(a), std::tie(b.place.file, b.place.line, b.place.column));
    });
    problems.erase(std::ranges::unique(problems).begin(), problems.end());

    const auto [oldMiddle, newMiddle] = std::ranges::mismatch(m_problems, problems);
    const auto first = static_cast<int>(oldMiddle - m_problems.begin());
    int tail = 0;
    const int oldCount = static_cast<int>(m_problems.size());
    const int newCount = static_cast<int>(problems.size());
    while (tail < std::min(oldCount, newCount) - first
           && m_problems[static_cast<std::size_t>(oldCount - tail - 1)]
                  == problems[static_cast<std::size_t>(newCount - tail - 1)])
        ++tail;

    const int changed = std::min(oldCount, newCount) - tail - first;
    if (newCount > oldCount) {
        beginInsertRows({}, first + changed, first + changed + newCount - oldCount - 1);
        m_problems = std::move(problems);
        endInsertRows();
    } else if (newCount < oldCount) {
        beginRemoveRows({}, first + changed, first + changed + oldCount - newCount - 1);
        m_problems = std::move(problems);
        endRemoveRows();
    } else {
        m_problems = std::move(problems);
    }
    if (changed > 0)
        emit dataChanged(index(first, 0), index(first + changed - 1, ColumnCount - 1));
}

void ProblemsModel::setDisplay(const AvailabilityDisplay& display)
{
    if (display == m_display)
        return;
    m_display = display;
    if (!m_problems.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ProblemsModel::count(base::Severity severity) const
{
    return static_cast<int>(
        std::ranges::count_if(m_problems, [severity](const Problem& p) { return severityOf(p) == severity; }));
}

QString ProblemsModel::summary() const
{
    const int errors = count(base::Severity::Error);
    const int warnings = count(base::Severity::Warning);
    const int notes = count(base::Severity::Note);
    QStringList parts;
    if (errors > 0)
        parts << (errors == 1 ? tr("1 error") : tr("%n errors", nullptr, errors));
    if (warnings > 0)
        parts << (warnings == 1 ? tr("1 warning") : tr("%n warnings", nullptr, warnings));
    if (notes > 0)
        parts << (notes == 1 ? tr("1 note") : tr("%n notes", nullptr, notes));
    return parts.isEmpty() ? tr("No problems") : parts.join(tr(", "));
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& problem = at(index.row());
    if (role == Qt::ToolTipRole) {
        const auto text = messageText(inDisplay(problem.message, m_display));
        return parts::plainToolTip(tr("%1 (%2)").arg(text, QString::fromStdString(codeName(problem.message.code))));
    }
    if (role == Qt::DecorationRole && index.column() == Severity)
        return icon(severityOf(problem));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case Severity:
        return word(severityOf(problem));
    case What:
        return messageWhat(inDisplay(problem.message, m_display));
    case Mend:
        return messageMend(inDisplay(problem.message, m_display));
    case Where:
        return parts::placeText(problem.place);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Severity:
        return tr("Kind");
    case What:
        return tr("What is wrong");
    case Mend:
        return tr("How to mend it");
    case Where:
        return tr("Place");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace emac::widgets
