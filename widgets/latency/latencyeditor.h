// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/latency/evidenceforms.h"
#include "widgets/latency/importdialog.h"

#include <QWidget>

#include <map>

class QFormLayout;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace emac::widgets {

class ChoiceField;
class LatencyCurve;
class ValueField;

namespace parts {
class PlaceLink;
} // namespace parts

/// What is known of one component's latency: the form of the evidence, its numbers, the curve that they make, with
/// handles to drag; where they come from; when a failing call has failed. Each change is one undo step, a drag with all
/// that happens in it is one. All follows while a number is typed or dragged.
class LatencyEditor : public QWidget
{
    Q_OBJECT
public:
    LatencyEditor(JourneyDocument* document, std::string component, QWidget* parent);

    /// Takes the values of the document.
    void refresh();

    /// What the field of this name of the component ("latency", "latency.max", "failure") is edited by: null where
    /// there is none.
    QWidget* field(const QString& name) const;
    LatencyCurve* curve() const { return m_curve; }
    /// How a file to import is asked for; the prompts of a window.
    void setFileChooser(ImportDialog::ChooseFile choose) { m_chooseFile = std::move(choose); }

signals:
    void placeRequested(const emac::base::Place& place);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// The value of a text, equal for equal values; empty where it is none.
    using Meaning = std::optional<QString>;
    static Meaning meaningOf(EvidenceForm form, const QString& text);
    using Evidence = std::optional<journey::LatencyEvidence>;
    /// A form that was chosen and whose numbers are not all typed yet.
    struct Draft
    {
        EvidenceForm form = EvidenceForm::None;
        EvidenceTexts texts;
        Evidence beside; ///< what the document says meanwhile
    };
    struct Group
    {
        QWidget* widget = nullptr;
        std::map<QString, ValueField*> fields;
    };

    journey::Component component() const;
    EvidenceForm form() const;
    EvidenceTexts texts() const;
    /// @returns why it is refused
    QString apply(const Evidence& evidence);
    QString applyFailure(const journey::FailureTime& failure);
    QString choose(EvidenceForm form);
    QString chooseFailure(int index);
    QString setNumber(const QString& name, const QString& text);

    void addKind(QFormLayout* form);
    void addGroups();
    void addSlo(QFormLayout* form);
    void addFailure(QFormLayout* form);
    void addNumber(EvidenceForm form, const QString& name, const QString& label, const QString& placeholder);
    void addQuantile(const QString& name);
    ValueField* newField(EvidenceForm form, const QString& name);
    void addCurve(QVBoxLayout* column);

    void showNumbers();
    void showSlo();
    void showFailure();
    void showCurve();
    journey::LatencyLawPtr lawOf(const Evidence& evidence) const;
    void showHandles(const Evidence& evidence);
    void moveHandle(int handle, base::Duration time);
    void import();
    void say(const QString& refusal);

    JourneyDocument* m_document;
    std::string m_name;
    ImportDialog::ChooseFile m_chooseFile;
    std::optional<Draft> m_draft;
    bool m_failsAfter = false; ///< "after" is chosen, and the time is not typed yet
    bool m_refreshing = false;

    ChoiceField* m_kind;
    std::map<EvidenceForm, Group> m_groups;
    QLabel* m_measured; ///< what is imported, in words
    QLabel* m_pending; ///< what holds until a draft is complete
    LatencyCurve* m_curve;
    QToolButton* m_logarithmic;
    QPushButton* m_import;
    QLabel* m_refusal;
    ValueField* m_slo;
    QLabel* m_threshold;
    parts::PlaceLink* m_place;
    ChoiceField* m_failure;
    ValueField* m_failureTime;
};

} // namespace emac::widgets
