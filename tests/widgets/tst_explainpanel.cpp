// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/common/parts.h"
#include "widgets/explain/explainpanel.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;
using journey::Element;

namespace {

QString utf(const char* text)
{
    return QString::fromUtf8(text);
}

/// The panel in a window of its own, with the checkout's numbers.
struct Window
{
    Window() : panel(open.document.get(), &open.units)
    {
        if (!QTest::qWaitFor([this] { return isCurrent(*open.document); }))
            qFatal("no numbers arrive");
        panel.resize(360, 800);
        panel.show();
        if (!QTest::qWaitForWindowActive(&panel))
            qFatal("the window does not become active");
    }

    QString text(const char* name) const
    {
        for (const auto* label : panel.findChildren<QLabel*>(QLatin1String(name))) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
    parts::TextLink* step(const char* label) const
    {
        for (auto* link : panel.findChildren<parts::TextLink*>(QStringLiteral("step"))) {
            if (link->isVisible() && link->text() == utf(label))
                return link;
        }
        return nullptr;
    }
    QToolButton* button(const char* name) const { return panel.findChild<QToolButton*>(utf(name)); }

    OpenJourney open;
    ExplainPanel panel;
};

} // namespace

class TestExplainPanel : public QObject
{
    Q_OBJECT

private slots:
    void fromTheJourneyDownAndBack()
    {
        Window window;
        QCOMPARE(window.text("title"), utf("checkout"));
        QCOMPARE(window.text("value"), utf("A⁻ = 99.251 %"));
        QCOMPARE(window.text("formula"), utf("A⁻ = 0.9995 · 0.998001 · 0.995 = 0.992514…"));
        QVERIFY(!window.button("back")->isEnabled());
        QTest::mouseClick(window.step("payment"), Qt::LeftButton);
        QCOMPARE(window.text("title"), utf("payment"));
        QCOMPARE(window.text("value"), utf("A⁻ = 99.500 %"));
        QVERIFY(window.text("remark").contains(utf("network")));
        auto* call = window.step("paya");
        call->setFocus();
        QTest::keyClick(call, Qt::Key_Space);
        QCOMPARE(window.panel.current(), (Explained{window.open.call("paya"), Figure::Pessimistic}));
        QTest::mouseClick(window.button("back"), Qt::LeftButton);
        QTest::mouseClick(window.button("back"), Qt::LeftButton);
        QCOMPARE(window.text("title"), utf("checkout"));
        QVERIFY(!window.button("back")->isEnabled());
    }

    void anotherAssumption()
    {
        Window window;
        QTest::mouseClick(window.button("A⁺"), Qt::LeftButton);
        QCOMPARE(window.text("value"), utf("A⁺ = 99.747 %"));
        QTest::mouseClick(window.button("E⁻"), Qt::LeftButton);
        QCOMPARE(window.text("value"), utf("E⁻ = 99.250 %"));
        QVERIFY(window.button("E⁻")->isChecked());
        QVERIFY(!window.button("A⁺")->isChecked());
        QTest::mouseClick(window.button("A*"), Qt::LeftButton);
        QCOMPARE(window.text("value"), utf("A* = not computed"));
        QVERIFY(window.text("remark").contains(utf("No failure domain states an availability")));
    }

    void aLineIsOneClickAway()
    {
        Window window;
        QSignalSpy places(&window.panel, &ExplainPanel::placeRequested);
        for (auto* link : window.panel.findChildren<parts::PlaceLink*>()) {
            if (link->isVisible() && link->text() == utf("slo.yaml:9"))
                QTest::mouseClick(link, Qt::LeftButton);
        }
        QCOMPARE(places.size(), 1);
        QCOMPARE(places[0][0].value<base::Place>().line, 9u);
    }

    void itFollowsEditsAndUnits()
    {
        Window window;
        QVERIFY(window.open.document
                    ->apply(journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse("0.99"))},
                            QStringLiteral("set"))
                    .isEmpty());
        QTRY_COMPARE(window.text("value"), utf("A⁻ = 98.35 %"));
        window.open.units.setUnit(AvailabilityUnit::Nines);
        QCOMPARE(window.text("value"), utf("A⁻ = 1.78 nines"));
        // What is removed says so.
        const auto cart = window.open.call("cart");
        window.panel.explain({cart, Figure::Pessimistic});
        QCOMPARE(window.text("title"), utf("cart"));
        QVERIFY(window.open.document->apply(journey::RemoveNodes{{cart.node}}, QStringLiteral("remove")).isEmpty());
        QTRY_VERIFY(window.text("message").contains(utf("not in the journey any more")));
        window.open.document->undoStack()->undo();
        QTRY_COMPARE(window.text("title"), utf("cart"));
    }

    void hiddenItWaits()
    {
        Window window;
        window.panel.hide();
        window.panel.explain({window.open.node(journey::OperatorType::Race), Figure::Optimistic});
        QCOMPARE(window.panel.findChild<QLabel*>(QStringLiteral("title"))->text(), utf("checkout"));
        window.panel.show();
        QCOMPARE(window.text("title"), utf("payment"));
        QVERIFY(window.button("A⁺")->isChecked());
    }

    void nothingToExplain_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("no journey") << QByteArray("hello: [\n") << utf("no journey");
        QTest::newRow("empty") << QByteArray("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\n"
                                             "metadata: {name: empty}\nspec: {}\n")
                               << utf("empty");
    }
    void nothingToExplain()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        OpenJourney open(text);
        ExplainPanel panel(open.document.get(), &open.units);
        panel.show();
        QTRY_VERIFY(panel.findChild<QLabel*>(QStringLiteral("message")) != nullptr);
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("message"))->text().contains(message));
    }
};

QTEST_MAIN(TestExplainPanel)
#include "tst_explainpanel.moc"
