// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"
#include "widgets/document/journeydocument.h"
#include "widgets/explain/explanation.h"

#include <QWidget>

#include <memory>

namespace emac::widgets {

/// The Explain dock: one number with its rule, the rule with the numbers put in, and its inputs, each with the file and
/// line that it comes from. A click on a part explains that part; Back leads back. It follows the document.
class ExplainPanel : public QWidget
{
    Q_OBJECT
public:
    ExplainPanel(JourneyDocument* document, const DisplayUnits* units, QWidget* parent = nullptr);
    ~ExplainPanel() override;

    void explain(const Explained& what);
    void back();
    /// What is asked for; the journey's A⁻ before anything is.
    const Explained& current() const;

signals:
    /// The user wants to see this place of a file.
    void placeRequested(const emac::base::Place& place);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
