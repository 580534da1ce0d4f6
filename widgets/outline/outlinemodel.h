// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/landing.h"
#include "widgets/canvas/look.h"
#include "widgets/common/displayunits.h"
#include "widgets/document/journeydocument.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace emac::widgets {

/// The journey as a tree of rows: the journey itself over its outermost operator, then each fragment over its body.
/// A row stands for one node as long as that exists, wherever it is moved to: an edit, undo and redo insert, remove and
/// move just the rows that differ, so that what a view remembers of a row stays true. Renaming and dropping are edits
/// of the document, one undo step each.
class OutlineModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column
    {
        Step,
        Availability,
        ColumnCount
    };
    enum Role
    {
        LookRole = Qt::UserRole, ///< the Look
        RoleInParentRole, ///< "30 %", "try 2"
        IsNodeRole, ///< false of the journey and of fragments
        FoundRole ///< find() has found it
    };

    /// Both outlive this.
    OutlineModel(JourneyDocument* document, const DisplayUnits* units, QObject* parent = nullptr);
    ~OutlineModel() override;

    JourneyDocument* document() const { return m_document; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Renames, or sets an availability; see rename() and typable().
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

    /// @returns why the name is refused, else an empty text
    QString rename(const QModelIndex& index, const QString& name);
    /// The component whose availability can be typed in this cell; absent for others.
    std::optional<std::string> typable(const QModelIndex& index) const;
    /// Of the row; None for an invalid index.
    journey::Element element(const QModelIndex& index) const;
    /// Invalid where no row stands for the element: a component has none.
    QModelIndex indexOf(const journey::Element& element) const;
    /// What identifies the row as long as it lives, and again when undo brings it back; 0 for the journey.
    journey::NodeId key(const QModelIndex& index) const;

    /// Marks the rows whose name, component, operator or id contains the text; none where it is empty. The marks follow
    /// the document. @returns those rows in document order
    std::vector<journey::Element> find(const QString& text);
    std::vector<journey::Element> found() const;

    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction | Qt::CopyAction; }
    /// Between rows: there; onto an operator: into it, behind its children; onto a call or a use: a step after it.
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                         const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

    /// True while rows come and go: what a view selects then is not what a person selects.
    bool isChanging() const { return m_changing; }

signals:
    /// The rows are those of the document's value again.
    void followed();
    /// A rename or a drop was refused; nothing has changed.
    void refused(const QString& reason);

private:
    struct Row;
    struct Wanted;
    struct Fragment
    {
        std::string name;
        journey::NodeId key{};
        journey::NodeId body{};
    };
    class Follower;

    void follow();
    void matchFragments(const journey::Journey& journey);
    void showNumbers();
    void show(Row& row, const CanvasNumbers& numbers, const std::map<std::string, int>& uses);
    void mark(Row& row);
    Row* rowOf(const QModelIndex& index) const;
    QModelIndex indexOf(const Row& row, int column = 0) const;
    std::optional<journey::Cargo> cargo(const QMimeData* data) const;
    std::optional<journey::Landing> landing(int row, const QModelIndex& parent) const;
    QString sentence(const Row& row) const;

    JourneyDocument* m_document;
    const DisplayUnits* m_units;
    std::unique_ptr<Row> m_root; ///< no row itself: the parent of the outermost rows
    std::unordered_map<journey::NodeId, Row*> m_rows;
    LookMemo m_looks;
    std::vector<Fragment> m_fragments;
    QString m_sought;
    bool m_changing = false;
};

} // namespace emac::widgets

Q_DECLARE_METATYPE(emac::widgets::Look)
