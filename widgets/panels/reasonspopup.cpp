// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/reasonspopup.h"

#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/reasonsmodel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr int popupWidth = 60 * theme::unit;
constexpr int mostHeight = 50 * theme::unit;

/// Rows with room around wrapped text.
class ReasonDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int room = popupWidth - 8 * theme::unit;
        const auto text = option.fontMetrics.boundingRect(QRect(0, 0, room, 10000), Qt::TextWordWrap,
                                                          index.data(Qt::DisplayRole).toString());
        return {popupWidth - 4 * theme::unit, std::max(text.height(), 2 * theme::unit) + 2 * theme::unit};
    }
};

} // namespace

ReasonsPopup::ReasonsPopup(QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_model(new ReasonsModel(this))
    , m_heading(parts::heading({}, this))
    , m_hint(parts::muted({}, this))
    , m_explain(new QWidget(this))
    , m_list(new QListView(this))
{
    setAccessibleName(tr("Reasons of the verdict"));
    setFrameShape(QFrame::StyledPanel);
    parts::useThemeColours(this);
    m_list->setObjectName(QStringLiteral("reasons"));
    m_list->setAccessibleName(tr("Reasons; Return leads to the element"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ReasonDelegate(m_list));
    m_list->setWordWrap(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->viewport()->setCursor(Qt::PointingHandCursor);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * theme::unit, 2 * theme::unit, 2 * theme::unit, theme::unit);
    column->setSpacing(theme::unit);
    column->addWidget(m_heading);
    column->addWidget(m_list);
    column->addWidget(m_explain);
    column->addWidget(m_hint);
    auto* links = new QHBoxLayout(m_explain);
    links->setContentsMargins(0, 0, 0, 0);
    links->setSpacing(2 * theme::unit);
    links->addWidget(parts::muted(tr("Explain"), m_explain));
    for (const auto figure : allFigures) {
        auto* link = new parts::TextLink(symbolOf(figure), m_explain);
        link->setAccessibleName(tr("Explain %1").arg(headingOf(figure)));
        link->setToolTip(parts::plainToolTip(nameOf(figure)));
        links->addWidget(link);
        connect(link, &QAbstractButton::clicked, this, [this, figure] {
            hide();
            emit explanationRequested(figure);
        });
    }
    links->addStretch(1);
    m_hint->setFont(theme::font(theme::TextSize::Small));
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { choose(index.row()); });
}

void ReasonsPopup::setReasons(const QString& heading, const journey::Notes& reasons)
{
    m_heading->setText(heading);
    const int row = std::max(0, m_list->currentIndex().row());
    m_model->setReasons(reasons);
    m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1)));
    m_list->setVisible(!reasons.empty());
    m_hint->setText(reasons.empty() ? tr("There is nothing to list.")
                                    : tr("A click or Return leads to the element; Escape closes."));
}

void ReasonsPopup::setExplainable(bool explainable)
{
    m_explain->setVisible(explainable);
}

void ReasonsPopup::openBelow(QWidget* widget)
{
    int height = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        height += m_list->sizeHintForRow(row);
    m_list->setFixedHeight(std::min(height + 2, mostHeight));
    setFixedWidth(popupWidth);
    adjustSize();
    auto corner = widget->mapToGlobal(QPoint(0, widget->height() + theme::unit / 2));
    const auto screen = widget->screen()->availableGeometry();
    corner.setX(std::clamp(corner.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
    move(corner);
    show();
    m_list->setFocus(Qt::PopupFocusReason);
}

void ReasonsPopup::choose(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const auto reason = m_model->at(row);
    hide();
    emit chosen(reason);
}

void ReasonsPopup::keyPressEvent(QKeyEvent* event)
{
    // The list leaves Return and Escape to its parent.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(m_list->currentIndex().row());
    else if (event->key() == Qt::Key_Escape)
        hide();
    else
        QFrame::keyPressEvent(event);
}

} // namespace emac::widgets
