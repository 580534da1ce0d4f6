// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/refreshwhenseen.h"
#include "widgets/document/journeydocument.h"
#include "widgets/editing/carried.h"
#include "widgets/palette/usagetracker.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;

namespace emac::widgets {

class PaletteModel;

/// What can be put into the journey: drag it there, click it and then the place, or add it at once with Enter or a
/// double click. Typing filters; the arrows move, from the field as well.
class PalettePanel : public QWidget
{
    Q_OBJECT
public:
    /// All outlive this.
    PalettePanel(PlacingTool* tool, UsageTracker* usage, QWidget* parent = nullptr);
    ~PalettePanel() override;

    /// Null: there is nothing to put anything into.
    void setDocument(JourneyDocument* document);
    void focusFilter();

signals:
    /// To be put behind what is selected.
    void addRequested(const emac::widgets::Carried& carried);
    void whereUsedRequested(const QString& component);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void refreshKnown(); ///< what the working copy knows
    void filter(const QString& text);
    void move(int direction);
    void setCurrent(int row);
    std::optional<Carried> current() const;
    void addCurrent();
    void arm(const Carried& carried);
    void showMenu(QPoint position);
    void tellSkipped();
    bool filterKey(int key);

    PlacingTool* m_tool;
    UsageTracker* m_usage;
    QPointer<JourneyDocument> m_document;
    PaletteModel* m_model;
    QLineEdit* m_filter;
    QListView* m_list;
    QLabel* m_skipped;
    RefreshWhenSeen m_refresh;
    bool m_doubleClicked = false;
    bool m_knownIsNew = true; ///< the working copy may know others than are shown
};

} // namespace emac::widgets
