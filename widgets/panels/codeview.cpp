// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/codeview.h"

#include "widgets/common/theme.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace emac::widgets {

class CodeView::Gutter : public QWidget
{
public:
    explicit Gutter(CodeView* view) : QWidget(view), m_view(view) { }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QPainter painter(this);
        m_view->paintGutter(painter, event->rect());
    }

private:
    CodeView* m_view;
};

CodeView::CodeView(QWidget* parent) : QPlainTextEdit(parent), m_gutter(new Gutter(this))
{
    setEditable(false);
    setLineWrapMode(NoWrap);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    auto type = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    type.setPointSizeF(theme::font(theme::TextSize::Body).pointSizeF());
    setFont(type);
    setTabStopDistance(fontMetrics().horizontalAdvance(QLatin1Char(' ')) * 4);
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { layOutGutter(); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, area.y(), m_gutter->width(), area.height());
    });
    layOutGutter();
}

void CodeView::setEditable(bool editable)
{
    setReadOnly(!editable);
    setTextInteractionFlags(editable ? Qt::TextEditorInteraction
                                     : Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void CodeView::keyPressEvent(QKeyEvent* event)
{
    constexpr int indent = 2;
    const bool plain = event->modifiers() == Qt::NoModifier && !isReadOnly();
    if (plain && event->key() == Qt::Key_Tab) {
        insertPlainText(QString(indent - textCursor().positionInBlock() % indent, u' '));
        return;
    }
    if (plain && event->key() == Qt::Key_Return) {
        const auto line = textCursor().block().text().left(textCursor().positionInBlock());
        const auto text = std::ranges::find_if(line, [](QChar c) { return c != u' '; });
        insertPlainText(u'\n' + QString(text - line.begin(), u' '));
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void CodeView::setCode(const QString& text)
{
    auto shown = text;
    shown.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    shown.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    const auto old = toPlainText();
    if (old == shown)
        return;
    const auto shorter = std::min(old.size(), shown.size());
    qsizetype head = 0;
    while (head < shorter && old[head] == shown[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && old[old.size() - tail - 1] == shown[shown.size() - tail - 1])
        ++tail;
    const int scrolled = verticalScrollBar()->value();
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(head));
    cursor.setPosition(static_cast<int>(old.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(shown.mid(head, shown.size() - tail - head));
    // Insertion takes along a cursor that stands where it begins.
    if (old.isEmpty())
        moveCursor(QTextCursor::Start);
    verticalScrollBar()->setValue(scrolled);
}

void CodeView::showLine(int line)
{
    m_line = line;
    QList<QTextEdit::ExtraSelection> selections;
    const auto block = document()->findBlockByNumber(line - 1);
    if (line > 0 && block.isValid()) {
        QTextCursor cursor(block);
        setTextCursor(cursor);
        centerCursor();
        QTextEdit::ExtraSelection selection;
        auto ground = theme::accent();
        ground.setAlpha(32);
        selection.format.setBackground(ground);
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        selection.cursor = cursor;
        selections << selection;
    }
    setExtraSelections(selections);
    m_gutter->update();
}

void CodeView::showEvent(QShowEvent* event)
{
    QPlainTextEdit::showEvent(event);
    // A view that is not laid out yet cannot centre.
    if (m_line > 0)
        centerCursor();
}

int CodeView::gutterWidth() const
{
    const auto digits = QString::number(std::max(100, blockCount())).size();
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * static_cast<int>(digits) + 2 * theme::unit;
}

void CodeView::layOutGutter()
{
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const auto area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), gutterWidth(), area.height());
}

void CodeView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    layOutGutter();
}

void CodeView::paintGutter(QPainter& painter, const QRect& area)
{
    painter.fillRect(area, theme::canvas());
    painter.setFont(font());
    for (auto block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const auto place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > area.bottom())
            break;
        const bool lit = block.blockNumber() + 1 == m_line;
        painter.setPen(lit ? theme::accent() : theme::mutedText());
        painter.drawText(QRectF(0, place.top(), m_gutter->width() - theme::unit, place.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
    }
}

} // namespace emac::widgets
