// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/structure.h"
#include "paneltools.h"
#include "widgets/editing/editactions.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QVBoxLayout>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::OpenJourney;

namespace {

/// A journey under the actions of a window, which is driven by keys.
struct Editing
{
    explicit Editing(const QByteArray& text = CheckoutFolder::intentText()) : open(text), actions(&registry, &window)
    {
        QObject::connect(&actions, &EditActions::refused, [this](const QString& reason) { refusals.append(reason); });
        QObject::connect(&actions, &EditActions::told, [this](const QString& text) { told.append(text); });
        actions.setDocument(open.document.get());
        auto* layout = new QVBoxLayout(&window);
        field = new QLineEdit;
        canvas = new QWidget;
        canvas->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(field);
        layout->addWidget(canvas);
        window.addActions(registry.actions());
        window.show();
        window.activateWindow();
        [this] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
        canvas->setFocus();
    }

    JourneyDocument& document() const { return *open.document; }
    const journey::Journey& journey() const { return document().intent().journey; }

    void press(Qt::Key key)
    {
        window.activateWindow();
        [this] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
        QTest::keyClick(QApplication::focusWidget(), key, Qt::ControlModifier);
    }

    /// By component, explicit id or operator word, several with blanks between.
    void select(const QString& what) const
    {
        Selection selection;
        for (const auto& word : what.split(u' ', Qt::SkipEmptyParts)) {
            for (const auto& place : journey::nodePlaces(journey())) {
                if (QString::fromStdString(journey::displayName(*place.node)) == word) {
                    selection.push_back(journey::Element::ofNode(place.node->id));
                    break;
                }
            }
        }
        document().selection()->select(selection);
    }

    QString selected() const
    {
        QStringList words;
        for (const auto& element : document().selection()->elements()) {
            const auto node = journey::findNode(journey(), element.node);
            words << (node ? QString::fromStdString(journey::displayName(*node)) : QStringLiteral("gone"));
        }
        return words.join(u' ');
    }

    QString tree() const
    {
        return journey().root ? QString::fromStdString(journey::expressionText(journey().root)) : QString();
    }

    OpenJourney open;
    QWidget window;
    ActionRegistry registry;
    EditActions actions;
    QLineEdit* field;
    QWidget* canvas;
    QStringList refusals;
    QStringList told;
};

QByteArray emptyJourney()
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: sketch}\nspec:\n"
           "  objectives:\n    availability: {window: 30d, target: 0.995}\n";
}

QByteArray withFragment()
{
    auto text = CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - use: entry\n");
    text.replace("  components:\n", "  fragments:\n    entry: {ref: front}\n  components:\n");
    return text;
}

void hold(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

QString held()
{
    return QGuiApplication::clipboard()->text();
}

} // namespace

/// Cut, copy, paste, duplicate, select all: by keys, within a journey and from one to another.
class TestClipboard : public QObject
{
    Q_OBJECT

private slots:
    void init() { QGuiApplication::clipboard()->clear(); }

    void aKeyIsOneStepThatCanBeUndone_data()
    {
        QTest::addColumn<QString>("clip");
        QTest::addColumn<QString>("select");
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("tree");
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("selected");
        const auto row = [](const char* name, const char* clip, const char* select, Qt::Key key, const char* tree,
                            const char* step, const char* selected) {
            QTest::newRow(name) << QString::fromUtf8(clip) << QString::fromUtf8(select) << static_cast<int>(key)
                                << QString::fromUtf8(tree) << QString::fromUtf8(step) << QString::fromUtf8(selected);
        };
        row("paste behind a call", "ref: cart", "front", Qt::Key_V,
            "Series(front, cart, Parallel(cart, pricing), Race(paya, payb))", "Paste cart", "cart");
        row("paste into an operator", "ref: cart", "payment", Qt::Key_V,
            "Series(front, Parallel(cart, pricing), Race(paya, payb, cart))", "Paste cart", "cart");
        row("paste at the end", "ref: cart", "", Qt::Key_V,
            "Series(front, Parallel(cart, pricing), Race(paya, payb), cart)", "Paste cart", "cart");
        row("paste a list", "[{ref: cart}, {ref: search}]", "front", Qt::Key_V,
            "Series(front, cart, search, Parallel(cart, pricing), Race(paya, payb))", "Paste 2 nodes", "cart search");
        row("paste a series among steps", "{type: series, steps: [{ref: cart}, {ref: search}]}", "front", Qt::Key_V,
            "Series(front, cart, search, Parallel(cart, pricing), Race(paya, payb))", "Paste Series", "cart search");
        row("paste behind the last of several", "ref: cart", "front parallel", Qt::Key_V,
            "Series(front, Parallel(cart, pricing), cart, Race(paya, payb))", "Paste cart", "cart");
        row("cut a call", "", "paya", Qt::Key_X, "Series(front, Parallel(cart, pricing), Race(payb))", "Cut paya",
            "payb");
        row("cut several", "", "front payment", Qt::Key_X, "Series(Parallel(cart, pricing))", "Cut 2 nodes",
            "parallel");
        row("duplicate a step", "", "front", Qt::Key_D,
            "Series(front, front, Parallel(cart, pricing), Race(paya, payb))", "Duplicate front", "front");
        row("duplicate a branch", "", "paya", Qt::Key_D,
            "Series(front, Parallel(cart, pricing), Race(paya, paya, payb))", "Duplicate paya", "paya");
        row("duplicate an operator", "", "payment", Qt::Key_D,
            "Series(front, Parallel(cart, pricing), Race(paya, payb), Race(paya, payb))", "Duplicate payment", "race");
    }

