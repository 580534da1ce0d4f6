// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "tests/journey/short_form.h"
#include "widgets/palette/palettemodel.h"
#include "widgets/palette/palettepanel.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::OpenJourney;
using Kind = Carried::Kind;

namespace {

QStringList rows(const PaletteModel& model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto& it = model.at(row);
        auto words = model.isHeading(row) ? QStringLiteral("# ") + it.title : it.title;
        if (!it.detail.isEmpty())
            words += QStringLiteral(" (") + it.detail + u')';
        if (it.notStated)
            words += u'!';
        result << words;
    }
    return result;
}

workspace::JourneyUsage other(const char* name, std::vector<journey::Component> components)
{
    workspace::JourneyUsage usage;
    usage.path = std::string("/") + name + ".yaml";
    usage.name = name;
    usage.components = std::move(components);
    return usage;
}

journey::Component bound(const char* name)
{
    auto component = journey::componentNamed(name);
    component.atomicSloRef = std::string("openslo:") + name;
    return component;
}

Carried call(const QString& name)
{
    return {Kind::Component, journey::OperatorType::Call, name, {}};
}

QByteArray secondJourney()
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: search}\nspec:\n"
           "  operator: {ref: index}\n  components:\n    index: {availability: 0.99}\n    front: {}\n";
}

struct Panel
{
    explicit Panel(const QByteArray& text = CheckoutFolder::intentText()) : open(text)
    {
        open.folder.write(QStringLiteral("search.yaml"), secondJourney());
        panel.resize(200, 600);
        panel.show();
        [this] { QVERIFY(QTest::qWaitForWindowActive(&panel)); }();
        QSignalSpy changed(&usage, &UsageTracker::changed);
        usage.setIntent(open.document->path());
        panel.setDocument(open.document.get());
        QVERIFY(changed.size() > 1 || changed.wait());
        QTRY_VERIFY(row(QStringLiteral("index")) >= 0);
        QObject::connect(&panel, &PalettePanel::addRequested, &panel,
                         [this](const Carried& carried) { added << wordsOf(carried); });
        QObject::connect(&panel, &PalettePanel::whereUsedRequested, &panel,
                         [this](const QString& name) { asked << name; });
    }

    QListView* list() const { return panel.findChild<QListView*>(); }
    QLineEdit* filter() const { return panel.findChild<QLineEdit*>(); }
    const PaletteModel& model() const { return *static_cast<const PaletteModel*>(list()->model()); }
    int row(const QString& title) const
    {
        for (int i = 0; i < model().rowCount(); ++i) {
            if (!model().isHeading(i) && model().at(i).title == title)
                return i;
        }
        return -1;
    }
    QPoint at(const QString& title) const
    {
        const auto index = model().index(row(title));
        list()->scrollTo(index);
        return list()->visualRect(index).center();
    }
    void click(const QString& title) const { QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, at(title)); }
    QString armed() const { return tool.carried() ? wordsOf(*tool.carried()) : QString(); }
    QString current() const
    {
        const auto index = list()->currentIndex();
        return index.isValid() ? model().at(index.row()).title : QString();
    }

    OpenJourney open;
    PlacingTool tool;
    UsageTracker usage{nullptr};
    PalettePanel panel{&tool, &usage};
    QStringList added;
    QStringList asked;
};

} // namespace

class TestPalette : public QObject
{
    Q_OBJECT

private slots:
    void whatThereIs()
    {
        PaletteModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(rows(model).size(), 12); // without a journey: the operators and a new call
        auto journey = tests::intentOf("Series(Use(pay), b, a) | pay = Race(c, a)").journey;
        journey.components = journey.components.with(std::make_shared<const journey::Component>(bound("a")));
        model.setJourney(journey);
        model.setKnown({other("shop", {bound("b"), bound("zoo"), journey::componentNamed("Mail")}),
                        other("search", {journey::componentNamed("zoo")})},
                       {{"a", "a-slo"}, {"bank", "bank-slo"}});
        QCOMPARE(rows(model), QStringList({QStringLiteral("# Operators"), QStringLiteral("Series"),
                                           QStringLiteral("Parallel"),    QStringLiteral("Race"),
                                           QStringLiteral("k of n"),      QStringLiteral("Branch"),
                                           QStringLiteral("Retry"),       QStringLiteral("Timeout"),
                                           QStringLiteral("Fallback"),    QStringLiteral("Optional"),
                                           QStringLiteral("# Calls"),     QStringLiteral("New call"),
                                           QStringLiteral("b!"),          QStringLiteral("a"),
                                           QStringLiteral("c!"),          QStringLiteral("# In the working copy"),
                                           QStringLiteral("bank (SLO)"),  QStringLiteral("Mail (shop)!"),
                                           QStringLiteral("zoo (shop)"),  QStringLiteral("# Fragments"),
                                           QStringLiteral("pay (1×)")}));
        for (int row = 0; row < model.rowCount(); ++row) {
            const bool heading = model.isHeading(row);
            QCOMPARE(model.flags(model.index(row)).testFlag(Qt::ItemIsDragEnabled), !heading);
            QVERIFY(heading || !model.index(row).data(Qt::ToolTipRole).toString().isEmpty());
        }
    }

