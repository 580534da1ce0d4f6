// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QUndoStack>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace emac::widgets {

/// A value of the document that can be typed. A text that is no value gets a hint and makes no edit; a refused edit
/// shows its reason; both stay as typed until Esc, which gives up what was typed, or until the document's value is
/// another. The field follows the document, so that undo shows at once, but never rewrites what is being typed as long
/// as it means the same. Undo and redo keys always mean the document's stack: a value typed and not yet done becomes a
/// step first.
class ValueField : public QWidget
{
    Q_OBJECT
public:
    enum class Apply
    {
        Live, ///< every valid text is an edit at once; one that may go on, after a pause
        WhenDone ///< on Return and when the focus leaves
    };
    struct Rules
    {
        /// The value that a text means, equal for equal values; empty where the text is no value.
        std::function<std::optional<QString>(const QString& text)> meaning;
        /// Does the edit; @returns why it was refused, else an empty text.
        std::function<QString(const QString& text)> apply;
        /// The text some steps up; may be empty: then the arrow keys do nothing.
        std::function<QString(const QString& text, int steps)> step;
        QString expected; ///< the hint for a text that is no value
        Apply when = Apply::WhenDone;
        /// What is shown of how a text is understood while it is typed; may be empty.
        std::function<QString(const QString& text)> understood = {};
        /// Whether a text that is a value is likely the beginning of another one: "12" of "120ms". May be empty: none.
        std::function<bool(const QString& text)> mayGoOn = {};
    };

    ValueField(QUndoStack* stack, Rules rules, QWidget* parent);

    /// The document's value, and how it reads.
    void setValue(const QString& meaning, const QString& shown);
    void setPlaceholder(const QString& text);
    /// Beside a value that is stated stands a button that applies the empty text: then the default holds,
    /// or nothing.
    void makeResettable(const QString& label, const QString& toolTip);
    void complete(const QStringList& texts); ///< offers these while typing
    /// Where the field stands for values that differ, it shows "(several values)" and no value, until one is typed.
    void setDiffer(std::function<bool()> differ) { m_differ = std::move(differ); }
    void setEditable(bool editable);

    QLineEdit* lineEdit() const { return m_edit; }
    bool isNumber() const { return m_rules.step != nullptr; } ///< the arrow keys change it
    QString hint() const; ///< empty where all is well

    /// Makes what is typed and not yet done an edit, where it is a value.
    void commit();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void typed(const QString& text);
    void takeTyped(); ///< what was typed before a pause
    void takeBack(); ///< what was applied since the typing began
    void restore();
    void doApply(const QString& text);
    enum class Tone
    {
        Quiet, ///< it is being typed
        Loud
    };
    void showHint(const QString& text, Tone tone = Tone::Loud);
    void showUnderstood();

    QUndoStack* m_stack;
    Rules m_rules;
    QLineEdit* m_edit;
    QToolButton* m_reset;
    QLabel* m_understood;
    QLabel* m_hint;
    QString m_meaning;
    QString m_shown;
    QString m_placeholder;
    std::function<bool()> m_differ; ///< may be empty
    bool m_several = false; ///< the values differ
    bool m_resettable = false;
    bool m_typing = false; ///< since the field last showed the document's value
    bool m_takingBack = false;
    QTimer m_pause; ///< in typing what may go on
    QString m_before; ///< the document's value when the typing began, and how it read
    QString m_beforeShown;
};

} // namespace emac::widgets
