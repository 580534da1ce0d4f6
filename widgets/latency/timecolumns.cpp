// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/timecolumns.h"

#include "core/spec/samples.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace emac::widgets {

namespace {

constexpr qsizetype looked = 200; ///< lines, for which columns hold times

bool isComment(const QString& line)
{
    return line.startsWith(u'#') || line.trimmed().isEmpty();
}

/// The one that the first line has most of; none where it has none.
QChar separatorOf(const QString& text)
{
    const auto lines = QStringView(text).split(u'\n');
    const auto first = std::ranges::find_if(lines, [](QStringView line) { return !isComment(line.toString()); });
    if (first == lines.end())
        return {};
    constexpr std::array separators{u'\t', u';', u','};
    const auto* most = std::ranges::max_element(separators, {}, [&](char16_t c) { return first->count(c); });
    return first->contains(*most) ? QChar(*most) : QChar();
}

QStringList cellsOf(const QString& line, QChar separator)
{
    QStringList cells;
    for (auto cell : line.split(separator)) {
        cell = cell.trimmed();
        if (cell.size() > 1 && cell.startsWith(u'"') && cell.endsWith(u'"'))
            cell = cell.mid(1, cell.size() - 2);
        cells << cell;
    }
    return cells;
}

bool isLikeNumber(const QString& cell)
{
    static const QRegularExpression number(QStringLiteral("^[-+]?\\.?\\d"));
    return number.match(cell).hasMatch();
}

bool speaksOfTime(const QString& heading)
{
    static const QRegularExpression words(
        QStringLiteral("duration|latency|elapsed|(^|[^a-z])(ns|us|µs|ms|seconds?)\\W*$"),
        QRegularExpression::CaseInsensitiveOption);
    return words.match(heading).hasMatch();
}

} // namespace

TimeColumns timeColumns(const QString& text)
{
    TimeColumns found;
    const auto separator = separatorOf(text);
    if (separator.isNull())
        return found;
    const auto head = text.section(u'\n', 0, looked);
    for (const auto& line : head.split(u'\n')) {
        if (isComment(line))
            continue;
        found.headings = cellsOf(line, separator);
        break;
    }
    if (std::ranges::any_of(found.headings, isLikeNumber))
        return {};
    QList<int> spoken;
    for (int i = 0; i < static_cast<int>(found.headings.size()); ++i) {
        if (!spec::readSamples(columnOf(head, i).toStdString()).value)
            continue;
        found.times << i;
        if (speaksOfTime(found.headings[i]))
            spoken << i;
    }
    if (found.times.size() == 1)
        found.likely = found.times.front();
    else if (spoken.size() == 1)
        found.likely = spoken.front();
    return found;
}

QString columnOf(const QString& text, int column)
{
    const auto separator = separatorOf(text);
    QStringList cells;
    for (const auto& line : text.split(u'\n'))
        cells << (isComment(line) ? line : cellsOf(line, separator).value(column));
    return cells.join(u'\n');
}

} // namespace emac::widgets
