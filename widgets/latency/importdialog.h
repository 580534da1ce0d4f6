// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/component.h"
#include "core/journey/inputs.h"
#include "widgets/latency/timecolumns.h"

#include <QDialog>

#include <functional>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace emac::widgets {

class LatencyCurve;

/// What was understood of the text of a measurement.
struct ImportedLatency
{
    std::optional<journey::LatencyEvidence> evidence; ///< a histogram, also of single times; absent: errors say why
    bool single = false; ///< the text is a list of times
    TimeColumns columns; ///< of a table
    journey::LatencyLawPtr law;
    QString words; ///< "12 buckets up to 2.5 s, 48,123 calls"
    base::Diagnostics diagnostics; ///< with lines
};

/// Prometheus text where it speaks of buckets, else a column of times: of a table the one that is chosen, or that is
/// clear by itself. Nothing at all of a blank text, and of a table where no column is.
/// O(n log n)
ImportedLatency importedLatency(const QString& text, int column = -1);

/// Takes a measured latency from pasted text or a file: says what it understood while it is pasted, and draws it.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    /// @returns the file to read; empty where the person thinks better of it
    using ChooseFile = std::function<QString(QWidget* parent, const QString& folder)>;

    /// @param folder of the intent: a list of times in it, or below it, can be referred to instead of being copied
    ImportDialog(QString folder, ChooseFile choose, QWidget* parent);

    /// What is to be written into the journey. @pre accepted
    journey::LatencyEvidence result() const;
    /// Reads the file into the text.
    void openFile(const QString& path);

private:
    void showImported(const ImportedLatency& imported);
    void textChanged();
    void showColumns();

    QString m_folder;
    ChooseFile m_choose;
    ImportedLatency m_imported;
    QString m_relative; ///< of the file that the text is of; empty where it cannot be referred to
    QPlainTextEdit* m_text;
    QComboBox* m_column; ///< of a table
    QLabel* m_words;
    QLabel* m_faults;
    LatencyCurve* m_curve;
    QCheckBox* m_refer;
    QPushButton* m_use;
};

} // namespace emac::widgets
