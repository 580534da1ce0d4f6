// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/sourcepanel.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/refreshwhenseen.h"
#include "widgets/common/theme.h"
#include "widgets/panels/codeview.h"
#include "widgets/panels/fields.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace emac::widgets {

namespace {

constexpr int mostLines = 100'000;
constexpr int typingPause = 300; // ms
constexpr qint64 mostBytes = 4 * 1024 * 1024;

} // namespace

struct SourcePanel::Private
{
    JourneyDocument* document;
    SelectionModel* selection;
    QLabel* title;
    QStackedWidget* pages;
    CodeView* code;
    QLabel* message;
    QLabel* status;
    QString path; ///< what is shown
    bool ownText = true; ///< which is the document's own
    QString plain; ///< the document's text as the editor has it
    QTimer pause; ///< since a key was pressed
    bool telling = false; ///< the document is being told, or the editor

    bool showsDocument() const { return ownText; }

    void setPath(const QString& file)
    {
        path = file;
        ownText = file == document->path();
        const QFileInfo info(file);
        title->setText(SourcePanel::tr("%1 — %2").arg(info.fileName(), QDir::toNativeSeparators(info.path())));
        title->setToolTip(parts::plainToolTip(file));
    }

    void say(const QString& text)
    {
        message->setText(text);
        pages->setCurrentWidget(message);
    }

    QString tooLarge(qint64 bytes) const
    {
        return SourcePanel::tr("This file has %1; at most %2 are shown here.")
            .arg(QLocale().formattedDataSize(bytes), QLocale().formattedDataSize(mostBytes));
    }

    void showText(const QByteArray& text)
    {
        const QScopedValueRollback quiet(telling, true);
        code->setCode(QString::fromUtf8(text));
        plain = code->toPlainText();
        // A byte that is no text would not come back as it was.
        code->setEditable(ownText && !document->isReadOnly() && QString::fromUtf8(text).toUtf8() == text);
        code->setAccessibleName(code->isReadOnly() ? SourcePanel::tr("Text of the file, read-only")
                                                   : SourcePanel::tr("Text of the journey"));
        pages->setCurrentWidget(code);
    }

    void showDocumentText()
    {
        const auto text = document->text();
        if (static_cast<qint64>(text.size()) > mostBytes)
            say(tooLarge(static_cast<qint64>(text.size())));
        else if (std::ranges::count(text, '\n') > mostLines)
            say(SourcePanel::tr("This file has more than %1 lines: too many to show here.").arg(mostLines));
        else
            showText(QByteArray::fromStdString(text));
    }

    void showFile()
    {
        QFile file(path);
        if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
            say(SourcePanel::tr("This file cannot be read: %1")
                    .arg(file.error() == QFile::NoError ? SourcePanel::tr("it is no file") : file.errorString()));
            return;
        }
        if (file.size() > mostBytes)
            say(tooLarge(file.size()));
        else
            showText(file.read(mostBytes));
    }

    /// The document's text with what was typed in it; all else keeps its bytes, its line ends among them.
    std::string typed() const
    {
        const auto now = code->toPlainText();
        const auto original = QString::fromStdString(document->text());
        std::vector<qsizetype> places; // of each character of `plain` in the original
        for (qsizetype i = 0; i < original.size(); ++i) {
            if (i == 0 || original[i] != u'\n' || original[i - 1] != u'\r')
                places.push_back(i);
        }
        places.push_back(original.size());
        if (places.size() != static_cast<std::size_t>(plain.size()) + 1)
            return now.toStdString();
        const auto head = std::ranges::mismatch(plain, now).in1 - plain.begin();
        const auto most = std::min(plain.size(), now.size()) - head;
        qsizetype tail = 0;
        while (tail < most && plain[plain.size() - tail - 1] == now[now.size() - tail - 1])
            ++tail;
        auto middle = now.mid(head, now.size() - tail - head);
        if (original.contains(QLatin1String("\r\n")))
            middle.replace(QLatin1String("\n"), QLatin1String("\r\n"));
        const auto begin = places[static_cast<std::size_t>(head)];
        const auto end = places[static_cast<std::size_t>(plain.size() - tail)];
        return QString(original.left(begin) + middle + original.mid(end)).toStdString();
    }

    void commit()
    {
        pause.stop();
        if (!ownText || code->isReadOnly() || code->toPlainText() == plain)
            return;
        const auto text = typed();
        {
            const QScopedValueRollback quiet(telling, true);
            plain = code->toPlainText();
            if (const auto refusal = document->setText(text); !refusal.isEmpty())
                status->setText(refusal);
        }
        showStatus();
    }

    /// Why the text is no journey.
    void showStatus()
    {
        QString text;
        if (ownText && !document->value().parses) {
            text = SourcePanel::tr("This text is no journey yet.");
            for (const auto& diagnostic : document->diagnostics()) {
                if (diagnostic.severity() == base::Severity::Error) {
                    text = SourcePanel::tr("No journey yet: line %1: %2")
                               .arg(diagnostic.place.line)
                               .arg(messageText(diagnostic.message));
                    break;
                }
            }
        } else if (ownText && document->isReadOnly()) {
            text = document->whyNotEditable();
        }
        status->setText(text);
        status->setVisible(!text.isEmpty());
    }

    void followSelection()
    {
        // Whoever types keeps the cursor.
        if (code->hasFocus() && !code->isReadOnly())
            return;
        if (showsDocument() && document->isReadable())
            code->showLine(static_cast<int>(document->sources().lineOf(selection->current())));
    }
};

