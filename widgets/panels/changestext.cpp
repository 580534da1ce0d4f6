// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/changestext.h"

#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace emac::widgets::changestext {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(emac::widgets::ChangesPanel)
};

QString operation(workspace::GitOperation operation)
{
    using workspace::GitOperation;
    switch (operation) {
    case GitOperation::Merge:
        return Text::tr("A merge is not finished: Git takes no commit of single files until it is.");
    case GitOperation::CherryPick:
        return Text::tr("A cherry-pick is not finished: Git takes no commit of single files until it is.");
    case GitOperation::Revert:
        return Text::tr("A revert is not finished: a commit has to wait until it is.");
    case GitOperation::Rebase:
        return Text::tr("A rebase is not finished: a commit now becomes part of it.");
    case GitOperation::None:
        break;
    }
    return {};
}

} // namespace

QString shortHash(const std::string& hash)
{
    constexpr int digits = 7;
    return QString::fromStdString(hash).left(digits);
}

QString branch(const workspace::GitStatus& status)
{
    QStringList parts;
    if (status.branch.empty())
        parts << Text::tr("On no branch, at %1").arg(shortHash(status.head));
    else
        parts << QString::fromStdString(status.branch);
    if (status.head.empty())
        parts << Text::tr("no commit yet");
    const auto upstream = QString::fromStdString(status.upstream);
    if (const auto ahead = static_cast<int>(status.ahead.value_or(0)); ahead > 0)
        parts << (ahead == 1 ? Text::tr("1 commit ahead of %1") : Text::tr("%n commits ahead of %1", nullptr, ahead))
                     .arg(upstream);
    if (const auto behind = static_cast<int>(status.behind.value_or(0)); behind > 0)
        parts << (behind == 1 ? Text::tr("1 commit behind %1") : Text::tr("%n commits behind %1", nullptr, behind))
                     .arg(upstream);
    return parts.join(QStringLiteral(" · "));
}

QString remarks(const workspace::Changes& changes, bool unsaved)
{
    QStringList lines;
    if (const auto text = operation(changes.status.operation); !text.isEmpty())
        lines << text;
    if (unsaved)
        lines << Text::tr("The journey has unsaved changes, which are not shown here: committing saves them first.");
    if (!changes.compiles()) {
        for (const auto& found : changes.plan.diagnostics) {
            if (found.severity() == base::Severity::Error) {
                lines << Text::tr("The artifacts cannot be compiled: %1").arg(messageWhat(found.message));
                break;
            }
        }
    }
    const auto others = static_cast<int>(changes.status.otherChanges);
    const auto staged = static_cast<int>(changes.status.otherStaged);
    if (staged > 0)
        lines << (staged == 1
                      ? Text::tr("1 other file is staged: it stays so, and out of this commit.")
                      : Text::tr("%n other files are staged: they stay so, and out of this commit.", nullptr, staged));
    else if (others > 0)
        lines << (others == 1 ? Text::tr("1 other file differs: it stays out of this commit.")
                              : Text::tr("%n other files differ: they stay out of this commit.", nullptr, others));
    return lines.join(QLatin1Char('\n'));
}

QString made(const workspace::GitCommit& commit, const QString& message)
{
    const auto subject = message.trimmed().section(QLatin1Char('\n'), 0, 0);
    const auto hash = shortHash(commit.id);
    return commit.branch.empty()
               ? Text::tr("Committed %1, on no branch: %2").arg(hash, subject)
               : Text::tr("Committed %1 on %2: %3").arg(hash, QString::fromStdString(commit.branch), subject);
}

QString lines(const base::Diagnostics& diagnostics)
{
    QStringList all;
    for (const auto& found : diagnostics)
        all << messageText(found.message);
    return all.join(QLatin1Char('\n'));
}

} // namespace emac::widgets::changestext
