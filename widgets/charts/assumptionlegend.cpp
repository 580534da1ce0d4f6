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

namespace emac::widgets {

namespace {

QString settingsKey()
{
    return QStringLiteral("availability/legendFolded");
}

enum class Mark
{
    Pessimistic,
    Optimistic,
    CommonCause,
    Envelope
};

/// A mark as the chart draws it.
class MarkPicture : public QWidget
{
public:
    MarkPicture(Mark mark, QWidget* parent) : QWidget(parent), m_mark(mark)
    {
        setFixedSize(5 * theme::unit, static_cast<int>(2 * marks::barHeight) + 2);
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double middle = height() / 2.0;
        const double centre = width() / 2.0;
        const auto bar = [&](double from, double to) {
            painter.fillRect(QRectF(from, middle - marks::barHeight / 2, to - from, marks::barHeight),
                             theme::interval());
        };
        switch (m_mark) {
        case Mark::Pessimistic:
            bar(centre, width());
            marks::paintEnd(painter, centre, middle, theme::pessimistic());
            break;
        case Mark::Optimistic:
            bar(0, centre);
            marks::paintEnd(painter, centre, middle, theme::optimistic());
            break;
        case Mark::CommonCause:
            bar(0, width());
            marks::paintTick(painter, centre, middle, marks::tickColour());
            break;
        case Mark::Envelope: {
            marks::Places places;
            places.lowest = 2;
            places.worst = centre - 6;
            places.best = centre + 6;
            places.highest = width() - 2;
            marks::paintWhisker(painter, places, middle, marks::whiskerColour());
            bar(*places.best - 12, *places.best);
            break;
        }
        }
    }

private:
    Mark m_mark;
};

struct Entry
{
    Mark mark;
    QString symbol;
    QString sentence;
    QString more;
};

std::vector<Entry> entries()
{
    const auto of = [](Mark mark, Figure figure) {
        return Entry{mark, symbolOf(figure), assumptionOf(figure), guaranteeOf(figure)};
    };
    return {of(Mark::Pessimistic, Figure::Pessimistic), of(Mark::Optimistic, Figure::Optimistic),
            of(Mark::CommonCause, Figure::CommonCause),
            Entry{Mark::Envelope, QStringLiteral("E⁻ E⁺"), envelopeAssumption(), guaranteeOf(Figure::Lowest)}};
}

} // namespace

AssumptionLegend::AssumptionLegend(QWidget* parent)
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
    for (const auto& entry : entries()) {
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
        grid->addWidget(new MarkPicture(entry.mark, m_body), row, 0, Qt::AlignTop);
        grid->addWidget(symbol, row, 1, Qt::AlignTop);
        grid->addWidget(words, row, 2);
        ++row;
    }
    auto* caution = parts::muted(intervalCaution(), m_body);
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
    m_heading->setChecked(QSettings().value(settingsKey(), false).toBool());
    fold(m_heading->isChecked());
    connect(m_heading, &QToolButton::toggled, this, [this, fold](bool hidden) {
        fold(hidden);
        QSettings().setValue(settingsKey(), hidden);
        emit folded(hidden);
    });
}

bool AssumptionLegend::isFolded() const
{
    return m_heading->isChecked();
}

} // namespace emac::widgets
