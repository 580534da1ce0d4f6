// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace emac::widgets {

/// Text with line numbers and one line lit. What is typed has no undo of its own. Tab writes blanks, as YAML knows no
/// tabs; a new line begins where the one before did.
class CodeView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CodeView(QWidget* parent);

    void setEditable(bool editable);
    /// Replaces only what differs, so that the text does not jump.
    void setCode(const QString& text);
    /// Lights the line (from 1) and brings it into sight; 0 lights none.
    void showLine(int line);
    int shownLine() const { return m_line; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Gutter;
    int gutterWidth() const;
    void layOutGutter();
    void paintGutter(QPainter& painter, const QRect& area);

    Gutter* m_gutter;
    int m_line = 0;
};

} // namespace emac::widgets
