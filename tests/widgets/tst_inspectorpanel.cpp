// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/availabilityreadout.h"
#include "widgets/panels/fields.h"
#include "widgets/panels/inspectorpanel.h"
#include "widgets/panels/valuefield.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

namespace {

/// A shown inspector of an opened journey.
struct Inspector
{
    explicit Inspector(const QByteArray& text = CheckoutFolder::intentText())
        : open(text)
        , panel(open.document.get(), &open.selection, &open.units)
    {
        if (!QTest::qWaitFor([this] { return isCurrent(*open.document); }))
            qFatal("no numbers arrive");
        panel.resize(320, 700);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel))
            qFatal("the window does not become active");
    }

    ValueField* field(const char* name) const { return panel.findChild<ValueField*>(QString::fromLatin1(name)); }
    ValueField* fieldNamed(const char* accessibleName) const
    {
        for (auto* candidate : panel.findChildren<ValueField*>()) {
            if (candidate->accessibleName() == QString::fromLatin1(accessibleName) && candidate->isVisible())
                return candidate;
        }
        return nullptr;
    }
    QPushButton* button(const char* name) const { return panel.findChild<QPushButton*>(QString::fromLatin1(name)); }
    bool shows(const char* text) const
    {
        for (const auto* label : panel.findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(QString::fromUtf8(text)))
                return true;
        }
        for (const auto* link : panel.findChildren<parts::TextLink*>()) {
            if (link->isVisible() && link->text().contains(QString::fromUtf8(text)))
                return true;
        }
        return false;
    }
    static void replaceText(ValueField* field, const char* text)
    {
        field->lineEdit()->setFocus();
        field->lineEdit()->selectAll();
        QTest::keyClicks(field->lineEdit(), QString::fromUtf8(text));
    }

    OpenJourney open;
    InspectorPanel panel;
};

/// Chooses with the keys.
void choose(QComboBox* box, int index)
{
    box->setFocus();
    for (int steps = 20; box->currentIndex() != index && steps > 0; --steps)
        QTest::keyClick(box, box->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
}

} // namespace

