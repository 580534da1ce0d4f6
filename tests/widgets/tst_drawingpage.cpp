// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/structure.h"
#include "paneltools.h"
#include "widgets/canvas/drawingpage.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/common/parts.h"
#include "widgets/editing/editactions.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::OpenJourney;
using journey::Element;
using journey::NodeId;

namespace {

/// payment is used twice and uses cards; spare is used by nobody.
QByteArray text()
{
    auto text = CheckoutFolder::intentText();
    text.replace("      - type: race\n        id: payment\n        hedgeDelay: 50ms\n"
                 "        branches: [{ref: paya}, {ref: payb}]\n",
                 "      - use: payment\n      - use: payment\n");
    text.replace("  components:\n", "  fragments:\n"
                                    "    payment: {type: race, branches: [{ref: paya}, {use: cards}]}\n"
                                    "    cards: {ref: payb}\n"
                                    "    spare: {ref: front}\n"
                                    "  components:\n");
    return text;
}

struct Shown
{
    OpenJourney open{text()};
    JourneyDocument& document = *open.document;
    SelectionModel& selection = *document.selection();
    QWidget window;
    ActionRegistry registry;
    EditActions actions{&registry, &window};
    DrawingPage* page = new DrawingPage(&document, &selection, &open.units);

    Shown()
    {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(page);
        window.addActions(registry.actions());
        actions.setDocument(&document);
        window.resize(1000, 600);
        window.show();
        [this] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
        page->view()->setFocus();
        [this] { QTRY_VERIFY(scene().item(node("front")) != nullptr); }();
    }
    ~Shown()
    {
        actions.setDocument(nullptr);
        delete page;
    }
    Q_DISABLE_COPY_MOVE(Shown)

    const JourneyScene& scene() const { return *static_cast<const JourneyScene*>(page->view()->scene()); }
    const journey::Journey& journey() const { return document.intent().journey; }
    NodeId node(const std::string& name) const
    {
        for (const auto& place : journey::nodePlaces(journey())) {
            if (journey::displayName(*place.node) == name)
                return place.node->id;
        }
        return {};
    }
    void select(const std::string& name) { selection.select(Element::ofNode(node(name))); }
    void doubleClick(const std::string& name)
    {
        auto* view = page->view();
        const auto at = view->mapFromScene(scene().item(node(name))->box().center());
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, at);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(page->view(), key, modifiers); }
    QWidget* bar() const { return page->findChild<QWidget*>(QStringLiteral("breadcrumb")); }
    QString note() const { return page->findChild<QLabel*>(QStringLiteral("fragmentNote"))->text(); }
    QList<parts::TextLink*> links() const
    {
        auto all = bar()->findChildren<parts::TextLink*>();
        all.removeIf([](const auto* link) { return !link->isVisible(); });
        return all;
    }
    void apply(const journey::Edit& edit) { QCOMPARE(document.apply(edit, QStringLiteral("edit")), QString()); }
};

Page pageOf(std::initializer_list<const char*> names)
{
    return {names.begin(), names.end()};
}

} // namespace

/// Fragments as pages.
class TestDrawingPage : public QObject
{
    Q_OBJECT

private slots:
    void aDoubleClickOpens()
    {
        Shown it;
        QVERIFY(!it.bar()->isVisible());
        it.doubleClick("payment");
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        QVERIFY(it.selection.elements().empty());
        QTRY_VERIFY(it.scene().item(it.node("paya")) != nullptr);
        QVERIFY(it.scene().item(it.node("front")) == nullptr);
        QVERIFY(it.bar()->isVisible());
        QCOMPARE(it.note(),
                 QStringLiteral("The numbers are those of the fragment alone. An edit here changes all 2 uses."));
        // The whole page is in sight.
        const auto shown = it.page->view()->mapToScene(it.page->view()->viewport()->rect()).boundingRect();
        QVERIFY(shown.contains(it.scene().contentRect()));

        it.doubleClick("cards");
        QCOMPARE(it.selection.page(), pageOf({"payment", "cards"}));
        QTRY_VERIFY(it.scene().item(it.node("payb")) != nullptr);
        QTRY_COMPARE(it.links().size(), 2);
        QCOMPARE(it.note(), QStringLiteral("The numbers are those of the fragment alone. It is used in one place."));
    }

    void aDoubleClickElsewhereOpensNothing()
    {
        Shown it;
        it.doubleClick("front");
        QVERIFY(it.selection.page().empty());
    }

