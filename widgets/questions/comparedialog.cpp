// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/questions/comparedialog.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/diffview.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QVBoxLayout>

namespace emac::widgets {

using namespace std::chrono_literals;

CompareDialog::CompareDialog(const Comparison& comparison, QWidget* parent)
    : QDialog(parent)
    , m_note(parts::muted(tr("Comparing …"), this))
    , m_view(new DiffView(this))
    , m_lane(0ms)
{
    setWindowTitle(tr("Compare “%1”").arg(comparison.title));
    parts::useThemeColours(this);
    resize(100 * theme::unit, 70 * theme::unit);
    m_view->setObjectName(QStringLiteral("difference"));
    m_view->setAccessibleName(tr("Difference"));
    m_note->setObjectName(QStringLiteral("note"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(theme::unit);
    column->addWidget(parts::title(comparison.title, this));
    column->addWidget(parts::body(tr("−  %1\n+  %2").arg(comparison.beforeName, comparison.afterName), this));
    column->addWidget(m_note);
    column->addWidget(m_view, 1);
    column->addWidget(buttons);

    const auto name = QFileInfo(comparison.path).fileName().toStdString();
    m_lane.submit([this, comparison, name](const base::Watch& watch) {
        const auto& before = comparison.before;
        const auto& after = comparison.after;
        std::vector diffs{workspace::differenceOf(name, before.text.value_or(std::string()),
                                                  after.text.value_or(std::string()), watch),
                          workspace::differenceOf(".emac/layout/" + name, before.layout, after.layout, watch)};
        QMetaObject::invokeMethod(
            this, [this, diffs = std::move(diffs)] { receive(diffs); }, Qt::QueuedConnection);
    });
}

void CompareDialog::receive(const std::vector<base::Result<workspace::GitDiff>>& diffs)
{
    QString text;
    QString note;
    for (const auto& diff : diffs) {
        if (!diff.value) {
            note = messageText(diff.diagnostics.front().message);
            continue;
        }
        text += QString::fromStdString(diff.value->text);
        if (diff.value->cut)
            note = tr("The rest of the difference is left out: it is very long.");
    }
    if (note.isEmpty() && text.isEmpty())
        note = tr("Nothing differs.");
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_view->setDiff(text);
    emit compared();
}

} // namespace emac::widgets
