// SPDX-License-Identifier: GPL-3.0-or-later
// Random gestures at random places, by real events: whatever hands do, the journey is a journey, the text is the
// journey's, the drawing is the journey's, and all can be undone.
#include "canvaswindow.h"
#include "tests/base/random.h"
#include "tests/spec/edited_text.h"

#include <QListWidget>
#include <QStandardPaths>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;
using emac::tests::Random;

namespace {

#ifdef NDEBUG
constexpr int gestures = 2000;
#else
constexpr int gestures = 200;
#endif
constexpr int mostNodes = 60; ///< beyond it, some are removed

class Walk
{
public:
    explicit Walk(std::uint64_t seed) : m_random(seed) { m_window.view.setPlacingTool(&m_tool); }

    void gesture()
    {
        if (journey::nodePlaces(m_window.journey()).size() > mostNodes)
            return removeSome();
        switch (m_random.below(12)) {
        case 0:
        case 1:
        case 2:
            return drag();
        case 3:
            return dropFromPalette();
        case 4:
            return placeByTool();
        case 5:
            return addByHandle();
        case 6:
            return addByKey();
        case 7:
            return rename();
        case 8:
            return nudge();
        case 9:
            return m_window.click(anywhere(), modifiers());
        case 10:
            return undoOrRedo();
        default:
            return pressAnyKey();
        }
    }

    /// What is wrong now; empty where nothing is.
    QString fault()
    {
        const auto& value = m_window.document().value();
        if (!value.parses)
            return QStringLiteral("the text is no journey");
        const auto fault = tests::faultOf(*value.document);
        if (!fault.empty())
            return QString::fromStdString(fault);
        for (const auto& [id, at] : value.placement.nodes) {
            if (std::abs(at.x) > journey::Placement::farthest || std::abs(at.y) > journey::Placement::farthest)
                return QStringLiteral("placed too far away");
        }
        for (const auto& loose : value.placement.loose) {
            if (!m_window.journey().components.find(loose.component))
                return QStringLiteral("what lies loose is no component");
        }
        return {};
    }

