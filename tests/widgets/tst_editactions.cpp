// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/canvas/gestures/quickadd.h"
#include "widgets/editing/asking.h"
#include "widgets/editing/editactions.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::OpenJourney;

namespace {

/// The checkout journey under the actions of a window.
struct Editing
{
    explicit Editing(const QByteArray& text = CheckoutFolder::intentText()) : open(text), actions(&registry, &window)
    {
        QObject::connect(&actions, &EditActions::refused, [this](const QString& reason) { refusals.append(reason); });
        QObject::connect(&actions, &EditActions::addRequested, [this](const journey::Landing& landing) {
            const Adding adding(document(), landing);
            auto* quickAdd = new QuickAdd(&window, document().intent().journey, adding.words(), adding.around(),
                                          [adding](const Offer& offer) { return adding.add(offer).refusal; });
            quickAdd->openAt({});
        });
        actions.setDocument(open.document.get());
        window.resize(400, 400);
        window.show();
    }

    JourneyDocument& document() const { return *open.document; }
    QAction* action(const QString& id) const { return registry.action(id); }

    /// "paya": the call; "race": the operator; "@cart": the component; several with blanks between.
    void select(const QString& what) const
    {
        Selection selection;
        for (const auto& word : what.split(u' ', Qt::SkipEmptyParts))
            selection.push_back(element(word.toStdString()));
        document().selection()->select(selection);
    }

    journey::Element element(const std::string& word) const
    {
        if (word.front() == '@')
            return journey::Element::component(word.substr(1));
        const auto call = open.call(word);
        if (call.kind == journey::Element::Kind::Node)
            return call;
        for (const auto& place : journey::nodePlaces(document().intent().journey)) {
            if (journey::keyword(journey::typeOf(*place.node)) == word)
                return journey::Element::ofNode(place.node->id);
        }
        return journey::Element::none();
    }

    QString selected() const
    {
        QStringList words;
        for (const auto& element : document().selection()->elements()) {
            const auto node = journey::findNode(document().intent().journey, element.node);
            if (element.kind == journey::Element::Kind::Component)
                words << QStringLiteral("@") + QString::fromStdString(element.name);
            else
                words << (node ? nodeWords(*node) : QStringLiteral("gone"));
        }
        return words.join(u' ');
    }

    QString tree() const
    {
        const auto& journey = document().intent().journey;
        return journey.root ? QString::fromStdString(journey::expressionText(journey.root)) : QString();
    }

    AskDialog* dialog() const { return window.findChild<AskDialog*>(); }
    void type(const QString& answer) const
    {
        if (auto* search = window.findChild<QLineEdit*>(QStringLiteral("quickAddSearch"))) {
            QTest::keyClicks(search, answer);
            QTest::keyClick(search, Qt::Key_Return);
            return;
        }
        QVERIFY(dialog() != nullptr);
        auto* edit = dialog()->findChild<QLineEdit*>(QStringLiteral("answer"));
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, answer);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    OpenJourney open;
    QWidget window;
    ActionRegistry registry;
    EditActions actions;
    QStringList refusals;
};

QByteArray withFragment()
{
    auto text = CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - use: entry\n");
    text.replace("  components:\n", "  fragments:\n    entry: {ref: front}\n  components:\n");
    return text;
}

} // namespace