    void aKeyIsOneStepThatCanBeUndone()
    {
        QFETCH(const QString, clip);
        QFETCH(const QString, select);
        QFETCH(const int, key);
        Editing it;
        const auto before = it.open.text();
        hold(clip);
        it.select(select);
        it.press(static_cast<Qt::Key>(key));
        QCOMPARE(it.refusals, QStringList());
        QTEST(it.tree(), "tree");
        QCOMPARE(it.document().undoStack()->count(), 1);
        QTEST(it.document().undoStack()->undoText(), "step");
        QTEST(it.selected(), "selected");
        QVERIFY(!it.document().hasErrorsNow());
        it.document().undoStack()->undo();
        QCOMPARE(it.open.text(), before);
    }

    void roundTripAcrossDocuments()
    {
        Editing from(withFragment());
        from.select(QStringLiteral("entry payment"));
        const auto nodes = from.document().selection()->elements();
        from.press(Qt::Key_C);
        QCOMPARE(from.document().undoStack()->count(), 0);
        QVERIFY(held().startsWith(QStringLiteral("steps:\n")));
        QVERIFY(held().contains(QStringLiteral("openslo:front-availability")));

        Editing to(emptyJourney());
        to.press(Qt::Key_V);
        QCOMPARE(to.refusals, QStringList());
        QCOMPARE(to.tree(), QStringLiteral("Series(Use(entry), Race(paya, payb))"));
        QCOMPARE(to.selected(), QStringLiteral("entry payment"));
        QCOMPARE(to.document().undoStack()->count(), 1);
        for (const auto& element : nodes)
            QVERIFY(!journey::findNode(to.journey(), element.node));
        for (const auto* name : {"front", "paya", "payb"}) {
            const auto original = from.journey().components.find(name);
            const auto copy = to.journey().components.find(name);
            QVERIFY(copy && journey::equalContent(*copy, *original));
        }
        QVERIFY(journey::equalContent(to.journey().fragment("entry"), from.journey().fragment("entry")));
        QVERIFY(!to.document().hasErrorsNow());

        // And back, beside the originals: everything is there already, the id is taken.
        to.press(Qt::Key_A);
        QCOMPARE(to.selected(), QStringLiteral("entry payment"));
        to.press(Qt::Key_C);
        from.document().selection()->clear();
        from.press(Qt::Key_V);
        QCOMPARE(from.tree(),
                 QStringLiteral(
                     "Series(Use(entry), Parallel(cart, pricing), Race(paya, payb), Use(entry), Race(paya, payb))"));
        QCOMPARE(from.selected(), QStringLiteral("entry race"));
        QCOMPARE(from.told, QStringList());
        QCOMPARE(from.journey().components.list().size(), 5U);
    }

    void anotherComponentOfThisNameStaysAsItIs()
    {
        Editing from;
        from.select(QStringLiteral("cart"));
        from.press(Qt::Key_C);
        auto text = CheckoutFolder::intentText();
        text.replace("cart: {kind: service, availability: 0.999,", "cart: {kind: service, availability: 0.9,");
        Editing to(text);
        to.press(Qt::Key_V);
        QCOMPARE(to.refusals, QStringList());
        QCOMPARE(to.told, QStringList{QStringLiteral("Pasted cart; kept as it is here: cart")});
        QVERIFY(to.open.text().contains("cart: {kind: service, availability: 0.9,"));
    }

