// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/assumptionlegend.h"

#include "widgets/charts/intervalmarks.h"
#include "widgets/common/figures.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace emac::widgets {

namespace {

/// A mark as the chart draws it.
class MarkPicture : public QWidget
{
public:
    MarkPicture(std::function<void(QPainter&, const QSizeF&)> mark, QWidget* parent)
        : QWidget(parent)
        , m_mark(std::move(mark))
    {
        setFixedSize(5 * theme::unit, static_cast<int>(2 * marks::barHeight) + 2);
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        m_mark(painter, size());
    }

private:
    std::function<void(QPainter&, const QSizeF&)> m_mark;
};

void bar(QPainter& painter, const QSizeF& size, double from, double to)
{
    painter.fillRect(QRectF(from, size.height() / 2 - marks::barHeight / 2, to - from, marks::barHeight),
                     theme::interval());
}

void paintPessimistic(QPainter& painter, const QSizeF& size)
{
    bar(painter, size, size.width() / 2, size.width());
    marks::paintEnd(painter, size.width() / 2, size.height() / 2, theme::pessimistic());
}

void paintOptimistic(QPainter& painter, const QSizeF& size)
{
    bar(painter, size, 0, size.width() / 2);
    marks::paintEnd(painter, size.width() / 2, size.height() / 2, theme::optimistic());
}

void paintCommonCause(QPainter& painter, const QSizeF& size)
{
    bar(painter, size, 0, size.width());
    marks::paintTick(painter, size.width() / 2, size.height() / 2, marks::tickColour());
}

void paintEnvelope(QPainter& painter, const QSizeF& size)
{
    marks::Places places;
    places.lowest = 2;
    places.worst = size.width() / 2 - 6;
    places.best = size.width() / 2 + 6;
    places.highest = size.width() - 2;
    marks::paintWhisker(painter, places, size.height() / 2, marks::whiskerColour());
    bar(painter, size, *places.best - 12, *places.best);
}

} // namespace

AssumptionLegend::Content AssumptionLegend::availability()
{
    const auto of = [](auto mark, Figure figure) {
        return Entry{mark, symbolOf(figure), assumptionOf(figure), guaranteeOf(figure)};
    };
    return {{of(paintPessimistic, Figure::Pessimistic), of(paintOptimistic, Figure::Optimistic),
             of(paintCommonCause, Figure::CommonCause),
             Entry{paintEnvelope, QStringLiteral("E⁻ E⁺"), envelopeAssumption(), guaranteeOf(Figure::Lowest)}},
            intervalCaution(),
            QStringLiteral("availability/legendFolded")};
}

AssumptionLegend::AssumptionLegend(const Content& content, QWidget* parent)
    : QWidget(parent)
    , m_heading(new QToolButton(this))
    , m_body(new QWidget)
{
    setAccessibleName(tr("What each number assumes"));
    m_heading->setText(tr("What each number assumes"));
    m_heading->setObjectName(QStringLiteral("legend-fold"));
    m_heading->setCheckable(true);
    m_heading->setAutoRaise(true);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_heading->setFont(theme::font(theme::TextSize::Small, QFont::DemiBold));
    m_heading->setToolTip(tr("Fold or unfold the legend"));

    auto* grid = new QGridLayout(m_body);
    grid->setContentsMargins(0, 0, theme::unit, 0);
    grid->setHorizontalSpacing(theme::unit);
    grid->setVerticalSpacing(theme::unit / 2);
    int row = 0;
    for (const auto& entry : content.entries) {
        auto* symbol = parts::heading(entry.symbol, m_body);
        symbol->setFont(theme::font(theme::TextSize::Small, QFont::DemiBold));
        symbol->setWordWrap(false);
        auto* words = parts::body(entry.sentence, m_body);
        words->setFont(theme::font(theme::TextSize::Small));
        words->setObjectName(QStringLiteral("sentence"));
        for (auto* label : {symbol, words}) {
            label->setToolTip(parts::plainToolTip(entry.more));
            label->setAccessibleDescription(entry.more);
        }
        words->setAccessibleName(tr("%1: %2").arg(entry.symbol, entry.sentence));
        auto* mark = new MarkPicture(entry.mark, m_body);
        grid->addWidget(mark, row, 0, Qt::AlignTop);
        grid->addWidget(symbol, row, 1, Qt::AlignTop);
        grid->addWidget(words, row, 2);
        m_rows.push_back({mark, symbol, words});
        ++row;
    }
    auto* caution = parts::muted(content.caution, m_body);
    caution->setFont(theme::font(theme::TextSize::Small));
    caution->setObjectName(QStringLiteral("caution"));
    grid->addWidget(caution, row, 0, 1, 3);
    grid->setColumnStretch(2, 1);
    grid->setRowStretch(row + 1, 1);

    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_body);
    parts::useThemeColours(m_body);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::unit / 2);
    column->addWidget(m_heading);
    column->addWidget(area, 1);

    const auto fold = [this, area](bool hidden) {
        area->setVisible(!hidden);
        m_heading->setArrowType(hidden ? Qt::RightArrow : Qt::DownArrow);
    };
    const auto key = content.settingsKey;
    m_heading->setChecked(QSettings().value(key, false).toBool());
    fold(m_heading->isChecked());
    connect(m_heading, &QToolButton::toggled, this, [this, fold, key](bool hidden) {
        fold(hidden);
        QSettings().setValue(key, hidden);
        emit folded(hidden);
    });
}

void AssumptionLegend::setShown(std::size_t entry, bool shown)
{
    for (auto* part : std::as_const(m_rows[entry]))
        part->setVisible(shown);
}

bool AssumptionLegend::isFolded() const
{
    return m_heading->isChecked();
}

} // namespace emac::widgets
