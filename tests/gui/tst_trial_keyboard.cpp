// SPDX-License-Identifier: GPL-3.0-or-later
// Journeys drawn from nothing by keys alone, as somebody would who has never seen the window.
#include "tests/gui/sketchwindow.h"

#include <QSettings>
#include <QStandardPaths>

using namespace emac;
using namespace emac::widgets;
using emac::tests::SketchWindow;
using journey::NodeId;
using journey::OperatorType;

namespace {

constexpr int unasked = 200; ///< ms in which a name is asked for of its own accord

/// What keys do, in the words of who presses them.
class Typist
{
public:
    explicit Typist(SketchWindow& window) : w(window) { }

    /// A new journey in the window's folder, by the dialog.
    void begin(const QString& name)
    {
        if (QTest::currentTestFailed())
            return;
        w.hand.key(Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
        QTRY_VERIFY(QApplication::focusWidget() != nullptr
                    && QApplication::focusWidget()->objectName() == QStringLiteral("name"));
        w.hand.type(name);
        QVERIFY(w.hand.tabTo(QStringLiteral("Folder")));
        w.hand.key(Qt::Key_A, Qt::ControlModifier);
        w.hand.type(w.folder.path());
        QSignalSpy opened(&w.window, &workbench::MainWindow::tabOpened);
        w.hand.key(Qt::Key_Return);
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
        w.window.activateWindow(); // as a window manager does
        QTRY_VERIFY(w.view()->hasFocus());
    }

    /// Back from a field.
    bool toCanvas()
    {
        if (!w.view()->hasFocus())
            w.hand.key(Qt::Key_Escape);
        return w.view()->hasFocus();
    }

    /// Adds what the quick add offers first for the text, behind what is selected.
    void add(const QString& what)
    {
        if (QTest::currentTestFailed())
            return;
        QVERIFY(w.isDrawn());
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.quickAdd() != nullptr && w.quickAdd()->hasFocus());
        w.hand.type(what);
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.quickAdd() == nullptr);
        QVERIFY(w.isDrawn());
    }
    void add(const QStringList& calls)
    {
        if (QTest::currentTestFailed())
            return;
        for (const auto& call : calls) {
            add(call);
            QCOMPARE(w.name(w.selected()), call);
        }
    }

    void rename(const QString& name)
    {
        if (QTest::currentTestFailed())
            return;
        QVERIFY(w.isDrawn());
        w.hand.key(Qt::Key_F2);
        answer(name);
    }

    /// Adds an operator behind what is selected, and names its calls; the operator is selected then.
    void addOperator(const QString& what, const QStringList& calls)
    {
        if (QTest::currentTestFailed())
            return;
        add(what);
        const auto added = w.selected();
        const auto frame = w.childNames(added).isEmpty() ? parent(added) : added;
        for (qsizetype i = 0; i < calls.size(); ++i) {
            if (!QTest::qWaitFor([this] { return w.nameEditor() != nullptr; }, unasked)) {
                go(child(frame, i));
                w.hand.key(Qt::Key_F2);
            }
            answer(calls[i]);
        }
        go(frame);
        QCOMPARE(w.childNames(frame), calls);
    }

    /// Another call, as the last child of the operator; the operator is selected then.
    void addInto(NodeId frame, const QString& call)
    {
        if (QTest::currentTestFailed())
            return;
        go(frame);
        w.hand.key(Qt::Key_Insert, Qt::ControlModifier | Qt::AltModifier);
        const auto isAsked = [this] { return QApplication::activeModalWidget() != nullptr || w.quickAdd() != nullptr; };
        QTRY_VERIFY(isAsked());
        w.hand.type(call);
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(!isAsked());
        w.hand.focused();
        QCOMPARE(w.childNames(frame).last(), call);
        QVERIFY(toCanvas());
        go(frame);
    }

