// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace emac::workbench {

/// An example that comes with the program.
struct Example
{
    QString title;
    QString path;
};

/// The examples installed beside the program, else those of the source tree, sorted by title.
QList<Example> examples();

/// What the window shows while nothing is open: recent files and examples.
class StartPage : public QWidget
{
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Reads the list of recent files again.
    void refresh();

signals:
    void newRequested();
    void openRequested();
    void fileRequested(const QString& path);

private:
    QVBoxLayout* m_recent;
};

} // namespace emac::workbench
