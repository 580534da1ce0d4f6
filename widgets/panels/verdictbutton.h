// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QToolButton>

#include <memory>

namespace emac::widgets {

/// The verdict, always in sight; a click lists all reasons, each leading to its element.
class VerdictButton : public QToolButton
{
    Q_OBJECT
public:
    VerdictButton(JourneyDocument* document, SelectionModel* selection, QWidget* parent = nullptr);
    ~VerdictButton() override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
