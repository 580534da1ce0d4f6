// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace emac::workbench {

/// Asks for what a new journey needs, a name, a place and an availability objective, and writes its file.
class NewJourneyDialog : public QDialog
{
    Q_OBJECT
public:
    /// @param folder where the file is to lie unless another one is chosen
    NewJourneyDialog(const QString& folder, QWidget* parent);

signals:
    /// The file is written.
    void created(const QString& path);

protected:
    void accept() override;

private:
    void update();
    QString path() const;
    QString write() const; ///< @returns why it could not be, else an empty text

    QString m_base; ///< of folders that are typed without their beginning
    QLineEdit* m_name;
    QLineEdit* m_target;
    QLineEdit* m_window;
    QLineEdit* m_folder;
    QLabel* m_file;
    QLabel* m_refusal;
    QDialogButtonBox* m_buttons;
};

} // namespace emac::workbench
