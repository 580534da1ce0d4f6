// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drawing/drawingsubject.h"

#include "widgets/canvas/canvasnumbers.h"

namespace emac::widgets {

DrawingSubject subjectOf(const JourneyDocument& document, AvailabilityUnit unit)
{
    DrawingSubject subject{document.title(),      document.intent().journey, document.value().placement,
                           document.evaluation(), numbersOf(document, unit), verdictWordsOf(document, unit)};
    subject.numbers.stale = false;
    return subject;
}

QString usesText(const DrawingSubject& subject, const std::string& fragment)
{
    const journey::Expression use{{}, 0, journey::Use{fragment}, {}, {}};
    return lookOf(use, subject.journey, fragmentUses(subject.journey), {}).detail;
}

QString fragmentNumbers(const DrawingSubject& subject, const journey::Fragment& fragment)
{
    return fragment.body ? lookOf(*fragment.body, subject.journey, {}, subject.numbers).numbers : QString();
}

} // namespace emac::widgets
