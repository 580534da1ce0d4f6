// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/changespanel.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/document/changestracker.h"
#include "widgets/panels/changesmodel.h"
#include "widgets/panels/changestext.h"
#include "widgets/panels/commitform.h"
#include "widgets/panels/diffview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

void say(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QVBoxLayout* columnOf(QWidget* widget)
{
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(theme::unit, theme::unit, theme::unit, theme::unit);
    column->setSpacing(theme::unit / 2);
    return column;
}

} // namespace

struct ChangesPanel::Private
{
    explicit Private(ChangesPanel* owner) : panel(owner), model(new ChangesModel(owner)) { }

    ChangesPanel* panel;
    QPointer<JourneyDocument> document;
    ChangesTracker tracker;
    ChangesModel* model;
    bool due = false; ///< a look, as soon as the panel is in sight

    // In place of all else, where there is nothing to list.
    QStackedWidget* pages = nullptr;
    QWidget* listPage = nullptr;
    QWidget* reasonPage = nullptr;
    QLabel* reason = nullptr;
    QLabel* mend = nullptr;
    QLabel* words = nullptr;

    QLabel* branch = nullptr;
    QLabel* remarks = nullptr;
    QTreeView* files = nullptr;
    CommitForm* form = nullptr;
    QLabel* diffTitle = nullptr;
    DiffView* diff = nullptr;
    bool showsWords = false; ///< of the last commit, until a file is chosen
    bool choosing = false; ///< by us, not by a person

    QWidget* makeReasonPage();
    QWidget* makeFilesPane();
    QWidget* makeDiffPane();
    void connectAll();

    void showLook();
    void showReason(const QString& what, const QString& how, const QString& said);
    void showFiles(const workspace::Changes& changes);
    void showDiff(const FileDiff& read);
    void askForDiff();
    void choose(int row);
    void showEnd(const CommitEnd& end);
    void showWords(const QString& said);
    void updateForm();
    void updateRemarks();
};

QWidget* ChangesPanel::Private::makeReasonPage()
{
    auto* page = new QWidget;
    reason = parts::heading({}, page);
    reason->setObjectName(QStringLiteral("reason"));
    mend = parts::body({}, page);
    words = parts::muted({}, page);
    words->setObjectName(QStringLiteral("words"));
    for (auto* label : {mend, words})
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* again = new QPushButton(tr("Look Again"), page);
    again->setObjectName(QStringLiteral("lookAgain"));
    connect(again, &QPushButton::clicked, panel, [this] { tracker.refresh(); });
    auto* column = columnOf(page);
    for (auto* label : {reason, mend, words})
        column->addWidget(label);
    column->addWidget(again, 0, Qt::AlignLeft);
    column->addStretch(1);
    return page;
}

