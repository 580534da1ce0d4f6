// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/newjourney.h"

#include "core/journey/edits.h"
#include "core/spec/write.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace emac::workbench {

using namespace widgets;

NewJourneyDialog::NewJourneyDialog(const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_base(folder)
    , m_name(new QLineEdit(this))
    , m_target(new QLineEdit(exactPercent(availabilityOf(0.001)), this))
    , m_window(new QLineEdit(QStringLiteral("30d"), this))
    , m_folder(new QLineEdit(QDir::toNativeSeparators(folder), this))
    , m_file(parts::muted({}, this))
    , m_refusal(parts::body({}, this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("New Journey"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(64 * theme::unit);
    m_name->setObjectName(QStringLiteral("name"));
    m_target->setObjectName(QStringLiteral("target"));
    m_window->setObjectName(QStringLiteral("window"));
    m_folder->setObjectName(QStringLiteral("folder"));
    m_refusal->setObjectName(QStringLiteral("refusal"));
    m_name->setPlaceholderText(tr("checkout"));
    auto palette = m_refusal->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_refusal->setPalette(palette);
    auto* place = new QWidget(this);
    auto* browse = new QPushButton(tr("Browse…"), place);
    browse->setAutoDefault(false);
    auto* row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_folder, 1);
    row->addWidget(browse);
    place->setFocusProxy(m_folder);
    auto* form = parts::form();
    parts::addRow(form, tr("Name"), m_name);
    parts::addRow(form, tr("Availability objective"), m_target);
    parts::addRow(form, tr("Window"), m_window);
    parts::addRow(form, tr("Folder"), place);
    m_folder->setAccessibleName(tr("Folder"));
    form->addRow({}, m_file);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2 * theme::unit);
    column->addLayout(form);
    column->addWidget(m_refusal);
    column->addWidget(m_buttons);

    for (auto* edit : {m_name, m_target, m_window, m_folder})
        connect(edit, &QLineEdit::textChanged, this, &NewJourneyDialog::update);
    connect(browse, &QPushButton::clicked, this, [this] {
        const auto chosen = QFileDialog::getExistingDirectory(this, tr("Folder of the Journey"), m_folder->text());
        if (!chosen.isEmpty())
            m_folder->setText(QDir::toNativeSeparators(chosen));
    });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &NewJourneyDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &NewJourneyDialog::reject);
    update();
}

QString NewJourneyDialog::path() const
{
    static const QRegularExpression unusual(QStringLiteral("[^\\w.-]+"));
    const auto name = m_name->text().trimmed().toLower().replace(unusual, QStringLiteral("-"));
    auto folder = QDir::fromNativeSeparators(m_folder->text());
    if (folder == u'~' || folder.startsWith(QStringLiteral("~/")))
        folder.replace(0, 1, QDir::homePath());
    return QDir(QDir(m_base).absoluteFilePath(folder)).absoluteFilePath(QStringLiteral("emac.%1.yaml").arg(name));
}

void NewJourneyDialog::update()
{
    const bool named = !m_name->text().trimmed().isEmpty();
    QString refusal;
    if (!typedRatio(m_target->text()))
        refusal = tr("Type the objective as a percentage such as %1.").arg(exactPercent(availabilityOf(0.001)));
    else if (!typedDuration(m_window->text()))
        refusal = tr("Type the window as a duration such as 30d.");
    else if (QFileInfo(QFileInfo(path()).path()).isFile())
        refusal = tr("The folder is a file.");
    const bool newFolder = !QFileInfo::exists(QFileInfo(path()).path());
    const auto file = QDir::toNativeSeparators(path());
    m_file->setText(!named ? QString() : newFolder ? tr("%1, in a new folder").arg(file) : file);
    m_refusal->setText(refusal);
    m_refusal->setVisible(!refusal.isEmpty());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(named && refusal.isEmpty());
}

QString NewJourneyDialog::write() const
{
    journey::Objectives objectives;
    objectives.availability =
        journey::AvailabilityObjective{*typedDuration(m_window->text()), *typedRatio(m_target->text()), {}, {}};
    // As an edit, so that the values are checked as all others are.
    const auto made =
        journey::apply({}, journey::Compound{{journey::SetMetadata{m_name->text().trimmed().toStdString(), {}, {}},
                                              journey::SetObjectives{objectives}}});
    if (!made.value)
        return messageText(made.diagnostics.front().message);
    if (!QDir().mkpath(QFileInfo(path()).path()))
        return tr("The folder cannot be made.");
    QFile file(path());
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return file.exists() ? tr("There is such a file already: choose another name or folder.")
                             : tr("The file cannot be written: %1").arg(file.errorString());
    const auto text = QByteArray::fromStdString(spec::write(*made.value));
    if (file.write(text) != text.size() || !file.flush()) {
        const auto reason = file.errorString();
        file.remove(); // else it would stand in the way of the next try
        return tr("The file cannot be written: %1").arg(reason);
    }
    return {};
}

void NewJourneyDialog::accept()
{
    const auto refusal = write();
    if (refusal.isEmpty()) {
        emit created(path());
        QDialog::accept();
        return;
    }
    m_refusal->setText(refusal);
    m_refusal->show();
}

} // namespace emac::workbench
