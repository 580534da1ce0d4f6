// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workbench/journeytab.h"
#include "core/journey/paths.h"
#include "core/spec/read.h"
#include "core/spec/write.h"
#include "tests/gui/hand.h"
#include "tests/gui/testwindow.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/journeyview.h"

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QUndoStack>

namespace emac::tests {

/// The value of the text, in one form however it was arrived at: canonical, components by name.
inline QByteArray canonical(const QByteArray& text)
{
    const auto read = spec::readIntent(text.toStdString(), "journey");
    if (!read.value || base::hasErrors(read.diagnostics))
        return "no journey: " + text;
    auto intent = read.value->intent;
    auto components = intent.journey.components.list();
    std::ranges::sort(components, {}, [](const auto& component) { return component->name; });
    intent.journey.components = journey::Components(std::move(components));
    return QByteArray::fromStdString(spec::write(intent));
}

/// The whole window with one journey, drawn from nothing by a hand. Nothing here changes the journey but its events;
/// what it looks at is what is drawn.
struct SketchWindow : TestWindow
{
    SketchWindow()
    {
        QDir(folder.path()).mkdir(QStringLiteral(".git")); // nothing beside it is searched
        window.resize(1600, 1000);
        [this] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
    }

    widgets::JourneyDocument& document() { return *window.currentTab()->document(); }
    widgets::JourneyView* view() { return window.currentTab()->view(); }
    QWidget* canvas() { return view()->viewport(); }
    widgets::JourneyScene& scene() { return *static_cast<widgets::JourneyScene*>(view()->scene()); }
    const journey::Journey& journey() { return document().intent().journey; }
    QString tree()
    {
        return journey().root ? QString::fromStdString(journey::expressionText(journey().root)) : QString();
    }
    /// What is drawn is what the journey is.
    bool isDrawn()
    {
        return QTest::qWaitFor([this] {
            for (const auto& place : journey::nodePlaces(journey())) {
                const bool page =
                    place.parent == journey::NodeId{} && journey::typeOf(*place.node) == journey::OperatorType::Series;
                if (!page && place.fragment == document().selection()->fragment()
                    && scene().item(place.node->id) == nullptr)
                    return false;
            }
            return true;
        });
    }

    /// The node that is called, named or worded so.
    journey::NodeId node(const QString& name)
    {
        for (const auto& place : journey::nodePlaces(journey())) {
            if (QString::fromStdString(journey::displayName(*place.node)) == name)
                return place.node->id;
        }
        return {};
    }
    journey::NodeId node(journey::OperatorType type)
    {
        for (const auto& place : journey::nodePlaces(journey())) {
            if (journey::typeOf(*place.node) == type && place.parent != journey::NodeId{})
                return place.node->id;
        }
        return {};
    }
    QString name(journey::NodeId id)
    {
        const auto found = journey::findNode(journey(), id);
        return found ? QString::fromStdString(journey::displayName(*found)) : QString();
    }
    QStringList childNames(journey::NodeId id)
    {
        QStringList names;
        const auto found = journey::findNode(journey(), id);
        for (const auto& child : found ? journey::children(*found) : std::vector<journey::ExpressionPtr>{})
            names << QString::fromStdString(journey::displayName(*child));
        return names;
    }
    journey::NodeId selected() { return document().selection()->current().node; }

    QRectF box(journey::NodeId id)
    {
        const auto* item = scene().item(id);
        return item != nullptr ? item->box() : QRectF();
    }
    QPoint at(journey::NodeId id, double across = 0.5, double down = 0.5)
    {
        const auto it = box(id);
        return view()->mapFromScene(it.topLeft() + QPointF(it.width() * across, it.height() * down));
    }
    /// On the page's ground, behind all that is drawn.
    QPoint behindAll()
    {
        const auto all = scene().contentRect();
        return view()->mapFromScene(QPointF(all.right() - 4, all.bottom() - 4));
    }

    /// On the arrow that leads from the last step to the end.
    QPoint lastArrow(journey::NodeId last)
    {
        const auto& drawing = scene().drawing();
        return view()->mapFromScene(QPointF((box(last).right() + drawing.end.x) / 2, drawing.end.y));
    }

    template<typename Widget>
    Widget* shown(const char* name)
    {
        for (auto* widget : canvas()->findChildren<Widget*>(QLatin1String(name))) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    QLineEdit* nameEditor() { return shown<QLineEdit>("nameInPlace"); }
    QLineEdit* quickAdd() { return shown<QLineEdit>("quickAddSearch"); }

    QByteArray saved(const QString& file) const
    {
        QFile found(QDir(folder.path()).filePath(file));
        return found.open(QIODevice::ReadOnly) ? found.readAll() : QByteArray();
    }

    QTemporaryDir folder;
    Hand hand{&window};
};

/// The journey that is given: twelve calls, and nearly every operator.
inline QByteArray signUp()
{
    return R"(apiVersion: emac.dev/v1alpha1
kind: JourneyIntent
metadata: {name: sign-up}
spec:
  objectives:
    availability: {window: 30d, target: 0.999}
  operator:
    type: series
    steps:
      - ref: gateway
      - {type: parallel, branches: [{ref: profile}, {ref: consent}]}
      - {type: race, branches: [{ref: mail-a}, {ref: mail-b}]}
      - {type: retry, attempts: 3, body: {ref: ledger}}
      - {type: fallback, primary: {ref: cache}, alternates: [{ref: database}]}
      - type: branch
        choices:
          - {probability: 0.8, body: {ref: free-plan}}
          - {probability: 0.2, body: {type: series, id: paid-plan, steps: [{ref: tax}, {ref: payment}]}}
      - {type: optional, body: {ref: audit}}
  components:
    gateway: {availability: 0.9999}
    profile: {}
    consent: {}
    mail-a: {}
    mail-b: {}
    ledger: {availability: 0.999}
    cache: {availability: 0.99}
    database: {availability: 0.9995}
    free-plan: {}
    tax: {}
    payment: {}
    audit: {}
)";
}

} // namespace emac::tests
