// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/startpage.h"

#include "app/workbench/recentfiles.h"
#include "app/workbench/signs.h"
#include "widgets/common/theme.h"

#include <QCommandLinkButton>
#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::workbench {

namespace theme = widgets::theme;

namespace {

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    label->setFont(theme::font(theme::TextSize::Heading, QFont::DemiBold));
    return label;
}

QCommandLinkButton* link(const QString& title, const QString& description)
{
    auto* button = new QCommandLinkButton(title, description);
    button->setIcon(QIcon());
    button->setIconSize({0, 0});
    button->setAccessibleName(title);
    return button;
}

QVBoxLayout* column(const QString& title)
{
    auto* layout = new QVBoxLayout;
    layout->setSpacing(theme::unit / 2);
    layout->addWidget(heading(title));
    layout->addSpacing(theme::unit);
    return layout;
}

} // namespace

QList<Example> examples()
{
    QDir folder(QCoreApplication::applicationDirPath() + QStringLiteral("/../" EMAC_EXAMPLES_INSTALLED));
    if (!folder.exists())
        folder.setPath(QStringLiteral(EMAC_EXAMPLES_SOURCE));
    QList<Example> found;
    QDirIterator files(folder.absolutePath(), {QStringLiteral("emac.*.yaml")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto path = QDir::cleanPath(files.next());
        auto title = QFileInfo(path).dir().dirName().replace(u'-', u' ');
        title[0] = title[0].toUpper();
        found.append({title, path});
    }
    std::ranges::sort(found, {}, &Example::title);
    return found;
}

StartPage::StartPage(QWidget* parent) : QWidget(parent), m_recent(column(tr("Recent")))
{
    setAutoFillBackground(true);
    auto ground = palette();
    ground.setColor(QPalette::Window, theme::surface());
    setPalette(ground);

    auto* title = new QLabel(QCoreApplication::applicationName());
    title->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    auto* subtitle = new QLabel(tr("How available is the journey your users take?"));
    subtitle->setFont(theme::font(theme::TextSize::Heading));
    subtitle->setForegroundRole(QPalette::PlaceholderText);
    auto* open = new QPushButton(sign("document-open"), tr("Open Journey…"));
    open->setObjectName(QStringLiteral("openButton"));
    open->setDefault(true);
    auto* create = new QPushButton(tr("New Journey…"));
    create->setObjectName(QStringLiteral("newButton"));
    connect(create, &QPushButton::clicked, this, &StartPage::newRequested);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(open);
    buttons->addWidget(create);
    buttons->addStretch();
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);

    auto* exampleColumn = column(tr("Examples"));
    for (const auto& example : examples()) {
        auto* button = link(example.title, QFileInfo(example.path).fileName());
        connect(button, &QPushButton::clicked, this, [this, path = example.path] { emit fileRequested(path); });
        exampleColumn->addWidget(button);
    }
    exampleColumn->addStretch();

    auto* columns = new QHBoxLayout;
    columns->setSpacing(6 * theme::unit);
    columns->addLayout(m_recent, 1);
    columns->addLayout(exampleColumn, 1);

    auto* content = new QVBoxLayout;
    content->setSpacing(theme::unit);
    content->addWidget(title);
    content->addWidget(subtitle);
    content->addSpacing(2 * theme::unit);
    content->addLayout(buttons);
    content->addSpacing(4 * theme::unit);
    content->addLayout(columns, 1);

    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(8 * theme::unit, 8 * theme::unit, 8 * theme::unit, 4 * theme::unit);
    outer->addStretch(1);
    outer->addLayout(content, 8);
    outer->addStretch(1);
    refresh();
}

void StartPage::refresh()
{
    constexpr int fixedRows = 2; // heading and its gap
    while (m_recent->count() > fixedRows) {
        auto* item = m_recent->takeAt(fixedRows);
        delete item->widget();
        delete item;
    }
    const auto paths = recentfiles::list();
    for (const auto& path : paths.mid(0, 6)) {
        auto* button = link(QFileInfo(path).fileName(), QDir::toNativeSeparators(QFileInfo(path).path()));
        connect(button, &QPushButton::clicked, this, [this, path] { emit fileRequested(path); });
        m_recent->addWidget(button);
    }
    if (paths.isEmpty()) {
        auto* hint = new QLabel(tr("Nothing yet. Open a file, drop one on this window, or start with an example."));
        hint->setWordWrap(true);
        hint->setForegroundRole(QPalette::PlaceholderText);
        m_recent->addWidget(hint);
    }
    m_recent->addStretch();
}

} // namespace emac::workbench