    void theFilterKeepsHeadingsOfWhatIsLeft()
    {
        PaletteModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setJourney(tests::intentOf("Series(cart, trace)").journey);
        model.setKnown({other("shop", {bound("zoo")})}, {});
        model.setFilter(QStringLiteral("RACE"));
        QCOMPARE(rows(model), QStringList({QStringLiteral("# Operators"), QStringLiteral("Race"),
                                           QStringLiteral("# Calls"), QStringLiteral("trace!")}));
        model.setFilter(QStringLiteral("shop z"));
        QCOMPARE(rows(model), QStringList({QStringLiteral("# In the working copy"), QStringLiteral("zoo (shop)")}));
        model.setFilter(QStringLiteral("nothing"));
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.firstItem(), -1);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 16);
    }

    void aRowIsDragged()
    {
        PaletteModel model;
        model.setJourney(tests::intentOf("cart").journey);
        model.setKnown({other("shop", {bound("zoo")})}, {});
        const auto drag = [&model](const Carried& carried) {
            const std::unique_ptr<QMimeData> data(model.mimeData({model.index(model.rowOf(carried))}));
            return data && carriedBy(data.get()) == carried;
        };
        QVERIFY(drag(call(QStringLiteral("cart"))));
        QVERIFY(drag(call({})));
        QVERIFY(drag({Kind::Operator, journey::OperatorType::KofN, {}, {}}));
        // From elsewhere, with what it is there.
        const auto last = model.index(model.rowCount() - 1);
        const std::unique_ptr<QMimeData> data(model.mimeData({last}));
        const auto cargo = cargoOf(*carriedBy(data.get()), {});
        QCOMPARE(cargo->components.at(0).atomicSloRef, std::string("openslo:zoo"));
        QVERIFY(!std::unique_ptr<QMimeData>(model.mimeData({model.index(0)})));
    }

    void aClickArmsAndAnotherDisarms()
    {
        Panel it;
        it.click(QStringLiteral("Race"));
        QCOMPARE(it.armed(), QStringLiteral("Race"));
        it.click(QStringLiteral("cart"));
        QCOMPARE(it.armed(), QStringLiteral("cart"));
        QTest::qWait(QApplication::doubleClickInterval() + 50);
        it.click(QStringLiteral("cart"));
        QCOMPARE(it.armed(), QString());
        it.click(QStringLiteral("cart"));
        QTest::keyClick(it.list(), Qt::Key_Escape);
        QCOMPARE(it.armed(), QString());
        it.click(QStringLiteral("Race"));
        it.panel.setDocument(nullptr); // nothing to put it into
        QCOMPARE(it.armed(), QString());
        QCOMPARE(it.added, QStringList());
    }

    void aDoubleClickAddsAtOnce()
    {
        Panel it;
        const auto at = it.at(QStringLiteral("cart"));
        QTest::mouseClick(it.list()->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(it.list()->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseRelease(it.list()->viewport(), Qt::LeftButton, {}, at);
        QCOMPARE(it.added, QStringList{QStringLiteral("cart")});
        QCOMPARE(it.armed(), QString());
        QTest::qWait(QApplication::doubleClickInterval() + 50);
        it.click(QStringLiteral("cart"));
        QCOMPARE(it.armed(), QStringLiteral("cart"));
    }

    void theKeyboardAlone()
    {
        Panel it;
        it.panel.focusFilter();
        QTest::keyClicks(it.filter(), QStringLiteral("pay"));
        QCOMPARE(it.current(), QStringLiteral("paya"));
        QTest::keyClick(it.filter(), Qt::Key_Down);
        QCOMPARE(it.current(), QStringLiteral("payb"));
        QTest::keyClick(it.filter(), Qt::Key_Down); // the last one
        QCOMPARE(it.current(), QStringLiteral("payb"));
        QTest::keyClick(it.filter(), Qt::Key_Return);
        QCOMPARE(it.added, QStringList{QStringLiteral("payb")});
        QTest::keyClick(it.filter(), Qt::Key_Up);
        QTest::keyClick(it.filter(), Qt::Key_Enter);
        QCOMPARE(it.added.back(), QStringLiteral("paya"));
        QTest::keyClick(it.filter(), Qt::Key_Escape);
        QCOMPARE(it.filter()->text(), QString());
        // Over the headings; what is typed in the list filters.
        it.list()->setFocus();
        it.list()->setCurrentIndex(it.model().index(it.row(QStringLiteral("Optional"))));
        QTest::keyClick(it.list(), Qt::Key_Down);
        QCOMPARE(it.current(), QStringLiteral("New call"));
        QTest::keyClicks(it.list(), QStringLiteral("x"));
        QCOMPARE(it.filter()->text(), QStringLiteral("x"));
        QVERIFY(it.filter()->hasFocus());
        QCOMPARE(it.current(), QStringLiteral("index"));
    }

    void itFollowsTheJourney()
    {
        Panel it;
        it.click(QStringLiteral("cart"));
        const auto rename = journey::RenameComponent{"pricing", "prices"};
        QCOMPARE(it.open.document->apply(rename, QStringLiteral("rename")), QString());
        QVERIFY(it.row(QStringLiteral("prices")) >= 0 && it.row(QStringLiteral("pricing")) < 0);
        QCOMPARE(it.armed(), QStringLiteral("cart"));
        QCOMPARE(it.current(), QStringLiteral("cart"));
        const auto gone = journey::RenameComponent{"cart", "basket"};
        QCOMPARE(it.open.document->apply(gone, QStringLiteral("rename")), QString());
        QCOMPARE(it.armed(), QString());
        QCOMPARE(it.open.document->setText("not: [a journey"), QString());
        QVERIFY(!it.list()->isEnabled());
    }

    void aFileThatDoesNotReadIsTold()
    {
        Panel it;
        const auto* skipped = it.panel.findChild<QLabel*>(QStringLiteral("skipped"));
        QVERIFY(!skipped->isVisible());
        it.open.folder.write(QStringLiteral("broken.yaml"), "kind: JourneyIntent\nspec: {operator: [\n");
        it.usage.refresh();
        QTRY_VERIFY(skipped->isVisible());
        QCOMPARE(skipped->text(), QStringLiteral("One file was not read in full."));
        QVERIFY(skipped->toolTip().contains(QStringLiteral("broken.yaml")));
    }

    void theMenuAsksWhereItIsUsed()
    {
        Panel it;
        const auto trigger = [&it](const QString& row, const QString& text) {
            emit it.list()->customContextMenuRequested(it.at(row));
            auto* menu = it.panel.findChild<QMenu*>(QStringLiteral("paletteMenu"));
            QVERIFY(menu != nullptr);
            const auto actions = menu->actions();
            const auto found = std::ranges::find(actions, text, &QAction::text);
            if (found != actions.end())
                (*found)->trigger();
            menu->close();
            QTRY_VERIFY(it.panel.findChild<QMenu*>(QStringLiteral("paletteMenu")) == nullptr);
        };
        trigger(QStringLiteral("cart"), QStringLiteral("Where Used"));
        trigger(QStringLiteral("Race"), QStringLiteral("Where Used")); // has none
        QCOMPARE(it.asked, QStringList{QStringLiteral("cart")});
        trigger(QStringLiteral("Race"), QStringLiteral("Add to the Journey"));
        QCOMPARE(it.added, QStringList{QStringLiteral("Race")});
    }

    void itIsPainted()
    {
        Panel it;
        it.click(QStringLiteral("Race"));
        const auto plain = it.panel.grab().toImage();
        QCOMPARE(plain.width(), 200);
        it.tool.set({});
        QVERIFY(it.panel.grab().toImage() != plain); // it does not look pressed any more
    }
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
