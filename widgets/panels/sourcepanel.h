// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// A file read-only at a line.
class SourcePanel : public QWidget
{
    Q_OBJECT
public:
    SourcePanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent = nullptr);
    ~SourcePanel() override;

    /// Shows the file at the line: the document's own text where it is its file, else the text on disk.
    void show(const base::Place& place);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