class TestEditActions : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void anActionIsOneStepThatCanBeUndone_data()
    {
        QTest::addColumn<QString>("select");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("tree");
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("selected");
        const auto row = [](const char* name, const char* select, const char* action, const char* answer,
                            const char* tree, const char* step, const char* selected) {
            QTest::newRow(name) << QString::fromUtf8(select) << QString::fromUtf8(action) << QString::fromUtf8(answer)
                                << QString::fromUtf8(tree) << QString::fromUtf8(step) << QString::fromUtf8(selected);
        };
        row("insert after", "front", "journey.insertAfter", "cart",
            "Series(front, cart, Parallel(cart, pricing), Race(paya, payb))", "Insert cart after front", "cart");
        row("insert before", "race", "journey.insertBefore", "cart",
            "Series(front, Parallel(cart, pricing), cart, Race(paya, payb))", "Insert cart before payment", "cart");
        row("insert beside in a fan", "paya", "journey.insertAfter", "cart",
            "Series(front, Parallel(cart, pricing), Race(Series(paya, cart), payb))", "Insert cart after paya", "cart");
        row("insert into", "race", "journey.insertInto", "cart",
            "Series(front, Parallel(cart, pricing), Race(paya, payb, cart))",
            "Insert cart as the last branch of payment", "cart");
        row("insert at the end", "", "journey.insertAfter", "cart",
            "Series(front, Parallel(cart, pricing), Race(paya, payb), cart)", "Insert cart after Series", "cart");
        row("insert a new component", "front", "journey.insertAfter", "search",
            "Series(front, search, Parallel(cart, pricing), Race(paya, payb))", "Insert search after front", "search");
        row("delete a call", "cart", "edit.delete", "", "Series(front, Parallel(pricing), Race(paya, payb))",
            "Delete cart", "pricing");
        row("delete the last branch", "payb", "edit.delete", "", "Series(front, Parallel(cart, pricing), Race(paya))",
            "Delete payb", "paya");
        row("delete a frame", "race", "edit.delete", "", "Series(front, Parallel(cart, pricing))", "Delete payment",
            "Parallel");
        row("delete all branches", "cart pricing", "edit.delete", "", "Series(front, Race(paya, payb))",
            "Delete 2 nodes", "payment");
        row("move later", "front", "edit.moveLater", "", "Series(Parallel(cart, pricing), front, Race(paya, payb))",
            "Move front later", "front");
        row("move earlier", "payb", "edit.moveEarlier", "", "Series(front, Parallel(cart, pricing), Race(payb, paya))",
            "Move payb earlier", "payb");
        row("move two", "front parallel", "edit.moveLater", "",
            "Series(Race(paya, payb), front, Parallel(cart, pricing))", "Move 2 nodes later", "front Parallel");
        row("wrap", "front", "journey.wrap.retry", "",
            "Series(Retry(front), Parallel(cart, pricing), Race(paya, payb))", "Wrap front in Retry", "Retry");
        row("wrap one in what has several", "front", "journey.wrap.race", "",
            "Series(Race(front, service-1), Parallel(cart, pricing), Race(paya, payb))", "Wrap front in Race", "Race");
        row("wrap one in a fallback", "cart", "journey.wrap.fallback", "",
            "Series(front, Parallel(Fallback(cart, service-1), pricing), Race(paya, payb))", "Wrap cart in Fallback",
            "Fallback");
        row("wrap a frame in k of n", "race", "journey.wrap.kofn", "",
            "Series(front, Parallel(cart, pricing), KofN(1; Race(paya, payb), service-1))", "Wrap payment in k of n",
            "k of n");
        row("wrap several in a race", "cart pricing", "journey.wrap.race", "",
            "Series(front, Parallel(Race(cart, pricing)), Race(paya, payb))", "Wrap 2 nodes in Race", "Race");
        row("wrap several", "parallel race", "journey.wrap.timeout", "",
            "Series(front, Timeout(Series(Parallel(cart, pricing), Race(paya, payb))))", "Wrap 2 nodes in Timeout",
            "Timeout");
        row("unwrap", "parallel", "journey.unwrap", "", "Series(front, cart, pricing, Race(paya, payb))",
            "Unwrap Parallel", "cart pricing");
        row("change", "race", "journey.change.fallback", "",
            "Series(front, Parallel(cart, pricing), Fallback(paya, payb))", "Change payment to Fallback", "payment");
        row("rename a call", "paya", "edit.rename", "payone",
            "Series(front, Parallel(cart, pricing), Race(payone, payb))", "Rename component paya to payone", "payone");
        row("rename a component", "@paya", "edit.rename", "payone",
            "Series(front, Parallel(cart, pricing), Race(payone, payb))", "Rename component paya to payone", "@payone");
        row("rename an operator", "parallel", "edit.rename", "basket",
            "Series(front, Parallel(cart, pricing), Race(paya, payb))", "Rename Parallel to basket", "basket");
        row("call another", "paya", "journey.callAnother", "cart",
            "Series(front, Parallel(cart, pricing), Race(cart, payb))", "Call cart instead of paya", "cart");
        row("call a new one", "paya", "journey.callAnother", "payc",
            "Series(front, Parallel(cart, pricing), Race(payc, payb))", "Call payc instead of paya", "payc");
        row("extract", "race", "journey.extract", "pay", "Series(front, Parallel(cart, pricing), Use(pay))",
            "Extract payment as fragment pay", "pay");
        row("new component", "", "journey.addComponent", "search",
            "Series(front, Parallel(cart, pricing), Race(paya, payb))", "New component search", "@search");
        row("new domain", "", "journey.addDomain", "zone:b", "Series(front, Parallel(cart, pricing), Race(paya, payb))",
            "New failure domain zone:b", "");
        row("rename the journey", "", "edit.rename", "basket",
            "Series(front, Parallel(cart, pricing), Race(paya, payb))", "Rename journey checkout to basket", "");
        row("bind", "paya", "journey.bind", "openslo:front-availability",
            "Series(front, Parallel(cart, pricing), Race(paya, payb))", "Bind paya to openslo:front-availability",
            "paya");
        row("unbind", "front", "journey.unbind", "", "Series(front, Parallel(cart, pricing), Race(paya, payb))",
            "Remove SLO binding of front", "front");
    }
    void anActionIsOneStepThatCanBeUndone()
    {
        QFETCH(QString, select);
        QFETCH(QString, action);
        QFETCH(QString, answer);
        QFETCH(QString, tree);
        QFETCH(QString, step);
        QFETCH(QString, selected);
        const Editing it;
        it.select(select);
        const auto selectedBefore = it.document().selection()->elements();
        const auto before = it.open.text();
        QVERIFY(it.action(action)->isEnabled());
        it.action(action)->trigger();
        if (!answer.isEmpty())
            it.type(answer);
        QCOMPARE(it.refusals, QStringList());
        QCOMPARE(it.tree(), tree);
        QCOMPARE(it.document().undoStack()->count(), 1);
        QCOMPARE(it.document().undoStack()->undoText(), step);
        QCOMPARE(it.selected(), selected);
        const auto after = it.open.text();
        QVERIFY(after != before);
        it.document().undoStack()->undo();
        QCOMPARE(it.open.text(), before);
        QCOMPARE(it.document().selection()->elements(), selectedBefore);
        it.document().undoStack()->redo();
        QCOMPARE(it.open.text(), after);
        QCOMPARE(it.selected(), selected);
    }

    void anActionThatIsRefusedSaysWhyAndChangesNothing_data()
    {
        QTest::addColumn<QString>("select");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a name that is taken") << QStringLiteral("paya") << QStringLiteral("edit.rename")
                                              << QStringLiteral("payb") << QStringLiteral("payb");
        QTest::newRow("an id that is taken") << QStringLiteral("parallel") << QStringLiteral("edit.rename")
                                             << QStringLiteral("payment") << QStringLiteral("payment");
        QTest::newRow("a component that is called")
            << QStringLiteral("@cart") << QStringLiteral("edit.delete") << QString() << QStringLiteral("cart");
        QTest::newRow("remove it by its call") << QStringLiteral("cart") << QStringLiteral("journey.removeComponent")
                                               << QString() << QStringLiteral("cart");
        QTest::newRow("a component that exists") << QStringLiteral("") << QStringLiteral("journey.addComponent")
                                                 << QStringLiteral("cart") << QStringLiteral("cart");
        QTest::newRow("the tree as a child of a series")
            << QStringLiteral("series") << QStringLiteral("journey.unwrap") << QString() << QStringLiteral("");
    }
    void anActionThatIsRefusedSaysWhyAndChangesNothing()
    {
        QFETCH(QString, select);
        QFETCH(QString, action);
        QFETCH(QString, answer);
        QFETCH(QString, reason);
        const Editing it;
        it.select(select);
        const auto before = it.open.text();
        it.action(action)->trigger();
        if (!answer.isNull()) {
            it.type(answer);
            const auto* refusal = it.dialog()->findChild<QLabel*>(QStringLiteral("refusal"));
            QVERIFY(refusal->isVisible());
            QCOMPARE(refusal->text(), it.refusals.value(0));
            QTest::keyClick(it.dialog(), Qt::Key_Escape);
        }
        QCOMPARE(it.refusals.size(), 1);
        QVERIFY2(!it.refusals[0].isEmpty() && it.refusals[0].contains(reason), qPrintable(it.refusals[0]));
        QCOMPARE(it.open.text(), before);
        QCOMPARE(it.document().undoStack()->count(), 0);
    }

    void actionsAreEnabledByTheSelection_data()
    {
        QTest::addColumn<QString>("select");
        QTest::addColumn<QStringList>("on");
        QTest::addColumn<QStringList>("off");
        QTest::newRow("nothing") << QStringLiteral("")
                                 << QStringList{QStringLiteral("journey.insertAfter"), QStringLiteral("edit.rename"),
                                                QStringLiteral("journey.addComponent")}
                                 << QStringList{QStringLiteral("edit.delete"), QStringLiteral("journey.insertBefore"),
                                                QStringLiteral("journey.firstCall"),
                                                QStringLiteral("journey.wrap.race"), QStringLiteral("journey.bind")};
        QTest::newRow("call") << QStringLiteral("paya")
                              << QStringList{QStringLiteral("edit.delete"), QStringLiteral("journey.wrap.race"),
                                             QStringLiteral("journey.bind"), QStringLiteral("journey.callAnother"),
                                             QStringLiteral("edit.moveLater")}
                              << QStringList{
                                     QStringLiteral("journey.unwrap"),      QStringLiteral("journey.change.race"),
                                     QStringLiteral("journey.wrap.series"), QStringLiteral("journey.insertInto"),
                                     QStringLiteral("edit.moveEarlier"),    QStringLiteral("journey.inline"),
                                     QStringLiteral("journey.unbind")};
        QTest::newRow("operator") << QStringLiteral("race")
                                  << QStringList{QStringLiteral("journey.unwrap"),
                                                 QStringLiteral("journey.change.fallback"),
                                                 QStringLiteral("journey.insertInto")}
                                  << QStringList{QStringLiteral("journey.change.race"), QStringLiteral("journey.bind"),
                                                 QStringLiteral("edit.moveLater")};
        QTest::newRow("strangers") << QStringLiteral("front paya") << QStringList{QStringLiteral("edit.delete")}
                                   << QStringList{QStringLiteral("journey.wrap.race"), QStringLiteral("edit.rename"),
                                                  QStringLiteral("edit.moveLater"), QStringLiteral("journey.extract")};
        QTest::newRow("component") << QStringLiteral("@cart")
                                   << QStringList{QStringLiteral("edit.delete"), QStringLiteral("edit.rename"),
                                                  QStringLiteral("journey.bind")}
                                   << QStringList{QStringLiteral("journey.wrap.race"),
                                                  QStringLiteral("edit.moveLater")};
    }
    void actionsAreEnabledByTheSelection()
    {
        QFETCH(QString, select);
        QFETCH(QStringList, on);
        QFETCH(QStringList, off);
        const Editing it;
        it.select(select);
        for (const auto& id : on)
            QVERIFY2(it.action(id)->isEnabled(), qPrintable(id));
        for (const auto& id : off)
            QVERIFY2(!it.action(id)->isEnabled(), qPrintable(id));
    }

    void theFirstCallOfAnEmptyJourney()
    {
        const Editing it("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: sketch}\nspec:\n"
                         "  objectives:\n    availability: {window: 30d, target: 0.995}\n");
        QVERIFY(it.document().isEditable());
        QVERIFY(!it.action(QStringLiteral("journey.insertAfter"))->isEnabled());
        it.action(QStringLiteral("journey.firstCall"))->trigger();
        it.type(QStringLiteral("front"));
        QCOMPARE(it.refusals, QStringList());
        QCOMPARE(it.tree(), QStringLiteral("front"));
        QCOMPARE(it.document().undoStack()->count(), 1);
        QVERIFY(it.document().intent().journey.components.find("front"));
        QVERIFY(!it.action(QStringLiteral("journey.firstCall"))->isEnabled());
    }

    void aFragmentIsRenamedAndInlined()
    {
        const Editing it(withFragment());
        const auto before = it.open.text();
        it.select(QStringLiteral("use"));
        it.action(QStringLiteral("edit.rename"))->trigger();
        it.type(QStringLiteral("door"));
        QCOMPARE(it.tree(), QStringLiteral("Series(Use(door), Parallel(cart, pricing), Race(paya, payb))"));
        it.action(QStringLiteral("journey.inline"))->trigger();
        QCOMPARE(it.refusals, QStringList());
        QCOMPARE(it.tree(), QStringLiteral("Series(front, Parallel(cart, pricing), Race(paya, payb))"));
        QCOMPARE(it.selected(), QStringLiteral("front"));
        QVERIFY(it.document().intent().journey.fragments.empty());
        it.document().undoStack()->undo();
        it.document().undoStack()->undo();
        QCOMPARE(it.open.text(), before);
    }

    void aDomainIsRenamedEverywhere()
    {
        const Editing it;
        it.action(QStringLiteral("journey.renameDomain"))->trigger();
        it.type(QStringLiteral("network"));
        QTRY_VERIFY(qobject_cast<NameDialog*>(it.dialog()) != nullptr);
        it.type(QStringLiteral("bank"));
        QVERIFY(it.open.text().contains("[bank]") && !it.open.text().contains("network"));
        QCOMPARE(it.document().undoStack()->undoText(), QStringLiteral("Rename failure domain network to bank"));
    }

    void theSearchNarrowsAndTheArrowsChoose()
    {
        const Editing it;
        it.select(QStringLiteral("front"));
        it.action(QStringLiteral("journey.callAnother"))->trigger();
        auto* edit = it.dialog()->findChild<QLineEdit*>(QStringLiteral("answer"));
        auto* list = it.dialog()->findChild<QListWidget*>(QStringLiteral("choices"));
        QCOMPARE(list->count(), 5);
        QTest::keyClicks(edit, QStringLiteral("PAY"));
        QCOMPARE(list->count(), 3);
        QCOMPARE(list->item(2)->text(), QStringLiteral("New component “PAY”"));
        QTest::keyClick(edit, Qt::Key_Down);
        QCOMPARE(list->currentRow(), 1);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(it.selected(), QStringLiteral("payb"));
        QTRY_VERIFY(it.dialog() == nullptr);
    }

    void givingUpChangesNothing()
    {
        const Editing it;
        it.select(QStringLiteral("front"));
        it.action(QStringLiteral("journey.callAnother"))->trigger();
        QTest::keyClick(it.dialog(), Qt::Key_Escape);
        QCOMPARE(it.open.text(), CheckoutFolder::intentText());
        QTRY_VERIFY(it.dialog() == nullptr);
    }

    void nothingCanBeEditedWhileTheTextDoesNotParse()
    {
        const Editing it;
        it.select(QStringLiteral("front"));
        QCOMPARE(it.document().setText("not: [a journey"), QString());
        // What only looks at the journey goes on.
        const QStringList looks{QStringLiteral("edit.copy"), QStringLiteral("edit.selectAll"),
                                QStringLiteral("journey.whereUsed")};
        for (const auto* action : it.registry.actions())
            QVERIFY2(action->isEnabled() == looks.contains(action->objectName()), qPrintable(action->objectName()));
        it.document().undoStack()->undo();
        QVERIFY(it.action(QStringLiteral("edit.delete"))->isEnabled());
    }

    void theContextMenuHoldsWhatCanBeDone()
    {
        const Editing it;
        it.select(QStringLiteral("race"));
        QMenu menu;
        it.actions.fillContextMenu(&menu);
        QVERIFY(menu.actions().contains(it.action(QStringLiteral("journey.unwrap"))));
        QVERIFY(!menu.actions().contains(it.action(QStringLiteral("journey.bind"))));
        for (const auto* action : menu.actions())
            QVERIFY2(action->isEnabled(), qPrintable(action->text()));
    }

    void whatCannotBeWrappedSaysWhy()
    {
        const Editing it;
        const auto* series = it.action(QStringLiteral("journey.wrap.series"));
        it.select(QStringLiteral("front"));
        QVERIFY(!series->isEnabled());
        QVERIFY2(series->toolTip().contains(QStringLiteral("two steps")), qPrintable(series->toolTip()));
        it.select(QStringLiteral("front race"));
        QVERIFY(series->isEnabled());
        QCOMPARE(series->toolTip(), QStringLiteral("Wrap in Series"));
        QMenu menu;
        it.actions.fillContextMenu(&menu);
        const auto* wraps = menu.findChild<QMenu*>();
        QVERIFY(wraps != nullptr);
        QVERIFY(wraps->toolTipsVisible());
        QCOMPARE(wraps->actions().front()->text(), QStringLiteral("Series"));
    }

    /// What company a node alone gets is to be named; several need none.
    void companyWantsAName()
    {
        const Editing it;
        std::vector<journey::Element> wanted;
        QObject::connect(&it.actions, &EditActions::namesWanted,
                         [&wanted](const auto& calls) { wanted.insert(wanted.end(), calls.begin(), calls.end()); });
        it.select(QStringLiteral("front"));
        it.action(QStringLiteral("journey.wrap.fallback"))->trigger();
        QCOMPARE(wanted.size(), std::size_t(1));
        QCOMPARE(wanted.front(), it.element("service-1"));
        it.select(QStringLiteral("cart pricing"));
        it.action(QStringLiteral("journey.wrap.race"))->trigger();
        it.select(QStringLiteral("cart"));
        it.action(QStringLiteral("journey.wrap.retry"))->trigger();
        QCOMPARE(wanted.size(), std::size_t(1));
        QCOMPARE(it.document().undoStack()->count(), 3);
    }

    void theDocumentMayGo()
    {
        Editing it;
        it.select(QStringLiteral("front"));
        it.action(QStringLiteral("journey.callAnother"))->trigger();
        it.open.document.reset();
        QVERIFY(!it.action(QStringLiteral("edit.delete"))->isEnabled());
        QTRY_VERIFY(it.dialog() == nullptr);
    }
};

QTEST_MAIN(TestEditActions)
#include "tst_editactions.moc"
