// SPDX-License-Identifier: GPL-3.0-or-later
// What a text edit does to the document, and what undo brings back.
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "widgets/document/journeydocument.h"

#include <QByteArrayList>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

namespace {

struct Opened
{
    CheckoutFolder folder;
    JourneyDocument document{workspace::openIntent(folder.path().toStdString())};

    std::string original = CheckoutFolder::intentText().toStdString();

    std::string with(const std::string& what, const std::string& instead) const
    {
        auto text = document.text();
        const auto at = text.find(what);
        return at == std::string::npos ? std::string("not found: " + what) : text.replace(at, what.size(), instead);
    }
    journey::Element node(const std::string& name) const
    {
        for (const auto& place : journey::nodePlaces(document.intent().journey)) {
            if (place.node->name == name)
                return journey::Element::ofNode(place.node->id);
        }
        return journey::Element::none();
    }
    QStringList steps()
    {
        QStringList texts;
        for (int i = 0; i < document.undoStack()->count(); ++i)
            texts.append(document.undoStack()->text(i));
        return texts;
    }
};

journey::Edit availability(const char* component, const char* value)
{
    return journey::SetAvailability{component, base::Ratio(*base::Decimal::parse(value))};
}

const std::string broken = "apiVersion: [\n";

} // namespace

class TestDocumentValue : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aTextEditIsRead()
    {
        Opened o;
        QCOMPARE(o.document.setText(o.with("hedgeDelay: 50ms", "hedgeDelay: 75ms")), QString());
        QVERIFY(o.document.isEditable());
        const auto race = journey::nodePlaces(o.document.intent().journey)[5].node;
        QCOMPARE(*std::get<journey::Race>(race->op).hedgeDelay, base::Duration(std::chrono::milliseconds(75)));
        QCOMPARE(o.steps(), QStringList{JourneyDocument::tr("Typing")});
        QVERIFY(o.document.isModified());
    }

    void nodesKeepTheirIdentityAndTheirPlaces()
    {
        Opened o;
        const auto race = o.node("payment");
        const auto line = o.document.sources().lineOf(race);
        QVERIFY(line > 0);
        o.document.selection()->select(race);
        QCOMPARE(o.document.setText("# one more line\n" + o.with("hedgeDelay: 50ms", "hedgeDelay: 75ms")), QString());
        QCOMPARE(o.node("payment"), race);
        QCOMPARE(o.document.sources().lineOf(race), line + 1);
        QCOMPARE(o.document.selection()->current(), race);
        // The canvas edits what the text has placed.
        QCOMPARE(o.document.apply(journey::SetDuration{race.node, std::chrono::milliseconds(80)}, QStringLiteral("d")),
                 QString());
        QVERIFY(o.document.text().find("hedgeDelay: 80ms") != std::string::npos);
    }

    void whileTheTextDoesNotParseTheLastJourneyIsShown()
    {
        Opened o;
        QTRY_VERIFY(o.document.evaluation() != nullptr);
        QCOMPARE(o.document.setText(broken), QString());
        QCOMPARE(o.document.text(), broken);
        QVERIFY(o.document.isReadable());
        QVERIFY(!o.document.isEditable());
        QVERIFY(o.document.hasErrors());
        QCOMPARE(o.document.sources().syntax().size(), std::size_t(0));
        QVERIFY(!o.document.decision()->verdict);
        QCOMPARE(o.document.apply(availability("cart", "0.9"), QStringLiteral("x")), o.document.whyNotEditable());
        QCOMPARE(o.document.text(), broken);
        QVERIFY(!o.document.save().isEmpty());
        QCOMPARE(o.folder.read(), CheckoutFolder::intentText());
        // Mended by typing.
        o.document.endTyping();
        const auto race = o.node("payment");
        QCOMPARE(o.document.setText(o.original), QString());
        QVERIFY(o.document.isEditable());
        QVERIFY(!o.document.isModified());
        QCOMPARE(o.node("payment"), race);
    }

    void aFileThatBecomesAJourneyFindsItsSlos()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("checkout.yaml"), "a: [1, 2\n");
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(!document.isReadable());
        QCOMPARE(document.setText(CheckoutFolder::intentText().toStdString()), QString());
        QVERIFY(document.isEditable());
        QTRY_VERIFY(document.evaluation() && !document.hasErrors());
        QCOMPARE(document.evaluation()->analysis.journey->sharedFate.worst, 0.0074855104975);
    }

    void typingIsOneStep_data()
    {
        QTest::addColumn<QByteArrayList>("typed"); // "|" ends the typing, as a change of focus does
        QTest::addColumn<int>("steps");
        QTest::newRow("a word") << QByteArrayList{"a", "b", "c"} << 1;
        QTest::newRow("two lines") << QByteArrayList{"a", "\n", "b", "c"} << 2;
        QTest::newRow("focus went and came") << QByteArrayList{"a", "b", "|", "c"} << 2;
        QTest::newRow("pasted lines stand at the end of a step") << QByteArrayList{"a", "b\nc\n", "d"} << 2;
    }
    void typingIsOneStep()
    {
        QFETCH(QByteArrayList, typed);
        QFETCH(int, steps);
        Opened o;
        auto text = o.original + "# ";
        for (const auto& part : typed) {
            if (part == "|")
                o.document.endTyping();
            else
                QCOMPARE(o.document.setText(text += part.toStdString()), QString());
        }
        QCOMPARE(o.document.undoStack()->count(), steps);
        QCOMPARE(o.document.text(), text);
        for (int i = 0; i < steps; ++i)
            o.document.undoStack()->undo();
        QCOMPARE(o.document.text(), o.original);
        QVERIFY(!o.document.isModified());
    }

    void aPauseEndsTheStep()
    {
        Opened o;
        QCOMPARE(o.document.setText(o.original + "# a"), QString());
        QTest::qWait(1100);
        QCOMPARE(o.document.setText(o.original + "# ab"), QString());
        QCOMPARE(o.document.undoStack()->count(), 2);
    }

    void typingBackIsNoStep()
    {
        Opened o;
        QCOMPARE(o.document.setText(o.original + "#"), QString());
        QCOMPARE(o.document.setText(o.original), QString());
        QCOMPARE(o.document.undoStack()->count(), 0);
        QVERIFY(!o.document.isModified());
    }

    void savingEndsTheStepAndDoesNotDecideAboutModified()
    {
        Opened o;
        QCOMPARE(o.document.setText(o.original + "# a"), QString());
        QCOMPARE(o.document.save(), QString());
        QCOMPARE(o.document.setText(o.original + "# ab"), QString());
        QCOMPARE(o.document.undoStack()->count(), 2);
        // Off the saved step and back to the saved bytes by another way.
        QCOMPARE(o.document.setText(o.original + "# a"), QString());
        QVERIFY(!o.document.isModified());
    }

    void theSelectionComesBack()
    {
        Opened o;
        const auto race = o.node("payment");
        const auto cart = journey::Element::component("cart");
        o.document.selection()->select(race);
        QCOMPARE(o.document.apply(availability("cart", "0.9"), QStringLiteral("a"), Selection{cart}), QString());
        QCOMPARE(o.document.selection()->current(), cart);
        QCOMPARE(o.document.apply(availability("paya", "0.9"), QStringLiteral("b")), QString());
        QCOMPARE(o.document.selection()->current(), cart);
        o.document.selection()->clear();
        o.document.undoStack()->undo();
        QCOMPARE(o.document.selection()->current(), cart);
        o.document.undoStack()->undo();
        QCOMPARE(o.document.selection()->current(), race);
        o.document.undoStack()->redo();
        QCOMPARE(o.document.selection()->current(), cart);
    }

    void reloadIsAStepThatLosesNothing()
    {
        Opened o;
        QCOMPARE(o.document.apply(availability("cart", "0.9"), QStringLiteral("mine")), QString());
        const auto mine = o.document.text();
        const auto race = o.node("payment");
        const QByteArray theirs = CheckoutFolder::intentText() + "# theirs\n";
        o.folder.write(QStringLiteral("checkout.yaml"), theirs);
        QCOMPARE(o.document.reload(), QString());
        QCOMPARE(QByteArray::fromStdString(o.document.text()), theirs);
        QVERIFY(!o.document.isModified());
        QCOMPARE(o.node("payment"), race);
        o.document.undoStack()->undo();
        QCOMPARE(o.document.text(), mine);
        QVERIFY(o.document.isModified());
        QCOMPARE(o.document.save(), QString()); // decided with theirs in sight
        QCOMPARE(o.folder.read(), QByteArray::fromStdString(mine));
    }

    void reloadTakesTheSlosToo()
    {
        Opened o;
        QTRY_VERIFY(o.document.evaluation() != nullptr);
        const auto before = o.document.evaluation()->analysis.journey->sharedFate.worst;
        auto slo = o.folder.read(QStringLiteral("slo.yaml"));
        o.folder.write(QStringLiteral("slo.yaml"), slo.replace("0.9995", "0.9"));
        QCOMPARE(o.document.reload(), QString());
        QTRY_VERIFY(o.document.evaluation()->analysis.journey->sharedFate.worst > before + 0.05);
        QCOMPARE(o.document.undoStack()->count(), 0); // the text is the same
    }

    void movingANodeTouchesOnlyTheLayoutFile()
    {
        Opened o;
        journey::Placement placement;
        placement.nodes[o.node("payment").node] = {40, 25.5};
        QCOMPARE(o.document.setPlacement(placement, QStringLiteral("move")), QString());
        QVERIFY(o.document.isModified());
        QCOMPARE(o.document.save(), QString());
        QVERIFY(!o.document.isModified());
        QCOMPARE(o.folder.read(), CheckoutFolder::intentText());
        const auto layout = QStringLiteral(".emac/layout/checkout.yaml");
        QVERIFY(o.folder.read(layout).contains("payment"));
        // Another look at the same files finds the same place.
        JourneyDocument again(workspace::openIntent(o.folder.path().toStdString()));
        QVERIFY(!again.isModified());
        QCOMPARE(again.value().placement.nodes.size(), std::size_t(1));
        QCOMPARE(again.value().placement.nodes.begin()->second, (journey::Offset{40, 25.5}));
        o.document.undoStack()->undo();
        QVERIFY(o.document.value().placement.empty());
        QCOMPARE(o.document.save(), QString());
        QVERIFY(!QFileInfo::exists(o.folder.path(layout)));
    }

    void aNodeThatComesBackFindsItsPlace()
    {
        Opened o;
        journey::Placement placement;
        placement.nodes[o.node("payment").node] = {40, 25};
        QCOMPARE(o.document.setPlacement(placement, QStringLiteral("move")), QString());
        const auto from = o.original.find("      - type: race");
        const auto to = o.original.find("  components:");
        QCOMPARE(o.document.setText(o.original.substr(0, from) + o.original.substr(to)), QString());
        QVERIFY(o.document.isEditable());
        QVERIFY(o.document.value().placement.nodes.empty());
        QCOMPARE(o.document.setText(broken), QString());
        QCOMPARE(o.document.setText(o.original), QString());
        QCOMPARE(o.document.value().placement.nodes,
                 (std::map<journey::NodeId, journey::Offset>{{o.node("payment").node, {40, 25}}}));
    }

    void aLooseComponentFollowsItsNameInTheText_data()
    {
        QTest::addColumn<QByteArrayList>("typed"); ///< what becomes of "    audit: {kind: batch}\n", in turn
        QTest::addColumn<QByteArray>("loose");
        const auto row = [](const char* name, const QByteArrayList& typed, const char* loose) {
            QTest::newRow(name) << typed << QByteArray(loose);
        };
        row("at once", {"    mail: {kind: batch}\n"}, "mail");
        row("letter by letter", {"    audi: {kind: batch}\n", "    aud: {kind: batch}\n", "    audx: {kind: batch}\n"},
            "audx");
        row("over what does not parse", {"    audit: {kind: batch\n", "    log: {kind: batch}\n"}, "log");
        row("what is stated stays", {"    audit: {kind: other}\n"}, "audit");
        // Nobody can know: it keeps its place under its name.
        row("to one of two", {"    x: {kind: batch}\n    y: {kind: batch}\n"}, "audit");
        row("stating something else", {"    x: {kind: other}\n"}, "audit");
        row("taken away", {""}, "audit");
    }
    void aLooseComponentFollowsItsNameInTheText()
    {
        QFETCH(QByteArrayList, typed);
        Opened o;
        const std::string before = "    audit: {kind: batch}\n";
        QCOMPARE(o.document.setText(o.document.text() + before), QString());
        o.document.endTyping();
        journey::Placement placement;
        placement.loose = {{"audit", {10, 20}}};
        QCOMPARE(o.document.setPlacement(placement, QStringLiteral("lay")), QString());
        auto now = before;
        for (const auto& next : typed) {
            QCOMPARE(o.document.setText(o.with(now, next.toStdString())), QString());
            now = next.toStdString();
        }
        const auto& loose = o.document.value().placement.loose;
        QCOMPARE(loose.size(), std::size_t(1));
        QTEST(QByteArray::fromStdString(loose.front().component), "loose");
        QCOMPARE(loose.front().at, (journey::Offset{10, 20}));
        o.document.undoStack()->undo();
        QCOMPARE(o.document.value().placement.loose, placement.loose);
    }

    void aLooseComponentThatIsCalledUnderItsNewNameIsNotLaid()
    {
        Opened o;
        QCOMPARE(o.document.setText(o.document.text() + "    audit: {}\n"), QString());
        journey::Placement placement;
        placement.loose = {{"audit", {10, 20}}};
        QCOMPARE(o.document.setPlacement(placement, QStringLiteral("lay")), QString());
        auto text = o.with("    audit: {}\n", "    mail: {}\n");
        text.replace(text.find("ref: front"), 10, "ref: mail");
        QCOMPARE(o.document.setText(text), QString());
        QCOMPARE(o.document.value().placement.loose, placement.loose);
    }

    void aLayoutFileInOtherWordsStaysAsItIs()
    {
        const CheckoutFolder folder;
        const QByteArray layout = "# by hand\n"
                                  "kind: JourneyLayout\n"
                                  "apiVersion: emac.dev/v1alpha1\n"
                                  "nodes: {payment: {y: 20.0, x: 1e1}}\n";
        QVERIFY(QDir(folder.path(QString())).mkpath(QStringLiteral(".emac/layout")));
        folder.write(QStringLiteral(".emac/layout/checkout.yaml"), layout);
        JourneyDocument document(workspace::openIntent(folder.path().toStdString()));
        QVERIFY(!document.isModified());
        QCOMPARE(document.value().placement.nodes.size(), std::size_t(1));
        QCOMPARE(document.apply(availability("cart", "0.9"), QStringLiteral("x")), QString());
        QCOMPARE(document.save(), QString());
        QCOMPARE(folder.read(QStringLiteral(".emac/layout/checkout.yaml")), layout);
    }
};

QTEST_MAIN(TestDocumentValue)
#include "tst_documentvalue.moc"