    /// Whether nodes and items are the same; waits for the drawing.
    bool isDrawn()
    {
        const auto same = [this] {
            std::set<journey::NodeId> want;
            for (const auto& place : journey::nodePlaces(m_window.journey())) {
                const bool page =
                    place.parent == journey::NodeId{} && journey::typeOf(*place.node) == journey::OperatorType::Series;
                if (place.fragment.empty() && !page)
                    want.insert(m_window.scene().shownAs(place.node->id)); // what is closed hides what is in it
            }
            std::set<journey::NodeId> have;
            for (const auto* item : m_window.scene().items()) {
                if (const auto* node = dynamic_cast<const NodeItem*>(item))
                    have.insert(node->id());
            }
            return want == have;
        };
        return QTest::qWaitFor(same, 20'000);
    }

    void settle()
    {
        QTest::keyClick(m_window.quickAdd() != nullptr     ? static_cast<QWidget*>(m_window.quickAdd())
                        : m_window.nameEditor() != nullptr ? static_cast<QWidget*>(m_window.nameEditor())
                                                           : &m_window.view,
                        Qt::Key_Escape);
        m_tool.set(std::nullopt);
    }

    CanvasWindow m_window;

private:
    QPoint anywhere()
    {
        // Mostly where something is.
        std::vector<const NodeItem*> items;
        for (const auto* item : m_window.scene().items()) {
            if (const auto* node = dynamic_cast<const NodeItem*>(item))
                items.push_back(node);
        }
        if (!items.empty() && m_random.chance(0.8)) {
            const auto box = m_random.oneOf(items)->box().adjusted(-25, -15, 25, 15);
            const auto at = m_window.view.mapFromScene(
                box.topLeft() + QPointF(m_random.unit() * box.width(), m_random.unit() * box.height()));
            if (m_window.viewport()->rect().contains(at))
                return at;
        }
        return {m_random.between(0, m_window.viewport()->width() - 1),
                m_random.between(0, m_window.viewport()->height() - 1)};
    }
    Qt::KeyboardModifiers modifiers()
    {
        return m_random.oneOf(
            std::vector<Qt::KeyboardModifiers>{{}, {}, {}, Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier});
    }
    Carried anything()
    {
        const auto& list = m_window.journey().components.list();
        switch (m_random.below(4)) {
        case 0:
            return {Carried::Kind::Operator, static_cast<journey::OperatorType>(m_random.between(1, 9)), {}};
        case 1:
            return {};
        case 2:
            return {Carried::Kind::Component, journey::OperatorType::Call,
                    QStringLiteral("c-%1").arg(m_random.below(30))};
        default:
            return list.empty() ? Carried{}
                                : Carried{Carried::Kind::Component, journey::OperatorType::Call,
                                          QString::fromStdString(m_random.oneOf(list)->name)};
        }
    }
    void escapeSometimes()
    {
        if (m_random.chance(0.15))
            QTest::keyClick(&m_window.view, Qt::Key_Escape);
    }

    void drag()
    {
        const auto keys = modifiers();
        const auto from = anywhere();
        m_window.press(from, m_random.chance(0.2) ? keys : Qt::KeyboardModifiers());
        for (int i = m_random.between(1, 3); i > 0; --i)
            m_window.move(anywhere(), keys);
        escapeSometimes();
        m_window.release(anywhere(), keys);
    }
    void dropFromPalette()
    {
        const auto data = mimeOf(anything());
        m_window.dragOver(*data, anywhere(), modifiers());
        escapeSometimes();
        if (m_random.chance(0.2)) {
            QDragLeaveEvent leave;
            QCoreApplication::sendEvent(m_window.viewport(), &leave);
        } else {
            m_window.drop(*data, anywhere(), modifiers());
        }
    }
    void placeByTool()
    {
        m_tool.set(anything());
        m_window.move(anywhere(), {}, Qt::NoButton);
        escapeSometimes();
        m_window.click(anywhere(), modifiers());
    }
    void addByHandle()
    {
        const auto at = anywhere();
        m_window.move(at, {}, Qt::NoButton);
        m_window.press(at);
        if (m_random.chance(0.5))
            m_window.move(anywhere());
        m_window.release(anywhere());
        answer();
    }
    void addByKey()
    {
        QTest::keyClick(&m_window.view, Qt::Key_Return, m_random.chance(0.3) ? Qt::ShiftModifier : Qt::NoModifier);
        answer();
    }
    /// What is asked on the canvas, if anything is.
    void answer()
    {
        const auto end = m_random.chance(0.8) ? Qt::Key_Return : Qt::Key_Escape;
        if (auto* search = m_window.quickAdd()) {
            QTest::keyClicks(search, m_random.oneOf(std::vector<QString>{
                                         QString(), QStringLiteral("race"), QStringLiteral("wrap"),
                                         QStringLiteral("n-%1").arg(m_random.below(20)), QStringLiteral("a / b")}));
            for (auto i = m_random.below(4); i > 0; --i)
                QTest::keyClick(search, Qt::Key_Down);
            QTest::keyClick(search, end);
        }
        if (auto* editor = m_window.nameEditor()) {
            editor->selectAll();
            QTest::keyClicks(editor,
                             m_random.oneOf(std::vector<QString>{QStringLiteral("r-%1").arg(m_random.below(20)),
                                                                 QStringLiteral("cart"), QStringLiteral("a b")}));
            QTest::keyClick(editor, end);
        }
    }
    void rename()
    {
        if (m_random.chance(0.5))
            QTest::mouseDClick(m_window.viewport(), Qt::LeftButton, {}, anywhere());
        else
            QTest::keyClick(&m_window.view, Qt::Key_F2);
        answer();
    }
    void nudge()
    {
        const auto key = m_random.oneOf(std::vector<Qt::Key>{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down});
        QTest::keyClick(&m_window.view, key,
                        m_random.chance(0.5) ? Qt::ControlModifier : Qt::ControlModifier | Qt::ShiftModifier);
    }
    void undoOrRedo()
    {
        auto* stack = m_window.document().undoStack();
        for (auto i = m_random.below(3); i > 0; --i)
            m_random.chance(0.5) ? stack->undo() : stack->redo();
    }
    void pressAnyKey()
    {
        const auto key =
            m_random.oneOf(std::vector<Qt::Key>{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home,
                                                Qt::Key_End, Qt::Key_Escape, Qt::Key_A, Qt::Key_Space});
        QTest::keyClick(&m_window.view, key, modifiers());
    }
    void removeSome()
    {
        const auto& root = m_window.journey().root;
        const auto below = journey::children(*root);
        const auto id = below.empty() ? root->id : m_random.oneOf(below)->id;
        QVERIFY(m_window.document().apply(journey::RemoveNodes{{id}}, QStringLiteral("remove")).isEmpty());
    }

    Random m_random;
    PlacingTool m_tool;
};

} // namespace

class TestGestureWalk : public QObject
{
    Q_OBJECT

private slots:
    void whateverHandsDo()
    {
        QStandardPaths::setTestModeEnabled(true);
        const auto seed = qEnvironmentVariableIntValue("EMAC_SEED");
        Walk walk(static_cast<std::uint64_t>(seed != 0 ? seed : 20240717));
        auto& document = walk.m_window.document();
        const auto start = std::pair(document.text(), layoutText(document.value()));
        for (int i = 0; i < gestures; ++i) {
            walk.gesture();
            const auto fault = walk.fault();
            QVERIFY2(fault.isEmpty(), qPrintable(QStringLiteral("gesture %1: %2").arg(i).arg(fault)));
            if (i % 5 == 0)
                QVERIFY2(walk.isDrawn(), qPrintable(QStringLiteral("gesture %1 is not drawn").arg(i)));
            else
                QCoreApplication::processEvents();
        }
        walk.settle();
        auto* stack = document.undoStack();
        while (stack->canRedo())
            stack->redo();
        qInfo("%d undo steps, %zu nodes", stack->count(), journey::nodePlaces(document.intent().journey).size());
        QVERIFY(stack->count() > gestures / 10);
        const auto end = std::pair(document.text(), layoutText(document.value()));
        while (stack->canUndo())
            stack->undo();
        QCOMPARE(std::pair(document.text(), layoutText(document.value())), start);
        QVERIFY(walk.isDrawn());
        while (stack->canRedo())
            stack->redo();
        QCOMPARE(std::pair(document.text(), layoutText(document.value())), end);
        QVERIFY(walk.isDrawn());
    }
};

QTEST_MAIN(TestGestureWalk)
#include "tst_gesturewalk.moc"
