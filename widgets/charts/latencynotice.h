// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"

#include <QString>
#include <QStringList>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace emac::widgets {

/// Why something about laws in time is not known, with links to the components that keep it so.
class LatencyNotice : public QWidget
{
    Q_OBJECT
public:
    struct Content
    {
        QString text; ///< empty: there is nothing to say
        QStringList components;
        bool operator==(const Content&) const = default;
    };
    /// Why the law is absent; else why the percentile is unbounded; else that the curve is approximate.
    static Content contentOf(const analysis::LatencyAnalysis& latency, std::size_t percentile);

    explicit LatencyNotice(QWidget* parent);

    void setContent(const Content& content);
    const Content& content() const { return m_content; }

signals:
    void chosen(const QString& component);

private:
    Content m_content;
    QLabel* m_text;
    QHBoxLayout* m_line;
};

} // namespace emac::widgets