QWidget* ChangesPanel::Private::makeFilesPane()
{
    auto* pane = new QWidget;
    branch = parts::heading({}, pane);
    branch->setObjectName(QStringLiteral("branch"));
    branch->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    remarks = parts::muted({}, pane);
    remarks->setObjectName(QStringLiteral("remarks"));
    auto* refreshButton = new QToolButton(pane);
    refreshButton->setObjectName(QStringLiteral("refresh"));
    refreshButton->setText(tr("Refresh"));
    refreshButton->setToolTip(tr("Asks Git again"));
    refreshButton->setAutoRaise(true);
    connect(refreshButton, &QToolButton::clicked, panel, [this] { tracker.refresh(); });
    files = new QTreeView(pane);
    files->setObjectName(QStringLiteral("files"));
    files->setAccessibleName(tr("Files of the commit"));
    files->setModel(model);
    files->setRootIsDecorated(false);
    files->setUniformRowHeights(true);
    files->setAllColumnsShowFocus(true);
    files->setFrameShape(QFrame::NoFrame);
    files->setTextElideMode(Qt::ElideMiddle);
    files->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* header = files->header();
    header->setStretchLastSection(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(ChangesModel::File, QHeaderView::Stretch);
    header->setSectionResizeMode(ChangesModel::Part, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ChangesModel::State, QHeaderView::ResizeToContents);
    auto* top = new QHBoxLayout;
    top->addWidget(branch, 1);
    top->addWidget(refreshButton);
    auto* column = columnOf(pane);
    column->addLayout(top);
    column->addWidget(remarks);
    column->addWidget(files, 1);
    return pane;
}

QWidget* ChangesPanel::Private::makeDiffPane()
{
    auto* pane = new QWidget;
    diffTitle = parts::heading({}, pane);
    diffTitle->setObjectName(QStringLiteral("diffTitle"));
    diffTitle->setWordWrap(false);
    diffTitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    diff = new DiffView(pane);
    diff->setObjectName(QStringLiteral("diff"));
    diff->setAccessibleName(tr("Difference from the last commit"));
    auto* column = columnOf(pane);
    column->addWidget(diffTitle);
    column->addWidget(diff, 1);
    return pane;
}

void ChangesPanel::Private::connectAll()
{
    connect(&tracker, &ChangesTracker::lookChanged, panel, [this] { showLook(); });
    connect(&tracker, &ChangesTracker::diffRead, panel, [this](const FileDiff& read) { showDiff(read); });
    connect(&tracker, &ChangesTracker::committingChanged, panel, [this](bool committing) {
        form->setCommitting(committing);
        files->setEnabled(!committing);
    });
    connect(&tracker, &ChangesTracker::committed, panel, [this](const CommitEnd& end) { showEnd(end); });
    connect(form, &CommitForm::commitRequested, panel, &ChangesPanel::commitRequested);
    connect(form, &CommitForm::stopRequested, panel, [this] { tracker.stop(); });
    connect(model, &QAbstractItemModel::dataChanged, panel, [this] { updateForm(); });
    connect(files->selectionModel(), &QItemSelectionModel::currentRowChanged, panel, [this](const QModelIndex& index) {
        if (index.isValid() && !choosing)
            askForDiff();
    });
    connect(files, &QTreeView::clicked, panel, [this] { askForDiff(); });
}

void ChangesPanel::Private::showReason(const QString& what, const QString& how, const QString& said)
{
    say(reason, what);
    say(mend, how);
    say(words, said);
    pages->setCurrentWidget(reasonPage);
}

void ChangesPanel::Private::showLook()
{
    const auto look = tracker.look();
    if (!document) {
        showReason(tr("Open a journey to see what differs from its last commit."), {}, {});
    } else if (look == nullptr) {
        showReason(tracker.isLooking() ? tr("Asking Git …") : QString(), {}, {});
    } else if (look->changes) {
        showFiles(*look->changes);
        pages->setCurrentWidget(listPage);
    } else {
        const auto& said = look->diagnostics.front().message;
        showReason(messageWhat(said), messageMend(said), QString::fromStdString(workspace::wordsOfGit(said)));
    }
    updateForm();
}

void ChangesPanel::Private::showFiles(const workspace::Changes& changes)
{
    const int chosen = files->currentIndex().row();
    const auto path = chosen >= 0 ? model->at(chosen).file.path : std::filesystem::path();
    model->setChanges(changes.files);
    branch->setText(changestext::branch(changes.status));
    updateRemarks();
    choose(std::max(0, model->rowOf(path)));
}

void ChangesPanel::Private::choose(int row)
{
    {
        const QScopedValueRollback quiet(choosing, true);
        files->setCurrentIndex(model->index(row, 0));
    }
    if (!showsWords)
        askForDiff(); // also where the row is the same: the file may be another
}

void ChangesPanel::Private::askForDiff()
{
    const int row = files->currentIndex().row();
    const auto look = tracker.look();
    if (row < 0 || look == nullptr || !look->changes)
        return;
    showsWords = false;
    tracker.requestDiff(model->at(row));
}

void ChangesPanel::Private::showDiff(const FileDiff& read)
{
    if (showsWords)
        return;
    diffTitle->setText(tr("%1 against the last commit").arg(QString::fromStdString(read.file.filename().string())));
    if (!read.diagnostics.empty()) {
        const auto& said = read.diagnostics.front().message;
        const auto told = QString::fromStdString(workspace::wordsOfGit(said));
        diff->setPlain(told.isEmpty() ? messageText(said) : told);
        return;
    }
    if (read.diff.text.empty()) {
        diff->setPlain(tr("No difference."));
        return;
    }
    auto text = QString::fromStdString(read.diff.text);
    if (read.diff.cut)
        text += QLatin1Char('\n') + tr("… and more: the rest is not shown here.");
    diff->setDiff(text);
}

void ChangesPanel::Private::showWords(const QString& said)
{
    if (said.isEmpty())
        return;
    showsWords = true;
    diffTitle->setText(tr("What Git said"));
    diff->setPlain(said);
}

void ChangesPanel::Private::showEnd(const CommitEnd& end)
{
    const auto lines = changestext::lines(end.diagnostics);
    if (end.commit) {
        const auto text = changestext::made(*end.commit, form->message());
        form->setOutcome(lines.isEmpty() ? text : text + QLatin1Char('\n') + lines,
                         lines.isEmpty() ? theme::good() : theme::warning());
        showWords(QString::fromStdString(end.commit->words));
        form->clearMessage();
        model->includeAll();
        emit panel->committed();
        return;
    }
    form->setOutcome(lines, theme::bad());
    const auto& first = end.diagnostics.front().message;
    showWords(QString::fromStdString(workspace::wordsOfGit(first)));
    if (first.code == base::Code::CommitNotCompiled)
        emit panel->notCompiled(changestext::lines({end.diagnostics.begin() + 1, end.diagnostics.end()}));
}

void ChangesPanel::Private::updateRemarks()
{
    const auto look = tracker.look();
    if (look != nullptr && look->changes)
        say(remarks, changestext::remarks(*look->changes, document && document->isModified()));
}

void ChangesPanel::Private::updateForm()
{
    const auto look = tracker.look();
    const bool modified = document && document->isModified();
    const int count = model->included();
    // What unsaved changes come to is not known before they are saved.
    form->setReady(look != nullptr && look->changes && (count > 0 || modified), modified ? 0 : count);
}

ChangesPanel::ChangesPanel(QWidget* parent) : QWidget(parent), d(new Private(this))
{
    setAccessibleName(tr("Changes"));
    parts::useThemeColours(this);
    auto* panes = new QSplitter;
    panes->setChildrenCollapsible(false);
    panes->addWidget(d->makeFilesPane());
    d->form = new CommitForm;
    panes->addWidget(d->form);
    panes->addWidget(d->makeDiffPane());
    panes->setSizes({460, 250, 400});
    panes->setStretchFactor(2, 1);
    d->listPage = panes;
    d->reasonPage = d->makeReasonPage();
    d->pages = new QStackedWidget(this);
    d->pages->addWidget(d->reasonPage);
    d->pages->addWidget(d->listPage);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(d->pages);
    d->connectAll();
    d->showLook();
}

ChangesPanel::~ChangesPanel()
{
    // What goes after this must not tell it.
    d->model->disconnect(this);
    d->files->selectionModel()->disconnect(this);
}

void ChangesPanel::setDocument(JourneyDocument* document)
{
    if (d->document == document)
        return;
    if (d->document)
        d->document->disconnect(this);
    d->document = document;
    d->due = false;
    if (document != nullptr) {
        connect(document, &JourneyDocument::modifiedChanged, this, [this] {
            d->updateRemarks();
            d->updateForm();
            refresh();
        });
        connect(document, &JourneyDocument::reloaded, this, &ChangesPanel::refresh);
        connect(document, &JourneyDocument::pathChanged, this, [this] {
            d->tracker.setIntent(QString());
            refresh();
        });
    }
    d->form->setOutcome({}, theme::text());
    d->showsWords = false;
    d->tracker.setIntent(QString());
    d->showLook();
    refresh();
}

void ChangesPanel::refresh()
{
    if (!d->document)
        return;
    d->due = !isVisible();
    if (d->due)
        return;
    if (d->tracker.intent() == d->document->path())
        d->tracker.refresh();
    else
        d->tracker.setIntent(d->document->path());
}

void ChangesPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (d->due)
        refresh();
}

void ChangesPanel::focusMessage()
{
    d->form->focusMessage();
}

QString ChangesPanel::detachedAt() const
{
    const auto look = d->tracker.look();
    if (look == nullptr || !look->changes || !look->changes->status.branch.empty())
        return {};
    return changestext::shortHash(look->changes->status.head);
}

bool ChangesPanel::isCommitting() const
{
    return d->tracker.isCommitting();
}

void ChangesPanel::commit(bool withoutArtifacts)
{
    if (isCommitting())
        return;
    d->askForDiff(); // in place of what Git said to the commit before
    d->tracker.commit(d->form->message(), {d->model->leftOut(), withoutArtifacts});
}

} // namespace emac::widgets
