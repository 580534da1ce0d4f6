// SPDX-License-Identifier: GPL-3.0-or-later
// Random gestures and keys in the whole window: whatever a person does, the journey is a journey, the text is the
// journey's, the picture is the journey's and nothing else, and all of it can be undone.
#include "checkoutfolder.h"
#include "tests/base/random.h"
#include "tests/gui/sketchwindow.h"
#include "tests/layout/layouttools.h"
#include "tests/spec/edited_text.h"
#include "widgets/editing/carried.h"

#include <QDockWidget>
#include <QListWidget>
#include <QSettings>
#include <QStandardPaths>
#include <QTreeView>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::Hand;
using emac::tests::Random;
using emac::tests::TestWindow;
using journey::NodeId;

namespace {

#ifdef NDEBUG
constexpr int gestures = 2000;
#else
constexpr int gestures = 200;
#endif
constexpr std::size_t mostNodes = 50; ///< beyond it, some are removed

QByteArray withFragment()
{
    auto text = CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - ref: front\n      - use: entry\n");
    text.replace("  components:\n", "  fragments:\n    entry: {type: retry, attempts: 2, body: {ref: session}}\n"
                                    "  components:\n    session: {availability: 0.99}\n");
    return text;
}

struct Shortcut
{
    Qt::Key key;
    Qt::KeyboardModifiers modifiers{};
};

class Walk
{
public:
    explicit Walk(std::uint64_t seed) : m_random(seed)
    {
        m_folder.write(QStringLiteral("checkout.yaml"), withFragment());
        m_window.window.resize(1400, 900);
        [this] { QVERIFY(QTest::qWaitForWindowActive(&m_window.window)); }();
        m_tab = m_window.open(m_folder.path());
    }

    JourneyDocument& document() { return *m_tab->document(); }
    QByteArray onDisk() const { return m_folder.read(); }
    std::pair<std::string, std::string> content() { return {document().text(), layoutText(document().value())}; }
    std::size_t size() { return journey::nodePlaces(document().intent().journey).size(); }

    void gesture()
    {
        if (answerQuestion())
            return;
        if (size() > mostNodes)
            return removeSome();
        switch (m_random.below(12)) {
        case 0:
        case 1:
            return drag();
        case 2:
            return dropFromPalette();
        case 3:
            return addByKey();
        case 4:
            return rename();
        case 5:
            return contextMenu();
        case 6:
            return inOutline();
        case 7:
            return inInspector();
        case 8:
            return click();
        case 9:
            return undoOrRedo();
        default:
            return pressShortcut();
        }
    }

    /// What is wrong now; empty where nothing is.
    QString fault()
    {
        const auto& value = document().value();
        if (!value.parses)
            return QStringLiteral("the text is no journey");
        if (const auto fault = tests::faultOf(*value.document); !fault.empty())
            return QString::fromStdString(fault);
        std::set<NodeId> ids;
        for (const auto& place : journey::nodePlaces(document().intent().journey)) {
            if (!ids.insert(place.node->id).second)
                return QStringLiteral("a node stands in two places");
        }
        for (const auto& element : document().selection()->elements()) {
            if (element.kind == journey::Element::Kind::Node && !ids.contains(element.node))
                return QStringLiteral("what is selected is not there");
        }
        const bool same = onDisk() == QByteArray::fromStdString(document().text())
                          && document().file().base().layout == content().second;
        if (document().isModified() == same)
            return QStringLiteral("modified is not: differs from the disk");
        return {};
    }

