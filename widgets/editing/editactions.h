// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"
#include "core/spec/clip.h"
#include "widgets/common/actionregistry.h"
#include "widgets/document/journeydocument.h"
#include "widgets/editing/carried.h"
#include "widgets/editing/nesting.h"
#include "widgets/editing/nodeselection.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>
#include <vector>

class QMenu;

namespace emac::widgets {

class AskDialog;

/// The actions that edit the journey of the current document, in the registry under "edit." and "journey.". They are
/// enabled by what is selected; each is one undo step.
class EditActions : public QObject
{
    Q_OBJECT
public:
    /// @param window parent of the questions that some actions ask; outlives this
    EditActions(ActionRegistry* registry, QWidget* window);

    /// The document to act on; null: all actions are off.
    void setDocument(JourneyDocument* document);

    void fillEditMenu(QMenu* menu) const;
    void fillJourneyMenu(QMenu* menu) const;
    /// What can be done with the selection just now.
    void fillContextMenu(QMenu* menu) const;

    /// Puts it behind the selected node; where none is selected, at the end of what the drawing shows.
    void putDown(const Carried& carried);

signals:
    /// An action was refused; nothing has changed.
    void refused(const QString& reason);
    /// What was done leaves something to know.
    void told(const QString& text);
    void whereUsedRequested(const QString& component);
    /// These calls are new, of components with names of no meaning.
    void namesWanted(const std::vector<emac::journey::Element>& calls);

private:
    using Enabled = std::function<bool()>;
    /// Whether an action needs a document that can be edited, or also acts on one that can only be read.
    enum class Needs
    {
        Editing,
        Reading
    };
    QAction* add(const QString& id, ActionRegistry::Menu menu, const QString& text,
                 const QList<QKeySequence>& shortcuts, Enabled enabled, const std::function<void()>& handler,
                 Needs needs = Needs::Editing);
    void addClipboardActions();
    void addPageActions();
    void addTreeActions();
    void addOperatorActions();
    void addNamedActions();
    void update();
    /// Does the edit; @returns and tells why it is refused, else an empty text.
    QString apply(const journey::Edit& edit, const QString& words, const std::optional<Selection>& select = {});
    void open(AskDialog* dialog);
    QAction* action(const char* id) const;
    void addItem(const char* id, QMenu* menu) const; ///< a separator where the id is empty
    void addSubMenu(const QString& title, const QList<QAction*>& actions, QMenu* parent) const;
    QString whyNotWrapped(journey::OperatorType type) const; ///< empty where it can be
    const journey::Journey& journey() const { return m_document->intent().journey; }
    /// The root of what the drawing shows; null where that is empty.
    journey::ExpressionPtr pageRoot() const;
    /// The selected call's component, or the selected component; empty where there is none.
    std::string component() const;

    using MakeEdit = std::function<journey::Edit(journey::ExpressionPtr call)>;
    /// Asks for a component, perhaps a new one, and does the edit with a call of it.
    using Words = std::function<QString(const QString& component)>;
    void askForCall(const QString& title, Words words, MakeEdit edit);
    QString copy() const; ///< @returns what people call what has been copied
    void cut();
    void paste();
    void duplicate();
    void selectAll();
    void removeSelected(const QString& words);
    /// Where something new goes: behind this node, else behind all that the drawing shows.
    journey::Landing behind(const journey::ExpressionPtr& node) const;
    /// Does the edit, and selects what of these new nodes is there then.
    QString applyNew(const journey::Edit& edit, const QString& words, const std::vector<journey::ExpressionPtr>& nodes);
    void insertBeside(journey::Side side);
    void insertInto();
    void callAnother();
    void remove();
    void move(int direction);
    /// Indents or outdents.
    void nest(std::optional<Nesting> (*nesting)(const journey::Journey&, const NodeSelection&));
    void wrap(journey::OperatorType type);
    void unwrap();
    void change(journey::OperatorType type);
    void rename();
    void extract();
    void inlineFragment();
    void bind();
    void addComponent();
    void addDomain();
    void renameDomain();
    void removeDomain();
    QStringList domainNames() const; ///< of rules and components, sorted

    struct Conditional
    {
        QAction* action;
        Enabled enabled;
        Needs needs;
    };

    ActionRegistry* m_registry;
    QWidget* m_window;
    QPointer<JourneyDocument> m_document;
    QPointer<AskDialog> m_dialog; ///< the last one opened
    NodeSelection m_selected;
    std::vector<Conditional> m_actions;
    QList<QAction*> m_wraps; ///< of each type that can be wrapped in
    QList<QAction*> m_changes;
};

} // namespace emac::widgets