SourcePanel::SourcePanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent)
    : QWidget(parent)
    , d(new Private)
{
    d->document = document;
    d->selection = selection;
    d->title = parts::heading({}, this);
    d->pages = new QStackedWidget(this);
    d->status = parts::body({}, this);
    setAccessibleName(tr("Source"));
    parts::useThemeColours(this);
    d->code = new CodeView(d->pages);
    d->code->setObjectName(QStringLiteral("code"));
    d->code->installEventFilter(this);
    d->message = parts::muted({}, d->pages);
    d->message->setObjectName(QStringLiteral("message"));
    d->message->setAlignment(Qt::AlignTop);
    d->message->setContentsMargins(theme::unit, theme::unit, theme::unit, theme::unit);
    d->pages->addWidget(d->code);
    d->pages->addWidget(d->message);
    d->title->setObjectName(QStringLiteral("title"));
    d->title->setWordWrap(false);
    d->title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    d->title->setContentsMargins(theme::unit, theme::unit, theme::unit, theme::unit / 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->title);
    column->addWidget(d->pages, 1);
    column->addWidget(d->status);
    d->status->setObjectName(QStringLiteral("status"));
    d->status->setContentsMargins(theme::unit, theme::unit / 2, theme::unit, theme::unit / 2);
    auto palette = d->status->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    d->status->setPalette(palette);
    d->pause.setSingleShot(true);
    d->pause.setInterval(typingPause);

    connect(&d->pause, &QTimer::timeout, this, [this] { d->commit(); });
    connect(d->code, &QPlainTextEdit::textChanged, this, [this] {
        if (!d->telling)
            d->pause.start();
    });
    connect(document, &JourneyDocument::diagnosticsChanged, this, [this] { d->showStatus(); });
    connect(document, &JourneyDocument::readOnlyChanged, this, [this] {
        if (d->showsDocument())
            d->showDocumentText();
        d->showStatus();
    });
    // A long text is not set anew behind another tab.
    auto* seen = new RefreshWhenSeen(this, [this] {
        if (!d->showsDocument())
            return;
        d->showStatus();
        d->showDocumentText();
        d->followSelection();
    });
    connect(document, &JourneyDocument::valueChanged, this, [this, seen] {
        if (!d->showsDocument() || d->telling)
            return;
        d->pause.stop();
        seen->request();
    });
    connect(document, &JourneyDocument::pathChanged, this, [this] {
        if (d->ownText)
            d->setPath(d->document->path());
    });
    connect(selection, &SelectionModel::changed, this, [this] { d->followSelection(); });
    d->setPath(document->path());
    d->showDocumentText();
    d->showStatus();
}

SourcePanel::~SourcePanel() = default;

void SourcePanel::commitPending()
{
    d->commit();
}

bool SourcePanel::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::FocusOut:
        d->commit();
        d->document->endTyping();
        break;
    case QEvent::ShortcutOverride:
        // An action of the window may follow: it acts on what is typed.
        if (static_cast<const QKeyEvent*>(event)->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
            d->commit();
        break;
    default:
        break;
    }
    return forwardUndo(event, d->document->undoStack()) || QWidget::eventFilter(watched, event);
}

void SourcePanel::show(const base::Place& place)
{
    d->commit();
    d->setPath(QFileInfo(QString::fromStdString(place.file)).absoluteFilePath());
    if (d->showsDocument())
        d->showDocumentText();
    else
        d->showFile();
    d->showStatus();
    d->code->showLine(static_cast<int>(place.line));
}

} // namespace emac::widgets