    /// Waits for the drawing of the journey as it is. @returns what is wrong with it
    QString faultOfDrawing()
    {
        if (!QTest::qWaitFor([this] { return drawnNodes() == wantedNodes(); }, 20'000))
            return QStringLiteral("nodes and items are not the same");
        const auto& drawing = scene().drawing();
        std::size_t arrows = 0;
        std::multiset<std::string> loose;
        for (const auto* item : scene().items()) {
            arrows += dynamic_cast<const ArrowItem*>(item) != nullptr ? 1 : 0;
            if (const auto* card = dynamic_cast<const LooseItem*>(item))
                loose.insert(card->component());
        }
        std::multiset<std::string> wanted;
        if (document().selection()->fragment().empty()) {
            for (const auto& it : document().value().placement.loose)
                wanted.insert(it.component);
        }
        if (loose != wanted)
            return QStringLiteral("loose cards and loose components are not the same");
        if (arrows != drawing.arrows.size())
            return QStringLiteral("%1 arrows are drawn for %2").arg(arrows).arg(drawing.arrows.size());
        std::map<NodeId, NodeId> parents;
        for (const auto& place : journey::nodePlaces(document().intent().journey)) {
            if (place.fragment == document().selection()->fragment())
                parents.emplace(place.node->id, place.parent);
        }
        for (const auto& [id, box] : drawing.boxes) {
            if (!parents.contains(id))
                return QStringLiteral("a box of no node");
        }
        if (!scene().root() || drawing.boxes.empty())
            return {};
        try {
            layouttools::checkArrows(drawing, parents, scene().root()->id);
        } catch (const std::logic_error& error) {
            return QString::fromLatin1(error.what());
        }
        return {};
    }

    /// Nothing is asked, pulled or carried any more, and the journey's own tree is shown.
    void settle()
    {
        for (int i = 0; i < 10; ++i) {
            m_hand.key(Qt::Key_Escape);
            QCoreApplication::processEvents();
        }
        document().selection()->turnTo({});
    }

    const QMap<QString, int>& done() const { return m_done; }
    /// What was done last, for who has to find out what is wrong with it.
    QString last() { return m_last + u' ' + document().undoStack()->undoText(); }

private:
    JourneyView* view() { return m_tab->view(); }
    QWidget* canvas() { return view()->viewport(); }
    JourneyScene& scene() { return *static_cast<JourneyScene*>(view()->scene()); }
    QTreeView* outline() { return m_tab->outline()->findChild<QTreeView*>(); }
    void note(const char* what)
    {
        ++m_done[QLatin1String(what)];
        m_last = QLatin1String(what);
    }

    std::set<NodeId> wantedNodes()
    {
        std::set<NodeId> want;
        for (const auto& place : journey::nodePlaces(document().intent().journey)) {
            const bool page = place.parent == NodeId{} && journey::typeOf(*place.node) == journey::OperatorType::Series;
            if (place.fragment == document().selection()->fragment() && !page)
                want.insert(scene().shownAs(place.node->id)); // what is closed hides what is in it
        }
        return want;
    }
    std::set<NodeId> drawnNodes()
    {
        std::set<NodeId> have;
        for (const auto* item : scene().items()) {
            if (const auto* node = dynamic_cast<const NodeItem*>(item))
                have.insert(node->id());
        }
        return have;
    }

    QPoint anywhere()
    {
        std::vector<const NodeItem*> items;
        for (const auto* item : scene().items()) {
            if (const auto* node = dynamic_cast<const NodeItem*>(item))
                items.push_back(node);
        }
        if (!items.empty() && m_random.chance(0.85)) {
            const auto box = m_random.oneOf(items)->box().adjusted(-25, -15, 25, 15);
            const auto at = view()->mapFromScene(
                box.topLeft() + QPointF(m_random.unit() * box.width(), m_random.unit() * box.height()));
            if (canvas()->rect().contains(at))
                return at;
        }
        return {m_random.between(0, canvas()->width() - 1), m_random.between(0, canvas()->height() - 1)};
    }
    QString anyName()
    {
        return m_random.oneOf(std::vector<QString>{
            QStringLiteral("n-%1").arg(m_random.below(20)), QStringLiteral("cart"), QStringLiteral("race"),
            QStringLiteral("wrap"), QStringLiteral("retry"), QStringLiteral("entry"), QStringLiteral("a b")});
    }
    Qt::KeyboardModifiers modifiers()
    {
        return m_random.oneOf(
            std::vector<Qt::KeyboardModifiers>{{}, {}, {}, Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier});
    }

    /// A dialog, or a menu, that something has opened. @returns whether there was one
    bool answerQuestion()
    {
        m_last = QStringLiteral("answer");
        if (QApplication::activePopupWidget() != nullptr) {
            m_hand.key(Qt::Key_Escape);
            return true;
        }
        auto* dialog = QApplication::activeModalWidget();
        if (dialog == nullptr)
            return false;
        if (!QTest::qWaitFor([dialog] { return QGuiApplication::focusWindow() == dialog->windowHandle(); }))
            return true;
        m_hand.type(anyName());
        m_hand.key(m_random.chance(0.8) ? Qt::Key_Return : Qt::Key_Escape);
        QCoreApplication::processEvents();
        while (QApplication::activeModalWidget() != nullptr)
            m_hand.key(Qt::Key_Escape); // refused
        return true;
    }
    /// A field on the canvas, if one is open.
    void answerOnCanvas()
    {
        QCoreApplication::processEvents();
        for (const auto* name : {"quickAddSearch", "nameInPlace"}) {
            for (auto* field : canvas()->findChildren<QLineEdit*>(QLatin1String(name))) {
                if (!field->isVisible() || !field->hasFocus())
                    continue;
                if (m_random.chance(0.8))
                    m_hand.type(anyName());
                for (auto i = m_random.below(3); i > 0; --i)
                    m_hand.key(Qt::Key_Down);
                m_hand.key(m_random.chance(0.8) ? Qt::Key_Return : Qt::Key_Escape);
                if (QApplication::focusWidget() == field) // refused
                    m_hand.key(Qt::Key_Escape);
                return;
            }
        }
    }

    void drag()
    {
        note("drag");
        auto* window = m_window.window.windowHandle();
        const auto in = [this](QPoint at) { return canvas()->mapTo(&m_window.window, at); };
        const auto keys = modifiers();
        const auto from = anywhere();
        m_hand.hover(canvas(), from);
        QTest::mousePress(window, Qt::LeftButton, m_random.chance(0.2) ? keys : Qt::KeyboardModifiers(), in(from));
        for (int i = m_random.between(1, 3); i > 0; --i)
            QTest::mouseEvent(QTest::MouseMove, window, Qt::NoButton, keys, in(anywhere()));
        if (m_random.chance(0.1))
            m_hand.key(Qt::Key_Escape);
        QTest::mouseRelease(window, Qt::LeftButton, keys, in(anywhere()));
        answerOnCanvas();
    }
    void dropFromPalette()
    {
        note("palette");
        Carried carried;
        const auto& list = document().intent().journey.components.list();
        switch (m_random.below(4)) {
        case 0:
            carried = {Carried::Kind::Operator, static_cast<journey::OperatorType>(m_random.between(1, 9)), {}};
            break;
        case 1:
            if (!document().intent().journey.fragments.empty()) {
                carried = {Carried::Kind::Fragment, journey::OperatorType::Use,
                           QString::fromStdString(document().intent().journey.fragments.front().name)};
            }
            break;
        case 2:
            if (!list.empty()) {
                carried = {Carried::Kind::Component, journey::OperatorType::Call,
                           QString::fromStdString(m_random.oneOf(list)->name)};
            }
            break;
        default:
            break;
        }
        const auto data = mimeOf(carried);
        const auto to = anywhere();
        const auto keys = modifiers();
        QDragEnterEvent enter(to, Qt::CopyAction, data.get(), Qt::LeftButton, keys);
        QCoreApplication::sendEvent(canvas(), &enter);
        QDragMoveEvent move(to, Qt::CopyAction, data.get(), Qt::LeftButton, keys);
        QCoreApplication::sendEvent(canvas(), &move);
        if (m_random.chance(0.2)) {
            QDragLeaveEvent leave;
            QCoreApplication::sendEvent(canvas(), &leave);
        } else {
            QDropEvent drop(to, Qt::CopyAction, data.get(), Qt::LeftButton, keys);
            QCoreApplication::sendEvent(canvas(), &drop);
        }
        answerOnCanvas();
    }
    void addByKey()
    {
        note("add");
        if (m_random.chance(0.5))
            view()->setFocus();
        m_hand.key(Qt::Key_Return, m_random.chance(0.3) ? Qt::ShiftModifier : Qt::NoModifier);
        answerOnCanvas();
    }
    void rename()
    {
        note("rename");
        if (m_random.chance(0.5)) {
            m_hand.doubleClick(canvas(), anywhere());
        } else {
            view()->setFocus();
            m_hand.key(Qt::Key_F2);
        }
        answerOnCanvas();
    }
    void click()
    {
        note("click");
        m_hand.click(canvas(), anywhere(), Qt::LeftButton, modifiers());
    }
    void contextMenu()
    {
        note("menu");
        const auto selects = m_random.chance(0.7);
        m_hand.click(canvas(), selects ? anywhere() : QPoint(2, 2), Qt::RightButton);
        QPointer<QMenu> menu = m_window.window.findChild<QMenu*>(QStringLiteral("contextMenu"));
        if (!menu || !menu->isVisible())
            return;
        QStringList ids;
        const auto collect = [&ids](const auto& self, const QMenu& in) -> void {
            for (const auto* action : in.actions()) {
                if (action->menu() != nullptr)
                    self(self, *action->menu());
                else if (action->isEnabled() && !action->objectName().isEmpty())
                    ids << action->objectName();
            }
        };
        collect(collect, *menu);
        if (!ids.isEmpty() && m_random.chance(0.9))
            m_hand.choose(menu, ids[static_cast<qsizetype>(m_random.below(static_cast<std::size_t>(ids.size())))]);
        while (QApplication::activePopupWidget() != nullptr)
            m_hand.key(Qt::Key_Escape);
        answerOnCanvas();
    }
    void inOutline()
    {
        note("outline");
        auto* tree = outline();
        tree->setFocus();
        m_hand.key(m_random.oneOf(std::vector<Qt::Key>{Qt::Key_Down, Qt::Key_Up, Qt::Key_Home, Qt::Key_End}));
        if (m_random.chance(0.3)) {
            // A row dropped on another place of the tree.
            const auto rows = tree->selectionModel()->selectedRows();
            const std::unique_ptr<QMimeData> data(rows.isEmpty() ? nullptr : tree->model()->mimeData(rows));
            if (!data)
                return;
            const QPoint to(m_random.between(30, 120), m_random.between(0, tree->viewport()->height() - 1));
            QDragEnterEvent enter(to, Qt::MoveAction, data.get(), Qt::LeftButton, {});
            QCoreApplication::sendEvent(tree->viewport(), &enter);
            QDragMoveEvent move(to, Qt::MoveAction, data.get(), Qt::LeftButton, {});
            QCoreApplication::sendEvent(tree->viewport(), &move);
            QDropEvent drop(to, Qt::MoveAction, data.get(), Qt::LeftButton, {});
            QCoreApplication::sendEvent(tree->viewport(), &drop);
            return;
        }
        const auto [key, keys] = m_random.oneOf(std::vector<Shortcut>{{Qt::Key_Right, Qt::AltModifier},
                                                                      {Qt::Key_Left, Qt::AltModifier},
                                                                      {Qt::Key_Up, Qt::AltModifier},
                                                                      {Qt::Key_Down, Qt::AltModifier},
                                                                      {Qt::Key_Down, Qt::ShiftModifier},
                                                                      {Qt::Key_Left},
                                                                      {Qt::Key_Right},
                                                                      {Qt::Key_Return},
                                                                      {Qt::Key_Return, Qt::ControlModifier},
                                                                      {Qt::Key_F2},
                                                                      {Qt::Key_Delete}});
        m_hand.key(key, keys);
        if (key == Qt::Key_F2) {
            m_hand.type(anyName());
            m_hand.key(Qt::Key_Return);
            m_hand.key(Qt::Key_Escape);
        }
    }
    void inInspector()
    {
        note("inspector");
        std::vector<QLineEdit*> fields;
        for (auto* field : m_tab->inspector()->findChildren<QLineEdit*>()) {
            if (field->isVisible() && field->isEnabled() && !field->isReadOnly() && !field->visibleRegion().isEmpty())
                fields.push_back(field);
        }
        if (fields.empty())
            return;
        auto* field = m_random.oneOf(fields);
        m_hand.click(field);
        m_hand.key(Qt::Key_A, Qt::ControlModifier);
        m_hand.type(m_random.oneOf(std::vector<QString>{QStringLiteral("99.5 %"), QStringLiteral("0.25"),
                                                        QStringLiteral("3"), QStringLiteral("80ms"),
                                                        QStringLiteral("zone-%1").arg(m_random.below(5))}));
        m_hand.key(m_random.oneOf(std::vector<Qt::Key>{Qt::Key_Return, Qt::Key_Escape, Qt::Key_Tab}));
    }
    void undoOrRedo()
    {
        note("undo");
        for (auto i = m_random.below(4); i > 0; --i)
            m_hand.key(Qt::Key_Z, m_random.chance(0.6) ? Qt::ControlModifier : Qt::ControlModifier | Qt::ShiftModifier);
    }
    void pressShortcut()
    {
        note("shortcut");
        if (m_random.chance(0.7))
            view()->setFocus();
        const auto [key, keys] = m_random.oneOf(std::vector<Shortcut>{
            {Qt::Key_Left},
            {Qt::Key_Right},
            {Qt::Key_Up},
            {Qt::Key_Down},
            {Qt::Key_Right, Qt::ShiftModifier},
            {Qt::Key_Home},
            {Qt::Key_End},
            {Qt::Key_Escape},
            {Qt::Key_Backspace},
            {Qt::Key_Delete},
            {Qt::Key_A, Qt::ControlModifier},
            {Qt::Key_C, Qt::ControlModifier},
            {Qt::Key_X, Qt::ControlModifier},
            {Qt::Key_V, Qt::ControlModifier},
            {Qt::Key_V, Qt::ControlModifier},
            {Qt::Key_D, Qt::ControlModifier},
            {Qt::Key_U, Qt::ControlModifier},
            {Qt::Key_L, Qt::ControlModifier},
            {Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier},
            {Qt::Key_S, Qt::ControlModifier},
            {Qt::Key_8, Qt::ControlModifier},
            {Qt::Key_9, Qt::ControlModifier},
            {Qt::Key_0, Qt::ControlModifier},
            {Qt::Key_BracketLeft, Qt::ControlModifier},
            {Qt::Key_BracketRight, Qt::ControlModifier},
            {Qt::Key_Up, Qt::AltModifier},
            {Qt::Key_Down, Qt::AltModifier},
            {Qt::Key_Left, Qt::AltModifier},
            {Qt::Key_Right, Qt::AltModifier},
            {Qt::Key_Left, Qt::ControlModifier},
            {Qt::Key_Down, Qt::ControlModifier},
            {Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier},
            {Qt::Key_Insert},
            {Qt::Key_Insert, Qt::AltModifier},
            {Qt::Key_Insert, Qt::ControlModifier | Qt::AltModifier},
            {Qt::Key_F2, Qt::ShiftModifier},
            {Qt::Key_F3},
            {Qt::Key_Tab},
        });
        m_last = QKeySequence(keys | key).toString();
        m_hand.key(key, keys);
        answerOnCanvas();
    }
    /// By the outline: some node goes, with what is below it.
    void removeSome()
    {
        note("remove");
        const auto places = journey::nodePlaces(document().intent().journey);
        document().selection()->select(journey::Element::ofNode(m_random.oneOf(places).node->id));
        outline()->setFocus();
        m_hand.key(Qt::Key_Delete);
    }

    Random m_random;
    CheckoutFolder m_folder;
    TestWindow m_window;
    workbench::JourneyTab* m_tab = nullptr;
    Hand m_hand{&m_window.window};
    QMap<QString, int> m_done;
    QString m_last; ///< what kind of gesture
};

} // namespace

class TestWindowWalk : public QObject
{
    Q_OBJECT

private slots:
    void whateverPeopleDo()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-tests-window-walk"));
        QSettings().clear();
        const auto seed = qEnvironmentVariableIntValue("EMAC_SEED");
        Walk walk(static_cast<std::uint64_t>(seed != 0 ? seed : 20240717));
        const auto start = walk.content();
        for (int i = 0; i < gestures; ++i) {
            walk.gesture();
            const auto fault = walk.fault();
            QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("gesture %1, %2: %3").arg(i).arg(walk.last(), fault)));
            if (i % 5 == 0) {
                const auto drawn = walk.faultOfDrawing();
                QVERIFY2(drawn.isEmpty(),
                         qPrintable(QStringLiteral("gesture %1, %2: %3").arg(i).arg(walk.last(), drawn)));
            }
        }
        walk.settle();
        auto* stack = walk.document().undoStack();
        while (stack->canRedo())
            stack->redo();
        qInfo() << stack->count() << "undo steps," << walk.size() << "nodes, gestures" << walk.done();
        QVERIFY(stack->count() > gestures / 10);
        const auto end = walk.content();
        while (stack->canUndo())
            stack->undo();
        QCOMPARE(walk.content(), start);
        QCOMPARE(walk.faultOfDrawing(), QString());
        while (stack->canRedo())
            stack->redo();
        QCOMPARE(walk.content(), end);
        QCOMPARE(walk.faultOfDrawing(), QString());
    }
};

QTEST_MAIN(TestWindowWalk)
#include "tst_windowwalk.moc"
