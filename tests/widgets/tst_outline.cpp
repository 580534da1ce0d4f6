// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/structure.h"
#include "paneltools.h"
#include "tests/base/random.h"
#include "tests/journey/random_edit.h"
#include "widgets/editing/carried.h"
#include "widgets/editing/nesting.h"
#include "widgets/outline/outlinemodel.h"
#include "widgets/outline/outlinepanel.h"
#include "widgets/outline/outlinetree.h"

#include <QAbstractItemModelTester>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;
using journey::Element;
using journey::OperatorType;

namespace {

QByteArray text(const QByteArray& tree, const QByteArray& fragments = {})
{
    return "apiVersion: emac.dev/v1alpha1\n"
           "kind: JourneyIntent\n"
           "metadata: {name: shop}\n"
           "spec:\n"
           "  objectives:\n"
           "    availability: {window: 30d, target: 0.99}\n"
           "  operator: "
           + tree + "\n" + fragments
           + "  components:\n"
             "    a: {availability: 0.999}\n"
             "    b: {availability: 0.998}\n"
             "    c: {availability: 0.997}\n"
             "    d: {}\n";
}

QByteArray branching()
{
    return text("{type: series, steps: [{ref: a}, {type: branch, choices: [{probability: 0.7, label: most, body: "
                "{ref: b}}, {probability: 0.3, body: {type: fallback, primary: {ref: c}, alternates: [{ref: d}, "
                "{use: again}]}}]}]}",
                "  fragments:\n"
                "    again: {type: retry, attempts: 3, body: {ref: a}}\n");
}

/// Every row by its title, indented, with its role in its parent.
QStringList lines(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        const auto role = index.data(OutlineModel::RoleInParentRole).toString();
        result << QString(depth * 2, u' ') + (role.isEmpty() ? role : QString(role + QStringLiteral(": ")))
                      + index.data().toString();
        result << lines(model, index, depth + 1);
    }
    return result;
}

/// What the rows must be, from the journey alone.
QStringList linesOf(const journey::Intent& intent)
{
    QStringList result{QString::fromStdString(intent.displayName.empty() ? intent.name : intent.displayName)};
    const auto add = [&](const auto& self, const journey::ExpressionPtr& node, int depth) -> void {
        result << QString(depth * 2, u' ') + QString::number(static_cast<qulonglong>(node->id));
        for (const auto& child : journey::children(*node))
            self(self, child, depth + 1);
    };
    if (intent.journey.root)
        add(add, intent.journey.root, 1);
    for (const auto& fragment : intent.journey.fragments) {
        result << QString::fromStdString(fragment.name);
        add(add, fragment.body, 1);
    }
    return result;
}

QStringList rowsOf(const OutlineModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const auto index = model.index(row, 0, parent);
        const auto element = model.element(index);
        result << (element.kind == Element::Kind::Node
                       ? QString(QString(depth * 2, u' ') + QString::number(static_cast<qulonglong>(element.node)))
                       : index.data().toString());
        result << rowsOf(model, index, depth + 1);
    }
    return result;
}

/// A shown outline of an opened journey.
struct Outline
{
    explicit Outline(const QByteArray& intent = tests::CheckoutFolder::intentText())
        : open(intent)
        , panel(open.document.get(), open.document->selection(), &open.units)
        , tree(panel.findChild<OutlineTree*>())
        , model(qobject_cast<OutlineModel*>(tree->model()))
    {
        if (!QTest::qWaitFor([this] { return isCurrent(*open.document); }))
            qFatal("no numbers arrive");
        panel.resize(360, 500);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel))
            qFatal("the window does not become active");
        tree->setFocus();
    }

    SelectionModel* selection() const { return open.document->selection(); }
    QModelIndex row(const Element& element) const { return model->indexOf(element); }
    /// The row of this title.
    QModelIndex row(const char* title) const
    {
        const auto all = model->match(model->index(0, 0), Qt::DisplayRole, QString::fromUtf8(title), 1,
                                      Qt::MatchExactly | Qt::MatchRecursive);
        return all.isEmpty() ? QModelIndex() : all.front();
    }
    std::string shape() const { return journey::expressionText(open.document->intent().journey.root); }
    void click(const char* title, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, modifiers, tree->visualRect(row(title)).center());
    }
    QLineEdit* search() const { return panel.findChild<QLineEdit*>(QStringLiteral("search")); }
    QLineEdit* editor() const { return tree->findChild<QLineEdit*>(QStringLiteral("rename")); }

    OpenJourney open;
    OutlinePanel panel;
    OutlineTree* tree;
    OutlineModel* model;
};

} // namespace

