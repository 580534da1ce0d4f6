// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencynotice.h"

#include "widgets/charts/latencycontent.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"

#include <QHBoxLayout>
#include <QLabel>

namespace emac::widgets {

namespace {

constexpr int mostLinks = 3;

QStringList names(const std::vector<std::string>& components)
{
    QStringList result;
    for (const auto& component : components)
        result << QString::fromStdString(component);
    return result;
}

/// As wide as its text on one line, where there is room: a QLabel that wraps asks for less.
class Sentence : public QLabel
{
public:
    explicit Sentence(QWidget* parent) : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
        auto policy = QSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }
    QSize sizeHint() const override
    {
        const int wide = fontMetrics().horizontalAdvance(text()) + theme::unit / 2;
        return {wide, heightForWidth(wide)};
    }
};

bool isUnbounded(const analysis::LatencyBand& band, std::size_t percentile)
{
    return percentile < band.percentiles.size() && !band.percentiles[percentile].upper;
}

} // namespace

LatencyNotice::Content LatencyNotice::contentOf(const analysis::LatencyAnalysis& latency, std::size_t percentile)
{
    if (!latency.law) {
        return latency.lacking.empty()
                   ? Content{tr("There is no call that somebody waits for, and so no latency."), {}}
                   : Content{tr("The latency is not known yet: %n component(s) without latency evidence.", nullptr,
                                static_cast<int>(latency.lacking.size())),
                             names(latency.lacking)};
    }
    const auto& law = *latency.law;
    const bool open =
        isUnbounded(law.independent, percentile) || (law.sharedFate && isUnbounded(*law.sharedFate, percentile));
    if (open) {
        const auto name = percentileName(percentile);
        if (!latency.openTails.empty())
            return {tr("%1 is unbounded: the evidence ends before the slowest calls. Bound the tail with a max, a "
                       "higher quantile, more measurements or a timeout:")
                        .arg(name),
                    names(latency.openTails)};
        return {tr("%1 is unbounded: what is known of availabilities and failure times leaves it open.").arg(name), {}};
    }
    if (law.approximate)
        return {tr("Approximate: too many components repeat, so their calls are taken as separate, and the curve is "
                   "scaled to A⁺."),
                {}};
    return {};
}

LatencyNotice::LatencyNotice(QWidget* parent)
    : QWidget(parent)
    , m_text(new Sentence(this))
    , m_line(new QHBoxLayout(this))
{
    m_text->setObjectName(QStringLiteral("notice"));
    m_text->setFont(theme::font(theme::TextSize::Body));
    m_line->setContentsMargins(0, 0, 0, 0);
    m_line->setSpacing(theme::unit);
    m_line->addWidget(m_text);
    m_line->addStretch(1);
    hide();
}

void LatencyNotice::setContent(const Content& content)
{
    if (content == m_content)
        return;
    m_content = content;
    m_text->setText(content.text);
    qDeleteAll(findChildren<parts::TextLink*>());
    const auto add = [this](int place, const QString& text, const QString& component) {
        auto* link = new parts::TextLink(text, this);
        link->setAccessibleName(tr("Latency evidence of %1").arg(component));
        link->setToolTip(parts::plainToolTip(tr("Opens the latency field of %1").arg(component)));
        m_line->insertWidget(place, link);
        link->show();
        connect(link, &QAbstractButton::clicked, this, [this, component] { emit chosen(component); });
    };
    const auto shown = std::min<qsizetype>(content.components.size(), mostLinks);
    for (qsizetype i = 0; i < shown; ++i)
        add(static_cast<int>(i) + 1, content.components[i], content.components[i]);
    if (content.components.size() > shown) {
        const auto more = static_cast<int>(content.components.size() - shown);
        add(static_cast<int>(shown) + 1, tr("and %n more", nullptr, more), content.components[shown]);
    }
    setVisible(!content.text.isEmpty());
}

} // namespace emac::widgets
