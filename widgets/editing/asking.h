// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

#include <functional>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QVBoxLayout;

/// The two small questions of an edit: a name, and one of many. Each shows why what was answered is refused and stays
/// open until it is answered well or given up with Esc.
namespace emac::widgets {

class AskDialog : public QDialog
{
    Q_OBJECT
protected:
    AskDialog(QWidget* parent, const QString& title, const QString& label);

    QLineEdit* edit() const { return m_edit; }
    QVBoxLayout* column() const { return m_column; }
    void setAnswerable(bool answerable); ///< switches the button that accepts
    /// Does what was asked for; @returns why it is refused, else an empty text.
    virtual QString answer() = 0;
    void accept() override;

private:
    QVBoxLayout* m_column;
    QLineEdit* m_edit;
    QLabel* m_refusal;
    QDialogButtonBox* m_buttons;
};

/// Asks for a name.
class NameDialog : public AskDialog
{
    Q_OBJECT
public:
    /// @returns why the name is refused, else an empty text
    using Accept = std::function<QString(const QString& name)>;
    enum class Empty
    {
        Refuse,
        Allow
    };
    NameDialog(QWidget* parent, const QString& title, const QString& label, const QString& initial, Empty empty,
               Accept accept);

protected:
    QString answer() override;

private:
    Accept m_accept;
};

/// Asks for one of many by a search field and a list; where it is offered, a name that is not among them makes a new
/// one.
class PickDialog : public AskDialog
{
    Q_OBJECT
public:
    using Accept = std::function<QString(const QString& name, bool isNew)>;
    /// @param offerNew text of the line that makes a new one, with %1 for its name; empty: there is none
    PickDialog(QWidget* parent, const QString& title, const QString& label, QStringList items, const QString& offerNew,
               Accept accept);

protected:
    QString answer() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();

    QStringList m_items;
    QString m_offerNew;
    Accept m_accept;
    QListWidget* m_list;
};

} // namespace emac::widgets
