// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/style.h"
#include "widgets/drawing/drawingsubject.h"

#include <QRectF>

#include <vector>

class QPainter;

/// What stands in words around the drawn journey. Each text fills a width that it is given, wraps there, and says how
/// high it is then; all in pixels at 100 %.
namespace emac::widgets {

/// The journey's name, its verdict, its availability against the objective, and the first reason.
class DrawingHeading
{
public:
    DrawingHeading(const DrawingSubject& subject, const CanvasStyle& style);

    double height(double width) const;
    void paint(QPainter& painter, const QRectF& area) const;

private:
    double paintVerdict(QPainter& painter, QPointF at) const; ///< @returns the width of the pill
    double reasonHeight(double width) const;
    double pillHeight() const;

    QString m_title;
    VerdictWords m_words;
    QFont m_titleFont;
    QFont m_wordFont;
    QFont m_numbersFont;
    QFont m_reasonFont;
};

/// The name of a fragment above its drawing, how often it is used, and its numbers.
class FragmentHeading
{
public:
    FragmentHeading(const DrawingSubject& subject, const journey::Fragment& fragment, const CanvasStyle& style);

    double width() const; ///< at most that of the widest card; the name is cut where it does not fit
    double height() const;
    void paint(QPainter& painter, const QRectF& area) const;

private:
    const CanvasStyle* m_style;
    QString m_name;
    QString m_detail;
};

/// What the signs in the drawing mean; only of those that are there.
class DrawingLegend
{
public:
    DrawingLegend(const DrawingSubject& subject, const CanvasStyle& style);

    double height(double width) const;
    void paint(QPainter& painter, const QRectF& area) const;

private:
    enum class Sign
    {
        None,
        Heat,
        External,
        Badge
    };
    struct Entry
    {
        Sign sign = Sign::None;
        Badge badge = Badge::Warning;
        QString text;
    };
    void addSigns(const DrawingSubject& subject);
    /// Where each entry stands in this width.
    std::vector<QRectF> places(double width) const;
    void paintSign(QPainter& painter, const QRectF& box, const Entry& entry) const;
    static double signWidth(const Entry& entry);

    QFont m_font;
    std::vector<Entry> m_entries;
};

} // namespace emac::widgets
