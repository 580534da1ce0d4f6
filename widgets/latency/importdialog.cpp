// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/importdialog.h"

#include "core/spec/latency_laws.h"
#include "core/spec/prometheus_import.h"
#include "core/spec/samples.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"
#include "widgets/latency/evidenceforms.h"
#include "widgets/latency/latencycurve.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace emac::widgets {

namespace {

/// Of the picture alone: in the journey it depends on how many intervals there are.
constexpr double pictureAlpha = 0.05;

QString faultText(const base::Diagnostic& diagnostic)
{
    const auto text = messageText(diagnostic.message);
    return diagnostic.place.line == 0 ? text : ImportDialog::tr("line %1: %2").arg(diagnostic.place.line).arg(text);
}

QString counted(const journey::HistogramLatency& histogram)
{
    return ImportDialog::tr("Understood as a histogram: %1.").arg(histogramWords(histogram));
}

QString counted(const spec::SampledTimes& times)
{
    const auto at = [&times](double part) {
        const auto index = static_cast<std::size_t>(std::ceil(part * static_cast<double>(times.size()))) - 1;
        return timeText(base::seconds(times[index]));
    };
    return ImportDialog::tr("Understood as %1 times, from %2 to %3: median %4, p99 %5.")
        .arg(QLocale().toString(static_cast<qulonglong>(times.size())), timeText(base::seconds(times.front())),
             timeText(base::seconds(times.back())), at(0.5), at(0.99));
}

} // namespace

ImportedLatency importedLatency(const QString& text, int column)
{
    ImportedLatency result;
    if (text.trimmed().isEmpty())
        return result;
    const auto bytes = text.toStdString();
    if (text.contains(QLatin1String("_bucket")) || text.contains(QLatin1String("le="))) {
        auto read = spec::importPrometheus(bytes);
        result.diagnostics = std::move(read.diagnostics);
        if (!read.value)
            return result;
        result.law = spec::latencyLaw(*read.value, pictureAlpha);
        result.words = counted(*read.value);
        result.evidence = std::move(*read.value);
        return result;
    }
    result.columns = timeColumns(text);
    result.single = result.columns.headings.isEmpty();
    const int chosen = column >= 0 ? column : result.columns.likely;
    if (!result.single && chosen < 0 && !result.columns.times.isEmpty())
        return result;
    auto read = spec::readSamples(result.single || chosen < 0 ? bytes : columnOf(text, chosen).toStdString());
    result.diagnostics = std::move(read.diagnostics);
    if (!read.value)
        return result;
    result.law = spec::latencyLaw(*read.value, pictureAlpha);
    result.words = counted(*read.value);
    result.evidence = spec::histogramOf(*read.value);
    return result;
}

