// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"

#include <QAbstractButton>
#include <QWidget>

class QFormLayout;
class QLabel;
class QToolButton;

/// What the panels are made of. Texts that come from files are always shown as plain text.
namespace emac::widgets::parts {

/// A tool tip that shows the text as it is, whatever marks it holds, and wraps.
QString plainToolTip(const QString& text);

/// The light ground and text colours of the theme, for the widget and all in it.
void useThemeColours(QWidget* widget);

QLabel* title(const QString& text, QWidget* parent);
QLabel* heading(const QString& text, QWidget* parent);
QLabel* body(const QString& text, QWidget* parent);
QLabel* muted(const QString& text, QWidget* parent);
/// A form whose labels stand at the left in muted type.
QFormLayout* form();
/// A row of the form, its label a buddy of the field; the field takes the label as its accessible name.
void addRow(QFormLayout* form, const QString& label, QWidget* field);

/// "slo.paya.yaml:12" for people, the whole path and line in a tool tip.
QString placeText(const base::Place& place);

/// A text shown as a link that can be clicked and pressed; elided in the middle where it does not fit.
class TextLink : public QAbstractButton
{
    Q_OBJECT
public:
    TextLink(const QString& text, QWidget* parent);

    /// The accent unless told.
    void setColour(const QColor& colour);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor m_colour;
};

/// A place of a file as a link.
class PlaceLink : public TextLink
{
    Q_OBJECT
public:
    explicit PlaceLink(QWidget* parent);

    /// Hides the link where the place has no file.
    void setPlace(const base::Place& place);
    const base::Place& place() const { return m_place; }

signals:
    void requested(const emac::base::Place& place);

private:
    base::Place m_place;
};

} // namespace emac::widgets::parts
