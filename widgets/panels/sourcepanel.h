// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// The text of the document, to be edited, or another file to read, at a line. What is typed becomes a step of the
/// document after a short pause, and at once when the focus leaves.
class SourcePanel : public QWidget
{
    Q_OBJECT
public:
    SourcePanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent = nullptr);
    ~SourcePanel() override;

    /// Shows the file at the line: the document's own text where it is its file, else the text on disk.
    void show(const base::Place& place);
    /// Gives the document what is typed: before it is saved, closed or reloaded.
    void commitPending();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
