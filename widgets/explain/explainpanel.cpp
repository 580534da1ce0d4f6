// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/explainpanel.h"

#include "widgets/common/parts.h"
#include "widgets/common/refreshwhenseen.h"
#include "widgets/common/theme.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QShowEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

constexpr std::size_t mostSteps = 50; ///< that Back remembers

QLabel* selectable(QLabel* label, const QString& name)
{
    label->setObjectName(name);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

struct ExplainPanel::Private
{
    ExplainPanel* panel;
    JourneyDocument* document;
    const DisplayUnits* units;
    QToolButton* backButton = nullptr;
    QLabel* title = nullptr;
    QButtonGroup* figures = nullptr;
    QScrollArea* area = nullptr;
    Explained what{journey::Element::journey(), Figure::Pessimistic};
    std::vector<Explained> history{};
    std::optional<Explanation> shown{}; ///< empty where there is a message
    RefreshWhenSeen* whenSeen = nullptr;

    void go(const Explained& next)
    {
        if (next == what)
            return whenSeen->request();
        history.push_back(what);
        if (history.size() > mostSteps)
            history.erase(history.begin());
        what = next;
        whenSeen->request();
    }

    void refresh()
    {
        backButton->setEnabled(!history.empty());
        figures->button(static_cast<int>(what.figure))->setChecked(true);
        const auto evaluation = document->evaluation();
        if (!document->isReadable())
            return tell(ExplainPanel::tr("This file is no journey. See Problems."));
        if (!document->intent().journey.root)
            return tell(ExplainPanel::tr("The journey is empty: there is no number to explain."));
        if (evaluation && evaluation->revision != document->revision() && area->widget() != nullptr)
            return; // the numbers are on their way
        std::optional<Explanation> explanation;
        if (evaluation) {
            const auto& intent = document->intent();
            const auto name = document->title();
            explanation = widgets::explain({intent, name, evaluation->inputs, evaluation->analysis, document->sources(),
                                            document->path().toStdString(), units->display(intent.objectives)},
                                           what);
        }
        if (!explanation)
            return tell(evaluation ? ExplainPanel::tr("This part is not in the journey any more.")
                                   : ExplainPanel::tr("The numbers are on their way."));
        if (shown != explanation)
            show(*explanation);
        shown = std::move(explanation);
    }

    void tell(const QString& text)
    {
        shown.reset();
        title->setText(ExplainPanel::tr("Explain"));
        auto* message = parts::muted(text, nullptr);
        message->setObjectName(QStringLiteral("message"));
        message->setAlignment(Qt::AlignTop);
        setContent(message);
    }

    void setContent(QWidget* widget)
    {
        // What is replaced may be the sender of what led here.
        if (auto* old = area->takeWidget()) {
            old->hide();
            old->deleteLater();
        }
        parts::useThemeColours(widget);
        area->setWidget(widget);
    }

    void show(const Explanation& explanation)
    {
        title->setText(explanation.title);
        auto* content = new QWidget;
        auto* column = new QVBoxLayout(content);
        column->setContentsMargins(0, 0, theme::unit, theme::unit);
        column->setSpacing(theme::unit / 2);
        const auto figure = explanation.what.figure;
        column->addWidget(parts::muted(explanation.kind, content));
        auto* value =
            selectable(parts::title(ExplainPanel::tr("%1 = %2").arg(symbolOf(figure), explanation.value), content),
                       QStringLiteral("value"));
        column->addWidget(value);
        column->addWidget(parts::muted(assumptionOf(figure), content));
        column->addSpacing(theme::unit);
        column->addWidget(selectable(parts::body(explanation.rule, content), QStringLiteral("rule")));
        if (!explanation.formula.isEmpty()) {
            auto* formula = selectable(parts::body(explanation.formula, content), QStringLiteral("formula"));
            formula->setFont(theme::numberFont(theme::TextSize::Body, QFont::DemiBold));
            column->addWidget(formula);
        }
        column->addSpacing(theme::unit);
        column->addWidget(parts::heading(ExplainPanel::tr("What goes into it"), content));
        column->addLayout(rowGrid(explanation, content));
        if (explanation.moreRows > 0)
            column->addWidget(parts::muted(ExplainPanel::tr("and %n more", nullptr, explanation.moreRows), content));
        for (const auto& remark : explanation.remarks) {
            auto* label = selectable(parts::body(remark, content), QStringLiteral("remark"));
            column->addSpacing(theme::unit / 2);
            column->addWidget(label);
        }
        column->addSpacing(theme::unit);
        column->addWidget(parts::muted(guaranteeOf(figure), content));
        column->addStretch(1);
        setContent(content);
        area->setAccessibleDescription(QStringList{explanation.title, value->text(), explanation.formula}.join(u'\n'));
    }

    QGridLayout* rowGrid(const Explanation& explanation, QWidget* content)
    {
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(2 * theme::unit);
        grid->setVerticalSpacing(0);
        grid->setColumnStretch(0, 1);
        int line = 0;
        for (const auto& row : explanation.rows) {
            grid->addWidget(nameOf(row, content), line, 0);
            auto* value = parts::body(row.value, content);
            value->setFont(theme::numberFont(theme::TextSize::Body, QFont::DemiBold));
            value->setWordWrap(false);
            grid->addWidget(value, line++, 1, Qt::AlignRight | Qt::AlignVCenter);
            auto* source = parts::muted(row.source, content);
            source->setFont(theme::font(theme::TextSize::Small));
            source->setVisible(!row.source.isEmpty());
            auto* place = new parts::PlaceLink(content);
            place->setFont(theme::font(theme::TextSize::Small));
            place->setPlace(row.place);
            QObject::connect(place, &parts::PlaceLink::requested, panel, &ExplainPanel::placeRequested);
            auto* below = new QHBoxLayout;
            below->setSpacing(theme::unit);
            below->addWidget(source, 1);
            below->addWidget(place);
            grid->addLayout(below, line++, 0, 1, 2);
            grid->setRowMinimumHeight(line++, theme::unit / 2);
        }
        return grid;
    }

    QWidget* nameOf(const Explanation::Row& row, QWidget* content)
    {
        if (!row.step)
            return parts::body(row.label, content);
        auto* link = new parts::TextLink(row.label, content);
        link->setObjectName(QStringLiteral("step"));
        link->setAccessibleName(
            ExplainPanel::tr("Explain %1 of %2, %3").arg(symbolOf(row.step->figure), row.label, row.value));
        QObject::connect(link, &QAbstractButton::clicked, panel, [this, step = *row.step] { go(step); });
        return link;
    }
};

ExplainPanel::ExplainPanel(JourneyDocument* document, const DisplayUnits* units, QWidget* parent)
    : QWidget(parent)
    , d(new Private{this, document, units})
{
    setAccessibleName(tr("Explain"));
    parts::useThemeColours(this);
    d->backButton = new QToolButton(this);
    d->backButton->setObjectName(QStringLiteral("back"));
    d->backButton->setArrowType(Qt::LeftArrow);
    d->backButton->setAutoRaise(true);
    d->backButton->setAccessibleName(tr("Back"));
    d->backButton->setToolTip(tr("Back to what was explained before"));
    d->title = parts::heading({}, this);
    d->title->setObjectName(QStringLiteral("title"));
    d->area = new QScrollArea(this);
    d->area->setFrameShape(QFrame::NoFrame);
    d->area->setWidgetResizable(true);
    d->area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d->area->setAccessibleName(tr("Explanation"));

    auto* top = new QHBoxLayout;
    top->setSpacing(theme::unit);
    top->addWidget(d->backButton);
    top->addWidget(d->title, 1);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(0);
    d->figures = new QButtonGroup(this);
    for (const auto figure : allFigures) {
        auto* button = new QToolButton(this);
        button->setText(symbolOf(figure));
        button->setObjectName(symbolOf(figure));
        button->setCheckable(true);
        button->setAccessibleName(headingOf(figure));
        button->setToolTip(parts::plainToolTip(nameOf(figure)));
        button->setFont(theme::font(theme::TextSize::Body));
        d->figures->addButton(button, static_cast<int>(figure));
        choices->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, figure] { d->go({d->what.element, figure}); });
    }
    choices->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * theme::unit, theme::unit, theme::unit, theme::unit);
    column->setSpacing(theme::unit);
    column->addLayout(top);
    column->addLayout(choices);
    column->addWidget(d->area, 1);

    d->whenSeen = new RefreshWhenSeen(this, [this] { d->refresh(); });
    const auto refresh = [this] { d->whenSeen->request(); };
    connect(d->backButton, &QToolButton::clicked, this, &ExplainPanel::back);
    connect(document, &JourneyDocument::valueChanged, this, refresh);
    connect(document, &JourneyDocument::evaluationChanged, this, refresh);
    connect(units, &DisplayUnits::changed, this, refresh);
    refresh();
}

ExplainPanel::~ExplainPanel() = default;

void ExplainPanel::explain(const Explained& what)
{
    d->go(what);
}

void ExplainPanel::back()
{
    if (d->history.empty())
        return;
    d->what = d->history.back();
    d->history.pop_back();
    d->whenSeen->request();
}

const Explained& ExplainPanel::current() const
{
    return d->what;
}

} // namespace emac::widgets
