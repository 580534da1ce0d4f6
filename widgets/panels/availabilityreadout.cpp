// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/availabilityreadout.h"

#include "widgets/charts/intervalmarks.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace emac::widgets {

/// The numbers as the chart draws them, on a scale of their own.
class IntervalPicture : public QWidget
{
public:
    explicit IntervalPicture(QWidget* parent) : QWidget(parent)
    {
        setFixedHeight(static_cast<int>(2 * marks::barHeight) + theme::unit);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }

    void setValues(const analysis::NodeAvailability* values, bool stale)
    {
        const auto now = values != nullptr ? std::optional(*values) : std::nullopt;
        if (now == m_values && stale == m_stale)
            return;
        m_values = now;
        m_stale = stale;
        update();
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        if (!m_values)
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        std::vector<double> ends{m_values->sharedFate.worst};
        if (m_values->independent)
            ends.push_back(m_values->independent->best);
        if (m_values->commonCause)
            ends.push_back(*m_values->commonCause);
        const auto& envelope = m_values->envelope.failure;
        const auto scale = nines::scaleFor(ends, {envelope.worst, envelope.best});
        const double room = marks::barHeight + 2; // for arrows
        const auto places = marks::placesOf(*m_values, scale, room, width() - 2 * room);
        marks::paint(painter, places, height() / 2.0, width() - room, m_stale);
    }

private:
    std::optional<analysis::NodeAvailability> m_values;
    bool m_stale = false;
};

namespace {

QColor colourOf(Figure figure)
{
    switch (figure) {
    case Figure::Pessimistic:
        return theme::pessimistic();
    case Figure::Optimistic:
        return theme::optimistic();
    case Figure::CommonCause:
        return theme::commonCause();
    case Figure::Lowest:
    case Figure::Highest:
        break;
    }
    return theme::text();
}

} // namespace

AvailabilityReadout::AvailabilityReadout(QWidget* parent)
    : QWidget(parent)
    , m_picture(new IntervalPicture(this))
    , m_remark(parts::muted({}, this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(2 * theme::unit);
    grid->setVerticalSpacing(0);
    grid->addWidget(m_picture, 0, 0, 1, 2);
    int row = 1;
    for (const auto figure : allFigures) {
        Line line{parts::muted(headingOf(figure), this), new parts::TextLink({}, this)};
        line.name->setWordWrap(false);
        line.name->setToolTip(
            parts::plainToolTip(QStringLiteral("%1 %2").arg(assumptionOf(figure), guaranteeOf(figure))));
        line.value->setFont(theme::numberFont(theme::TextSize::Body, QFont::DemiBold));
        line.value->setObjectName(symbolOf(figure));
        line.value->setToolTip(tr("Explain this number"));
        grid->addWidget(line.name, row, 0);
        grid->addWidget(line.value, row, 1, Qt::AlignRight);
        connect(line.value, &QAbstractButton::clicked, this, [this, figure] { emit explanationRequested(figure); });
        m_lines.emplace(figure, line);
        ++row;
    }
    grid->addWidget(m_remark, row, 0, 1, 2);
    grid->setColumnStretch(1, 1);
}

void AvailabilityReadout::setValues(const analysis::NodeAvailability* values, const AvailabilityDisplay& display,
                                    bool stale)
{
    m_picture->setValues(values, stale);
    m_picture->setVisible(values != nullptr);
    for (const auto& [figure, line] : m_lines) {
        const auto failure = values != nullptr ? failureOf(*values, figure) : std::nullopt;
        const bool hidden = figure == Figure::CommonCause && !failure;
        line.name->setVisible(!hidden);
        line.value->setVisible(!hidden);
        const auto text = failure             ? availabilityText(*failure, display)
                          : values != nullptr ? tr("not computed")
                                              : QStringLiteral("–");
        line.value->setText(text);
        line.value->setEnabled(values != nullptr);
        line.value->setColour(stale || !failure ? theme::mutedText() : colourOf(figure));
        line.value->setAccessibleName(tr("%1, %2: %3").arg(symbolOf(figure), nameOf(figure), text));
        line.value->updateGeometry();
    }

    QStringList remarks;
    if (values != nullptr && !values->envelope.sharp)
        remarks << tr("The envelope is an outer bound: components are called more than once.");
    if (values != nullptr && !values->independent)
        remarks << tr("A⁺ is not computed: a limit of the exact computation was met, see Problems.");
    if (values != nullptr && values->sharesFate)
        remarks << tr("Alternatives here share a component or a failure domain: A⁻ lets them fail together.");
    if (values != nullptr && values->domainsUnknown)
        remarks << tr("Some failure domains below are unknown or in conflict.");
    m_remark->setText(remarks.join(QLatin1Char('\n')));
    m_remark->setVisible(!remarks.isEmpty());
}

} // namespace emac::widgets
