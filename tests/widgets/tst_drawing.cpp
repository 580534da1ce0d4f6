// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkoutfolder.h"
#include "widgets/drawing/drawingexport.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTest>
#include <QXmlStreamReader>

#include <gvc.h>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

namespace {

/// Two steps that use a fragment, with numbers longer than most, an external dependency, one that is not stated, and
/// names that mean something to XML, HTML and dot.
QByteArray hostileText()
{
    return "apiVersion: emac.dev/v1alpha1\n"
           "kind: JourneyIntent\n"
           "metadata: {name: hostile, displayName: '<b>\"Pay\" & go</b> \\N'}\n"
           "spec:\n"
           "  objectives: {availability: {window: 30d, target: 0.995}}\n"
           "  operator:\n"
           "    type: series\n"
           "    steps:\n"
           "      - {use: 'pay\\l\"way\"'}\n"
           "      - {type: branch, choices: [{label: '<i>', probability: 0.7, body: {ref: '&lt;cart>'}},\n"
           "                                 {probability: 0.3, body: {use: 'pay\\l\"way\"'}}]}\n"
           "      - {type: fallback, primary: {ref: '&lt;cart>'}, alternates: [{ref: sketch}]}\n"
           "  fragments:\n"
           "    'pay\\l\"way\"': {type: race, branches: [{ref: north}, {ref: south}]}\n"
           "  components:\n"
           "    '&lt;cart>': {kind: external_dependency, availability: 0.999, failureDomains: [a]}\n"
           "    sketch: {kind: service, failureDomains: [a]}\n"
           "    north: {kind: service, availability: 0.99999124, failureDomains: [b]}\n"
           "    south: {kind: service, availability: 0.99992351, failureDomains: [b]}\n";
}

/// Sixty calls: a root series of twenty steps, some of them operators.
QByteArray sixtyCalls()
{
    QByteArray steps;
    QByteArray components;
    int count = 0;
    const auto call = [&]() -> QByteArray {
        const QByteArray name = "service-" + QByteArray::number(++count);
        components += "    " + name + ": {kind: service, availability: 0.9999, failureDomains: [z"
                      + QByteArray::number(count % 3) + "]}\n";
        return "{ref: " + name + "}";
    };
    for (int step = 0; step < 20; ++step) {
        switch (step % 4) {
        case 0:
            steps += "      - " + call() + "\n";
            break;
        case 1:
            steps += "      - {type: parallel, branches: [" + call() + ", " + call() + ", " + call() + "]}\n";
            break;
        case 2:
            steps += "      - {type: timeout, deadline: 2s, body: {type: retry, attempts: 3, backoff: 20ms, body: "
                     "{type: series, steps: ["
                     + call() + ", " + call() + "]}}}\n";
            break;
        default:
            steps += "      - {type: fallback, primary: {type: race, branches: [" + call() + ", " + call()
                     + "]}, alternates: [{type: kofn, k: 2, branches: [" + call() + ", " + call() + ", " + call()
                     + "]}, " + call() + "]}\n";
        }
    }
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: sixty}\nspec:\n"
           "  objectives: {availability: {window: 30d, target: 0.99}}\n  operator:\n    type: series\n    steps:\n"
           + steps + "  components:\n" + components;
}

QByteArray longSeries(int calls)
{
    QByteArray steps;
    for (int i = 0; i < calls; ++i)
        steps += "{ref: a}, ";
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: long}\nspec:\n"
           "  operator: {type: series, steps: ["
           + steps + "]}\n  components: {a: {kind: service, availability: 0.999, failureDomains: [x]}}\n";
}

std::unique_ptr<JourneyDocument> opened(const CheckoutFolder& folder, const QString& name)
{
    return std::make_unique<JourneyDocument>(workspace::openIntent(folder.path(name).toStdString()));
}

