// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/inspectorpanel.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/availabilityreadout.h"
#include "widgets/panels/fields.h"
#include "widgets/panels/inspectorpage.h"
#include "widgets/panels/valuefield.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

/// What takes the focus, in the order of the layout.
void collect(const QLayout& layout, QWidgetList& fields, QWidgetList& numbers)
{
    for (int i = 0; i < layout.count(); ++i) {
        auto* item = layout.itemAt(i);
        auto* widget = item->widget();
        if (widget != nullptr && widget->focusPolicy() != Qt::NoFocus)
            fields.append(widget);
        auto& inner = qobject_cast<AvailabilityReadout*>(widget) != nullptr ? numbers : fields;
        if (const auto* below = widget != nullptr ? widget->layout() : item->layout(); below != nullptr)
            collect(*below, inner, numbers);
    }
}

} // namespace

struct InspectorPanel::Private
{
    InspectorPanel* panel;
    JourneyDocument* document;
    SelectionModel* selection;
    const DisplayUnits* units;
    QScrollArea* area;
    InspectorPage* page = nullptr;

    QLabel* notice; ///< why nothing can be edited

    void rebuild()
    {
        showNotice();
        // Undo brings another page; it is not to move the focus out of the panel, nor into another field.
        const bool focused = panel->isAncestorOf(QApplication::focusWidget());
        const auto field = page ? page->focusedField() : QString();
        replacePage();
        if (focused && (!page || field.isEmpty() || !page->focusField(field)))
            area->setFocus(Qt::OtherFocusReason);
    }

    void showNotice() const
    {
        const auto reason = document->isReadable() ? document->whyNotEditable() : QString();
        notice->setText(reason);
        notice->setVisible(!reason.isEmpty());
    }

    void replacePage()
    {
        if (page) {
            // The page may be the sender of what led here.
            area->takeWidget();
            page->hide();
            page->deleteLater();
            page = nullptr;
        }
        if (!document->isReadable()) {
            auto* message = parts::muted(InspectorPanel::tr("This file is no journey. See Problems."), area);
            message->setContentsMargins(2 * theme::unit, 2 * theme::unit, 2 * theme::unit, 2 * theme::unit);
            message->setAlignment(Qt::AlignTop);
            area->setWidget(message);
            return;
        }
        page = makeInspectorPage({document, units}, selection->elements(), area);
        parts::useThemeColours(page);
        connect(page, &InspectorPage::placeRequested, panel, &InspectorPanel::placeRequested);
        connect(page, &InspectorPage::actionRequested, panel, &InspectorPanel::actionRequested);
        connect(page, &InspectorPage::explanationRequested, panel, &InspectorPanel::explanationRequested);
        page->refresh();
        area->setWidget(page);
        orderForTab();
        keepWide();
    }

    /// Tab goes from top to bottom; what can be edited comes before the numbers that follow from it.
    void orderForTab() const
    {
        QWidgetList fields;
        QWidgetList numbers;
        collect(*page->layout(), fields, numbers);
        QWidget* last = nullptr;
        for (auto* next : fields + numbers) {
            if (last != nullptr)
                QWidget::setTabOrder(last, next);
            last = next;
        }
    }

    /// Nothing is cut while the vertical scroll bar shows.
    void keepWide() const
    {
        area->setMinimumWidth(page->minimumSizeHint().width() + area->verticalScrollBar()->sizeHint().width());
    }

    void refresh()
    {
        if (page && document->isReadable() && page->fits()) {
            showNotice();
            page->refresh();
            keepWide();
        } else {
            rebuild();
        }
    }
};

InspectorPanel::InspectorPanel(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                               QWidget* parent)
    : QWidget(parent)
    , d(new Private{this, document, selection, units, new QScrollArea(this), nullptr, parts::body({}, this)})
{
    setAccessibleName(tr("Inspector"));
    parts::useThemeColours(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(d->notice);
    layout->addWidget(d->area);
    d->notice->setObjectName(QStringLiteral("notice"));
    d->notice->setContentsMargins(2 * theme::unit, theme::unit, 2 * theme::unit, theme::unit);
    d->notice->setAutoFillBackground(true);
    auto palette = d->notice->palette();
    palette.setColor(QPalette::Window, theme::canvas());
    palette.setColor(QPalette::WindowText, theme::warning());
    d->notice->setPalette(palette);
    d->area->setWidgetResizable(true);
    d->area->setFrameShape(QFrame::NoFrame);
    d->area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d->area->setFocusPolicy(Qt::ClickFocus); // the fields are what keys lead to
    d->area->setAccessibleName(tr("Properties of the selection"));

    connect(document, &JourneyDocument::valueChanged, this, [this] { d->refresh(); });
    connect(document, &JourneyDocument::readOnlyChanged, this, [this] { d->refresh(); });
    connect(document, &JourneyDocument::evaluationChanged, this, [this] { d->refresh(); });
    connect(document, &JourneyDocument::staleChanged, this, [this] { d->refresh(); });
    connect(document, &JourneyDocument::diagnosticsChanged, this, [this] { d->refresh(); });
    connect(units, &DisplayUnits::changed, this, [this] { d->refresh(); });
    connect(selection, &SelectionModel::changed, this, [this] { d->rebuild(); });
    connect(selection, &SelectionModel::revealed, this, [this](const journey::Element&, const QString& field) {
        if (d->page && !field.isEmpty())
            d->page->focusField(field);
    });
    d->rebuild();
}

InspectorPanel::~InspectorPanel() = default;

void InspectorPanel::focusFirst()
{
    QWidget* first = nullptr; // of any kind
    QLineEdit* field = nullptr;
    QLineEdit* number = nullptr;
    for (auto* next = d->page ? d->page->nextInFocusChain() : nullptr; next != d->page && number == nullptr;
         next = next->nextInFocusChain()) {
        const bool takesFocus = (next->focusPolicy() & Qt::TabFocus) && next->isEnabled();
        if (!d->page->isAncestorOf(next) || !takesFocus || !next->isVisibleTo(d->page))
            continue;
        if (first == nullptr)
            first = next;
        auto* edit = qobject_cast<QLineEdit*>(next);
        if (edit == nullptr || edit->isReadOnly())
            continue;
        if (field == nullptr)
            field = edit;
        if (const auto* value = qobject_cast<ValueField*>(edit->parentWidget()); value != nullptr && value->isNumber())
            number = edit;
    }
    if (number != nullptr)
        field = number;
    if (field != nullptr) {
        field->setFocus(Qt::ShortcutFocusReason);
        field->selectAll();
    } else {
        (first != nullptr ? first : d->area)->setFocus(Qt::ShortcutFocusReason);
    }
}

void InspectorPanel::commitPending()
{
    for (auto* field : findChildren<ValueField*>())
        field->commit();
    for (auto* notes : findChildren<NotesField*>())
        notes->commit();
}

} // namespace emac::widgets