    void keysLeadBack_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifier");
        QTest::newRow("Esc") << static_cast<int>(Qt::Key_Escape) << static_cast<int>(Qt::NoModifier);
        QTest::newRow("Backspace") << static_cast<int>(Qt::Key_Backspace) << static_cast<int>(Qt::NoModifier);
    }

    void keysLeadBack()
    {
        QFETCH(const int, key);
        QFETCH(const int, modifier);
        Shown it;
        openFragment(it.selection, "payment");
        openFragment(it.selection, "cards");
        const auto back = [&] { it.press(static_cast<Qt::Key>(key), static_cast<Qt::KeyboardModifier>(modifier)); };
        back();
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        QVERIFY(it.selection.contains(Element::ofNode(it.node("cards")))); // the use
        it.selection.clear();
        back();
        QVERIFY(it.selection.page().empty());
        QVERIFY(it.selection.contains(Element::ofNode(it.node("payment"))));
        QTRY_VERIFY(it.scene().item(it.node("front")) != nullptr);
        QVERIFY(!it.bar()->isVisible());
        it.selection.clear();
        back(); // nowhere to go
        QVERIFY(it.selection.page().empty());
    }

    void escFirstClearsTheSelectionAndTheTool()
    {
        Shown it;
        PlacingTool tool;
        it.page->setPlacingTool(&tool);
        openFragment(it.selection, "payment");
        it.select("paya");
        it.press(Qt::Key_Escape);
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        QVERIFY(it.selection.elements().empty());
        tool.set(Carried{});
        it.press(Qt::Key_Escape);
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        QVERIFY(!tool.carried());
        it.press(Qt::Key_Escape);
        QVERIFY(it.selection.page().empty());
    }

    void theBreadcrumbLeadsBack()
    {
        Shown it;
        openFragment(it.selection, "payment");
        openFragment(it.selection, "cards");
        QTRY_COMPARE(it.links().size(), 2);
        QCOMPARE(it.links().at(0)->text(), QStringLiteral("checkout"));
        QCOMPARE(it.links().at(1)->text(), QStringLiteral("payment"));
        QTest::mouseClick(it.links().at(0), Qt::LeftButton);
        QVERIFY(it.selection.page().empty());
        QVERIFY(it.selection.contains(Element::ofNode(it.node("payment"))));
        QVERIFY(it.page->view()->hasFocus());
    }

    void theSelectionTurnsThePage()
    {
        Shown it;
        it.select("payb");
        QCOMPARE(it.selection.page(), pageOf({"payment", "cards"})); // by the way of the uses
        it.select("paya");
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        it.select("front");
        QVERIFY(it.selection.page().empty());
        it.selection.select(Element::fragment("spare"));
        QCOMPARE(it.selection.page(), pageOf({"spare"}));
        QCOMPARE(it.note(), QStringLiteral("The numbers are those of the fragment alone. Nothing uses it yet."));
        it.selection.select(Element::component("cart")); // has no place
        QCOMPARE(it.selection.page(), pageOf({"spare"}));
        it.selection.clear();
        QCOMPARE(it.selection.page(), pageOf({"spare"}));
    }

    void whatThePageWasTurnedForIsInSight()
    {
        Shown it;
        std::vector<journey::ExpressionPtr> steps;
        for (int i = 0; i < 200; ++i)
            steps.push_back(journey::makeExpression(journey::Call{"cart"}));
        const auto last = steps.back()->id;
        it.apply(journey::SetRoot{"long", journey::makeExpression(journey::Series{std::move(steps)})});
        QVERIFY(it.selection.page().empty());
        it.selection.reveal(Element::ofNode(last));
        QCOMPARE(it.selection.page(), pageOf({"long"}));
        QTRY_VERIFY(it.scene().item(last) != nullptr);
        const auto shown = it.page->view()->mapToScene(it.page->view()->viewport()->rect()).boundingRect();
        QVERIFY(shown.contains(it.scene().item(last)->box()));
        QVERIFY(!shown.contains(it.scene().contentRect())); // it would be too small to read
    }

    void actionsOpenAndLeave()
    {
        Shown it;
        auto* open = it.registry.action(QStringLiteral("journey.openFragment"));
        auto* leave = it.registry.action(QStringLiteral("journey.leaveFragment"));
        QVERIFY(!open->isEnabled() && !leave->isEnabled());
        it.select("payment");
        open->trigger();
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        QVERIFY(!open->isEnabled() && leave->isEnabled());
        // What is added with nothing selected belongs to the page.
        it.actions.putDown({Carried::Kind::Component, journey::OperatorType::Call, QStringLiteral("cart"), {}});
        QCOMPARE(QString::fromStdString(journey::expressionText(it.journey().fragment("payment"))),
                 QStringLiteral("Series(Race(paya, Use(cards)), cart)"));
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        leave->trigger();
        QVERIFY(it.selection.page().empty());
    }

    void aFragmentThatIsGoneIsLeft()
    {
        Shown it;
        openFragment(it.selection, "spare");
        it.apply(journey::RemoveFragment{"spare"});
        QVERIFY(it.selection.page().empty());
        QTRY_VERIFY(it.scene().item(it.node("payment")) != nullptr);
        // Undo beyond its making.
        it.apply(journey::ExtractFragment{{it.node("cart")}, "basket"});
        openFragment(it.selection, "basket");
        it.document.undoStack()->undo();
        QVERIFY(it.selection.page().empty());
        // The inner one goes, the outer one stays.
        openFragment(it.selection, "payment");
        openFragment(it.selection, "cards");
        it.apply(journey::InlineFragment{it.node("cards")});
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
    }

    void aRenamedFragmentStaysOpen()
    {
        Shown it;
        openFragment(it.selection, "payment");
        it.apply(journey::RenameFragment{"payment", "paying"});
        QCOMPARE(it.selection.page(), pageOf({"paying"}));
        QVERIFY(it.scene().item(it.node("paya")) != nullptr || !it.scene().isEmpty());
        it.document.undoStack()->undo();
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
        // So does one whose body is another.
        it.apply(journey::Wrap{{it.journey().fragment("payment")->id}, journey::OperatorType::Retry});
        QCOMPARE(it.selection.page(), pageOf({"payment"}));
    }

    void theWayToAFragment()
    {
        const OpenJourney open{text()};
        const auto& journey = open.document->intent().journey;
        QCOMPARE(pageTo(journey, "cards", {}), pageOf({"payment", "cards"}));
        QCOMPARE(pageTo(journey, "cards", {"spare", "cards", "x"}), pageOf({"spare", "cards"}));
        QCOMPARE(pageTo(journey, "spare", {"payment"}), pageOf({"spare"}));
        QCOMPARE(pageTo(journey, "", {"payment"}), Page());
        QVERIFY(!treeOf(journey, journey::newNodeId()));
    }
};

QTEST_MAIN(TestDrawingPage)
#include "tst_drawingpage.moc"
