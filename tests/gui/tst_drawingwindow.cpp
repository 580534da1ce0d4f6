// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing in the whole window, by real events: what a person expects of a modelling tool and no smaller test shows.
#include "tests/gui/checkoutwindow.h"
#include "widgets/document/documentfile.h"
#include "widgets/document/recovery.h"

#include <QClipboard>
#include <QLabel>
#include <QSettings>
#include <QStandardPaths>
#include <QStatusBar>

#include <clocale>
#include <locale>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::text;
using emac::tests::withFragment;
using journey::OperatorType;
using Checkout = emac::tests::CheckoutWindow;

namespace {

class DecimalComma : public std::numpunct<char>
{
    char do_decimal_point() const override { return ','; }
};

} // namespace

class TestDrawingWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(text("emac-tests-drawing-window"));
        QLocale::setDefault(QLocale::c());
    }
    void init()
    {
        QSettings().clear();
        QGuiApplication::clipboard()->clear();
    }

    void whatIsNotSavedIsKeptOutsideTheWorkingCopy()
    {
        Checkout w;
        const auto folder = QFileInfo(w.checkout.path()).path();
        const auto entries = [&folder] { return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden); };
        const auto before = entries();
        const auto copied = [&w] { return recovery::read(w.checkout.path()).has_value(); };
        w.clickOn(text("cart"));
        w.hand.key(Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY(copied());
        QVERIFY(!recovery::fileOf(w.checkout.path()).startsWith(folder));
        QCOMPARE(recovery::read(w.checkout.path())->text, w.document().text());
        QCOMPARE(entries(), before);
        QCOMPARE(w.checkout.read(), CheckoutFolder::intentText());
        w.hand.key(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!copied());
        QCOMPARE(w.checkout.read(), QByteArray::fromStdString(w.document().text()));
        QCOMPARE(entries(), before);
    }

    void theSameBytesInAnyLocale()
    {
        QList<QByteArray> saved;
        const auto before = std::locale::global(std::locale::classic());
        for (const bool german : {false, true}) {
            if (german) { // the C++ locale always has a comma here, that of C where the machine has German
                std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
                std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
                QLocale::setDefault(QLocale(QLocale::German));
            }
            Checkout w;
            w.hand.key(Qt::Key_0, Qt::ControlModifier);
            w.clickOn(text("front"));
            w.hand.key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
            w.hand.key(Qt::Key_Return);
            QTRY_VERIFY(w.quickAdd() != nullptr);
            w.hand.type(text("stock"));
            w.hand.key(Qt::Key_Return);
            w.hand.key(Qt::Key_S, Qt::ControlModifier);
            QTRY_VERIFY(!w.document().isModified());
            QByteArray all;
            for (const auto& path : {w.checkout.path(), layoutPathOf(w.checkout.path())}) {
                QFile file(path);
                QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
                all += file.readAll();
            }
            saved << all;
        }
        std::locale::global(before);
        std::setlocale(LC_NUMERIC, "C");
        QLocale::setDefault(QLocale::c());
        QCOMPARE(saved[0], saved[1]);
        QVERIFY(saved[0].contains("stock") && saved[0].contains("JourneyLayout"));
    }

    void aFragmentIsOpenedEditedAndLeft()
    {
        Checkout w(withFragment());
        w.hand.doubleClick(w.canvas(), w.at(w.node(text("entry"))));
        QTRY_VERIFY(w.scene().item(w.node(text("front"))) != nullptr);
        QVERIFY(w.scene().item(w.node(text("payment"))) == nullptr);
        w.clickOn(text("front"));
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.quickAdd() != nullptr);
        w.hand.type(text("session"));
        w.hand.key(Qt::Key_Return);
        QCOMPARE(QString::fromStdString(journey::expressionText(w.journey().fragment("entry"))),
                 text("Retry(Series(front, session))"));
        w.hand.key(Qt::Key_Escape); // the selection
        w.hand.key(Qt::Key_Escape); // the page
        QTRY_VERIFY(w.scene().item(w.node(text("payment"))) != nullptr);
        QCOMPARE(w.selected(), w.node(text("entry")));
    }

    void keysCopyFromOneWindowToAnother()
    {
        Checkout from;
        from.clickOnHeader(text("payment"));
        QCOMPARE(from.selected(), from.node(text("payment")));
        from.hand.key(Qt::Key_C, Qt::ControlModifier); // right after the click
        QVERIFY(QGuiApplication::clipboard()->text().contains(text("type: race")));

        Checkout to(withFragment());
        const auto race = to.node(text("payment"));
        to.clickOn(text("cart"));
        to.hand.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(to.tree(),
                 text("Series(Use(entry), Parallel(Series(cart, Race(paya, payb)), pricing), Race(paya, payb))"));
        QVERIFY(to.selected() != race && to.selected() != from.node(text("payment"))); // identities are new
        QVERIFY(!to.document().hasErrorsNow());
        QCOMPARE(to.steps(), 1);
        QVERIFY(!from.document().isModified());
    }

    void zoomByKeysAndItIsShown()
    {
        Checkout w;
        const auto shown = [&w] {
            const auto percent = text("%1 %").arg(qRound(w.view()->zoom() * 100));
            for (const auto* label : w.window.statusBar()->findChildren<QLabel*>()) {
                if (label->isVisible() && label->text().contains(percent))
                    return true;
            }
            return false;
        };
        w.hand.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(w.view()->zoom(), 1.0);
        QVERIFY(shown());
        w.hand.key(Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(w.view()->zoom() > 1);
        QVERIFY(shown());
        w.hand.key(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(w.view()->zoom(), 1.0);
        w.clickOn(text("paya"));
        w.hand.key(Qt::Key_8, Qt::ControlModifier);
        const auto inSight = [&w] { return w.view()->mapToScene(w.canvas()->rect()).boundingRect(); };
        QVERIFY(inSight().contains(w.box(w.node(text("paya")))));
        const double close = w.view()->zoom();
        QVERIFY(close > 1);
        w.hand.key(Qt::Key_9, Qt::ControlModifier);
        QVERIFY(w.view()->zoom() < close);
        QVERIFY(inSight().contains(w.scene().contentRect()));
        QVERIFY(shown());
    }

    void layingOutIsAskedForAndUndone()
    {
        Checkout w;
        const auto automatic = w.scene().drawing().boxes;
        const auto placed = [&w] { return w.document().value().placement.nodes; };
        for (const auto* name : {"front", "paya"}) {
            const auto from = w.at(w.node(text(name)));
            w.hand.drag(w.canvas(), from, from + QPoint(text(name) == text("front") ? 6 : 30, 30));
            QVERIFY(w.stands(text(name)));
        }
        QCOMPARE(w.steps(), 2);
        QCOMPARE(placed().size(), std::size_t(2));
        const auto byHand = placed();

        // An edit elsewhere leaves them where they are, and lays nothing out unasked.
        w.clickOn(text("pricing"));
        w.hand.key(Qt::Key_Delete);
        QVERIFY(w.isDrawn());
        QCOMPARE(placed(), byHand);
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);

        w.clickOn(text("paya"));
        w.hand.key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(w.steps(), 3);
        QCOMPARE(placed().size(), std::size_t(1)); // the selection only
        QVERIFY(placed().contains(w.node(text("front"))));
        w.hand.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(w.steps(), 4);
        QVERIFY(placed().empty());
        QTRY_VERIFY(w.scene().drawing().boxes == automatic);
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(placed(), byHand);
    }

    void whatIsNewStandsWhereItBelongs()
    {
        Checkout w;
        const auto from = w.at(w.node(text("front")));
        w.hand.drag(w.canvas(), from, from + QPoint(4, 40));
        QVERIFY(w.stands(text("front")));
        const auto front = w.box(w.node(text("front")));
        w.clickOn(text("front"));
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.quickAdd() != nullptr);
        w.hand.type(text("search"));
        w.hand.key(Qt::Key_Return);
        QVERIFY(w.isDrawn());
        const auto fresh = w.box(w.node(text("search")));
        QCOMPARE(w.box(w.node(text("front"))), front); // placed by hand: it stays
        QVERIFY(fresh.left() > front.right() && fresh.right() < w.box(w.node(text("parallel"))).left());
        QVERIFY(!w.document().value().placement.nodes.contains(w.node(text("search"))));
    }

    void theFirstDropSnaps()
    {
        Checkout w;
        w.hand.key(Qt::Key_0, Qt::ControlModifier);
        const auto place = w.scene().contentRect().bottomLeft() + QPointF(123, 61);
        const auto ground = [&w, place] { return w.view()->mapFromScene(place); };
        QVERIFY(w.canvas()->rect().contains(ground()));
        const auto offsetOf = [&w] { return w.document().value().placement.loose.front().at; };
        const Carried audit{Carried::Kind::Component, OperatorType::Call, text("audit"), {}};
        w.drop(audit, ground(), Qt::AltModifier); // just there
        QCOMPARE(w.document().value().placement.loose.size(), std::size_t(1));
        const auto free = offsetOf();
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(w.document().value().placement.loose.empty());
        QVERIFY(w.isDrawn());
        w.drop(audit, ground());
        const auto snapped = offsetOf();
        QVERIFY(snapped.x != free.x || snapped.y != free.y);
        QVERIFY(std::abs(snapped.x - free.x) <= 6 && std::abs(snapped.y - free.y) <= 6);
        QCOMPARE(w.steps(), 1);
    }

    void severalMoveAndSnapTogether()
    {
        Checkout w;
        w.hand.key(Qt::Key_0, Qt::ControlModifier);
        w.clickOn(text("paya"));
        w.clickOn(text("payb"), Qt::ControlModifier);
        const auto apart = w.box(w.node(text("payb"))).topLeft() - w.box(w.node(text("paya"))).topLeft();
        const auto from = w.at(w.node(text("paya")));
        w.hand.drag(w.canvas(), from, from + QPoint(21, 0));
        const auto& placed = w.document().value().placement.nodes;
        QCOMPARE(placed.size(), std::size_t(2));
        const auto a = placed.at(w.node(text("paya")));
        const auto b = placed.at(w.node(text("payb")));
        QCOMPARE(QPointF(b.x - a.x, b.y - a.y), apart);
        QCOMPARE(w.steps(), 1);
        w.hand.key(Qt::Key_Right, Qt::ControlModifier); // nudged together
        QCOMPARE(w.document().value().placement.nodes.at(w.node(text("payb"))).x, b.x + 8);
        QCOMPARE(w.document().value().placement.nodes.at(w.node(text("paya"))).x, a.x + 8);
        QCOMPARE(w.steps(), 2);
    }

    void framesCloseAndOpenByKeys()
    {
        Checkout w;
        w.clickOnHeader(text("payment"));
        w.hand.key(Qt::Key_BracketLeft, Qt::ControlModifier);
        QTRY_VERIFY(w.scene().item(w.node(text("paya"))) == nullptr);
        QVERIFY(w.scene().item(w.node(text("payment"))) != nullptr);
        QVERIFY(!w.document().isModified()); // only looked at otherwise
        w.hand.key(Qt::Key_BracketRight, Qt::ControlModifier);
        QTRY_VERIFY(w.scene().item(w.node(text("paya"))) != nullptr);
    }

    void theRubberBandSelectsWhatIsWrappedThen()
    {
        Checkout w;
        const auto band = w.box(w.node(text("cart"))).united(w.box(w.node(text("pricing")))).adjusted(-6, -6, 6, 6);
        // From the page's ground above all, down and across the frame.
        const auto all = w.box(w.node(text("parallel"))).adjusted(-14, -30, 14, 30);
        QVERIFY(all.contains(band));
        w.hand.drag(w.canvas(), w.view()->mapFromScene(all.topLeft()), w.view()->mapFromScene(all.bottomRight()));
        QVERIFY(w.document().selection()->elements().size() >= 3); // the frame and what it holds
        w.hand.click(w.canvas(), w.at(w.node(text("cart"))), Qt::RightButton);
        QTRY_VERIFY(w.contextMenu() != nullptr);
        QVERIFY(w.hand.choose(w.contextMenu(), text("journey.wrap.retry")));
        QCOMPARE(w.tree(), text("Series(front, Retry(Parallel(cart, pricing)), Race(paya, payb))"));
        QCOMPARE(w.steps(), 1);
    }

    void undoOfAGestureBringsTheSelectionBack()
    {
        Checkout w;
        w.clickOn(text("pricing"));
        const auto pricing = w.selected();
        w.hand.drag(w.canvas(), w.at(w.node(text("front"))), w.at(w.node(text("payb")), 0.8));
        QVERIFY(w.tree().contains(text("Series(payb, front)")));
        QCOMPARE(w.selected(), w.node(text("front")));
        const auto front = w.selected();
        w.clickOn(text("paya"));
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.tree(), text("Series(front, Parallel(cart, pricing), Race(paya, payb))"));
        QVERIFY(w.selected() == front || w.selected() == pricing);
        QVERIFY(!w.window.isWindowModified());
        w.hand.key(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(w.selected(), front);
    }
};

QTEST_MAIN(TestDrawingWindow)
#include "tst_drawingwindow.moc"
