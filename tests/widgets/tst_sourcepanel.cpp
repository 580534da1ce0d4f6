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
        auto* code = panel.findChild<CodeView*>();
        QVERIFY(code->isReadOnly());
        QCOMPARE(code->toPlainText(), QString::fromUtf8(CheckoutFolder::intentText()));
        const journey::SetAvailability edit{"paya", base::Ratio(*base::Decimal::parse("0.9"))};
        QCOMPARE(open.document->apply(edit, QStringLiteral("set")), QString());
        QCOMPARE(code->toPlainText(), QString::fromUtf8(open.text()));
        open.document->undoStack()->undo();
        QCOMPARE(code->toPlainText(), QString::fromUtf8(CheckoutFolder::intentText()));
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