    void cutAndPasteMovesWithoutKeepingIdentities()
    {
        Editing it;
        it.select(QStringLiteral("front"));
        const auto id = it.document().selection()->current().node;
        it.press(Qt::Key_X);
        it.document().selection()->clear();
        it.press(Qt::Key_V);
        QCOMPARE(it.tree(), QStringLiteral("Series(Parallel(cart, pricing), Race(paya, payb), front)"));
        QVERIFY(!journey::findNode(it.journey(), id));
        it.document().undoStack()->undo();
        it.document().undoStack()->undo();
        QCOMPARE(it.open.text(), CheckoutFolder::intentText());
    }

    void whatCannotBePastedIsRefusedInWords_data()
    {
        QTest::addColumn<QString>("clip");
        QTest::addColumn<QString>("reason");
        QTest::newRow("nothing") << QString() << QStringLiteral("Not pasted: 'clipboard' is empty");
        QTest::newRow("prose") << QStringLiteral("meet at noon") << QStringLiteral("Not pasted: 'clipboard' is a text");
        QTest::newRow("a faulty step") << QStringLiteral("- ref: a\n- {type: retry, attempts: 0, body: {ref: a}}")
                                       << QStringLiteral("Not pasted; line 2 of the clipboard: ");
        QTest::newRow("a fragment that nobody has") << QStringLiteral("use: nobody") << QStringLiteral("nobody");
    }

    void whatCannotBePastedIsRefusedInWords()
    {
        QFETCH(const QString, clip);
        QFETCH(const QString, reason);
        Editing it;
        hold(clip);
        it.press(Qt::Key_V);
        QCOMPARE(it.refusals.size(), 1);
        QVERIFY2(it.refusals.front().contains(reason), qPrintable(it.refusals.front()));
        QCOMPARE(it.open.text(), CheckoutFolder::intentText());
        QCOMPARE(it.document().undoStack()->count(), 0);
    }

    void aFragmentCannotBePastedIntoItself()
    {
        Editing it(withFragment());
        const auto before = it.open.text();
        hold(QStringLiteral("use: entry"));
        it.document().selection()->turnTo({"entry"});
        it.press(Qt::Key_V);
        QCOMPARE(it.refusals.size(), 1);
        QCOMPARE(it.open.text(), before);
    }

    void aTextFieldKeepsItsOwnKeys()
    {
        Editing it;
        it.select(QStringLiteral("front"));
        it.field->setText(QStringLiteral("words"));
        it.field->setFocus();
        it.press(Qt::Key_A);
        it.press(Qt::Key_C);
        QCOMPARE(held(), QStringLiteral("words"));
        QCOMPARE(it.selected(), QStringLiteral("front"));
        it.press(Qt::Key_X);
        QCOMPARE(it.field->text(), QString());
        it.press(Qt::Key_V);
        QCOMPARE(it.field->text(), QStringLiteral("words"));
        QCOMPARE(it.open.text(), CheckoutFolder::intentText());
    }

    void copyingNeedsNoRightToEdit()
    {
        Editing it;
        it.select(QStringLiteral("front"));
        it.document().setText("not: [a journey");
        QVERIFY(!it.registry.action(QStringLiteral("edit.cut"))->isEnabled());
        QVERIFY(!it.registry.action(QStringLiteral("edit.paste"))->isEnabled());
        it.press(Qt::Key_C);
        QVERIFY(held().contains(QStringLiteral("ref: front")));
    }

    void theActionsAreInTheMenus()
    {
        Editing it;
        it.select(QStringLiteral("front"));
        QMenu edit;
        it.actions.fillEditMenu(&edit);
        QMenu context;
        it.actions.fillContextMenu(&context);
        for (const auto* id : {"edit.cut", "edit.copy", "edit.paste", "edit.duplicate"}) {
            auto* action = it.registry.action(QLatin1String(id));
            QVERIFY2(edit.actions().contains(action), id);
            QVERIFY2(context.actions().contains(action), id);
        }
    }
};

QTEST_MAIN(TestClipboard)
#include "tst_clipboard.moc"