    /// Walks with the arrows.
    void go(NodeId target)
    {
        if (QTest::currentTestFailed())
            return;
        QVERIFY(w.isDrawn());
        const auto goal = wayTo(target);
        for (int i = 0; i < 60 && w.selected() != target; ++i) {
            const auto here = wayTo(w.selected());
            QVERIFY(!here.empty());
            const auto before = w.selected();
            if (here.size() < goal.size() && goal[here.size() - 1] == here.back())
                w.hand.key(inSeries(before) ? Qt::Key_Down : Qt::Key_Right); // inwards
            else if (here.size() <= goal.size() && (here.size() == 1 || here[here.size() - 2] == goal[here.size() - 2]))
                along(before, indexIn(goal[here.size() - 1]) > indexIn(before));
            else
                w.hand.key(inSeries(before) ? Qt::Key_Up : Qt::Key_Left); // outwards
            QVERIFY(w.selected() != before);
        }
        QCOMPARE(w.selected(), target);
    }

    /// Into the field of the inspector, and back.
    void set(const QString& field, const QString& value)
    {
        if (QTest::currentTestFailed())
            return;
        w.hand.key(Qt::Key_F4); // to the numbers in the inspector
        QVERIFY2(w.hand.tabTo(field), qPrintable(field));
        w.hand.key(Qt::Key_A, Qt::ControlModifier);
        w.hand.type(value);
        w.hand.key(Qt::Key_Return);
        QVERIFY(toCanvas());
    }

    NodeId child(NodeId frame, qsizetype index)
    {
        const auto found = journey::findNode(w.journey(), frame);
        const auto below = found ? journey::children(*found) : std::vector<journey::ExpressionPtr>{};
        return index < static_cast<qsizetype>(below.size()) ? below[static_cast<std::size_t>(index)]->id : NodeId{};
    }
    NodeId parent(NodeId id)
    {
        for (const auto& place : journey::nodePlaces(w.journey())) {
            if (place.node->id == id)
                return place.parent;
        }
        return {};
    }

private:
    void answer(const QString& name)
    {
        if (QTest::currentTestFailed())
            return;
        QTRY_VERIFY(w.nameEditor() != nullptr && w.nameEditor()->hasFocus());
        w.hand.type(name);
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.nameEditor() == nullptr || w.nameEditor()->text() != name);
        QVERIFY(w.isDrawn());
    }
    /// What holds the node, from the outermost that is drawn, and the node.
    std::vector<NodeId> wayTo(NodeId id)
    {
        std::vector<NodeId> way;
        for (; id != NodeId{} && w.scene().item(id) != nullptr; id = parent(id))
            way.insert(way.begin(), id);
        return way;
    }
    bool inSeries(NodeId id)
    {
        const auto above = journey::findNode(w.journey(), parent(id));
        return !above || journey::typeOf(*above) == OperatorType::Series;
    }
    std::size_t indexIn(NodeId id)
    {
        const auto above = journey::findNode(w.journey(), parent(id));
        const auto below = above ? journey::children(*above) : std::vector<journey::ExpressionPtr>{};
        return static_cast<std::size_t>(std::ranges::find(below, id, &journey::Expression::id) - below.begin());
    }
    void along(NodeId from, bool on)
    {
        if (QTest::currentTestFailed())
            return;
        if (inSeries(from))
            w.hand.key(on ? Qt::Key_Right : Qt::Key_Left);
        else
            w.hand.key(on ? Qt::Key_Down : Qt::Key_Up);
    }

    SketchWindow& w;
};

/// Saves, undoes all, and does it all again, by keys.
void saveAndGoBackAndForth(SketchWindow& w, const QString& file, const QByteArray& want)
{
    const QByteArray empty = w.saved(file);
    w.hand.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!w.document().isModified());
    const auto text = w.saved(file);
    QCOMPARE(tests::canonical(text), tests::canonical(want));
    const int steps = w.document().undoStack()->index();
    qInfo("%d keys, %d undo steps", w.hand.keys, steps);
    for (int i = 0; i < steps; ++i)
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(QByteArray::fromStdString(w.document().text()), empty);
    QVERIFY(!w.document().undoStack()->canUndo());
    for (int i = 0; i < steps; ++i)
        w.hand.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QByteArray::fromStdString(w.document().text()), text);
    QVERIFY(!w.document().isModified()); // it says what the file says
}

} // namespace