class TestOutline : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void showsTheJourneyAndItsFragments()
    {
        const OpenJourney open(branching());
        const OutlineModel model(open.document.get(), &open.units);
        const QStringList expected{QStringLiteral("shop"),
                                   QStringLiteral("  Series"),
                                   QStringLiteral("    a"),
                                   QStringLiteral("    Branch"),
                                   QStringLiteral("      most 70 %: b"),
                                   QStringLiteral("      30 %: Fallback"),
                                   QStringLiteral("        try 1: c"),
                                   QStringLiteral("        try 2: d"),
                                   QStringLiteral("        try 3: again"),
                                   QStringLiteral("again"),
                                   QStringLiteral("  Retry"),
                                   QStringLiteral("    a")};
        QCOMPARE(lines(model), expected);
    }

    void showsNumbersBadgesAndSentences()
    {
        Outline it(branching());
        const auto numbers = [&](const char* title) {
            return it.row(title).siblingAtColumn(OutlineModel::Availability).data().toString();
        };
        QCOMPARE(numbers("a"), QStringLiteral("99.900 %"));
        QCOMPARE(numbers("d"), QStringLiteral("not stated"));
        QCOMPARE(numbers("shop"), numbers("Series"));
        QVERIFY(it.row("d").data(OutlineModel::LookRole).value<Look>().badges.testFlag(Badge::NotStated));
        QVERIFY(it.row("b").data(OutlineModel::LookRole).value<Look>().heat.has_value());
        QCOMPARE(it.row("b").data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("b, call, choice 1 of 2 of branch, most 70 %, A⁻ 99.800 % to A⁺ 99.800 %"));
        QVERIFY(it.row("Fallback")
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(QStringLiteral("Fallback, choice 2 of 2 of branch, 30 %, A⁻ ")));
        it.open.units.setUnit(AvailabilityUnit::Nines);
        QCOMPARE(numbers("a"), QStringLiteral("3.00 nines"));
    }

    void followsEveryEditRowByRow()
    {
        const OpenJourney open(branching());
        auto* document = open.document.get();
        OutlineModel model(document, &open.units);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QCOMPARE(rowsOf(model), linesOf(document->intent()));
        tests::Random random(7);
        int done = 0;
        for (int i = 0; i < 500; ++i) {
            if (random.chance(0.2)) {
                document->undoStack()->undo();
            } else if (random.chance(0.1)) {
                document->undoStack()->redo();
            } else if (document->apply(tests::randomEdit(random, document->intent()), QStringLiteral("edit"))
                           .isEmpty()) {
                ++done;
            }
            QCOMPARE(rowsOf(model), linesOf(document->intent()));
        }
        QVERIFY2(done > 100, qPrintable(QString::number(done)));
        while (document->undoStack()->canUndo())
            document->undoStack()->undo();
        QCOMPARE(rowsOf(model), linesOf(document->intent()));
        QCOMPARE(resets.size(), 0);
    }

    void aNodeKeepsItsRowWhereverItGoes()
    {
        Outline it;
        const QPersistentModelIndex paya = it.row("paya");
        const QPersistentModelIndex race = it.row("Race · payment");
        QSignalSpy removed(it.model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(it.model, &QAbstractItemModel::rowsInserted);
        const auto node = it.model->element(paya).node;
        const auto parallel = it.open.node(OperatorType::Parallel).node;
        QCOMPARE(it.open.document->apply(journey::MoveNodes{{node}, parallel, 1}, QStringLiteral("move")), QString());
        QCOMPARE(paya.parent().data().toString(), QStringLiteral("Parallel"));
        QCOMPARE(paya.row(), 1);
        QCOMPARE(it.open.document->apply(journey::Wrap{{node}, OperatorType::Retry}, QStringLiteral("wrap")),
                 QString());
        QCOMPARE(paya.parent().data().toString(), QStringLiteral("Retry"));
        QCOMPARE(inserted.size(), 1); // the retry
        QCOMPARE(removed.size(), 0);
        it.open.document->undoStack()->undo();
        it.open.document->undoStack()->undo();
        QCOMPARE(paya.parent(), QModelIndex(race));
        QCOMPARE(removed.size(), 1);
    }

    void aRenamedFragmentKeepsItsRow()
    {
        Outline it(branching());
        const QPersistentModelIndex fragment = it.model->index(1, 0);
        QCOMPARE(it.model->element(fragment), Element::fragment("again"));
        QCOMPARE(it.model->rename(fragment, QStringLiteral("once more")), QString());
        QVERIFY(fragment.isValid());
        QCOMPARE(it.model->element(fragment), Element::fragment("once more"));
        QCOMPARE(it.selection()->current(), Element::fragment("once more"));
        QVERIFY(it.row("once more").isValid());
    }

    void whatIsCollapsedAndCurrentSurvivesUndoAndRedo()
    {
        Outline it;
        const auto race = it.open.node(OperatorType::Race);
        const auto parallel = it.open.node(OperatorType::Parallel);
        it.tree->setExpanded(it.row(race), false);
        it.selection()->select(it.open.call("cart"));
        QCOMPARE(it.tree->currentIndex(), it.row("cart"));
        auto* document = it.open.document.get();
        QCOMPARE(document->apply(journey::RemoveNodes{{race.node}}, QStringLiteral("remove")), QString());
        QCOMPARE(document->apply(journey::Wrap{{parallel.node}, OperatorType::Timeout}, QStringLiteral("wrap")),
                 QString());
        QVERIFY(it.tree->isExpanded(it.row("Timeout")));
        QVERIFY(it.tree->isExpanded(it.row(parallel)));
        QCOMPARE(it.tree->currentIndex(), it.row("cart"));
        document->undoStack()->undo();
        document->undoStack()->undo();
        QVERIFY(!it.tree->isExpanded(it.row(race)));
        QVERIFY(it.tree->isExpanded(it.row(parallel)));
        QCOMPARE(it.tree->currentIndex(), it.row("cart"));
        document->undoStack()->redo();
        QCOMPARE(it.tree->currentIndex(), it.row("cart"));
    }

    void theSelectionIsThatOfTheDocument()
    {
        Outline it;
        it.click("cart");
        QCOMPARE(it.selection()->elements(), Selection{it.open.call("cart")});
        it.click("paya", Qt::ControlModifier);
        QCOMPARE(it.selection()->elements(), (Selection{it.open.call("cart"), it.open.call("paya")}));
        it.click("checkout");
        QVERIFY(it.selection()->elements().empty());
        it.selection()->select(Selection{it.open.call("front"), it.open.call("payb")});
        QCOMPARE(it.tree->selectionModel()->selectedRows().size(), 2);
        QVERIFY(it.tree->selectionModel()->isSelected(it.row("payb")));
        it.selection()->clear();
        QVERIFY(it.tree->selectionModel()->isSelected(it.row("checkout")));
        it.selection()->select(Element::component("cart"));
        QVERIFY(!it.tree->selectionModel()->hasSelection());
        QCOMPARE(it.selection()->current(), Element::component("cart"));
    }

    void revealOpensWhatIsCollapsed()
    {
        Outline it;
        it.tree->collapseAll();
        it.selection()->reveal(it.open.call("payb"));
        QVERIFY(!it.tree->visualRect(it.row("payb")).isEmpty());
        QVERIFY(it.tree->selectionModel()->isSelected(it.row("payb")));
    }

    void deletingKeepsTheSelectionOfTheStep()
    {
        Outline it;
        it.click("cart");
        const auto pricing = it.open.call("pricing");
        QSignalSpy changed(it.selection(), &SelectionModel::changed);
        QCOMPARE(it.open.document->apply(journey::RemoveNodes{{it.open.call("cart").node}}, QStringLiteral("delete"),
                                         Selection{pricing}),
                 QString());
        QCOMPARE(it.selection()->elements(), Selection{pricing});
        QCOMPARE(changed.size(), 1); // the rows that came and went have selected nothing
        it.open.document->undoStack()->undo();
        QCOMPARE(it.tree->currentIndex(), it.row("cart"));
        QVERIFY(it.tree->hasFocus());
    }

    void renamesInPlace()
    {
        Outline it;
        it.click("cart");
        QTest::keyClick(it.tree, Qt::Key_F2);
        QTRY_VERIFY(it.editor() != nullptr);
        QCOMPARE(it.editor()->text(), QStringLiteral("cart"));
        it.editor()->selectAll();
        QTest::keyClicks(it.editor(), QStringLiteral("front")); // taken
        QTest::keyClick(it.editor(), Qt::Key_Return);
        QVERIFY(it.editor() != nullptr && it.editor()->isVisible());
        QVERIFY2(it.editor()->accessibleDescription().contains(QStringLiteral("front")),
                 qPrintable(it.editor()->accessibleDescription()));
        QVERIFY(!it.open.document->undoStack()->canUndo());
        it.editor()->selectAll();
        QTest::keyClicks(it.editor(), QStringLiteral("basket"));
        QTest::keyClick(it.editor(), Qt::Key_Return);
        QTRY_VERIFY(it.editor() == nullptr);
        QCOMPARE(it.shape(), std::string("Series(front, Parallel(basket, pricing), Race(paya, payb))"));
        QCOMPARE(it.open.document->undoStack()->count(), 1);
        QCOMPARE(it.tree->currentIndex(), it.row("basket"));
        QVERIFY(it.tree->hasFocus());

        QTest::keyClick(it.tree, Qt::Key_F2);
        QTRY_VERIFY(it.editor() != nullptr);
        QTest::keyClicks(it.editor(), QStringLiteral("other"));
        QTest::keyClick(it.editor(), Qt::Key_Escape);
        QTRY_VERIFY(it.editor() == nullptr);
        QCOMPARE(it.open.document->undoStack()->count(), 1);
    }

    void renamesWhatTheRowStandsFor_data()
    {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("step");
        QTest::newRow("journey") << QStringLiteral("shop") << QStringLiteral("store")
                                 << QStringLiteral("Rename journey shop to store");
        QTest::newRow("operator") << QStringLiteral("Branch") << QStringLiteral("pay")
                                  << QStringLiteral("Rename Branch to pay");
        QTest::newRow("call") << QStringLiteral("c") << QStringLiteral("cee")
                              << QStringLiteral("Rename component c to cee");
        QTest::newRow("use") << QStringLiteral("again") << QStringLiteral("more")
                             << QStringLiteral("Rename fragment again to more");
        QTest::newRow("no name") << QStringLiteral("c") << QString() << QString();
        QTest::newRow("the same") << QStringLiteral("c") << QStringLiteral(" c ") << QString();
    }
    void renamesWhatTheRowStandsFor()
    {
        QFETCH(QString, row);
        QFETCH(QString, to);
        QFETCH(QString, step);
        Outline it(branching());
        it.model->setData(it.row(row.toUtf8().constData()), to);
        QCOMPARE(it.open.document->undoStack()->undoText(), step);
    }

    void undoInTheEditorIsTheDocuments()
    {
        Outline it;
        it.click("cart");
        QCOMPARE(it.model->rename(it.row("cart"), QStringLiteral("basket")), QString());
        QTest::keyClick(it.tree, Qt::Key_F2);
        QTRY_VERIFY(it.editor() != nullptr);
        QTest::keyClicks(it.editor(), QStringLiteral("x"));
        QTest::keyClick(it.editor(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(it.editor() == nullptr);
        QCOMPARE(it.shape(), std::string("Series(front, Parallel(cart, pricing), Race(paya, payb))"));
    }

    void keysAskForSteps()
    {
        Outline it;
        QSignalSpy actions(&it.panel, &OutlinePanel::actionRequested);
        QSignalSpy refusals(&it.panel, &OutlinePanel::refused);
        it.click("Parallel");
        QTest::keyClick(it.tree, Qt::Key_Return);
        QTest::keyClick(it.tree, Qt::Key_Return, Qt::ControlModifier);
        it.click("cart");
        QTest::keyClick(it.tree, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(actions.size(), 2);
        QCOMPARE(actions[0][0].toString(), QStringLiteral("journey.insertAfter"));
        QCOMPARE(actions[1][0].toString(), QStringLiteral("journey.insertInto"));
        QCOMPARE(refusals.size(), 1);

        QCOMPARE(it.open.document->apply(journey::RemoveNodes{{it.open.node(OperatorType::Series).node}},
                                         QStringLiteral("all")),
                 QString());
        QTest::keyClick(it.tree, Qt::Key_Return);
        QCOMPARE(actions.last()[0].toString(), QStringLiteral("journey.firstCall"));
    }

    void drops_data()
    {
        QTest::addColumn<QStringList>("rows");
        QTest::addColumn<QString>("onto");
        QTest::addColumn<int>("at");
        QTest::addColumn<QString>("shape"); // empty: refused
        const auto row = [](const char* name, const char* rows, const char* onto, int at, const char* shape) {
            QTest::newRow(name) << QString::fromLatin1(rows).split(u' ') << QString::fromUtf8(onto) << at
                                << QString::fromLatin1(shape);
        };
        row("into an operator", "front", "Parallel", -1, "Series(Parallel(cart, pricing, front), Race(paya, payb))");
        row("after a call", "front", "payb", -1, "Series(Parallel(cart, pricing), Race(paya, Series(payb, front)))");
        row("between rows", "paya", "Parallel", 1, "Series(front, Parallel(cart, paya, pricing), Race(payb))");
        row("before the first", "payb", "Series", 0, "Series(payb, front, Parallel(cart, pricing), Race(paya))");
        row("several", "cart payb", "Series", 1, "Series(front, cart, payb, Parallel(pricing), Race(paya))");
        row("onto the journey", "cart", "checkout", -1, "Series(front, Parallel(pricing), Race(paya, payb), cart)");
        row("where it is", "cart", "Parallel", 1, "");
        row("into itself", "Parallel", "cart", -1, "");
    }
    void drops()
    {
        QFETCH(QStringList, rows);
        QFETCH(QString, onto);
        QFETCH(int, at);
        QFETCH(QString, shape);
        Outline it;
        QModelIndexList indexes;
        for (const auto& title : rows)
            indexes.append(it.row(title.toUtf8().constData()));
        const auto before = it.shape();
        const auto moved = it.model->element(indexes.front());
        const std::unique_ptr<QMimeData> data(it.model->mimeData(indexes));
        const auto parent = it.row(onto.toUtf8().constData());
        QCOMPARE(it.model->canDropMimeData(data.get(), Qt::MoveAction, at, 0, parent), !shape.isEmpty());
        QCOMPARE(it.model->dropMimeData(data.get(), Qt::MoveAction, at, 0, parent), !shape.isEmpty());
        QCOMPARE(it.shape(), shape.isEmpty() ? before : shape.toStdString());
        QCOMPARE(it.open.document->undoStack()->count(), shape.isEmpty() ? 0 : 1);
        if (!shape.isEmpty()) {
            QVERIFY(it.selection()->contains(moved));
            it.open.document->undoStack()->undo();
            QCOMPARE(it.shape(), before);
        }
    }

    void aDropByMouseIsOneStep()
    {
        Outline it;
        const std::unique_ptr<QMimeData> data(it.model->mimeData({it.row("front")}));
        const auto at = it.tree->visualRect(it.row("Parallel")).center();
        QDragEnterEvent enter(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(it.tree->viewport(), &enter);
        QDragMoveEvent move(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(it.tree->viewport(), &move);
        QVERIFY(move.isAccepted());
        QDropEvent drop(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(it.tree->viewport(), &drop);
        QCOMPARE(it.shape(), std::string("Series(Parallel(cart, pricing, front), Race(paya, payb))"));
        QCOMPARE(it.open.document->undoStack()->count(), 1);
    }

    void aPaletteItemLandsHere()
    {
        Outline it;
        const auto data = mimeOf({Carried::Kind::Component, OperatorType::Call, QStringLiteral("cart")});
        QVERIFY(it.model->dropMimeData(data.get(), Qt::CopyAction, -1, 0, it.row("Race · payment")));
        QCOMPARE(it.shape(), std::string("Series(front, Parallel(cart, pricing), Race(paya, payb, cart))"));
    }

    void searchMarksAndWalks()
    {
        Outline it;
        QTest::keyClicks(it.search(), QStringLiteral("pa"));
        const auto* count = it.panel.findChild<QLabel*>(QStringLiteral("count"));
        // Parallel, the race called payment, paya, payb
        QCOMPARE(count->text(), QStringLiteral("4 found"));
        QVERIFY(it.row("paya").data(OutlineModel::FoundRole).toBool());
        QVERIFY(!it.row("cart").data(OutlineModel::FoundRole).toBool());
        QSignalSpy revealed(it.selection(), &SelectionModel::revealed);
        QTest::keyClick(it.search(), Qt::Key_Return);
        QCOMPARE(it.selection()->current(), it.open.node(OperatorType::Parallel));
        QCOMPARE(count->text(), QStringLiteral("1 of 4"));
        QTest::keyClick(it.search(), Qt::Key_Return);
        QTest::keyClick(it.search(), Qt::Key_Return);
        QCOMPARE(it.selection()->current(), it.open.call("paya"));
        QTest::keyClick(it.search(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(it.selection()->current(), it.open.node(OperatorType::Race));
        QTest::keyClick(it.search(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(it.search(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(it.selection()->current(), it.open.call("payb"));
        QCOMPARE(revealed.size(), 6);
        QTest::keyClick(it.search(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(it.selection()->elements().size(), std::size_t{4});

        // What is found follows the document.
        QCOMPARE(it.model->rename(it.row("cart"), QStringLiteral("papers")), QString());
        QVERIFY(it.row("papers").data(OutlineModel::FoundRole).toBool());
        QTest::keyClick(it.search(), Qt::Key_Escape);
        QVERIFY(it.search()->text().isEmpty());
        QVERIFY(!it.row("paya").data(OutlineModel::FoundRole).toBool());
        QTest::keyClicks(it.search(), QStringLiteral("zzz"));
        QCOMPARE(count->text(), QStringLiteral("Nothing found"));
        for (const auto* button : it.panel.findChildren<QToolButton*>())
            QVERIFY(!button->accessibleName().isEmpty() || button->parent() == it.search());
    }

    void searchFinds_data()
    {
        QTest::addColumn<QString>("sought");
        QTest::addColumn<int>("found");
        QTest::newRow("component") << QStringLiteral("D") << 1;
        QTest::newRow("operator's title") << QStringLiteral("fallback") << 1;
        QTest::newRow("choice") << QStringLiteral("most") << 1;
        QTest::newRow("fragment and its use") << QStringLiteral("again") << 2;
        QTest::newRow("nothing") << QStringLiteral(" ") << 0;
    }
    void searchFinds()
    {
        QFETCH(QString, sought);
        QFETCH(int, found);
        const OpenJourney open(branching());
        OutlineModel model(open.document.get(), &open.units);
        QCOMPARE(static_cast<int>(model.find(sought).size()), found);
    }

    void aReadOnlyDocumentOffersNoEdit()
    {
        const OpenJourney open;
        OutlineModel model(open.document.get(), &open.units);
        const auto row = model.index(0, 0, model.index(0, 0));
        QVERIFY(model.flags(row) & Qt::ItemIsEditable);
        QCOMPARE(open.document->setText("a: ["), QString()); // no journey as it stands
        QVERIFY(!(model.flags(row) & Qt::ItemIsEditable));
        QVERIFY(!(model.flags(row) & Qt::ItemIsDragEnabled));
        QVERIFY(!(model.flags(row) & Qt::ItemIsDropEnabled));
        QVERIFY(!model.rename(row, QStringLiteral("x")).isEmpty());
    }

    void nests_data()
    {
        QTest::addColumn<QString>("tree");
        QTest::addColumn<QString>("selected");
        QTest::addColumn<QString>("indented"); // empty: cannot be
        QTest::addColumn<QString>("outdented");
        const auto row = [](const char* name, const char* tree, const char* selected, const char* indented,
                            const char* outdented) {
            QTest::newRow(name) << QString::fromLatin1(tree) << QString::fromLatin1(selected)
                                << QString::fromLatin1(indented) << QString::fromLatin1(outdented);
        };
        row("behind a call in a series", "{type: series, steps: [{ref: a}, {ref: b}]}", "b", "Series(Parallel(a, b))",
            "");
        row("behind a call in a race", "{type: race, branches: [{ref: a}, {ref: b}]}", "b", "Race(Series(a, b))",
            "Series(Race(a), b)");
        row("behind an operator", "{type: series, steps: [{type: race, branches: [{ref: a}, {ref: b}]}, {ref: c}]}",
            "c", "Series(Race(a, b, c))", "");
        row("several", "{type: series, steps: [{type: race, branches: [{ref: a}]}, {ref: b}, {ref: c}]}", "b c",
            "Series(Race(a, b, c))", "");
        row("the first", "{type: series, steps: [{ref: a}, {type: race, branches: [{ref: b}, {ref: c}]}]}", "b", "",
            "Series(a, Race(c), b)");
        row("the only one", "{type: retry, attempts: 2, body: {ref: a}}", "a", "", "a");
        row("in the body of a retry",
            "{type: parallel, branches: [{type: retry, attempts: 2, body: {type: series, steps: [{ref: a}, {ref: "
            "b}]}}, {ref: c}]}",
            "b", "Parallel(Retry(Series(Parallel(a, b))), c)", "Parallel(Retry(Series(a)), b, c)");
        row("all in the body of a retry",
            "{type: retry, attempts: 2, body: {type: series, steps: [{ref: a}, {ref: b}]}}", "a b", "", "Series(a, b)");
    }
    void nests()
    {
        QFETCH(QString, tree);
        QFETCH(QString, selected);
        QFETCH(QString, indented);
        QFETCH(QString, outdented);
        const OpenJourney open(text(tree.toLatin1()));
        auto* document = open.document.get();
        QVERIFY(document->isReadable());
        Selection elements;
        for (const auto& name : selected.split(u' '))
            elements.push_back(open.call(name.toStdString()));
        document->selection()->select(elements);
        const auto shapeOf = [&](const std::optional<Nesting>& nesting) -> QString {
            if (!nesting)
                return {};
            const auto refusal = document->apply(nesting->edit, nesting->words, nesting->select);
            if (!refusal.isEmpty())
                return refusal;
            const auto shape = QString::fromStdString(journey::expressionText(document->intent().journey.root));
            if (document->selection()->elements() != elements)
                return QStringLiteral("another selection");
            document->undoStack()->undo();
            return shape;
        };
        QCOMPARE(shapeOf(indenting(document->intent().journey, NodeSelection(*document))), indented);
        QCOMPARE(shapeOf(outdenting(document->intent().journey, NodeSelection(*document))), outdented);
    }
};

QTEST_MAIN(TestOutline)
#include "tst_outline.moc"
