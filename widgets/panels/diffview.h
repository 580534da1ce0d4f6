// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace emac::widgets {

/// A unified difference to read: lines that were added and that were removed in colours of their own, with their signs.
/// Other texts of programs can be shown as well, as they are.
class DiffView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent);

    void setDiff(const QString& text);
    void setPlain(const QString& text);

private:
    class Colours;
    Colours* m_colours;
};

} // namespace emac::widgets