base::Diagnostics exported(const JourneyDocument& document, const QString& path, double scale = 2,
                           AvailabilityUnit unit = AvailabilityUnit::Percent)
{
    std::optional<base::Diagnostics> outcome;
    DrawingExport drawing(&document, path, {scale, unit});
    QObject::connect(&drawing, &DrawingExport::finished, &drawing,
                     [&](const base::Diagnostics& failures) { outcome = failures; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(outcome, 60'000); }();
    return outcome.value_or(base::Diagnostics{{{base::Code::AnalysisStopped, {}}, {}}});
}

/// The file that the journey of this text is drawn into; empty where it is not.
QByteArray drawn(const QByteArray& text, const QString& suffix, double scale = 2)
{
    const CheckoutFolder folder;
    folder.write(QStringLiteral("journey.yaml"), text);
    const QString name = QStringLiteral("drawing.") + suffix;
    if (!exported(*opened(folder, QStringLiteral("journey.yaml")), folder.path(name), scale).empty())
        return {};
    return folder.read(name);
}

QImage picture(const QByteArray& png)
{
    return QImage::fromData(png, "PNG");
}

struct Svg
{
    bool wellFormed = false;
    QSize size;
    QString title;
    QString description;
    QStringList texts;
};

Svg read(const QByteArray& bytes)
{
    Svg svg;
    QXmlStreamReader reader(bytes);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == QStringLiteral("svg")) {
            const auto box = reader.attributes().value(QStringLiteral("viewBox")).toString().split(u' ');
            svg.size = {box.value(2).toInt(), box.value(3).toInt()};
        } else if (reader.name() == QStringLiteral("title")) {
            svg.title = reader.readElementText();
        } else if (reader.name() == QStringLiteral("desc")) {
            svg.description = reader.readElementText();
        } else if (reader.name() == QStringLiteral("text")) {
            svg.texts << reader.readElementText().trimmed();
        }
    }
    svg.wellFormed = !reader.hasError();
    return svg;
}

/// Of what is not white.
QRect inked(const QImage& image)
{
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != qRgb(255, 255, 255))
                ink |= QRect(x, y, 1, 1);
        }
    }
    return ink;
}

} // namespace

