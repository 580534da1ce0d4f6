// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/panels/codeview.h"
#include "widgets/panels/sourcepanel.h"

#include <QLabel>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::OpenJourney;

class TestSourcePanel : public QObject
{
    Q_OBJECT

private slots:
    void theDocumentsTextFollows()
    {
        OpenJourney open;
        SourcePanel panel(open.document.get(), &open.selection);
        panel.QWidget::show();
        auto* code = panel.findChild<CodeView*>();
        QVERIFY(!code->isReadOnly());
        QCOMPARE(code->toPlainText(), QString::fromUtf8(CheckoutFolder::intentText()));
        const journey::SetAvailability edit{"paya", base::Ratio(*base::Decimal::parse("0.9"))};
        QCOMPARE(open.document->apply(edit, QStringLiteral("set")), QString());
        QCOMPARE(code->toPlainText(), QString::fromUtf8(open.text()));
        open.document->undoStack()->undo();
        QCOMPARE(code->toPlainText(), QString::fromUtf8(CheckoutFolder::intentText()));
        // Out of sight it costs nothing, and it is up to date as it comes into sight.
        panel.hide();
        open.document->undoStack()->redo();
        QCOMPARE(code->toPlainText(), QString::fromUtf8(CheckoutFolder::intentText()));
        panel.QWidget::show();
        QCOMPARE(code->toPlainText(), QString::fromUtf8(open.text()));
    }

    void aFileFromDisk()
    {
        OpenJourney open;
        SourcePanel panel(open.document.get(), &open.selection);
        panel.show({open.folder.path(QStringLiteral("slo.yaml")).toStdString(), 9, 1});
        auto* code = panel.findChild<CodeView*>();
        QCOMPARE(code->toPlainText(), QString::fromUtf8(open.folder.read(QStringLiteral("slo.yaml"))));
        QCOMPARE(code->shownLine(), 9);
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("title"))->text().startsWith(QLatin1String("slo.yaml")));
        // A change of the document does not touch another file's text.
        const journey::SetAvailability edit{"paya", base::Ratio(*base::Decimal::parse("0.9"))};
        QCOMPARE(open.document->apply(edit, QStringLiteral("set")), QString());
        QVERIFY(code->toPlainText().startsWith(QLatin1String("apiVersion: openslo/v1")));
        panel.show({open.document->path().toStdString(), 3, 1});
        QCOMPARE(code->toPlainText(), QString::fromUtf8(open.text()));
    }

    void whatIsTypedIsTheDocuments_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("as written here") << CheckoutFolder::intentText();
        QTest::newRow("Windows line ends") << CheckoutFolder::intentText().replace("\n", "\r\n");
        QTest::newRow("no-break space") << CheckoutFolder::intentText().replace("the contract", "the\u00a0contract");
    }
    void whatIsTypedIsTheDocuments()
    {
        QFETCH(QByteArray, text);
        OpenJourney open(text);
        SourcePanel panel(open.document.get(), &open.selection);
        panel.QWidget::show();
        auto* code = panel.findChild<CodeView*>();
        code->setFocus();
        QTest::keyClick(code, Qt::Key_End);
        QTest::keyClicks(code, QStringLiteral(" of ours"));
        QCOMPARE(open.text(), text); // not with every key
        auto expected = text;
        expected.replace("# Checkout", "# Checkout of ours");
        QTRY_COMPARE(open.text(), expected);
        QCOMPARE(open.document->undoStack()->count(), 1);
        QTest::keyClick(code, Qt::Key_Return);
        panel.commitPending();
        expected.replace("of ours", text.contains("\r\n") ? "of ours\r\n" : "of ours\n");
        QCOMPARE(open.text(), expected);
        QTest::keyClick(code, Qt::Key_Z, Qt::ControlModifier);
        while (open.document->undoStack()->canUndo())
            QTest::keyClick(code, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(open.text(), text);
    }

    void aTextThatDoesNotParseSaysSo()
    {
        OpenJourney open;
        SourcePanel panel(open.document.get(), &open.selection);
        panel.QWidget::show();
        auto* code = panel.findChild<CodeView*>();
        auto* status = panel.findChild<QLabel*>(QStringLiteral("status"));
        QVERIFY(!status->isVisible());
        code->setFocus();
        QTest::keyClick(code, Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClicks(code, QStringLiteral("]"));
        panel.commitPending();
        QVERIFY(!open.document->isEditable());
        QVERIFY(status->isVisible());
        QTRY_VERIFY2(status->text().contains(QLatin1String("line 1")), qPrintable(status->text()));
        QTest::keyClick(code, Qt::Key_Backspace);
        panel.commitPending();
        QVERIFY(open.document->isEditable());
        QVERIFY(!status->isVisible());
    }

    void anEditElsewhereKeepsTheCursor()
    {
        OpenJourney open;
        SourcePanel panel(open.document.get(), &open.selection);
        panel.QWidget::show();
        panel.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        auto* code = panel.findChild<CodeView*>();
        code->setFocus();
        auto cursor = code->textCursor();
        cursor.setPosition(static_cast<int>(code->toPlainText().indexOf(QLatin1String("pricing: {"))));
        code->setTextCursor(cursor);
        const journey::SetAvailability edit{"cart", base::Ratio(*base::Decimal::parse("0.9"))};
        QCOMPARE(open.document->apply(edit, QStringLiteral("set")), QString());
        QCOMPARE(code->toPlainText().mid(code->textCursor().position(), 8), QStringLiteral("pricing:"));
    }

    void aReturnKeepsTheIndentAndTabsAreBlanks()
    {
        CodeView code(nullptr);
        code.setCode(QStringLiteral("a:\n  b"));
        code.setEditable(true);
        QTest::keyClick(&code, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClick(&code, Qt::Key_Return);
        QTest::keyClicks(&code, QStringLiteral("c"));
        QTest::keyClick(&code, Qt::Key_Tab);
        QCOMPARE(code.toPlainText(), QStringLiteral("a:\n  b\n  c "));
    }

    void theSelectionIsLit()
    {
        OpenJourney open;
        SourcePanel panel(open.document.get(), &open.selection);
        open.selection.select(journey::Element::component("pricing"));
        auto* code = panel.findChild<CodeView*>();
        const auto line = code->toPlainText().split(QLatin1Char('\n')).value(code->shownLine() - 1);
        QVERIFY2(line.contains(QLatin1String("pricing:")), qPrintable(line));
    }

    void whatCannotBeShownSaysWhy_data()
    {
        QTest::addColumn<bool>("exists");
        QTest::newRow("missing") << false;
        QTest::newRow("too large") << true;
    }
    void whatCannotBeShownSaysWhy()
    {
        QFETCH(bool, exists);
        OpenJourney open;
        const auto name = QStringLiteral("other.yaml");
        if (exists)
            open.folder.write(name, QByteArray(4 * 1024 * 1024 + 1, '#'));
        SourcePanel panel(open.document.get(), &open.selection);
        panel.QWidget::show();
        panel.show({open.folder.path(name).toStdString(), 1, 1});
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("message"))->isVisible());
        QVERIFY(!panel.findChild<CodeView*>()->isVisible());
    }

    void windowsLineEnds()
    {
        CodeView code(nullptr);
        code.setCode(QStringLiteral("a\r\nb\rc\n"));
        QCOMPARE(code.toPlainText(), QStringLiteral("a\nb\nc\n"));
        QCOMPARE(code.blockCount(), 4);
    }
};

QTEST_MAIN(TestSourcePanel)
#include "tst_sourcepanel.moc"
