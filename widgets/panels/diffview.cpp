// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/diffview.h"

#include "widgets/common/theme.h"

#include <QFontDatabase>
#include <QSyntaxHighlighter>
#include <QTextCharFormat>

namespace emac::widgets {

class DiffView::Colours : public QSyntaxHighlighter
{
public:
    explicit Colours(QTextDocument* document) : QSyntaxHighlighter(document)
    {
        constexpr int tint = 24; // alpha of 255
        const auto paint = [](QTextCharFormat& format, QColor colour) {
            format.setForeground(colour);
            colour.setAlpha(tint);
            format.setBackground(colour);
        };
        paint(m_added, theme::good());
        paint(m_removed, theme::bad());
        m_place.setForeground(theme::accent());
        m_head.setForeground(theme::mutedText());
    }
    void setActive(bool active) { m_active = active; }

protected:
    void highlightBlock(const QString& line) override
    {
        if (!m_active)
            return;
        // A removed "-- x" looks like a head: what is one depends on what came before.
        const bool hunk = line.startsWith(QLatin1String("@@"));
        const bool head = line.startsWith(QLatin1String("diff ")) || (!hunk && previousBlockState() != InHunk);
        setCurrentBlockState(head ? InHead : InHunk);
        const int length = static_cast<int>(line.size());
        if (head || line.startsWith(QLatin1Char('\\')))
            setFormat(0, length, m_head);
        else if (hunk)
            setFormat(0, length, m_place);
        else if (line.startsWith(QLatin1Char('+')))
            setFormat(0, length, m_added);
        else if (line.startsWith(QLatin1Char('-')))
            setFormat(0, length, m_removed);
    }

private:
    enum State
    {
        InHead,
        InHunk
    };
    bool m_active = false;
    QTextCharFormat m_added;
    QTextCharFormat m_removed;
    QTextCharFormat m_place;
    QTextCharFormat m_head;
};

DiffView::DiffView(QWidget* parent) : QPlainTextEdit(parent), m_colours(new Colours(document()))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    auto type = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    type.setPointSizeF(theme::font(theme::TextSize::Body).pointSizeF());
    setFont(type);
    setTabStopDistance(fontMetrics().horizontalAdvance(QLatin1Char(' ')) * 4);
}

void DiffView::setDiff(const QString& text)
{
    m_colours->setActive(true);
    setLineWrapMode(NoWrap);
    setPlainText(text);
}

void DiffView::setPlain(const QString& text)
{
    m_colours->setActive(false);
    setLineWrapMode(WidgetWidth);
    setPlainText(text);
}

} // namespace emac::widgets