class TestDrawing : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void theEndOfTheNameSaysTheForm_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("form"); // none where it is empty
        QTest::newRow("svg") << "a/b.svg"
                             << "svg";
        QTest::newRow("capitals") << "/x/B.PNG"
                                  << "png";
        QTest::newRow("two dots") << "checkout.v2.pdf"
                                  << "pdf";
        QTest::newRow("dot") << "c.dot"
                             << "dot";
        QTest::newRow("other") << "c.jpg"
                               << "";
        QTest::newRow("none") << "svg"
                              << "";
        QTest::newRow("of the folder") << "a.svg/b"
                                       << "";
    }
    void theEndOfTheNameSaysTheForm()
    {
        QFETCH(QString, path);
        const auto form = drawingFormOf(path);
        QTEST(form ? suffixOf(*form) : QString(QLatin1String("")), "form");
    }

    void svgSaysWhatTheCanvasShows()
    {
        const auto svg = read(drawn(CheckoutFolder::intentText(), QStringLiteral("svg")));
        QVERIFY(svg.wellFormed);
        QCOMPARE(svg.title, QStringLiteral("checkout"));
        QVERIFY(svg.description.contains(QStringLiteral("Series(front, Parallel(cart, pricing), Race(paya, payb))")));
        for (const auto* text :
             {"checkout", "FAIL", "front", "cart", "pricing", "paya", "payb", "Parallel", "Race · payment",
              "hedged by 50ms", "99.9500 %", "99.900 %", "99.800 %", "99.500 % … 99.99750 %", "External dependency"})
            QVERIFY2(svg.texts.contains(QString::fromUtf8(text)), text);
        QVERIFY(svg.texts.filter(QStringLiteral("99.251 % … 99.747 %, objective 99.5 %")).size() == 1);
        QVERIFY(svg.texts.filter(QStringLiteral("is missed by at least")).size() == 1);
    }

    void namesAreShownAsTheyAre()
    {
        const auto bytes = drawn(hostileText(), QStringLiteral("svg"));
        const auto svg = read(bytes);
        QVERIFY(svg.wellFormed);
        QCOMPARE(svg.title, QStringLiteral("<b>\"Pay\" & go</b> \\N"));
        for (const auto* text : {"<b>\"Pay\" & go</b> \\N", "pay\\l\"way\"", "&lt;cart>", "<i>"})
            QVERIFY2(svg.texts.contains(QString::fromUtf8(text)), text);
        // A viewer with another typeface keeps their widths.
        QCOMPARE(bytes.count("<text "), bytes.count("textLength=\""));
        QVERIFY(bytes.contains(", Arial, sans-serif\""));
    }

    void aFragmentIsDrawnBelowAndNoNumberIsCut()
    {
        const auto svg = read(drawn(hostileText(), QStringLiteral("svg")));
        QCOMPARE(svg.texts.count(QStringLiteral("pay\\l\"way\"")), 3); // two uses, and the heading
        QCOMPARE(svg.texts.filter(QStringLiteral("used 2×")).size(), 3);
        QVERIFY(svg.texts.contains(QStringLiteral("used 2× · 99.999124 % … 100 % − 6.7e-08 %")));
        QCOMPARE(svg.texts.count(QStringLiteral("99.999124 % … 100 % − 6.7e-08 %")),
                 3); // two uses, and the race's frame
        QCOMPARE(svg.texts.count(QStringLiteral("north")), 1);
        QCOMPARE(svg.texts.filter(QRegularExpression(QStringLiteral("…$"))).size(), 0);
    }

    void theLegendExplainsWhatIsThere()
    {
        const auto external = QStringLiteral("External dependency");
        const auto notStated = QStringLiteral("Availability not stated: taken as anything from 0 to 100 %");
        const auto budget = QStringLiteral("Unavailability of a node by itself, against the error budget");
        const auto hostile = read(drawn(hostileText(), QStringLiteral("svg"))).texts;
        QVERIFY(hostile.contains(external) && hostile.contains(notStated) && hostile.contains(budget));
        const auto plain = read(drawn(longSeries(3), QStringLiteral("svg"))).texts;
        QVERIFY(!plain.contains(external) && !plain.contains(notStated) && !plain.contains(budget));
    }

    void allFormsHaveTheSizeOfTheContent()
    {
        const auto size = read(drawn(CheckoutFolder::intentText(), QStringLiteral("svg"))).size;
        for (const double scale : {1.0, 2.0, 0.5}) {
            const auto image = picture(drawn(CheckoutFolder::intentText(), QStringLiteral("png"), scale));
            QVERIFY(std::abs(image.width() - size.width() * scale) <= 1);
            QVERIFY(std::abs(image.height() - size.height() * scale) <= 1);
            QCOMPARE(qRound(image.dotsPerMeterX() * 0.0254), qRound(96 * scale)); // as large on paper
            // A margin on all sides, and no more than that left, above and below.
            const auto ink = inked(image);
            const double margin = 24 * scale;
            QVERIFY(ink.left() >= margin - 4 * scale && ink.left() <= margin + 4 * scale);
            QVERIFY(ink.top() >= margin - 4 * scale && ink.top() <= margin + 12 * scale);
            QVERIFY(image.width() - ink.right() >= margin - 4 * scale);
            QVERIFY(image.height() - ink.bottom() >= margin - 4 * scale
                    && image.height() - ink.bottom() <= margin + 8 * scale);
        }
        const auto pdf = QString::fromLatin1(drawn(CheckoutFolder::intentText(), QStringLiteral("pdf")));
        const auto box = QRegularExpression(QStringLiteral(R"(/MediaBox \[0 0 ([\d.]+) ([\d.]+)\])")).match(pdf);
        QVERIFY(box.hasMatch());
        QVERIFY(std::abs(box.captured(1).toDouble() - size.width() * 0.75) <= 1);
        QVERIFY(std::abs(box.captured(2).toDouble() - size.height() * 0.75) <= 1);
        QCOMPARE(pdf.count(QRegularExpression(QStringLiteral(R"(/Type /Page\b)"))), 1);
    }

    void svgAndPngAreTheSamePicture()
    {
        // Qt's own reader knows one typeface for a text.
        auto bytes = drawn(hostileText(), QStringLiteral("svg"));
        bytes.replace(", Arial, sans-serif\"", "\"");
        QSvgRenderer renderer(bytes);
        QImage image(renderer.viewBox().size(), QImage::Format_RGB32);
        image.fill(Qt::red);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        painter.end();
        const auto expected = picture(drawn(hostileText(), QStringLiteral("png"), 1));
        QCOMPARE(image.size(), expected.size());
        // Blurred: antialiasing differs by a hair.
        const auto few = QSize(image.width() / 8, image.height() / 8);
        const auto a = image.scaled(few, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        const auto b = expected.scaled(few, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        int differing = 0;
        for (int y = 0; y < few.height(); ++y) {
            for (int x = 0; x < few.width(); ++x) {
                const QColor one(a.pixel(x, y));
                const QColor other(b.pixel(x, y));
                if (std::abs(one.red() - other.red()) + std::abs(one.green() - other.green())
                        + std::abs(one.blue() - other.blue())
                    > 90)
                    ++differing;
            }
        }
        QVERIFY2(differing * 200 < few.width() * few.height(), qPrintable(QString::number(differing)));
    }

    void sameBytesWhateverTheDesktopLooksLike_data()
    {
        QTest::addColumn<QString>("suffix");
        for (const auto* suffix : {"svg", "png", "pdf", "dot"})
            QTest::newRow(suffix) << QString::fromLatin1(suffix);
    }
    void sameBytesWhateverTheDesktopLooksLike()
    {
        QFETCH(QString, suffix);
        const auto light = drawn(hostileText(), suffix);
        QVERIFY(!light.isEmpty());
        const auto palette = QApplication::palette();
        const auto font = QApplication::font();
        QApplication::setPalette(QPalette(QColor(0x20, 0x20, 0x24), QColor(0x10, 0x10, 0x12)));
        auto large = font;
        large.setPointSizeF(font.pointSizeF() * 1.7);
        QApplication::setFont(large);
        QTest::qWait(1100); // another second, for those who would write the time
        const auto dark = drawn(hostileText(), suffix);
        QApplication::setPalette(palette);
        QApplication::setFont(font);
        QCOMPARE(dark, light);
        if (suffix == QStringLiteral("png"))
            QCOMPARE(picture(dark).pixelColor(2, 2), QColor(Qt::white));
    }

    void longSeriesAreBrokenIntoRows()
    {
        const auto size = read(drawn(sixtyCalls(), QStringLiteral("svg"))).size;
        QVERIFY2(size.width() <= 2 * size.height(),
                 qPrintable(QStringLiteral("%1 × %2").arg(size.width()).arg(size.height())));
        const auto short3 = read(drawn(longSeries(3), QStringLiteral("svg"))).size;
        QVERIFY(short3.width() > 2 * short3.height()); // one row is fine
    }

    void anEmptyJourneySaysSo()
    {
        const auto svg = read(drawn("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: blank}\n"
                                    "spec: {objectives: {availability: {window: 30d, target: 0.99}}}\n",
                                    QStringLiteral("svg")));
        QVERIFY(svg.texts.contains(QStringLiteral("blank")));
        QVERIFY(svg.texts.filter(QStringLiteral("the journey is empty")).size() == 1);
    }

    void theNewestNumbersAreDrawn()
    {
        const CheckoutFolder folder;
        const auto document = opened(folder, QStringLiteral("checkout.yaml"));
        QTRY_VERIFY(document->evaluation());
        QCOMPARE(document->apply(journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse("0.9871"))},
                                 QStringLiteral("set cart")),
                 QString());
        QVERIFY(exported(*document, folder.path(QStringLiteral("d.svg"))).empty());
        QVERIFY(read(folder.read(QStringLiteral("d.svg"))).texts.contains(QStringLiteral("98.71 %")));
    }

    void numbersReadAsTheWindowDoes()
    {
        const CheckoutFolder folder;
        const auto document = opened(folder, QStringLiteral("checkout.yaml"));
        QVERIFY(exported(*document, folder.path(QStringLiteral("d.svg")), 2, AvailabilityUnit::Downtime).empty());
        const auto texts = read(folder.read(QStringLiteral("d.svg"))).texts;
        QVERIFY(texts.contains(QStringLiteral("43 min 12 s"))); // of cart: 0.001 of 30 days
        QCOMPARE(texts.filter(QStringLiteral("99.900 %")).size(), 0);
        QCOMPARE(texts.filter(QStringLiteral("Numbers: downtime in 30 d from A⁻")).size(), 1);
    }

    void whatCannotBeDrawnLeavesTheFileAsItWas_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("file");
        QTest::addColumn<double>("scale");
        QTest::addColumn<int>("code");
        using base::Code;
        const auto small = longSeries(3);
        QTest::newRow("no form") << small << "d.jpg" << 2.0 << int(Code::DrawingFormUnknown);
        QTest::newRow("too many pixels") << small << "d.png" << 30.0 << int(Code::DrawingTooLarge);
        QTest::newRow("too long") << small << "d.png" << 60.0 << int(Code::DrawingTooLarge);
        QTest::newRow("too many calls") << longSeries(5001) << "d.svg" << 2.0 << int(Code::JourneyTooLargeToDraw);
        QTest::newRow("no folder") << small << "none/d.svg" << 2.0 << int(Code::FileNotWritten);
        QTest::newRow("a folder") << small << "folder.dot" << 2.0 << int(Code::FileNotWritten);
    }
    void whatCannotBeDrawnLeavesTheFileAsItWas()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, file);
        QFETCH(double, scale);
        const CheckoutFolder folder;
        folder.write(QStringLiteral("journey.yaml"), text);
        QDir().mkdir(folder.path(QStringLiteral("folder.dot")));
        const bool there = !file.contains(u'/') && file != QStringLiteral("folder.dot");
        if (there)
            folder.write(file, "before");
        const auto failures = exported(*opened(folder, QStringLiteral("journey.yaml")), folder.path(file), scale);
        QCOMPARE(failures.size(), std::size_t{1});
        QTEST(int(failures.front().message.code), "code");
        QCOMPARE(QString::fromStdString(failures.front().place.file), folder.path(file));
        if (there)
            QCOMPARE(folder.read(file), QByteArray("before"));
    }

    void dotIsAcceptedByGraphviz()
    {
        const auto text = drawn(hostileText(), QStringLiteral("dot"));
        auto* graph = agmemread(text.constData());
        QVERIFY(graph != nullptr);
        QStringList labels;
        for (auto* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node))
            labels << QString::fromUtf8(agget(node, const_cast<char*>("label")));
        labels.removeAll(QString()); // marks
        QCOMPARE(labels.size(), 7); // of calls and uses, in the tree and in the fragment
        int clusters = 0;
        for (auto* part = agfstsubg(graph); part != nullptr; part = agnxtsubg(part))
            ++clusters;
        QCOMPARE(clusters, 3); // branch, fallback, fragment; the race lies in the last

        auto* context = gvContext();
        QCOMPARE(gvLayout(context, graph, "dot"), 0);
        char* rendered = nullptr;
        unsigned int length = 0;
        QCOMPARE(gvRenderData(context, graph, "svg", &rendered, &length), 0);
        const QByteArray bytes(rendered, int(length));
        gvFreeRenderData(rendered);
        gvFreeLayout(context, graph);
        agclose(graph);
        gvFreeContext(context);
        const auto svg = read(bytes);
        QVERIFY(svg.wellFormed);
        for (const auto* shown : {"<b>\"Pay\" & go</b> \\N", "pay\\l\"way\"", "&lt;cart>", "<i>", "70 %", "used 2×",
                                  "99.900 %", "Fragment pay\\l\"way\", used 2×", "not stated"})
            QVERIFY2(svg.texts.contains(QString::fromUtf8(shown)), shown);
    }
};

QTEST_MAIN(TestDrawing)
#include "tst_drawing.moc"