class TestInspectorPanel : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void aCallBoundToAnSloIsReadOnly()
    {
        Inspector it;
        it.open.selection.select(it.open.call("front"));
        QVERIFY(it.shows("front"));
        QVERIFY(it.shows("99.95 %"));
        QVERIFY(it.shows("Target of openslo:front-availability"));
        QCOMPARE(it.panel.findChild<QListWidget*>(QStringLiteral("names"))->item(0)->text(), QStringLiteral("zone-a"));
        QVERIFY(it.shows("1 call in this journey"));
        QVERIFY(!it.field("availability")->isVisible());
        QVERIFY(it.button("override")->isVisible());
        QVERIFY(!it.button("reset")->isVisible());

        auto links = it.panel.findChildren<parts::PlaceLink*>();
        links.removeIf([](const auto* link) { return !link->isVisible(); });
        QCOMPARE(links.size(), 1);
        QCOMPARE(links.front()->text(), QStringLiteral("slo.yaml:9"));
        QSignalSpy places(&it.panel, &InspectorPanel::placeRequested);
        QTest::mouseClick(links.front(), Qt::LeftButton);
        QCOMPARE(places.size(), 1);
        QCOMPARE(places[0][0].value<base::Place>().line, 9u);
    }

    void overrideThenReset()
    {
        Inspector it;
        it.open.selection.select(it.open.call("front"));
        const auto before = it.open.text();
        QTest::mouseClick(it.button("override"), Qt::LeftButton);
        QVERIFY(it.open.text().contains("availability: 0.9995"));
        QVERIFY(it.field("availability")->isVisible());
        QCOMPARE(it.panel.focusWidget(), it.field("availability")->lineEdit());
        QCOMPARE(it.field("availability")->lineEdit()->text(), QStringLiteral("99.95 %"));
        QTRY_VERIFY(it.shows("wins over openslo:front-availability"));
        QTRY_VERIFY(it.shows("Reference: 99.95 %"));

        QVERIFY(it.button("reset")->isEnabled());
        QTest::mouseClick(it.button("reset"), Qt::LeftButton);
        QCOMPARE(it.open.text(), before);
        QVERIFY(!it.field("availability")->isVisible());
        QTRY_VERIFY(isCurrent(*it.open.document));
        QVERIFY(it.shows("99.95 %"));
    }

    void tabGoesFromTopToBottomAndThenToTheNumbers()
    {
        Inspector it;
        it.open.selection.select(it.open.call("cart"));
        QVERIFY(it.shows("99.900 %"));
        it.panel.focusFirst(); // the first number
        QCOMPARE(it.panel.focusWidget(), it.field("availability")->lineEdit());
        it.field("name")->lineEdit()->setFocus();
        const auto isNumber = [](const QWidget* widget) {
            return qobject_cast<const AvailabilityReadout*>(widget->parentWidget()) != nullptr;
        };
        QWidgetList visited;
        int numbers = 0;
        for (auto* focus = it.panel.focusWidget(); !visited.contains(focus); focus = it.panel.focusWidget()) {
            if (qobject_cast<QScrollArea*>(focus))
                break; // before the first one again
            if (isNumber(focus)) {
                ++numbers;
            } else {
                QCOMPARE(numbers, 0);
                const auto place = [&it](QWidget* widget) {
                    const auto corner = widget->mapTo(&it.panel, QPoint());
                    return std::pair(corner.y(), corner.x());
                };
                QVERIFY2(visited.isEmpty() || place(visited.back()) < place(focus),
                         qPrintable(focus->accessibleName()));
            }
            visited.append(focus);
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        QVERIFY(visited.contains(it.field("availability")->lineEdit()));
        QVERIFY(visited.size() - numbers > 6);
        QVERIFY(numbers >= 2);
    }

    void resetNeedsAReference()
    {
        Inspector it;
        it.open.selection.select(it.open.call("cart"));
        QVERIFY(it.button("reset")->isVisible());
        QVERIFY(!it.button("reset")->isEnabled());
        QVERIFY(it.shows("There is no reference to fall back to."));
    }

    void typingChangesTheDocumentLive()
    {
        Inspector it;
        it.open.selection.select(it.open.call("paya"));
        auto* field = it.field("availability");
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("99.5 %"));
        Inspector::replaceText(field, "0,9999");
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("0,9999")); // as typed
        QVERIFY(it.open.text().contains("paya: {kind: external_dependency, availability: 0.9999,"));
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("99.99 %"));
        QCOMPARE(it.open.document->undoStack()->count(), 1); // keystrokes are one step
        QTest::keyClick(field->lineEdit(), Qt::Key_Up);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("100.00 %"));
        QVERIFY(it.open.text().contains("paya: {kind: external_dependency, availability: 1,"));
    }

    void theFieldSaysHowItUnderstands()
    {
        Inspector it;
        it.open.selection.select(it.open.call("paya"));
        auto* field = it.field("availability");
        auto* echo = field->findChild<QLabel*>(QStringLiteral("understood"));
        QVERIFY(!echo->isVisible());
        Inspector::replaceText(field, "99.99");
        QVERIFY(echo->isVisible());
        QCOMPARE(echo->text(), QStringLiteral("= 99.99 %"));
        QVERIFY(it.open.text().contains("paya: {kind: external_dependency, availability: 0.9999,"));
        Inspector::replaceText(field, "1");
        QCOMPARE(echo->text(), QStringLiteral("= 100 %"));
        Inspector::replaceText(field, "80 %");
        QVERIFY(!echo->isVisible()); // there is nothing to say
        Inspector::replaceText(field, "3 nines");
        QCOMPARE(echo->text(), QStringLiteral("= 99.9 %"));
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("99.9 %"));
        QVERIFY(!echo->isVisible());
    }

    void whatIsNoValueOnTheWayIsNotRewritten()
    {
        Inspector it;
        it.open.selection.select(it.open.call("paya"));
        auto* field = it.field("availability");
        Inspector::replaceText(field, "9e");
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("9e"));
        QVERIFY(it.open.text().contains("paya: {kind: external_dependency, availability: 0.995,")); // as before
        QTest::keyClicks(field->lineEdit(), QStringLiteral("-1"));
        QVERIFY(it.open.text().contains("paya: {kind: external_dependency, availability: 0.9,"));
    }

    void escGivesUpWhatWasTyped()
    {
        Inspector it;
        it.open.selection.select(it.open.call("paya"));
        auto* field = it.field("availability");
        const auto before = it.open.text();
        Inspector::replaceText(field, "0.99");
        QVERIFY(it.open.text() != before);
        QTest::keyClick(field->lineEdit(), Qt::Key_Escape);
        QCOMPARE(it.open.text(), before);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("99.5 %"));
        QVERIFY(!it.open.document->isModified());
    }

    void aTextThatIsNoValueMakesNoEdit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("word") << QStringLiteral("often");
        QTest::newRow("too much") << QStringLiteral("100.1");
        QTest::newRow("negative") << QStringLiteral("-0.5");
    }
    void aTextThatIsNoValueMakesNoEdit()
    {
        QFETCH(QString, text);
        Inspector it;
        it.open.selection.select(it.open.call("paya"));
        auto* field = it.field("availability");
        field->lineEdit()->setFocus();
        field->lineEdit()->selectAll();
        const auto before = it.open.text();
        QTest::keyClick(field->lineEdit(), Qt::Key_Delete);
        QVERIFY(!field->hint().isEmpty());
        QCOMPARE(it.open.text(), before);
        field->lineEdit()->insert(text); // as pasted
        emit field->lineEdit()->textEdited(field->lineEdit()->text());
        QVERIFY(!field->hint().isEmpty());
        QVERIFY(it.shows(qPrintable(field->hint())));
        QCOMPARE(it.open.text(), before);
        QTest::keyClick(field->lineEdit(), Qt::Key_Tab);
        QCOMPARE(field->lineEdit()->text(), text); // to be mended
        QVERIFY(!field->hint().isEmpty());
        QTest::keyClick(field->lineEdit(), Qt::Key_Escape);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("99.5 %")); // what the document says
        QCOMPARE(field->hint(), QString());
        QCOMPARE(it.open.document->undoStack()->count(), 0);
    }

    void undoFromTheFieldIsTheDocuments()
    {
        Inspector it;
        auto* action = it.open.document->undoStack()->createUndoAction(&it.panel);
        action->setShortcut(QKeySequence::Undo);
        it.panel.addAction(action);
        it.open.selection.select(it.open.call("paya"));
        auto* field = it.field("availability");
        const auto before = it.open.text();
        Inspector::replaceText(field, "0.9");
        QVERIFY(it.open.text() != before);
        QTest::keyClick(field->lineEdit(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(it.open.text(), before);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("99.5 %"));
        QVERIFY(field->lineEdit()->hasFocus());
        // Redo has no action here: the field itself leads it to the stack.
        QTest::keyClick(field->lineEdit(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(it.open.text() != before);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("90 %"));
    }

    void undoTakesBackWhatIsTypedAndNotDone()
    {
        Inspector it;
        it.open.selection.select(it.open.node(journey::OperatorType::Race));
        auto* field = it.fieldNamed("Hedge delay");
        QVERIFY(field);
        const auto before = it.open.text();
        Inspector::replaceText(field, "70ms");
        QCOMPARE(it.open.text(), before); // not before it is done
        QTest::keyClick(field->lineEdit(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(it.open.text(), before);
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("50ms"));
        QVERIFY(it.open.document->undoStack()->canRedo());
    }

    void parametersOfAnOperator()
    {
        Inspector it;
        it.open.selection.select(it.open.node(journey::OperatorType::Race));
        QVERIFY(it.shows("Race"));
        QCOMPARE(it.fieldNamed("Id")->lineEdit()->text(), QStringLiteral("payment"));
        QVERIFY(it.shows("the first successful response wins"));
        QVERIFY(it.shows("99.500 %"));
        QVERIFY(it.shows("99.99750 %"));
        auto* field = it.fieldNamed("Hedge delay");
        Inspector::replaceText(field, "70 ms");
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QVERIFY(it.open.text().contains("hedgeDelay: 70ms"));
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QTest::keyClick(field->lineEdit(), Qt::Key_Tab);
        QCOMPARE(it.open.document->undoStack()->count(), 1); // nothing changed: no further step
    }

    void aRefusalIsShownInWords()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("      - type: race\n        id: payment\n        hedgeDelay: 50ms\n",
                     "      - type: kofn\n        k: 1\n");
        Inspector it(text);
        it.open.selection.select(it.open.node(journey::OperatorType::KofN));
        auto* field = it.fieldNamed("k");
        QVERIFY(field);
        Inspector::replaceText(field, "3");
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QVERIFY2(field->hint().contains(QLatin1String("k is 3 for 2 branches")), qPrintable(field->hint()));
        QCOMPARE(it.open.text(), text);
        Inspector::replaceText(field, "2");
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QCOMPARE(field->hint(), QString());
        QVERIFY(it.open.text().contains("k: 2"));
    }

    void everyOperatorsParameters()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("      - ref: front\n", "      - type: retry\n        attempts: 3\n        backoff: 20ms\n"
                                             "        body: {type: timeout, deadline: 1s, body: {ref: front}}\n"
                                             "      - type: optional\n        wait: true\n        body: {ref: front}\n"
                                             "      - type: branch\n        choices:\n"
                                             "          - {label: card, probability: 0.6, body: {ref: paya}}\n"
                                             "          - {label: cash, probability: [0.3, 0.5], body: {ref: payb}}\n");
        Inspector it(text);
        it.open.selection.select(it.open.node(journey::OperatorType::Retry));
        QCOMPARE(it.fieldNamed("Attempts")->lineEdit()->text(), QStringLiteral("3"));
        QTest::keyClick(it.fieldNamed("Attempts")->lineEdit(), Qt::Key_Up);
        QTest::keyClick(it.fieldNamed("Attempts")->lineEdit(), Qt::Key_Return);
        QVERIFY(it.open.text().contains("attempts: 4"));
        QCOMPARE(it.fieldNamed("Backoff")->lineEdit()->text(), QStringLiteral("20ms"));
        it.open.selection.select(it.open.node(journey::OperatorType::Timeout));
        QCOMPARE(it.fieldNamed("Deadline")->lineEdit()->text(), QStringLiteral("1s"));
        it.open.selection.select(it.open.node(journey::OperatorType::Branch));
        QCOMPARE(it.fieldNamed("Probability of card")->lineEdit()->text(), QStringLiteral("60 %"));
        QCOMPARE(it.fieldNamed("Probability of cash")->lineEdit()->text(), QStringLiteral("30 % … 50 %"));
        it.open.selection.select(it.open.node(journey::OperatorType::Optional));
        auto* wait = it.panel.findChild<ChoiceField*>(QStringLiteral("wait"))->comboBox();
        QCOMPARE(wait->currentIndex(), 1);
        choose(wait, 2);
        QVERIFY(it.open.text().contains("wait: false"));
        choose(wait, 0);
        QVERIFY(!it.open.text().contains("wait:"));
    }

    /// Renamed elsewhere while the operator is looked at.
    void whatAnOperatorHoldsIsCalledAsItIsNow()
    {
        Inspector it;
        it.open.selection.select(it.open.node(journey::OperatorType::Parallel));
        const auto names = [&it] {
            QStringList all;
            for (const auto* link : it.panel.findChildren<parts::TextLink*>()) {
                if (link->accessibleName().startsWith(QStringLiteral("Select ")))
                    all << link->accessibleName();
            }
            return all;
        };
        QCOMPARE(names(), (QStringList{QStringLiteral("Select cart"), QStringLiteral("Select pricing")}));
        QCOMPARE(it.open.document->apply(journey::RenameComponent{"cart", "basket"}, QStringLiteral("x")), QString());
        QCOMPARE(names(), (QStringList{QStringLiteral("Select basket"), QStringLiteral("Select pricing")}));
    }

    void theNumbersOfACall()
    {
        Inspector it;
        it.open.selection.select(it.open.call("paya"));
        QSignalSpy explained(&it.panel, &InspectorPanel::explanationRequested);
        auto* number = it.panel.findChild<parts::TextLink*>(QStringLiteral("E⁺"));
        QCOMPARE(number->text(), QStringLiteral("99.500 %"));
        number->setFocus();
        QTest::keyClick(number, Qt::Key_Space);
        QCOMPARE(explained.size(), 1);
        QCOMPARE(explained[0][0].value<journey::Element>(), it.open.call("paya"));
        QCOMPARE(explained[0][1].value<Figure>(), Figure::Highest);
        QVERIFY(!it.panel.findChild<parts::TextLink*>(QStringLiteral("A*"))->isVisible()); // nothing states one
        it.open.selection.select(it.open.call("front"));
        it.open.units.setUnit(AvailabilityUnit::Downtime);
        QVERIFY(it.shows("21 min 36 s / 30 d"));
        it.open.selection.select(journey::Element::component("front"));
        QVERIFY(!it.shows("E⁺ upper bound")); // a component alone is no node
    }

    void theJourney()
    {
        Inspector it;
        QVERIFY(it.shows("checkout.yaml"));
        QVERIFY(it.shows("99.251 %"));
        QVERIFY(it.shows("99.747 %"));
        QVERIFY(it.shows("0.249 percentage points below the objective"));
        QVERIFY(it.shows("5 calls, 5 components"));
        auto* assumption = it.panel.findChild<ChoiceField*>(QStringLiteral("governance.availability"))->comboBox();
        QCOMPARE(assumption->currentIndex(), 0);
        auto* target = it.field("target");
        QCOMPARE(target->lineEdit()->text(), QStringLiteral("99.5 %"));
        Inspector::replaceText(target, "99 %");
        QVERIFY(it.open.text().contains("target: 0.99}"));
        QTRY_VERIFY(!it.shows("below the objective"));
    }

    void anUnstatedAvailabilityCanBeTyped()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("paya: {kind: external_dependency, availability: 0.995, ", "paya: {kind: external_dependency, ");
        Inspector it(text);
        it.open.selection.select(it.open.call("paya"));
        QVERIFY(it.shows("Not stated"));
        Inspector::replaceText(it.field("availability"), "0.9");
        QVERIFY(it.open.text().contains("availability: 0.9,") || it.open.text().contains("availability: 0.9}"));
        QVERIFY(!it.shows("Not stated"));
        QVERIFY(it.field("availability")->lineEdit()->hasFocus());
    }

    void revealOpensTheField()
    {
        Inspector it;
        it.open.selection.reveal(it.open.call("paya"), QStringLiteral("availability"));
        QVERIFY(it.field("availability")->lineEdit()->hasFocus());
        it.open.selection.reveal(it.open.call("front"), QStringLiteral("availability"));
        QVERIFY(it.button("override")->hasFocus());
        it.open.selection.reveal(journey::Element::objective("availability"), QStringLiteral("target"));
        QVERIFY(it.field("target")->lineEdit()->hasFocus());
    }

    void marksInTextsAreNotInterpreted()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("cart: {kind: service,", "cart: {kind: service, notes: \"<b>not bold</b>\",");
        Inspector it(text);
        it.open.selection.select(it.open.call("cart"));
        QCOMPARE(it.panel.findChild<NotesField*>()->textEdit()->toPlainText(), QStringLiteral("<b>not bold</b>"));
        for (const auto* label : it.panel.findChildren<QLabel*>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void nothingIsCutBesideTheScrollBar()
    {
        Inspector inspector;
        auto& panel = inspector.panel;
        panel.resize(panel.minimumSizeHint().width(), 200);
        auto* area = panel.findChild<QScrollArea*>();
        QTRY_VERIFY(area->viewport()->width() < area->width());
        QTRY_COMPARE(area->widget()->width(), area->viewport()->width());
        QVERIFY(area->widget()->minimumSizeHint().width() <= area->viewport()->width());
    }

    void aTextFieldIsOneStep_data()
    {
        QTest::addColumn<QString>("select");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        const auto row = [](const char* name, const char* select, const char* field, const char* typed,
                            const char* from, const char* to) {
            QTest::newRow(name) << QString::fromUtf8(select) << QString::fromUtf8(field) << QString::fromUtf8(typed)
                                << QString::fromUtf8(from) << QString::fromUtf8(to);
        };
        row("id", "race", "id", "pay", "id: payment", "id: pay");
        row("no hedge delay", "race", "hedgeDelay", "", "        hedgeDelay: 50ms\n", "");
        row("id of a call", "front", "id", "door", "- ref: front\n", "- ref: front\n        id: door\n");
        row("kind", "cart", "kind", "queue", "cart: {kind: service", "cart: {kind: queue");
        row("slo", "front", "atomicSLORef", "openslo:other", "openslo:front-availability", "openslo:other");
        row("journey", "", "name", "basket", "{name: checkout}", "{name: basket}");
        row("window", "", "window", "7d", "window: 30d", "window: 7d");
    }

    void aTextFieldIsOneStep()
    {
        QFETCH(QString, select);
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QString, from);
        QFETCH(QString, to);
        Inspector it;
        if (select == QLatin1String("race"))
            it.open.selection.select(it.open.node(journey::OperatorType::Race));
        else if (!select.isEmpty())
            it.open.selection.select(it.open.call(select.toStdString()));
        const auto before = it.open.text();
        auto* edit = it.panel.findChild<ValueField*>(field);
        QVERIFY(edit != nullptr && edit->isVisible());
        if (typed.isEmpty())
            QTest::mouseClick(edit->findChild<QToolButton*>(QStringLiteral("reset")), Qt::LeftButton);
        else
            Inspector::replaceText(edit, qPrintable(typed));
        QTest::keyClick(edit->lineEdit(), Qt::Key_Return);
        QCOMPARE(edit->hint(), QString());
        QCOMPARE(QString::fromUtf8(it.open.text()), QString::fromUtf8(before).replace(from, to));
        QCOMPARE(it.open.document->undoStack()->count(), 1);
        it.open.document->undoStack()->undo();
        QCOMPARE(it.open.text(), before);
    }

    void theOperatorItselfIsAChoice()
    {
        Inspector it;
        it.open.selection.select(it.open.node(journey::OperatorType::Race));
        choose(it.panel.findChild<ChoiceField*>(QStringLiteral("type"))->comboBox(), 1);
        QVERIFY(it.open.node(journey::OperatorType::Race) == journey::Element::none());
        QVERIFY(it.open.text().contains("id: payment"));
    }

    void notesAreWrittenWhenTheFocusLeaves()
    {
        Inspector it;
        it.open.selection.select(it.open.call("cart"));
        const auto before = it.open.text();
        auto* notes = it.panel.findChild<NotesField*>()->textEdit();
        notes->setFocus();
        QTest::keyClicks(notes, QStringLiteral("two lines"));
        QCOMPARE(it.open.text(), before);
        QTest::keyClick(notes, Qt::Key_Tab);
        QVERIFY(it.open.text().contains("notes: two lines"));
        QCOMPARE(it.open.document->undoStack()->undoText(), QStringLiteral("Set notes of cart"));
    }

    void failureDomainsAreAddedAndRemoved()
    {
        Inspector it;
        it.open.selection.select(it.open.call("cart"));
        const auto before = it.open.text();
        auto* add = it.panel.findChild<QLineEdit*>(QStringLiteral("add"));
        QTest::keyClicks(add, QStringLiteral("zone-b"));
        QTest::keyClick(add, Qt::Key_Return);
        QVERIFY(it.open.text().contains("failureDomains: [zone-a, zone-b]"));
        QCOMPARE(add->text(), QString());
        auto* names = it.panel.findChild<QListWidget*>(QStringLiteral("names"));
        names->setFocus();
        names->setCurrentRow(1);
        QTest::keyClick(names, Qt::Key_Delete);
        QCOMPARE(it.open.text(), before);
        QTest::keyClicks(add, QStringLiteral("zone:"));
        QTest::keyClick(add, Qt::Key_Return);
        QCOMPARE(add->text(), QStringLiteral("zone:")); // refused: kept
        QCOMPARE(it.open.text(), before);
    }

    void choicesHaveLabelsAndCanBeRemoved()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("      - ref: front\n", "      - type: branch\n        choices:\n"
                                             "          - {label: card, probability: 0.6, body: {ref: paya}}\n"
                                             "          - {label: cash, probability: 0.4, body: {ref: front}}\n");
        Inspector it(text);
        it.open.selection.select(it.open.node(journey::OperatorType::Branch));
        Inspector::replaceText(it.fieldNamed("Label of cash"), "coins");
        QTest::keyClick(it.fieldNamed("Label of cash")->lineEdit(), Qt::Key_Return);
        QVERIFY(it.open.text().contains("label: coins"));
        Inspector::replaceText(it.fieldNamed("Probability of card"), "60 % ... 70 %");
        QTest::keyClick(it.fieldNamed("Probability of card")->lineEdit(), Qt::Key_Return);
        QVERIFY2(it.open.text().contains("probability: [0.6, 0.7]"), it.open.text().constData());
        QSignalSpy actions(&it.panel, &InspectorPanel::actionRequested);
        QTest::mouseClick(it.button("insertInto"), Qt::LeftButton);
        QCOMPARE(actions.value(0).value(0).toString(), QStringLiteral("journey.insertInto"));
        auto* remove = it.panel.findChild<QToolButton*>(QStringLiteral("remove.front"));
        QTest::mouseClick(remove, Qt::LeftButton);
        QVERIFY(!it.open.text().contains("coins"));
    }

    void objectivesAreAddedAndRemoved()
    {
        Inspector it;
        const auto before = it.open.text();
        QTest::mouseClick(it.button("objective.latency"), Qt::LeftButton);
        QVERIFY(it.open.document->intent().objectives.latency.has_value());
        QVERIFY(it.panel.findChild<ValueField*>(QStringLiteral("latency.threshold"))->isVisible());
        it.open.document->undoStack()->undo();
        QCOMPARE(it.open.text(), before);
        choose(it.panel.findChild<ChoiceField*>(QStringLiteral("governance.availability"))->comboBox(), 2);
        QVERIFY(it.open.document->intent().governance.availability == journey::AvailabilityAssumption::Optimistic);
    }

    void aFailureDomainRuleIsMadeAndEdited()
    {
        Inspector it;
        const auto before = it.open.text();
        auto* rules = it.panel.findChild<NamesField*>(QStringLiteral("rules"));
        auto* add = rules->findChild<QLineEdit*>(QStringLiteral("add"));
        QTest::keyClicks(add, QStringLiteral("network"));
        QTest::keyClick(add, Qt::Key_Return);
        auto* availability = it.panel.findChild<ValueField*>(QStringLiteral("rule.availability"));
        QVERIFY(!availability->isVisible()); // none is the current one
        rules->findChild<QListWidget*>(QStringLiteral("names"))->setCurrentRow(0);
        QVERIFY(availability->isVisible());
        Inspector::replaceText(availability, "99.9 %");
        QTest::keyClick(availability->lineEdit(), Qt::Key_Return);
        QCOMPARE(availability->hint(), QString());
        const auto& stated = it.open.document->intent().journey.domainRules;
        QCOMPARE(stated.size(), std::size_t(1));
        QCOMPARE(stated.front().name, std::string("network"));
        QCOMPARE(stated.front().availability->success(), 0.999);
        QTest::mouseClick(rules->findChild<QPushButton*>(QStringLiteral("remove")), Qt::LeftButton);
        QVERIFY(it.open.document->intent().journey.domainRules.empty());
        while (it.open.document->undoStack()->canUndo())
            it.open.document->undoStack()->undo();
        QCOMPARE(it.open.text(), before);
    }

    void whereUsedLeadsToTheCall()
    {
        Inspector it;
        it.open.selection.select(journey::Element::component("cart"));
        auto* link = it.panel.findChild<parts::TextLink*>(QStringLiteral("use"));
        QCOMPARE(link->text(), QStringLiteral("cart in Parallel"));
        QTest::mouseClick(link, Qt::LeftButton);
        QCOMPARE(it.open.document->selection()->current(), it.open.call("cart"));
    }

    void severalCallsAreSetAtOnce()
    {
        Inspector it;
        const auto before = it.open.text();
        it.open.selection.select({it.open.call("cart"), it.open.call("paya"), it.open.call("payb")});
        QVERIFY(it.shows("3 selected"));
        QVERIFY(it.shows("3 calls"));
        for (const auto* name : {"cart", "paya", "payb"})
            QVERIFY(it.shows(name));
        auto* availability = it.field("availability");
        QCOMPARE(availability->lineEdit()->text(), QString());
        QCOMPARE(availability->lineEdit()->placeholderText(), QStringLiteral("(several values)"));
        QCOMPARE(it.field("atomicSLORef")->lineEdit()->placeholderText(), QStringLiteral("openslo:NAME"));

        // Typed and taken back is no edit.
        Inspector::replaceText(availability, "9");
        availability->lineEdit()->clear();
        QTest::keyClick(availability->lineEdit(), Qt::Key_Return);
        QCOMPARE(it.open.text(), before);
        Inspector::replaceText(availability, "two");
        QVERIFY(!availability->hint().isEmpty());
        QTest::keyClick(availability->lineEdit(), Qt::Key_Escape);
        QCOMPARE(availability->hint(), QString());

        Inspector::replaceText(availability, "99.7 %");
        QTest::keyClick(availability->lineEdit(), Qt::Key_Return);
        const auto value = [&](const char* name) {
            return it.open.document->intent().journey.components.find(name)->inlineAvailability->success();
        };
        for (const auto* name : {"cart", "paya", "payb"})
            QCOMPARE(value(name), 0.997);
        QCOMPARE(value("pricing"), 0.999);
        QCOMPARE(availability->lineEdit()->text(), QStringLiteral("99.7 %"));
        QCOMPARE(it.open.document->undoStack()->count(), 1);
        QCOMPARE(it.open.document->undoStack()->undoText(), QStringLiteral("Set availability of 3 components"));
        it.open.document->undoStack()->undo();
        QCOMPARE(it.open.text(), before);
        QCOMPARE(availability->lineEdit()->text(), QString());
        QCOMPARE(availability->lineEdit()->placeholderText(), QStringLiteral("(several values)"));
    }

    void severalTypedTextOutlivesNewNumbers()
    {
        Inspector it;
        it.open.selection.select({it.open.call("cart"), it.open.call("paya")});
        auto* kind = it.field("kind");
        Inspector::replaceText(kind, "databa");
        it.open.units.setUnit(AvailabilityUnit::Nines); // all fields are told their values again
        QCOMPARE(kind->lineEdit()->text(), QStringLiteral("databa"));
        QTest::keyClicks(kind->lineEdit(), QStringLiteral("se"));
        QTest::keyClick(kind->lineEdit(), Qt::Key_Return);
        for (const auto* name : {"cart", "paya"})
            QCOMPARE(it.open.document->intent().journey.components.find(name)->kind, std::string("database"));
    }

    void severalComponentsHaveFieldsInCommon()
    {
        Inspector it;
        const auto component = [&](const char* name) {
            return *it.open.document->intent().journey.components.find(name);
        };
        it.open.selection.select({journey::Element::component("cart"), journey::Element::component("front")});
        QVERIFY(it.shows("2 components"));
        auto* calls = it.panel.findChild<ChoiceField*>(QStringLiteral("calls"));
        QCOMPARE(calls->comboBox()->currentIndex(), 0);
        choose(calls->comboBox(), 2);
        QVERIFY(*component("cart").independentCalls && *component("front").independentCalls);
        QCOMPARE(it.open.document->apply(
                     [&] {
                         auto one = component("cart");
                         one.independentCalls.reset();
                         return journey::SetComponent{one};
                     }(),
                     QStringLiteral("reset")),
                 QString());
        QCOMPARE(calls->comboBox()->currentIndex(), -1);
        QCOMPARE(calls->comboBox()->placeholderText(), QStringLiteral("(several values)"));

        auto* slo = it.field("atomicSLORef");
        QVERIFY(slo->findChild<QToolButton*>(QStringLiteral("reset"))->isVisible());
        QTest::mouseClick(slo->findChild<QToolButton*>(QStringLiteral("reset")), Qt::LeftButton);
        QVERIFY(component("front").atomicSloRef.empty() && component("cart").atomicSloRef.empty());

        // zone-a is the domain of both; what is added and removed is added to and removed from both.
        auto* domains = it.panel.findChild<NamesField*>(QStringLiteral("failureDomains"));
        QCOMPARE(domains->findChild<QListWidget*>(QStringLiteral("names"))->count(), 1);
        auto* add = domains->findChild<QLineEdit*>();
        QTest::keyClicks(add, QStringLiteral("rack"));
        QTest::keyClick(add, Qt::Key_Return);
        const std::vector<std::string> both{"zone-a", "rack"};
        QCOMPARE(component("cart").failureDomains, both);
        QCOMPARE(component("front").failureDomains, both);
        domains->findChild<QListWidget*>(QStringLiteral("names"))->setCurrentRow(0);
        QTest::mouseClick(domains->findChild<QPushButton*>(QStringLiteral("remove")), Qt::LeftButton);
        QCOMPARE(component("front").failureDomains, std::vector<std::string>{"rack"});
        QCOMPARE(component("cart").failureDomains, std::vector<std::string>{"rack"});
    }

    void severalOperatorsHaveParametersInCommon()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("        branches: [{ref: cart}, {ref: pricing}]\n",
                     "        branches: [{type: retry, attempts: 2, body: {ref: cart}}, "
                     "{type: retry, attempts: 4, body: {ref: pricing}}]\n");
        Inspector it(text);
        Selection retries;
        for (const auto& place : journey::nodePlaces(it.open.document->intent().journey)) {
            if (journey::typeOf(*place.node) == journey::OperatorType::Retry)
                retries.push_back(journey::Element::ofNode(place.node->id));
        }
        QCOMPARE(retries.size(), std::size_t{2});
        it.open.selection.select(retries);
        QVERIFY(it.shows("2 × retry"));
        QCOMPARE(it.field("attempts")->lineEdit()->placeholderText(), QStringLiteral("(several values)"));
        Inspector::replaceText(it.field("attempts"), "3");
        QTest::keyClick(it.field("attempts")->lineEdit(), Qt::Key_Return);
        Inspector::replaceText(it.field("backoff"), "100ms");
        QTest::keyClick(it.field("backoff")->lineEdit(), Qt::Key_Return);
        for (const auto& element : retries) {
            const auto node = journey::findNode(it.open.document->intent().journey, element.node);
            const auto& retry = std::get<journey::Retry>(node->op);
            QCOMPARE(retry.attempts, 3);
            QVERIFY(retry.backoff == std::optional<base::Duration>(std::chrono::milliseconds(100)));
        }
        QCOMPARE(it.open.document->undoStack()->count(), 2);

        auto* type = it.panel.findChild<ChoiceField*>(QStringLiteral("type"))->comboBox();
        QTest::keyClick(type, Qt::Key_Down); // timeout
        for (const auto& element : retries) {
            const auto node = journey::findNode(it.open.document->intent().journey, element.node);
            QVERIFY(journey::typeOf(*node) == journey::OperatorType::Timeout);
        }
        QVERIFY(it.field("deadline") != nullptr);
    }

    void whatHasNothingInCommonIsCounted()
    {
        Inspector it;
        it.open.selection.select({it.open.node(journey::OperatorType::Race), it.open.call("cart")});
        QVERIFY(it.shows("2 selected"));
        QVERIFY(it.shows("1 call, 1 × race"));
        QCOMPARE(it.panel.findChildren<ValueField*>().size(), 0);
        for (auto* link : it.panel.findChildren<parts::TextLink*>(QStringLiteral("selected"))) {
            if (link->text() == QStringLiteral("cart"))
                QTest::mouseClick(link, Qt::LeftButton);
        }
        QCOMPARE(it.open.document->selection()->elements(), Selection{it.open.call("cart")});
    }

    void fieldsOfAReadOnlyDocumentLookSo_data()
    {
        QTest::addColumn<QStringList>("selected");
        QTest::newRow("the journey") << QStringList();
        QTest::newRow("a component") << QStringList{QStringLiteral("front")};
        QTest::newRow("several") << QStringList{QStringLiteral("front"), QStringLiteral("cart")};
    }
    void fieldsOfAReadOnlyDocumentLookSo()
    {
        QFETCH(QStringList, selected);
        Inspector it;
        Selection elements;
        for (const auto& name : selected)
            elements.push_back(journey::Element::component(name.toStdString()));
        it.open.selection.select(elements);
        const auto* notice = it.panel.findChild<QLabel*>(QStringLiteral("notice"));
        const auto whole = it.open.document->text();
        const auto check = [&](bool editable) {
            QCOMPARE(notice->isVisible(), !editable);
            const auto lines = it.panel.findChildren<QLineEdit*>();
            QVERIFY(!lines.isEmpty());
            for (const auto* line : lines) {
                QCOMPARE(line->isReadOnly(), !editable);
                QCOMPARE(line->palette().color(QPalette::Base) == theme::surface(), editable);
            }
            for (const auto* box : it.panel.findChildren<QComboBox*>())
                QCOMPARE(box->isEnabled(), editable);
            for (const auto* notes : it.panel.findChildren<QPlainTextEdit*>())
                QCOMPARE(notes->isReadOnly(), !editable);
            for (const auto* button : it.panel.findChildren<QPushButton*>()) {
                if (!editable)
                    QVERIFY2(!button->isEnabled() || !button->isVisible(), qPrintable(button->text()));
            }
        };
        check(true);
        QCOMPARE(it.open.document->setText(whole + "x: ["), QString()); // no journey as it stands
        check(false);
        QVERIFY(!notice->text().isEmpty());
        it.open.document->undoStack()->undo();
        check(true);
    }

    void undoThatBringsAnotherPageKeepsTheFocus()
    {
        Inspector it;
        auto* document = it.open.document.get();
        const auto select = [&](const journey::Element& element) { it.open.selection.select(element); };
        select(journey::Element::component("cart"));
        it.field("kind")->lineEdit()->setFocus();
        select(journey::Element::component("paya"));
        QVERIFY(it.field("kind")->lineEdit()->hasFocus()); // the field of the same name
        select(it.open.node(journey::OperatorType::Race));
        QVERIFY(it.panel.findChild<QScrollArea*>()->hasFocus()); // none has this name: no other takes it
        QCOMPARE(document->undoStack()->count(), 0);
    }

    void noJourneyAtAll()
    {
        OpenJourney open("hello: [\n");
        InspectorPanel panel(open.document.get(), &open.selection, &open.units);
        panel.show();
        QCOMPARE(panel.findChildren<ValueField*>().size(), 0);
    }
};

QTEST_MAIN(TestInspectorPanel)
#include "tst_inspectorpanel.moc"