ImportDialog::ImportDialog(QString folder, ChooseFile choose, QWidget* parent)
    : QDialog(parent)
    , m_folder(std::move(folder))
    , m_choose(std::move(choose))
    , m_text(new QPlainTextEdit(this))
    , m_column(new QComboBox(this))
    , m_words(parts::body({}, this))
    , m_faults(parts::body({}, this))
    , m_curve(new LatencyCurve(this))
    , m_refer(new QCheckBox(this))
{
    setWindowTitle(tr("Import Measured Latency"));
    setObjectName(QStringLiteral("importLatency"));
    parts::useThemeColours(this);
    resize(76 * theme::unit, 72 * theme::unit);
    m_text->setObjectName(QStringLiteral("text"));
    m_text->setAccessibleName(tr("Measured latency as text"));
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setPlaceholderText(tr("http_request_duration_seconds_bucket{le=\"0.1\"} 9120\n"
                                  "http_request_duration_seconds_bucket{le=\"0.5\"} 9870\n"
                                  "http_request_duration_seconds_bucket{le=\"+Inf\"} 10000\n"
                                  "\n"
                                  "or one time a line: 0.021, 35ms"));
    m_column->setObjectName(QStringLiteral("column"));
    m_column->setAccessibleName(tr("Column with the times"));
    m_words->setObjectName(QStringLiteral("words"));
    m_faults->setObjectName(QStringLiteral("faults"));
    auto palette = m_faults->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_faults->setPalette(palette);
    m_curve->setObjectName(QStringLiteral("preview"));
    m_curve->setAccessibleName(tr("Curve of what is imported"));
    m_curve->setEditable(false);
    m_curve->setFocusPolicy(Qt::NoFocus);
    m_refer->setObjectName(QStringLiteral("refer"));
    m_refer->hide();

    auto* open = new QPushButton(tr("Open File…"), this);
    open->setObjectName(QStringLiteral("open"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_use = buttons->addButton(tr("Use It"), QDialogButtonBox::AcceptRole);
    m_use->setObjectName(QStringLiteral("use"));
    buttons->addButton(open, QDialogButtonBox::ActionRole);
    connect(open, &QPushButton::clicked, this, [this] {
        const auto path = m_choose
                              ? m_choose(this, m_folder)
                              : QFileDialog::getOpenFileName(this, tr("Measured Latency"), m_folder,
                                                             tr("Measurements (*.csv *.txt *.prom);;All files (*)"));
        if (!path.isEmpty())
            openFile(path);
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* column = new QVBoxLayout(this);
    column->setSpacing(theme::unit);
    column->addWidget(
        parts::body(tr("Paste the buckets of a Prometheus histogram, or a column of measured times."), this));
    column->addWidget(m_text, 1);
    for (auto* widget : std::initializer_list<QWidget*>{m_column, m_words, m_faults, m_curve, m_refer, buttons})
        column->addWidget(widget);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ImportDialog::textChanged);
    connect(m_column, &QComboBox::activated, this,
            [this] { showImported(importedLatency(m_text->toPlainText(), m_column->currentData().toInt())); });
    textChanged();
}

journey::LatencyEvidence ImportDialog::result() const
{
    if (m_refer->isVisibleTo(this) && m_refer->isChecked())
        return journey::SampledLatency{m_relative.toStdString()};
    return *m_imported.evidence;
}

void ImportDialog::openFile(const QString& path)
{
    constexpr qint64 most = 16 * 1024 * 1024;
    QFile file(path);
    const auto fail = [this](const QString& why) {
        m_faults->setText(why);
        m_faults->show();
    };
    if (!file.open(QIODevice::ReadOnly))
        return fail(tr("%1 cannot be read: %2").arg(path, file.errorString()));
    if (file.size() > most)
        return fail(
            tr("%1 is larger than 16 MB. Put it beside the journey and write its path under Samples.").arg(path));
    m_relative.clear();
    m_text->setPlainText(QString::fromUtf8(file.readAll()));
    const auto relative = QDir(m_folder).relativeFilePath(QFileInfo(path).canonicalFilePath());
    if (QDir::isRelativePath(relative) && !relative.startsWith(QLatin1String("..")))
        m_relative = relative;
    showImported(m_imported);
}

void ImportDialog::textChanged()
{
    m_relative.clear(); // what is typed is not what the file says
    showImported(importedLatency(m_text->toPlainText()));
    showColumns();
}

/// Those that read as times, to choose from; what is clear by itself is chosen.
void ImportDialog::showColumns()
{
    const QSignalBlocker quiet(m_column);
    const auto& columns = m_imported.columns;
    m_column->clear();
    for (const int column : columns.times)
        m_column->addItem(tr("Column %1: %2").arg(column + 1).arg(columns.headings[column]), column);
    m_column->setPlaceholderText(tr("Choose the column with the times"));
    m_column->setCurrentIndex(static_cast<int>(columns.times.indexOf(columns.likely)));
    m_column->setVisible(!columns.times.isEmpty());
}

void ImportDialog::showImported(const ImportedLatency& imported)
{
    if (&imported != &m_imported)
        m_imported = imported;
    QStringList faults;
    for (const auto& diagnostic : m_imported.diagnostics)
        faults << faultText(diagnostic);
    m_words->setText(m_imported.words);
    m_words->setVisible(!m_imported.words.isEmpty());
    m_faults->setText(faults.join(u'\n'));
    m_faults->setVisible(!faults.isEmpty());
    auto palette = m_faults->palette();
    palette.setColor(QPalette::WindowText, m_imported.evidence ? theme::warning() : theme::bad());
    m_faults->setPalette(palette);
    m_curve->setLaw(m_imported.law);
    m_curve->setVisible(m_imported.law.get() != nullptr);
    m_refer->setText(tr("Refer to the file %1 instead of copying a histogram of it").arg(m_relative));
    m_refer->setVisible(!m_relative.isEmpty() && m_imported.single && m_imported.evidence);
    m_use->setEnabled(m_imported.evidence.has_value());
}

} // namespace emac::widgets
