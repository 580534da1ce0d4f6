// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/problemspanel.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/problemsmodel.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {

/// Rows with room above and below the text.
class RoomyDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto size = QStyledItemDelegate::sizeHint(option, index);
        const int most = index.column() == ProblemsModel::Mend ? 36 * theme::unit : size.width();
        return {std::min(size.width(), most) + theme::unit, std::max(size.height(), 3 * theme::unit)};
    }
};

} // namespace

struct ProblemsPanel::Private
{
    ProblemsPanel* panel;
    JourneyDocument* document;
    SelectionModel* selection;
    const DisplayUnits* units;
    ProblemsModel* model;
    QLabel* summary;
    QTreeView* list;

    bool isOwnFile(const base::Place& place) const
    {
        return !place.file.empty() && QString::fromStdString(place.file) == document->path();
    }

    base::Place placeOf(const journey::Element& element) const
    {
        const auto line = document->isReadable() ? document->sources().lineOf(element) : 0;
        return line == 0 ? base::Place{} : base::Place{document->path().toStdString(), line, 1};
    }

    void refresh()
    {
        std::vector<Problem> problems;
        std::vector<std::size_t> own; // those of lines of the document itself
        std::vector<std::uint32_t> lines;
        for (const auto& diagnostic : document->diagnostics()) {
            if (document->isReadable() && diagnostic.place.line > 0 && isOwnFile(diagnostic.place)) {
                own.push_back(problems.size());
                lines.push_back(diagnostic.place.line);
            }
            problems.push_back({diagnostic.message, diagnostic.place, {}});
        }
        if (!own.empty()) {
            const auto elements = document->sources().elementsAt(lines);
            for (std::size_t i = 0; i < own.size(); ++i)
                problems[own[i]].element = elements[i];
        }
        for (const auto& note : document->notes())
            problems.push_back({note.message, placeOf(note.element), note.element});
        if (document->isReadable())
            model->setDisplay(units->display(document->intent().objectives));
        model->setProblems(std::move(problems));
        summary->setText(model->summary());
        list->setVisible(model->rowCount() > 0);
    }

    void follow(const QModelIndex& index)
    {
        if (!index.isValid())
            return;
        const auto problem = model->at(index.row());
        const bool isSelected = problem.element.kind != journey::Element::Kind::None;
        if (const auto component = failingOf(problem))
            selection->reveal(*component, QStringLiteral("failure"));
        else if (isSelected)
            selection->reveal(problem.element, fieldOf(problem));
        if (!problem.place.file.empty())
            emit panel->placeRequested(problem.place, isSelected);
    }

    /// Of the one component whose time to fail would mend it; absent where that is not the problem, or of several.
    std::optional<journey::Element> failingOf(const Problem& problem) const
    {
        if (problem.message.code != base::Code::InsightFailureTimeOpen || !document->isReadable())
            return std::nullopt;
        const auto& name = problem.message.arguments.front();
        const bool known = document->intent().journey.components.find(name) != nullptr;
        return known ? std::optional(journey::Element::component(name)) : std::nullopt;
    }

    /// The field that the problem is about, where the inspector has one.
    QString fieldOf(const Problem& problem) const
    {
        using Kind = journey::Element::Kind;
        if (!document->isReadable())
            return {};
        const auto stands = [&](const yaml::Position& at, bool exactly) {
            return at.line == problem.place.line && (!exactly || at.column == problem.place.column);
        };
        const auto found = [&](bool exactly) {
            for (const auto* field : {"availability", "target", "attempts", "backoff", "deadline", "hedgeDelay", "k",
                                      "wait", "latencySLORef", "failure", "latency.samples", "latency"}) {
                const auto place = document->sources().find(problem.element, field);
                if (place && (stands(place->key, exactly) || stands(place->value, exactly)))
                    return QString::fromLatin1(field);
            }
            return QString();
        };
        if (const auto exact = found(true); !exact.isEmpty())
            return exact;
        if (const auto* field = fieldOf(problem.message.code))
            return QLatin1String(field);
        // Else 4xx is about references and availabilities.
        const int code = static_cast<int>(problem.message.code);
        if (problem.element.kind == Kind::Component && code >= 400 && code < 500)
            return QStringLiteral("availability");
        return found(false);
    }

    /// What a message is about wherever it stands; null where that is not always the same.
    static const char* fieldOf(base::Code code)
    {
        using enum base::Code;
        switch (code) {
        case InlineOverridesThreshold:
        case ThresholdMissing:
        case ThresholdOperator:
        case ThresholdValue:
            return "latencySLORef";
        case SamplesFaulty:
            return "latency.samples";
        case InsightTryAfterTimeout:
        case InsightTryAfterObjective:
            return "backoff";
        case InsightTimeoutAfterObjective:
            return "deadline";
        case InsightHedgeLate:
            return "hedgeDelay";
        default:
            return nullptr;
        }
    }
};

ProblemsPanel::ProblemsPanel(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                             QWidget* parent)
    : QWidget(parent)
    , d(new Private{this, document, selection, units, new ProblemsModel(this), parts::heading({}, this),
                    new QTreeView(this)})
{
    setAccessibleName(tr("Problems"));
    parts::useThemeColours(this);
    d->list->setObjectName(QStringLiteral("problems"));
    d->list->setAccessibleName(tr("Problems, errors first"));
    d->list->setModel(d->model);
    d->list->setItemDelegate(new RoomyDelegate(d->list));
    d->list->setRootIsDecorated(false);
    d->list->setUniformRowHeights(true);
    d->list->setAllColumnsShowFocus(true);
    d->list->setAlternatingRowColors(true);
    d->list->setFrameShape(QFrame::NoFrame);
    d->list->setTextElideMode(Qt::ElideRight);
    d->list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* header = d->list->header();
    header->setStretchLastSection(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(ProblemsModel::Severity, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ProblemsModel::What, QHeaderView::Stretch);
    header->setSectionResizeMode(ProblemsModel::Mend, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ProblemsModel::Where, QHeaderView::ResizeToContents);

    d->summary->setObjectName(QStringLiteral("summary"));
    d->summary->setContentsMargins(theme::unit / 2, 0, 0, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::unit, theme::unit, theme::unit, 0);
    column->setSpacing(theme::unit / 2);
    column->addWidget(d->summary);
    column->addWidget(d->list, 1);
    column->addStretch(0);

    connect(d->list, &QTreeView::clicked, this, [this](const QModelIndex& index) { d->follow(index); });
    connect(d->list, &QTreeView::activated, this, [this](const QModelIndex& index) { d->follow(index); });
    const auto refresh = [this] { d->refresh(); };
    connect(units, &DisplayUnits::changed, this, refresh);
    connect(document, &JourneyDocument::diagnosticsChanged, this, refresh);
    connect(document, &JourneyDocument::evaluationChanged, this, refresh);
    connect(document, &JourneyDocument::valueChanged, this, refresh);
    d->refresh();
}

ProblemsPanel::~ProblemsPanel() = default;

} // namespace emac::widgets