class TestTrialKeyboard : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-tests-trial-keyboard"));
        QLocale::setDefault(QLocale::c());
    }
    void init() { QSettings().clear(); }

    void theGivenJourney()
    {
        SketchWindow w;
        Typist typist(w);
        typist.begin(QStringLiteral("sign-up"));
        typist.add(QStringList{QStringLiteral("gateway")});
        typist.addOperator(QStringLiteral("parallel"), {QStringLiteral("profile"), QStringLiteral("consent")});
        typist.addOperator(QStringLiteral("race"), {QStringLiteral("mail-a"), QStringLiteral("mail-b")});
        typist.addOperator(QStringLiteral("retry"), {QStringLiteral("ledger")});
        typist.set(QStringLiteral("Attempts"), QStringLiteral("3"));
        typist.addOperator(QStringLiteral("fallback"), {QStringLiteral("cache"), QStringLiteral("database")});
        typist.addOperator(QStringLiteral("branch"), {QStringLiteral("free-plan"), QStringLiteral("tax")});
        const auto branch = w.selected();
        typist.set(QStringLiteral("Probability of free-plan"), QStringLiteral("80 %"));
        typist.go(typist.child(branch, 1));
        typist.add(QStringList{QStringLiteral("payment")}); // behind tax: the two become a series
        typist.go(typist.parent(w.selected()));
        typist.rename(QStringLiteral("paid-plan"));
        typist.go(branch);
        typist.addOperator(QStringLiteral("optional"), {QStringLiteral("audit")});
        for (const auto& [call, value] :
             {std::pair("gateway", "99.99 %"), {"ledger", "99.9 %"}, {"cache", "99 %"}, {"database", "99.95 %"}}) {
            typist.go(w.node(QLatin1String(call)));
            typist.set(QStringLiteral("Availability of ") + QLatin1String(call), QLatin1String(value));
        }
        QCOMPARE(w.tree(), QStringLiteral("Series(gateway, Parallel(profile, consent), Race(mail-a, mail-b), "
                                          "Retry(ledger), Fallback(cache, database), Branch(free-plan, "
                                          "Series(tax, payment)), Optional(audit))"));
        saveAndGoBackAndForth(w, QStringLiteral("emac.sign-up.yaml"), tests::signUp());
    }

    void thirtyCalls()
    {
        SketchWindow w;
        Typist typist(w);
        const auto words = [](const char* text) { return QString::fromLatin1(text).split(u' '); };
        const auto operatorOf = [&](const char* title, const char* calls) {
            typist.addOperator(QString::fromLatin1(title), words(calls));
            return w.selected();
        };
        typist.begin(QStringLiteral("shop"));
        typist.add(words("web edge gateway session identity tokens"));
        const auto parallel = operatorOf("parallel", "profile consent");
        typist.addInto(parallel, QStringLiteral("avatar"));
        operatorOf("race", "mail-a mail-b");
        operatorOf("retry", "ledger");
        typist.add(words("search ranking filter pages"));
        operatorOf("fallback", "cache database");
        const auto branch = operatorOf("branch", "free-plan tax");
        typist.go(w.node(QStringLiteral("tax")));
        typist.add(words("payment invoice"));
        typist.go(branch);
        operatorOf("timeout", "shipping");
        const auto kofn = operatorOf("k of n", "store-a store-b");
        typist.addInto(kofn, QStringLiteral("store-c"));
        operatorOf("optional", "audit");
        typist.add(words("notice receipt survey"));
        QCOMPARE(
            w.tree(),
            QStringLiteral("Series(web, edge, gateway, session, identity, tokens, Parallel(profile, consent, "
                           "avatar), Race(mail-a, mail-b), Retry(ledger), search, ranking, filter, pages, "
                           "Fallback(cache, database), Branch(free-plan, Series(tax, payment, invoice)), "
                           "Timeout(shipping), KofN(1; store-a, store-b, store-c), Optional(audit), notice, receipt, "
                           "survey)"));
        QCOMPARE(w.journey().components.list().size(), std::size_t{30});
        saveAndGoBackAndForth(w, QStringLiteral("emac.shop.yaml"), QByteArray::fromStdString(w.document().text()));
    }
};

QTEST_MAIN(TestTrialKeyboard)
#include "tst_trial_keyboard.moc"
