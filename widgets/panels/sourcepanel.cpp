// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/sourcepanel.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/codeview.h"

#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QShowEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr int mostLines = 100'000;
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
    QString path; ///< what is shown
    bool ownText = true; ///< which is the document's own

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
        code->setCode(QString::fromUtf8(text));
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

    void followSelection()
    {
        if (showsDocument() && document->isReadable())
            code->showLine(static_cast<int>(document->sources().lineOf(selection->current())));
    }
};

SourcePanel::SourcePanel(JourneyDocument* document, SelectionModel* selection, QWidget* parent)
    : QWidget(parent)
    , d(new Private{
          document, selection, parts::heading({}, this), new QStackedWidget(this), nullptr, nullptr, {}, true})
{
    setAccessibleName(tr("Source"));
    parts::useThemeColours(this);
    d->code = new CodeView(d->pages);
    d->code->setObjectName(QStringLiteral("code"));
    d->code->setAccessibleName(tr("Text of the file, read-only"));
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

    connect(document, &JourneyDocument::valueChanged, this, [this] {
        if (!d->showsDocument())
            return;
        d->showDocumentText();
        d->followSelection();
    });
    connect(document, &JourneyDocument::pathChanged, this, [this] {
        if (d->ownText)
            d->setPath(d->document->path());
    });
    connect(selection, &SelectionModel::changed, this, [this] { d->followSelection(); });
    d->setPath(document->path());
    d->showDocumentText();
}

SourcePanel::~SourcePanel() = default;

void SourcePanel::show(const base::Place& place)
{
    d->setPath(QFileInfo(QString::fromStdString(place.file)).absoluteFilePath());
    if (d->showsDocument())
        d->showDocumentText();
    else
        d->showFile();
    d->code->showLine(static_cast<int>(place.line));
}

} // namespace emac::widgets
